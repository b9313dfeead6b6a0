import type { ForwardStartValue } from '../../../shared/contract/forward-starts.ts';
import {
  decimal,
  money,
  none,
  percent,
  shortDate,
  signedMoney,
  signedDecimal,
  strike,
  volPercent,
  volPoints,
} from '../../format.ts';
import type { ColumnSpec, HeaderNote } from '../../grids/column.ts';
import { stateMarks, stateWords } from '../contracts/contract-words.ts';

type NumberKey = {
  [K in keyof ForwardStartValue]: ForwardStartValue[K] extends number | null ? K : never;
}[keyof ForwardStartValue];

/** Price of one unit: in per cent for a relative contract, in points of the underlying for an absolute one. */
export const unitPriceText = (family: 'relative' | 'absolute', unitPrice: number | null): string =>
  family === 'relative' ? percent(unitPrice, 4) : decimal(unitPrice, 4);
export const unitOf = (family: 'relative' | 'absolute'): string => (family === 'relative' ? '%' : 'points');

const familyText = ({ terms }: ForwardStartValue): string => {
  const isStrangle = terms.optionType === 'straddle' && terms.putStrikeMultiplier !== null;
  const right = terms.option === null ? '' : `${terms.option.optionType} on `;
  const type = isStrangle ? 'strangle' : terms.optionType;
  return `${right}${terms.family} ${terms.power === 2 ? 'quadratic ' : ''}${type}`;
};
const becomesText = ({ becomes }: ForwardStartValue): string =>
  becomes.map((option) => `${decimal(option.units, 0)} × ${option.contract}`).join(', ');
const strikeText = ({ terms }: ForwardStartValue): string => {
  if (terms.fixedStrike !== null) return strike(terms.fixedStrike);
  const put = terms.putStrikeMultiplier === null ? '' : `${percent(terms.putStrikeMultiplier, 2)} / `;
  const factor =
    terms.strikeMultiplier === 1 && put === '' ? 'F₁' : `${put}${percent(terms.strikeMultiplier, 2)} % F₁`;
  return terms.strikeOffset === 0 ? factor : `${factor} ${signedDecimal(terms.strikeOffset, 2)}`;
};

const number = (
  key: NumberKey,
  header: string,
  unit: string | null,
  note: HeaderNote,
  text: (row: ForwardStartValue) => string,
  more: Partial<ColumnSpec<ForwardStartValue>> = {},
): ColumnSpec<ForwardStartValue> => ({
  key,
  header,
  ...(unit === null ? {} : { unit }),
  note,
  value: (row) => row[key],
  text,
  reason: (row) =>
    row[key] === null ? (row.reason ?? 'No price was agreed, so there is nothing to compare with.') : null,
  width: 92,
  ...more,
});

