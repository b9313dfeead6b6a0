import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileBeside } from '../support/reference.ts';
import { openTestService, valueOf, type TestService } from '../support/service.ts';

const files = [
  'fo_2026-02-25_2026-03-27.csv.gz',
  'ohlcv_adjusted_2024-12-01_2026-04-10.csv',
  'weights_estimated.csv',
].map((name) => fileBeside(`data/nse/${name}`));
const lastDay = '2026-03-27';

/** The one coherent pack: an index with the chains of all its names, 21 sessions. */
describe.skipIf(files.includes(null))('the NSE indices and their names', () => {
  let service: TestService;
  beforeAll(async () => {
    service = openTestService();
    for (const file of files) await service.importFile(file!);
  }, 60_000);
  afterAll(() => service.port.close());
  const read = async (index: string, termDays: number, asOf = lastDay) =>
    valueOf(await service.ask('dispersion.read', { index, termDays, asOf }));

  it.each([
    ['NIFTY', 30],
    ['NIFTY', 60],
    ['BANKNIFTY', 30],
    ['BANKNIFTY', 60],
  ] as const)(
    'have the implied measures of %s on all 21 days at %i days',
    async (index, termDays) => {
      const past = valueOf(await service.ask('dispersion.history', { index, termDays, asOf: lastDay }));
      const chosen = ['indexVol', 'impliedCorrelation', 'weightedVol', 'firstCoefficient'] as const;
      const days = [...past.dates, past.asOf];
      expect(days).toHaveLength(21);
      for (const name of chosen) {
        const series = [...(past.measures[name] ?? []), past.values[name] ?? null];
        expect(series.filter((value) => value !== null).length, name).toBeGreaterThanOrEqual(20);
      }
      const ratio = (past.values['weightedVol'] ?? 0) / (past.values['indexVol'] ?? 0);
      expect(past.values['firstCoefficient']).toBeCloseTo(ratio, 12);
    },
    60_000,
  );

  it('keep the identity between index volatility, correlation and the names to 1e-9', async () => {
    for (const [index, termDays] of [
      ['NIFTY', 30],
      ['NIFTY', 60],
      ['BANKNIFTY', 30],
      ['BANKNIFTY', 60],
    ] as const) {
      const found = await read(index, termDays);
      const known = found.components.filter(({ vol }) => vol !== null);
      const total = known.reduce((sum, { weight }) => sum + weight, 0);
      const exposures = known.map(({ weight, vol }) => (weight / total) * (vol ?? 0));
      let pairs = 0;
      for (let i = 0; i < exposures.length; i++) {
        for (let j = 0; j < i; j++) pairs += exposures[i]! * exposures[j]!;
      }
      const sum = exposures.reduce((a, b) => a + b, 0);
      const variance = sum ** 2 + 2 * ((found.impliedCorrelation ?? Number.NaN) - 1) * pairs;
      expect(Math.abs((found.indexVol ?? 0) ** 2 - variance), index).toBeLessThan(1e-9);
      expect(found.weightedVol).toBeCloseTo(sum, 12);
    }
  });

  it('imply a correlation above 1 three days before an expiry: shown, flagged and explained', async () => {
    const found = await read('NIFTY', 3);
    expect(found.impliedCorrelation).toBeGreaterThan(1);
    expect(found.impliedCorrelationNote).toMatch(/^Above 100 %: the index is priced above the weighted sum/);
    expect(found.indexVol).toBeGreaterThan(found.weightedVol ?? Number.NaN);
    const month = await read('NIFTY', 30);
    expect(month.impliedCorrelationNote).toBeNull();
    expect(month.impliedCorrelation).toBeLessThan(1);
  }, 60_000);

  it('say that the weights were estimated, and that BANKNIFTY has no prices', async () => {
    const found = await read('BANKNIFTY', 30);
    expect(found.concerns.join('\n')).toMatch(/found by NNLS/);
    expect(found.concerns.join('\n')).toMatch(
      /BANKNIFTY has no realized volatility, so realized correlation and the ratios to it are blank/,
    );
    expect(found.realizedCorrelation).toBeNull();
    expect(found.impliedCorrelation).not.toBeNull();
  });
});
