import type { CalendarName } from '../../calendar.ts';
import type { Fraction, Years } from '../../units.ts';
import { americanForward } from './chain-american.ts';
import type { ChainInput, ExpiryQuotes } from './chain-input.ts';
import { closingMark, isTwoSided } from './chain-marks.ts';
import { carriedForward, impliedForward } from './forward-curve.ts';
import type { ImpliedForward, ParityPair } from './forward-curve.ts';
import { futuresCurve } from './futures-curve.ts';
import { inDecimals, inPercent } from '../words.ts';

export type ForwardSource = 'parity' | 'future' | 'spot-carry' | 'manual' | 'none';

/** The forward and discount factor that an expiry is priced on, and how they came to be. */
export interface ExpiryForward {
  readonly forward: number | null;
  readonly source: ForwardSource;
  readonly standardError: number | null;
  readonly note: string;
  readonly discountFactor: number;
  readonly discountSource: string;
  /** Null where the chain does not determine one. */
  readonly impliedRate: Fraction | null;
}

/** With futures beside them, fewer pairs than this are not trusted: they have no scatter to judge by. */
const fewestTrustedPairs = 3;
/** A rate known to this is believed over one assumed. */
const bestRateError = 0.001;

function pairsOf(quotes: ExpiryQuotes, quoted: boolean): ParityPair[] {
  const { call, put } = quotes;
  const pairs: ParityPair[] = [];
  for (const [i, strike] of quotes.strikes.entries()) {
    if (call.excluded[i] === true || put.excluded[i] === true) continue;
    if (quoted) {
      if (!isTwoSided(call, i) || !isTwoSided(put, i)) continue;
      const [callBid, callAsk] = [call.bid[i]!, call.ask[i]!];
      const [putBid, putAsk] = [put.bid[i]!, put.ask[i]!];
      pairs.push({
        strike,
        callMark: (callBid + callAsk) / 2,
        putMark: (putBid + putAsk) / 2,
        paritySpread: callAsk - callBid + (putAsk - putBid),
      });
    } else {
      const [callMark, putMark] = [closingMark(call, i), closingMark(put, i)];
      if (callMark !== null && putMark !== null)
        pairs.push({ strike, callMark, putMark, paritySpread: null });
    }
  }
  return pairs;
}

interface Known {
  readonly rate: Fraction;
  readonly source: string;
}

/** Straight line between points, flat outside; null without a point. */
function interpolate(
  points: readonly { readonly timeToExpiry: Years; readonly rate: Fraction }[],
  time: Years,
) {
  const after = points.findIndex((point) => point.timeToExpiry >= time);
  const far = points[after] ?? points.at(-1);
  if (far === undefined) return null;
  const near = points[after - 1];
  if (near === undefined || after < 0) return far.rate;
  const share = (time - near.timeToExpiry) / (far.timeToExpiry - near.timeToExpiry);
  return near.rate + share * (far.rate - near.rate);
}

/** Parity less certain than this share of the forward gives way to the futures around it. */
const worstParityError = { between: 3e-4, beyond: 2e-3 } as const;

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

function earlyExerciseNote(input: ChainInput): string {
  if (input.exercise !== 'american') return '';
  return input.spot === null
    ? ' Without a spot, early exercise is not taken out of the pairs.'
    : ' Early exercise taken out of the pairs.';
}

function parityNote(found: ImpliedForward, quoted: boolean, earlyExercise: string): string {
  const dropped = found.outlierStrikes.length;
  return [
    `Put–call parity over ${plural(found.pairsUsed, 'pair')}${quoted ? '' : ' of closing marks'}`,
    dropped > 0 ? `, ${plural(dropped, 'outlier')} dropped` : '',
    `; standard error ${inDecimals(found.forwardStandardError, 3)}.`,
    earlyExercise,
  ].join('');
}

/**
 * Forwards and discount factors of all expiries of a chain: by hand, by a future of the same expiry, by
 * put–call parity, by the futures around it where parity is poor, by spot and rate, in that order.
 * Expiries whose quotes do not fix a rate borrow the one implied by those that do.
 *
 * @param times years to each expiry, as long as the expiries
 * Source: math §2. Proof: test/unit/quant/chain-analysis.test.ts
 */
