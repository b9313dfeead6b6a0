import { yearsToExpiry } from '../../shared/calendar.ts';
import type { IsoDate } from '../../shared/dates.ts';
import { americanGreeks, americanPrice } from '../../shared/quant/american/american.ts';
import { blackGreeks, blackPrice, spotGreeks } from '../../shared/quant/european/black.ts';
import type { Result } from '../../shared/result.ts';
import type { OptionType } from '../../shared/units.ts';
import type { ImpliedVol } from './implied.ts';
import { sessions } from './paths.ts';
import type { Market } from './paths.ts';
import { randomStream } from './random.ts';
import { companies, indices, rate } from './universe.ts';

/** What is listed: two weeklies, three monthlies, three quarterlies. The last is for indices alone. */
export const nameExpiries: readonly IsoDate[] = [
  '2026-11-27',
  '2026-12-04',
  '2026-12-18',
  '2027-01-15',
  '2027-02-19',
  '2027-03-19',
  '2027-06-17',
];
const indexExpiries: readonly IsoDate[] = [...nameExpiries, '2027-09-17'];
const weeklies = new Set(['2026-11-27', '2026-12-04']);

export interface QuoteSide {
  last: number;
  net: number;
  bid: number;
  ask: number;
  volume: number;
  /** Decimal; 0 where there is no bid. */
  vol: number;
  delta: number;
  gamma: number;
  openInterest: number;
}

export interface QuoteRow {
  readonly expiry: IsoDate;
  readonly strike: number;
  readonly root: string;
  readonly call: QuoteSide;
  readonly put: QuoteSide;
}

interface Listing {
  readonly symbol: string;
  readonly isIndex: boolean;
  readonly skew: number;
  readonly curvature: number;
  readonly dividendYield: number;
  /** Million shares, for how much is traded. */
  readonly size: number;
  readonly expiries: readonly IsoDate[];
}

export function listingOf(symbol: string): Listing {
  const index = indices.find((candidate) => candidate.symbol === symbol);
  if (index !== undefined) {
    const { skew, curvature } = index;
    return {
      symbol,
      isIndex: true,
      skew,
      curvature,
      dividendYield: 0.014,
      size: 1500,
      expiries: indexExpiries,
    };
  }
  const company = companies.find((candidate) => candidate.symbol === symbol);
  if (company === undefined) throw new Error(`${symbol} is not in the universe`);
  const { skew, curvature, dividendYield, sharesMillions } = company;
  return {
    symbol,
    isIndex: false,
    skew,
    curvature,
    dividendYield,
    size: sharesMillions,
    expiries: nameExpiries,
  };
}

/** Total variance at log-moneyness k. Source: Gatheral & Jacquier (2014), SSVI with power-law φ, γ = ½. */
function totalVariance(atTheMoney: number, k: number, skew: number, curvature: number): number {
  const phi = curvature / Math.sqrt(atTheMoney * (1 + atTheMoney));
  return (atTheMoney / 2) * (1 + skew * phi * k + Math.sqrt((phi * k + skew) ** 2 + 1 - skew ** 2));
}

interface Value {
  readonly price: number;
  readonly deltaSpot: number;
  readonly gammaSpot: number;
  readonly vegaPerVol: number;
}

interface Model {
  readonly forward: number;
  readonly years: number;
  readonly vol: (strike: number) => number;
  /** European for an index, American for a name. */
  readonly value: (optionType: OptionType, strike: number) => Value;
  readonly price: (optionType: OptionType, strike: number) => number;
}

function valueOf<T, E>(result: Result<T, E>): T {
  if (!result.ok)
    throw new Error(`the demo market asks for an impossible option: ${JSON.stringify(result.error)}`);
  return result.value;
}

