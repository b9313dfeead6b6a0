import { reassessRules } from '../../../../shared/contract/reassess.ts';
import type { ReassessRules } from '../../../../shared/quant/hedge/reassess.ts';
import type { Readers } from '../../../store/index.ts';

/** Where the desk keeps its thresholds of re-assessment, as JSON. */
const key = 'reassess.rules';

/** The thresholds that the desk keeps; those it does not keep, or that make no sense, are left out. */
export function keptReassessRules(read: Readers): Partial<ReassessRules> {
  const text = read.preferences.read(key);
  if (text === null) return {};
  let kept: unknown;
  try {
    kept = JSON.parse(text);
  } catch {
    return {}; // a preference that cannot be read is as good as none
  }
  const parsed = reassessRules.safeParse(kept);
  if (!parsed.success) return {};
  return Object.fromEntries(Object.entries(parsed.data).filter(([, value]) => value !== undefined));
}
