import type { Chain, ChainExpiry } from '../../../shared/contract/chain.ts';
import type { SmileExpiry, SmileModel, SmilePoint } from '../../charts/smile-chart.ts';
import { date, decimal, percent } from '../../format.ts';
import type { SmileAxis } from '../../state/chain.ts';
import { axisValue, curveOn } from '../../state/smile-axis.ts';

export const axisNames: Readonly<
  Record<SmileAxis, { readonly label: string; readonly title: string; readonly tip: string }>
> = {
  strike: { label: 'Strike', title: 'Strike', tip: 'Strike in the currency of the underlying' },
  'forward-moneyness': {
    label: '% forward',
    title: 'Strike, % of forward',
    tip: 'Strike ÷ forward of its expiry',
  },
  standardized: {
    label: 'ln(K/F) ÷ σ√T',
    title: 'ln(strike ÷ forward) ÷ (ATM vol × √T)',
    tip: 'Standard deviations from the forward, so that expiries can be compared',
  },
  delta: {
    label: 'Delta',
    title: 'Call delta on the forward, %',
    tip: 'N(d₁) with the volatility of the strike itself',
  },
};

const formats: Readonly<
  Record<SmileAxis, { readonly tick: (value: number) => string; readonly read: (value: number) => string }>
> = {
  strike: { tick: (value) => trimmed(decimal(value, 2)), read: (value) => `Strike ${decimal(value, 0)}` },
  'forward-moneyness': {
    tick: (value) => trimmed(percent(value, 2)),
    read: (value) => `${percent(value, 1)} % of forward`,
  },
  standardized: { tick: (value) => trimmed(decimal(value, 3)), read: (value) => `${decimal(value, 2)} σ√T` },
  delta: { tick: (value) => trimmed(percent(value, 2)), read: (value) => `${percent(value, 1)} delta` },
};

/** An axis label without idle decimals. */
const trimmed = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

function pointsOf(expiry: ChainExpiry, axis: SmileAxis): SmilePoint[] {
  const { rows, fit, forward } = expiry;
  if (rows === null) return [];
  const outliers = new Set(fit?.outlierStrikes ?? []);
  return rows.strikes.flatMap((strike, index) => {
    // The side out of the money: the other's price is mostly intrinsic value, and often old.
    const type = forward === null || strike >= forward ? 'call' : 'put';
    if ((rows[type].markVol[index] ?? null) === null) return [];
    const side = rows[type];
    const at = (column: readonly (number | null)[]) => column[index] ?? null;
    const vol = at(side.fitVol) ?? at(side.markVol);
    const x = axisValue({ axis, expiry, strike, vol });
    if (x === null) return [];
    return [
      {
        x,
        strike,
        type,
        bidVol: at(side.bidVol),
        markVol: at(side.markVol),
        askVol: at(side.askVol),
        fitVol: at(side.fitVol),
        isOutlier: outliers.has(strike),
      },
    ];
  });
}

/** What the smile shows: the expiry in front with its quotes, and the ones laid over it. */
export function smileModel(choice: {
  readonly chain: Chain;
  readonly frontKey: string;
  readonly overlays: readonly string[];
  readonly axis: SmileAxis;
  readonly selectedStrike: number | null;
  /** Strikes shown in the chain; the smile keeps to them. */
  readonly strikes: { readonly low: number; readonly high: number } | null;
}): SmileModel | null {
  const { chain, frontKey, overlays, axis, selectedStrike, strikes } = choice;
  const kept = chain.expiries.filter((expiry) => expiry.key === frontKey || overlays.includes(expiry.key));
  const expiries = kept.map((expiry): SmileExpiry => {
    const points = pointsOf(expiry, axis);
    return {
      key: expiry.key,
      label: `${date(expiry.expiry)} ${expiry.root}`,
      color: colorPlace(chain, expiry.key),
      inFront: expiry.key === frontKey,
      points: points.filter(
        (point) =>
          strikes === null ||
          expiry.key !== frontKey ||
          (point.strike >= strikes.low && point.strike <= strikes.high),
      ),
      curve: withStrikes(curveOn(axis, expiry), points),
      atTheMoneyX:
        expiry.forward === null
          ? null
          : axisValue({ axis, expiry, strike: expiry.forward, vol: expiry.skew.atmVol }),
    };
  });
  if (expiries.every((expiry) => expiry.points.length === 0 && expiry.curve.x.length === 0)) return null;
  return {
    xTitle: axisNames[axis].title,
    formatX: formats[axis].tick,
    readX: formats[axis].read,
    expiries,
    selectedStrike,
  };
}

/** The curve with the fitted volatility at each strike, so that it is smooth where the quotes are dense. */
function withStrikes(curve: SmileExpiry['curve'], points: readonly SmilePoint[]): SmileExpiry['curve'] {
  const places = new Map(curve.x.map((x, index) => [x, curve.vol[index] ?? 0]));
  for (const point of points) if (point.fitVol !== null) places.set(point.x, point.fitVol);
  const sorted = [...places].sort(([a], [b]) => a - b);
  return { x: sorted.map(([x]) => x), vol: sorted.map(([, vol]) => vol) };
}

/** An expiry keeps its color whichever others are shown. */
export const colorPlace = (chain: Chain, key: string): number =>
  chain.expiries.findIndex((expiry) => expiry.key === key) % 8;
