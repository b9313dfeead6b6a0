import type { DispersionMeasureName } from '../../../shared/contract/dispersion.ts';
import { ok } from '../../../shared/result.ts';
import { wrongUsage } from './arguments.ts';
import { cliCommand, type CliCommand } from './command.ts';
import { fixed, percent, textFacts, textTable } from './text.ts';

const kinds: readonly string[] = ['returns', 'impliedVol'];
const sorts: readonly string[] = ['cluster', 'weight'];
const observedAs: readonly string[] = ['levels', 'changes'];
const sides: readonly string[] = ['dispersion', 'reverse'];
const weightings: readonly string[] = ['vega', 'theta', 'gamma'];
const measures: readonly DispersionMeasureName[] = [
  'indexVol',
  'indexHistoricalVol',
  'impliedToHistorical',
  'impliedCorrelation',
  'realizedCorrelation',
  'correlationSpread',
  'weightedVol',
  'firstCoefficient',
  'corrWeightedVol',
  'secondCoefficient',
  'corrWeightedVolSpread',
  'corrWeightedHistoricalVol',
  'thirdCoefficient',
  'histCorrWeightedVol',
  'histCorrCoefficient',
  'weightedHistoricalVol',
  'weightedHistoricalCoefficient',
];
const usualTerms = ['10', '20', '30', '60', '90', '120', '150', '180'];

/** The word that was typed where it is one of those allowed. */
function choice<Word extends string>(
  allowed: readonly string[],
  typed: string | undefined,
): Word | null | undefined {
  if (typed === undefined) return undefined;
  return allowed.includes(typed) ? (typed as Word) : null;
}

const upper = (symbols: readonly string[] | undefined): string[] | undefined =>
  symbols?.map((symbol) => symbol.toUpperCase());

