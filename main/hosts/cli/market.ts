import type { Chain, ChainExpiry, ChainSide } from '../../../shared/contract/chain.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { failure } from '../../../shared/failure.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { cliCommand, type CliCommand, type CliDesk } from './command.ts';
import { skewHistoryOutput } from './marks.ts';
import { fixed, percent, textFacts, textTable, word } from './text.ts';

const sideColumns = [
  'contract',
  'bid',
  'ask',
  'last',
  'mark',
  'bidVol',
  'markVol',
  'askVol',
  'fitVol',
  'delta',
  'gammaDollar1Pct',
  'vegaPerVolPoint',
  'thetaPerDay',
  'rhoPerBasisPoint',
  'openInterest',
  'volume',
  'held',
  'reason',
] as const satisfies readonly (keyof ChainSide)[];

type SideRow = { readonly [Name in (typeof sideColumns)[number]]: ChainSide[Name][number] };

const sideRow = (side: ChainSide, row: number): SideRow =>
  Object.fromEntries(sideColumns.map((name) => [name, side[name][row] ?? null])) as unknown as SideRow;

const expiryRows = ({ rows }: ChainExpiry) =>
  rows === null
    ? []
    : rows.strikes.map((strike, row) => ({
        strike,
        call: sideRow(rows.call, row),
        put: sideRow(rows.put, row),
      }));

/** One expiry with its rows; the fit without the curve drawn from it. */
const expiryJson = (expiry: ChainExpiry) => {
  const { fit, rows: _rows, ...rest } = expiry;
  const fitted = fit === null ? null : { ...fit, curve: undefined };
  return { ...rest, ...expiry.skew, fit: fitted, rows: expiryRows(expiry) };
};

/** The chain with all rows, or with those of one expiry date. */
async function readChain(desk: CliDesk, symbol: string, expiry: string | undefined): Promise<Result<Chain>> {
  const read = (expiryKeys: string[]) => desk.ask('chain.read', { symbol, asOf: desk.asOf, expiryKeys });
  if (expiry === undefined) return read(['all']);
  const all = await read([]);
  if (!all.ok) return all;
  const keys = all.value.expiries.filter((one) => one.expiry === expiry).map((one) => one.key);
  if (keys.length === 0) {
    const known = [...new Set(all.value.expiries.map((one) => one.expiry))].join(', ');
    return fail(failure('not-found', `${symbol} expiry ${expiry}`, { next: `It has ${known}.` }));
  }
  const chosen = await read(keys);
  if (!chosen.ok) return chosen;
  const expiries = chosen.value.expiries.filter((one) => keys.includes(one.key));
  return ok({ ...chosen.value, expiries });
}

const ageText = (days: number): string =>
  `${days} ${days === 1 ? 'day' : 'days'} older than the day asked for: no newer chain is on this desk`;

function chainText(chain: Chain): string {
  const head = textFacts([
    ['underlying', `${chain.underlying} on ${chain.asOf} (${chain.source})`],
    ...(chain.ageDays > 0 ? [['stale', ageText(chain.ageDays)] as const] : []),
    ['spot', `${fixed(chain.spot)} ${chain.currency} (${chain.spotSource})`],
    ['quotes', chain.quoteModel.note],
  ]);
  const blocks = chain.expiries.map((expiry) => {
    const title =
      `${expiry.expiry} ${expiry.root}  ${expiry.days} days  forward ${fixed(expiry.forward)} ` +
      `(${expiry.forwardSource})  at the money ${percent(expiry.skew.atmVol)}`;
    const side = (name: 'call' | 'put') => [
      { heading: `${name} bid`, text: (row: Row) => fixed(row[name].bid) },
      { heading: 'ask', text: (row: Row) => fixed(row[name].ask) },
      { heading: 'vol', text: (row: Row) => percent(row[name].markVol) },
      { heading: 'delta', text: (row: Row) => fixed(row[name].delta, 3) },
      { heading: 'open int', text: (row: Row) => fixed(row[name].openInterest, 0) },
    ];
    type Row = ReturnType<typeof expiryRows>[number];
    return `${title}\n${textTable<Row>(expiryRows(expiry), [
      ...side('call'),
      { heading: 'strike', text: (row) => fixed(row.strike) },
      ...side('put'),
    ])}`;
  });
  return [head, ...blocks].join('\n\n');
}

