import { describe, expect, it } from 'vitest';
import { addDays } from '../../../shared/dates.ts';
import {
  correlationMatrix,
  correlationOfSeries,
  type DatedSeries,
} from '../../../shared/quant/dispersion/correlation.ts';
import { dispersionHistory } from '../../../shared/quant/dispersion/dispersion-history.ts';
import { dispersionMeasures } from '../../../shared/quant/dispersion/dispersion.ts';
import { realizedVolFromMarks } from '../../../shared/quant/history/realized-vol.ts';

/** A repeatable bumpy path: no chance in it. */
function path(name: string, seed: number, start: number, step: number, days = 90): DatedSeries {
  const dates = Array.from({ length: days }, (_, t) => addDays('2026-01-01', t));
  let level = start;
  const values = dates.map(
    (_, t) => (level *= 1 + step * Math.sin(seed * (t + 1)) + 0.3 * step * Math.cos(seed * t * t)),
  );
  return { name, dates, values };
}

const names = ['AA', 'BB', 'CC'];
const components = names.map((symbol, i) => ({ symbol, weight: [0.5, 0.3, 0.2][i] ?? 0 }));
const input = {
  components,
  indexVol: path('IDX', 1.3, 0.18, 0.01),
  componentVols: names.map((name, i) => path(name, 1.7 + i, 0.3, 0.02)),
  indexCloses: path('IDX', 2.1, 1000, 0.01),
  componentCloses: names.map((name, i) => path(name, 2.3 + i, 100, 0.015)),
  window: 20,
  volWindow: 40,
  fewestVolObservations: 10,
};

