import type { ImportBatch, Rejection } from '../../shared/contract/imports.ts';
import type { ReadableDb } from './db.ts';
import type { BatchReader } from './types.ts';

const columns = `batch_id AS batchId, file_name AS fileName, format, imported_at AS importedAt, summary,
  accepted, changed, duplicates, rejected, undone_at AS undoneAt`;

export function createBatchReader(db: ReadableDb, classify: BatchReader['classify']): BatchReader {
  const all = db.prepare(`SELECT ${columns} FROM import_batch ORDER BY batch_id DESC`);
  const one = db.prepare(`SELECT ${columns} FROM import_batch WHERE batch_id = ?`);
  const rejections = db.prepare(
    'SELECT line, reason, text FROM import_rejection WHERE batch_id = ? ORDER BY position',
  );
  return {
    list: () => all.all() as ImportBatch[],
    find: (batchId) => (one.get(batchId) as ImportBatch | undefined) ?? null,
    rejections: (batchId) => rejections.all(batchId) as Rejection[],
    classify,
  };
}
