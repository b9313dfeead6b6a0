import { yearsBetween } from '../../shared/dates.ts';
import type { IsoDate } from '../../shared/dates.ts';
import { assertThat } from '../../shared/result.ts';
import { eventsBetween, indexWeights, sessions } from './paths.ts';
import type { Market, VarianceProcess } from './paths.ts';
import { randomStream } from './random.ts';
import { companies, indices } from './universe.ts';
import type { Company, DemoIndex } from './universe.ts';

/** At-the-money volatility that the demo market quotes: decimal, for a day, a symbol and an expiry date. */
export type ImpliedVol = (symbol: string, day: number, expiry: IsoDate) => number;

/** Expected average variance of a process from a close over `years`. */
function expectedVariance(process: VarianceProcess, day: number, years: number): number {
  const { longRun, meanReversion: speed, volOfLogVariance } = process;
  const stationary = (volOfLogVariance * volOfLogVariance) / (2 * speed);
  const deviation = (process.logDeviation[day] ?? 0) + 0.5 * stationary;
  const steps = 8;
  let sum = 0;
  for (let i = 0; i <= steps; i++) {
    const left = Math.exp((-speed * years * i) / steps);
    // Mean of a lognormal whose logarithm reverts to −½ of its stationary variance.
    const value = Math.exp(deviation * left - 0.5 * stationary * left * left);
    sum += value * (i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2);
  }
  return (longRun * sum) / (3 * steps);
}

/** An autoregressive series of standard deviation 1 with a half-life in sessions. */
function slowNoise(name: string, halfLife: number): Float64Array {
  const random = randomStream(name);
  const keep = 0.5 ** (1 / halfLife);
  const series = new Float64Array(sessions.length);
  let state = random.normal();
  for (let day = 0; day < series.length; day++) {
    state = keep * state + Math.sqrt(1 - keep * keep) * random.normal();
    series[day] = state;
  }
  return series;
}

interface NameVariance {
  readonly market: number;
  readonly sector: number;
  readonly own: number;
  /** What the options are quoted at: the parts, the premium and the results to come. */
  readonly quoted: number;
}

/** Cached by day and expiry, as an index asks for all its members. */
function nameVariances(market: Market): (company: Company, day: number, expiry: IsoDate) => NameVariance {
  const premiums = new Map(
    companies.map((company) => [company.symbol, slowNoise(`${company.symbol} premium`, 25)]),
  );
  const levels = new Map(
    companies.map((company) => [company.symbol, slowNoise(`${company.symbol} quote`, 2)]),
  );
  const cache = new Map<string, NameVariance>();
  return (company, day, expiry) => {
    const key = `${company.symbol} ${day} ${expiry}`;
    const known = cache.get(key);
    if (known !== undefined) return known;
    const date = sessions[day] ?? '';
    const years = yearsBetween(date, expiry);
    const sectorProcess = market.sectorVariance.get(company.sector);
    const ownProcess = market.idioVariance.get(company.symbol);
    assertThat(
      sectorProcess !== undefined && ownProcess !== undefined,
      `${company.symbol} must have factors`,
    );
    const parts = {
      market: company.beta ** 2 * expectedVariance(market.marketVariance, day, years),
      sector: company.sectorLoading ** 2 * expectedVariance(sectorProcess, day, years),
      own: expectedVariance(ownProcess, day, years),
    };
    const premium = (1 + company.premium) * (1 + 0.07 * (premiums.get(company.symbol)?.[day] ?? 0));
    const level = 1 + 0.012 * (levels.get(company.symbol)?.[day] ?? 0);
    const results = (company.eventMove ** 2 * eventsBetween(company, date, expiry)) / years;
    const quoted = (1.06 * parts.market + parts.sector + parts.own) * premium * level ** 2 + results;
    const value = { ...parts, quoted };
    cache.set(key, value);
    return value;
  };
}

/**
 * Volatilities of names from their factors' expected variances with a premium; of an index from its
 * members' volatilities and an implied correlation that stands above the one the factors give.
 */
export function impliedVols(market: Market): ImpliedVol {
  const variances = nameVariances(market);
  const correlationNoise = new Map(
    indices.map((index) => [index.symbol, slowNoise(`${index.symbol} correlation`, 20)]),
  );
  const weights = new Map<string, ReadonlyMap<string, number>>();

  const indexVol = (index: DemoIndex, day: number, expiry: IsoDate): number => {
    const key = `${index.symbol} ${day}`;
    const today = weights.get(key) ?? indexWeights(index, market, day);
    weights.set(key, today);
    let [own, ownQuoted, sumQuoted, sumExpected, marketVol] = [0, 0, 0, 0, 0];
    const sectorVols = new Map<string, number>();
    for (const company of companies) {
      const weight = today.get(company.symbol);
      if (weight === undefined) continue;
      const parts = variances(company, day, expiry);
      const expected = parts.market + parts.sector + parts.own;
      own += weight ** 2 * expected;
      ownQuoted += weight ** 2 * parts.quoted;
      sumQuoted += weight * Math.sqrt(parts.quoted);
      sumExpected += weight * Math.sqrt(expected);
      marketVol += weight * Math.sqrt(parts.market);
      const sector = sectorVols.get(company.sector) ?? 0;
      sectorVols.set(company.sector, sector + weight * Math.sqrt(parts.sector));
    }
    let common = marketVol ** 2;
    let factorsOwn = 0;
    for (const vol of sectorVols.values()) common += vol ** 2;
    for (const company of companies) {
      const weight = today.get(company.symbol);
      if (weight === undefined) continue;
      const parts = variances(company, day, expiry);
      factorsOwn += weight ** 2 * parts.own;
    }
    const expectedCorrelation = (common + factorsOwn - own) / (sumExpected ** 2 - own);
    const years = yearsBetween(sessions[day] ?? '', expiry);
    const noise = correlationNoise.get(index.symbol)?.[day] ?? 0;
    const premium = 0.1 + 0.05 * Math.sqrt(years) + 0.035 * noise;
    const correlation = Math.min(0.93, Math.max(0.12, expectedCorrelation + premium));
    return Math.sqrt(ownQuoted + correlation * (sumQuoted ** 2 - ownQuoted));
  };

  return (symbol, day, expiry) => {
    const index = indices.find((candidate) => candidate.symbol === symbol);
    if (index !== undefined) return indexVol(index, day, expiry);
    const company = companies.find((candidate) => candidate.symbol === symbol);
    assertThat(company !== undefined, `${symbol} must be in the universe`);
    return Math.sqrt(variances(company, day, expiry).quoted);
  };
}
