import { addDays, daysBetween, daysPerYear, type IsoDate } from '../../../../shared/dates.ts';
import { sentenceOf } from '../../../../shared/failure.ts';
import {
  flatSmile,
  type DatedDividend,
  type ExpiryMarket,
  type NameMarket,
} from '../../../../shared/quant/scenario/book.ts';
import { shockMarket } from '../../../../shared/quant/scenario/shock-market.ts';
import { shockOf } from '../../../../shared/quant/scenario/shock.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import type { Readers } from '../../../store/index.ts';
import type { QueryContext } from '../../handlers.ts';
import { chainDay } from '../market/as-of.ts';
import type { AnalyzedChain, ChainDesk } from '../market/chain-desk.ts';
import { calendarOfSymbol } from '../market/prices.ts';
import type { ListedExpiry } from './frozen-desk.ts';

/** One name of a frozen market, with the listed contracts and marks that positions on it are read from. */
export interface FrozenName {
  readonly market: NameMarket;
  readonly listed: readonly ListedExpiry[];
  /** Null where the name has no chain. */
  readonly chain: AnalyzedChain | null;
  /** What to know of it; empty where it is all of the day itself. */
  readonly quality: readonly string[];
}

function expiriesOf({ analysis }: AnalyzedChain): ExpiryMarket[] {
  return analysis.expiries
    .flatMap((expiry): ExpiryMarket[] => {
      const { key, settlement, timeToExpiry, forward, discountFactor, fit, fitReason } = expiry;
      if (forward === null || !(timeToExpiry > 0)) return [];
      return [
        {
          key,
          expiry: expiry.expiry,
          settlement,
          timeToExpiry,
          forward,
          discountFactor,
          smile: fit?.shape ?? null,
          smileReason: fit === null ? (fitReason ?? 'It has too few quotes for a smile.') : null,
          layers: [],
        },
      ];
    })
    .sort((a, b) => a.timeToExpiry - b.timeToExpiry);
}

const listedOf = ({ analysis }: AnalyzedChain): ListedExpiry[] =>
  analysis.expiries.flatMap(({ key, root, expiry, multiplier, rows }) =>
    rows === null ? [] : [{ key, root, expiry, multiplier, strikes: rows.strikes }],
  );

/** A name known by its stored volatilities alone: flat smiles by term, forwards without carry. */
function termExpiries(read: Readers, symbol: string, day: IsoDate, spot: number): ExpiryMarket[] {
  return read.vols
    .on(symbol, day)
    .filter(({ termDays, vol }) => termDays > 0 && vol > 0)
    .map(({ termDays, vol }) => {
      const timeToExpiry = termDays / daysPerYear;
      const expiry = addDays(day, termDays);
      return {
        key: `${expiry}:${symbol}`,
        expiry,
        settlement: 'PM',
        timeToExpiry,
        forward: spot,
        discountFactor: 1,
        smile: flatSmile({ vol, timeToExpiry, forward: spot }),
        smileReason: null,
        layers: [],
      };
    });
}

/** An older chain carried to the day: time passes, and the spot goes where the day's close is. */
function carried(
  market: NameMarket,
  chainDate: IsoDate,
  day: IsoDate,
  close: number | null,
): Result<NameMarket, string> {
  const spot =
    close === null || close === market.spot
      ? []
      : [
          {
            kind: 'move',
            target: { kind: 'names', symbols: [market.symbol] },
            move: close / market.spot - 1,
          } as const,
        ];
  const moved = shockMarket({
    book: { asOf: chainDate, names: [market], indexes: [], positions: [] },
    shock: shockOf({ daysForward: daysBetween(chainDate, day), spot, smileRule: { kind: 'stickyDelta' } }),
  });
  const [name] = moved.ok ? moved.value.names : [];
  return name === undefined
    ? fail(`${market.symbol}'s chain of ${chainDate} cannot be carried to ${day}.`)
    : ok(name);
}

/** Days after which no listed option needs a dividend. */
const dividendDays = 1100;

/**
 * Cash dividends with an ex-date after a day that the desk's prices hold: on a past day those that came, on the
 * newest none. What was only to be expected then is inside the forwards.
 */
export function dividendsKnown(read: Readers, symbol: string, day: IsoDate): DatedDividend[] {
  const prices = read.prices.upTo(symbol, addDays(day, dividendDays));
  return prices.date.flatMap((exDate, row) => {
    const amount = prices.dividend[row] ?? 0;
    return exDate > day && amount > 0 ? [{ exDate, amount }] : [];
  });
}

const basisOf = (read: Readers, symbol: string, day: IsoDate) =>
  ({
    symbol,
    calendar: calendarOfSymbol(read, symbol),
    dividends: dividendsKnown(read, symbol, day),
    // Volatilities of the chain were read with dividends as a yield; so are options valued, or marks would move.
    dividendTreatment: 'yield',
    betas: {},
  }) as const;

/** A name by its price and stored volatilities alone; without those it has no expiries. */
export function nameFromTerms(symbol: string, day: IsoDate, read: Readers): Result<FrozenName, string> {
  const priced = read.prices.closeOn(symbol, day);
  if (priced === null) return fail(`${symbol} has no price on or before ${day}. Import its prices.`);
  const expiries = termExpiries(read, symbol, day, priced.close);
  const quality =
    expiries.length > 0
      ? [`${symbol} has no chain: stored volatilities of ${day} by term, flat in strike, without carry.`]
      : [];
  return ok({
    market: { ...basisOf(read, symbol, day), spot: priced.close, exercise: 'european', rate: 0, expiries },
    listed: [],
    chain: null,
    quality,
  });
}

/** A name as it stood on a day: from its newest chain up to it, else from stored volatilities, else its price alone. */
export async function frozenName(
  symbol: string,
  day: IsoDate,
  context: QueryContext,
  chains: ChainDesk,
): Promise<Result<FrozenName, string>> {
  const { read } = context;
  const chainOn = chainDay(read, symbol, day);
  const chain = chainOn.ok ? await chains.analyzed(context, symbol, chainOn.value, 'mid') : chainOn;
  if (!chain.ok && chain.error.code === 'cancelled') return fail(sentenceOf(chain.error));
  if (!chain.ok) return nameFromTerms(symbol, day, read);
  const { analysis, spot } = chain.value;
  const priced = read.prices.closeOn(symbol, day);
  const expiries = expiriesOf(chain.value);
  const level = spot ?? expiries[0]?.forward ?? priced?.close ?? null;
  if (level === null)
    return fail(`${symbol} has neither spot nor forward on ${analysis.asOf}. Import its prices.`);
  const last = expiries.at(-1);
  const market: NameMarket = {
    ...basisOf(read, symbol, day),
    spot: level,
    exercise: analysis.exercise,
    rate: last === undefined ? 0 : -Math.log(last.discountFactor) / last.timeToExpiry,
    expiries,
  };
  const known = { listed: listedOf(chain.value), chain: chain.value };
  if (analysis.asOf === day) return ok({ market, ...known, quality: [] });
  const close = priced !== null && priced.date > analysis.asOf ? priced.close : null;
  const moved = carried(market, analysis.asOf, day, close);
  if (!moved.ok) return moved;
  const moving = close === null ? '' : `, its spot moved to the close of ${priced?.date ?? day}`;
  return ok({
    market: moved.value,
    ...known,
    quality: [`${symbol}'s newest chain is of ${analysis.asOf}: carried to ${day}${moving}.`],
  });
}
