import { ok, type Result } from '../../shared/result.ts';
import type { Ask } from './ask.ts';

const demoBasket = 'Demo tracking basket';

/** Fills an empty desk with the synthetic market, each of its files as one batch, and a basket of its first index. */
export async function loadDemo(ask: Ask): Promise<Result<{ readonly files: number }>> {
  const found = await ask('demo.files', {});
  if (!found.ok) return found;
  for (const { fileId } of found.value.fileIds) {
    const staged = await ask('imports.stage', { fileId });
    if (!staged.ok) return staged;
    const committed = await ask('imports.commit', { stagingId: staged.value.stagingId });
    if (!committed.ok) return committed;
  }
  const info = await ask('desk.info', {});
  if (!info.ok) return info;
  const largest = info.value.underliers
    .filter(({ weightDates, chainDates }) => weightDates.length > 0 && chainDates.length > 0)
    .sort((a, b) => b.weightDates.length - a.weightDates.length)[0];
  if (largest !== undefined) {
    const built = await ask('basket.build', { index: largest.symbol });
    if (!built.ok) return built;
    const saved = await ask('basket.save', { name: demoBasket, result: built.value });
    if (!saved.ok) return saved;
  }
  return ok({ files: found.value.fileIds.length });
}
