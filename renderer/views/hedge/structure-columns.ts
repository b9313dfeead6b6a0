import type { OutputOf } from '../../../shared/contract/index.ts';
import { integer } from '../../format.ts';
import type { ColumnSpec } from '../../grids/column.ts';

export type StructureLeg = OutputOf<'hedge.structure'>['legs'][number];

/** The legs of a structure before they are priced as a draft. */
export const structureColumns: readonly ColumnSpec<StructureLeg>[] = [
  {
    key: 'contract',
    header: 'Contract',
    note: { what: 'underlying, expiry, strike and side' },
    align: 'left',
    value: (leg) => leg.contract,
    text: (leg) => leg.contract,
    tones: { strong: () => true },
    pinned: 'left',
    width: 210,
  },
  {
    key: 'side',
    header: 'Side',
    note: { what: 'what is done with it' },
    align: 'left',
    value: (leg) => leg.side,
    text: (leg) => leg.side,
    tones: { bid: (leg) => leg.side === 'sell', ask: (leg) => leg.side === 'buy' },
    width: 56,
  },
  {
    key: 'quantity',
    header: 'Contracts',
    note: { what: 'contracts to trade', unit: 'contracts' },
    value: (leg) => leg.quantity,
    text: (leg) => integer(leg.quantity),
    tones: { strong: () => true },
    width: 76,
  },
  {
    key: 'reason',
    header: 'Why',
    note: { what: 'what the structure does, per unit of the underlying' },
    align: 'left',
    value: (leg) => leg.reason ?? '',
    text: (leg) => leg.reason ?? '',
    width: 520,
  },
];
