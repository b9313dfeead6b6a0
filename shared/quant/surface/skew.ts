import type { LogMoneyness, Vol } from '../../units.ts';
import { callDeltaAt, evaluate, evaluated, smileVolAt } from './smile-shape.ts';
import type { SmileShape } from './smile-shape.ts';

/** Skew of one expiry, decimal volatilities; null where the quotes do not reach that far. */
export interface SkewMeasures {
  readonly atmVol: Vol | null;
  readonly riskReversal25: Vol | null;
  readonly butterfly25: Vol | null;
  readonly riskReversal10: Vol | null;
  readonly butterfly10: Vol | null;
  /** σ(90 %) − σ(110 %) of forward moneyness. */
  readonly skew90110: Vol | null;
  /** ∂σ/∂k at the money forward. */
  readonly slope: number | null;
  /** Risk reversal and 90–110 as shares of σ at the money: names of different levels compare. */
  readonly riskReversal25OverAtm: number | null;
  readonly skew90110OverAtm: number | null;
  /** 90–110 and slope times √T, T in years: a skew falls with expiry about as 1/√T, so that expiries compare. */
  readonly skew90110RootTime: number | null;
  readonly slopeRootTime: number | null;
}

/** How far past the last quote a measure may be read, as a share of the quoted width. */
const allowance = 0.1;

/**
 * The log-moneyness at which the call has a forward delta N(d₁), between two bounds; null where it is not
 * there. Delta falls as the strike rises on an arbitrage-free smile.
 */
export function logMoneynessAtCallDelta(
  shape: SmileShape,
  delta: number,
  lowest: LogMoneyness,
  highest: LogMoneyness,
): LogMoneyness | null {
  let [low, high] = [lowest, highest];
  if (callDeltaAt(shape, low) < delta || callDeltaAt(shape, high) > delta) return null;
  for (let pass = 0; pass < 60 && high - low > 1e-13; pass += 1) {
    const middle = (low + high) / 2;
    if (callDeltaAt(shape, middle) > delta) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

export const noSkew: SkewMeasures = {
  atmVol: null,
  riskReversal25: null,
  butterfly25: null,
  riskReversal10: null,
  butterfly10: null,
  skew90110: null,
  slope: null,
  riskReversal25OverAtm: null,
  skew90110OverAtm: null,
  skew90110RootTime: null,
  slopeRootTime: null,
};

/**
 * Skew measures of a fitted smile.
 *
 * Risk reversal: σ(call) − σ(put) at the delta; butterfly: their mean less σ at the money forward. Deltas
 * are forward deltas N(d₁) of the fitted curve, the put's −N(−d₁).
 *
 * @param smile.lowest, smile.highest log-moneyness of the outermost quotes: nothing is read more than a
 *   tenth of their distance beyond them
 * Source: math §5.3. Proof: test/unit/quant/skew.test.ts
 */
export function skewOf(smile: {
  readonly shape: SmileShape;
  readonly lowest: LogMoneyness;
  readonly highest: LogMoneyness;
}): SkewMeasures {
  const { shape } = smile;
  const margin = allowance * (smile.highest - smile.lowest);
  const [low, high] = [smile.lowest - margin, smile.highest + margin];
  const isSeen = (k: number): boolean => k >= low && k <= high;
  const atMoney = isSeen(0) ? smileVolAt(shape, 0) : null;
  const wing = (delta: number): { reversal: number | null; butterfly: number | null } => {
    const call = logMoneynessAtCallDelta(shape, delta, low, high);
    const put = logMoneynessAtCallDelta(shape, 1 - delta, low, high);
    if (call === null || put === null) return { reversal: null, butterfly: null };
    const [callVol, putVol] = [smileVolAt(shape, call), smileVolAt(shape, put)];
    return {
      reversal: callVol - putVol,
      butterfly: atMoney === null ? null : (callVol + putVol) / 2 - atMoney,
    };
  };
  const [wing25, wing10] = [wing(0.25), wing(0.1)];
  const [k90, k110] = [Math.log(0.9), Math.log(1.1)];
  let slope: number | null = null;
  if (atMoney !== null && atMoney > 0) {
    evaluate(shape, 0);
    slope = evaluated.slope / (2 * shape.timeToExpiry * atMoney);
  }
  const skew90110 = isSeen(k90) && isSeen(k110) ? smileVolAt(shape, k90) - smileVolAt(shape, k110) : null;
  const overAtm = (measure: number | null): number | null =>
    measure === null || atMoney === null || atMoney <= 0 ? null : measure / atMoney;
  const rootTime = Math.sqrt(shape.timeToExpiry);
  return {
    atmVol: atMoney,
    riskReversal25: wing25.reversal,
    butterfly25: wing25.butterfly,
    riskReversal10: wing10.reversal,
    butterfly10: wing10.butterfly,
    skew90110,
    slope,
    riskReversal25OverAtm: overAtm(wing25.reversal),
    skew90110OverAtm: overAtm(skew90110),
    skew90110RootTime: skew90110 === null ? null : skew90110 * rootTime,
    slopeRootTime: slope === null ? null : slope * rootTime,
  };
}
