import { failure, sentenceOf } from '../../failure.ts';
import type { OptionType, Years } from '../../units.ts';
import { americanMark, americanRisks } from './chain-american.ts';
import type { AmericanTerms } from './chain-american.ts';
import { blackGreeksColumns } from '../european/black-columns.ts';
import type { GreeksColumns } from '../european/black-columns.ts';
import type { Column, MarkChoice, SideAnalysis, SideQuotes } from './chain-input.ts';
import { isCrossed, markOf, missingOf } from './chain-marks.ts';
import { impliedVolReasons, impliedVols } from '../european/implied-vol.ts';
import { gammaDollar1Pct, perBasisPoint, perCalendarDay, perVolPoint } from '../risk-units.ts';
import { smileVol } from '../surface/smile-shape.ts';
import type { SmileShape } from '../surface/smile-shape.ts';
import { modelledQuote } from './spread-model.ts';

/** Where an expiry stands, for pricing: what every option of it shares. */
export interface ExpiryTerms {
  readonly timeToExpiry: Years;
  readonly forward: number;
  readonly discountFactor: number;
  /** Null where the source gives none; then spot greeks use the discounted forward. */
  readonly spot: number | null;
}

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
  /** What the right to exercise early adds to each mark, underlier currency. */
  readonly premium: Float64Array;
}

/** Beside the codes of `impliedVols`: a price that any low volatility gives. */
const atIntrinsic = 4;
/** Early exercise worth less than this share of the price leaves European greeks as they are. */
const negligiblePremium = 0.002;

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
  /** Null where exercise is European, or where there is no spot to exercise into. */
  readonly american: AmericanTerms | null;
  /** Takes early exercise out of this many strikes nearest the forward only. */
  readonly americanStrikes: number;
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
    excluded: [...quotes.excluded],
  };
  const vegaPerVol = new Float64Array(n);
  const premium = new Float64Array(n);
  const work: SideWork = { type, quotes, strikes, types, columns, vegaPerVol, premium };
  const codes = new Uint8Array(n);
  if (terms !== null) {
    const usable = mark.map((price, i) => (quotes.excluded[i] === true ? null : price));
    replace(columns.markVol, volsOf(usable, strikes, types, terms, codes));
    for (let i = 0; i < n; i += 1) {
      if (columns.markVol[i] !== 0) continue;
      columns.markVol[i] = null;
      codes[i] = atIntrinsic;
    }
    if (side.american !== null)
      takeOutEarlyExercise(work, side.american, terms, side.americanStrikes, usable, codes);
  }
  for (let i = 0; i < n; i += 1) {
    if (columns.markVol[i] !== null || columns.contract[i] === null) continue;
    reason[i] = reasonOf(side, i, mark[i] ?? null, codes[i]!);
  }
  if (terms === null) return work;
  if (!quoted) modelQuotes(side, work, terms);
  const usableQuote = (column: Column): Column =>
    column.map((price, i) =>
      quotes.excluded[i] !== true && price !== null && price > 0 && !isCrossed(quotes, i)
        ? price - premium[i]!
        : null,
    );
  replace(columns.bidVol, volsOf(usableQuote(columns.bid), strikes, types, terms, codes));
  replace(columns.askVol, volsOf(usableQuote(columns.ask), strikes, types, terms, codes));
  return work;
}

/** Volatilities of American marks near the forward, and the premium that bid and ask share with the mark. */
function takeOutEarlyExercise(
  work: SideWork,
  american: AmericanTerms,
  terms: ExpiryTerms,
  strikesNear: number,
  prices: Column,
  codes: Uint8Array,
): void {
  const { strikes, columns, premium } = work;
  const near = new Set(
    [...strikes.keys()]
      .sort((a, b) => Math.abs(strikes[a]! - terms.forward) - Math.abs(strikes[b]! - terms.forward))
      .slice(0, strikesNear),
  );
  for (const [i, price] of prices.entries()) {
    if (price === null || !near.has(i)) continue;
    const found = americanMark(american, { optionType: work.type, strike: strikes[i]!, price });
    if (found.ok && found.value.vol > 0) {
      columns.markVol[i] = found.value.vol;
      premium[i] = found.value.premium;
      codes[i] = impliedVolReasons.none;
      continue;
    }
    columns.markVol[i] = null;
    codes[i] = found.ok
      ? atIntrinsic
      : found.error.code === 'price-below-intrinsic'
        ? impliedVolReasons.belowIntrinsic
        : found.error.code === 'price-above-maximum'
          ? impliedVolReasons.aboveMaximum
          : impliedVolReasons.invalidInput;
  }
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
  const exercised = side.american === null ? 0 : (type === 'call' ? 1 : -1) * (side.american.spot - strike);
  const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;
  if (code === impliedVolReasons.belowIntrinsic)
    return sentenceOf(
      failure('price-below-intrinsic', name, {
        price: rounded(price),
        intrinsic: rounded(Math.max(0, terms.discountFactor * inMoney, exercised)),
      }),
    );
  if (code === atIntrinsic) return sentenceOf(failure('price-at-intrinsic', name, { price: rounded(price) }));
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
  american: AmericanTerms | null,
): void {
  const { columns, strikes, premium } = work;
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
    if (american === null || premium[i]! <= negligiblePremium * price) continue;
    const risks = americanRisks(american, {
      optionType: work.type,
      strike: strikes[i]!,
      vol: columns.markVol[i]!,
    });
    if (risks === null) continue;
    work.vegaPerVol[i] = risks.vegaPerVol;
    if (mark === 'model') columns.mark[i] = risks.price;
    columns.delta[i] = risks.deltaSpot;
    columns.gammaDollar1Pct[i] = gammaDollar1Pct(risks.gammaSpot, american.spot);
    columns.vegaPerVolPoint[i] = perVolPoint(risks.vegaPerVol);
    columns.thetaPerDay[i] = perCalendarDay(risks.thetaPerYear);
    columns.rhoPerBasisPoint[i] = perBasisPoint(risks.rhoPerRate);
  }
}
