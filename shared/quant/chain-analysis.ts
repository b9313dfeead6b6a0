import { yearsToExpiry } from '../calendar.ts';
import type { ExpirySettlement } from '../calendar.ts';
import { daysBetween, daysPerYear } from '../dates.ts';
import type { IsoDate } from '../dates.ts';
import { failure, sentenceOf } from '../failure.ts';
import type { Exercise, Fraction, LogMoneyness, OptionType, Vol, Years } from '../units.ts';
import { yieldOf } from './chain-american.ts';
import type { AmericanTerms } from './chain-american.ts';
import { chainForwards, deepOpenInterestOf } from './chain-forward.ts';
import type { ExpiryForward, ForwardSource } from './chain-forward.ts';
import type { ChainInput, ExpiryQuotes, MarkChoice, SideAnalysis } from './chain-input.ts';
import { countQuotes, isTwoSided, optionName } from './chain-marks.ts';
import type { QuoteCounts } from './chain-marks.ts';
import { finishSide, startSide } from './chain-side.ts';
import type { ExpiryTerms, SideWork } from './chain-side.ts';
import { ivIndex } from './iv-index.ts';
import type { IndexExpiry, IvIndex } from './iv-index.ts';
import { noSkew, skewOf } from './skew.ts';
import type { SkewMeasures } from './skew.ts';
import { fitSmile, smileCurve } from './smile.ts';
import type { SmileFit, SmileQuote } from './smile.ts';
import { spreadModelNote } from './spread-model.ts';
import { calendarBreaches } from './surface.ts';
import { modelFreeVol } from './variance-swap.ts';
import type { StrikeQuote } from './variance-swap.ts';
import { inDecimals } from './words.ts';

export interface FitAnalysis extends Omit<SmileFit, 'params' | 'outlierStrikes'> {
  readonly params: Record<string, number>;
  readonly outlierStrikes: number[];
  readonly curve: { readonly logMoneyness: number[]; readonly vol: number[]; readonly density: number[] };
}

export interface ExpiryAnalysis {
  readonly key: string;
  readonly expiry: IsoDate;
  readonly root: string;
  readonly settlement: ExpirySettlement;
  /** Calendar days from the market day. */
  readonly days: number;
  readonly timeToExpiry: Years;
  readonly forward: number | null;
  readonly forwardSource: ForwardSource;
  readonly forwardStandardError: number | null;
  readonly forwardNote: string;
  readonly discountFactor: number;
  readonly discountSource: string;
  readonly impliedRate: Fraction | null;
  readonly multiplier: number;
  readonly fit: FitAnalysis | null;
  readonly fitReason: string | null;
  readonly skew: SkewMeasures;
  readonly rowCount: number;
  readonly rows: {
    readonly strikes: number[];
    readonly call: SideAnalysis;
    readonly put: SideAnalysis;
  } | null;
}

export interface ChainAnalysis {
  readonly symbol: string;
  readonly asOf: IsoDate;
  readonly exercise: Exercise;
  readonly mark: MarkChoice;
  readonly quoteModel: { readonly kind: 'quoted' | 'spread-model'; readonly note: string };
  readonly expiries: ExpiryAnalysis[];
  readonly ivIndex: IvIndex[];
  readonly modelFreeVol30: Vol | null;
  readonly quality: QuoteCounts;
}

const defaultTick = 0.05;
/** A market wider than this many times its middle says nothing about the smile. */
const widestSpread = 1.2;
/** No quote is trusted to better than this, decimal volatility: a twentieth of a point. */
const narrowestHalfSpread = 0.0005;
/** Near expiries under a week are passed over by the model-free volatility, as the exchange does. */
const fewestModelFreeDays = 7;
const modelFreeTermDays = 30;
/** Where only the IV Index is wanted, early exercise is taken out of these strikes of an expiry. */
const indexStrikes = 8;

