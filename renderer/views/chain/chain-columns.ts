import type { ChainSide, MarkChoice } from '../../../shared/contract/chain.ts';
import {
  date,
  decimal,
  integer,
  none,
  price,
  signedDecimal,
  signedInteger,
  strike,
  volPercent,
} from '../../format.ts';
import type { ColumnSpec, HeaderNote } from '../../grids/column.ts';
import type { ColumnSet } from '../../state/chain.ts';
import type { ChainRow } from './chain-rows.ts';

type NumberField = Exclude<keyof ChainSide, 'contract' | 'reason' | 'excluded'>;
type Sets = readonly Exclude<ColumnSet, 'all'>[];

interface SideColumn {
  readonly field: NumberField;
  readonly header: string;
  readonly unit?: (currency: string) => string;
  readonly note: HeaderNote;
  readonly text: (value: number | null) => string;
  readonly sets: Sets;
  readonly width: number;
  readonly tone?: string;
  /** Blank for the reason that the side states. */
  readonly explained?: boolean;
  readonly flash?: boolean;
  /** Sets that leave it out where the window is narrow. */
  readonly wideOnly?: Sets;
  /** Wider where prices have more digits. */
  readonly isPrice?: boolean;
}

const percentUnit = () => '%';
const currencyUnit = (currency: string) => currency;
const greek = { sets: ['greeks'] as Sets, explained: true };
const quoted = 'as imported';
const engine = 'computed from the mark on the forward of the expiry';
const solved = 'computed on the forward of the expiry';

/** From the strike outwards. */
const sideColumns: readonly SideColumn[] = [
  {
    field: 'bid',
    header: 'Bid',
    note: { what: 'best price to sell at; Alt+click picks a leg that sells there', source: quoted },
    text: (v) => price(v),
    isPrice: true,
    sets: ['prices', 'volatility', 'liquidity'],
    width: 60,
    tone: 'bid',
    flash: true,
  },
  {
    field: 'ask',
    header: 'Ask',
    note: { what: 'best price to buy at; Alt+click picks a leg that buys there', source: quoted },
    text: (v) => price(v),
    isPrice: true,
    sets: ['prices', 'volatility', 'liquidity'],
    width: 60,
    tone: 'ask',
    flash: true,
  },
  {
    field: 'mark',
    header: 'Mark',
    note: {
      what: 'the price that volatilities and greeks are computed from',
      source: 'the choice of mark above',
    },
    text: (v) => price(v),
    isPrice: true,
    sets: ['prices', 'greeks'],
    width: 60,
    tone: 'strong',
    flash: true,
    wideOnly: ['greeks'],
  },
  {
    field: 'last',
    header: 'Last',
    note: { what: 'last trade of the day', source: quoted },
    text: (v) => price(v),
    isPrice: true,
    sets: ['prices'],
    width: 60,
    wideOnly: ['prices'],
  },
  {
    field: 'bidVol',
    header: 'Bid σ',
    unit: percentUnit,
    note: {
      what: 'volatility implied by the bid',
      formula: 'Black on the forward, solved for σ',
      source: solved,
    },
    text: volPercent,
    sets: ['volatility'],
    width: 58,
    tone: 'bid',
    explained: true,
  },
  {
    field: 'markVol',
    header: 'σ',
    unit: percentUnit,
    note: {
      what: 'volatility implied by the mark',
      formula: 'Black on the forward, solved for σ',
      source: engine,
    },
    text: volPercent,
    sets: ['volatility', 'greeks'],
    width: 58,
    tone: 'strong',
    explained: true,
  },
  {
    field: 'askVol',
    header: 'Ask σ',
    unit: percentUnit,
    note: {
      what: 'volatility implied by the ask',
      formula: 'Black on the forward, solved for σ',
      source: solved,
    },
    text: volPercent,
    sets: ['volatility'],
    width: 58,
    tone: 'ask',
    explained: true,
  },
  {
    field: 'fitVol',
    header: 'Fit',
    unit: percentUnit,
    note: { what: 'volatility of the fitted smile at the strike', source: 'the fit named beside the smile' },
    text: volPercent,
    sets: ['volatility'],
    width: 60,
    tone: 'dim',
    wideOnly: ['volatility'],
  },
  {
    field: 'delta',
    header: 'Delta',
    note: {
      what: 'change of the option for one unit of the underlying',
      formula: '∂V/∂S',
      unit: 'per 1 unit of the underlying',
      source: engine,
    },
    text: (v) => signedDecimal(v, 3),
    sets: ['volatility', 'greeks'],
    width: 60,
    explained: true,
  },
  {
    field: 'gammaDollar1Pct',
    header: 'Gamma 1%',
    unit: currencyUnit,
    note: {
      what: 'change of the dollar delta of one option when the underlying moves 1 %',
      formula: 'Γ × S² × 1 %',
      source: engine,
    },
    text: (v) => decimal(v, 2),
    width: 84,
    ...greek,
  },
  {
    field: 'vegaPerVolPoint',
    header: 'Vega',
    unit: (currency) => `${currency}/vol pt`,
    note: { what: 'change of the option for one volatility point', formula: '∂V/∂σ × 0.01', source: engine },
    text: (v) => decimal(v, 3),
    width: 92,
    ...greek,
  },
  {
    field: 'thetaPerDay',
    header: 'Theta',
    unit: (currency) => `${currency}/day`,
    note: { what: 'change of the option in one calendar day', formula: '∂V/∂t ÷ 365', source: engine },
    text: (v) => signedDecimal(v, 3),
    width: 88,
    ...greek,
  },
  {
    field: 'rhoPerBasisPoint',
    header: 'Rho',
    unit: (currency) => `${currency}/bp`,
    note: {
      what: 'change of the option for one basis point of interest',
      formula: '∂V/∂r × 0.0001',
      source: engine,
    },
    text: (v) => signedDecimal(v, 4),
    width: 84,
    wideOnly: ['greeks'],
    ...greek,
  },
  {
    field: 'openInterest',
    header: 'OI',
    note: { what: 'open interest', unit: 'contracts', source: quoted },
    text: integer,
    sets: ['prices', 'liquidity'],
    width: 74,
  },
  {
    field: 'volume',
    header: 'Volume',
    note: { what: 'contracts traded that day', unit: 'contracts', source: quoted },
    text: integer,
    sets: ['prices', 'liquidity'],
    width: 76,
  },
];

