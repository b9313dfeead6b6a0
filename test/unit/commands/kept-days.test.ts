import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepPastDays } from '../../../main/kept-days.ts';
import { ok } from '../../../shared/result.ts';

const changed = { type: 'data.changed', dataRevision: 1 } as const;

/** What was asked of a service that never ends by itself. */
function watched() {
  const asked: (AbortSignal | undefined)[] = [];
  const days = keepPastDays({
    request: async (_, __, options) => {
      asked.push(options?.signal);
      return ok({});
    },
    startAfter: 100,
    importAfter: 50,
  });
  return { days, asked };
}

describe('past days', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('are filled after the start, and once after imports that follow each other', async () => {
    const { days, asked } = watched();
    await vi.advanceTimersByTimeAsync(101);
    expect(asked).toHaveLength(1);
    days.heard(changed);
    expect(asked[0]?.aborted).toBe(true);
    await vi.advanceTimersByTimeAsync(40);
    days.heard(changed);
    days.heard({ type: 'scenarios.changed' });
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked.map((signal) => signal?.aborted)).toEqual([true, false]);
  });

  it('are left alone once the service is closed', async () => {
    const { days, asked } = watched();
    days.stop();
    days.heard(changed);
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked).toEqual([]);
  });
});
