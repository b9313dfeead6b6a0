import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '../../renderer/client/client.ts';
import { ok, type Result } from '../../shared/result.ts';
import { temporaryFolder, type TestService } from './service.ts';

/** What a window asks with, straight onto the real service: slices are tried without a window. */
export function windowClient(service: TestService): Client & { readonly saved: string[]; close(): void } {
  const folder = temporaryFolder();
  const saved: string[] = [];
  return {
    saved,
    request: (name, input, options = {}) =>
      service.port.request(name, input, options) as Promise<Result<never>>,
    subscribe: (listener) => service.port.subscribe(listener),
    async addFile(file) {
      const path = join(folder.path, file.name);
      writeFileSync(path, Buffer.from(await file.arrayBuffer()));
      return ok(await service.port.registerFile(path, file.name));
    },
    saveText(_fileName, _mediaType, text) {
      saved.push(text);
      return Promise.resolve();
    },
    close: folder.remove,
  };
}
