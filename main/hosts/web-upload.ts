import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { basename, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { failure } from '../../shared/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';

class TooLarge extends Error {}

/** Where uploaded files lie until the host ends. */
export interface UploadFolder {
  /** Streams a request's body into a file of the folder; nothing is kept of one that failed. */
  readonly receive: (
    request: IncomingMessage,
    givenName: string,
  ) => Promise<Result<{ readonly path: string; readonly fileName: string }>>;
  readonly remove: () => Promise<void>;
}

export function createUploadFolder(options: {
  readonly folder: string;
  readonly limitBytes: number;
  readonly randomId: () => string;
}): UploadFolder {
  const { folder, limitBytes, randomId } = options;
  const gigabytes = Math.round(limitBytes / 1e9);
  return {
    receive: async (request, givenName) => {
      const fileName = basename(givenName.replaceAll('\\', '/')).slice(0, 200) || 'upload';
      const path = join(folder, randomId());
      let bytes = 0;
      const counted = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          bytes += chunk.length;
          if (bytes > limitBytes) done(new TooLarge());
          else done(null, chunk);
        },
      });
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await pipeline(request, counted, createWriteStream(path, { mode: 0o600, flags: 'wx' }));
        return ok({ path, fileName });
      } catch (error) {
        // The disk, the sender and the limit can end an upload at any byte: all expected, none a bug.
        await rm(path, { force: true });
        if (error instanceof TooLarge) {
          return fail(failure('file-too-large', fileName, { limit: `${gigabytes} GB` }));
        }
        const code = (error as NodeJS.ErrnoException).code;
        if (code === 'ENOSPC') return fail(failure('disk-full', fileName));
        if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE') {
          return fail(failure('cancelled', fileName));
        }
        return fail(failure('desk-unwritable', folder, { reason: String(code ?? error) }));
      }
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