/** Each measure's day against all of its past. */
function pastText(past: OutputOf<'dispersion.history'>): string {
  const rows = Object.entries(past.values).map(([name, value]) => ({
    name,
    value,
    all: past.statistics[name]?.find(({ range }) => range === 'all'),
  }));
  return textTable(rows, [
    { heading: `past of ${past.dates.length} days`, text: (row) => row.name, left: true },
    { heading: 'now', text: (row) => fixed(row.value, 4) },
    { heading: 'minimum', text: (row) => fixed(row.all?.min, 4) },
    { heading: 'mean', text: (row) => fixed(row.all?.mean, 4) },
    { heading: 'maximum', text: (row) => fixed(row.all?.max, 4) },
    { heading: 'percentile', text: (row) => percent(row.all?.percentile, 0) },
    { heading: 'days', text: (row) => fixed(row.all?.days, 0) },
  ]);
}

export const marketCliCommands: readonly CliCommand[] = [
  cliCommand({
    words: ['chain'],
    usage: 'SYMBOL [--expiry D]',
    summary: 'the option chain with implied volatilities and greeks',
    options: { expiry: 'date' },
    positionals: { least: 1, most: 1 },
    writes: false,
    run: async ({ positionals: [symbol = ''], values }, desk) => {
      const chain = await readChain(desk, symbol.toUpperCase(), values.expiry);
      if (!chain.ok) return chain;
      const json = { ...chain.value, expiries: chain.value.expiries.map(expiryJson) };
      return ok({ json, text: chainText(chain.value) });
    },
  }),
  cliCommand({
    words: ['skew'],
    usage: 'SYMBOL… [--history]',
    summary: 'skew by expiry, constant-maturity volatilities, the IV Index; or their daily history',
    options: { history: 'flag' },
    positionals: { least: 1, most: Infinity },
    writes: false,
    run: async ({ positionals, values }, desk) => {
      const symbols = positionals.map((symbol) => symbol.toUpperCase());
      if (values.history === true) return skewHistoryOutput(symbols, desk);
      const answer = await desk.ask('skew.read', { symbols, asOf: desk.asOf });
      if (!answer.ok) return answer;
      const { asOf } = answer.value;
      if (answer.value.symbols.every(({ expiries, reason }) => expiries.length === 0 && reason !== null)) {
        // Nothing at all to show: the first name says why.
        const chain = await readChain(desk, symbols[0] ?? '', undefined);
        if (!chain.ok) return chain;
      }
      const blocks = answer.value.symbols.map(({ symbol, reason, expiries, ivIndex }) =>
        [
          `${symbol} on ${asOf}${reason === null ? '' : `: ${reason}`}`,
          textTable(expiries, [
            { heading: 'expiry', text: (row) => row.expiry, left: true },
            { heading: 'atm', text: (row) => percent(row.atmVol) },
            { heading: 'rr25', text: (row) => percent(row.riskReversal25) },
            { heading: 'bf25', text: (row) => percent(row.butterfly25) },
            { heading: '90-110', text: (row) => percent(row.skew90110) },
            { heading: '90-110/atm', text: (row) => fixed(row.skew90110OverAtm, 3) },
            { heading: '90-110·√T', text: (row) => percent(row.skew90110RootTime) },
            { heading: 'slope', text: (row) => fixed(row.slope, 3) },
            { heading: 'slope·√T', text: (row) => fixed(row.slopeRootTime, 3) },
            { heading: 'fit error, points', text: (row) => fixed(row.fitErrorVolPoints) },
            { heading: 'arbitrage', text: (row) => (row.arbitrageFree ? 'free' : 'present'), left: true },
          ]),
          textTable(ivIndex, [
            { heading: 'term, days', text: (row) => String(row.termDays) },
            { heading: 'IV Index', text: (row) => percent(row.vol) },
            { heading: 'options', text: (row) => String(row.optionsUsed) },
          ]),
        ].join('\n'),
      );
      const json = answer.value.symbols.map((one) => ({ asOf, ...one }));
      return ok({ json, text: blocks.join('\n\n') });
    },
  }),
  cliCommand({
    words: ['volatility'],
    usage: 'SYMBOL…',
    summary: 'realized volatilities by estimator and window',
    options: {},
    positionals: { least: 1, most: Infinity },
    writes: false,
    run: async ({ positionals }, desk) => {
      const json = [];
      const blocks: string[] = [];
      for (const symbol of positionals) {
        const answer = await desk.ask('volatility.read', { symbol: symbol.toUpperCase(), asOf: desk.asOf });
        if (!answer.ok) return answer;
        json.push(answer.value);
        const table = textTable(answer.value.rows, [
          { heading: 'estimator', text: (row) => row.estimator, left: true },
          { heading: 'window', text: (row) => String(row.window) },
          { heading: 'vol', text: (row) => percent(row.vol, 2) },
          { heading: 'observations', text: (row) => String(row.observations) },
          { heading: 'reason', text: (row) => row.reason ?? '', left: true },
        ]);
        blocks.push(
          [`${answer.value.symbol} on ${answer.value.asOf}`, table, ...answer.value.warnings].join('\n'),
        );
      }
      return ok({ json, text: blocks.join('\n\n') });
    },
  }),
  cliCommand({
    words: ['dispersion'],
    usage: 'INDEX [--term 30] [--history]',
    summary: 'implied and realized correlation, the coefficients, the verdict',
    options: { term: 'integer', history: 'flag' },
    positionals: { least: 1, most: 1 },
    writes: false,
    run: async ({ positionals: [index = ''], values }, desk) => {
      const answer = await desk.ask('dispersion.read', {
        index: index.toUpperCase(),
        asOf: desk.asOf,
        ...(values.term === undefined ? {} : { termDays: values.term }),
      });
      if (!answer.ok) return answer;
      const found = answer.value;
      const past =
        values.history === true
          ? await desk.ask('dispersion.history', {
              index: found.index,
              asOf: found.asOf,
              termDays: found.termDays,
            })
          : null;
      if (past !== null && !past.ok) return past;
      const { coverage } = found;
      const facts = textFacts([
        [
          'index',
          `${found.index} on ${found.asOf}, ${found.termDays} days; weights ${word(found.weightsAsOf)}`,
        ],
        [
          'index volatility',
          `${percent(found.indexVol)} implied, ${percent(found.indexHistoricalVol)} realized`,
        ],
        [
          'correlation',
          `${percent(found.impliedCorrelation)} implied, ${percent(found.realizedCorrelation)} realized`,
        ],
        [
          'weighted volatility',
          `${percent(found.weightedVol)}, first coefficient ${fixed(found.firstCoefficient, 3)}`,
        ],
        [
          'correlated',
          `${percent(found.corrWeightedVol)}, second coefficient ${fixed(found.secondCoefficient, 3)}`,
        ],
        [
          'correlated realized',
          `${percent(found.corrWeightedHistoricalVol)}, third coefficient ${fixed(found.thirdCoefficient, 3)}`,
        ],
        ['coverage', `${percent(coverage.weight)} of the weight, ${coverage.names} of ${coverage.of} names`],
        ['verdict', found.verdict.sentence],
      ]);
      const table = textTable(found.components, [
        { heading: 'name', text: (row) => row.symbol, left: true },
        { heading: 'weight', text: (row) => percent(row.weight, 2) },
        { heading: 'implied', text: (row) => percent(row.vol) },
        { heading: 'realized', text: (row) => percent(row.historicalVol) },
        { heading: 'reason', text: (row) => row.reason ?? '', left: true },
      ]);
      const said = found.concerns.map((concern) => `\n${concern}`).join('');
      if (past === null) return ok({ json: found, text: `${facts}\n\n${table}${said}` });
      const { dates, measures, statistics } = past.value;
      const history = { dates, measures, statistics };
      const text = `${facts}\n\n${pastText(past.value)}\n\n${table}${said}`;
      return ok({ json: { ...found, history }, text });
    },
  }),
];
