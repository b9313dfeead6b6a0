import type { BasketResult } from '../../../../shared/contract/basket.ts';
import { inVolPoints } from '../../../../shared/quant/risk-units.ts';
import { inPercent } from '../../../../shared/quant/words.ts';

type Check = BasketResult['checks'][number];

const percent = (fraction: number): string => inPercent(fraction, 2);
const points = (vol: number): string => `${inVolPoints(vol).toFixed(2)} vol pts`;

/** Room for rounding; whole lots may carry a weight past its bound, and that is a breach. */
const rounding = 1e-9;

/** Each switched-on rule against the basket as it would be held, whole lots included. */
export function basketChecks(basket: BasketResult, sectors: ReadonlyMap<string, string | null>): Check[] {
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
  const limitOf = ({ min, max }: { min?: number | undefined; max?: number | undefined }): string =>
    [
      ...(min === undefined ? [] : [`at least ${percent(min)}`]),
      ...(max === undefined ? [] : [`at most ${percent(max)}`]),
    ].join(', ');
  const within = (
    value: number,
    { min = 0, max = 1 }: { min?: number | undefined; max?: number | undefined },
  ): boolean => value >= min - rounding && value <= max + rounding;
  const bounded = held.flatMap((name) => {
    const limits = rules.boundsBySymbol?.[name.symbol] ?? rules.nameBounds;
    return limits === undefined ? [] : [{ ...name, limits }];
  });
  for (const { symbol, weight, limits } of bounded) {
    if (!within(weight, limits)) add(`weight of ${symbol}`, limitOf(limits), percent(weight), false);
  }
  if (bounded.length > 0 && bounded.every(({ weight, limits }) => within(weight, limits))) {
    const weights = bounded.map(({ weight }) => weight);
    add(
      'weights of names',
      rules.nameBounds === undefined ? 'as set by name' : limitOf(rules.nameBounds),
      `${percent(Math.min(...weights))} to ${percent(Math.max(...weights))}`,
      true,
    );
  }
  for (const [sector, limits] of Object.entries(rules.sectorBounds ?? {})) {
    const value = held
      .filter(({ symbol }) => sectors.get(symbol) === sector)
      .reduce((sum, { weight }) => sum + weight, 0);
    add(`weight of the sector ${sector}`, limitOf(limits), percent(value), within(value, limits));
  }
  return checks;
}
