import type { FixingPrice } from '../../../shared/contract/forward-starts.ts';
import { failure } from '../../../shared/failure.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { cliCommand, type CliCommand, type CliDesk } from './command.ts';
import { contractLifeCliCommands } from './contract-life.ts';
import { importFile, importJson } from './import-files.ts';
import { fixed, percent, textFacts, textTable } from './text.ts';
import { volContractCliCommands } from './vol-contract-life.ts';
import { wrongUsage } from './arguments.ts';

const contractFormats: readonly string[] = ['forward-start-contracts', 'realized-vol-contracts'];

/** The stored prices that a contract's first fixing takes; the failure names the one that is missing. */
async function storedPrices(desk: CliDesk, contractId: string): Promise<Result<FixingPrice[]>> {
  const proposed = await desk.ask('contracts.fixing', { contractId });
  if (!proposed.ok) return proposed;
  const prices: FixingPrice[] = [];
  for (const { date, what, price } of proposed.value.prices) {
    if (price === null) return fail(failure('missing-session', proposed.value.underlying, { date }));
    prices.push({ date, what, price });
  }
  return ok(prices);
}

export const contractCliCommands: readonly CliCommand[] = [
  cliCommand({
    words: ['contracts', 'add'],
    usage: 'FILE',
    summary: 'takes in contracts from a file',
    options: {},
    positionals: { least: 1, most: 1 },
    writes: true,
    run: async ({ positionals: [path = ''] }, desk) => {
      const file = await desk.register(path);
      const look = await importFile(desk, file, {}, true);
      if (!look.ok) return look;
      const { format } = look.value.preview;
      if (!contractFormats.includes(format)) {
        const reason = `it reads as ${format}`;
        return fail(failure('wrong-format', file.fileName, { format: 'contracts', reason }));
      }
      const outcome = await importFile(desk, file, {}, false);
      if (!outcome.ok) return outcome;
      const { accepted, changed, rejected, rejections } = outcome.value.preview;
      const text = [
        `${accepted} contracts added, ${changed} changed, ${rejected} rows rejected.`,
        ...rejections.map(({ line, reason }) => `  line ${line}: ${reason}`),
      ];
      return ok({ json: importJson(outcome.value), text: text.join('\n') });
    },
  }),
  cliCommand({
    words: ['contracts', 'list'],
    usage: '[--underlying S]',
    summary: 'contracts held, with their values',
    options: { underlying: 'text' },
    positionals: { least: 0, most: 0 },
    writes: false,
    run: async ({ values }, desk) => {
      const answer = await desk.ask('contracts.list', {
        asOf: desk.asOf,
        underlying: values.underlying?.toUpperCase(),
      });
      if (!answer.ok) return answer;
      const { forwardStarts, realizedVols, asOf } = answer.value;
      const rows = [
        ...forwardStarts.map(({ terms, ...one }) => ({
          ...one,
          ...terms,
          from: terms.firstReferenceDate,
          to: terms.secondReferenceDate,
          kind: `forward-start ${terms.optionType}`,
        })),
        ...realizedVols.map(({ terms, ...one }) => ({
          ...one,
          ...terms,
          from: terms.startDate,
          to: terms.endDate,
          vol: one.fairVol,
          kind: 'realized volatility',
        })),
      ];
      const table = textTable(rows, [
        { heading: 'contract', text: (row) => row.contractId, left: true },
        { heading: 'underlying', text: (row) => row.underlying, left: true },
        { heading: 'kind', text: (row) => row.kind, left: true },
        { heading: 'from', text: (row) => row.from, left: true },
        { heading: 'to', text: (row) => row.to, left: true },
        { heading: 'state', text: (row) => row.state, left: true },
        { heading: 'quantity', text: (row) => fixed(row.quantity, 0) },
        { heading: 'volatility', text: (row) => percent(row.vol, 2) },
        { heading: 'value', text: (row) => fixed(row.value, 0) },
        { heading: 'vega per point', text: (row) => fixed(row.vegaPerVolPoint, 0) },
      ]);
      return ok({ json: answer.value, text: `Contracts on ${asOf ?? 'no market day'}\n${table}` });
    },
  }),
  cliCommand({
    words: ['contracts', 'fix'],
    usage: 'ID --level X | --from-prices [--reason R]',
    summary: 'records the first fixing',
    options: { level: 'number', 'from-prices': 'flag', reason: 'text' },
    positionals: { least: 1, most: 1 },
    writes: true,
    run: async ({ positionals: [contractId = ''], values }, desk) => {
      const { level, reason } = values;
      if ((level === undefined) === (values['from-prices'] !== true)) {
        return wrongUsage('voldesk contracts fix', 'it needs --level X or --from-prices, one of the two');
      }
      const prices = level === undefined ? await storedPrices(desk, contractId) : ok(undefined);
      if (!prices.ok) return prices;
      const answer = await desk.ask('contracts.fix', { contractId, level, prices: prices.value, reason });
      if (!answer.ok) return answer;
      return ok({
        json: answer.value,
        text: `${contractId} is fixed at ${fixed(answer.value.fixedStrike, 4)}.`,
      });
    },
  }),
  cliCommand({
    words: ['contracts', 'settle'],
    usage: 'ID [--level X] [--vol X]',
    summary: 'settles a contract at its end',
    options: { level: 'number', vol: 'number' },
    positionals: { least: 1, most: 1 },
    writes: true,
    run: async ({ positionals: [contractId = ''], values: { level, vol } }, desk) => {
      const answer = await desk.ask('contracts.settle', { contractId, level, vol });
      if (!answer.ok) return answer;
      return ok({ json: answer.value, text: `${contractId} settles at ${fixed(answer.value.amount)}.` });
    },
  }),
  cliCommand({
    words: ['exposure'],
    usage: '[--underlying S] [--on DATE]',
    summary: 'vega and gamma by forward slice, and the hedges that flatten them',
    options: { underlying: 'text', on: 'date' },
    positionals: { least: 0, most: 0 },
    writes: false,
    run: async ({ values }, desk) => {
      const answer = await desk.ask('exposure.read', {
        underlying: values.underlying?.toUpperCase(),
        asOf: desk.asOf,
        on: values.on,
      });
      if (!answer.ok) return answer;
      const { underlyings } = answer.value;
      const blocks = underlyings.map((one) =>
        [
          textFacts([
            ['underlying', `${one.underlying} on ${one.asOf}`],
            ['vega', `${fixed(one.totals.vegaPerVolPoint, 0)} per volatility point`],
            ['gamma', `${fixed(one.totals.gammaDollar1Pct, 0)} per 1%`],
          ]),
          textTable(one.slices, [
            { heading: 'from', text: (row) => row.start, left: true },
            { heading: 'to', text: (row) => row.end, left: true },
            { heading: 'forward volatility', text: (row) => percent(row.forwardVol, 2) },
            { heading: 'vega per point', text: (row) => fixed(row.vegaPerVolPoint, 0) },
            { heading: 'gamma per 1%', text: (row) => fixed(row.gammaDollar1Pct, 0) },
          ]),
          ...one.notIncluded.map(({ subject, reason }) => `${subject} is left out: ${reason}`),
        ].join('\n'),
      );
      const slices = underlyings.flatMap(({ underlying, slices: own }) =>
        own.map((slice) => ({ underlying, ...slice })),
      );
      const hedges = underlyings.flatMap(({ underlying, hedges: own }) =>
        own.map((hedge) => ({ underlying, ...hedge, slice: `${hedge.start}/${hedge.end}` })),
      );
      const text = blocks.length === 0 ? 'No contracts held.' : blocks.join('\n\n');
      return ok({ json: { slices, hedges, underlyings }, text });
    },
  }),
  ...contractLifeCliCommands,
  ...volContractCliCommands,
];
