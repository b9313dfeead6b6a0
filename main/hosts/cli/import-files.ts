import type { ImportBatch, ImportFormat, ImportPreview } from '../../../shared/contract/imports.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { KnownFile } from '../port.ts';
import type { CliDesk } from './command.ts';

export interface ImportChoices {
  readonly format?: ImportFormat | undefined;
  readonly symbol?: string | undefined;
  readonly index?: string | undefined;
  readonly asOf?: string | undefined;
}

export interface ImportOutcome {
  readonly preview: ImportPreview;
  /** Null for a trial, and for a file that brought nothing new. */
  readonly batch: ImportBatch | null;
  readonly seconds: number;
}

/**
 * Reads a file and commits it as one batch. A file of which the desk has every row already is not stored
 * again: its outcome names the batch that has its bytes.
 */
export async function importFile(
  desk: CliDesk,
  file: KnownFile,
  choices: ImportChoices,
  dryRun: boolean,
): Promise<Result<ImportOutcome>> {
  const started = performance.now();
  const seconds = (): number => Math.round(performance.now() - started) / 1000;
  const staged = await desk.ask('imports.stage', { fileId: file.fileId, ...choices });
  if (!staged.ok) return staged;
  const preview = staged.value;
  const { stagingId } = preview;
  if (dryRun || preview.accepted + preview.changed === 0) {
    const dropped = await desk.ask('imports.discard', { stagingId });
    return dropped.ok ? ok({ preview, batch: null, seconds: seconds() }) : dropped;
  }
  const committed = await desk.ask('imports.commit', { stagingId });
  return committed.ok ? ok({ preview, batch: committed.value, seconds: seconds() }) : committed;
}

/** The outcome under the names that programs rely on. */
export const importJson = ({
  preview,
  batch,
  seconds,
}: ImportOutcome): Readonly<Record<string, unknown>> => ({
  file: preview.fileName,
  format: preview.format,
  batchId: batch?.batchId ?? preview.sameFileAsBatch,
  committed: batch !== null,
  accepted: preview.accepted + preview.changed,
  new: preview.accepted,
  changed: preview.changed,
  duplicates: preview.duplicates,
  rejected: preview.rejected,
  rejections: preview.rejections,
  summary: preview.summary,
  asOf: preview.asOf,
  warnings: preview.warnings,
  seconds,
});
