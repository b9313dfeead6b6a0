import { signedCents } from '../../format.ts';
import type { ColumnSpec } from '../../grids/column.ts';
import type { ExplainRow, PartKey } from './explain-models.ts';

const parts: readonly (readonly [PartKey, string, string, string])[] = [
  ['residual', 'Residual', 'what the parts do not explain', 'total − parts'],
  ['delta', 'Delta', 'the move of the underlying at the delta held before', 'Δ · ΔS'],
  ['gamma', 'Gamma', 'the change of delta on the way', '½ Γ · ΔS²'],
  ['vega', 'Vega', 'the change of implied volatility, slice by slice', 'Σ vega · Δσ'],
  ['theta', 'Theta', 'the days that passed', 'Θ · Δt'],
  ['vanna', 'Vanna', 'spot and volatility moving together', 'vanna · ΔS · Δσ'],
  ['volga', 'Volga', 'the change of vega on the way', '½ volga · Δσ²'],
  [
    'carry',
    'Carry',
    'rates, dividends and what the position pays for being held',
    'forwards and discounting',
  ],
  ['trades', 'New trades', 'positions added, changed or gone', 'value of what was traded'],
  ['fixings', 'Fixings', 'reference prices and observations that became known', 'value after less before'],
];

/** Amounts in cents, shown in money with two decimals; parts and residual add up to the total. */
export const explainColumns = (currency: string, first: string): readonly ColumnSpec<ExplainRow>[] => [
  {
    key: 'label',
    header: first,
    note: { what: 'a click on a group shows its positions below' },
    align: 'left',
    value: (row) => row.label,
    text: (row) => row.label,
    reason: (row) => row.note,
    tones: { strong: () => true },
    pinned: 'left',
    sortable: false,
    width: 174,
  },
  {
    key: 'total',
    header: 'Total',
    unit: currency,
    note: { what: 'change of value', formula: 'sum of the parts and the residual, to the cent' },
    value: (row) => row.parts.total,
    text: (row) => signedCents(row.parts.total),
    tones: {
      strong: () => true,
      gain: (row) => row.parts.total > 0,
      loss: (row) => row.parts.total < 0,
    },
    width: 98,
  },
  ...parts.map(([key, header, what, formula]): ColumnSpec<ExplainRow> => ({
    key,
    header,
    unit: currency,
    note: { what, formula, source: 'math §12: taken at the middle of both markets, position by position' },
    value: (row) => row.parts[key],
    text: (row) => signedCents(row.parts[key]),
    tones: {
      dim: (row) => row.parts[key] === 0,
      loss: (row) => row.parts[key] < 0,
      strong: (row) => row.isTotal,
    },
    width: key === 'trades' ? 106 : 90,
  })),
];
