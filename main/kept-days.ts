import type { DeskEvent } from '../shared/contract/messages.ts';
import type { Dispatch } from './dispatch.ts';

/** Past days of every name, kept by themselves while a window is open. */
export interface KeptDays {
  readonly heard: (event: DeskEvent) => void;
  readonly stop: () => void;
}

/** After the daily snapshot, which somebody may be waiting for. */
const afterStartMilliseconds = 30_000;
const afterImportMilliseconds = 25_000;

/**
 * Fills the history of implied volatilities once after the start and whenever imports have come to rest. A
 * change of the data ends a run that is under way: what it had computed stays, the rest follows.
 */
export function keepPastDays(parts: {
  readonly request: Dispatch;
  readonly startAfter?: number;
  readonly importAfter?: number;
}): KeptDays {
  const { request, startAfter = afterStartMilliseconds, importAfter = afterImportMilliseconds } = parts;
  let running = new AbortController();
  let timer: NodeJS.Timeout | null = null;
  let isStopped = false;

  const plan = (milliseconds: number): void => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => {
      timer = null;
      running = new AbortController();
      void request('dispersion.keep', {}, { signal: running.signal });
    }, milliseconds).unref();
  };

  plan(startAfter);
  return {
    heard: ({ type }) => {
      if (type !== 'data.changed' || isStopped) return;
      running.abort();
      plan(importAfter);
    },
    stop: () => {
      isStopped = true;
      running.abort();
      if (timer !== null) clearTimeout(timer);
    },
  };
}