export const forwardStartColumns = (currency: string): readonly ColumnSpec<ForwardStartValue>[] => [
  {
    key: 'contractId',
    header: 'Contract',
    note: { what: 'name of the contract; a row lights its parts above' },
    align: 'left',
    value: (row) => row.terms.contractId,
    text: (row) => row.terms.contractId,
    tones: { strong: () => true },
    pinned: 'left',
    width: 142,
  },
  {
    key: 'family',
    header: 'Payoff',
    note: {
      what: 'relative pays in per cent of the first fixing, absolute in points of the underlying',
      formula: 'X = F₂ ÷ F₁; call (X − 1)⁺, put (1 − X)⁺, straddle their sum, quadratic the square',
    },
    align: 'left',
    value: familyText,
    text: familyText,
    width: 146,
  },
  {
    key: 'state',
    header: 'State',
    note: { what: 'before fixing, fixing due, live, settling or settled' },
    align: 'left',
    value: (row) => row.state,
    text: (row) => `${stateMarks[row.state]} ${stateWords[row.state]}`,
    reason: (row) => row.stateNote,
    tones: {
      said: () => true,
      warning: (row) => row.state === 'settling' || row.state.endsWith('-due'),
    },
    width: 104,
  },
  {
    key: 'start',
    header: 'First fixing',
    note: { what: 'first reference date: the strike is fixed' },
    value: (row) => row.terms.firstReferenceDate,
    text: (row) => shortDate(row.terms.firstReferenceDate),
    width: 88,
  },
  {
    key: 'end',
    header: 'Second',
    note: { what: 'second reference date: the payoff is known' },
    value: (row) => row.terms.secondReferenceDate,
    text: (row) => shortDate(row.terms.secondReferenceDate),
    width: 84,
  },
  {
    key: 'quantity',
    header: 'Quantity',
    note: { what: 'contracts held; below zero is sold' },
    value: (row) => row.terms.quantity,
    text: (row) => decimal(row.terms.quantity, Number.isInteger(row.terms.quantity) ? 0 : 2),
    tones: { strong: () => true, loss: (row) => row.terms.quantity < 0 },
    width: 76,
  },
  number(
    'vol',
    'Vol',
    '%',
    {
      what: 'forward volatility of its period before the fixing, volatility left after it',
      formula: 'σ²τ = σ(t₂)²t₂ − σ(t₁)²t₁',
      source: 'the fitted smiles, at the money',
    },
    (row) => volPercent(row.vol),
    { width: 66 },
  ),
  {
    ...number(
      'tradeImpliedVol',
      'Trade vol',
      '%',
      { what: 'volatility that the agreed price implies', formula: 'the price formula solved for σ' },
      (row) => volPercent(row.tradeImpliedVol),
      { width: 88 },
    ),
  },
  {
    key: 'edge',
    header: 'Vol − trade',
    note: { what: 'what the market volatility stands above the one paid', unit: 'vol pts' },
    unit: 'vol pts',
    value: (row) => (row.vol === null || row.tradeImpliedVol === null ? null : row.vol - row.tradeImpliedVol),
    text: (row) =>
      row.vol === null || row.tradeImpliedVol === null ? none : volPoints(row.vol - row.tradeImpliedVol),
    width: 112,
    hidden: true,
  },
  number(
    'unitPrice',
    'Price',
    '% or pts',
    {
      what: 'worth of one unit today, discounted: per cent for relative contracts, points for absolute ones',
      formula: 'time-dependent Black–Scholes',
    },
    (row) => unitPriceText(row.terms.family, row.unitPrice),
    { width: 108 },
  ),
  {
    key: 'tradePrice',
    header: 'Agreed',
    unit: '% or pts',
    note: {
      what: 'price agreed: per cent for relative contracts, points for absolute ones; a deferred one is paid at the end',
    },
    value: (row) => row.terms.tradePrice,
    text: (row) => unitPriceText(row.terms.family, row.terms.tradePrice),
    reason: (row) => (row.terms.tradePrice === null ? 'No price was agreed.' : null),
    tones: { dim: () => true },
    width: 108,
    hidden: true,
  },
  number(
    'value',
    'Value',
    currency,
    { what: 'value of the quantity held', formula: 'quantity × amount × price' },
    (row) => money(row.value),
    { width: 110, tones: { loss: (row) => (row.value ?? 0) < 0 } },
  ),
  number(
    'profit',
    'Profit',
    currency,
    { what: 'value less the price agreed', formula: 'quantity × amount × (price − price agreed)' },
    (row) => signedMoney(row.profit),
    {
      width: 100,
      // Less than half a unit is shown as zero and says neither.
      tones: { gain: (row) => (row.profit ?? 0) >= 0.5, loss: (row) => (row.profit ?? 0) <= -0.5 },
    },
  ),
  number(
    'vegaPerVolPoint',
    'Vega',
    'per vol pt',
    { what: 'change of value for one point of its volatility', unit: `${currency} per vol pt` },
    (row) => signedMoney(row.vegaPerVolPoint),
    { width: 104 },
  ),
  number(
    'deltaDollar',
    'Delta',
    currency,
    { what: 'exposure to the underlying in money; zero for a relative contract before its fixing' },
    (row) => signedMoney(row.deltaDollar),
    { width: 104 },
  ),
  number(
    'gammaDollar1Pct',
    'Gamma',
    'per 1 %',
    { what: 'change of the dollar delta when the underlying moves 1 %', unit: currency },
    (row) => signedMoney(row.gammaDollar1Pct),
    { width: 100 },
  ),
  {
    key: 'strike',
    header: 'Strike',
    note: {
      what: 'fixed strike, or how it will be fixed',
      formula: 'multiplier × F₁ + offset',
      unit: 'points of the underlying',
    },
    value: (row) => row.terms.fixedStrike,
    text: strikeText,
    width: 100,
  },
  {
    key: 'becomes',
    header: 'Becomes',
    note: { what: 'options that its fixing made of it, where it settles into listed options or by delivery' },
    align: 'left',
    value: (row) => becomesText(row),
    text: (row) => becomesText(row) || none,
    reason: (row) => (row.becomes.length === 0 ? 'It settles in cash, or is not fixed yet.' : null),
    hidden: true,
    width: 220,
  },
  {
    key: 'carry',
    header: 'Carry',
    unit: 'per 1 %',
    note: {
      what: 'change of value when the carry factor R rises by 0.01; none once the strike is fixed',
      unit: currency,
    },
    value: (row) => row.carryPer1Pct,
    text: (row) => signedMoney(row.carryPer1Pct),
    reason: (row) => (row.carryPer1Pct === null ? row.reason : null),
    hidden: true,
    width: 92,
  },
  {
    key: 'amount',
    header: 'Amount',
    note: {
      what: 'relative: currency paid per 1.00 of payoff; absolute: units of the underlying',
    },
    value: (row) => row.terms.amount,
    text: (row) => decimal(row.terms.amount, 0),
    tones: { dim: () => true },
    width: 90,
  },
  {
    key: 'reason',
    header: 'Remark',
    note: { what: 'state of the contract, or why a number is blank' },
    align: 'left',
    value: (row) => row.reason ?? row.stateNote,
    text: (row) => row.reason ?? row.stateNote,
    tones: {
      warning: (row) => row.reason !== null && row.state !== 'settled',
      dim: (row) => row.reason === null,
    },
    grow: true,
    width: 220,
  },
];
