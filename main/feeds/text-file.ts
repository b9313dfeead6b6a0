import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { failure } from '../../shared/failure.ts';
import type { Failure } from '../../shared/failure.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';

const chunkBytes = 262_144;
/** A longer line is no table. */
const longestLine = 1_000_000;

export interface TextFileFacts {
  readonly bytes: number;
  readonly sha256: string;
  /** False where the last line has no line end: the file may have been cut short. */
  readonly endsWithLineEnd: boolean;
}

export interface ReadProgress {
  readonly bytesRead: number;
  readonly bytes: number;
}

interface TextFileRequest {
  readonly path: string;
  readonly fileName: string;
  readonly onLine: (line: string) => void;
  readonly onProgress: ((progress: ReadProgress) => void) | undefined;
  readonly signal: AbortSignal | undefined;
}

const startsWith = (head: Uint8Array, ...magic: readonly number[]): boolean =>
  magic.every((byte, index) => head[index] === byte);

/** Control characters and undecodable bytes, as a share of a text. */
function unprintableShare(text: string): number {
  let bad = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if ((code < 32 && code !== 9 && code !== 10 && code !== 13) || code === 0xfffd) bad += 1;
  }
  return text.length === 0 ? 0 : bad / text.length;
}

class BinaryFile extends Error {}

/** Cuts decoded text into lines without their LF or CRLF. */
class LineCutter {
  #rest = '';
  #first = true;
  readonly #onLine: (line: string) => void;

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  push(decoded: string): void {
    const text = this.#rest + decoded;
    if (this.#first) {
      if (unprintableShare(text.slice(0, 8192)) > 0.02) throw new BinaryFile();
      this.#first = false;
    }
    if (decoded.includes('\0')) throw new BinaryFile();
    let from = 0;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
      this.#emit(text.slice(from, at));
      from = at + 1;
    }
    this.#rest = text.slice(from);
    if (this.#rest.length > longestLine) throw new BinaryFile();
  }

  /** True where the text ended with a line end. */
  end(): boolean {
    const complete = this.#rest === '';
    if (!complete) this.#emit(this.#rest);
    this.#rest = '';
    return complete;
  }

  #emit(line: string): void {
    this.#onLine(line.endsWith('\r') ? line.slice(0, -1) : line);
  }
}

const gzipReason = (code: string | undefined): string =>
  code === 'Z_BUF_ERROR' ? 'its gzip data stops before its end' : 'its gzip data is damaged';

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

function failureOf(error: unknown, fileName: string): Failure {
  if (error instanceof BinaryFile) return failure('binary-file', fileName);
  const code = codeOf(error);
  if (code === 'ABORT_ERR') return failure('cancelled', fileName);
  if (code?.startsWith('Z_') === true)
    return failure('truncated-file', fileName, { reason: gzipReason(code) });
  if (['ENOENT', 'EACCES', 'EPERM', 'EISDIR', 'EIO'].includes(code ?? ''))
    return failure('file-not-found', fileName);
  throw error;
}

async function firstBytes(path: string): Promise<{ readonly head: Uint8Array; readonly bytes: number }> {
  const file = await open(path, 'r');
  try {
    const head = new Uint8Array(4);
    const { bytesRead } = await file.read(head, 0, 4, 0);
    return { head: head.subarray(0, bytesRead), bytes: (await file.stat()).size };
  } finally {
    await file.close();
  }
}

/**
 * Streams a text file line by line, plain or gzip (known by its first bytes), UTF-8 or UTF-16 with a
 * byte order mark, LF or CRLF. Memory stays at a few chunks whatever the size.
 *
 * Failures: file-not-found, empty-file, binary-file (a zip is one), truncated-file, cancelled.
 */
export async function readTextFile(request: TextFileRequest): Promise<Result<TextFileFacts, Failure>> {
  const { path, fileName, onProgress, signal } = request;
  try {
    const { head, bytes } = await firstBytes(path);
    if (bytes === 0) return fail(failure('empty-file', fileName));
    const hash = createHash('sha256');
    let bytesRead = 0;
    const raw = createReadStream(path, { highWaterMark: chunkBytes, signal });
    raw.on('data', (chunk) => {
      hash.update(chunk);
      bytesRead += chunk.length;
    });
    const isGzip = startsWith(head, 0x1f, 0x8b);
    const unpacked = isGzip ? createGunzip({ chunkSize: chunkBytes }) : null;
    if (unpacked !== null) {
      raw.on('error', (error) => unpacked.destroy(error));
      raw.pipe(unpacked);
    }
    const cutter = new LineCutter(request.onLine);
    let decoder: InstanceType<typeof TextDecoder> | null = null;
    for await (const chunk of unpacked ?? raw) {
      const data = chunk as Uint8Array;
      decoder ??= new TextDecoder(
        startsWith(data, 0xff, 0xfe) ? 'utf-16le' : startsWith(data, 0xfe, 0xff) ? 'utf-16be' : 'utf-8',
      );
      cutter.push(decoder.decode(data, { stream: true }));
      onProgress?.({ bytesRead, bytes });
    }
    if (decoder === null) return fail(failure('empty-file', fileName));
    cutter.push(decoder.decode());
    const endsWithLineEnd = cutter.end();
    return ok({ bytes, sha256: hash.digest('hex'), endsWithLineEnd });
  } catch (error) {
    // The stream's expected errors become the user's sentence; anything else is rethrown inside.
    return fail(failureOf(error, fileName));
  }
}
