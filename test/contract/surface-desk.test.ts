import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyDemoDesk } from '../support/demo-desk.ts';
import { chainSource } from '../../main/commands/support/market/chain-input.ts';
import { analyzeChain } from '../../shared/quant/chain/chain-analysis.ts';
import { openTestService, temporaryFolder, valueOf, type TestService } from '../support/service.ts';
import { openTestStore } from '../support/store.ts';
import { arbitrageOf } from '../support/surface-grid.ts';

/** Surfaces, inputs by hand and skew histories over the real dispatcher, store and pool, on the market that ships. */
const folder = temporaryFolder();
const deskFile = join(folder.path, 'surface.voldesk');
let service: TestService;
let index: string;

beforeAll(async () => {
  copyDemoDesk(deskFile);
  service = openTestService(deskFile);
  index = 'MERI';
}, 120_000);
afterAll(async () => {
  await service.port.close();
  folder.remove();
});

const reopened = async (): Promise<void> => {
  await service.port.close();
  service = openTestService(deskFile);
};
const read = async (expiryKeys: string[] = ['all']) =>
  valueOf(await service.ask('chain.read', { symbol: index, expiryKeys }));
const auditOf = async (command: string) =>
  valueOf(await service.ask('audit.list', { search: command })).entries[0];

describe('the surfaces of the demo market', () => {
  it('are free of butterfly and calendar arbitrage', async () => {
    await service.port.close();
    const store = openTestStore(deskFile);
    // The indices and every fourth name: all of them take ten seconds.
    const names = store.read.underliers
      .holdings()
      .filter(({ chainDates, kind }, i) => chainDates.length > 0 && (kind === 'index' || i % 4 === 0));
    expect(names.length).toBeGreaterThan(3);
    for (const { symbol, chainDates } of names) {
      const { input } = chainSource(store.read, symbol, chainDates[0]!, 'mid');
      expect(arbitrageOf(analyzeChain(input).expiries), symbol).toEqual([]);
    }
    store.close();
    service = openTestService(deskFile);
  }, 60_000);

  it('come as a grid, a term structure with forward volatilities, and densities', async () => {
    const found = valueOf(await service.ask('surface.read', { symbol: index }));
    expect(found.expiries.length).toBeGreaterThan(2);
    for (const { vols, deltaVols, curve, arbitrageFree } of found.expiries) {
      expect(vols).toHaveLength(found.logMoneyness.length);
      expect(deltaVols).toHaveLength(found.deltas.length);
      expect(arbitrageFree).toBe(true);
      expect(curve!.density.every((value) => value >= 0)).toBe(true);
    }
    const [first] = found.forwardVols;
    const times = new Map(found.expiries.map((one) => [one.key, one]));
    const [near, far] = [times.get(first!.near)!, times.get(first!.far)!];
    const variance = far.atmVol! ** 2 * far.timeToExpiry - near.atmVol! ** 2 * near.timeToExpiry;
    expect(first!.vol! ** 2 * (far.timeToExpiry - near.timeToExpiry)).toBeCloseTo(variance, 12);
  });

  it('are counted in sessions where that is asked for, and say so', async () => {
    const calendar = valueOf(await service.ask('surface.read', { symbol: index }));
    const trading = valueOf(await service.ask('surface.read', { symbol: index, clock: { kind: 'trading' } }));
    expect(calendar.clock).toMatchObject({ kind: 'calendar' });
    expect(trading.clock.note).toContain('sessions over 252');
    for (const [i, one] of trading.expiries.entries()) {
      const other = calendar.expiries[i]!;
      expect(one.timeToExpiry * 252).not.toBeCloseTo(other.timeToExpiry * 252, 3);
      // The total variance is the market's, whatever counts the days.
      expect((one.atmVol! ** 2 * one.timeToExpiry) / (other.atmVol! ** 2 * other.timeToExpiry)).toBeCloseTo(
        1,
        2,
      );
    }
  });
});

describe('a quote taken out by hand', () => {
  it('is gone from the fit, marked in its row, audited, and still out after a restart', async () => {
    const before = await read();
    const expiry = before.expiries.find(({ fit }) => fit !== null && fit.quotesUsed > 8)!;
    const at = expiry.rows!.put.bidVol.findIndex(
      (vol, i) => vol !== null && expiry.rows!.strikes[i]! < expiry.forward!,
    );
    const contract = expiry.rows!.put.contract[at]!;
    const { exclusionId } = valueOf(
      await service.ask('quotes.exclude', {
        symbol: index,
        contract,
        tradeDate: before.asOf,
        reason: 'stale',
      }),
    );
    expect(await auditOf('quotes.exclude')).toMatchObject({ subject: contract, outcome: 'done' });
    const twice = await service.ask('quotes.exclude', {
      symbol: index,
      contract,
      tradeDate: before.asOf,
      reason: 'again',
    });
    expect(twice).toMatchObject({ ok: false, error: { code: 'already-exists' } });
    await reopened();
    const out = (await read()).expiries.find(({ key }) => key === expiry.key)!;
    expect(out.rows!.put.excluded[at]).toBe(true);
    expect(out.rows!.put.reason[at]).toContain('excluded by hand');
    expect(out.fit!.quotesUsed).toBe(expiry.fit!.quotesUsed - 1);
    const { exclusions } = valueOf(await service.ask('quotes.exclusions', { symbol: index }));
    expect(exclusions).toMatchObject([{ exclusionId, contract, reason: 'stale' }]);
    valueOf(await service.ask('quotes.restore', { exclusionId }));
    const back = (await read()).expiries.find(({ key }) => key === expiry.key)!;
    expect(back.rows!.put.excluded).toEqual(expiry.rows!.put.excluded);
    expect(back.fit!.quotesUsed).toBe(expiry.fit!.quotesUsed);
    expect(back.skew.atmVol).toBeCloseTo(expiry.skew.atmVol!, 12);
    expect(await service.ask('quotes.restore', { exclusionId })).toMatchObject({
      ok: false,
      error: { code: 'not-found' },
    });
  });
});

