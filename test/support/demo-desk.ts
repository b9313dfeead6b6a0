import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadDemo } from '../../main/hosts/demo.ts';
import { openTestService, temporaryFolder, valueOf, type TestService } from './service.ts';

/** Where the run keeps its demo desk; the threads of the run inherit it. */
const variable = 'VOLDESK_TEST_DEMO';

let folder: string | null = null;

/** Makes the demo desk once for all tests of a run: vitest calls it before the first. */
export async function setup(): Promise<void> {
  folder = mkdtempSync(join(tmpdir(), 'voldesk-demo-'));
  const file = join(folder, 'demo.sqlite');
  const service = openTestService(file);
  valueOf(await loadDemo(service.ask));
  await service.port.close();
  process.env[variable] = file;
}

/** After the last. */
export function teardown(): void {
  if (folder !== null) rmSync(folder, { recursive: true, force: true });
}

/** Puts a copy of the run's demo desk where a test wants it. */
export function copyDemoDesk(file: string): void {
  const made = process.env[variable];
  if (made === undefined) throw new Error('the demo desk of the run is made by test/support/demo-desk.ts');
  copyFileSync(made, file);
}

/** The real service on a demo desk of its own, removed when it is closed. */
export function openDemoService(): TestService {
  const folder = temporaryFolder();
  const file = join(folder.path, 'demo.sqlite');
  copyDemoDesk(file);
  const service = openTestService(file);
  const close = async (): Promise<void> => {
    await service.port.close();
    folder.remove();
  };
  return { ...service, port: { ...service.port, close } };
}
