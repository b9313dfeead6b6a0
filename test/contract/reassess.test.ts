import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDemoService } from '../support/demo-desk.ts';
import { createReassessWatch } from '../../main/reassess-watch.ts';
import { valueOf, type TestService } from '../support/service.ts';
import { until } from '../support/until.ts';

/** Looking at a hedge again, over the real dispatcher on the market that ships. */
let service: TestService;
const asOf = '2026-11-20';

beforeAll(async () => {
  service = openDemoService();
  const built = valueOf(await service.ask('basket.build', { index: 'MERI', maxNames: 14 }));
  valueOf(await service.ask('basket.save', { name: 'Core', result: built }));
}, 120_000);
afterAll(() => service.port.close());

const look = async (rules: Record<string, unknown> = {}, basket = 'Core') =>
  valueOf(await service.ask('hedge.reassess', { basket, asOf, rules }));

describe('hedge.reassess', () => {
  it('looks at the options held, and each rule has fired or says why not', async () => {
    const found = await look();
    expect(found.source).toBe('positions');
    const { names } = valueOf(await service.ask('basket.read', { name: 'Core' })).result;
    const { positions } = valueOf(await service.ask('positions.list', { asOf }));
    const ours = new Set(['MERI', ...names.map(({ symbol }) => symbol)]);
    const held = positions.filter(({ instrument, symbol }) => instrument === 'option' && ours.has(symbol));
    expect(found.actions.map(({ leg }) => leg).sort()).toEqual(held.map(({ contract }) => contract).sort());
    expect([...found.fired, ...found.unfired]).toHaveLength(8);
    // Its net delta is the stocks' and the options' own, summed apart.
    const { holdings } = valueOf(await service.ask('hedge.suggest', { basket: 'Core', asOf }));
    const stocks = holdings.reduce((sum, { shares, spot, beta }) => sum + shares * spot * beta, 0);
    const betaOf = (symbol: string): number => holdings.find((one) => one.symbol === symbol)?.beta ?? 1;
    const options = held.reduce(
      (sum, { deltaDollar, symbol }) => sum + (deltaDollar ?? 0) * betaOf(symbol),
      0,
    );
    expect(found.netDelta).toBeCloseTo(stocks + options, 2);
  }, 60_000);

  it('fires by the thresholds that are set, and not where they are switched off', async () => {
    const strict = await look({ daysToExpiry: 28, letExpireDelta: 0, dispersionVotes: false });
    expect(strict.actions.every(({ action, rule }) => action === 'roll' && rule === 'days-to-expiry')).toBe(
      true,
    );
    const silent = await look({
      netDeltaLimit: null,
      daysToExpiry: null,
      impliedToHistorical: null,
      capturedShare: null,
      timeValueShare: null,
      indexMove: null,
      dispersionVotes: false,
      rSquaredDrop: null,
    });
    expect(silent.actions.every(({ action }) => action === 'keep')).toBe(true);
    expect(new Set(silent.unfired.map(({ reason }) => reason))).toEqual(new Set(['Switched off.']));
  });

  it('takes the day of the trade from the approved suggestion, and its legs where none are held', async () => {
    const proposal = valueOf(
      await service.ask('hedge.suggest', { basket: 'Core', asOf: '2026-11-19', coverage: 0.2 }),
    );
    const { suggestionId } = valueOf(await service.ask('suggestion.save', { proposal }));
    expect((await look({ dispersionVotes: false })).tradeDate).toBeNull();
    valueOf(
      await service.ask('suggestion.approve', {
        suggestionId,
        acceptUndecided: true,
        overrideReason: 'a trial',
      }),
    );
    const found = await look({ dispersionVotes: false });
    expect(found).toMatchObject({ tradeDate: '2026-11-19', suggestionId });
    const move = found.unfired.find(({ rule }) => rule === 'index-move')?.reason;
    expect(move).toMatch(/^The index moved -?\d\.\d% since 2026-11-19/);
    const batches = valueOf(await service.ask('imports.list', {})).batches;
    const book = batches.find(({ format, undoneAt }) => format === 'positions' && undoneAt === null);
    valueOf(await service.ask('imports.undo', { batchId: book?.batchId ?? 0 }));
    const sent = await look({ dispersionVotes: false });
    expect(sent.source).toBe('suggestion');
    expect(sent.actions.map(({ leg }) => leg)).toEqual(proposal.legs.map(({ contract }) => contract));
    expect(sent.actions.map(({ openPrice }) => openPrice)).toEqual(proposal.legs.map(({ price }) => price));
    valueOf(await service.ask('imports.redo', { batchId: book?.batchId ?? 0 }));
  }, 60_000);

  it('refuses what is not there', async () => {
    expect(await service.ask('hedge.reassess', { basket: 'Nobody' })).toMatchObject({
      ok: false,
      error: { code: 'not-found' },
    });
  });
});

describe('hedge.roll', () => {
  it('proposes a later contract of the same strike from the chain, at its market', async () => {
    const [leg] = (await look({ dispersionVotes: false })).actions.filter(({ side }) => side === 'sold');
    if (leg === undefined) throw new Error('the demo book sells calls');
    const request = { symbol: leg.symbol, contract: leg.leg, asOf, targetDays: 60, quantity: leg.quantity };
    const found = valueOf(await service.ask('hedge.roll', request));
    expect(found.best.to.strike).toBe(leg.strike);
    expect(found.best.to.days).toBeGreaterThan(leg.daysToExpiry);
    expect(found.best.credit).toBeGreaterThan(0);
    expect(found.best.credit).toBeCloseTo((found.best.to.bid ?? 0) - (found.best.from.ask ?? 0), 10);
    expect(found.creditMoney).toBeCloseTo(found.best.credit * leg.quantity * leg.multiplier, 6);
    const byDelta = valueOf(
      await service.ask('hedge.roll', { ...request, keep: 'delta', creditOnly: false }),
    );
    expect(Math.abs(byDelta.best.deltaChange ?? 1)).toBeLessThan(0.06);
    const greedy = await service.ask('hedge.roll', { ...request, minCredit: 1000 });
    expect(greedy).toMatchObject({ ok: false, error: { code: 'no-candidates' } });
  });
});

