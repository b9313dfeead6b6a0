import type { ScenarioStress } from '../../../../shared/contract/scenario-run.ts';
import { scenarioShock } from '../../../../shared/contract/scenario-shock.ts';
import type { ScenarioBook } from '../../../../shared/quant/scenario/book.ts';
import { shockOf, type Shock } from '../../../../shared/quant/scenario/shock.ts';
import { stressLibrary, stressShock, type Stress } from '../../../../shared/quant/scenario/stress-library.ts';
import type { Readers, StoredStress } from '../../../store/index.ts';

type Indexes = Pick<ScenarioBook, 'indexes' | 'positions'>;

/** The index whose moves a book is stressed by: one that it holds, else the first it knows; null without any. */
const mainIndex = ({ indexes, positions }: Indexes): string | null =>
  indexes.find(({ index }) => positions.some(({ symbol }) => symbol === index))?.index ??
  indexes[0]?.index ??
  null;

/** Where no index is known, every name takes the index's move. */
const withoutIndex = ({ indexMove, volChange30Days }: Stress): Shock =>
  shockOf({
    spot: [{ kind: 'move', target: { kind: 'all' }, move: indexMove }],
    smileRule: { kind: 'stickyDelta' },
    vol: [{ kind: 'termWeighted', target: { kind: 'all' }, change: volChange30Days }],
  });

/** The library as shocks on a book. */
export function libraryStresses(book: Indexes, asked?: string): ScenarioStress[] {
  const index = asked ?? mainIndex(book);
  return stressLibrary.map((stress) => {
    const shock = index === null ? withoutIndex(stress) : stressShock({ stress, index, book });
    return {
      stressId: stress.id,
      name: stress.name,
      note: `${stress.facts} ${stress.assumed} Source: ${stress.source}.`,
      shock: scenarioShock.parse(shock),
      own: false,
    };
  });
}

export const ownStress = ({ stressId, name, note, shock }: StoredStress): ScenarioStress => ({
  stressId: String(stressId),
  name,
  note,
  shock,
  own: true,
});

/** The library on a book, then one's own. */
export const allStresses = (read: Readers, book: Indexes, index?: string): ScenarioStress[] => [
  ...libraryStresses(book, index),
  ...read.scenarios.stresses().map(ownStress),
];

export const isLibraryName = (name: string): boolean => stressLibrary.some((one) => one.name === name);
