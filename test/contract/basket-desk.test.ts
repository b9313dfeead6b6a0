import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sentenceOf } from '../../shared/failure.ts';
import type { BasketResult } from '../../shared/contract/basket.ts';
import { openDemoService } from '../support/demo-desk.ts';
import { valueOf, type TestService } from '../support/service.ts';

/** Baskets over time, over the real dispatcher, store and pool, on the market that ships. */
let service: TestService;
let small: BasketResult;
const index = 'MERI';
const earlier = '2026-08-20';

beforeAll(async () => {
  service = openDemoService();
  small = valueOf(await service.ask('basket.build', { index, maxNames: 8, asOf: earlier, minRSquared: 0.5 }));
  valueOf(await service.ask('basket.save', { name: 'Desk', result: small }));
  const larger = valueOf(await service.ask('basket.build', { index, maxNames: 12, asOf: earlier }));
  valueOf(await service.ask('basket.save', { name: 'Desk', result: larger }));
}, 120_000);
afterAll(() => service.port.close());

describe('a basket under weight bounds', () => {
  it('keeps them in the shares it buys, as far as whole shares allow, and shows the checks', async () => {
    const built = valueOf(
      await service.ask('basket.build', {
        index,
        maxNames: 12,
        lotSize: 1,
        nameBounds: { min: 0.03, max: 0.15 },
        sectorBounds: { Technology: { max: 0.2 } },
        minRSquared: null,
      }),
    );
    for (const { symbol, weight } of built.names) {
      expect(weight, symbol).toBeGreaterThan(0.0295);
      expect(weight, symbol).toBeLessThan(0.1505);
    }
    expect(built.checks.map(({ rule }) => rule)).toContain('weight of the sector Technology');
    const free = valueOf(await service.ask('basket.build', { index, maxNames: 12, lotSize: 1 }));
    expect(free.inSample.rSquared).toBeGreaterThan(built.inSample.rSquared);
  });

  it('says where caps cannot add up', async () => {
    const ask = (minRSquared: number | null) =>
      service.ask('basket.build', { index, maxNames: 4, nameBounds: { max: 0.1 }, minRSquared });
    const [free, fitted] = [await ask(null), await ask(0.8)];
    expect(free.ok ? '' : sentenceOf(free.error)).toMatch(/the weight bounds with maxNames 4/);
    expect(fitted.ok ? '' : sentenceOf(fitted.error)).toMatch(/the weight bounds with maxNames 4/);
  });

  it('buys the lots of each name by itself: typed in, or as its options have them', async () => {
    const first = small.names[0]?.symbol ?? '';
    const built = valueOf(
      await service.ask('basket.build', {
        index,
        maxNames: 8,
        capital: 100_000_000,
        lots: 'listed',
        lotSizes: { [first]: 37 },
        lock: [first],
      }),
    );
    for (const { symbol, shares } of built.names)
      expect(shares % (symbol === first ? 37 : 100), symbol).toBe(0);
    expect(built.names.find(({ symbol }) => symbol === first)?.shares).toBeGreaterThan(0);
  });
});

describe('the frontier', () => {
  it('has more r² with more names, and says where a size cannot be had', async () => {
    const { points } = valueOf(
      await service.ask('basket.frontier', { rules: { index, lotSize: 1 }, sizes: [12, 4, 8, 4] }),
    );
    expect(points.map(({ maxNames }) => maxNames)).toEqual([4, 8, 12]);
    const fits = points.map(({ rSquared }) => rSquared ?? 0);
    expect(fits).toEqual(fits.toSorted((a, b) => a - b));
    points.forEach(({ names, maxNames }) => expect(names).toBeLessThanOrEqual(maxNames));
    const capped = valueOf(
      await service.ask('basket.frontier', { rules: { index, nameBounds: { max: 0.2 } }, sizes: [3, 8] }),
    );
    expect(capped.points[0]).toMatchObject({
      names: null,
      reason: expect.stringMatching(/weight bounds/) as string,
    });
    expect(capped.points[1]?.names).toBeGreaterThan(4);
  });
});

