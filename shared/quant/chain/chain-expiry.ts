import { failure, sentenceOf } from '../../failure.ts';
import type { LogMoneyness, OptionType, Years } from '../../units.ts';
import { yieldOf } from './chain-american.ts';
import type { AmericanTerms } from './chain-american.ts';
import { deepOpenInterestOf } from './chain-forward.ts';
import type { ExpiryForward } from './chain-forward.ts';
import type { ChainInput, ExpiryQuotes } from './chain-input.ts';
import { isTooWide, isTwoSided, optionName } from './chain-marks.ts';
import { finishSide, startSide } from './chain-side.ts';
import type { ExpiryTerms, SideWork } from './chain-side.ts';
import { fitSmile } from '../surface/smile.ts';
import type { SmileFit, SmileQuote } from '../surface/smile.ts';

const defaultTick = 0.05;
/** No quote is trusted to better than this, decimal volatility: a twentieth of a point. */
const narrowestHalfSpread = 0.0005;
/** Where only the IV Index is wanted, early exercise is taken out of these strikes of an expiry. */
const indexStrikes = 8;

/** One expiry on its way from quotes to output. */
export interface Work {
  readonly quotes: ExpiryQuotes;
  /** By the clock that volatilities are per year of. */
  readonly time: Years;
  /** By the calendar, which rates are per year of. */
  readonly calendarTime: Years;
  readonly forward: ExpiryForward;
  readonly terms: ExpiryTerms | null;
  readonly american: AmericanTerms | null;
  readonly call: SideWork;
  readonly put: SideWork;
  readonly points: readonly SmileQuote[];
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
      if (!(bidVol > 0) || isTooWide(quotes, i)) continue;
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

/** Volatilities of one expiry's quotes and the smile through them; fitted volatilities and greeks come later. */
export function startExpiry(
  input: ChainInput,
  quotes: ExpiryQuotes,
  times: { readonly time: Years; readonly calendarTime: Years },
  forward: ExpiryForward,
  quoted: boolean,
): Work {
  const { time } = times;
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
  const base = { quotes, ...times, forward, terms, american, call, put };
  if (terms === null)
    return { ...base, points: [], fit: null, fitReason: noTermsReason, lowest: 0, highest: 0 };
  if (input.withoutFits === true)
    return { ...base, points: [], fit: null, fitReason: null, lowest: 0, highest: 0 };
  const points = smileQuotes(call, put, terms, quoted);
  const fitted = fitSmile({ forward: terms.forward, timeToExpiry: time, quotes: points });
  return {
    ...base,
    points,
    fit: fitted.ok ? fitted.value : null,
    fitReason: fitted.ok
      ? null
      : sentenceOf(failure(fitted.error.code, `${name} smile`, fitted.error.detail)),
    lowest: Math.log((points[0]?.strike ?? terms.forward) / terms.forward),
    highest: Math.log((points.at(-1)?.strike ?? terms.forward) / terms.forward),
  };
}

/** Fitted volatilities and greeks of both sides, once the curve stands. */
export function finishExpiry({ terms, call, put, fit, american }: Work, input: ChainInput): void {
  if (terms === null) return;
  for (const side of [call, put]) finishSide(side, terms, fit?.shape ?? null, input.mark, american);
}
