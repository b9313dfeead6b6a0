import type { DispersionGreeks, DispersionTrade } from '../../../shared/contract/dispersion-desk.ts';
import {
  date,
  decimal,
  integer,
  none,
  percent,
  plainNumber,
  signedInteger,
  signedMoney,
  strike,
  volPercent,
} from '../../format.ts';
import type { ColumnSpec } from '../../grids/column.ts';

export type SelectionRow = DispersionTrade['selection'][number];
export type LegRow = DispersionTrade['legs'][number];

const richWords = { rich: '▲ rich', cheap: '▼ cheap', fair: 'fair' } as const;

/** Every name of the index, best first: why it is in the trade or not. */
export const selectionColumns = (side: DispersionTrade['side']): readonly ColumnSpec<SelectionRow>[] => [
  {
    key: 'picked',
    header: 'In',
    note: {
      what: 'in the trade; a click on the cell, or Enter on the row, takes the name in or out',
    },
    align: 'center',
    value: (row) => row.picked,
    text: (row) => (row.picked ? '✓' : row.score === null ? '✕' : '·'),
    reason: (row) => (row.score === null ? row.reason : null),
    tones: { strong: (row) => row.picked, dim: (row) => !row.picked },
    pinned: 'left',
    width: 44,
  },
  {
    key: 'symbol',
    header: 'Name',
    note: { what: 'name of the index; a click brings it to the front everywhere' },
    align: 'left',
    value: (row) => row.symbol,
    text: (row) => row.symbol,
    tones: { strong: (row) => row.picked, dim: (row) => row.score === null },
    pinned: 'left',
    width: 110,
  },
  {
    key: 'weight',
    header: 'Weight',
    unit: '%',
    note: { what: 'weight in the index', source: 'imported index weights' },
    value: (row) => row.weight,
    text: (row) => percent(row.weight, 2),
    width: 82,
  },
  {
    key: 'vol',
    header: 'IV',
    unit: '%',
    note: { what: 'implied volatility at the term', source: 'its option chain' },
    value: (row) => row.vol,
    text: (row) => volPercent(row.vol),
    reason: (row) => (row.vol === null ? 'The name has no implied volatility that day.' : null),
    width: 68,
  },
  {
    key: 'historicalVol',
    header: 'HV',
    unit: '%',
    note: { what: 'realized volatility over the term', source: 'imported daily prices' },
    value: (row) => row.historicalVol,
    text: (row) => volPercent(row.historicalVol),
    reason: (row) => (row.historicalVol === null ? 'The name has too few daily prices.' : null),
    width: 68,
  },
  {
    key: 'impliedToHistorical',
    header: 'IV ÷ HV',
    note: { what: 'above 1 the option is dear against its own past', formula: 'IV ÷ HV', unit: 'ratio' },
    value: (row) => row.impliedToHistorical,
    text: (row) => decimal(row.impliedToHistorical, 2),
    reason: (row) => (row.impliedToHistorical === null ? 'IV or HV is missing.' : null),
    width: 80,
  },
  {
    key: 'richness',
    header: 'Against the others',
    note: {
      what: 'rich: top third of IV ÷ HV of the names; cheap: bottom third. The dispersion trade buys the cheap, the reverse sells the rich',
    },
    align: 'left',
    value: (row) => row.richness,
    text: (row) => (row.richness === null ? none : richWords[row.richness]),
    reason: (row) => (row.richness === null ? row.reason : null),
    tones: {
      gain: (row) => row.richness === (side === 'dispersion' ? 'cheap' : 'rich'),
      loss: (row) => row.richness === (side === 'dispersion' ? 'rich' : 'cheap'),
    },
    width: 122,
  },
  {
    key: 'varianceContribution',
    header: 'Of variance',
    unit: '%',
    note: {
      what: 'share of the index variance that the name explains',
      formula: 'w σ Σ w σ ρ ÷ index variance, correlations of price returns',
    },
    value: (row) => row.varianceContribution,
    text: (row) => percent(row.varianceContribution, 2),
    reason: (row) => (row.varianceContribution === null ? 'It needs a volatility and correlations.' : null),
    width: 100,
  },
  {
    key: 'openInterest',
    header: 'Open int.',
    note: { what: 'open interest of the straddle’s two options', unit: 'contracts' },
    value: (row) => row.openInterest,
    text: (row) => integer(row.openInterest),
    reason: (row) => (row.openInterest === null ? 'No open interest is known.' : null),
    width: 92,
  },
  {
    key: 'relativeSpread',
    header: 'Spread',
    unit: '%',
    note: { what: 'ask less bid of the straddle over their middle', formula: '(ask − bid) ÷ middle' },
    value: (row) => row.relativeSpread,
    text: (row) => percent(row.relativeSpread, 1),
    reason: (row) =>
      row.relativeSpread === null
        ? 'No bid and ask are quoted: the spread of a model says nothing here.'
        : null,
    width: 84,
  },
  {
    key: 'score',
    header: 'Score',
    note: {
      what: 'mean of three ranks among the names, 0 to 100: price, contribution to variance, liquidity',
      formula: 'weighted by how much each is to count',
    },
    value: (row) => row.score,
    text: (row) => percent(row.score, 0),
    reason: (row) => (row.score === null ? row.reason : null),
    tones: { strong: () => true },
    width: 72,
  },
  {
    key: 'reason',
    header: 'Why',
    note: { what: 'what speaks for the name, or what keeps it out' },
    align: 'left',
    value: (row) => row.reason,
    text: (row) => row.reason,
    tones: { dim: () => true },
    grow: true,
    width: 220,
  },
];

