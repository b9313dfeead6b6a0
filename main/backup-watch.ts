import type { BackupCause } from '../shared/contract/backups.ts';
import { sentenceOf } from '../shared/failure.ts';
import type { Log } from './log.ts';
import type { BackupShelf } from './store/index.ts';

/** The first look waits until the window has what it asked for. */
const firstMilliseconds = 30_000;
const hourMilliseconds = 3_600_000;

/** Backs an open desk up on its own: soon after it was opened and every hour, where it was written since. */
export function watchBackups(parts: {
  readonly shelf: BackupShelf;
  readonly now: () => string;
  readonly log: Log;
  readonly first?: number;
  readonly every?: number;
}): { readonly close: () => void } {
  const { shelf, now, log, first = firstMilliseconds, every = hourMilliseconds } = parts;
  const look = (cause: BackupCause): void => {
    if (!shelf.isBehind()) return;
    const made = shelf.make(cause, now());
    // The desk itself is well: whoever reads the log, or the list of backups, sees that there is none.
    if (!made.ok) log.info(`no backup was made: ${sentenceOf(made.error)}`);
  };
  const start = setTimeout(() => look('start'), first);
  const hours = setInterval(() => look('hour'), every);
  start.unref();
  hours.unref();
  return {
    close: () => {
      clearTimeout(start);
      clearInterval(hours);
    },
  };
}