const quantityNotes = {
  held: { what: 'contracts held, signed', unit: 'contracts', source: 'imported positions' },
  suggested: {
    what: 'contracts that the newest suggestion would trade, signed; rejected legs left out',
    unit: 'contracts',
    source: 'the newest suggestion that is open or approved',
  },
} satisfies Record<string, HeaderNote>;

function sideColumn(
  side: 'call' | 'put',
  spec: SideColumn,
  currency: string,
  set: ColumnSet,
  narrow: boolean,
  priceWidth: number,
): ColumnSpec<ChainRow> {
  const at = (row: ChainRow) => row[side][spec.field][row.index] ?? null;
  const isExcluded = (row: ChainRow) => row[side].excluded[row.index] === true;
  const itm = (row: ChainRow) => {
    const forward = row.expiry.forward;
    return forward !== null && (side === 'call' ? row.strike < forward : row.strike > forward);
  };
  return {
    key: `${side}.${spec.field}`,
    group: side === 'call' ? 'Calls' : 'Puts',
    header: spec.header,
    ...(spec.unit === undefined ? {} : { unit: spec.unit(currency) }),
    note: spec.note,
    value: at,
    text: (row) => spec.text(at(row)),
    reason: (row) => {
      if (isExcluded(row))
        return 'Left out of forwards, fits and suggestions; the menu of the row takes it back.';
      if (at(row) !== null) return null;
      const why = spec.explained === true ? (row[side].reason[row.index] ?? null) : null;
      return why ?? blankReason(spec.field);
    },
    tones: {
      itm,
      excluded: isExcluded,
      ...(spec.tone === undefined ? {} : { [spec.tone]: (row: ChainRow) => at(row) !== null }),
    },
    width: spec.isPrice === true ? Math.max(priceWidth, spec.width) : spec.width,
    sortable: false,
    hidden: set !== 'all' && (!spec.sets.includes(set) || (narrow && spec.wideOnly?.includes(set) === true)),
    ...(spec.flash === undefined ? {} : { flash: spec.flash }),
  };
}