const perGreek: readonly (readonly [keyof DispersionGreeks, string, string, string])[] = [
  ['vegaPerVolPoint', 'Vega', '/ vol pt', 'change of value for one point of volatility'],
  ['thetaPerDay', 'Theta', '/ day', 'change of value in one calendar day'],
  ['gammaDollar1Pct', 'Gamma', '/ 1 %', 'change of delta money for a move of 1 %'],
  ['deltaDollar', 'Delta', '', 'delta in money'],
  ['premium', 'Premium', '', 'paid when above 0, received when below'],
];

/** The straddles of the trade: contracts, quantities, and what each position carries. */
export const legColumns = (currency: string): readonly ColumnSpec<LegRow>[] => [
  {
    key: 'symbol',
    header: 'Straddle',
    note: { what: 'what is traded: a call and a put of one strike' },
    align: 'left',
    value: (row) => row.symbol,
    text: (row) => row.symbol,
    tones: { strong: () => true },
    pinned: 'left',
    sortable: false,
    width: 108,
  },
  {
    key: 'contracts',
    header: 'Contracts',
    note: { what: 'straddles, bought above 0, sold below', unit: 'whole contracts' },
    value: (row) => row.contracts,
    text: (row) => signedInteger(row.contracts),
    tones: { gain: (row) => row.contracts > 0, loss: (row) => row.contracts < 0, strong: () => true },
    reason: (row) =>
      row.contracts === 0
        ? `Less than half a contract (${decimal(row.exact, 2)}): trade more of the index.`
        : null,
    sortable: false,
    width: 88,
  },
  {
    key: 'strike',
    header: 'Strike',
    note: { what: 'nearest the forward that has both options' },
    value: (row) => row.strike,
    text: (row) => strike(row.strike),
    sortable: false,
    width: 74,
  },
  {
    key: 'expiry',
    header: 'Expiry',
    note: { what: 'nearest the term; the same for all' },
    align: 'left',
    value: (row) => row.expiry,
    text: (row) => date(row.expiry),
    sortable: false,
    width: 96,
  },
  ...perGreek.map(([key, header, per, what]): ColumnSpec<LegRow> => ({
    key,
    header,
    unit: `${currency}${per === '' ? '' : ` ${per}`}`.trim(),
    note: { what: `${what}, of the position` },
    value: (row) => row.position[key],
    text: (row) => signedMoney(row.position[key]),
    sortable: false,
    width: key === 'premium' ? 100 : 108,
  })),
  {
    key: 'exact',
    header: 'Exact',
    note: { what: 'straddles before rounding to whole contracts' },
    value: (row) => row.exact,
    text: (row) => decimal(row.exact, 2),
    tones: { dim: () => true },
    sortable: false,
    width: 74,
  },
  {
    key: 'call',
    header: 'Call',
    note: { what: 'contract of the call' },
    align: 'left',
    value: (row) => row.call,
    text: (row) => row.call,
    sortable: false,
    width: 190,
  },
  {
    key: 'put',
    header: 'Put',
    note: { what: 'contract of the put' },
    align: 'left',
    value: (row) => row.put,
    text: (row) => row.put,
    sortable: false,
    width: 190,
  },
];

export interface NetRow {
  readonly id: string;
  readonly title: string;
  readonly greeks: DispersionGreeks;
}

export const netRows = ({ index, net }: DispersionTrade): readonly NetRow[] => [
  { id: 'index', title: index, greeks: net.index },
  { id: 'names', title: 'names', greeks: net.names },
  { id: 'total', title: 'net', greeks: net.total },
];

export const netHeads = perGreek.map(([key, title, per, tip]) => ({ key, title, per, tip }));

/** The options to send, for a spreadsheet or another program. */
export const ordersTable = (trade: DispersionTrade): string =>
  [
    ['contract', 'underlying', 'type', 'expiry', 'strike', 'side', 'quantity', 'multiplier'],
    ...trade.orders.map((order) => [
      order.contract,
      order.symbol,
      order.optionType,
      order.expiry,
      plainNumber(order.strike),
      order.side,
      plainNumber(order.quantity),
      plainNumber(order.multiplier),
    ]),
  ]
    .map((row) => row.join(','))
    .join('\r\n');