describe('a market input set by hand', () => {
  it('carries forward, rate and price into the chain, survives a restart, and goes when cleared', async () => {
    const before = await read([]);
    const one = before.expiries.find(({ forward, days }) => forward !== null && days > 20)!;
    const forward = one.forward! * 1.002;
    const set = async (override: {
      kind: 'forward' | 'rate' | 'price' | 'yield';
      expiry?: string;
      value: number;
    }) =>
      valueOf(await service.ask('override.set', { symbol: index, reason: 'desk view', ...override }))
        .overrideId;
    await set({ kind: 'forward', expiry: one.expiry, value: 1 });
    const ids = [
      await set({ kind: 'forward', expiry: one.expiry, value: forward }),
      await set({ kind: 'rate', value: 0.07 }),
      await set({ kind: 'price', value: before.spot! * 1.001 }),
    ];
    expect(await auditOf('override.set')).toMatchObject({ subject: index, outcome: 'done' });
    await reopened();
    expect(
      valueOf(await service.ask('override.list', {})).overrides.map(({ overrideId }) => overrideId),
    ).toEqual(ids);
    const manual = await read([]);
    const found = manual.expiries.find(({ key }) => key === one.key)!;
    expect(found).toMatchObject({ forward, forwardSource: 'manual', discountSource: 'set by hand' });
    expect(-Math.log(found.discountFactor) / found.timeToExpiry).toBeCloseTo(0.07, 12);
    expect(manual.spot).toBe(before.spot! * 1.001);
    expect(manual.spotSource).toContain('desk view');
    const carried = await set({ kind: 'yield', expiry: one.key, value: 0.02 });
    valueOf(await service.ask('override.clear', { overrideId: ids[0]! }));
    const byYield = (await read([])).expiries.find(({ key }) => key === one.key)!;
    expect(byYield.forwardSource).toBe('manual');
    expect(byYield.forward).toBeCloseTo(manual.spot! * Math.exp(0.05 * one.timeToExpiry), 8);
    for (const overrideId of [...ids.slice(1), carried])
      valueOf(await service.ask('override.clear', { overrideId }));
    const after = await read([]);
    expect(after.spot).toBe(before.spot);
    expect(after.expiries.map(({ forwardSource }) => forwardSource)).toEqual(
      before.expiries.map(({ forwardSource }) => forwardSource),
    );
  });

  it('is refused where it cannot be meant', async () => {
    const ask = (override: { kind: 'forward' | 'rate' | 'price'; value: number; expiry?: string }) =>
      service.ask('override.set', { symbol: index, reason: 'test', ...override });
    for (const wrong of [
      { kind: 'forward', value: -5, expiry: '2026-12-18' },
      { kind: 'forward', value: 100 },
      { kind: 'rate', value: 5 },
      { kind: 'price', value: 0 },
      { kind: 'price', value: 10, expiry: '2026-12-18' },
    ] as const)
      expect(await ask(wrong)).toMatchObject({ ok: false, error: { code: 'invalid-request' } });
    expect(
      await service.ask('override.set', { symbol: 'NOWHERE', kind: 'rate', value: 0.01, reason: 'test' }),
    ).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(await service.ask('override.clear', { overrideId: 999_999 })).toMatchObject({
      ok: false,
      error: { code: 'not-found' },
    });
  });
});

describe('the skew history', () => {
  it('has a value for every stored chain day, agrees with the chain, and is kept', async () => {
    const found = valueOf(await service.ask('skew.history', { symbol: index }));
    const chain = await read([]);
    const iv30 = found.measures.find(({ measure }) => measure === 'iv30')!;
    expect(iv30.dates.at(-1)).toBe(chain.asOf);
    expect(iv30.values.at(-1)).toBe(chain.ivIndex.find(({ termDays }) => termDays === 30)!.vol);
    expect(found.measures.map(({ reading }) => reading.days).every((days) => days < iv30.dates.length)).toBe(
      true,
    );
    for (const { reading } of found.measures) {
      if (reading.reason === null) expect(reading.percentile).toBeGreaterThanOrEqual(0);
      else expect(reading.percentile).toBeNull();
    }
    await reopened();
    const again = valueOf(await service.ask('skew.history', { symbol: index, measure: 'riskReversal25' }));
    expect(again.measures).toEqual(found.measures.filter(({ measure }) => measure === 'riskReversal25'));
  });

  it('stands in the scan beside the measures, percentile and rank apart', async () => {
    const { rows } = valueOf(await service.ask('scan.read', { index, standing: true }));
    expect(rows.length).toBeGreaterThan(5);
    for (const { standing, skewHistoryDays } of rows) {
      for (const { percentile, rank } of Object.values(standing)) {
        if (skewHistoryDays < 10) expect([percentile, rank]).toEqual([null, null]);
        for (const share of [percentile, rank])
          if (share !== null) expect(Math.abs(share - 0.5)).toBeLessThanOrEqual(0.5);
      }
    }
  });
});