/** Volatilities without arbitrage for one expiry on one day, and what options are worth at them. */
function modelOf(market: Market, implied: ImpliedVol, listing: Listing, day: number, expiry: IsoDate): Model {
  const asOf = sessions[day] ?? '';
  const timeToExpiry = yearsToExpiry({ calendar: 'NYSE', asOf, quotedAt: null, expiry, settlement: 'PM' });
  const spot = market.bars.get(listing.symbol)?.[day]?.close ?? 0;
  const { dividendYield } = listing;
  const forward = spot * Math.exp((rate - dividendYield) * timeToExpiry);
  const discountFactor = Math.exp(-rate * timeToExpiry);
  const atTheMoney = implied(listing.symbol, day, expiry) ** 2 * timeToExpiry;
  const vol = (strike: number): number =>
    Math.sqrt(
      totalVariance(atTheMoney, Math.log(strike / forward), listing.skew, listing.curvature) / timeToExpiry,
    );
  const termsOf = (
    optionType: OptionType,
    strike: number,
  ): { optionType: OptionType; strike: number; timeToExpiry: number; vol: number } => ({
    optionType,
    strike,
    timeToExpiry,
    vol: vol(strike),
  });
  const onStock = { spot, rate, dividendYield, accuracy: 'fast' } as const;
  const onForward = { forward, discountFactor };
  const value = (optionType: OptionType, strike: number): Value => {
    const terms = termsOf(optionType, strike);
    if (!listing.isIndex) return valueOf(americanGreeks({ ...terms, ...onStock }));
    const greeks = blackGreeks({ ...terms, ...onForward });
    return spotGreeks({ greeks, spot, timeToExpiry, rate, dividendYield });
  };
  const price = (optionType: OptionType, strike: number): number => {
    const terms = termsOf(optionType, strike);
    return listing.isIndex
      ? blackPrice({ ...terms, ...onForward })
      : valueOf(americanPrice({ ...terms, ...onStock }));
  };
  return { forward, years: timeToExpiry, vol, value, price };
}

const steps = [0.5, 1, 2.5, 5, 10, 25, 50, 100];

/** Strikes at round steps over the range that trades, thinned for distant expiries. */
function strikesOf(listing: Listing, model: Model): readonly number[] {
  const deviation = model.vol(model.forward) * Math.sqrt(model.years);
  const low = model.forward * Math.exp(-Math.max(0.06, (listing.isIndex ? 3.6 : 2.5) * deviation));
  const high = model.forward * Math.exp(Math.max(0.05, (listing.isIndex ? 2.4 : 2.4) * deviation));
  const finest = model.forward * (listing.isIndex ? 0.006 : 0.03);
  const most = listing.isIndex ? 64 : 26;
  const step =
    steps.find((size, i) => {
      const next = steps[i + 1] ?? Number.POSITIVE_INFINITY;
      return next > finest && (high - low) / size <= most;
    }) ?? 100;
  const strikes: number[] = [];
  for (let strike = Math.ceil(low / step) * step; strike <= high; strike += step) strikes.push(strike);
  return strikes;
}

const tickOf = (listing: Listing, price: number): number =>
  listing.isIndex ? (price < 3 ? 0.05 : 0.1) : price < 3 ? 0.01 : 0.05;

function sideOf(input: {
  readonly listing: Listing;
  readonly model: Model;
  readonly before: Model;
  readonly expiry: IsoDate;
  readonly strike: number;
  readonly type: OptionType;
  readonly uniform: () => number;
  readonly normal: () => number;
}): QuoteSide {
  const { listing, model, strike, type, uniform, normal } = input;
  const vol = model.vol(strike);
  const deviation = vol * Math.sqrt(model.years);
  const greeks = model.value(type, strike);
  const fair = greeks.price;
  const vega = greeks.vegaPerVol;
  const away = Math.abs(Math.log(strike / model.forward)) / deviation;
  const tick = tickOf(listing, fair);
  const widthInVol = (listing.isIndex ? 0.0018 : 0.004 + 1.1 / (listing.size + 120)) * (1 + 0.35 * away);
  const half = Math.max(0.6 * tick, vega * widthInVol, fair * (listing.isIndex ? 0.002 : 0.004));
  const bid = Math.max(0, Math.floor((fair - half) / tick) * tick);
  const ask = Math.max(tick, Math.ceil((fair + half) / tick) * tick);
  const near = Math.exp(-0.45 * (away - 0.3) ** 2) * (strike % (listing.isIndex ? 100 : 10) === 0 ? 1.7 : 1);
  const scale =
    (listing.isIndex ? 5200 : 2.2 * listing.size) *
    (weeklies.has(input.expiry) ? 0.3 : model.years > 0.4 ? 0.5 : 1);
  const openInterest = Math.floor(scale * near * Math.exp(0.55 * normal()));
  const volume = Math.min(
    openInterest,
    Math.floor(openInterest * 0.12 * near * Math.exp(0.8 * normal()) - 1.5),
  );
  const yesterday = input.before.price(type, strike);
  const traded = volume > 0;
  const last = traded
    ? bid + Math.round(((ask - bid) * uniform()) / tick) * tick
    : openInterest > 40
      ? Math.round(yesterday / tick) * tick
      : 0;
  return {
    last,
    net: traded ? last - Math.round(yesterday / tick) * tick : 0,
    bid,
    ask,
    volume: Math.max(0, volume),
    vol: bid > 0 ? vol : 0,
    delta: greeks.deltaSpot,
    gamma: greeks.gammaSpot,
    openInterest,
  };
}

