import { daysPerYear } from '../../dates.ts';
import type { Vol, Years } from '../../units.ts';

/** One option of an expiry with a volatility of its own. */
export interface IndexOption {
  readonly strike: number;
  readonly vol: Vol;
  /** Any unit: only the ratios count. */
  readonly vega: number;
}
export interface IndexExpiry {
  readonly timeToExpiry: Years;
  readonly forward: number;
  readonly options: readonly IndexOption[];
}
export interface IvIndex {
  readonly termDays: number;
  readonly vol: Vol | null;
  /** Sixteen where the chain is full. */
  readonly optionsUsed: number;
  /** Said where fewer than two expiries or sixteen options were found, or why there is no value. */
  readonly note: string | null;
}

export const ivIndexTerms = [30, 60, 90, 120, 150, 180] as const;
const strikesAnExpiry = 4;
const fullCount = 16;
/** One expiry alone may stand for a term this far off, as a share of the term. */
const loneExpiryReach = 0.25;

interface NearMoney {
  readonly timeToExpiry: Years;
  readonly vol: Vol;
  readonly count: number;
}

/** Vega-weighted mean of the calls and puts at the four strikes nearest the forward; null without any. */
function nearMoney(expiry: IndexExpiry): NearMoney | null {
  const usable = expiry.options.filter((option) => option.vol > 0 && option.vega > 0);
  const strikes = [...new Set(usable.map((option) => option.strike))]
    .sort((a, b) => Math.abs(a - expiry.forward) - Math.abs(b - expiry.forward) || a - b)
    .slice(0, strikesAnExpiry);
  const chosen = usable.filter((option) => strikes.includes(option.strike));
  let [weighted, total] = [0, 0];
  for (const { vol, vega } of chosen) {
    weighted += vega * vol;
    total += vega;
  }
  return total > 0
    ? { timeToExpiry: expiry.timeToExpiry, vol: weighted / total, count: chosen.length }
    : null;
}

const daysOf = (time: Years): number => Math.round(time * daysPerYear);

/**
 * Implied-volatility index of an underlying: the vega-weighted mean volatility of the options nearest the
 * money, four strikes with call and put at each of the two expiries around the term, brought to the term
 * linearly in total variance.
 *
 * @param chain.expiries any order; expired ones and ones without a usable option are passed over
 * @returns one row a term. Where one side has no expiry, the nearest one within a quarter of the term
 *   stands alone; otherwise the value is null and the note says why
 *
 * Source: math §5.5. Proof: test/unit/quant/iv-index.test.ts
 */
export function ivIndex(chain: {
  readonly expiries: readonly IndexExpiry[];
  readonly terms?: readonly number[];
}): readonly IvIndex[] {
  const points = chain.expiries
    .filter((expiry) => expiry.timeToExpiry > 0)
    .map(nearMoney)
    .filter((point): point is NearMoney => point !== null)
    .sort((a, b) => a.timeToExpiry - b.timeToExpiry);
  return (chain.terms ?? ivIndexTerms).map((termDays) => {
    const term = termDays / daysPerYear;
    const near = points.findLast((point) => point.timeToExpiry <= term);
    const far = points.find((point) => point.timeToExpiry > term);
    if (near !== undefined && (far !== undefined || daysOf(near.timeToExpiry) === termDays)) {
      const pair = far === undefined ? [near] : [near, far];
      const share =
        far === undefined ? 0 : (term - near.timeToExpiry) / (far.timeToExpiry - near.timeToExpiry);
      const total =
        (1 - share) * near.vol ** 2 * near.timeToExpiry +
        share * (far?.vol ?? 0) ** 2 * (far?.timeToExpiry ?? 0);
      const time = far === undefined ? near.timeToExpiry : term;
      const optionsUsed = pair.reduce((count, point) => count + point.count, 0);
      const note = optionsUsed < fullCount ? `${optionsUsed} of ${fullCount} options.` : null;
      return { termDays, vol: Math.sqrt(total / time), optionsUsed, note };
    }
    const lone = near ?? far;
    if (lone === undefined)
      return { termDays, vol: null, optionsUsed: 0, note: 'No expiry has a usable option.' };
    const days = daysOf(lone.timeToExpiry);
    if (Math.abs(days - termDays) > loneExpiryReach * termDays)
      return {
        termDays,
        vol: null,
        optionsUsed: 0,
        note: `The ${near === undefined ? 'first' : 'last'} expiry is ${days} days away.`,
      };
    return {
      termDays,
      vol: lone.vol,
      optionsUsed: lone.count,
      note: `One expiry alone, ${days} days away: ${lone.count} of ${fullCount} options.`,
    };
  });
}
