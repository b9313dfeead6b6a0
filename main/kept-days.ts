import type { OutputOf } from '../shared/contract/index.ts';
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
 * Fills the history of implied volatilities, and looks at the rules of every basket, once after the start and whenever imports have come to rest. A
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
      void fill(running.signal);
    }, milliseconds).unref();
  };

  const fill = async (signal: AbortSignal): Promise<void> => {
    await request('dispersion.keep', {}, { signal });
    if (signal.aborted) return;
    const found = await request('basket.list', {}, { signal });
    if (!found.ok) return;
    const { baskets } = found.value as OutputOf<'basket.list'>;
    for (const { name, version } of baskets) {
      if (signal.aborted) return;
      await request('basket.drift', { name, version }, { signal });
    }
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
