import type { ScenarioBook, ScenarioPosition } from './book.ts';
import type { ValueBook } from './operations.ts';
import type { GroupMeasures, Measures, PositionValue } from './result.ts';
import { familyOf, marketView, valuePosition } from './value-position.ts';

/** Underlyings with a membership in the book are indexes. */
export const roleOf = (book: ScenarioBook, symbol: string): 'index' | 'names' =>
  book.indexes.some(({ index }) => index === symbol) ? 'index' : 'names';

const nothing: Measures = {
  value: 0,
  deltaDollar: 0,
  gammaDollar1Pct: 0,
  vegaPerVolPoint: 0,
  thetaPerDay: 0,
};

const plus = (a: Measures, b: Measures): Measures => ({
  value: a.value + b.value,
  deltaDollar: a.deltaDollar + b.deltaDollar,
  gammaDollar1Pct: a.gammaDollar1Pct + b.gammaDollar1Pct,
  vegaPerVolPoint: a.vegaPerVolPoint + b.vegaPerVolPoint,
  thetaPerDay: a.thetaPerDay + b.thetaPerDay,
});

function grouped(
  values: readonly PositionValue[],
  groupOf: (value: PositionValue) => string,
): readonly GroupMeasures[] {
  const groups = new Map<string, { measures: Measures; positions: number }>();
  for (const value of values) {
    if (value.measures === null) continue;
    const group = groupOf(value);
    const known = groups.get(group) ?? { measures: nothing, positions: 0 };
    groups.set(group, { measures: plus(known.measures, value.measures), positions: known.positions + 1 });
  }
  return [...groups].map(([group, { measures, positions }]) => ({ group, positions, ...measures }));
}

const noteOf = (position: ScenarioPosition): string | null =>
  position.kind === 'settled' ? position.note : null;

/**
 * Every position of a book valued in full, in the book's own market, with totals by name, by index and names,
 * and by contract family.
 *
 * Limits: nothing is left out: what has no value is in `notValued` with its reason, and outside every total.
 * Source: math §12. Proof: test/unit/quant/scenario/revalue.test.ts
 */
export const valueBook: ValueBook = (book) => {
  const view = marketView(book);
  const positions = book.positions.map((position): PositionValue => {
    const measured = valuePosition(position, view);
    const { positionId, symbol, label } = position;
    return {
      positionId,
      symbol,
      label,
      family: familyOf(position),
      measures: measured.ok ? measured.value : null,
      reason: measured.ok ? null : measured.error,
      note: noteOf(position),
    };
  });
  return {
    asOf: book.asOf,
    total: positions.reduce((sum, { measures }) => (measures === null ? sum : plus(sum, measures)), nothing),
    positions,
    byName: grouped(positions, ({ symbol }) => symbol),
    byRole: grouped(positions, ({ symbol }) => roleOf(book, symbol)),
    byFamily: grouped(positions, ({ family }) => family),
    notValued: positions.flatMap(({ positionId, label, reason }) =>
      reason === null ? [] : [{ positionId, label, reason }],
    ),
    notes: [],
  };
};
