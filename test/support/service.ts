import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sentenceOf } from '../../shared/failure.ts';
import type { Result } from '../../shared/result.ts';
import { askOf } from '../../main/hosts/ask.ts';
import type { ServicePort } from '../../main/hosts/port.ts';
import { openInProcess } from '../../main/service-client.ts';

/** A folder of its own for a test, removed by `remove`. */
export function temporaryFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'voldesk-test-'));
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/** The value of a result that a test expects to be there. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(sentenceOf(result.error));
  return result.value;
}

export interface TestService {
  readonly port: ServicePort;
  readonly ask: ReturnType<typeof askOf>;
  readonly importFile: (path: string) => Promise<number>;
}

/** The real service on a desk in memory or in a file. */
export function openTestService(deskFile = ':memory:', use: 'window' | 'command' = 'command'): TestService {
  const port = valueOf(openInProcess({ deskFile, use }));
  const ask = askOf(port);
  return {
    port,
    ask,
    importFile: async (path) => {
      const { fileId } = await port.registerFile(path, path.split('/').at(-1) ?? path);
      const { stagingId } = valueOf(await ask('imports.stage', { fileId }));
      return valueOf(await ask('imports.commit', { stagingId })).batchId;
    },
  };
}
