import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InputOf } from '../../shared/contract/index.ts';
import { sentenceOf } from '../../shared/failure.ts';
import type { Result } from '../../shared/result.ts';
import { openDemoService } from '../support/demo-desk.ts';
import { valueOf, type TestService } from '../support/service.ts';

/** The life of realized-volatility contracts over the real dispatcher, store and pool, on the market that ships. */
let service: TestService;
const today = '2026-11-20';

beforeAll(() => {
  service = openDemoService();
}, 60_000);
afterAll(() => service.port.close());

type Terms = InputOf<'contracts.addRealizedVol'>;
const terms = (more: Partial<Terms> & { readonly contractId: string }): Terms => ({
  underlying: 'MERI',
  kind: 'quarterly',
  startDate: '2026-08-21',
  endDate: '2026-11-20',
  months: 3,
  quantity: -2,
  tradeVol: 0.1122,
  longBond: 4000,
  shortBond: 9000,
  ...more,
});
const add = (more: Parameters<typeof terms>[0]) => service.ask('contracts.addRealizedVol', terms(more));
const refusal = <T>(result: Result<T>): string => (result.ok ? 'accepted' : sentenceOf(result.error));
const held = async () => valueOf(await service.ask('contracts.list', {})).realizedVols;
async function heldOf(contractId: string) {
  const found = (await held()).find((one) => one.terms.contractId === contractId);
  if (found === undefined) throw new Error(`${contractId} is not held`);
  return found;
}
const ids = async () => (await held()).map((one) => one.terms.contractId);
const observe = (
  contractId: string,
  observations: InputOf<'contracts.observe'>['observations'],
  reason = 'print withdrawn',
) => service.ask('contracts.observe', { contractId, observations, reason });

describe('a contract that cannot be entered', () => {
  it('is refused by name, and nothing of it is stored', async () => {
    const before = await ids();
    const cases: readonly (readonly [Partial<Terms>, string])[] = [
      [{ underlying: 'NOBODY' }, 'NOBODY is not on this desk. Contract RV-BAD names it as its underlying'],
      [{ endDate: '2026-08-20' }, 'it ends on 2026-08-20, not after it starts on 2026-08-21'],
      [{ startDate: '2026-11-20', endDate: '2026-11-22' }, 'holds no session of NYSE'],
      [{ periodsPerYear: 252.5 }, 'its year of 252.5 sessions is no whole number of sessions'],
      [{ periodsPerYear: 244 }, 'periodsPerYear'],
      [{ months: 0 }, 'its months of 0 must be above 0'],
      [{ tick: 0 }, 'its tick of 0 must be above 0'],
      [{ observationTimes: ['15:00', '11:00'] }, 'its times of observation 15:00, 11:00 do not ascend'],
    ];
    for (const [wrong, sentence] of cases) {
      expect(refusal(await add({ contractId: 'RV-BAD', ...wrong }))).toContain(sentence);
    }
    valueOf(await add({ contractId: 'RV-ONCE' }));
    expect(refusal(await add({ contractId: 'RV-ONCE' }))).toBe(
      'Contract RV-ONCE exists already. Choose another name.',
    );
    expect((await ids()).filter((id) => id !== 'RV-ONCE')).toEqual(before);
  });
});