function blankReason(field: NumberField): string {
  if (field === 'bid' || field === 'ask') return 'No quote on this side.';
  if (field === 'last' || field === 'volume') return 'No trade in the imported file.';
  if (field === 'openInterest') return 'The imported file gives no open interest.';
  if (field === 'fitVol') return 'No fitted smile at this strike.';
  return 'No usable price, so nothing can be computed.';
}

function quantityColumn(
  side: 'call' | 'put',
  what: keyof typeof quantityNotes,
  shown: boolean,
): ColumnSpec<ChainRow> {
  const at = (row: ChainRow) => row[side][what][row.index] ?? null;
  return {
    key: `${side}.${what}`,
    group: side === 'call' ? 'Calls' : 'Puts',
    header: what === 'held' ? 'Held' : 'Sugg.',
    note: quantityNotes[what],
    value: at,
    text: (row) => (at(row) === null ? '' : signedInteger(at(row))),
    tones: { held: (row) => at(row) !== null },
    width: what === 'held' ? 44 : 48,
    hidden: !shown,
    sortable: false,
  };
}

/** Calls, strike, puts: mirrored about the strike. `stacked` adds the expiry. */
export function chainColumns(choice: {
  readonly set: ColumnSet;
  readonly currency: string;
  readonly stacked: boolean;
  /** Whether anything is held in this chain. */
  readonly held: boolean;
  /** Whether a suggestion trades in this chain. */
  readonly suggested: boolean;
  readonly narrow: boolean;
  /** The largest quote of the table; 0 where there is none. */
  readonly highestPrice: number;
}): ColumnSpec<ChainRow>[] {
  const { set, currency, stacked, held, suggested, narrow, highestPrice } = choice;
  const priceWidth = highestPrice < 1000 ? 60 : highestPrice < 10_000 ? 70 : 78;
  // Bid stands left of ask on both sides, as everywhere.
  const outwards = (side: 'call' | 'put') =>
    sideColumns.map((spec) => sideColumn(side, spec, currency, set, narrow, priceWidth));
  const calls = outwards('call').toReversed();
  const bid = calls.findIndex((column) => column.key === 'call.bid');
  const ask = calls.findIndex((column) => column.key === 'call.ask');
  const [bidColumn, askColumn] = [calls[bid], calls[ask]];
  if (bidColumn !== undefined && askColumn !== undefined) [calls[bid], calls[ask]] = [askColumn, bidColumn];
  const vols = swapped(calls, 'call.bidVol', 'call.askVol');
  return [
    ...(stacked ? [expiryColumn] : []),
    quantityColumn('call', 'held', held),
    quantityColumn('call', 'suggested', suggested),
    ...vols,
    strikeColumn,
    ...outwards('put'),
    quantityColumn('put', 'suggested', suggested),
    quantityColumn('put', 'held', held),
  ];
}

function swapped(columns: ColumnSpec<ChainRow>[], first: string, second: string): ColumnSpec<ChainRow>[] {
  const [a, b] = [
    columns.findIndex((item) => item.key === first),
    columns.findIndex((item) => item.key === second),
  ];
  const out = [...columns];
  const [left, right] = [columns[a], columns[b]];
  if (left !== undefined && right !== undefined) [out[a], out[b]] = [right, left];
  return out;
}

const strikeColumn: ColumnSpec<ChainRow> = {
  key: 'strike',
  header: 'Strike',
  note: {
    what: 'price at which the option is exercised; the row nearest to the forward is marked',
    source: 'as imported',
  },
  value: (row) => row.strike,
  text: (row) => strike(row.strike),
  align: 'center',
  tones: { strong: () => true },
  width: 74,
  sortable: false,
};

const expiryColumn: ColumnSpec<ChainRow> = {
  key: 'expiry',
  header: 'Expiry',
  note: { what: 'last day of the option, with its root' },
  value: (row) => row.expiry.key,
  text: (row) => (row.expiry.expiry === '' ? none : `${date(row.expiry.expiry)} ${row.expiry.root}`),
  align: 'left',
  pinned: 'left',
  width: 138,
  sortable: false,
};

export const markNames: Readonly<Record<MarkChoice, string>> = {
  mid: 'mid',
  last: 'last trade',
  settlement: 'settlement',
  model: 'fitted smile',
  conservative: 'conservative side',
};
