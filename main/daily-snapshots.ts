import type { DeskEvent } from '../shared/contract/messages.ts';
import type { Result } from '../shared/result.ts';
import type { Dispatch } from './dispatch.ts';
import type { Readers } from './store/index.ts';

/** Value and risk of the live book, kept by themselves while a window is open. */
export interface DailySnapshots {
  readonly heard: (event: DeskEvent) => void;
  readonly stop: () => void;
}

/** A window has drawn itself by then, and its own questions have gone first. */
const afterStartMilliseconds = 20_000;
/** Several files imported one after another are one change. */
const afterImportMilliseconds = 15_000;

/**
 * Once after the start, where the newest market day is not kept yet, and whenever imports have come to rest. A
 * desk without positions has no history; one that cannot be written keeps none.
 */
export function keepDailySnapshots(parts: {
  readonly read: Readers;
  readonly request: Dispatch;
  readonly startAfter?: number;
  readonly importAfter?: number;
}): DailySnapshots {
  const { read, request, startAfter = afterStartMilliseconds, importAfter = afterImportMilliseconds } = parts;
  const stopping = new AbortController();
  let running = false;
  let timer: NodeJS.Timeout | null = null;

  const keep = async (reason: 'start' | 'import'): Promise<void> => {
    if (running) return later(reason, importAfter);
    if (read.positions.list().length + read.contracts.list().length === 0) return;
    const newest = read.quotes.marketDates()[0];
    if (newest === undefined || (reason === 'start' && read.scenarios.dailyOn(newest) !== null)) return;
    running = true;
    const { signal } = stopping;
    const taken = (await request('snapshot.take', { inBackground: true }, { signal })) as Result<{
      readonly freezeId: string;
      readonly known: boolean;
    }>;
    running = false;
    if (!taken.ok || taken.value.known || signal.aborted) return;
    await request('snapshot.keep', { freezeId: taken.value.freezeId, reason }, { signal });
  };

  /** The newest wish counts from now on. */
  const later = (reason: 'start' | 'import', milliseconds: number): void => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => {
      timer = null;
      void keep(reason);
    }, milliseconds).unref();
  };

  later('start', startAfter);
  return {
    heard: ({ type }) => {
      if (type === 'data.changed' && !stopping.signal.aborted) later('import', importAfter);
    },
    stop: () => {
      stopping.abort();
      if (timer !== null) clearTimeout(timer);
    },
  };
}