/** The chain of one underlying at the close of a day, ascending by expiry and strike. */
export function chainRows(market: Market, implied: ImpliedVol, symbol: string, day: number): QuoteRow[] {
  const listing = listingOf(symbol);
  const { uniform, normal } = randomStream(`${symbol} chain ${sessions[day]}`);
  return listing.expiries.flatMap((expiry) => {
    const model = modelOf(market, implied, listing, day, expiry);
    const before = modelOf(market, implied, listing, day - 1, expiry);
    return strikesOf(listing, model).map((strike) => {
      const common = { listing, model, before, expiry, strike, uniform, normal };
      return {
        expiry,
        strike,
        root: symbol,
        call: sideOf({ ...common, type: 'call' }),
        put: sideOf({ ...common, type: 'put' }),
      };
    });
  });
}

/**
 * Quotes spoiled on purpose, so that a desk's quality checks have something to find.
 * Each changes one side of one row counted from the money: +2 is the second strike above the forward's.
 */
const spoils: readonly {
  readonly symbol: string;
  readonly expiry: IsoDate;
  readonly from: number;
  readonly type: 'call' | 'put';
  readonly spoil: (side: QuoteSide, strike: number, spot: number) => void;
}[] = [
  {
    symbol: 'BRYX',
    expiry: '2026-12-18',
    from: 2,
    type: 'call',
    spoil: (side) => {
      [side.bid, side.ask] = [side.ask + 0.35, side.bid];
    },
  },
  {
    symbol: 'MERI',
    expiry: '2027-01-15',
    from: -4,
    type: 'put',
    spoil: (side) => {
      [side.bid, side.ask] = [side.ask + 1.2, side.bid];
    },
  },
  {
    symbol: 'LMRA',
    expiry: '2026-12-18',
    from: 1,
    type: 'put',
    spoil: (side) => {
      side.bid = 0.01;
      side.ask = 199.99;
    },
  },
  {
    symbol: 'GRDN',
    expiry: '2027-01-15',
    from: 3,
    type: 'call',
    spoil: (side) => {
      side.bid = 0;
      side.ask = 0;
    },
  },
  {
    symbol: 'TRBN',
    expiry: '2026-12-18',
    from: -2,
    type: 'call',
    spoil: (side, strike, spot) => {
      side.bid = Math.max(0.05, spot - strike - 1.4);
      side.ask = spot - strike - 1.1;
    },
  },
  {
    symbol: 'XLOR',
    expiry: '2027-02-19',
    from: 0,
    type: 'call',
    spoil: (side) => {
      side.bid *= 1.6;
      side.ask *= 1.6;
    },
  },
  {
    symbol: 'HLSM',
    expiry: '2026-12-04',
    from: 2,
    type: 'call',
    spoil: (side) => {
      side.bid = 0;
    },
  },
];

/** The quotes that yesterday left behind: KSTL's January calls were never updated. */
const frozen = { symbol: 'KSTL', expiry: '2027-01-15', strikes: 4 } as const;

export function spoilQuotes(
  symbol: string,
  rows: readonly QuoteRow[],
  spot: number,
  before: readonly QuoteRow[],
): void {
  const around = (expiry: IsoDate): readonly QuoteRow[] => rows.filter((row) => row.expiry === expiry);
  const firstAbove = (expiry: IsoDate): number => around(expiry).findIndex((row) => row.strike >= spot);
  for (const { symbol: owner, expiry, from, type, spoil } of spoils) {
    const row = owner === symbol ? around(expiry)[firstAbove(expiry) + from] : undefined;
    if (row !== undefined) spoil(row[type], row.strike, spot);
  }
  if (symbol !== frozen.symbol) return;
  const first = firstAbove(frozen.expiry);
  for (const row of around(frozen.expiry).slice(first, first + frozen.strikes)) {
    const old = before.find((other) => other.expiry === row.expiry && other.strike === row.strike);
    if (old !== undefined) Object.assign(row.call, { bid: old.call.bid, ask: old.call.ask, volume: 0 });
  }
}

/** Contracts left over from a spin-off: an odd deliverable, told by the digit after the root. */
export function adjustedRows(rows: readonly QuoteRow[]): readonly QuoteRow[] {
  return rows
    .filter((row) => row.expiry === '2027-01-15')
    .filter((_, i, all) => Math.abs(i - all.length / 2) < 3)
    .map((row) => ({
      ...row,
      root: `${row.root}1`,
      call: { ...row.call, bid: 0, volume: 0, vol: 0, openInterest: Math.floor(row.call.openInterest / 20) },
      put: { ...row.put, bid: 0, volume: 0, vol: 0, openInterest: Math.floor(row.put.openInterest / 20) },
    }));
}
