import { regularSessions } from '../../shared/calendar.ts';
import { daysBetween } from '../../shared/dates.ts';
import type { IsoDate } from '../../shared/dates.ts';
import { randomStream } from './random.ts';
import type { RandomStream } from './random.ts';
import { companies, indices } from './universe.ts';
import type { Company, DemoIndex } from './universe.ts';

export const firstSession = '2024-06-03';
export const lastSession = '2026-11-20';
export const sessions: readonly IsoDate[] = regularSessions({
  calendar: 'NYSE',
  from: firstSession,
  to: lastSession,
});

export interface Bar {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** A factor's variance: log-variance reverts to `longRun`. One number a session. */
export interface VarianceProcess {
  readonly longRun: number;
  readonly meanReversion: number;
  readonly volOfLogVariance: number;
  /** ln(variance / longRun) at each close. */
  readonly logDeviation: Float64Array;
}

export interface Market {
  readonly marketVariance: VarianceProcess;
  readonly sectorVariance: ReadonlyMap<string, VarianceProcess>;
  readonly idioVariance: ReadonlyMap<string, VarianceProcess>;
  readonly bars: ReadonlyMap<string, readonly Bar[]>;
}

const dt = 1 / 252;
const pointsPerDay = 13;
/** Days on which the whole market falls and its variance jumps. */
const shocks: ReadonlyMap<IsoDate, { readonly move: number; readonly logVariance: number }> = new Map([
  ['2024-08-05', { move: -0.031, logVariance: 1.5 }],
  ['2025-04-03', { move: -0.042, logVariance: 1.5 }],
  ['2025-04-04', { move: -0.036, logVariance: 0.6 }],
  ['2025-10-10', { move: -0.024, logVariance: 0.8 }],
  ['2026-03-09', { move: -0.029, logVariance: 1.2 }],
  ['2026-07-23', { move: -0.018, logVariance: 0.7 }],
]);

/** Whether results come out on a session: every 91 days, each company on days of its own. */
export function eventsBetween(company: Company, after: IsoDate, upTo: IsoDate): number {
  const offset = Math.floor(randomStream(`${company.symbol} results`).uniform() * 56);
  const count = (date: IsoDate): number => Math.floor((daysBetween('2024-01-15', date) - offset) / 91);
  return count(upTo) - count(after);
}

interface FactorPath {
  readonly variance: VarianceProcess;
  /** Log return of each session. */
  readonly returns: Float64Array;
  /** Deviation from the straight line between open and close, one row a session. */
  readonly bridges: readonly Float64Array[];
}

/** A path that starts and ends at zero, scaled to the day's volatility. */
function bridge(random: RandomStream, dailyVol: number): Float64Array {
  const walk = new Float64Array(pointsPerDay + 1);
  for (let i = 1; i <= pointsPerDay; i++) {
    walk[i] = (walk[i - 1] ?? 0) + (dailyVol / Math.sqrt(pointsPerDay)) * random.normal();
  }
  const end = walk[pointsPerDay] ?? 0;
  return walk.map((value, i) => value - (end * i) / pointsPerDay);
}

function factorPath(factor: {
  readonly name: string;
  readonly vol: number;
  readonly meanReversion: number;
  readonly volOfLogVariance: number;
  /** Correlation of returns with variance. */
  readonly leverage: number;
  readonly drift: number;
  readonly shocked: boolean;
}): FactorPath {
  const random = randomStream(factor.name);
  const longRun = factor.vol * factor.vol;
  const logDeviation = new Float64Array(sessions.length);
  const returns = new Float64Array(sessions.length);
  const bridges: Float64Array[] = [];
  const spread = factor.volOfLogVariance / Math.sqrt(2 * factor.meanReversion);
  let state = -0.5 * spread * spread;
  sessions.forEach((session, day) => {
    const normal = random.normal();
    const other = random.normal();
    // Centered so that the variance, not its logarithm, averages longRun.
    const dailyVol = Math.sqrt(longRun * Math.exp(state) * dt);
    const shock = factor.shocked ? shocks.get(session) : undefined;
    returns[day] = factor.drift * dt + dailyVol * normal + (shock?.move ?? 0);
    const noise = factor.leverage * normal + Math.sqrt(1 - factor.leverage ** 2) * other;
    const center = -0.5 * spread * spread;
    state +=
      factor.meanReversion * (center - state) * dt +
      factor.volOfLogVariance * Math.sqrt(dt) * noise +
      (shock?.logVariance ?? 0);
    logDeviation[day] = state;
    bridges.push(bridge(random, dailyVol));
  });
  const variance = {
    longRun,
    meanReversion: factor.meanReversion,
    volOfLogVariance: factor.volOfLogVariance,
    logDeviation,
  };
  return { variance, returns, bridges };
}

const cents = (value: number): number => Math.round(value * 100) / 100;
const at = (values: ArrayLike<number>, i: number): number => values[i] ?? 0;

function companyBars(
  company: Company,
  market: FactorPath,
  sector: FactorPath,
  own: FactorPath,
): { readonly bars: readonly Bar[]; readonly intraday: readonly Float64Array[] } {
  const random = randomStream(`${company.symbol} day`);
  const bars: Bar[] = [];
  const intraday: Float64Array[] = [];
  let close = company.startPrice;
  sessions.forEach((session, day) => {
    const before = sessions[day - 1] ?? session;
    const results = eventsBetween(company, before, session) > 0;
    const surprise = results ? company.eventMove * random.normal() : 0;
    const factors =
      company.beta * at(market.returns, day) +
      company.sectorLoading * at(sector.returns, day) +
      at(own.returns, day);
    // Results come before the opening; of the rest a quarter of the move, and noise that the day takes back.
    const overnight = surprise + 0.25 * factors + 0.2 * company.idioVol * Math.sqrt(dt) * random.normal();
    const open = day === 0 ? close : close * Math.exp(overnight);
    const last = day === 0 ? close : close * Math.exp(surprise + factors);
    const path = new Float64Array(pointsPerDay + 1);
    for (let i = 0; i <= pointsPerDay; i++) {
      const wave =
        0.85 *
        (company.beta * at(market.bridges[day] ?? [], i) +
          company.sectorLoading * at(sector.bridges[day] ?? [], i) +
          at(own.bridges[day] ?? [], i));
      const line = Math.log(open) + (Math.log(last / open) * i) / pointsPerDay;
      path[i] = cents(Math.exp(line + wave));
    }
    const turnover = company.sharesMillions * 1e6 * 0.005;
    const busy = Math.exp(0.25 * random.normal() + 12 * Math.abs(surprise + factors));
    bars.push({
      open: at(path, 0),
      high: Math.max(...path),
      low: Math.min(...path),
      close: at(path, pointsPerDay),
      volume: Math.round((turnover * busy) / 100) * 100,
    });
    intraday.push(path);
    close = at(path, pointsPerDay);
  });
  return { bars, intraday };
}

const memberShares = (symbol: string): number =>
  (companies.find((company) => company.symbol === symbol)?.sharesMillions ?? 0) * 1e6;

/** Weights on a session: value of all shares of each member over their sum. */
export function indexWeights(index: DemoIndex, market: Market, day: number): ReadonlyMap<string, number> {
  const values = index.members.map(
    (symbol) => memberShares(symbol) * (market.bars.get(symbol)?.[day]?.close ?? 0),
  );
  const total = values.reduce((sum, value) => sum + value, 0);
  return new Map(index.members.map((symbol, i) => [symbol, (values[i] ?? 0) / total]));
}

/** The level is the value of all members' shares over a fixed divisor, at every point of the day. */
function indexBars(index: DemoIndex, intraday: ReadonlyMap<string, readonly Float64Array[]>): readonly Bar[] {
  const value = (day: number, point: number): number =>
    index.members.reduce(
      (sum, symbol) => sum + memberShares(symbol) * at(intraday.get(symbol)?.[day] ?? [], point),
      0,
    );
  const divisor = value(sessions.length - 1, pointsPerDay) / index.lastLevel;
  return sessions.map((_, day) => {
    const path = Array.from({ length: pointsPerDay + 1 }, (__, point) => cents(value(day, point) / divisor));
    return {
      open: at(path, 0),
      high: Math.max(...path),
      low: Math.min(...path),
      close: at(path, pointsPerDay),
      volume: 0,
    };
  });
}

/** Two and a half years of a market with one market factor, one factor a sector, and names of their own. */
export function simulateMarket(): Market {
  const market = factorPath({
    name: 'market',
    vol: 0.115,
    meanReversion: 7,
    volOfLogVariance: 2.4,
    leverage: -0.65,
    drift: 0.21,
    shocked: true,
  });
  const sectors = new Map<string, FactorPath>();
  const bars = new Map<string, readonly Bar[]>();
  const idioVariance = new Map<string, VarianceProcess>();
  const intraday = new Map<string, readonly Float64Array[]>();
  for (const company of companies) {
    const sector =
      sectors.get(company.sector) ??
      factorPath({
        name: company.sector,
        vol: 0.085,
        meanReversion: 5,
        volOfLogVariance: 1.4,
        leverage: -0.2,
        drift: 0.004,
        shocked: false,
      });
    sectors.set(company.sector, sector);
    const own = factorPath({
      name: company.symbol,
      vol: company.idioVol,
      meanReversion: 6,
      volOfLogVariance: 1.5,
      leverage: -0.15,
      drift: 0.5 * company.idioVol ** 2,
      shocked: false,
    });
    const day = companyBars(company, market, sector, own);
    bars.set(company.symbol, day.bars);
    intraday.set(company.symbol, day.intraday);
    idioVariance.set(company.symbol, own.variance);
  }
  for (const index of indices) bars.set(index.symbol, indexBars(index, intraday));
  return {
    marketVariance: market.variance,
    sectorVariance: new Map([...sectors].map(([name, path]) => [name, path.variance])),
    idioVariance,
    bars,
  };
}
