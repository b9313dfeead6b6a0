import { yearsToExpiry } from '../../calendar.ts';
import type { ExpirySettlement } from '../../calendar.ts';
import { daysBetween, daysPerYear } from '../../dates.ts';
import type { IsoDate } from '../../dates.ts';
import { tradingYears } from '../../trading-clock.ts';
import type { Exercise, Fraction, Vol, Years } from '../../units.ts';
import { finishExpiry, startExpiry } from './chain-expiry.ts';
import type { Work } from './chain-expiry.ts';
import { chainForwards } from './chain-forward.ts';
import type { ForwardSource } from './chain-forward.ts';
import type { ChainClock, ChainInput, MarkChoice, SideAnalysis } from './chain-input.ts';
import { countQuotes, isTooWide } from './chain-marks.ts';
import type { QuoteCounts } from './chain-marks.ts';
import type { SideWork } from './chain-side.ts';
import { ivIndex } from '../surface/iv-index.ts';
import type { IndexExpiry, IvIndex } from '../surface/iv-index.ts';
import { noSkew, skewOf } from '../surface/skew.ts';
import type { SkewMeasures } from '../surface/skew.ts';
import { smileCurve } from '../surface/smile.ts';
import type { SmileFit } from '../surface/smile.ts';
import { spreadModelNote } from './spread-model.ts';
import type { QuotedCalendarArbitrage } from '../surface/surface-quotes.ts';
import { repairCalendar } from '../surface/surface-repair.ts';
import { modelFreeVol } from '../surface/variance-swap.ts';
import type { StrikeQuote } from '../surface/variance-swap.ts';
import { inDecimals } from '../words.ts';

export interface FitAnalysis extends Omit<SmileFit, 'params' | 'outlierStrikes'> {
  readonly params: Record<string, number>;
  readonly outlierStrikes: number[];
  readonly curve: { readonly logMoneyness: number[]; readonly vol: number[]; readonly density: number[] };
}

/** How an expiry stands against the one before it. */
export interface CalendarAnalysis {
  /** Key of the earlier expiry. */
  readonly against: string;
  /** Whether its curve was raised to the earlier one anywhere. */
  readonly raised: boolean;
  /** The most among its own quotes; 0 where it was raised beyond them only. */
  readonly raisedVolPoints: number;
  readonly raisedAtStrike: number | null;
  /** Strikes of the earlier expiry whose bid has more total variance than the ask here. */
  readonly quoted: QuotedCalendarArbitrage[];
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
  /** Null where the curve stands free of the one before it and the quotes agree. */
  readonly calendar: CalendarAnalysis | null;
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
  /** How the times to expiry, and so the volatilities, are counted. */
  readonly clock: { readonly kind: ChainClock['kind']; readonly note: string };
  readonly quoteModel: { readonly kind: 'quoted' | 'spread-model'; readonly note: string };
  readonly expiries: ExpiryAnalysis[];
  readonly ivIndex: IvIndex[];
  readonly modelFreeVol30: Vol | null;
  readonly quality: QuoteCounts;
}

/** Near expiries under a week are passed over by the model-free volatility, as the exchange does. */
const fewestModelFreeDays = 7;
const modelFreeTermDays = 30;