interface Work {
  readonly quotes: ExpiryQuotes;
  readonly time: Years;
  readonly forward: ExpiryForward;
  readonly terms: ExpiryTerms | null;
  readonly call: SideWork;
  readonly put: SideWork;
  readonly fit: SmileFit | null;
  readonly fitReason: string | null;
  readonly lowest: LogMoneyness;
  readonly highest: LogMoneyness;
}

/** Out-of-the-money quotes with both sides (or modelled ones), as points for the smile. */
function smileQuotes(call: SideWork, put: SideWork, terms: ExpiryTerms, quoted: boolean): SmileQuote[] {
  const found: SmileQuote[] = [];
  for (let i = 0; i < call.strikes.length; i += 1) {
    const strike = call.strikes[i]!;
    const side = strike < terms.forward ? put : call;
    const { columns, quotes } = side;
    if (quotes.excluded[i] === true || (quoted && !isTwoSided(quotes, i))) continue;
    const [bid, ask] = [columns.bid[i] ?? null, columns.ask[i] ?? null];
    const [bidVol, askVol] = [columns.bidVol[i] ?? null, columns.askVol[i] ?? null];
    if (quoted) {
      if (bid === null || ask === null || bidVol === null || askVol === null) continue;
      if (!(bidVol > 0) || (ask - bid) / ((ask + bid) / 2) > widestSpread) continue;
      const half = Math.max(narrowestHalfSpread, (askVol - bidVol) / 2);
      found.push({ strike, vol: (bidVol + askVol) / 2, weight: 1 / (half * half), bidVol, askVol });
    } else {
      const vol = columns.markVol[i] ?? null;
      if (vol === null || !(vol > 0) || askVol === null) continue;
      // A modelled spread weighs the quote, but nothing is proven by lying inside it.
      const half = Math.max(narrowestHalfSpread, bidVol === null ? askVol - vol : (askVol - bidVol) / 2);
      found.push({ strike, vol, weight: 1 / (half * half) });
    }
  }
  return found;
}

function analyzeExpiry(
  input: ChainInput,
  quotes: ExpiryQuotes,
  time: Years,
  forward: ExpiryForward,
  quoted: boolean,
): Work {
  const name = `${input.symbol} ${quotes.expiry}`;
  const terms: ExpiryTerms | null =
    forward.forward === null
      ? null
      : {
          timeToExpiry: time,
          forward: forward.forward,
          discountFactor: forward.discountFactor,
          spot: input.spot,
        };
  const rate = time > 0 ? -Math.log(forward.discountFactor) / time : 0;
  const stock =
    terms === null || input.spot === null || input.exercise !== 'american'
      ? null
      : { spot: input.spot, rate, timeToExpiry: time };
  const american: AmericanTerms | null =
    stock === null || terms === null ? null : { ...stock, dividendYield: yieldOf(stock, terms.forward) };
  const noTermsReason =
    time > 0
      ? sentenceOf(failure('no-forward', name, { reason: 'no strike has both a call and a put' }))
      : sentenceOf(failure('expired', name, { date: quotes.expiry }));
  const side = (type: OptionType): SideWork =>
    startSide({
      type,
      quotes: quotes[type],
      strikes: quotes.strikes,
      terms,
      noTermsReason,
      american,
      americanStrikes: input.withoutFits === true ? indexStrikes : quotes.strikes.length,
      mark: input.mark,
      quoted,
      tick: input.tick ?? defaultTick,
      deepOpenInterest: deepOpenInterestOf(input.calendar),
      nameOf: (strike, optionType) => optionName(input.symbol, quotes.expiry, strike, optionType),
    });
  const [call, put] = [side('call'), side('put')];
  const base = { quotes, time, forward, terms, call, put };
  if (terms === null) return { ...base, fit: null, fitReason: noTermsReason, lowest: 0, highest: 0 };
  if (input.withoutFits === true) {
    finishSide(call, terms, null, input.mark, american);
    finishSide(put, terms, null, input.mark, american);
    return { ...base, fit: null, fitReason: null, lowest: 0, highest: 0 };
  }
  const points = smileQuotes(call, put, terms, quoted);
  const fitted = fitSmile({ forward: terms.forward, timeToExpiry: time, quotes: points });
  const fit = fitted.ok ? fitted.value : null;
  finishSide(call, terms, fit?.shape ?? null, input.mark, american);
  finishSide(put, terms, fit?.shape ?? null, input.mark, american);
  return {
    ...base,
    fit,
    fitReason: fitted.ok
      ? null
      : sentenceOf(failure(fitted.error.code, `${name} smile`, fitted.error.detail)),
    lowest: Math.log((points[0]?.strike ?? terms.forward) / terms.forward),
    highest: Math.log((points.at(-1)?.strike ?? terms.forward) / terms.forward),
  };
}

