import type { BasketDrift } from '../../../../shared/contract/basket-desk.ts';
import type { BasketRules, SavedBasket } from '../../../../shared/contract/basket.ts';
import { sessionsPerYear, type IsoDate } from '../../../../shared/dates.ts';
import { failure } from '../../../../shared/failure.ts';
import type { DatedSeries } from '../../../../shared/quant/dispersion/correlation.ts';
import { basketReturns, trackingFit } from '../../../../shared/quant/math/regression.ts';
import { inVolPoints } from '../../../../shared/quant/risk-units.ts';
import { inDecimals, inPercent } from '../../../../shared/quant/words.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import type { QueryContext } from '../../handlers.ts';
import { headOf } from './basket-versions.ts';
import type { ChainDesk } from '../market/chain-desk.ts';
import { compositionOf } from '../market/composition.ts';
import { closesOf } from '../market/prices.ts';
import { returnPanel } from '../market/return-panel.ts';

type Day = BasketDrift['days'][number];
type Rule = Day['broken'][number];

const weeksPerYear = 52;
/** A fit since the basket's day needs this many observations to say anything. */
const fewestSince = 20;

/** Zero-mean volatility of the last `window` returns up to and with a day; null where there are fewer. */
function volOn({ dates, values }: DatedSeries, day: IsoDate, window: number): number | null {
  const last = dates.findLastIndex((date) => date <= day);
  if (last < window) return null;
  let squares = 0;
  for (let t = last - window + 1; t <= last; t += 1) {
    squares += Math.log((values[t] ?? 0) / (values[t - 1] ?? 1)) ** 2;
  }
  return Number.isFinite(squares) ? Math.sqrt((squares / window) * sessionsPerYear) : null;
}

interface Breach {
  readonly rule: Rule;
  readonly limit: number;
  readonly value: number;
  readonly sentence: string;
}

/** The rules that a day breaks, each with its number. */
function breaches(rules: BasketRules, row: Omit<Day, 'broken'>): readonly Breach[] {
  const found: Breach[] = [];
  const on = (limit: number | null): limit is number => limit !== null;
  if (on(rules.minRSquared) && row.rSquared !== null && row.rSquared < rules.minRSquared) {
    const sentence = `r² fell to ${inDecimals(row.rSquared, 4)}; ${inDecimals(rules.minRSquared, 3)} was asked for.`;
    found.push({ rule: 'rSquared', limit: rules.minRSquared, value: row.rSquared, sentence });
  }
  if (on(rules.maxIndexShare) && row.indexShareByName >= rules.maxIndexShare) {
    const sentence = `The basket holds ${inPercent(row.indexShareByName)} of the index's names; less than ${inPercent(rules.maxIndexShare)} was asked for.`;
    found.push({
      rule: 'maxIndexShare',
      limit: rules.maxIndexShare,
      value: row.indexShareByName,
      sentence,
    });
  }
  if (on(rules.maxWeightOverlap) && row.weightOverlap >= rules.maxWeightOverlap) {
    const sentence = `The weights overlap the index's by ${inPercent(row.weightOverlap)}; less than ${inPercent(rules.maxWeightOverlap)} was asked for.`;
    found.push({
      rule: 'maxWeightOverlap',
      limit: rules.maxWeightOverlap,
      value: row.weightOverlap,
      sentence,
    });
  }
  if (row.differentialShare !== null && row.differentialShare < rules.volDifferentialShare - 1e-12) {
    const lowest = row.lowestDifferential;
    const who =
      lowest === null ? '' : `; ${lowest.symbol} is at ${inDecimals(inVolPoints(lowest.value))} points`;
    const sentence = `${inPercent(row.differentialShare)} of the names keep their volatility differential, ${inPercent(rules.volDifferentialShare)} must${who}.`;
    found.push({
      rule: 'minVolDifferential',
      limit: rules.volDifferentialShare,
      value: row.differentialShare,
      sentence,
    });
  }
  return found;
}

/**
 * A saved basket on every session after its day: does what is held still keep the rules it was built by?
 * Shares are held, so weights move with the prices; the r² is of those weights over a trailing window as
 * long as the fit's.
 */
