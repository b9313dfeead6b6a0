import { canonicalJson } from '../../../../shared/canonical.ts';
import type { ScenarioDifference } from '../../../../shared/contract/scenario-run.ts';
import type { OpenSession } from './open-session.ts';
import { heldRows } from './session-state.ts';
import { marketSubject, marketValue, shockWords } from './session-words.ts';

type Line = Omit<ScenarioDifference, 'scenarioId'>;

/** Lines for what two maps hold differently: key order of the first, then what only the other has. */
function between<T>(
  kind: ScenarioDifference['kind'],
  first: ReadonlyMap<string, T>,
  other: ReadonlyMap<string, T>,
  words: { readonly subject: (value: T) => string; readonly value: (value: T) => string | null },
): Line[] {
  const lines: Line[] = [];
  for (const [key, mine] of first) {
    const theirs = other.get(key);
    if (theirs === undefined)
      lines.push({
        kind,
        subject: words.subject(mine),
        what: 'removed',
        first: words.value(mine),
        other: null,
      });
    else if (words.value(mine) !== words.value(theirs))
      lines.push({
        kind,
        subject: words.subject(mine),
        what: 'changed',
        first: words.value(mine),
        other: words.value(theirs),
      });
  }
  for (const [key, theirs] of other) {
    if (!first.has(key))
      lines.push({
        kind,
        subject: words.subject(theirs),
        what: 'added',
        first: null,
        other: words.value(theirs),
      });
  }
  return lines;
}

const oneThing = <T>(key: string, value: T | null): ReadonlyMap<string, T> =>
  value === null ? new Map() : new Map([[key, value]]);

/** Exactly what one session says otherwise than the first: rows, market inputs, day, shock, frozen book. */
export function sessionDifferences(first: OpenSession, other: OpenSession): ScenarioDifference[] {
  const rowsOf = ({ rows }: OpenSession) =>
    new Map(heldRows(rows).map((position) => [position.positionId, position]));
  const shockOf = ({ state }: OpenSession) => oneThing('shock', state.shock);
  const dateOf = ({ state, snapshot }: OpenSession) =>
    oneThing('date', state.asOf ?? (first.snapshot.asOf === other.snapshot.asOf ? snapshot.asOf : null));
  const frozenOf = ({ snapshot }: OpenSession) => oneThing('frozen', snapshot);
  const lines = [
    ...between('frozen', frozenOf(first), frozenOf(other), {
      subject: () => 'frozen book',
      value: ({ asOf, takenAt, hash }) => `${asOf}, taken ${takenAt}, ${hash.slice(0, 12)}`,
    }),
    ...between('position', rowsOf(first), rowsOf(other), {
      subject: ({ label, book }) => (book === null ? label : `${label} in ${book}`),
      value: ({ quantity }) => String(quantity),
    }),
    ...between('market', first.state.market, other.state.market, {
      subject: marketSubject,
      value: marketValue,
    }),
    ...between('date', dateOf(first), dateOf(other), { subject: () => 'date', value: (date) => date }),
    ...between('shock', shockOf(first), shockOf(other), {
      subject: () => 'shock',
      // Two shocks may read alike in few words and differ: their text decides, their words are shown.
      value: canonicalJson,
    }).map((line) => ({
      ...line,
      first: line.first === null ? null : (shockWords(first.state.shock) ?? 'nothing moves'),
      other: line.other === null ? null : (shockWords(other.state.shock) ?? 'nothing moves'),
    })),
  ];
  const { scenarioId } = other.stored;
  return lines.map((line) => ({ scenarioId, ...line }));
}
