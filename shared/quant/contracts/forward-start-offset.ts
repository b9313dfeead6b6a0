import { normPdf } from '../math/normal.ts';
import { overPanels } from './forward-start-quadrature.ts';
import type { Bend } from './forward-start-quadrature.ts';
import { payoffMoment } from './forward-start-moments.ts';
import type { PayoffPower, PayoffType } from './forward-start-moments.ts';
import type { LevelMoments } from './forward-start-terms.ts';

/** A sharper kink than this is drawn this sharp: the value moves by less than its square. */
const smallestDeviation = 1e-8;
/** Standard deviations either side that still weigh in a double. */
const reach = 10;

interface OffsetContract {
  readonly optionType: PayoffType;
  readonly power: PayoffPower;
  /** What the payoff is divided by before it is squared. */
  readonly unit: 'none' | 'firstFixing' | 'strike';
  readonly strikeMultiplier: number;
  readonly strikeOffset: number;
  readonly forward: number;
  readonly carryFactor: number;
  readonly deviation: number;
  readonly deviationToStart: number;
}

/** Value and slopes at one first fixing F₁, from E[f(X − k)] at k = m + b/F₁. */
function atFixing(contract: OffsetContract, fixing: number, deviation: number): LevelMoments {
  const { optionType, power: p, unit, strikeMultiplier, strikeOffset, carryFactor } = contract;
  const k = strikeMultiplier + strikeOffset / fixing;
  const u = payoffMoment(optionType, p, carryFactor, k, deviation);
  // value = scale(F₁)·w(k(F₁)); w carries the strike where that is the unit
  const w0 = unit === 'strike' ? u.value / k ** p : u.value;
  const w1 = unit === 'strike' ? (u.perStrike - (p * u.value) / k) / k ** p : u.perStrike;
  const w2 =
    unit === 'strike'
      ? (u.perStrikeTwice - (2 * p * u.perStrike) / k + (p * (p + 1) * u.value) / (k * k)) / k ** p
      : u.perStrikeTwice;
  const slope = -strikeOffset / (fixing * fixing);
  const bend = (-2 * slope) / fixing;
  const unitScale = unit === 'strike' ? k ** -p : 1;
  if (unit !== 'none') {
    return {
      value: w0,
      perForward: w1 * slope,
      perForwardTwice: w2 * slope * slope + w1 * bend,
      perDeviation: unitScale * u.perDeviation,
      perCarryFactor: unitScale * u.perMean,
    };
  }
  const level = fixing ** p;
  const levelSlope = (p * level) / fixing;
  const levelBend = p === 2 ? 2 : 0;
  return {
    value: level * w0,
    perForward: levelSlope * w0 + level * w1 * slope,
    perForwardTwice: levelBend * w0 + 2 * levelSlope * w1 * slope + level * (w2 * slope * slope + w1 * bend),
    perDeviation: level * u.perDeviation,
    perCarryFactor: level * u.perMean,
  };
}

/**
 * Undiscounted moments of a contract whose strike is m·F₁ + b: one quadrature over the lognormal F₁, with
 * panels graded toward the fixing at which the contract is at the money. Slopes to E[F₁] are pathwise.
 *
 * Source: math §10 (b ≠ 0). Proof: test/unit/quant/forward-start.test.ts (m = 0 is a plain option)
 */
export function offsetMoments(contract: OffsetContract): LevelMoments {
  const { forward, deviationToStart: a, carryFactor, strikeMultiplier: m, strikeOffset: b } = contract;
  const s = Math.max(contract.deviation, smallestDeviation);
  if (a === 0) return atFixing(contract, forward, s);
  const fixingAt = (z: number): number => forward * Math.exp(a * z - 0.5 * a * a);
  const bends: Bend[] = [];
  const atTheMoney = b / (carryFactor - m);
  if (atTheMoney > 0 && Number.isFinite(atTheMoney)) {
    const strikeSpeed = (a * Math.abs(b)) / atTheMoney; // |dk/dz| there
    bends.push({
      at: Math.log(atTheMoney / forward) / a + 0.5 * a,
      width: (s * carryFactor) / strikeSpeed,
    });
  }
  let value = 0;
  let perForward = 0;
  let perForwardTwice = 0;
  let perDeviation = 0;
  let perCarryFactor = 0;
  overPanels({
    low: -reach - contract.power * a,
    high: reach + contract.power * a,
    bends,
    widest: Math.min(1, 2 / a),
    visit: (z, weight) => {
      const fixing = fixingAt(z);
      const growth = fixing / forward;
      const mass = weight * normPdf(z);
      if (mass === 0) return;
      const at = atFixing(contract, fixing, s);
      value += mass * at.value;
      perForward += mass * growth * at.perForward;
      perForwardTwice += mass * growth * growth * at.perForwardTwice;
      perDeviation += mass * at.perDeviation;
      perCarryFactor += mass * at.perCarryFactor;
    },
  });
  return { value, perForward, perForwardTwice, perDeviation, perCarryFactor };
}
