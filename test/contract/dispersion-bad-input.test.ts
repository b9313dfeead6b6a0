import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, weekday } from '../../shared/dates.ts';
import { openTestService, temporaryFolder, valueOf, type TestService } from '../support/service.ts';

const asOf = '2026-11-20';
const termDays = 10;
const days = Array.from({ length: 60 }, (_, i) => addDays(asOf, i - 59)).filter(
  (day) => weekday(day) !== 0 && weekday(day) !== 6,
);

/** A repeatable bumpy close. */
const closeOf = (seed: number, t: number): number =>
  100 * Math.exp(0.03 * Math.sin(seed * (t + 1)) + 0.02 * Math.cos(seed * t * t));

type Price = number | null;
/** What is wrong with each name. */
const prices: Readonly<Record<string, (t: number, day: string) => Price>> = {
  GOOD: (t) => closeOf(1.3, t),
  FINE: (t) => closeOf(2.1, t),
  TWIN: (t) => closeOf(2.1, t),
  SPLITS: (t, day) => closeOf(1.7, t) / (day >= '2026-11-16' ? 5 : 1),
  MISSES: (t, day) => (day === '2026-11-17' ? null : closeOf(2.9, t)),
  YOUNG: (t, day) => (day < '2026-11-16' ? null : closeOf(3.1, t)),
  STILL: () => 50,
  NOVOL: (t) => closeOf(3.7, t),
};
const names = [...Object.keys(prices), 'NOPRICE'];
const weights: Readonly<Record<string, number>> = { GOOD: 0.2, FINE: 0.15, NOVOL: 0.05 };

