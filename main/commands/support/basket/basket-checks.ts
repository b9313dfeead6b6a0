import type { BasketResult } from '../../../../shared/contract/basket.ts';
import { inVolPoints } from '../../../../shared/quant/risk-units.ts';
import { inPercent } from '../../../../shared/quant/words.ts';

type Check = BasketResult['checks'][number];

const percent = (fraction: number): string => inPercent(fraction, 2);
const points = (vol: number): string => `${inVolPoints(vol).toFixed(2)} vol pts`;

/** Room for rounding. */
const rounding = 1e-9;

/** The rules that were asked for and are not met; what is only reported, such as the holdout, is not among them. */
export const unmetOf = ({ checks }: Pick<BasketResult, 'checks'>): readonly Check[] =>
  checks.filter(({ met, reported }) => !met && reported !== true);

/** Σ min(basket weight, index weight) of what is held. */
export const weightOverlapOf = ({ names }: Pick<BasketResult, 'names'>): number =>
  names.reduce((sum, { weight, indexWeight }) => sum + Math.min(weight, indexWeight ?? 0), 0);

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
      checks.push({
        rule: 'r² in the holdout',
        limit: `at least ${rules.minRSquared.toFixed(3)}`,
        value: basket.holdout.rSquared.toFixed(4),
        met: basket.holdout.rSquared >= rules.minRSquared,
        reported: true,
      });
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
    const overlap = weightOverlapOf(basket);
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
  // A weight can be held to no less than a lot: what is past a bound by less is not past it.
  const lotOf = ({ price, lotSize }: (typeof held)[number]): number =>
    (price * (lotSize ?? rules.lotSize)) / basket.notional;
  const within = (
    value: number,
    { min = 0, max = 1 }: { min?: number | undefined; max?: number | undefined },
    lot: number,
  ): boolean => value >= min - lot - rounding && value <= max + lot + rounding;
  const bounded = held.flatMap((name) => {
    const limits = rules.boundsBySymbol?.[name.symbol] ?? rules.nameBounds;
    return limits === undefined ? [] : [{ ...name, limits }];
  });
  const past = bounded.filter((name) => !within(name.weight, name.limits, lotOf(name)));
  for (const { symbol, weight, limits } of past) {
    add(`weight of ${symbol}`, limitOf(limits), percent(weight), false);
  }
  if (bounded.length > 0 && past.length === 0) {
    const weights = bounded.map(({ weight }) => weight);
    add(
      'weights of names',
      rules.nameBounds === undefined ? 'as set by name' : limitOf(rules.nameBounds),
      `${percent(Math.min(...weights))} to ${percent(Math.max(...weights))}`,
      true,
    );
  }
  for (const [sector, limits] of Object.entries(rules.sectorBounds ?? {})) {
    const members = held.filter(({ symbol }) => sectors.get(symbol) === sector);
    const value = members.reduce((sum, { weight }) => sum + weight, 0);
    // With no member there is nothing that a least weight could hold for.
    const met = members.length === 0 || within(value, limits, Math.max(...members.map(lotOf)));
    add(`weight of the sector ${sector}`, limitOf(limits), percent(value), met);
  }
  return checks;
}
