import { ok, type Result } from '../../shared/result.ts';
import type { Ask } from './ask.ts';

/** Fills an empty desk with the synthetic market, each of its files as one batch. */
export async function loadDemo(ask: Ask): Promise<Result<{ readonly files: number }>> {
  const found = await ask('demo.files', {});
  if (!found.ok) return found;
  for (const { fileId } of found.value.fileIds) {
    const staged = await ask('imports.stage', { fileId });
    if (!staged.ok) return staged;
    const committed = await ask('imports.commit', { stagingId: staged.value.stagingId });
    if (!committed.ok) return committed;
  }
  return ok({ files: found.value.fileIds.length });
}
