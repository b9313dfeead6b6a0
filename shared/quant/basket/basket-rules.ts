import type { Fraction, Vol } from '../../units.ts';
import type { WeightBounds } from '../math/bounded-fit.ts';
import type { Gram } from '../math/nnls.ts';
import { investedResidualSquares } from './basket-invested.ts';

/** Least and most of a weight, as a share of the basket; absent is open. */
export interface ShareLimits {
  readonly min?: Fraction | undefined;
  readonly max?: Fraction | undefined;
}

/** The switches of math §8; absent or null is off. Names are symbols of `stocks`. */
export interface BasketRules {
  readonly maxNames?: number | null | undefined;
  readonly minR2?: Fraction | null | undefined;
  /** Weight in the index by symbol; names absent are outside the index. */
  readonly indexWeights?: Readonly<Record<string, Fraction>> | undefined;
  /** Names in the whole index; absent: those in `indexWeights`. */
  readonly indexSize?: number | null | undefined;
  /** Selected index names over index size, strictly below. */
  readonly maxNameShare?: Fraction | null | undefined;
  /** Σ min(basket weight, index weight), strictly below. */
  readonly maxWeightOverlap?: Fraction | null | undefined;
  readonly vols?: Readonly<Record<string, Vol | null>> | undefined;
  readonly indexVol?: Vol | null | undefined;
  /** σ_i − σ_I at least this, decimal, for `volDifferentialShare` of the names. */
  readonly minVolDifferential?: Vol | null | undefined;
  readonly volDifferentialShare?: Fraction | undefined;
  /** Weighted basket volatility less the index's, at least this. */
  readonly minBasketVolSpread?: Vol | null | undefined;
  /** |realized volatility of the fit − that of the index|, annualized, at most this. */
  readonly maxRealizedVolDifference?: Vol | null | undefined;
  readonly lock?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
  /** Weights sum to 1: a capital spent whole. Any bound asks for it too. */
  readonly invested?: boolean | undefined;
  /** Of every name in the basket; a name's own limits go before. */
  readonly nameBounds?: ShareLimits | null | undefined;
  readonly boundsBySymbol?: Readonly<Record<string, ShareLimits>> | undefined;
  /** Sector by symbol, and the limits of sectors. */
  readonly sectors?: Readonly<Record<string, string | null>> | undefined;
  readonly sectorBounds?: Readonly<Record<string, ShareLimits>> | undefined;
}

export type BasketRule =
  | 'lock'
  | 'minR2'
  | 'maxNameShare'
  | 'maxWeightOverlap'
  | 'minVolDifferential'
  | 'minBasketVolSpread'
  | 'maxRealizedVolDifference'
  | 'weightBounds';
export const basketRuleNames: readonly BasketRule[] = [
  'lock',
  'minR2',
  'maxNameShare',
  'maxWeightOverlap',
  'minVolDifferential',
  'minBasketVolSpread',
  'maxRealizedVolDifference',
  'weightBounds',
];

/** What the rules look at, of one set of names and its weights. */
export interface BasketFacts {
  readonly rSquared: number;
  readonly indexNames: number;
  /** Selected index names over index size; null without index weights or size. */
  readonly nameShare: Fraction | null;
  readonly weightOverlap: Fraction | null;
  /** Share of the names that meet `minVolDifferential`; null where the rule is off. */
  readonly differentialShare: Fraction | null;
  readonly basketVolSpread: Vol | null;
  readonly realizedVolDifference: Vol | null;
}

/** Everything by column, so that judging a set costs one pass over its names. */
export interface RuleBook {
  readonly rules: BasketRules;
  readonly symbols: readonly string[];
  readonly inIndex: readonly boolean[];
  readonly indexWeight: Float64Array;
  readonly indexSize: number;
  readonly vol: readonly (Vol | null)[];
  readonly meetsDifferential: readonly boolean[];
  readonly locked: ReadonlySet<number>;
  /** Null where no weight is bounded. */
  readonly bounds: WeightBounds | null;
  readonly means: Float64Array;
  readonly gram: Gram;
  /** Weights sum to 1. */
  readonly invested: boolean;
  /** What plain fits are made from: `gram`, or `investedSums` of it. */
  readonly sums: Gram;
  readonly observations: number;
  readonly periodsPerYear: number;
  readonly targetVol: Vol;
  /** Σ(y − ȳ)². */
  readonly targetVariation: number;
}

/** Bit i is set where rule i of `basketRuleNames` is broken; `violation` grows with how far. */
export interface Judgement {
  readonly broken: number;
  readonly violation: number;
}

/** Room for rounding at a strict limit: a share or a count this near is at the limit. */
const atLimit = 1e-9;