function indexExpiry(work: Work): IndexExpiry | null {
  if (work.terms === null) return null;
  const options = [work.call, work.put].flatMap((side) =>
    [...side.strikes].flatMap((strike, i) => {
      const vol = side.columns.markVol[i] ?? null;
      return vol === null || side.quotes.excluded[i] === true || isTooWide(side.quotes, i)
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
    .filter((work) => work.terms !== null && work.calendarTime * daysPerYear >= fewestModelFreeDays)
    .sort((a, b) => a.calendarTime - b.calendarTime);
  const near = usable.findLast((work) => work.calendarTime <= target);
  const next = usable.find((work) => work.calendarTime > target);
  if (near === undefined || next === undefined) return null;
  const found = modelFreeVol({
    expiries: [near, next].map((work) => ({
      timeToExpiry: work.calendarTime,
      rate: -Math.log(work.forward.discountFactor) / work.calendarTime,
      quotes: strikeQuotes(work, quoted),
    })),
  });
  return found.ok ? found.value.vol : null;
}

interface Placed {
  readonly work: Work;
  readonly calendar: CalendarAnalysis | null;
}

/** Holds the fits of all expiries above one another; the works in the order given. */
function placed(works: readonly Work[]): Placed[] {
  const fitted = works.filter((work) => work.fit !== null);
  const slices = repairCalendar(
    fitted.map(({ time, fit, points }) => ({ timeToExpiry: time, fit: fit!, quotes: points })),
  );
  return works.map((work): Placed => {
    const slice = slices[fitted.indexOf(work)];
    if (slice === undefined) return { work, calendar: null };
    const { fit, raise, quotedArbitrage } = slice;
    const near = raise?.near ?? quotedArbitrage?.near;
    if (near === undefined) return { work: { ...work, fit }, calendar: null };
    return {
      work: { ...work, fit },
      calendar: {
        against: fitted[near]!.quotes.key,
        raised: raise !== null,
        raisedVolPoints: raise?.mostVolPointsAtQuotes ?? 0,
        raisedAtStrike: raise?.strike ?? null,
        quoted: (quotedArbitrage?.strikes ?? []).map((one) => ({ ...one })),
      },
    };
  });
}

/** A lift of less than this among the quotes, volatility points, is not worth a word. */
const leastSaid = 0.01;

function calendarNote(calendar: CalendarAnalysis | null): string | null {
  if (calendar === null) return null;
  const { against, raisedVolPoints, raisedAtStrike, quoted } = calendar;
  const said: string[] = [];
  if (raisedAtStrike !== null && raisedVolPoints >= leastSaid)
    said.push(
      `Raised by up to ${inDecimals(raisedVolPoints, 2)} volatility points, most at strike ${inDecimals(raisedAtStrike, 0)}, to the total variance of ${against}.`,
    );
  const [worst] = [...quoted].sort((a, b) => b.nearBidVol - b.farAskVol - (a.nearBidVol - a.farAskVol));
  if (worst !== undefined)
    said.push(
      `The quotes themselves hold calendar arbitrage against ${against} at ${quoted.length} ${quoted.length === 1 ? 'strike' : 'strikes'}, such as ${inDecimals(worst.strike, 0)}: its bid has more total variance than the ask here.`,
    );
  return said.length === 0 ? null : said.join(' ');
}

/** A flat or borrowed curve has a level and no shape of its own: its wings and slope would be made up. */
function skewOfWork({ fit, lowest, highest }: Work): SkewMeasures {
  if (fit === null) return noSkew;
  const skew = skewOf({ shape: fit.shape, lowest, highest });
  return fit.model === 'flat' || fit.model === 'scaled neighbor' ? { ...noSkew, atmVol: skew.atmVol } : skew;
}

function outputOf(input: ChainInput, { work, calendar }: Placed): ExpiryAnalysis {
  const { quotes, forward, fit } = work;
  const notes = [fit?.note ?? null, calendarNote(calendar)].filter((note) => note !== null);
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
    calendar,
    skew: skewOfWork(work),
    rowCount: quotes.strikes.length,
    rows: wanted ? { strikes: [...quotes.strikes], call: work.call.columns, put: work.put.columns } : null,
  };
}

function clockNote(clock: ChainClock): string {
  if (clock.kind === 'calendar') return 'Calendar time: days and minutes over 365 days.';
  const events =
    clock.events.length === 0
      ? ''
      : `; ${clock.events.map(({ date, weight }) => `${date} counts ${weight}`).join(', ')}`;
  return `Trading time: sessions over 252; a closed day counts ${clock.closedDayWeight}, a night ${clock.overnightShare} of its session${events}. The model-free volatility stays in calendar time.`;
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
  const clock = input.clock ?? { kind: 'calendar' };
  const times = input.expiries.map(({ expiry, settlement }) => {
    const { calendar, asOf, quotedAt } = input;
    const span = { calendar, asOf, quotedAt, expiry, settlement };
    const calendarTime = yearsToExpiry(span);
    return { calendarTime, time: clock.kind === 'trading' ? tradingYears({ ...span, clock }) : calendarTime };
  });
  const forwards = chainForwards(
    input,
    times.map(({ calendarTime }) => calendarTime),
    quoted,
  );
  const surface = placed(
    input.expiries
      .map((quotes, i) => startExpiry(input, quotes, times[i]!, forwards[i]!, quoted))
      .sort((a, b) => a.time - b.time || (a.quotes.key < b.quotes.key ? -1 : 1)),
  );
  const works = surface.map(({ work }) => work);
  for (const work of works) finishExpiry(work, input);
  const quality: QuoteCounts = { quotes: 0, twoSided: 0, zeroBid: 0, crossed: 0, withoutVol: 0, excluded: 0 };
  for (const work of works) {
    for (const { quotes, columns } of [work.call, work.put]) countQuotes(quotes, columns.markVol, quality);
  }
  return {
    symbol: input.symbol,
    asOf: input.asOf,
    exercise: input.exercise,
    mark: input.mark,
    clock: { kind: clock.kind, note: clockNote(clock) },
    quoteModel: quoted
      ? { kind: 'quoted', note: 'Bid and ask as quoted.' }
      : { kind: 'spread-model', note: spreadModelNote },
    expiries: surface.map((one) => outputOf(input, one)),
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
