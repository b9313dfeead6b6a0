import { failure, type Failure } from '../../shared/failure.ts';

/** The failure that an error of SQLite or of the file system stands for; null when it is a bug of ours. */
export function failureOfStoreError(error: unknown, file: string): Failure | null {
  const code = codeOf(error);
  // SQLite's own words can run over lines; a sentence stands on one.
  const reason = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ');
  if (code === null) return null;
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT') return failure('disk-full', file);
  if (code.startsWith('SQLITE_BUSY') || code === 'SQLITE_LOCKED') return failure('desk-in-use', file);
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return failure('desk-damaged', file, { reason });
  }
  if (unwritable.some((start) => code.startsWith(start))) return failure('desk-unwritable', file, { reason });
  return null;
}

const unwritable = [
  'SQLITE_READONLY',
  'SQLITE_CANTOPEN',
  'SQLITE_PERM',
  'SQLITE_IOERR',
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOTDIR',
  'EISDIR',
  'EEXIST',
];

function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}