describe('a quote', () => {
  const asked = terms({ contractId: 'RV-NEW', startDate: '2026-12-18', endDate: '2027-03-19' });
  it('is fair before the period at the forward volatility, and goes both ways between volatility and value', async () => {
    const fair = valueOf(await service.ask('contracts.quoteRealizedVol', { terms: asked }));
    expect(fair.observationsDone).toBe(0);
    expect(fair.fairVol).toBe(fair.remainingVol);
    expect(fair.tickValue).toBe(30);
    expect(fair.bond).toBe(18_000);
    expect(Math.abs(fair.vol - fair.fairVol)).toBeLessThanOrEqual(0.00005 + 1e-12);
    const at = valueOf(await service.ask('contracts.quoteRealizedVol', { terms: asked, vol: 0.1122 }));
    expect(at.value).toBe(33_660);
    const back = valueOf(await service.ask('contracts.quoteRealizedVol', { terms: asked, value: 33_660 }));
    expect(back.vol).toBeCloseTo(0.1122, 12);
    expect(back.edge).toBeCloseTo(at.edge, 6);
    expect(at.edge).toBeCloseTo(-2 * 300_000 * (at.fairVol - 0.1122), 6);
    // before the period, what breaks even is the level itself
    expect(at.breakEvenRemainingVol).toBeCloseTo(0.1122, 12);
  });
  it('expects less volatility than the root of variance once convexity counts', async () => {
    const plain = valueOf(await service.ask('contracts.quoteRealizedVol', { terms: asked }));
    const convex = valueOf(
      await service.ask('contracts.quoteRealizedVol', {
        terms: asked,
        convexity: 'secondOrder',
        volUncertainty: 0.15,
      }),
    );
    expect(plain.convexityAdjustment).toBe(0);
    expect(convex.convexityAdjustment).toBeGreaterThan(0);
    expect(convex.fairVol).toBeCloseTo(plain.fairVol - convex.convexityAdjustment, 14);
  });
  it('refuses two answers at once, a period that is over, and bad terms', async () => {
    const both = await service.ask('contracts.quoteRealizedVol', { terms: asked, vol: 0.1, value: 1 });
    expect(refusal(both)).toContain('a volatility and a value: give one of the two');
    const over = await service.ask('contracts.quoteRealizedVol', { terms: terms({ contractId: 'RV-OLD' }) });
    expect(refusal(over)).toContain('its period ended on 2026-11-20');
    const backward = { ...asked, endDate: '2026-12-01' };
    expect(refusal(await service.ask('contracts.quoteRealizedVol', { terms: backward }))).toContain(
      'not after it starts',
    );
  });
  it('starts from usual terms between listed expiries', async () => {
    const spec = valueOf(await service.ask('contracts.volSpec', { underlying: 'MERI', kind: 'monthly' }));
    expect(spec).toMatchObject({ months: 1, multiplier: 100_000, tick: 0.0001 });
    expect(spec.expiries.map(({ date }) => date)).toContain(spec.startDate);
    expect(spec.endDate).toBe(spec.expiryDate);
    expect(spec.startDate > today && spec.endDate > spec.startDate).toBe(true);
  });
});

