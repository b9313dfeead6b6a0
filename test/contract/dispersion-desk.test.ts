import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sentenceOf } from '../../shared/failure.ts';
import { openDemoService } from '../support/demo-desk.ts';
import { valueOf, type TestService } from '../support/service.ts';

/** The dispersion desk over the real dispatcher, store and pool, on the market that ships. */
let service: TestService;
const index = 'MERI';

beforeAll(async () => {
  service = openDemoService();
}, 120_000);
afterAll(() => service.port.close());

describe('the past of dispersion', () => {
  it('reads every measure of the day against its past, as the board shows the day', async () => {
    const past = valueOf(await service.ask('dispersion.history', { index }));
    const board = valueOf(await service.ask('dispersion.read', { index }));
    expect(past.dates.length).toBeGreaterThan(60);
    expect(past.dates.every((date) => date < past.asOf)).toBe(true);
    for (const [name, series] of Object.entries(past.measures)) {
      expect(series, name).toHaveLength(past.dates.length);
      expect(past.values[name], name).toBe(board[name as 'impliedCorrelation']);
      const all = past.statistics[name]?.find(({ range }) => range === 'all');
      const known = series.filter((value) => value !== null);
      expect(all?.days, name).toBe(known.length);
      if (known.length === 0) continue;
      expect(all?.min, name).toBe(Math.min(...known));
      expect(all?.max, name).toBe(Math.max(...known));
    }
    const vote = board.votes.find(({ rule }) => rule === 'impliedCorrelation');
    expect(past.statistics['impliedCorrelation']?.at(-1)?.percentile).toBe(vote?.percentile);
  });

  it('compares one measure across terms', async () => {
    const { terms } = valueOf(
      await service.ask('dispersion.terms', { index, measure: 'impliedCorrelation', terms: [30, 60] }),
    );
    const alone = valueOf(await service.ask('dispersion.history', { index, termDays: 60 }));
    expect(terms.map(({ termDays }) => termDays)).toEqual([30, 60]);
    expect(terms[1]?.value).toBe(alone.values['impliedCorrelation']);
    expect(terms[1]?.values).toEqual(alone.measures['impliedCorrelation']);
  });

  it('votes by the thresholds that are asked for, and sets its own hedge against the verdict', async () => {
    const read = async (extreme: number, minHistoryDays: number) =>
      valueOf(
        await service.ask('dispersion.read', {
          index,
          timing: { minHistoryDays, rules: { impliedCorrelation: { extreme } } },
        }),
      );
    const wide = await read(0.5, 60);
    const vote = wide.votes.find(({ rule }) => rule === 'impliedCorrelation');
    expect(['dispersion', 'reverse']).toContain(vote?.vote);
    expect(vote?.threshold).toMatch(/from 50%/);
    const strict = await read(0.2, 2520);
    expect(strict.votes.every((one) => one.vote === 'no-data')).toBe(true);
    expect(strict.ownHedge).toMatchObject({ side: 'reverse', agrees: null });
  });
});

describe('a correlation matrix', () => {
  it('has the same numbers by cluster and by weight, symmetric with ones on its diagonal', async () => {
    const ask = async (sort: 'cluster' | 'weight') =>
      valueOf(await service.ask('dispersion.matrix', { index, termDays: 60, sort }));
    const [clustered, weighted] = [await ask('cluster'), await ask('weight')];
    expect([...clustered.names].sort()).toEqual([...weighted.names].sort());
    expect(weighted.weights).toEqual(weighted.weights.toSorted((a, b) => b - a));
    const at = new Map(weighted.names.map((name, i) => [name, i]));
    clustered.names.forEach((a, i) => {
      expect(clustered.values[i]?.[i]).toBe(1);
      clustered.names.forEach((b, j) => {
        expect(clustered.values[i]?.[j]).toBe(clustered.values[j]?.[i]);
        expect(clustered.values[i]?.[j]).toBe(weighted.values[at.get(a) ?? -1]?.[at.get(b) ?? -1]);
      });
    });
    const neighbors = (names: readonly string[]): number =>
      names
        .slice(1)
        .reduce(
          (sum, b, i) => sum + (weighted.values[at.get(names[i] ?? '') ?? 0]?.[at.get(b) ?? 0] ?? 0),
          0,
        );
    expect(neighbors(clustered.names)).toBeGreaterThan(neighbors(weighted.names));
  });

  it('of implied volatilities has one observation fewer by changes than by levels', async () => {
    const ask = async (observed: 'levels' | 'changes') =>
      valueOf(await service.ask('dispersion.matrix', { index, kind: 'impliedVol', observed }));
    const [levels, changes] = [await ask('levels'), await ask('changes')];
    expect(levels.observations - changes.observations).toBe(1);
    expect(levels.values).not.toEqual(changes.values);
  });
});

