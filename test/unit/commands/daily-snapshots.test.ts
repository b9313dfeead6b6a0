import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepDailySnapshots } from '../../../main/daily-snapshots.ts';
import { ok } from '../../../shared/result.ts';
import { openTestStore } from '../../support/store.ts';
import type { Readers, StoredDaily } from '../../../main/store/index.ts';

/** A desk that holds something on one market day, and what was asked of its service. */
function watched(state: { held?: number; kept?: boolean; known?: boolean }) {
  const { read } = openTestStore();
  const asked: string[] = [];
  const watching: Readers = {
    ...read,
    positions: { ...read.positions, list: () => Array.from({ length: state.held ?? 1 }) as never },
    quotes: { ...read.quotes, marketDates: () => ['2026-03-27'] },
    scenarios: { ...read.scenarios, dailyOn: () => ((state.kept ?? false) ? ({} as StoredDaily) : null) },
  };
  const daily = keepDailySnapshots({
    read: watching,
    request: async (name, input) => {
      asked.push(name === 'snapshot.keep' ? `keep ${(input as { reason: string }).reason}` : name);
      return ok({ freezeId: 'f', known: state.known ?? false });
    },
    startAfter: 100,
    importAfter: 50,
  });
  return { daily, asked };
}
const changed = { type: 'data.changed', dataRevision: 1 } as const;

describe('daily snapshots', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('are kept once after the start, and not again where the day is kept', async () => {
    const { asked } = watched({});
    await vi.advanceTimersByTimeAsync(99);
    expect(asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked).toEqual(['snapshot.take', 'keep start']);
    const second = watched({ kept: true });
    await vi.advanceTimersByTimeAsync(1000);
    expect(second.asked).toEqual([]);
  });

  it('follow imports once they have come to rest', async () => {
    const { daily, asked } = watched({ kept: true });
    for (let file = 0; file < 3; file += 1) {
      daily.heard(changed);
      await vi.advanceTimersByTimeAsync(40);
    }
    expect(asked).toEqual([]);
    daily.heard({ type: 'scenarios.changed' });
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked).toEqual(['snapshot.take', 'keep import']);
  });

  it('store nothing that is kept already, nothing on an empty desk, nothing after the end', async () => {
    const same = watched({ known: true });
    const empty = watched({ held: 0 });
    const ended = watched({});
    ended.daily.stop();
    ended.daily.heard(changed);
    await vi.advanceTimersByTimeAsync(1000);
    expect([same.asked, empty.asked, ended.asked]).toEqual([['snapshot.take'], [], []]);
  });
});