function indexExpiry(work: Work): IndexExpiry | null {
  if (work.terms === null) return null;
  const options = [work.call, work.put].flatMap((side) =>
    [...side.strikes].flatMap((strike, i) => {
      const vol = side.columns.markVol[i] ?? null;
      return vol === null || side.quotes.excluded[i] === true
        ? []
        : [{ strike, vol, vega: side.vegaPerVol[i]! }];
    }),
  );
  return { timeToExpiry: work.time, forward: work.terms.forward, options };
}

function strikeQuotes(work: Work, quoted: boolean): StrikeQuote[] {
  const price = (side: SideWork, i: number, end: 'bid' | 'ask'): number => {
    if (side.quotes.excluded[i] === true) return 0;
    return (quoted ? side.quotes[end][i] : side.columns.mark[i]) ?? 0;
  };
  return [...work.call.strikes].map((strike, i) => ({
    strike,
    callBid: price(work.call, i, 'bid'),
    callAsk: price(work.call, i, 'ask'),
    putBid: price(work.put, i, 'bid'),
    putAsk: price(work.put, i, 'ask'),
  }));
}

function modelFreeOf(works: readonly Work[], quoted: boolean): Vol | null {
  const target = modelFreeTermDays / daysPerYear;
  const usable = works
    .filter((work) => work.terms !== null && work.time * daysPerYear >= fewestModelFreeDays)
    .sort((a, b) => a.time - b.time);
  const near = usable.findLast((work) => work.time <= target);
  const next = usable.find((work) => work.time > target);
  if (near === undefined || next === undefined) return null;
  const found = modelFreeVol({
    expiries: [near, next].map((work) => ({
      timeToExpiry: work.time,
      rate: -Math.log(work.forward.discountFactor) / work.time,
      quotes: strikeQuotes(work, quoted),
    })),
  });
  return found.ok ? found.value.vol : null;
}

/** What the calendar check found, by position of the later expiry. */
function calendarNotes(works: readonly Work[]): ReadonlyMap<Work, string> {
  const ordered = works
    .filter((work) => work.fit !== null && work.fit.model !== 'flat')
    .sort((a, b) => a.time - b.time);
  const smiles = ordered.map((work) => ({
    shape: work.fit!.shape,
    lowest: work.lowest,
    highest: work.highest,
  }));
  return new Map(
    calendarBreaches(smiles).map((breach) => {
      const [near, far] = [ordered[breach.near]!, ordered[breach.far]!];
      const strike = far.terms!.forward * Math.exp(breach.logMoneyness);
      return [
        far,
        `Calendar arbitrage against ${near.quotes.key} near strike ${inDecimals(strike, 0)}: less total variance than before.`,
      ];
    }),
  );
}

/** A flat stand-in has a level and no shape: its wings and slope would be made up. */
function skewOfWork({ fit, lowest, highest }: Work): SkewMeasures {
  if (fit === null) return noSkew;
  const skew = skewOf({ shape: fit.shape, lowest, highest });
  return fit.model === 'flat' ? { ...noSkew, atmVol: skew.atmVol } : skew;
}

