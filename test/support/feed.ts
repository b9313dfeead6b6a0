import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { readFeed } from '../../main/feeds/read-file.ts';
import type { FeedRequest } from '../../main/feeds/read-file.ts';
import { numberAt, textAt } from '../../main/feeds/staged-feed.ts';
import type { StagedFeed, StagedTable } from '../../main/feeds/staged-feed.ts';
import { sentenceOf } from '../../shared/failure.ts';
import type { Failure } from '../../shared/failure.ts';
import type { Result } from '../../shared/result.ts';

type Options = Partial<Omit<FeedRequest, 'path'>>;

/** Writes content to a file of its own and reads it as a feed. */
export async function stage(
  content: string | Uint8Array,
  options: Options = {},
): Promise<Result<StagedFeed, Failure>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'voldesk-feed-'));
  try {
    const file = path.join(folder, 'file');
    writeFileSync(file, content);
    return await readFeed({ fileName: 'file.csv', ...options, path: file });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const zipped = (content: string): Uint8Array => gzipSync(content);

/** The feed of content that must be readable. */
export async function staged(content: string | Uint8Array, options: Options = {}): Promise<StagedFeed> {
  const result = await stage(content, options);
  if (!result.ok) throw new Error(sentenceOf(result.error));
  return result.value;
}

/** The failure of content that must not be readable. */
export async function refused(content: string | Uint8Array, options: Options = {}): Promise<Failure> {
  const result = await stage(content, options);
  if (result.ok) throw new Error(`was read as ${result.value.format}`);
  return result.error;
}

/** A row of a staged table as a plain object: text, number, or null where there is none. */
export function rowOf(table: StagedTable | undefined, row: number): Record<string, string | number | null> {
  if (table === undefined) throw new Error('the table is not there');
  const entries = Object.entries(table as unknown as Record<string, unknown>).filter(
    ([name]) => name !== 'rows',
  );
  return Object.fromEntries(
    entries.map(([name, column]) => {
      if (column instanceof Float64Array) return [name, numberAt(column, row)];
      if (column instanceof Int32Array || column instanceof Uint8Array) return [name, column[row] ?? null];
      return [name, textAt(column as Parameters<typeof textAt>[0], row)];
    }),
  );
}