describe('a basket that misses a rule it was asked for', () => {
  it('is refused without a reason, and kept with the reason and the rules that are unmet', async () => {
    const [first = '', second = ''] = small.names.map(({ symbol }) => symbol);
    const two = valueOf(await service.ask('basket.build', { index, names: [first, second], asOf: earlier }));
    expect(two.names.map(({ symbol }) => symbol).sort()).toEqual([first, second].sort());
    expect(two.checks.find(({ rule }) => rule === 'r² in sample')?.met).toBe(false);
    const refused = await service.ask('basket.save', { name: 'Two', result: two });
    expect(refused.ok ? '' : refused.error.code).toBe('basket-rules-unmet');
    expect(refused.ok ? '' : sentenceOf(refused.error)).toMatch(
      /^Two does not meet its rules: r² in sample 0\.\d{4}/,
    );
    valueOf(
      await service.ask('basket.save', {
        name: 'Two',
        result: two,
        acceptance: 'a pilot',
        note: 'first try',
      }),
    );
    const kept = valueOf(await service.ask('basket.read', { name: 'Two', version: 1 })).result;
    expect(kept.acceptance?.reason).toBe('a pilot');
    expect(kept.acceptance?.unmet).toEqual([expect.stringMatching(/^r² in sample/) as string]);
    const { versions } = valueOf(await service.ask('basket.versions', { name: 'Two' }));
    expect(versions[0]).toMatchObject({ note: 'first try', accepted: { reason: 'a pilot' } });
    const audit = valueOf(await service.ask('audit.list', { search: 'a pilot' }));
    expect(audit.entries).toHaveLength(1);
  });

  it('is looked for by the weights that are spent: what r² asks is met in whole lots where it can be', async () => {
    const ask = { index, maxNames: 6, asOf: earlier, capital: 2_000_000 };
    const loose = valueOf(await service.ask('basket.build', { ...ask, minRSquared: null }));
    const tight = loose.inSample.rSquared - 1e-4;
    const found = valueOf(await service.ask('basket.build', { ...ask, minRSquared: tight }));
    expect(found.checks.filter(({ met }) => !met)).toEqual([]);
    // A holdout under the limit is reported, and keeps nothing from being saved.
    const apart = { ...small, checks: [{ rule: 'x', limit: '', value: '', met: false, reported: true }] };
    valueOf(await service.ask('basket.save', { name: 'Apart', result: apart }));
  });
});

