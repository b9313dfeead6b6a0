import { inPercent } from '../words.ts';

/** A name that cannot be fitted, and why: a sentence after its symbol. */
export interface SeriesFault {
  readonly symbol: string;
  readonly reason: string;
}

/** New shares for old that exchanges know; each also the other way round. */
const splitRatios = [2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 50, 100] as const;
/** A day's own move beside the split, in log terms. */
const besideSplit = 0.08;
/** Where the index moves this much itself, a halved price may be true. */
const quietIndex = 0.05;

/** The first return that looks like a split nobody took out of the prices; null where there is none. */
function splitAt(returns: ArrayLike<number>, index: ArrayLike<number>): number | null {
  for (let t = 0; t < returns.length; t++) {
    const move = Math.abs(Math.log1p(returns[t]!));
    if (!(move > Math.log(2) - besideSplit) || Math.abs(index[t]!) > quietIndex) continue;
    if (splitRatios.some((ratio) => Math.abs(move - Math.log(ratio)) < besideSplit)) return t;
  }
  return null;
}

const isFlat = (returns: ArrayLike<number>): boolean => {
  for (let t = 1; t < returns.length; t++) if (returns[t] !== returns[0]) return false;
  return true;
};

const areSame = (a: ArrayLike<number>, b: ArrayLike<number>): boolean => {
  for (let t = 0; t < a.length; t++) if (Math.abs(a[t]! - b[t]!) > 1e-12) return false;
  return true;
};

/**
 * Names whose returns cannot be what they say: a price that never moves, a split that was not taken out,
 * the very returns of the index or of a name before it.
 *
 * @param input.dates   the day each return ends on
 * @param input.stocks  in the order in which one of two that are the same goes before
 * Limits: a name can truly halve in a day; what is flagged can be asked for by hand.
 * Proof:  test/unit/quant/basket-screen.test.ts
 */
export function seriesFaults(input: {
  readonly dates: readonly string[];
  readonly index: readonly number[];
  readonly stocks: Readonly<Record<string, readonly number[]>>;
}): readonly SeriesFault[] {
  const { dates, index, stocks } = input;
  const sound: { readonly symbol: string; readonly returns: readonly number[] }[] = [];
  return Object.entries(stocks).flatMap(([symbol, returns]) => {
    const fault = (reason: string): SeriesFault[] => [{ symbol, reason }];
    if (isFlat(returns)) return fault('has a price that does not move in the window');
    const split = splitAt(returns, index);
    if (split !== null) {
      const move = inPercent(returns[split]!, 1);
      return fault(
        `moves by ${move} on ${dates[split] ?? ''} while the index moves by ${inPercent(index[split]!, 1)}: a split that its prices were not adjusted for`,
      );
    }
    if (areSame(returns, index)) return fault('has the very returns of the index');
    const twin = sound.find((other) => areSame(returns, other.returns));
    if (twin !== undefined) return fault(`has the very returns of ${twin.symbol}`);
    sound.push({ symbol, returns });
    return [];
  });
}
