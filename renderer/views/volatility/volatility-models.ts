import type { VolatilityReport } from '../../../shared/contract/chain.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import type { LineModel } from '../../charts/line-chart.ts';
import { integer, volPercent } from '../../format.ts';
import type { ColumnSpec } from '../../grids/column.ts';

type Skew = OutputOf<'skew.read'>['symbols'][number];

/** One row an estimator, its volatility by window. */
export interface EstimatorRow {
  readonly estimator: string;
  readonly byWindow: ReadonlyMap<number, VolatilityReport['rows'][number]>;
}

const estimatorNames: Readonly<Record<string, string>> = {
  zeroMean: 'Close to close, zero mean',
  sampleMean: 'Close to close, sample mean',
  closeToClose: 'Close to close',
  parkinson: 'Parkinson (high, low)',
  highLow: 'High and low',
  garmanKlass: 'Garman–Klass',
  garmanKlassYangZhang: 'Garman–Klass with overnight',
  exponentiallyWeighted: 'Exponentially weighted',
  rogersSatchell: 'Rogers–Satchell',
  yangZhang: 'Yang–Zhang',
};
const nameOf = (estimator: string): string => estimatorNames[estimator] ?? estimator;

export function estimatorTable(report: VolatilityReport): {
  readonly rows: readonly EstimatorRow[];
  readonly columns: readonly ColumnSpec<EstimatorRow>[];
} {
  const windows = [...new Set(report.rows.map((row) => row.window))].sort((a, b) => a - b);
  const byEstimator = new Map<string, Map<number, VolatilityReport['rows'][number]>>();
  for (const row of report.rows) {
    const own = byEstimator.get(row.estimator) ?? new Map<number, VolatilityReport['rows'][number]>();
    own.set(row.window, row);
    byEstimator.set(row.estimator, own);
  }
  const rows = [...byEstimator].map(([estimator, byWindow]) => ({ estimator, byWindow }));
  const columns: ColumnSpec<EstimatorRow>[] = [
    {
      key: 'estimator',
      header: 'Estimator',
      note: { what: 'formula of realized volatility', source: 'imported daily prices' },
      align: 'left',
      value: (row) => nameOf(row.estimator),
      text: (row) => nameOf(row.estimator),
      pinned: 'left',
      width: 190,
    },
    ...windows.map((window): ColumnSpec<EstimatorRow> => ({
      key: String(window),
      header: `${integer(window)} d`,
      unit: '%',
      note: {
        what: `realized volatility of the last ${integer(window)} sessions, annualized with 252`,
        source: 'imported daily prices',
      },
      value: (row) => row.byWindow.get(window)?.vol ?? null,
      text: (row) => volPercent(row.byWindow.get(window)?.vol),
      reason: (row) => row.byWindow.get(window)?.reason ?? null,
      width: 76,
    })),
  ];
  return { rows, columns };
}

/** The range of realized volatility by length of window, today's on it, and the implied term structure. */
export function coneModel(report: VolatilityReport, skew: Skew | null): LineModel | null {
  const { cone } = report;
  if (cone.length === 0) return null;
  const x = cone.map((row) => row.window);
  const implied = (skew?.ivIndex ?? []).filter((item) => item.vol !== null);
  return {
    xKind: 'number',
    xTitle: 'Window, sessions · term of the implied volatility, sessions',
    yTitle: 'Volatility, annualized %',
    formatX: integer,
    lowX: 0,
    formatY: volPercent,
    bands: [
      {
        label: 'Middle half',
        color: 0,
        x,
        low: cone.map((row) => row.quartile1),
        high: cone.map((row) => row.quartile3),
      },
    ],
    lines: [
      { label: 'Highest', color: 'dim', style: 'dashed', width: 1, x, y: cone.map((row) => row.maximum) },
      { label: 'Median', color: 0, width: 1, x, y: cone.map((row) => row.median) },
      { label: 'Lowest', color: 'dim', style: 'dashed', width: 1, x, y: cone.map((row) => row.minimum) },
      { label: 'Latest realized', color: 1, x, y: cone.map((row) => row.latest) },
      ...(implied.length === 0
        ? []
        : [
            {
              label: 'Implied (IV index)',
              color: 2,
              x: implied.map((item) => sessionsOf(item.termDays)),
              y: implied.map((item) => item.vol),
            },
          ]),
    ],
  };
}

// Five sessions a week: the cone counts sessions, implied terms calendar days.
const sessionsOf = (days: number): number => (days * 5) / 7;

/** At-the-money volatility by expiry and the constant-maturity points. */
export function termModel(skew: Skew): LineModel | null {
  const expiries = skew.expiries.filter((item) => item.atmVol !== null && item.days > 0);
  const constant = skew.ivIndex.filter((item) => item.vol !== null);
  if (expiries.length === 0 && constant.length === 0) return null;
  return {
    xKind: 'number',
    xTitle: 'Calendar days to expiry',
    yTitle: 'Implied volatility, %',
    formatX: integer,
    lowX: 0,
    formatY: volPercent,
    lines: [
      {
        label: 'At the money by expiry',
        color: 0,
        x: expiries.map((item) => item.days),
        y: expiries.map((item) => item.atmVol),
      },
      {
        label: 'IV index (constant maturity)',
        color: 1,
        style: 'dots',
        x: constant.map((item) => item.termDays),
        y: constant.map((item) => item.vol),
      },
    ],
  };
}
