import { useMemo, type ReactNode } from 'react';
import type { Chain, ChainExpiry } from '../../../shared/contract/chain.ts';
import { decimal, integer, none, percent, shortDate, volPercent, volPoints } from '../../format.ts';
import type { ColumnSpec } from '../../grids/column.ts';
import { GridPane } from '../parts/GridPane.tsx';
import { useActions } from '../workstation.ts';

const measure = (
  key: keyof ChainExpiry['skew'],
  header: string,
  what: string,
  formula: string,
  text: (value: number | null) => string,
  unit: string,
): ColumnSpec<ChainExpiry> => ({
  key,
  header,
  unit,
  note: { what, formula, source: 'the fitted smile' },
  value: (row) => row.skew[key],
  text: (row) => text(row.skew[key]),
  reason: (row) => (row.skew[key] === null ? (row.fitReason ?? 'The fit does not reach this far.') : null),
  width: header.length > 8 ? 112 : unit === '%' && header.length < 6 ? 68 : 84,
});

const columnsOf = (hasRoots: boolean): readonly ColumnSpec<ChainExpiry>[] => [
  {
    key: 'expiry',
    header: 'Expiry',
    note: { what: 'last day of the options, with their root' },
    align: 'left',
    value: (row) => row.key,
    text: (row) => (hasRoots ? `${shortDate(row.expiry)} ${row.root}` : shortDate(row.expiry)),
    pinned: 'left',
    width: hasRoots ? 118 : 78,
  },
  {
    key: 'days',
    header: 'Days',
    note: { what: 'calendar days to go' },
    value: (row) => row.days,
    text: (row) => integer(row.days),
    width: 46,
  },
  measure('atmVol', 'ATM', 'volatility at strike = forward', 'σ(K = F)', volPercent, '%'),
  measure(
    'riskReversal25',
    'RR25',
    'risk reversal: call wing less put wing at 25 delta',
    'σ(25Δ call) − σ(25Δ put)',
    volPoints,
    'vol pts',
  ),
  measure(
    'butterfly25',
    'BF25',
    'butterfly: the wings over the middle at 25 delta',
    '½(σ(25Δ call) + σ(25Δ put)) − σ(ATM)',
    volPoints,
    'vol pts',
  ),
  measure(
    'skew90110',
    '90–110',
    'put wing less call wing by moneyness',
    'σ(90 % F) − σ(110 % F)',
    volPoints,
    'vol pts',
  ),
  measure(
    'slope',
    'Slope',
    'tilt of the smile at the money forward',
    '∂σ/∂ln(K/F)',
    (value) => decimal(value, 3),
    'per ln',
  ),
  measure(
    'riskReversal10',
    'RR10',
    'risk reversal at 10 delta',
    'σ(10Δ call) − σ(10Δ put)',
    volPoints,
    'vol pts',
  ),
  measure(
    'butterfly10',
    'BF10',
    'butterfly at 10 delta',
    '½(σ(10Δ call) + σ(10Δ put)) − σ(ATM)',
    volPoints,
    'vol pts',
  ),
  measure(
    'riskReversal25OverAtm',
    'RR25/ATM',
    'risk reversal as a share of the level: names compare',
    '(σ(25Δ call) − σ(25Δ put)) ÷ σ(ATM)',
    percent,
    '%',
  ),
  measure(
    'skew90110OverAtm',
    '90–110/ATM',
    '90–110 skew as a share of the level: names compare',
    '(σ(90 % F) − σ(110 % F)) ÷ σ(ATM)',
    percent,
    '%',
  ),
  measure(
    'skew90110RootTime',
    '90–110·√T',
    '90–110 skew at one year’s scale: expiries compare, as a skew falls about with 1 ÷ √T',
    '(σ(90 % F) − σ(110 % F)) · √T, T in years',
    volPoints,
    'vol pts',
  ),
  measure(
    'slopeRootTime',
    'Slope·√T',
    'tilt at one year’s scale: expiries compare',
    '∂σ/∂ln(K/F) · √T, T in years',
    (value) => decimal(value, 3),
    'per ln',
  ),
  {
    key: 'rmse',
    header: 'Fit error',
    unit: 'vol pts',
    note: {
      what: 'weighted distance of the fit from the quotes',
      formula: '√(Σ w (σ − fit)² ÷ Σ w), w by vega and spread',
    },
    value: (row) => row.fit?.rmseVolPoints ?? null,
    text: (row) => decimal(row.fit?.rmseVolPoints, 2),
    reason: (row) => (row.fit === null ? row.fitReason : row.fit.note),
    width: 92,
  },
  {
    key: 'inside',
    header: 'Inside',
    unit: '%',
    note: { what: 'quotes whose fitted volatility lies between bid and ask' },
    value: (row) => row.fit?.insideSpreadShare ?? null,
    text: (row) => percent(row.fit?.insideSpreadShare, 0),
    width: 64,
  },
  {
    key: 'used',
    header: 'Quotes',
    note: { what: 'quotes that the fit rests on' },
    value: (row) => row.fit?.quotesUsed ?? null,
    text: (row) => integer(row.fit?.quotesUsed),
    width: 62,
  },
  {
    key: 'arbitrage',
    header: 'Arbitrage',
    note: {
      what: 'whether the fitted smile is free of butterfly arbitrage',
      formula: 'density ≥ 0 at every strike',
    },
    align: 'left',
    value: (row) => (row.fit === null ? null : row.fit.arbitrageFree),
    text: (row) => (row.fit === null ? none : row.fit.arbitrageFree ? '✓ free' : '▲ present'),
    tones: { warning: (row) => row.fit?.arbitrageFree === false },
    width: 84,
  },
  {
    key: 'model',
    header: 'Model',
    note: { what: 'kind of curve and its parameters' },
    align: 'left',
    value: (row) => row.fit?.model ?? null,
    text: (row) => row.fit?.model ?? none,
    reason: (row) =>
      row.fit === null
        ? row.fitReason
        : Object.entries(row.fit.params)
            .map(([name, value]) => `${name} = ${decimal(value, 6)}`)
            .join('\n'),
    width: 90,
  },
];

/** Skew measures and fit numbers of every expiry; a row brings its expiry to the front. */
export function SkewTable(props: { readonly chain: Chain; readonly front: ChainExpiry }): ReactNode {
  const { focus } = useActions();
  const rows = props.chain.expiries;
  // One root that is the name itself says nothing.
  const hasRoots = rows.some((row) => row.root !== props.chain.underlying);
  const columns = useMemo(() => columnsOf(hasRoots), [hasRoots]);
  return (
    <GridPane
      title="Skew and fit"
      tip="Measures of the fitted smile of each expiry, and how well it fits"
      name="chain.skew"
      columns={columns}
      rows={rows}
      rowId={(row) => row.key}
      selectedId={props.front.key}
      onSelect={(row) => focus({ expiryKey: row.key })}
    />
  );
}
