/**
 * The early-exercise premium of a put of strike 1 over the European put, from its boundary: price,
 * delta and gamma as integrals of the income that exercise would have brought.
 *
 * Source: Kim (1990), Review of Financial Studies 3; Andersen, Lake and Offengenden (2016). math §4.
 * Proof:  test/reference/quant/american.test.ts
 */
import { logBoundaryAt } from './american-boundary.ts';
import type { PutBoundary } from './american-boundary.ts';
import { normCdfAbsolute, normPdf } from '../math/normal.ts';
import { gaussLegendreNodes } from '../math/numeric.ts';
import type { QuadratureRule } from '../math/numeric.ts';

export interface Premium {
  readonly price: number;
  readonly delta: number;
  readonly gamma: number;
}

const rules = new Map<number, QuadratureRule>();

function ruleOf(count: number): QuadratureRule {
  let rule = rules.get(count);
  if (rule === undefined) {
    rule = gaussLegendreNodes(count);
    rules.set(count, rule);
  }
  return rule;
}

/** Time from now is u = T·sin²θ; panels in θ shrink toward now as the spot nears the boundary. */
const growthOfPanels = 4;
const narrowestPanel = 1e-6;
/** Panels start where the nearest boundary is this many deviations away. */
const deviationsAway = 0.35;

/** Premium at the spot e^logSpot above the boundary, with the put's whole time to expiry left. */
export function earlyExercisePremium(
  boundary: PutBoundary,
  logSpot: number,
  pointsOfPanel: number,
  withGreeks: boolean,
): Premium {
  const { vol, timeToExpiry } = boundary.market;
  const rule = ruleOf(pointsOfPanel);
  const distance = (logSpot - logBoundaryAt(boundary, 1)) / (vol * Math.sqrt(timeToExpiry));
  const end = 0.5 * Math.PI;
  let low = 0;
  let high = Math.min(Math.max(deviationsAway * distance, narrowestPanel), end);
  if (high > end / 2) high = end;
  const total = { price: 0, delta: 0, gamma: 0 };
  while (low < end) {
    addPanel(boundary, logSpot, rule, low, high, withGreeks, total);
    low = high;
    high = high * growthOfPanels > end / 1.5 ? end : high * growthOfPanels;
  }
  return total;
}

function addPanel(
  boundary: PutBoundary,
  logSpot: number,
  rule: QuadratureRule,
  low: number,
  high: number,
  withGreeks: boolean,
  total: { price: number; delta: number; gamma: number },
): void {
  const { rate, dividendYield, vol, timeToExpiry } = boundary.market;
  const spot = Math.exp(logSpot);
  const half = 0.5 * (high - low);
  const wholeDeviation = vol * Math.sqrt(timeToExpiry);
  for (let k = 0; k < rule.nodes.length; k++) {
    const angle = low + half * (1 + rule.nodes[k]!);
    const sine = Math.sin(angle);
    const cosine = Math.cos(angle);
    const from = timeToExpiry * sine * sine;
    const deviation = wholeDeviation * sine;
    const logRatio = logSpot - logBoundaryAt(boundary, cosine);
    const dMinus = (logRatio + (rate - dividendYield) * from) / deviation - 0.5 * deviation;
    const dPlus = dMinus + deviation;
    const measure = 2 * half * rule.weights[k]! * timeToExpiry * sine * cosine;
    const income = measure * rate * Math.exp(-rate * from);
    const payout = dividendYield === 0 ? 0 : measure * dividendYield * Math.exp(-dividendYield * from);
    const massPlus = payout === 0 ? 0 : normCdfAbsolute(-dPlus);
    total.price += income * normCdfAbsolute(-dMinus) - payout * spot * massPlus;
    if (!withGreeks) continue;
    const densityMinus = normPdf(dMinus) / (spot * deviation);
    const densityPlus = payout === 0 ? 0 : normPdf(dPlus) / (spot * deviation);
    total.delta += payout * (spot * densityPlus - massPlus) - income * densityMinus;
    total.gamma +=
      (income * densityMinus * (1 + dMinus / deviation)) / spot +
      payout * densityPlus * (1 - dPlus / deviation);
  }
}
