import { describe, expect, it } from 'vitest';
import { nextLook } from '../../../shared/quant/hedge/reassess-schedule.ts';

describe('nextLook', () => {
  it('counts sessions over weekends and holidays', () => {
    // Thanksgiving 2026 is 26 November.
    const plan = { kind: 'sessions', every: 3 } as const;
    expect(nextLook({ plan, last: '2026-11-20', calendar: 'NYSE' })).toBe('2026-11-25');
    expect(nextLook({ plan, last: '2026-11-24', calendar: 'NYSE' })).toBe('2026-11-30');
    expect(nextLook({ plan, last: '2026-11-24', calendar: 'none' })).toBe('2026-11-27');
  });

  it('takes the weekday, or the session after it where that is a holiday', () => {
    const plan = { kind: 'weekly', weekday: 4 } as const;
    expect(nextLook({ plan, last: '2026-11-16', calendar: 'NYSE' })).toBe('2026-11-19');
    expect(nextLook({ plan, last: '2026-11-19', calendar: 'NYSE' })).toBe('2026-11-27');
  });

  it('is none where nothing is planned', () => {
    expect(nextLook({ plan: { kind: 'off' }, last: '2026-11-20', calendar: 'NYSE' })).toBeNull();
  });
});