export async function basketDriftOf(
  saved: SavedBasket,
  day: IsoDate,
  context: QueryContext,
  chains: ChainDesk,
): Promise<Result<BasketDrift>> {
  const { read } = context;
  const { result: basket } = saved;
  const { rules } = basket;
  const held = basket.names.filter(({ shares }) => shares > 0);
  const window = basket.inSample.observations;
  const { frequency } = rules;
  const index = closesOf(read, basket.index, day);
  const series = new Map(held.map(({ symbol }) => [symbol, closesOf(read, symbol, day)]));
  const panel = returnPanel({ index, names: [...series.values()], to: day, frequency });
  const missing = panel.leftOut.map(({ symbol, reason }) => `${symbol} ${reason}.`);
  const kept = held.filter(({ symbol }) => Object.hasOwn(panel.stocks, symbol));
  const sessions = index.dates.filter((date) => date > basket.asOf);
  if (kept.length === 0 || panel.index.length < 3) {
    return fail(
      failure('missing-prices', `Basket ${saved.name}`, { have: panel.index.length, need: 3, asOf: day }),
    );
  }

  const closeOn = (symbol: string, date: IsoDate): number | null => {
    const found = series.get(symbol);
    const at = found?.dates.findLastIndex((one) => one <= date) ?? -1;
    return found?.values[at] ?? null;
  };
  const days: Day[] = [];
  for (const [at, date] of sessions.entries()) {
    context.progress({ label: `Basket ${saved.name} on ${date}`, done: at, total: sessions.length });
    const values = kept.map(({ symbol, value }) => {
      const [then, now] = [closeOn(symbol, basket.asOf), closeOn(symbol, date)];
      return then === null || now === null ? value : (value * now) / then;
    });
    const worth = values.reduce((a, b) => a + b, 0);
    const weights = values.map((value) => value / worth);
    const end = panel.dates.findLastIndex((one) => one <= date) + 1;
    const start = panel.dates.findIndex((one) => one > basket.asOf);
    const fitOver = (from: number) => {
      const fit = trackingFit({
        index: panel.index.slice(from, end),
        basket: basketReturns(
          kept.map(({ symbol }) => (panel.stocks[symbol] ?? []).slice(from, end)),
          weights,
        ),
        periodsPerYear: frequency === 'weekly' ? weeksPerYear : sessionsPerYear,
      });
      return fit.ok ? fit.value : null;
    };
    const trailing = fitOver(Math.max(0, end - window));
    const since = start >= 0 && end - start >= fewestSince ? fitOver(start) : null;
    const composition = compositionOf(read, basket.index, date);
    const weightOf = new Map(
      composition.ok ? composition.value.components.map(({ symbol, weight }) => [symbol, weight]) : [],
    );
    const differentials = await differentialsOn(date);
    const meeting = differentials.filter(({ value }) => value >= (rules.minVolDifferential ?? 0) - 1e-12);
    const row = {
      date,
      rSquared: trailing?.rSquared ?? null,
      rSquaredSince: since?.rSquared ?? null,
      trackingError: trailing?.trackingError ?? null,
      indexShareByName:
        weightOf.size === 0 ? 0 : kept.filter(({ symbol }) => weightOf.has(symbol)).length / weightOf.size,
      weightOverlap: kept.reduce(
        (sum, { symbol }, i) => sum + Math.min(weights[i] ?? 0, weightOf.get(symbol) ?? 0),
        0,
      ),
      differentialShare:
        rules.minVolDifferential === null || differentials.length === 0
          ? null
          : meeting.length / differentials.length,
      lowestDifferential: differentials.toSorted((a, b) => a.value - b.value)[0] ?? null,
    };
    days.push({ ...row, broken: breaches(rules, row).map(({ rule }) => rule) });
  }

  async function differentialsOn(date: IsoDate): Promise<readonly { symbol: string; value: number }[]> {
    const symbols = [basket.index, ...kept.map(({ symbol }) => symbol)];
    const vols =
      rules.volDifferentialKind === 'implied'
        ? new Map(
            [...(await chains.impliedVols(context, symbols, date, rules.termDays))].map(([s, { vol }]) => [
              s,
              vol,
            ]),
          )
        : new Map(
            symbols.map((s) => [
              s,
              volOn(s === basket.index ? index : (series.get(s) ?? index), date, rules.termDays),
            ]),
          );
    const indexVol = vols.get(basket.index) ?? null;
    return symbols.slice(1).flatMap((symbol) => {
      const vol = vols.get(symbol) ?? null;
      return vol === null || indexVol === null ? [] : [{ symbol, value: vol - indexVol }];
    });
  }

  const firstBroken = (
    ['rSquared', 'maxIndexShare', 'maxWeightOverlap', 'minVolDifferential'] as const
  ).flatMap((rule) => {
    const first = days.find(({ broken }) => broken.includes(rule));
    const how = first === undefined ? undefined : breaches(rules, first).find((one) => one.rule === rule);
    return first === undefined || how === undefined ? [] : [{ ...how, date: first.date }];
  });
  return ok({
    basket: headOf(saved),
    asOf: day,
    rules,
    window,
    days,
    firstBroken: firstBroken.sort((a, b) => a.date.localeCompare(b.date)),
    warnings: [
      ...missing.map((text) => `Left out of the monitor: ${text}`),
      ...(sessions.length === 0 ? [`No session of ${basket.index} is stored after ${basket.asOf}.`] : []),
    ],
  });
}