/** More violation than the rules can add up to. */
const noFit = 1000;

export const rSquaredOf = (book: RuleBook, residualSquares: number): number =>
  1 - residualSquares / book.targetVariation;

/** Σ(y − fit)² behind a residual that was found from `book.sums`. */
export const residualSquaresOf = (book: RuleBook, found: number): number =>
  book.invested ? investedResidualSquares(found) : found;

/** The facts of a set: `columns` with their weights, any order. */
export function factsOf(
  book: RuleBook,
  columns: readonly number[],
  weights: ArrayLike<number>,
  residualSquares: number,
): BasketFacts {
  const { rules } = book;
  let [total, indexNames, meeting, overlap, volSum] = [0, 0, 0, 0, 0];
  for (let i = 0; i < columns.length; i++) total += weights[i]!;
  for (let i = 0; i < columns.length; i++) {
    const column = columns[i]!;
    if (book.meetsDifferential[column]!) meeting++;
    volSum += (weights[i]! / total) * (book.vol[column] ?? 0);
    if (!book.inIndex[column]!) continue;
    indexNames++;
    overlap += Math.min(Math.max(0, weights[i]! / total), book.indexWeight[column]!);
  }
  return {
    rSquared: rSquaredOf(book, residualSquares),
    indexNames,
    nameShare: book.indexSize > 0 ? indexNames / book.indexSize : null,
    weightOverlap: rules.indexWeights === undefined ? null : overlap,
    differentialShare: isOn(rules.minVolDifferential) && columns.length > 0 ? meeting / columns.length : null,
    basketVolSpread: isOn(rules.minBasketVolSpread) && isOn(rules.indexVol) ? volSum - rules.indexVol : null,
    realizedVolDifference: isOn(rules.maxRealizedVolDifference)
      ? Math.abs(fittedVol(book, columns, weights) - book.targetVol)
      : null,
  };
}

/** Which rules a set breaks, and by how much in sum; `short` is what its bounds lack to sum to 1. */
export function judge(
  book: RuleBook,
  columns: readonly number[],
  facts: BasketFacts,
  short: number,
): Judgement {
  const { rules } = book;
  let broken = 0;
  let violation = 0;
  const breaks = (bit: number, by: number): void => {
    broken |= 1 << bit;
    violation += by + atLimit;
  };
  if (book.locked.size > 0) {
    let missing = book.locked.size;
    for (const column of columns) if (book.locked.has(column)) missing--;
    if (missing > 0) breaks(0, missing);
  }
  // Without weights that sum to 1 there is no fit to judge: any set that has one comes before.
  if (short > atLimit) {
    breaks(7, noFit + short);
    return { broken, violation };
  }
  if (isOn(rules.minR2) && facts.rSquared < rules.minR2) breaks(1, rules.minR2 - facts.rSquared);
  if (isOn(rules.maxNameShare)) {
    const over = facts.indexNames - rules.maxNameShare * book.indexSize;
    if (over >= -atLimit) breaks(2, Math.max(0, over) / book.indexSize);
  }
  if (isOn(rules.maxWeightOverlap) && facts.weightOverlap !== null) {
    const over = facts.weightOverlap - rules.maxWeightOverlap;
    if (over >= -1e-12) breaks(3, Math.max(0, over));
  }
  if (facts.differentialShare !== null) {
    const short = (rules.volDifferentialShare ?? 1) - facts.differentialShare;
    if (short > atLimit) breaks(4, short);
  }
  if (facts.basketVolSpread !== null && isOn(rules.minBasketVolSpread)) {
    const short = rules.minBasketVolSpread - facts.basketVolSpread;
    if (short > 1e-12) breaks(5, short);
  }
  if (facts.realizedVolDifference !== null && isOn(rules.maxRealizedVolDifference)) {
    const over = facts.realizedVolDifference - rules.maxRealizedVolDifference;
    if (over > 1e-12) breaks(6, over);
  }
  return { broken, violation };
}

export const isOn = (value: number | null | undefined): value is number =>
  value !== null && value !== undefined;

function fittedVol(book: RuleBook, columns: readonly number[], weights: ArrayLike<number>): Vol {
  const { size, gram } = book.gram;
  let [squares, mean] = [0, 0];
  for (let i = 0; i < columns.length; i++) {
    mean += weights[i]! * book.means[columns[i]!]!;
    for (let j = 0; j < columns.length; j++) {
      squares += weights[i]! * weights[j]! * gram[columns[i]! * size + columns[j]!]!;
    }
  }
  const variation = Math.max(0, squares - book.observations * mean * mean);
  return Math.sqrt((variation / (book.observations - 1)) * book.periodsPerYear);
}