describe('the log of re-assessments', () => {
  it('keeps runs, tells what changed from one to the next, and is append-only', async () => {
    const first = await look({ dispersionVotes: false });
    const kept = valueOf(
      await service.ask('reassess.save', { result: first, rules: { dispersionVotes: false } }),
    );
    expect(kept).toMatchObject({ basket: 'Core', asOf, cause: 'hand', legs: first.actions.length });
    const strict = await look({ dispersionVotes: false, daysToExpiry: 28, letExpireDelta: 0 });
    const second = valueOf(
      await service.ask('reassess.save', {
        result: strict,
        rules: { dispersionVotes: false, daysToExpiry: 28, letExpireDelta: 0 },
      }),
    );
    const { runs } = valueOf(await service.ask('reassess.runs', { basket: 'Core' }));
    expect(runs.map(({ runId }) => runId).slice(0, 2)).toEqual([second.runId, kept.runId]);
    const found = valueOf(await service.ask('reassess.compare', { runId: second.runId }));
    expect(found.before.runId).toBe(kept.runId);
    expect(found.nowFired.map(({ rule }) => rule)).toContain('days-to-expiry');
    const rolled = strict.actions.filter(
      ({ action, leg }) => action !== first.actions.find((one) => one.leg === leg)?.action,
    );
    expect(
      found.legs
        .filter(({ change }) => change === 'decision')
        .map(({ leg }) => leg)
        .sort(),
    ).toEqual(expect.arrayContaining(rolled.map(({ leg }) => leg).sort()));
    expect(found.rules.map(({ name }) => name).sort()).toEqual(['daysToExpiry', 'letExpireDelta']);
    expect((await service.ask('reassess.compare', { runId: runs.at(-1)?.runId ?? 0 })).ok).toBe(false);
    const whole = valueOf(await service.ask('reassess.run', { runId: second.runId }));
    expect(whole.result).toEqual(strict);
  }, 60_000);

  it('is due by its schedule and by what fired unseen, and not once somebody looked', async () => {
    const due = async () => valueOf(await service.ask('reassess.due', {})).baskets[0];
    expect(await due()).toMatchObject({ basket: 'Core', due: false, schedule: { kind: 'off' } });
    const weekly = valueOf(
      await service.ask('reassess.setSchedule', {
        basket: 'Core',
        schedule: { kind: 'sessions', every: 3 },
      }),
    );
    expect(weekly).toMatchObject({ due: false, nextOn: '2026-11-25' });
    const strict = await look({ dispersionVotes: false, daysToExpiry: 28 });
    valueOf(await service.ask('reassess.save', { result: strict, cause: 'import' }));
    expect(await due()).toMatchObject({ due: true, byEvent: true, bySchedule: false });
    const early = await look({ dispersionVotes: false });
    valueOf(await service.ask('reassess.save', { result: { ...early, asOf: '2026-11-12' } }));
    expect(await due()).toMatchObject({ due: true, byEvent: false, bySchedule: true, nextOn: '2026-11-17' });
    expect(
      await service.ask('reassess.setSchedule', { basket: 'No', schedule: { kind: 'off' } }),
    ).toMatchObject({
      error: { code: 'not-found' },
    });
  }, 60_000);
});

describe('the watch of a window', () => {
  it('looks at every hedge at the start and after an import, and keeps what is new', async () => {
    const own = openDemoService();
    const built = valueOf(await own.ask('basket.build', { index: 'MERI', maxNames: 14 }));
    valueOf(await own.ask('basket.save', { name: 'Watched', result: built }));
    const rules = { dispersionVotes: false, daysToExpiry: 40 };
    valueOf(await own.ask('preference.save', { key: 'reassess.rules', value: JSON.stringify(rules) }));
    const watch = createReassessWatch({ request: own.port.request, rest: 0 });
    const runsOf = async () =>
      valueOf(await own.ask('reassess.runs', { basket: 'Watched' })).runs.map(({ cause }) => cause);
    const first = await until('a look at the start', 20_000, async () => {
      const runs = await runsOf();
      return runs.length > 0 ? runs : undefined;
    });
    expect(first).toEqual(['start']);
    const [due] = valueOf(await own.ask('reassess.due', {})).baskets.filter(
      ({ basket }) => basket === 'Watched',
    );
    expect(due).toMatchObject({ due: true, byEvent: true });
    expect(due?.lastRun?.fired).toContain('days-to-expiry');
    // Nothing new was said: the same look after an import is not kept; another is.
    watch.onEvent({ type: 'data.changed', dataRevision: 1 });
    valueOf(await own.ask('preference.save', { key: 'reassess.rules', value: '{"dispersionVotes":false}' }));
    await until('another look', 20_000, async () => {
      watch.onEvent({ type: 'data.changed', dataRevision: 2 });
      return (await runsOf()).length > 1 ? true : undefined;
    });
    expect((await runsOf())[0]).toBe('import');
    watch.close();
    await own.port.close();
  }, 90_000);
});