export function chainForwards(input: ChainInput, times: readonly Years[], quoted: boolean): ExpiryForward[] {
  const pairs = input.expiries.map((expiry) => pairsOf(expiry, quoted));
  const american = input.exercise === 'american';
  const curve = futuresCurve(input);
  const given = (time: Years): Known => {
    const rate = input.rates === null ? null : interpolate(input.rates.points, time);
    if (rate !== null && input.rates !== null) return { rate, source: input.rates.source };
    if (curve.carry !== null)
      return {
        rate: curve.carry,
        source: `carry of the futures, ${inPercent(curve.carry, 2)}: no rates known`,
      };
    return { rate: 0, source: 'assumed rate 0%: no rates known' };
  };
  const attempt = (i: number, rate: Fraction, estimateDiscount: boolean): ImpliedForward | null => {
    const timeToExpiry = times[i]!;
    const found = impliedForward({
      pairs: pairs[i]!,
      timeToExpiry,
      discountFactor: Math.exp(-rate * timeToExpiry),
      estimateDiscount,
    });
    return found.ok ? found.value : null;
  };
  const first = times.map((time, i) => (time > 0 ? attempt(i, given(time).rate, !american) : null));
  const implied = first.flatMap((found, i) => {
    const timeToExpiry = times[i]!;
    if (found === null || found.discountStandardError === null) return [];
    if (found.discountStandardError / (found.discountFactor * timeToExpiry) > bestRateError) return [];
    return [{ i, timeToExpiry, rate: -Math.log(found.discountFactor) / timeToExpiry }];
  });
  implied.sort((a, b) => a.timeToExpiry - b.timeToExpiry);
  const own = new Set(implied.map((point) => point.i));

  return input.expiries.map((expiry, i): ExpiryForward => {
    const time = times[i]!;
    const parityRate = own.has(i) ? -Math.log(first[i]!.discountFactor) / time : null;
    const borrowed = interpolate(implied, time);
    let known: Known = given(time);
    const manualRate = input.manualRates?.[expiry.key];
    if (manualRate !== undefined) known = { rate: manualRate, source: 'set by hand' };
    else if (parityRate !== null) known = { rate: parityRate, source: 'put–call parity of this expiry' };
    else if (input.rates === null && borrowed !== null)
      known = { rate: borrowed, source: 'put–call parity of the other expiries' };
    const discountFactor = Math.exp(-known.rate * Math.max(0, time));
    const common = { discountFactor, discountSource: known.source, impliedRate: parityRate };
    if (time <= 0)
      return {
        ...common,
        forward: null,
        source: 'none',
        standardError: null,
        note: 'This expiry has settled.',
      };
    const rough = own.has(i) && manualRate === undefined ? first[i]! : attempt(i, known.rate, false);
    const parity =
      rough !== null && american && input.spot !== null
        ? americanForward({ spot: input.spot, rate: known.rate, timeToExpiry: time }, pairs[i]!, rough)
        : rough;
    const against = (forward: number): string =>
      parity === null
        ? ''
        : ` Put–call parity over ${plural(parity.pairsUsed, 'pair')} differs by ${inPercent(parity.forward / forward - 1, 3)}.`;
    const manual = input.manualForwards?.[expiry.key];
    if (manual !== undefined && manual > 0)
      return {
        ...common,
        forward: manual,
        source: 'manual',
        standardError: null,
        note: `Set by hand.${against(manual)}`,
      };
    const manualYield = input.manualYields?.[expiry.key];
    if (manualYield !== undefined && input.spot !== null) {
      const forward = input.spot * Math.exp((known.rate - manualYield) * time);
      return {
        ...common,
        forward,
        source: 'manual',
        standardError: null,
        note: `Spot carried at a yield of ${inPercent(manualYield, 2)} set by hand.${against(forward)}`,
      };
    }
    const future = input.futures.find((one) => one.expiry === expiry.expiry && one.price > 0);
    if (future !== undefined)
      return {
        ...common,
        forward: future.price,
        source: 'future',
        standardError: null,
        note: `Future of the same expiry.${against(future.price)}`,
      };
    const around = curve.at(time);
    if (around !== null) {
      const beyond = around.note.startsWith('Carried');
      const worst = worstParityError[beyond ? 'beyond' : 'between'] * around.forward;
      if (parity === null || parity.forwardStandardError > worst || parity.pairsUsed < fewestTrustedPairs)
        return {
          ...common,
          forward: around.forward,
          source: 'future',
          standardError: null,
          note: `${around.note}${against(around.forward)}`,
        };
    }
    if (parity !== null)
      return {
        ...common,
        forward: parity.forward,
        source: 'parity',
        standardError: parity.forwardStandardError,
        note: parityNote(parity, quoted, earlyExerciseNote(input)),
      };
    if (input.spot !== null) {
      const forward = carriedForward({
        spot: input.spot,
        rate: known.rate,
        timeToExpiry: time,
        dividends: input.dividends ?? [],
      });
      if (forward > 0)
        return {
          ...common,
          forward,
          source: 'spot-carry',
          standardError: null,
          note: 'Spot grown at the rate, less dividends: no strike has both a call and a put.',
        };
    }
    return {
      ...common,
      forward: null,
      source: 'none',
      standardError: null,
      note: 'No strike has both a call and a put, and there is no future and no spot.',
    };
  });
}

/** Open interest at which a contract counts as well held, by the way the market counts it. */
export const deepOpenInterestOf = (calendar: CalendarName): number =>
  calendar === 'NSE' ? 1_000_000 : 5_000;

/**
 * The rate curve that one chain's parity implies, for chains that cannot tell one: a stock's, whose options
 * are American. Null where no expiry fixes a rate.
 *
 * @param chain an analyzed index chain of the same day and currency
 * Source: math §2.1. Proof: test/unit/quant/chain-analysis.test.ts
 */
export function ratesImpliedBy(chain: {
  readonly symbol: string;
  readonly expiries: readonly { readonly timeToExpiry: Years; readonly impliedRate: Fraction | null }[];
}): ChainInput['rates'] {
  const points = chain.expiries
    .flatMap(({ timeToExpiry, impliedRate }) =>
      impliedRate === null ? [] : [{ timeToExpiry, rate: impliedRate }],
    )
    .sort((a, b) => a.timeToExpiry - b.timeToExpiry);
  return points.length === 0 ? null : { points, source: `put–call parity of ${chain.symbol}` };
}