describe('dispersion over data that cannot all be trusted', () => {
  const folder = temporaryFolder();
  let service: TestService;
  const write = (name: string, rows: readonly (readonly (string | number)[])[]): string => {
    const path = join(folder.path, name);
    writeFileSync(path, rows.map((row) => row.join(',')).join('\n'));
    return path;
  };
  beforeAll(async () => {
    service = openTestService();
    const all: typeof prices = { ...prices, WHOLE: (t) => 10 * closeOf(0.7, t) };
    const bars = Object.entries(all).flatMap(([symbol, at]) =>
      days.flatMap((day, t) => {
        const close = at(t, day);
        return close === null ? [] : [[symbol, day, close, close, close, close]];
      }),
    );
    await service.importFile(
      write('prices.csv', [['symbol', 'date', 'open', 'high', 'low', 'close'], ...bars]),
    );
    const vols = [...names, 'WHOLE']
      .filter((symbol) => symbol !== 'NOVOL')
      .flatMap((symbol, k) =>
        days.map((day, t) => [
          symbol,
          day,
          termDays,
          0.2 + k / 100 + (symbol === 'STILL' ? 0 : 0.02 * Math.sin(k + t)),
        ]),
      );
    await service.importFile(write('vols.csv', [['symbol', 'date', 'days', 'iv'], ...vols]));
    const held = (index: string) => names.map((symbol) => [index, asOf, symbol, weights[symbol] ?? 0.08]);
    await service.importFile(
      write('weights.csv', [['index', 'as_of', 'symbol', 'weight'], ...held('WHOLE'), ...held('BARE')]),
    );
  }, 60_000);
  afterAll(async () => {
    await service.port.close();
    folder.remove();
  });
  const read = async (index: string) =>
    valueOf(await service.ask('dispersion.read', { index, termDays, asOf }));

  it('says that the weights do not sum to one, and renormalizes them', async () => {
    const { concerns, components } = await read('WHOLE');
    expect(concerns[0]).toMatch(/9 weights of 2026-11-20, summing to 88\.00% before renormalizing/);
    expect(components.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
  });

  it('names what has no volatility, with its weight and what that leaves of the coverage', async () => {
    const { concerns, coverage } = await read('WHOLE');
    const said = concerns.find((line) => line.includes('implied volatility left out'));
    expect(said).toMatch(
      /^1 name, 5\.7% of the weight, without an implied volatility left out of the implied/,
    );
    expect(said).toMatch(/NOVOL/);
    expect(coverage).toMatchObject({ badge: 'partial', names: 8, of: 9, missing: ['NOVOL'] });
    expect(coverage.weight).toBeCloseTo(0.83 / 0.88, 12);
  });

  it('names what has no prices, a missing session, an unadjusted split and too short a history', async () => {
    const { concerns, components } = await read('WHOLE');
    const said = concerns.find((line) => line.includes('realized volatility left out')) ?? '';
    expect(said).toMatch(/^4 names, 36\.4% of the weight/);
    expect(said).toMatch(/NOPRICE: NOPRICE has no daily prices up to 2026-11-20/);
    expect(said).toMatch(/SPLITS: The close moves from .* as an unadjusted 5-for-1 split would/);
    expect(said).toMatch(/MISSES: [^.]*2026-11-17/);
    expect(said).toMatch(/YOUNG: /);
    const blank = components
      .filter(({ historicalVol }) => historicalVol === null)
      .map(({ symbol }) => symbol);
    expect(blank.sort()).toEqual(['MISSES', 'NOPRICE', 'SPLITS', 'YOUNG']);
  });

  it('leaves out a name that does not vary, and says that two names have the same returns', async () => {
    const { concerns, corrWeightedVol, corrWeightedHistoricalVol } = await read('WHOLE');
    const text = concerns.join('\n');
    expect(text).toMatch(
      /left out of CorrWtdCompHV and HistCorrWtdCompIV\. STILL has the same prices on every day\./,
    );
    expect(text).toMatch(
      /left out of CorrWtdCompIV\. STILL has the same implied volatilities on every day\./,
    );
    expect(text).toMatch(/FINE and TWIN have the same returns on every day/);
    expect(corrWeightedVol).toBeGreaterThan(0);
    expect(corrWeightedHistoricalVol).toBeGreaterThan(0);
  });

  it('says what an index without options and without prices leaves blank, and keeps the rest', async () => {
    const found = await read('BARE');
    const text = found.concerns.join('\n');
    expect(text).toMatch(
      /BARE has no implied volatility, so implied correlation and the ratios to it are blank/,
    );
    expect(text).toMatch(
      /BARE has no realized volatility, so realized correlation and the ratios to it are blank/,
    );
    expect([found.impliedCorrelation, found.firstCoefficient, found.thirdCoefficient]).toEqual([
      null,
      null,
      null,
    ]);
    expect(found.reasons['firstCoefficient']).toMatch(/no implied volatility/);
    expect(found.weightedVol).toBeGreaterThan(0);
  });

  it('says the same beside the matrix, which keeps the names it can', async () => {
    const matrix = valueOf(await service.ask('dispersion.matrix', { index: 'WHOLE', termDays, asOf }));
    const out = Object.fromEntries(matrix.leftOut.map(({ symbol, reason }) => [symbol, reason]));
    expect(out['NOPRICE']).toMatch(/^NOPRICE has no daily prices up to/);
    expect(out['YOUNG']).toMatch(/Needs 11 daily prices and there are 5/);
    expect(out['STILL']).toMatch(/has the same prices on every day/);
    expect(out['SPLITS']).toMatch(/unadjusted 5-for-1 split/);
    expect([...matrix.names].sort()).toEqual(['FINE', 'GOOD', 'NOVOL', 'TWIN']);
    expect(matrix.weightUsed).toBeLessThan(1);
  });

  it('keeps thresholds on the desk for every reading, and forgets what it cannot read', async () => {
    const keep = async (value: string) =>
      valueOf(await service.ask('preference.save', { key: 'dispersion.timing', value }));
    await keep(
      JSON.stringify({ minVotes: 1, minHistoryDays: 5, rules: { impliedCorrelation: { extreme: 0.5 } } }),
    );
    const kept = await read('WHOLE');
    expect(kept.timing).toMatchObject({ minVotes: 1, minHistoryDays: 5, isUsual: false });
    expect(kept.votes.find(({ rule }) => rule === 'impliedCorrelation')).toMatchObject({ extreme: 0.5 });
    for (const broken of ['{}', 'not json', '{"minVotes":99}']) {
      await keep(broken);
      expect((await read('WHOLE')).timing).toMatchObject({ minVotes: 2, isUsual: true });
    }
  });
});
