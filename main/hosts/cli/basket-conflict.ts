import type { Failure } from '../../../shared/failure.ts';

/** The rules of the core's search, in words. */
const words: Readonly<Record<string, string>> = {
  lock: 'locked in',
  minR2: 'r² at least',
  maxNames: 'number of names at most',
  maxNameShare: 'share of the index by name below',
  maxWeightOverlap: 'weight overlap with the index below',
  minVolDifferential: 'volatility differential at least',
  minBasketVolSpread: 'volatility of the basket above the index by at least',
  maxRealizedVolDifference: 'difference of realized volatilities at most',
};

/** `minR2 0.9 with maxNames 2` as `r² at least 0.9 with number of names at most 2`. */
const conflictInWords = (conflict: string): string =>
  conflict
    .split(' with ')
    .map((part) => {
      const [rule = '', ...value] = part.split(' ');
      return [words[rule] ?? rule, ...value].join(' ');
    })
    .join(' with ');

/** The failure of a search with its rules in words; any other as it is. */
export function inWords(error: Failure): Failure {
  const { conflict } = error.detail;
  return error.code === 'infeasible' && typeof conflict === 'string'
    ? { ...error, detail: { ...error.detail, conflict: conflictInWords(conflict) } }
    : error;
}
