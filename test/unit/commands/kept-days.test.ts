import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepPastDays } from '../../../main/kept-days.ts';
import { ok } from '../../../shared/result.ts';

const changed = { type: 'data.changed', dataRevision: 1 } as const;

/** What was asked of a service with one basket. */
function watched() {
  const asked: (AbortSignal | undefined)[] = [];
  const others: string[] = [];
  const days = keepPastDays({
    request: async (name, input, options) => {
      if (name === 'dispersion.keep') asked.push(options?.signal);
      else others.push(name === 'basket.drift' ? `drift of ${(input as { name: string }).name}` : name);
      return ok({ baskets: [{ name: 'Core', version: 2 }] });
    },
    startAfter: 100,
    importAfter: 50,
  });
  return { days, asked, others };
}

describe('past days', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('are filled after the start, and once after imports that follow each other', async () => {
    const { days, asked, others } = watched();
    await vi.advanceTimersByTimeAsync(101);
    expect(asked).toHaveLength(1);
    expect(others).toEqual(['basket.list', 'drift of Core']);
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