describe('the observations', () => {
  it('are corrected with a reason, the stored mark still to be read, and logged', async () => {
    valueOf(await add({ contractId: 'RV-OBS' }));
    const before = await heldOf('RV-OBS');
    const row = before.observations[10]!;
    expect(
      refusal(await observe('RV-OBS', [{ date: row.date, status: 'marked', mark: 5000 }], '')),
    ).toContain('needs a reason to be changed');
    const mark = (row.mark ?? 0) * 1.02;
    valueOf(await observe('RV-OBS', [{ date: row.date, status: 'marked', mark }]));
    const after = await heldOf('RV-OBS');
    expect(after.observations[10]).toMatchObject({
      status: 'corrected',
      storedMark: row.mark,
      note: 'print withdrawn',
    });
    expect(after.corrected).toBe(1);
    expect(after.realizedVol).toBeGreaterThan(before.realizedVol ?? 1);
    const { log } = valueOf(await service.ask('contracts.volAnalysis', { contractId: 'RV-OBS' }));
    expect(log).toHaveLength(1);
    expect(log[0]).toMatchObject({ date: row.date, mark, inForce: true, reason: 'print withdrawn' });
    valueOf(await service.ask('edit.undo', {}));
    expect((await heldOf('RV-OBS')).realizedVol).toBe(before.realizedVol);
    valueOf(await service.ask('edit.redo', {}));
    expect((await heldOf('RV-OBS')).realizedVol).toBe(after.realizedVol);
    const grown = valueOf(await service.ask('contracts.volAnalysis', { contractId: 'RV-OBS' }));
    expect(grown.log).toHaveLength(3);
    valueOf(await observe('RV-OBS', [{ date: row.date, status: 'stored' }], 'print confirmed'));
    expect((await heldOf('RV-OBS')).realizedVol).toBe(before.realizedVol);
  });

  it('leave a disrupted session out, with its count or without as the terms say', async () => {
    valueOf(await add({ contractId: 'RV-LOWER' }));
    valueOf(await add({ contractId: 'RV-KEEP', disruptedDays: 'keepCount' }));
    const whole = await heldOf('RV-LOWER');
    const n = whole.observationsExpected;
    const { date } = whole.observations[20]!;
    for (const id of ['RV-LOWER', 'RV-KEEP']) {
      valueOf(await observe(id, [{ date, status: 'disrupted' }], 'trading halted'));
    }
    const [lower, keep] = [await heldOf('RV-LOWER'), await heldOf('RV-KEEP')];
    expect([lower.observationsExpected, lower.observationsDone]).toEqual([n - 1, n - 1]);
    expect([keep.observationsExpected, keep.observationsDone]).toEqual([n, n]);
    expect([lower.observationsScheduled, lower.disrupted]).toEqual([n, 1]);
    const squares = lower.observations.reduce((sum, row) => sum + (row.squared ?? 0), 0);
    expect(lower.realizedVol).toBeCloseTo(Math.sqrt((252 * squares) / (n - 1)), 12);
    expect(keep.realizedVol).toBeCloseTo(Math.sqrt((252 * squares) / n), 12);
    const marks = lower.observations.map((row) => row.mark);
    expect(lower.observations[21]?.return).toBeCloseTo(Math.log(marks[21]! / marks[19]!), 14);
  });

  it('refuse what is no mark of the period', async () => {
    const cases = [
      [{ date: '2026-08-22', status: 'marked', mark: 5000 }, '2026-08-22 is no observation of its period'],
      [{ date: '2026-08-21', status: 'disrupted' }, 'is the base of its first return and cannot be left out'],
      [{ date: '2026-09-01', status: 'marked', mark: -1 }, 'the mark -1 of 2026-09-01 is no price above 0'],
      [{ date: '2026-09-01', status: 'marked', mark: 10, high: 9 }, 'lies outside its range'],
      [{ date: '2026-09-01', status: 'stored' }, 'the mark of 2026-09-01 is the stored one already'],
      [
        { date: '2026-09-01', time: '11:00', status: 'marked', mark: 1 },
        '2026-09-01 11:00 is no observation',
      ],
    ] as const;
    for (const [one, sentence] of cases) {
      expect(refusal(await observe('RV-LOWER', [one]))).toContain(sentence);
    }
    expect(refusal(await observe('RV-NONE', [{ date: today, status: 'disrupted' }]))).toContain(
      'not on this desk',
    );
  });

  it('come by the hour where the terms say so, from marks of one’s own', async () => {
    const observationTimes = ['11:00', '13:00', '16:00'];
    const period = { startDate: '2026-11-13', endDate: '2026-11-20', kind: 'custom', months: 1 } as const;
    valueOf(await add({ contractId: 'RV-HOUR', ...period, observationTimes }));
    const bare = await heldOf('RV-HOUR');
    expect([bare.observationsScheduled, bare.missing]).toEqual([15, 10]);
    expect(bare.reason).toContain('has no price on 2026-11-16');
    expect(refusal(await service.ask('contracts.settle', { contractId: 'RV-HOUR' }))).toContain(
      'MERI has no price on 2026-11-16',
    );
    const missing = bare.observations.filter((row) => row.status === 'missing');
    const marks = missing.map(({ date, time }, i) => ({
      date,
      time: time ?? '',
      status: 'marked' as const,
      mark: 5000 + 20 * (i % 3),
    }));
    valueOf(await observe('RV-HOUR', marks, ''));
    const full = await heldOf('RV-HOUR');
    expect([full.observationsDone, full.missing]).toEqual([15, 0]);
    const closes = full.observations.map((row) => row.mark ?? Number.NaN);
    const squares = closes.slice(1).reduce((sum, mark, i) => sum + Math.log(mark / closes[i]!) ** 2, 0);
    expect(full.realizedVol).toBeCloseTo(Math.sqrt((252 * 3 * squares) / 15), 12);
    expect(full.warnings.join(' ')).toContain('Only 15 observations');
  });
});

describe('a settlement', () => {
  it('is recomputed from the observations, kept with every line, and final', async () => {
    const before = await heldOf('RV-LOWER');
    const { amount } = valueOf(await service.ask('contracts.settle', { contractId: 'RV-LOWER' }));
    const vol = Math.floor((before.realizedVol ?? 0) / 0.0001 + 0.5) * 0.0001;
    expect(amount).toBeCloseTo(-2 * 300_000 * (vol - 0.1122), 6);
    const settled = await heldOf('RV-LOWER');
    expect(settled.settledVol).toBeCloseTo(vol, 12);
    expect(settled.profit).toBeCloseTo(amount, 6);
    expect(settled.profitTicks).toBeCloseTo(amount / 30, 6);
    expect(settled.observations).toEqual(before.observations);
    expect(refusal(await service.ask('contracts.settle', { contractId: 'RV-LOWER' }))).toContain('is final');
    expect(refusal(await observe('RV-LOWER', [{ date: '2026-09-01', status: 'disrupted' }]))).toContain(
      'A confirmed settlement is final.',
    );
  });
});

