import type { AuditEntry } from '../../../shared/contract/desk.ts';

export type OutcomeChoice = 'all' | AuditEntry['outcome'];

/** Where a window was left at is written down often and changes no number. */
const isWindowKept = (entry: AuditEntry): boolean =>
  entry.command === 'preference.save' && entry.outcome === 'done';

export const entriesOf = (
  entries: readonly AuditEntry[],
  outcome: OutcomeChoice,
  withWindow: boolean,
): readonly AuditEntry[] =>
  entries.filter(
    (entry) => (outcome === 'all' || entry.outcome === outcome) && (withWindow || !isWindowKept(entry)),
  );

/** A detail that is data, as lines of name and value; null where it is a sentence. */
export function detailLines(detail: string): readonly (readonly [string, string])[] | null {
  if (!detail.startsWith('{')) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(detail);
  } catch {
    return null;
  }
  if (typeof parsed !== 'object' || parsed === null) return null;
  return Object.entries(parsed).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : value === null ? 'none' : JSON.stringify(value),
  ]);
}
