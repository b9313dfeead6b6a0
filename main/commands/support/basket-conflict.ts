/** The rules of the core's search, in the words of the desk. */
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
export const conflictInWords = (conflict: string): string =>
  conflict
    .split(' with ')
    .map((part) => {
      const [rule = '', ...value] = part.split(' ');
      return [words[rule] ?? rule, ...value].join(' ');
    })
    .join(' with ');
