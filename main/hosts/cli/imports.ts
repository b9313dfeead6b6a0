import { importFormat } from '../../../shared/contract/imports.ts';
import { ok } from '../../../shared/result.ts';
import { loadDemo } from '../demo.ts';
import { wrongUsage } from './arguments.ts';
import { cliCommand, type CliCommand, type CliOutput } from './command.ts';
import { importFile, importJson, type ImportOutcome } from './import-files.ts';
import { fixed, textTable, word } from './text.ts';

const shownRejections = 10;

function importText({ preview, batch, seconds }: ImportOutcome): string {
  const { fileName, format, accepted, changed, duplicates, rejected, rejections, sameFileAsBatch } = preview;
  const stored =
    batch !== null
      ? `batch ${batch.batchId}`
      : sameFileAsBatch === null
        ? 'nothing stored'
        : `nothing new: it is batch ${sameFileAsBatch}`;
  const head = `${fileName}  ${format}  ${stored}  (${fixed(seconds)} s)`;
  const counts = `  ${accepted} accepted, ${changed} changed, ${duplicates} duplicate, ${rejected} rejected`;
  const bad = rejections
    .slice(0, shownRejections)
    .map(({ line, reason, text }) => `  line ${line}: ${reason}: ${text.slice(0, 80)}`);
  const more = rejected > bad.length ? [`  and ${rejected - bad.length} more`] : [];
  const warnings = preview.warnings.map((warning) => `  ${warning}`);
  return [head, `  ${preview.summary}`, counts, ...bad, ...more, ...warnings].join('\n');
}

const told = (outcomes: readonly ImportOutcome[]): CliOutput => ({
  json: outcomes.map(importJson),
  text: outcomes.map(importText).join('\n'),
});

const formats = importFormat.options;

export const importCliCommands: readonly CliCommand[] = [
  cliCommand({
    words: ['demo'],
    usage: '',
    summary: 'fills an empty desk with the synthetic market',
    options: {},
    positionals: { least: 0, most: 0 },
    writes: true,
    run: async (_, desk) => {
      const loaded = await loadDemo(desk.ask);
      if (!loaded.ok) return loaded;
      const info = await desk.ask('desk.info', {});
      if (!info.ok) return info;
      const { counts } = info.value;
      const rows = Object.entries(counts);
      return ok({
        json: { counts, files: loaded.value.files },
        text: textTable(rows, [
          { heading: 'stored', text: ([name]) => name, left: true },
          { heading: 'rows', text: ([, count]) => fixed(count, 0) },
        ]),
      });
    },
  }),
  cliCommand({
    words: ['import'],
    usage: 'FILE… [--format F] [--symbol S] [--index I] [--dry-run]',
    summary: 'detects the format and imports each file as one batch',
    options: { format: 'text', symbol: 'text', index: 'text', 'dry-run': 'flag' },
    positionals: { least: 1, most: Infinity },
    writes: true,
    run: async ({ positionals, values }, desk) => {
      const format = formats.find((name) => name === values.format);
      if (values.format !== undefined && format === undefined) {
        return wrongUsage('voldesk import', `--format takes one of ${formats.join(', ')}`);
      }
      const { symbol, index } = values;
      const outcomes: ImportOutcome[] = [];
      for (const path of positionals) {
        const file = await desk.register(path);
        const choices = { format, symbol, index, asOf: desk.asOf };
        const outcome = await importFile(desk, file, choices, values['dry-run'] === true);
        if (!outcome.ok && outcomes.length === 0) return outcome;
        // The files before it are stored: their batches must be known even so.
        if (!outcome.ok) return ok({ ...told(outcomes), refusal: outcome.error });
        outcomes.push(outcome.value);
      }
      return ok(told(outcomes));
    },
  }),
  cliCommand({
    words: ['imports'],
    usage: '',
    summary: 'lists the imports',
    options: {},
    positionals: { least: 0, most: 0 },
    writes: false,
    run: async (_, desk) => {
      const answer = await desk.ask('imports.list', {});
      if (!answer.ok) return answer;
      const { batches } = answer.value;
      return ok({
        json: { batches },
        text: textTable(batches, [
          { heading: 'batch', text: ({ batchId }) => String(batchId) },
          { heading: 'imported', text: ({ importedAt }) => importedAt, left: true },
          { heading: 'format', text: ({ format }) => format, left: true },
          { heading: 'accepted', text: ({ accepted }) => fixed(accepted, 0) },
          { heading: 'changed', text: ({ changed }) => fixed(changed, 0) },
          { heading: 'duplicate', text: ({ duplicates }) => fixed(duplicates, 0) },
          { heading: 'rejected', text: ({ rejected }) => fixed(rejected, 0) },
          { heading: 'undone', text: ({ undoneAt }) => word(undoneAt), left: true },
          { heading: 'file', text: ({ fileName }) => fileName, left: true },
        ]),
      });
    },
  }),
  ...(['undo', 'redo'] as const).map((action) =>
    cliCommand({
      words: ['imports', action],
      usage: 'BATCH',
      summary: action === 'undo' ? 'takes an import back' : 'puts an undone import in force again',
      options: {},
      positionals: { least: 1, most: 1 },
      writes: true,
      run: async ({ positionals: [given = ''] }, desk) => {
        const batchId = Number(given);
        if (!Number.isSafeInteger(batchId)) {
          return wrongUsage(`voldesk imports ${action}`, `"${given}" is not a batch number`);
        }
        const answer = await desk.ask(`imports.${action}`, { batchId });
        if (!answer.ok) return answer;
        const done = action === 'undo' ? 'undone' : 'in force again';
        return ok({ json: answer.value, text: `Batch ${batchId} (${answer.value.fileName}) is ${done}.` });
      },
    }),
  ),
];