describe('dispersionHistory', () => {
  it('gives on the last day what the measures of that day give by themselves', () => {
    const last = dispersionHistory(input).at(-1);
    const tail = (series: DatedSeries, count: number): DatedSeries => ({
      name: series.name,
      dates: series.dates.slice(-count),
      values: series.values.slice(-count),
    });
    const hv = (series: DatedSeries): number => {
      const vol = realizedVolFromMarks({ estimator: 'zeroMean', marks: series.values.slice(-21) });
      if (!vol.ok) throw new Error('a full window');
      return vol.value.vol;
    };
    const matrix = (series: readonly DatedSeries[], observed: 'levels' | 'logReturns') => {
      const found = correlationOfSeries({ series, observed, minObservations: 10 });
      if (!found.ok) throw new Error('enough observations');
      return found.value;
    };
    const direct = dispersionMeasures({
      components: components.map((component, i) => ({
        ...component,
        vol: input.componentVols[i]?.values.at(-1) ?? null,
        historicalVol: hv(input.componentCloses[i] ?? input.indexCloses),
      })),
      indexVol: input.indexVol.values.at(-1) ?? null,
      indexHistoricalVol: hv(input.indexCloses),
      priceCorrelations: matrix(
        input.componentCloses.map((s) => tail(s, 21)),
        'logReturns',
      ),
      volCorrelations: matrix(
        input.componentVols.map((s) => tail(s, 40)),
        'levels',
      ),
    });
    for (const [key, value] of Object.entries(direct.measures)) {
      expect(last?.measures[key as keyof typeof direct.measures], key).toBeCloseTo(value ?? Number.NaN, 12);
    }
  });

  it('knows nothing of the days that come after', () => {
    const whole = dispersionHistory(input);
    const cut = (series: DatedSeries): DatedSeries => ({
      ...series,
      dates: series.dates.slice(0, 70),
      values: series.values.slice(0, 70),
    });
    const early = dispersionHistory({
      ...input,
      indexVol: cut(input.indexVol),
      componentVols: input.componentVols.map(cut),
      indexCloses: cut(input.indexCloses),
      componentCloses: input.componentCloses.map(cut),
    });
    expect(early).toEqual(whole.slice(0, 70));
  });

  it('leaves a measure blank on days that lack its window, and has no day without an index volatility', () => {
    const days = dispersionHistory({
      ...input,
      indexVol: {
        ...input.indexVol,
        dates: input.indexVol.dates.slice(5),
        values: input.indexVol.values.slice(5),
      },
    });
    expect(days[0]?.date).toBe(addDays('2026-01-01', 5));
    expect(days[0]?.measures.thirdCoefficient).toBeNull();
    expect(days[0]?.measures.impliedCorrelation).not.toBeNull();
  });

  it('has the implied measures of an index without prices, and blanks for its realized ones', () => {
    const days = dispersionHistory({ ...input, indexCloses: { name: 'IDX', dates: [], values: [] } });
    const whole = dispersionHistory(input);
    expect(days.map(({ date }) => date)).toEqual(whole.map(({ date }) => date));
    const [last, known] = [days.at(-1)?.measures, whole.at(-1)?.measures];
    expect(last?.impliedCorrelation).toBe(known?.impliedCorrelation);
    expect(last?.secondCoefficient).toBe(known?.secondCoefficient);
    expect(last?.realizedCorrelation).toBeNull();
    expect(last?.thirdCoefficient).toBeNull();
  });

  it('gives on every day what the measures of that day give, with names that come, go, pause and stand still', () => {
    const drop = (series: DatedSeries, keeps: (t: number) => boolean): DatedSeries => ({
      name: series.name,
      dates: series.dates.filter((_, t) => keeps(t)),
      values: series.values.filter((_, t) => keeps(t)),
    });
    const many = Array.from({ length: 9 }, (_, i) => `N${i}`);
    const gaps: readonly ((t: number) => boolean)[] = [
      (t) => t > 30,
      (t) => t < 70,
      (t) => t % 17 !== 0,
      (t) => t < 40 || t > 44,
    ];
    const vols = many.map((name, i) => {
      const whole = path(name, 0.7 + i, 0.25, 0.02);
      const still = i === 5 ? { ...whole, values: whole.values.map(() => 0.3) } : whole;
      return i < gaps.length ? drop(still, gaps[i]!) : still;
    });
    const closes = many.map((name, i) => {
      const whole = path(name, 1.1 + i, 80, 0.015);
      return i >= 6 ? drop(whole, gaps[i - 6]!) : whole;
    });
    const wild = {
      ...input,
      components: many.map((symbol, i) => ({ symbol, weight: (i + 1) / 45 })),
      componentVols: vols,
      componentCloses: closes,
    };
    const found = dispersionHistory(wild);
    const days = wild.indexCloses.dates;
    const on = (series: DatedSeries, day: string): number | null => {
      const at = series.dates.indexOf(day);
      return at < 0 ? null : (series.values[at] ?? null);
    };
    const returnsOf = (series: DatedSeries) =>
      days.map((day, t) => {
        const [now, before] = [on(series, day), t === 0 ? null : on(series, days[t - 1]!)];
        return now === null || before === null ? null : Math.log(now / before);
      });
    const returns = closes.map(returnsOf);
    const whole = (part: readonly (number | null)[]): part is readonly number[] =>
      part.every((value) => value !== null);
    const volOf = (part: readonly (number | null)[]): number | null =>
      whole(part) && part.length === wild.window
        ? Math.sqrt((part.reduce((sum, r) => sum + r * r, 0) / wild.window) * 252)
        : null;
    const matrixOf = (columns: readonly (readonly (number | null)[])[]) => {
      const kept = columns.flatMap((part, i) =>
        whole(part) && new Set(part).size > 1 ? [{ name: many[i]!, part }] : [],
      );
      const made = correlationMatrix({
        names: kept.map(({ name }) => name),
        columns: kept.map(({ part }) => part),
      });
      return kept.length < 2 || !made.ok ? null : made.value;
    };
    expect(found).toHaveLength(days.length);
    for (const [t, { date, measures }] of found.entries()) {
      const from = Math.max(0, t - wild.volWindow + 1);
      const windowOf = (column: readonly (number | null)[]) =>
        column.slice(Math.max(0, t - wild.window + 1), t + 1);
      const direct = dispersionMeasures({
        components: wild.components.map(({ symbol, weight }, i) => ({
          symbol,
          weight,
          vol: on(vols[i]!, date),
          historicalVol: volOf(windowOf(returns[i]!)),
        })),
        indexVol: on(wild.indexVol, date),
        indexHistoricalVol: volOf(windowOf(returnsOf(wild.indexCloses))),
        priceCorrelations: t < wild.window ? null : matrixOf(returns.map(windowOf)),
        volCorrelations:
          t - from + 1 < wild.fewestVolObservations
            ? null
            : matrixOf(vols.map((series) => days.slice(from, t + 1).map((day) => on(series, day)))),
      });
      for (const [key, value] of Object.entries(direct.measures)) {
        const own = measures[key as keyof typeof measures];
        if (value === null) expect(own, `${key} on ${date}`).toBeNull();
        else expect(own, `${key} on ${date}`).toBeCloseTo(value, 11);
      }
    }
    expect(found.some(({ measures }) => measures.secondCoefficient !== null)).toBe(true);
    expect(found.some(({ measures }) => measures.thirdCoefficient !== null)).toBe(true);
  });

  it('gives one new day alone as it gives it with all the others', () => {
    const whole = dispersionHistory(input);
    for (const since of [whole[70]!.date, whole.at(-1)!.date, whole[0]!.date]) {
      const alone = dispersionHistory({ ...input, since });
      const same = whole.filter(({ date }) => date >= since);
      expect(alone.map(({ date }) => date)).toEqual(same.map(({ date }) => date));
      for (const [k, { measures }] of alone.entries()) {
        for (const [key, value] of Object.entries(same[k]!.measures)) {
          const own = measures[key as keyof typeof measures];
          if (value === null) expect(own, key).toBeNull();
          else expect(own, key).toBeCloseTo(value, 11);
        }
      }
    }
    expect(dispersionHistory({ ...input, since: '2030-01-01' })).toEqual([]);
  });
});
