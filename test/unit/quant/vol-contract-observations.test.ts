import { describe, expect, test } from 'vitest';
import {
  observationKey,
  observeVolContract,
  type ObservationTerms,
  type OwnObservation,
  type SessionPrice,
} from '../../../shared/quant/contracts/vol-contract-observations.ts';
import { realizedVolFromMarks } from '../../../shared/quant/history/realized-vol.ts';

const sessions = Array.from({ length: 31 }, (_, i) => `2026-03-${String(i + 1).padStart(2, '0')}`);
const closes = sessions.map((_, i) => 100 * Math.exp(0.01 * Math.sin(1.7 * i)));
const prices = new Map<string, SessionPrice>(sessions.map((date, i) => [date, { close: closes[i]! }]));
const terms: ObservationTerms = { estimator: 'zeroMean', returns: 'log', periodsPerYear: 252 };
const own = (...said: readonly (readonly [string, number | null])[]): ReadonlyMap<string, OwnObservation> =>
  new Map(said.map(([key, close]) => [key, { price: close === null ? null : { close }, reason: 'told' }]));
const observed = (
  more: Partial<ObservationTerms> = {},
  told: ReadonlyMap<string, OwnObservation> = new Map(),
  asOf = '2026-03-31',
) => observeVolContract({ terms: { ...terms, ...more }, sessions, prices, own: told, asOf });
const volOf = (table: ReturnType<typeof observed>): number =>
  table.realized.ok ? (table.realized.value?.vol ?? Number.NaN) : Number.NaN;

describe('observations told by a person', () => {
  test('replace the stored mark, which stays to be read', () => {
    const table = observed({}, own(['2026-03-05', 103]));
    const marks = closes.with(4, 103);
    const straight = realizedVolFromMarks({ estimator: 'zeroMean', marks });
    expect(volOf(table)).toBeCloseTo(straight.ok ? straight.value.vol : Number.NaN, 13);
    expect(table.rows[4]).toMatchObject({
      mark: 103,
      storedMark: closes[4],
      status: 'corrected',
      note: 'told',
    });
    expect(table).toMatchObject({ corrected: 1, disrupted: 0, missing: 0, observationsDone: 30 });
  });

  test('fill a missing session', () => {
    const holed = new Map(prices);
    holed.delete('2026-03-05');
    const bare = observeVolContract({ terms, sessions, prices: holed, asOf: '2026-03-31' });
    expect(bare.realized.ok).toBe(false);
    const told = own(['2026-03-05', closes[4]!]);
    const filled = observeVolContract({ terms, sessions, prices: holed, own: told, asOf: '2026-03-31' });
    expect(volOf(filled)).toBeCloseTo(volOf(observed()), 14);
    expect(filled.rows[4]).toMatchObject({ status: 'corrected', storedMark: null });
  });

  test('leave disrupted sessions out of the sum, and of the count unless the terms keep it', () => {
    const told = own(['2026-03-05', null], ['2026-03-06', null]);
    const marks = closes.filter((_, i) => i !== 4 && i !== 5);
    for (const estimator of ['zeroMean', 'sampleMean'] as const) {
      const straight = realizedVolFromMarks({ estimator, marks });
      const vol = straight.ok ? straight.value.vol : Number.NaN;
      const lower = observed({ estimator }, told);
      expect(volOf(lower)).toBeCloseTo(vol, 13);
      expect(lower).toMatchObject({
        observationsDone: 28,
        observationsExpected: 28,
        observationsScheduled: 30,
      });
      const keep = observed({ estimator, disruptedDays: 'keepCount' }, told);
      const bound = estimator === 'sampleMean' ? 1 : 0;
      expect(volOf(keep)).toBeCloseTo(vol * Math.sqrt((28 - bound) / (30 - bound)), 13);
      expect(keep).toMatchObject({ observationsDone: 30, observationsExpected: 30, disrupted: 2 });
    }
  });

  test('declare a session ahead disrupted: the count falls at once, what is done does not', () => {
    const told = own(['2026-03-20', null]);
    const lower = observed({}, told, '2026-03-10');
    expect(lower).toMatchObject({ observationsDone: 9, observationsExpected: 29 });
    const keep = observed({ disruptedDays: 'keepCount' }, told, '2026-03-10');
    expect(keep).toMatchObject({ observationsDone: 9, observationsExpected: 30 });
    expect(volOf(lower)).toBe(volOf(keep));
  });

  test('never leave the base out', () => {
    expect(observed({}, own(['2026-03-01', null])).rows[0]).toMatchObject({ status: 'ok', mark: closes[0] });
  });

  test('come by the hour: every mark an observation, the year as many times longer', () => {
    const observationTimes = ['11:00', '13:00', '16:00'];
    const inside = sessions
      .slice(1)
      .flatMap((date, i) => [
        [observationKey(date, '11:00'), 100 + (i % 4)] as const,
        [observationKey(date, '13:00'), 101 - (i % 3)] as const,
      ]);
    const table = observed({ observationTimes }, own(...inside));
    expect(table.observationsExpected).toBe(90);
    const marks = [
      closes[0]!,
      ...sessions.slice(1).flatMap((_, i) => [100 + (i % 4), 101 - (i % 3), closes[i + 1]!]),
    ];
    const straight = realizedVolFromMarks({ estimator: 'zeroMean', marks, periodsPerYear: 756 });
    expect(volOf(table)).toBeCloseTo(straight.ok ? straight.value.vol : Number.NaN, 12);
    expect(table.rows.slice(1, 4).map(({ time, status }) => `${time} ${status}`)).toEqual([
      '11:00 ok',
      '13:00 ok',
      '16:00 ok',
    ]);
    expect(observed({ observationTimes }).missing).toBe(60);
  });

  test('refuse a price that is none', () => {
    const table = observed({}, own(['2026-03-05', -3]));
    expect(table.realized).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
  });
});
