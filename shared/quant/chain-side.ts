import { failure, sentenceOf } from '../failure.ts';
import type { IsoDate } from '../dates.ts';
import type { OptionType, Years } from '../units.ts';
import { blackGreeksColumns } from './black-columns.ts';
import type { GreeksColumns } from './black-columns.ts';
import type { Column, MarkChoice, SideAnalysis, SideQuotes } from './chain-input.ts';
import { impliedVolReasons, impliedVols } from './implied-vol.ts';
import { gammaDollar1Pct, perBasisPoint, perCalendarDay, perVolPoint } from './risk-units.ts';
import { smileVol } from './smile-shape.ts';
import type { SmileShape } from './smile-shape.ts';
import { modelledQuote } from './spread-model.ts';

/** Where an expiry stands, for pricing: what every option of it shares. */
export interface ExpiryTerms {
  readonly timeToExpiry: Years;
  readonly forward: number;
  readonly discountFactor: number;
  /** Null where the source gives none; then spot greeks use the discounted forward. */
  readonly spot: number | null;
}

export interface QuoteCounts {
  quotes: number;
  twoSided: number;
  zeroBid: number;
  crossed: number;
  withoutVol: number;
  excluded: number;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const positive = (column: Column, i: number): number | null => {
  const value = column[i] ?? null;
  return value !== null && value > 0 ? value : null;
};

/** `SPX 18 Dec 2026 4200 put`. */
export const optionName = (symbol: string, expiry: IsoDate, strike: number, type: OptionType): string =>
  `${symbol} ${Number(expiry.slice(8))} ${months[Number(expiry.slice(5, 7)) - 1] ?? ''} ${expiry.slice(0, 4)} ${strike} ${type}`;

/** Both sides quoted and in order. */
export function isTwoSided(side: SideQuotes, i: number): boolean {
  const [bid, ask] = [positive(side.bid, i), positive(side.ask, i)];
  return bid !== null && ask !== null && bid <= ask;
}

const isCrossed = (side: SideQuotes, i: number): boolean => {
  const [bid, ask] = [positive(side.bid, i), positive(side.ask, i)];
  return bid !== null && ask !== null && bid > ask;
};

/** Settlement, else last: what an end-of-day file without bid and ask knows. */
export const closingMark = (side: SideQuotes, i: number): number | null =>
  positive(side.settlement, i) ?? positive(side.last, i);

/** Middle of the market, a missing bid counting as zero; null without an ask or when crossed. */
export function middleOf(side: SideQuotes, i: number): number | null {
  const ask = positive(side.ask, i);
  if (ask === null || isCrossed(side, i)) return null;
  return ((positive(side.bid, i) ?? 0) + ask) / 2;
}

/** The mark of one option by the choice, except `model`, which is priced from the fit later. */
function markOf(side: SideQuotes, i: number, choice: MarkChoice, quoted: boolean): number | null {
  switch (choice) {
    case 'mid':
    case 'model':
      return quoted ? middleOf(side, i) : closingMark(side, i);
    case 'conservative':
      return quoted ? (isCrossed(side, i) ? null : positive(side.bid, i)) : closingMark(side, i);
    case 'last':
      return positive(side.last, i);
    case 'settlement':
      return positive(side.settlement, i);
  }
}

const missingOf = (choice: MarkChoice, quoted: boolean): string => {
  if (choice === 'last') return 'last price';
  if (choice === 'settlement') return 'settlement price';
  if (!quoted) return 'settlement or last price';
  return choice === 'conservative' ? 'bid' : 'ask';
};

const blanks = (n: number): (number | null)[] => new Array<number | null>(n).fill(null);

/** A price column's volatilities, null where there is none; reasons are left in `codes`. */
function volsOf(
  prices: Column,
  strikes: Float64Array,
  types: Int8Array,
  terms: ExpiryTerms,
  codes: Uint8Array,
): (number | null)[] {
  const n = strikes.length;
  const filled = Float64Array.from(prices, (price) => price ?? 0);
  const vols = new Float64Array(n);
  impliedVols({
    count: n,
    optionTypes: types,
    forwards: terms.forward,
    strikes,
    times: terms.timeToExpiry,
    prices: filled,
    discountFactors: terms.discountFactor,
    outVols: vols,
    outReasons: codes,
  });
  return prices.map((price, i) => (price !== null && codes[i] === impliedVolReasons.none ? vols[i]! : null));
}

export interface SideWork {
  readonly type: OptionType;
  readonly quotes: SideQuotes;
  readonly strikes: Float64Array;
  readonly types: Int8Array;
  readonly columns: SideAnalysis;
  readonly vegaPerVol: Float64Array;
}

/**
 * Marks and volatilities of one side. With `quoted` false, bid and ask are modelled around the mark.
 * Greeks and the fitted volatility are filled in by `finishSide`.
 */
export function startSide(side: {
  readonly type: OptionType;
  readonly quotes: SideQuotes;
  readonly strikes: readonly number[];
  readonly terms: ExpiryTerms | null;
  readonly noTermsReason: string;
  readonly mark: MarkChoice;
  readonly quoted: boolean;
  readonly tick: number;
  readonly deepOpenInterest: number;
  readonly nameOf: (strike: number, type: OptionType) => string;
}): SideWork {
  const { type, quotes, terms, quoted } = side;
  const n = side.strikes.length;
  const strikes = Float64Array.from(side.strikes);
  const types = new Int8Array(n).fill(type === 'call' ? 1 : -1);
  const mark = Array.from({ length: n }, (_, i) => markOf(quotes, i, side.mark, quoted));
  const reason = new Array<string | null>(n).fill(null);
  const columns: SideAnalysis = {
    contract: [...quotes.contract],
    bid: [...quotes.bid],
    ask: [...quotes.ask],
    last: [...quotes.last],
    mark,
    bidVol: blanks(n),
    markVol: blanks(n),
    askVol: blanks(n),
    fitVol: blanks(n),
    delta: blanks(n),
    gammaDollar1Pct: blanks(n),
    vegaPerVolPoint: blanks(n),
    thetaPerDay: blanks(n),
    rhoPerBasisPoint: blanks(n),
    openInterest: [...quotes.openInterest],
    volume: [...quotes.volume],
    reason,
  };
  const vegaPerVol = new Float64Array(n);
  const work: SideWork = { type, quotes, strikes, types, columns, vegaPerVol };
  const codes = new Uint8Array(n);
  if (terms !== null) {
    const usable = mark.map((price, i) => (quotes.excluded[i] === true ? null : price));
    replace(columns.markVol, volsOf(usable, strikes, types, terms, codes));
  }
  for (let i = 0; i < n; i += 1) {
    if (columns.markVol[i] !== null || columns.contract[i] === null) continue;
    reason[i] = reasonOf(side, i, mark[i] ?? null, codes[i]!);
  }
  if (terms === null) return work;
  if (!quoted) modelQuotes(side, work, terms);
  const usableQuote = (column: Column): Column =>
    column.map((price, i) =>
      quotes.excluded[i] !== true && price !== null && price > 0 && !isCrossed(quotes, i) ? price : null,
    );
  replace(columns.bidVol, volsOf(usableQuote(columns.bid), strikes, types, terms, codes));
  replace(columns.askVol, volsOf(usableQuote(columns.ask), strikes, types, terms, codes));
  return work;
}

function replace(target: (number | null)[], values: readonly (number | null)[]): void {
  for (let i = 0; i < values.length; i += 1) target[i] = values[i] ?? null;
}

function reasonOf(
  side: Parameters<typeof startSide>[0],
  i: number,
  price: number | null,
  code: number,
): string {
  const { quotes, terms, type } = side;
  const strike = side.strikes[i]!;
  const name = side.nameOf(strike, type);
  if (quotes.excluded[i] === true) return sentenceOf(failure('excluded-quote', name));
  if (price === null) {
    if (side.quoted && isCrossed(quotes, i) && side.mark !== 'last' && side.mark !== 'settlement')
      return sentenceOf(failure('crossed-quote', name, { bid: quotes.bid[i] ?? 0, ask: quotes.ask[i] ?? 0 }));
    return sentenceOf(failure('no-quote', name, { what: missingOf(side.mark, side.quoted) }));
  }
  if (terms === null) return side.noTermsReason;
  const inMoney = type === 'call' ? terms.forward - strike : strike - terms.forward;
  const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;
  if (code === impliedVolReasons.belowIntrinsic)
    return sentenceOf(
      failure('price-below-intrinsic', name, {
        price: rounded(price),
        intrinsic: rounded(terms.discountFactor * Math.max(0, inMoney)),
      }),
    );
  if (code === impliedVolReasons.aboveMaximum)
    return sentenceOf(
      failure('price-above-maximum', name, {
        price: rounded(price),
        maximum: rounded(terms.discountFactor * (type === 'call' ? terms.forward : strike)),
      }),
    );
  return sentenceOf(failure('invalid-input', name, { reason: `price ${price} gives no volatility` }));
}

function greeksInto(work: SideWork, terms: ExpiryTerms, vols: Column): GreeksColumns {
  const n = work.strikes.length;
  const into: GreeksColumns = {
    price: new Float64Array(n),
    deltaForward: new Float64Array(n),
    gammaForward: new Float64Array(n),
    vegaPerVol: new Float64Array(n),
    thetaPerYear: new Float64Array(n),
  };
  blackGreeksColumns({
    count: n,
    optionTypes: work.types,
    forwards: terms.forward,
    strikes: work.strikes,
    times: terms.timeToExpiry,
    vols: Float64Array.from(vols, (value) => value ?? 0),
    discountFactors: terms.discountFactor,
    into,
  });
  return into;
}

function modelQuotes(side: Parameters<typeof startSide>[0], work: SideWork, terms: ExpiryTerms): void {
  const greeks = greeksInto(work, terms, work.columns.markVol);
  for (let i = 0; i < work.strikes.length; i += 1) {
    const mark = work.columns.mark[i] ?? null;
    if (mark === null || work.columns.markVol[i] === null) continue;
    const { bid, ask } = modelledQuote({
      mark,
      vegaPerVolPoint: perVolPoint(greeks.vegaPerVol[i]!),
      openInterest: work.quotes.openInterest[i] ?? null,
      tick: side.tick,
      deepOpenInterest: side.deepOpenInterest,
    });
    work.columns.bid[i] = bid;
    work.columns.ask[i] = ask;
  }
}

/** Fills the fitted volatilities and the greeks; with the mark `model`, marks and their volatilities too. */
export function finishSide(
  work: SideWork,
  terms: ExpiryTerms,
  shape: SmileShape | null,
  mark: MarkChoice,
): void {
  const { columns, strikes } = work;
  const n = strikes.length;
  const isListed = (i: number): boolean => columns.contract[i] !== null;
  if (shape !== null)
    for (let i = 0; i < n; i += 1) if (isListed(i)) columns.fitVol[i] = smileVol(shape, strikes[i]!);
  if (mark === 'model' && shape !== null) replace(columns.markVol, columns.fitVol);
  const greeks = greeksInto(work, terms, columns.markVol);
  const spot = terms.spot ?? terms.forward * terms.discountFactor;
  const ratio = terms.forward / spot;
  for (let i = 0; i < n; i += 1) {
    work.vegaPerVol[i] = greeks.vegaPerVol[i]!;
    if (columns.markVol[i] === null) continue;
    const price = greeks.price[i]!;
    const deltaForward = greeks.deltaForward[i]!;
    if (mark === 'model' && shape !== null) {
      columns.mark[i] = price;
      columns.reason[i] = null;
    }
    columns.delta[i] = deltaForward * ratio;
    columns.gammaDollar1Pct[i] = gammaDollar1Pct(greeks.gammaForward[i]!, terms.forward);
    columns.vegaPerVolPoint[i] = perVolPoint(greeks.vegaPerVol[i]!);
    columns.thetaPerDay[i] = perCalendarDay(greeks.thetaPerYear[i]!);
    columns.rhoPerBasisPoint[i] = perBasisPoint(terms.timeToExpiry * (terms.forward * deltaForward - price));
  }
}

/** Adds one side's quotes to the counts. */
export function countQuotes(work: SideWork, counts: QuoteCounts): void {
  const { quotes, columns } = work;
  for (let i = 0; i < work.strikes.length; i += 1) {
    if (quotes.contract[i] === null) continue;
    counts.quotes += 1;
    if (quotes.excluded[i] === true) counts.excluded += 1;
    if (isTwoSided(quotes, i)) counts.twoSided += 1;
    else if (isCrossed(quotes, i)) counts.crossed += 1;
    else if (positive(quotes.ask, i) !== null) counts.zeroBid += 1;
    if (columns.markVol[i] === null) counts.withoutVol += 1;
  }
}