describe('an analysis', () => {
  it('compares estimators on the same window in ticks and money', async () => {
    const { estimators } = valueOf(await service.ask('contracts.volAnalysis', { contractId: 'RV-KEEP' }));
    const own = estimators.find(({ estimator }) => estimator === 'zeroMean');
    expect(own).toMatchObject({ differenceTicks: 0 });
    expect(own?.vol).toBe((await heldOf('RV-KEEP')).realizedVol);
    for (const { vol, differenceTicks, difference, reason } of estimators) {
      expect(vol === null).toBe(reason !== null);
      if (differenceTicks !== null) expect(difference).toBeCloseTo(-2 * 30 * differenceTicks, 9);
    }
  });

  it('takes an annual contract apart into quarters that combine by root mean square', async () => {
    const period = { startDate: '2026-12-18', endDate: '2027-12-17', kind: 'annual', months: 12 } as const;
    valueOf(await add({ contractId: 'RV-YEAR', ...period, quantity: 1, tradeVol: null }));
    const fair = valueOf(await service.ask('contracts.volAnalysis', { contractId: 'RV-YEAR' }));
    expect(fair.strip.parts.map(({ months }) => months)).toEqual([3, 3, 3, 3]);
    const partVols = [0.1, 0.15, 0.1, 0.15];
    const asked = { contractId: 'RV-YEAR', partVols, wholeVol: 0.13 };
    const { strip } = valueOf(await service.ask('contracts.volAnalysis', asked));
    const total = strip.parts.reduce((sum, part) => sum + part.observations, 0);
    const squares = strip.parts.reduce((sum, part, i) => sum + part.observations * partVols[i]! ** 2, 0);
    expect(strip.combinedVol).toBeCloseTo(Math.sqrt(squares / total), 14);
    expect(strip.rich).toBeCloseTo((0.13 - (strip.combinedVol ?? 0)) * 1_200_000, 6);
    expect(total).toBe((await heldOf('RV-YEAR')).observationsExpected);
    const { variance } = fair;
    expect(variance?.variancePerVolPointSquared).toBeCloseTo(
      (variance?.vegaPerVolPoint ?? 0) / (200 * (variance?.strikeVol ?? 1)),
      9,
    );
  });
});

describe('a removal', () => {
  it('is undone with everything that had happened to the contract', async () => {
    const before = await heldOf('RV-KEEP');
    valueOf(await service.ask('contracts.remove', { contractId: 'RV-KEEP', reason: 'entered twice' }));
    expect(await ids()).not.toContain('RV-KEEP');
    valueOf(await service.ask('edit.undo', {}));
    expect(await heldOf('RV-KEEP')).toEqual(before);
    valueOf(await service.ask('edit.redo', {}));
    expect(await ids()).not.toContain('RV-KEEP');
    valueOf(await add({ contractId: 'RV-KEEP', disruptedDays: 'keepCount' }));
    expect((await heldOf('RV-KEEP')).disrupted).toBe(0);
    expect(refusal(await service.ask('contracts.restore', { contractId: 'RV-KEEP' }))).toContain(
      'exists already',
    );
    valueOf(await service.ask('edit.undo', {}));
    expect(await ids()).not.toContain('RV-KEEP');
    valueOf(await service.ask('edit.redo', {}));
    expect((await heldOf('RV-KEEP')).disrupted).toBe(0);
    expect(refusal(await service.ask('contracts.restore', { contractId: 'RV-NONE' }))).toContain(
      'Only a contract that was removed can be brought back',
    );
  });

  it('of a forward start brings its fixings back with it', async () => {
    const forward = {
      contractId: 'FS-BACK',
      underlying: 'MERI',
      firstReferenceDate: today,
      secondReferenceDate: '2027-03-19',
      optionType: 'straddle',
      family: 'relative',
      power: 1,
      quantity: 2,
    } as const;
    valueOf(await service.ask('contracts.addForwardStart', forward));
    valueOf(await service.ask('contracts.fix', { contractId: 'FS-BACK', level: 5000 }));
    const found = async () =>
      valueOf(await service.ask('contracts.list', {})).forwardStarts.find(
        ({ terms: { contractId } }) => contractId === 'FS-BACK',
      );
    const before = await found();
    expect(before?.fixings).toHaveLength(1);
    valueOf(await service.ask('contracts.remove', { contractId: 'FS-BACK', reason: 'wrong side' }));
    expect(await found()).toBeUndefined();
    valueOf(await service.ask('edit.undo', {}));
    expect(await found()).toEqual(before);
  });
});
