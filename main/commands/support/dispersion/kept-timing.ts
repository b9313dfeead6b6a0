import { dispersionTiming, type DispersionTiming } from '../../../../shared/contract/dispersion.ts';
import type { Readers } from '../../../store/index.ts';

/** Where the desk keeps the thresholds of the votes. */
const key = 'dispersion.timing';

/** The thresholds kept on the desk; the usual ones where there are none, or none that can be read. */
export function keptTiming(read: Readers): DispersionTiming {
  const text = read.preferences.read(key);
  if (text === null) return {};
  try {
    const found = dispersionTiming.safeParse(JSON.parse(text));
    return found.success ? found.data : {};
  } catch {
    return {}; // a preference that cannot be read is as good as none
  }
}