function outputOf(input: ChainInput, work: Work, calendarNote: string | null): ExpiryAnalysis {
  const { quotes, forward, fit } = work;
  const notes = [fit?.note ?? null, calendarNote].filter((note) => note !== null);
  const wanted = input.rowKeys === undefined || input.rowKeys.includes(quotes.key);
  return {
    key: quotes.key,
    expiry: quotes.expiry,
    root: quotes.root,
    settlement: quotes.settlement,
    days: daysBetween(input.asOf, quotes.expiry),
    timeToExpiry: work.time,
    forward: forward.forward,
    forwardSource: forward.source,
    forwardStandardError: forward.standardError,
    forwardNote: forward.note,
    discountFactor: forward.discountFactor,
    discountSource: forward.discountSource,
    impliedRate: forward.impliedRate,
    multiplier: quotes.multiplier,
    fit:
      fit === null
        ? null
        : {
            ...fit,
            params: { ...fit.params },
            outlierStrikes: [...fit.outlierStrikes],
            note: notes.length > 0 ? notes.join(' ') : null,
            curve: smileCurve(fit.shape, work.lowest, work.highest),
          },
    fitReason: work.fitReason,
    skew: skewOfWork(work),
    rowCount: quotes.strikes.length,
    rows: wanted ? { strikes: [...quotes.strikes], call: work.call.columns, put: work.put.columns } : null,
  };
}

/**
 * One day's chain from quotes to forwards, volatilities, greeks, fitted smiles, skew and index numbers.
 * Pure, and plain data in and out, so it runs in a worker.
 *
 * @param input.expiries any order, one entry a key; strikes ascending
 * @returns expiries by time; every blank volatility with its sentence
 *
 * Limits: American options are priced with their dividends and borrow spread evenly as the yield that the
 * forward implies, and the smile is fitted to the volatilities so found. Where no quote has a bid or an ask the whole
 * chain is taken as end-of-day marks and its bid and ask are modelled, which `quoteModel` says.
 * Source: math §2, §3, §5. Proof: test/unit/quant/chain-analysis.test.ts,
 * test/reference/quant/chain-analysis.test.ts
 */
export function analyzeChain(input: ChainInput): ChainAnalysis {
  const quoted = input.expiries.some(({ call, put }) =>
    [call, put].some((side) => [...side.bid, ...side.ask].some((price) => price !== null && price > 0)),
  );
  const times = input.expiries.map(({ expiry, settlement }) =>
    yearsToExpiry({
      calendar: input.calendar,
      asOf: input.asOf,
      quotedAt: input.quotedAt,
      expiry,
      settlement,
    }),
  );
  const forwards = chainForwards(input, times, quoted);
  const works = input.expiries
    .map((quotes, i) => analyzeExpiry(input, quotes, times[i]!, forwards[i]!, quoted))
    .sort((a, b) => a.time - b.time || (a.quotes.key < b.quotes.key ? -1 : 1));
  const quality: QuoteCounts = { quotes: 0, twoSided: 0, zeroBid: 0, crossed: 0, withoutVol: 0, excluded: 0 };
  for (const work of works) {
    for (const { quotes, columns } of [work.call, work.put]) countQuotes(quotes, columns.markVol, quality);
  }
  const notes = calendarNotes(works);
  return {
    symbol: input.symbol,
    asOf: input.asOf,
    exercise: input.exercise,
    mark: input.mark,
    quoteModel: quoted
      ? { kind: 'quoted', note: 'Bid and ask as quoted.' }
      : { kind: 'spread-model', note: spreadModelNote },
    expiries: works.map((work) => outputOf(input, work, notes.get(work) ?? null)),
    ivIndex: [
      ...ivIndex({
        expiries: works.map(indexExpiry).filter((expiry) => expiry !== null),
        ...(input.ivTerms === undefined ? {} : { terms: input.ivTerms }),
      }),
    ],
    modelFreeVol30: modelFreeOf(works, quoted),
    quality,
  };
}
