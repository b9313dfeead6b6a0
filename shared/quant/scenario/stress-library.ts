import type { Fraction, Vol } from '../../units.ts';
import type { ScenarioBook } from './book.ts';
import { shockOf } from './shock.ts';
import type { Shock } from './shock.ts';

/** A named stress: what happened, as one immediate move. A desk's own stresses have the same shape. */
export interface Stress {
  readonly id: string;
  readonly name: string;
  /** The index's simple move; names follow by their betas. */
  readonly indexMove: Fraction;
  /** Change of the 30-day volatility, decimal; other maturities by VR(T) = √(30/T). */
  readonly volChange30Days: Vol;
  /**
   * Implied correlation of the members after it; their volatilities follow from the index's. Null: the
   * change of volatility stands for names and index alike.
   */
  readonly correlation: number | null;
  /** What was observed, whole sentences. */
  readonly facts: string;
  /** What is assumed where nothing was observed. */
  readonly assumed: string;
  readonly source: string;
}

const byTerm = 'Maturities beside 30 days move by √(30/T).';

/**
 * Four days and a week that desks measure themselves by. Facts and sources: docs/quant/scenarios.md.
 *
 * Proof: test/unit/quant/scenario/stress-library.test.ts
 */
export const stressLibrary: readonly Stress[] = [
  {
    id: '1987-10-19',
    name: '19 October 1987',
    indexMove: -0.205,
    volChange30Days: 1.1382,
    correlation: 0.9,
    facts: 'The S&P 500 fell 20.5%; the S&P 100 volatility index (VXO) went from 36.37 to 150.19.',
    assumed: `${byTerm} No implied correlation was observed then: 0.90 is assumed.`,
    source: 'Cboe, daily closing values of VXO, October 1987',
  },
  {
    id: '2008-10',
    name: '6 to 10 October 2008',
    indexMove: -0.182,
    volChange30Days: 0.2481,
    correlation: 0.75,
    facts:
      'The S&P 500 fell 18.2% in the week, from 1,099.23 to 899.22; VIX went from 45.14 to 69.95. The first implied correlation index (ICJ) ranged between 0.57 and 0.75 in the months after.',
    assumed: `${byTerm} Correlation at the top of that range; the week as one move.`,
    source: 'Cboe, VIX closing values; Cboe, implied correlation indexes, range November 2008 to May 2009',
  },
  {
    id: '2018-02-05',
    name: '5 February 2018',
    indexMove: -0.041,
    volChange30Days: 0.2001,
    correlation: null,
    facts:
      'The S&P 500 fell 4.1%; VIX went from 17.31 to 37.32. The March future on it rose 13.0 points, from 14.975 to 27.975.',
    assumed: `${byTerm} At 60 days that is 14 points, near the future's move. Names move by as many points as the index.`,
    source: 'Cboe, VIX closing values and futures settlements, 2 and 5 February 2018',
  },
  {
    id: '2020-03-16',
    name: '16 March 2020',
    indexMove: -0.1198,
    volChange30Days: 0.2486,
    correlation: 0.85,
    facts:
      'The S&P 500 fell 11.98%, from 2,711.02 to 2,386.13; VIX went from 57.83 to 82.69, its highest close.',
    assumed: `${byTerm} A correlation of 0.85 is assumed.`,
    source: 'Cboe, VIX closing values',
  },
];

/**
 * A stress as a shock on a book.
 *
 * @param request.index whose move it is; its members take the correlation where the book knows them
 *
 * Limits: at once, no day passing; the smile floats (sticky delta), as volatility indexes are read.
 * Source: math §12. Proof: test/unit/quant/scenario/stress-library.test.ts
 */
export function stressShock(request: {
  readonly stress: Stress;
  readonly index: string;
  readonly book: Pick<ScenarioBook, 'indexes'>;
}): Shock {
  const { stress, index, book } = request;
  const { indexMove, volChange30Days, correlation } = stress;
  const hasMembers = book.indexes.some((one) => one.index === index);
  return shockOf({
    spot: [{ kind: 'byBeta', index, move: indexMove }],
    smileRule: { kind: 'stickyDelta' },
    vol: [{ kind: 'termWeighted', target: { kind: 'all' }, change: volChange30Days }],
    correlation:
      correlation === null || !hasMembers
        ? []
        : [{ index, change: { kind: 'level', correlation }, moves: 'members' }],
  });
}