describe('a dispersion trade', () => {
  it('matches the exposure it is weighted by, leg by leg in whole contracts, in either direction', async () => {
    for (const side of ['dispersion', 'reverse'] as const) {
      for (const weighting of ['vega', 'theta', 'gamma'] as const) {
        const trade = valueOf(
          await service.ask('dispersion.trade', { index, side, weighting, maxNames: 5, indexContracts: 500 }),
        );
        const key = ({ vega: 'vegaPerVolPoint', theta: 'thetaPerDay', gamma: 'gammaDollar1Pct' } as const)[
          weighting
        ];
        const rounding = trade.legs.reduce((sum, leg) => sum + Math.abs(leg.perContract[key]) / 2, 0);
        expect(Math.abs(trade.net.total[key])).toBeLessThanOrEqual(rounding * 1.000001);
        expect(Math.sign(trade.indexLeg.contracts)).toBe(side === 'dispersion' ? -1 : 1);
        expect(trade.legs.every(({ contracts }) => contracts * trade.indexLeg.contracts <= 0)).toBe(true);
        expect(trade.legs.length).toBe(trade.selection.filter(({ picked }) => picked).length);
        const names = trade.legs.reduce((sum, { position }) => sum + position.vegaPerVolPoint, 0);
        expect(trade.net.names.vegaPerVolPoint).toBeCloseTo(names, 6);
      }
    }
  });

  it('takes the names that are typed in, and says which are not in the index', async () => {
    const first = valueOf(await service.ask('dispersion.trade', { index, maxNames: 2 }));
    const names = first.legs.map(({ symbol }) => symbol);
    const typed = valueOf(await service.ask('dispersion.trade', { index, names: [...names, 'NOBODY'] }));
    expect(typed.legs.map(({ symbol }) => symbol).sort()).toEqual([...names].sort());
    expect(typed.warnings.join(' ')).toMatch(/NOBODY is not in the composition/);
    const none = await service.ask('dispersion.trade', { index, names: ['NOBODY'] });
    expect(none.ok ? '' : sentenceOf(none.error)).toMatch(/no name has a straddle/);
  });
});

describe("the exchange's measures", () => {
  it('stand beside ours with their names and what they leave out', async () => {
    const found = valueOf(await service.ask('dispersion.neighbors', { index, largest: 5 }));
    const { listedCorrelation, dispersionIndex } = found;
    expect(listedCorrelation.names + listedCorrelation.missing.length).toBe(5);
    expect(listedCorrelation.value).toBeGreaterThan(-1);
    expect(dispersionIndex.value).toBeGreaterThan(0);
    const covered = found.components.filter(({ modelFreeVol }) => modelFreeVol !== null);
    const total = covered.reduce((sum, { weight }) => sum + weight, 0);
    const variance = covered.reduce(
      (sum, one) => sum + (one.weight / total) * (one.modelFreeVol ?? 0) ** 2,
      0,
    );
    expect(dispersionIndex.value).toBeCloseTo(Math.sqrt(variance - (dispersionIndex.indexVol ?? 0) ** 2), 12);
  });
});
