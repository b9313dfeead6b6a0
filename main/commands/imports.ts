import type { importCommands, ImportPreview } from '../../shared/contract/imports.ts';
import { addDays, type IsoInstant } from '../../shared/dates.ts';
import { failure } from '../../shared/failure.ts';
import { fail, ok } from '../../shared/result.ts';
import type { HandlersFor, StagedFile } from './handlers.ts';
import { sampleOf } from './support/records/import-sample.ts';

const batchName = (batchId: number): string => `Import batch ${batchId}`;
const notStaged = failure('not-found', 'The staged file', {
  next: 'It was discarded or replaced; choose the file again.',
});

/** A day may have begun elsewhere before it begins in UTC; later than that is a wrong date. */
const futureWarnings = ({ feed, origin }: StagedFile, now: IsoInstant): string[] =>
  origin === 'user' && feed.asOf !== null && feed.asOf > addDays(now.slice(0, 10), 1)
    ? [`Its newest day, ${feed.asOf}, has not come yet: check the dates of the file before you rely on it.`]
    : [];

function previewOf(staged: StagedFile, now: IsoInstant): ImportPreview {
  const { stagingId, feed, classification } = staged;
  return {
    stagingId,
    fileName: feed.fileName,
    format: feed.format,
    formatReason: feed.formatReason,
    summary: feed.summary,
    asOf: feed.asOf,
    quotedAt: feed.quotedAt,
    counts: { ...feed.counts },
    accepted: classification.accepted,
    changed: classification.changed,
    duplicates: feed.duplicates + classification.duplicates,
    rejected: feed.rejected,
    rejections: [...feed.rejections],
    sample: sampleOf(feed),
    warnings: [...futureWarnings(staged, now), ...feed.warnings],
    sameFileAsBatch: classification.sameFileAsBatch,
    seconds: feed.seconds,
  };
}

export const importHandlers: HandlersFor<typeof importCommands> = {
  'imports.stage': async (input, { read, compute, files, staging, signal, progress, now }) => {
    const file = files.find(input.fileId);
    if (file === null) return fail(failure('file-not-found', 'The file'));
    const { fileId: _, ...choices } = input;
    const outcome = await compute.run(
      'readFeed',
      { path: file.path, fileName: file.fileName, ...choices },
      { signal, onProgress: progress },
    );
    if (!outcome.ok) return outcome;
    if (!outcome.value.ok) return outcome.value;
    const feed = outcome.value.value;
    progress({ label: 'Comparing with the desk', done: 1, total: null });
    const classification = read.batches.classify(feed);
    return ok(previewOf(staging.put({ feed, classification, origin: file.origin }), now()));
  },

  'imports.commit': ({ stagingId }, tx) => {
    const staged = tx.staging.find(stagingId);
    if (staged === null) return fail(notStaged);
    const same = tx.read.batches.classify(staged.feed).sameFileAsBatch;
    if (same !== null) return fail(failure('already-imported', staged.feed.fileName, { batch: same }));
    const batch = tx.imports.commit({
      feed: staged.feed,
      classification: staged.classification,
      origin: staged.origin,
    });
    tx.staging.discard(stagingId);
    tx.reversible({
      title: `Import ${batch.fileName}`,
      undo: { command: 'imports.undo', input: { batchId: batch.batchId } },
    });
    tx.describe({ subject: batchName(batch.batchId), detail: `${batch.fileName}: ${batch.summary}` });
    tx.announce({ type: 'data.changed', dataRevision: tx.read.desk.dataRevision() });
    return ok(batch);
  },

  'imports.discard': async ({ stagingId }, { staging }) => {
    staging.discard(stagingId);
    return ok({});
  },

  'imports.list': async (_, { read }) => ok({ batches: [...read.batches.list()] }),

  'imports.rejections': async ({ batchId }, { read }) =>
    read.batches.find(batchId) === null
      ? fail(failure('not-found', batchName(batchId)))
      : ok({ rejections: [...read.batches.rejections(batchId)] }),

  'imports.undo': ({ batchId }, tx) => {
    if (tx.read.batches.find(batchId) === null) return fail(failure('not-found', batchName(batchId)));
    const batch = tx.imports.undo(batchId);
    if (batch === null) {
      return fail(
        failure('wrong-state', batchName(batchId), {
          state: 'undone already',
          action: 'undone',
          next: 'Redo it to bring it back.',
        }),
      );
    }
    tx.reversible({
      title: `Take back the import of ${batch.fileName}`,
      undo: { command: 'imports.redo', input: { batchId } },
    });
    tx.describe({ subject: batchName(batchId), detail: `undone: ${batch.fileName}` });
    tx.announce({ type: 'data.changed', dataRevision: tx.read.desk.dataRevision() });
    return ok(batch);
  },

  'imports.redo': ({ batchId }, tx) => {
    if (tx.read.batches.find(batchId) === null) return fail(failure('not-found', batchName(batchId)));
    const batch = tx.imports.redo(batchId);
    if (batch === null) {
      return fail(
        failure('wrong-state', batchName(batchId), {
          state: 'in force',
          action: 'redone',
          next: 'Only an undone batch can be redone.',
        }),
      );
    }
    tx.reversible({
      title: `Bring back the import of ${batch.fileName}`,
      undo: { command: 'imports.undo', input: { batchId } },
    });
    tx.describe({ subject: batchName(batchId), detail: `redone: ${batch.fileName}` });
    tx.announce({ type: 'data.changed', dataRevision: tx.read.desk.dataRevision() });
    return ok(batch);
  },

  'demo.files': async (_, { read, files }) =>
    read.desk.isEmpty()
      ? ok({ fileIds: files.demo().map(({ fileId, fileName }) => ({ fileId, fileName })) })
      : fail(failure('desk-not-empty', 'This desk')),
};