export const dispersionCliCommands: readonly CliCommand[] = [
  cliCommand({
    words: ['dispersion', 'terms'],
    usage: 'INDEX [--measure impliedCorrelation] [--terms 10,20,30,…]',
    summary: 'one measure across terms, each against its own past',
    options: { measure: 'text', terms: 'list' },
    positionals: { least: 1, most: 1 },
    writes: false,
    run: async ({ positionals: [index = ''], values }, desk) => {
      const measure = choice<DispersionMeasureName>(measures, values.measure ?? 'impliedCorrelation');
      const terms = (values.terms ?? usualTerms).map(Number);
      if (measure === null || measure === undefined) {
        return wrongUsage('voldesk dispersion terms', `--measure is one of ${measures.join(', ')}`);
      }
      if (!terms.every(Number.isInteger) || terms.length > 8) {
        return wrongUsage('voldesk dispersion terms', '--terms are at most eight whole numbers of days');
      }
      const answer = await desk.ask('dispersion.terms', {
        index: index.toUpperCase(),
        measure,
        terms,
        asOf: desk.asOf,
      });
      if (!answer.ok) return answer;
      const all = (row: (typeof answer.value.terms)[number]) => row.statistics.at(-1);
      const table = textTable(answer.value.terms, [
        { heading: 'days', text: (row) => fixed(row.termDays, 0) },
        { heading: measure, text: (row) => fixed(row.value, 4) },
        { heading: 'percentile', text: (row) => percent(all(row)?.percentile, 0) },
        { heading: 'z', text: (row) => fixed(all(row)?.zScore, 2) },
        { heading: 'min', text: (row) => fixed(all(row)?.min, 4) },
        { heading: 'max', text: (row) => fixed(all(row)?.max, 4) },
        { heading: 'past days', text: (row) => fixed(all(row)?.days, 0) },
        { heading: 'reason', text: (row) => row.reason ?? '', left: true },
      ]);
      const head = `${answer.value.index} on ${answer.value.asOf}: ${measure} across terms`;
      return ok({ json: answer.value, text: [head, table].join('\n') });
    },
  }),
  cliCommand({
    words: ['dispersion', 'matrix'],
    usage:
      'INDEX [--term 30] [--kind returns, impliedVol] [--observed levels, changes] [--sort cluster, weight] [--sessions N]',
    summary: "correlations between an index's names",
    options: { term: 'integer', kind: 'text', observed: 'text', sort: 'text', sessions: 'integer' },
    positionals: { least: 1, most: 1 },
    writes: false,
    run: async ({ positionals: [index = ''], values }, desk) => {
      const kind = choice<'returns' | 'impliedVol'>(kinds, values.kind);
      const observed = choice<'levels' | 'changes'>(observedAs, values.observed);
      const sort = choice<'cluster' | 'weight'>(sorts, values.sort);
      if (kind === null || observed === null || sort === null) {
        return wrongUsage('voldesk dispersion matrix', 'an option has a word it does not know');
      }
      const answer = await desk.ask('dispersion.matrix', {
        index: index.toUpperCase(),
        termDays: values.term,
        kind,
        observed,
        sort,
        sessions: values.sessions,
        asOf: desk.asOf,
      });
      if (!answer.ok) return answer;
      const found = answer.value;
      const rows = found.names.map((name, i) => ({ name, values: found.values[i] ?? [] }));
      const head = `${found.index} on ${found.asOf}: ${found.kind} by ${found.observed}, ${found.observations} observations, mean ${fixed(found.average, 3)}`;
      const table = textTable(rows, [
        { heading: 'name', text: (row) => row.name, left: true },
        ...found.names.map((name, j) => ({
          heading: name,
          text: (row: (typeof rows)[number]) => fixed(row.values[j]),
        })),
      ]);
      const notes = found.leftOut.map(({ symbol, reason }) => `${symbol} is left out. ${reason}`);
      return ok({ json: found, text: [head, found.reason ?? table, ...notes].join('\n') });
    },
  }),
  cliCommand({
    words: ['dispersion', 'trade'],
    usage:
      'INDEX [--term 30] [--side dispersion, reverse] [--weighting vega, theta, gamma] [--max-names K] [--names S,…] [--index-contracts N]',
    summary: 'names chosen and straddles sized against the index',
    options: {
      term: 'integer',
      side: 'text',
      weighting: 'text',
      'max-names': 'integer',
      names: 'list',
      'index-contracts': 'integer',
    },
    positionals: { least: 1, most: 1 },
    writes: false,
    run: async ({ positionals: [index = ''], values }, desk) => {
      const side = choice<'dispersion' | 'reverse'>(sides, values.side);
      const weighting = choice<'vega' | 'theta' | 'gamma'>(weightings, values.weighting);
      if (side === null || weighting === null) {
        return wrongUsage('voldesk dispersion trade', 'an option has a word it does not know');
      }
      const answer = await desk.ask('dispersion.trade', {
        index: index.toUpperCase(),
        termDays: values.term,
        side,
        weighting,
        maxNames: values['max-names'],
        names: upper(values.names),
        indexContracts: values['index-contracts'],
        asOf: desk.asOf,
      });
      if (!answer.ok) return answer;
      const trade = answer.value;
      const table = textTable(
        [trade.indexLeg, ...trade.legs],
        [
          { heading: 'straddle', text: (row) => `${row.symbol} ${row.expiry} ${row.strike}`, left: true },
          { heading: 'contracts', text: (row) => fixed(row.contracts, 0) },
          { heading: 'vega per point', text: (row) => fixed(row.position.vegaPerVolPoint, 0) },
          { heading: 'theta per day', text: (row) => fixed(row.position.thetaPerDay, 0) },
          { heading: 'gamma 1%', text: (row) => fixed(row.position.gammaDollar1Pct, 0) },
          { heading: 'premium', text: (row) => fixed(row.position.premium, 0) },
        ],
      );
      const { total } = trade.net;
      const net = `net: vega ${fixed(total.vegaPerVolPoint, 0)} per point, theta ${fixed(total.thetaPerDay, 0)} per day, gamma ${fixed(total.gammaDollar1Pct, 0)} per 1%, delta ${fixed(total.deltaDollar, 0)}`;
      return ok({ json: trade, text: [table, net, ...trade.warnings].join('\n') });
    },
  }),
  cliCommand({
    words: ['dispersion', 'neighbors'],
    usage: 'INDEX [--term 30] [--largest 50]',
    summary: "the exchange's implied correlation and dispersion index beside ours",
    options: { term: 'integer', largest: 'integer' },
    positionals: { least: 1, most: 1 },
    writes: false,
    run: async ({ positionals: [index = ''], values }, desk) => {
      const answer = await desk.ask('dispersion.neighbors', {
        index: index.toUpperCase(),
        termDays: values.term,
        largest: values.largest,
        asOf: desk.asOf,
      });
      if (!answer.ok) return answer;
      const { listedCorrelation: listed, dispersionIndex: level } = answer.value;
      const text = textFacts([
        [
          'implied correlation',
          `${percent(listed.value)} as the exchange does, ${percent(listed.ours)} ours, ${listed.names} names`,
        ],
        ['', listed.reason ?? listed.method],
        ...answer.value.deltaCorrelations.map((one): [string, string] => [
          `at ${percent(one.delta, 0)} delta`,
          one.reason ?? `${percent(one.value)}, ${one.names} names`,
        ]),
        [
          'dispersion index',
          `${percent(level.value)} as the exchange does, ${percent(level.ours)} ours, ${level.names} names`,
        ],
        ['', level.reason ?? level.method],
      ]);
      return ok({ json: answer.value, text });
    },
  }),
];