describe('the names of an index', () => {
  it('come with sectors and weights', async () => {
    const universe = valueOf(await service.ask('basket.universe', { index }));
    expect(universe.names.length).toBeGreaterThan(20);
    expect(universe.names.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
    expect(universe.sectors.map(({ sector }) => sector)).toContain('Technology');
    expect(universe.sectors.reduce((sum, { names }) => sum + names, 0)).toBe(universe.names.length);
    expect(universe.names.every(({ prices }) => prices > 100)).toBe(true);
  });

  it('need prices: one locked in without any is named, and a holdout must lie after the window', async () => {
    const locked = await service.ask('basket.build', { index, lock: ['NOSUCH'] });
    expect(locked.ok ? '' : sentenceOf(locked.error)).toMatch(/^NOSUCH has 0 daily prices/);
    const inside = await service.ask('basket.build', { index, to: '2026-03-02', holdoutFrom: '2026-01-02' });
    expect(inside.ok ? '' : sentenceOf(inside.error)).toMatch(
      /holdout starts on 2026-01-02, inside the window/,
    );
    const apart = valueOf(
      await service.ask('basket.build', { index, to: '2025-12-31', holdoutFrom: '2026-03-02' }),
    );
    expect(apart.inSample.to <= '2025-12-31').toBe(true);
    expect(apart.holdout?.from).toBe('2026-03-02');
  });
});

describe('versions of a basket', () => {
  it('are listed and compared, with names in and out, weights and the rules that differ', async () => {
    const { versions } = valueOf(await service.ask('basket.versions', { name: 'Desk' }));
    expect(versions.map(({ version }) => version)).toEqual([2, 1]);
    const found = valueOf(
      await service.ask('basket.compare', { before: { name: 'Desk', version: 1 }, after: { name: 'Desk' } }),
    );
    expect(found.before.rSquared).toBe(small.inSample.rSquared);
    const [before, after] = [
      found.rows.filter(({ change }) => change !== 'in'),
      found.rows.filter(({ change }) => change !== 'out'),
    ];
    expect(before).toHaveLength(found.before.names);
    expect(after).toHaveLength(found.after.names);
    const moved = found.rows.reduce((sum, row) => sum + Math.abs(row.weightAfter - row.weightBefore), 0);
    expect(found.turnover).toBeCloseTo(moved / 2, 12);
    expect(found.rules.map(({ rule }) => rule).sort()).toEqual(['maxNames', 'minRSquared']);
    const nothing = await service.ask('basket.compare', {
      before: { name: 'Desk', version: 9 },
      after: { name: 'Desk' },
    });
    expect(nothing.ok ? '' : nothing.error.code).toBe('not-found');
  });
});

describe('the trade list', () => {
  it('takes what is held to the target, and leaves or sells the rest', async () => {
    const { positions } = valueOf(await service.ask('positions.list', {}));
    const held = new Map<string, number>();
    for (const one of positions) {
      if (one.instrument === 'stock') held.set(one.symbol, (held.get(one.symbol) ?? 0) + one.quantity);
    }
    const basket = valueOf(await service.ask('basket.read', { name: 'Desk' })).result;
    const target = new Map(basket.names.map(({ symbol, shares }) => [symbol, shares]));
    const kept = valueOf(await service.ask('basket.trades', { name: 'Desk' }));
    const sold = valueOf(await service.ask('basket.trades', { name: 'Desk', others: 'sell' }));
    for (const row of kept.rows) {
      expect(row.held, row.symbol).toBe(held.get(row.symbol) ?? 0);
      expect(row.trade, row.symbol).toBe((target.get(row.symbol) ?? row.held) - row.held);
    }
    for (const row of sold.rows) expect(row.target, row.symbol).toBe(target.get(row.symbol) ?? 0);
    const lots = valueOf(await service.ask('basket.trades', { name: 'Desk', wholeLots: true }));
    for (const row of lots.rows.filter(({ target: wanted }) => wanted !== 0)) {
      expect(Math.abs(row.trade % row.lotSize), row.symbol).toBe(0);
      expect(Math.abs(row.after - row.target), row.symbol).toBeLessThanOrEqual(row.lotSize / 2);
      expect(row.after).toBe(row.held + row.trade);
    }
    expect(kept.net).toBeCloseTo(kept.bought - kept.sold, 6);
    const bought = kept.rows.reduce((sum, row) => sum + Math.max(0, row.value ?? 0), 0);
    expect(kept.bought).toBeCloseTo(bought, 4);
    expect(new Set(kept.rows.map(({ symbol }) => symbol))).toEqual(
      new Set([...target.keys(), ...held.keys()]),
    );
  });
});

describe('the drift monitor', () => {
  it('tests the rules on every session after the basket, and names the first day one broke', async () => {
    const found = valueOf(await service.ask('basket.drift', { name: 'Desk', version: 1 }));
    expect(found.days.length).toBeGreaterThan(5);
    expect(found.days.every(({ date }) => date > earlier && date <= found.asOf)).toBe(true);
    expect(found.days.every(({ rSquared }) => rSquared !== null && rSquared > 0 && rSquared < 1)).toBe(true);
    const first = found.days[0];
    expect(Math.abs((first?.rSquared ?? 0) - small.inSample.rSquared)).toBeLessThan(0.05);
    const strict = { ...small, rules: { ...small.rules, minRSquared: 0.999, minVolDifferential: 0.5 } };
    valueOf(await service.ask('basket.save', { name: 'Strict', result: strict }));
    const broken = valueOf(await service.ask('basket.drift', { name: 'Strict' }));
    expect(broken.firstBroken.map(({ rule }) => rule).sort()).toEqual(['minVolDifferential', 'rSquared']);
    expect(broken.firstBroken.every(({ date }) => date === broken.days[0]?.date)).toBe(true);
    expect(broken.firstBroken.find(({ rule }) => rule === 'rSquared')?.sentence).toMatch(
      /r² fell to 0\.\d{4}/,
    );
    expect(found.firstBroken.filter(({ rule }) => rule === 'rSquared')).toEqual([]);
  });
});
