import type { Surface } from '../../../shared/contract/surface.ts';
import type { LineModel } from '../../charts/line-chart.ts';
import { date, decimal, integer, percent, volPercent } from '../../format.ts';
import type { ColumnSpec } from '../../grids/column.ts';

type Expiry = Surface['expiries'][number];

/** As many lines as the palette tells apart. */
const mostLines = 8;

/** Expiries with a smile, spread over the term structure where there are too many to draw. */
export function drawnExpiries(surface: Surface): readonly Expiry[] {
  const fitted = surface.expiries.filter(({ curve }) => curve !== null);
  if (fitted.length <= mostLines) return fitted;
  const chosen = Array.from({ length: mostLines }, (_, i) =>
    Math.round((i * (fitted.length - 1)) / (mostLines - 1)),
  );
  return fitted.filter((_, i) => chosen.includes(i));
}

const labelOf = ({ expiry, key }: Expiry, all: readonly Expiry[]): string =>
  all.some((other) => other.expiry === expiry && other.key !== key)
    ? `${date(expiry)} ${key.slice(expiry.length + 1)}`
    : date(expiry);

function overStrikes(
  surface: Surface,
  yTitle: string,
  formatY: (value: number) => string,
  column: (curve: NonNullable<Expiry['curve']>) => readonly number[],
): LineModel | null {
  const drawn = drawnExpiries(surface);
  if (drawn.length === 0) return null;
  return {
    xKind: 'number',
    xTitle: 'Strike over forward, %',
    yTitle,
    formatX: (value) => percent(value, 0),
    formatY,
    uprights: [{ x: 1, label: 'forward' }],
    lines: drawn.flatMap((one, color) =>
      one.curve === null
        ? []
        : [
            {
              label: labelOf(one, surface.expiries),
              color,
              width: 2 as const,
              x: one.curve.logMoneyness.map(Math.exp),
              y: column(one.curve),
            },
          ],
    ),
  };
}

/** Fitted smiles of the expiries over each other, over the quotes and a tenth beyond. */
export const smilesModel = (surface: Surface): LineModel | null =>
  overStrikes(surface, 'Implied volatility, %', volPercent, ({ vol }) => vol);

/** Implied densities of ln(price at expiry / forward). */
export const densityModel = (surface: Surface): LineModel | null =>
  overStrikes(
    surface,
    'Density of the log return',
    (value) => decimal(value, 2),
    ({ density }) => density,
  );

/** At-the-money volatility by expiry, the IV index, and the volatility between neighbors. */
export function structureModel(surface: Surface): LineModel | null {
  const expiries = surface.expiries.filter(({ atmVol }) => atmVol !== null);
  if (expiries.length === 0) return null;
  const days = new Map(surface.expiries.map((one) => [one.key, one.days]));
  const index = surface.ivIndex.filter(({ vol }) => vol !== null);
  const between = surface.forwardVols.map(({ near, far, vol }) => ({
    x: ((days.get(near) ?? 0) + (days.get(far) ?? 0)) / 2,
    vol,
  }));
  return {
    xKind: 'number',
    xTitle: 'Calendar days to expiry',
    yTitle: 'Implied volatility, %',
    formatX: integer,
    lowX: 0,
    formatY: volPercent,
    lines: [
      {
        label: 'At the money',
        color: 0,
        x: expiries.map((one) => one.days),
        y: expiries.map((one) => one.atmVol),
      },
      {
        label: 'IV index',
        color: 1,
        style: 'dots',
        x: index.map(({ termDays }) => termDays),
        y: index.map(({ vol }) => vol),
      },
      {
        label: 'Forward, amid its two expiries',
        color: 2,
        style: 'dots',
        x: between.map(({ x }) => x),
        y: between.map(({ vol }) => vol),
      },
    ],
  };
}

const deltaTitle = (delta: number): string =>
  delta > 0.5 ? `${percent(1 - delta, 0)}Δ put` : delta < 0.5 ? `${percent(delta, 0)}Δ call` : '50Δ';

/** One row an expiry: how it was fitted, and its volatilities by delta. */
export function surfaceColumns(surface: Surface): readonly ColumnSpec<Expiry>[] {
  const forwardVols = new Map(surface.forwardVols.map((one) => [one.far, one]));
  const source = 'fitted smile of the expiry';
  return [
    {
      key: 'expiry',
      header: 'Expiry',
      note: { what: 'date and root of the expiry' },
      align: 'left',
      pinned: 'left',
      value: (row) => row.key,
      text: (row) => labelOf(row, surface.expiries),
      width: 106,
    },
    {
      key: 'days',
      header: 'Days',
      note: { what: 'calendar days from the market day' },
      value: (row) => row.days,
      text: (row) => integer(row.days),
      width: 58,
    },
    {
      key: 'atm',
      header: 'ATM',
      unit: '%',
      note: { what: 'volatility at the money forward', source },
      value: (row) => row.atmVol,
      text: (row) => volPercent(row.atmVol),
      reason: (row) => (row.atmVol === null ? row.note : null),
      width: 66,
    },
    {
      key: 'forwardVol',
      header: 'Forward',
      unit: '%',
      note: {
        what: 'volatility between the expiry before and this one',
        formula: '√((σ₂²t₂ − σ₁²t₁) / (t₂ − t₁))',
        source: 'volatilities at the money',
      },
      value: (row) => forwardVols.get(row.key)?.vol ?? null,
      text: (row) => volPercent(forwardVols.get(row.key)?.vol),
      reason: (row) => forwardVols.get(row.key)?.reason ?? null,
      width: 76,
    },
    ...surface.deltas.map((delta, at): ColumnSpec<Expiry> => ({
      key: `delta.${delta}`,
      group: 'Volatility by forward delta',
      header: deltaTitle(delta),
      unit: '%',
      note: { what: 'volatility at this forward delta', formula: 'N(d₁) of the fitted curve', source },
      value: (row) => row.deltaVols[at] ?? null,
      text: (row) => volPercent(row.deltaVols[at]),
      reason: (row) => (row.deltaVols[at] == null ? 'The quotes do not reach that far.' : null),
      width: 72,
    })),
    {
      key: 'inside',
      group: 'Fit',
      header: 'Inside',
      unit: '%',
      note: { what: 'share of the quotes whose bid and ask hold the curve', source },
      value: (row) => row.insideSpreadShare,
      text: (row) => percent(row.insideSpreadShare, 0),
      reason: (row) =>
        row.insideSpreadShare === null ? 'No quote of this expiry has both a bid and an ask.' : null,
      width: 66,
    },
    {
      key: 'error',
      group: 'Fit',
      header: 'Error',
      unit: 'vol pts',
      note: { what: 'weighted root mean square error', source },
      value: (row) => row.rmseVolPoints,
      text: (row) => decimal(row.rmseVolPoints, 2),
      reason: (row) => (row.rmseVolPoints === null ? row.note : null),
      width: 84,
    },
    {
      key: 'model',
      group: 'Fit',
      header: 'Method and findings',
      note: { what: 'how the curve was found, and what the surface asked of it' },
      align: 'left',
      value: (row) => row.model,
      text: (row) => [row.model, row.note].filter((part) => part !== null).join('. '),
      grow: true,
      width: 110,
    },
  ];
}
