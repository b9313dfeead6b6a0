import type { HedgeProposal } from '../../../../shared/contract/hedge.ts';
import type { Readers } from '../../../store/index.ts';

/** Where the desk keeps which checks block and which only warn, by check. */
const severitiesKey = 'review.checkSeverities';

/** Severities that the desk changed, for a proposal to carry; nothing where none was. */
export function checkSeverities(read: Readers): Pick<HedgeProposal, 'checkSeverities'> {
  const text = read.preferences.read(severitiesKey);
  if (text === null) return {};
  try {
    const kept = Object.entries(JSON.parse(text) as Record<string, unknown>).flatMap(([check, severity]) =>
      severity === 'blocking' || severity === 'warning' ? [[check, severity] as const] : [],
    );
    return kept.length === 0 ? {} : { checkSeverities: Object.fromEntries(kept) };
  } catch {
    // A preference that is no JSON changes nothing.
    return {};
  }
}
