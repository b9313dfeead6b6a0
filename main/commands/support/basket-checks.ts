import type { BasketResult } from '../../../shared/contract/basket.ts';
import { inVolPoints } from '../../../shared/quant/risk-units.ts';
import { inPercent } from '../../../shared/quant/words.ts';

type Check = BasketResult['checks'][number];

const percent = (fraction: number): string => inPercent(fraction, 2);
const points = (vol: number): string => `${inVolPoints(vol).toFixed(2)} vol pts`;

/** Each switched-on rule against the basket as it would be held, whole lots included. */
export function basketChecks(basket: BasketResult): Check[] {
  const { rules, names } = basket;
  const held = names.filter(({ shares }) => shares > 0);
  const checks: Check[] = [];
  const add = (rule: string, limit: string, value: string, met: boolean): void => {
    checks.push({ rule, limit, value, met });
  };
  if (rules.minRSquared !== null) {
    add(
      'r² in sample',
      `at least ${rules.minRSquared.toFixed(3)}`,
      basket.inSample.rSquared.toFixed(4),
      basket.inSample.rSquared >= rules.minRSquared,
    );
    if (basket.holdout !== null) {
      add(
        'r² in the holdout',
        `at least ${rules.minRSquared.toFixed(3)}`,
        basket.holdout.rSquared.toFixed(4),
        basket.holdout.rSquared >= rules.minRSquared,
      );
    }
  }
  if (rules.maxNames !== null)
    add('names', `at most ${rules.maxNames}`, String(held.length), held.length <= rules.maxNames);
  if (rules.maxIndexShare !== null) {
    add(
      'share of the index, by name',
      `below ${percent(rules.maxIndexShare)}`,
      percent(basket.indexShareByName),
      basket.indexShareByName < rules.maxIndexShare,
    );
  }
  if (rules.maxWeightOverlap !== null) {
    const overlap = names.reduce(
      (sum, { weight, indexWeight }) => sum + Math.min(weight, indexWeight ?? 0),
      0,
    );
    add(
      'weight overlap with the index',
      `below ${percent(rules.maxWeightOverlap)}`,
      percent(overlap),
      overlap < rules.maxWeightOverlap,
    );
  }
  if (rules.minVolDifferential !== null) {
    const meeting = held.filter(({ meetsDifferential }) => meetsDifferential === true).length;
    const share = held.length === 0 ? 0 : meeting / held.length;
    add(
      `names with σ at least ${points(rules.minVolDifferential)} above the index's`,
      `at least ${percent(rules.volDifferentialShare)} of them`,
      `${meeting} of ${held.length}`,
      share >= rules.volDifferentialShare - 1e-12,
    );
  }
  return checks;
}
