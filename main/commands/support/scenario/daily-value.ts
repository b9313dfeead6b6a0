import type { DailySnapshot } from '../../../../shared/contract/pnl.ts';
import type { ScenarioBook } from '../../../../shared/quant/scenario/book.ts';
import type { Measures, Valuation } from '../../../../shared/quant/scenario/result.ts';
import type { StoredDaily } from '../../../store/index.ts';

/** Value and risk of a day as the desk keeps them. */
export type DailyValue = Omit<DailySnapshot, 'asOf' | 'takenAt' | 'reason'>;

type Group = DailyValue['byBook'][number];

const noBook = 'No book';

const plus = (a: Measures, b: Measures): Measures => ({
  value: a.value + b.value,
  deltaDollar: a.deltaDollar + b.deltaDollar,
  gammaDollar1Pct: a.gammaDollar1Pct + b.gammaDollar1Pct,
  vegaPerVolPoint: a.vegaPerVolPoint + b.vegaPerVolPoint,
  thetaPerDay: a.thetaPerDay + b.thetaPerDay,
});

/** Totals of what could be valued, by the trader's book, in the order the books are met. */
export function groupsByBook(book: ScenarioBook, valuation: Valuation): Group[] {
  const groups = new Map<string, Group>();
  for (const [at, { measures }] of valuation.positions.entries()) {
    if (measures === null) continue;
    const group = book.positions[at]?.book ?? noBook;
    const known = groups.get(group);
    groups.set(
      group,
      known === undefined
        ? { group, positions: 1, ...measures }
        : { group, positions: known.positions + 1, ...plus(known, measures) },
    );
  }
  return [...groups.values()];
}

export const dailyValue = (book: ScenarioBook, valuation: Valuation): DailyValue => ({
  positions: book.positions.length,
  total: { ...valuation.total },
  byBook: groupsByBook(book, valuation),
  byName: valuation.byName.map((group) => ({ ...group })),
  byFamily: valuation.byFamily.map((group) => ({ ...group })),
  notValued: valuation.notValued.map((one) => ({ ...one })),
});

/** A kept day as it is told; the value is what this file wrote. */
export const shownDaily = ({ asOf, takenAt, reason, value }: StoredDaily): DailySnapshot => ({
  asOf,
  takenAt,
  reason,
  ...(value as DailyValue),
});
