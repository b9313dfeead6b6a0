import type { HedgeLeg, Suggestion, SuggestionDrift } from '../../../../shared/contract/hedge.ts';
import type { IsoDate } from '../../../../shared/dates.ts';
import { sentenceOf } from '../../../../shared/failure.ts';
import { inPercent, inWhole } from '../../../../shared/quant/words.ts';
import { parseOptionSymbol } from '../../../../shared/symbols.ts';
import type { OptionQuoteColumns, Readers } from '../../../store/index.ts';
import { chainDay } from '../market/as-of.ts';

type DriftLeg = SuggestionDrift['legs'][number];

interface Quote {
  readonly bid: number | null;
  readonly ask: number | null;
  readonly mark: number | null;
}

function quoteIn(chain: OptionQuoteColumns, contract: string): Quote | null {
  const option = parseOptionSymbol(contract);
  if (!option.ok) return null;
  const { root, expiry, strike, optionType } = option.value;
  for (let row = 0; row < chain.rows; row += 1) {
    if (
      chain.strike[row] !== strike ||
      chain.expiryDate[row] !== expiry ||
      chain.optionType[row] !== optionType ||
      chain.root[row] !== root
    ) {
      continue;
    }
    const [bid, ask] = [chain.bid[row] ?? null, chain.ask[row] ?? null];
    const mid = bid !== null && ask !== null && ask >= bid && ask > 0 ? (bid + ask) / 2 : null;
    return { bid, ask, mark: mid ?? chain.settle[row] ?? chain.close[row] ?? chain.last[row] ?? null };
  }
  return null;
}

function missingOf(
  contract: string,
  found: Quote | null,
  isMarket: boolean,
  sold: boolean,
  quotedOn: IsoDate | null,
): string {
  const day = quotedOn ?? 'that day';
  if (found === null) return `${contract} is not in the chain of ${day}.`;
  return `${contract} has no ${isMarket ? (sold ? 'bid' : 'ask') : 'price'} on ${day}.`;
}

function legDrift(
  leg: HedgeLeg,
  found: Quote | null,
  quotedOn: IsoDate | null,
  why: string | null,
): DriftLeg {
  const sold = leg.side === 'sell';
  const side = found === null ? null : sold ? found.bid : found.ask;
  // A modelled quote was no market: then marks are compared.
  const isQuoted = found !== null && (found.bid !== null || found.ask !== null);
  const isMarket = isQuoted && !leg.flags.includes('modelled quote');
  const reviewedQuote = isMarket ? (sold ? leg.quote.bid : leg.quote.ask) : leg.quote.mark;
  const quote = isMarket ? side : (found?.mark ?? null);
  const change = quote === null || reviewedQuote === null ? null : quote - reviewedQuote;
  return {
    legId: leg.legId,
    contract: leg.contract,
    side: leg.side,
    quantity: leg.quantity,
    reviewedPrice: leg.price,
    reviewedQuote,
    basis: isMarket ? 'market' : 'mark',
    bid: found?.bid ?? null,
    ask: found?.ask ?? null,
    mark: found?.mark ?? null,
    quote,
    quotedOn,
    change,
    changeFraction: change === null || !reviewedQuote ? null : change / reviewedQuote,
    money: change === null ? null : (sold ? 1 : -1) * change * leg.quantity * leg.multiplier,
    limitTrades: !isMarket || side === null ? null : sold ? side >= leg.price : side <= leg.price,
    reason: change !== null ? null : (why ?? missingOf(leg.contract, found, isMarket, sold, quotedOn)),
  };
}

/** The reviewed quotes of a suggestion's accepted legs against the newest up to a day. */
export function driftSince(
  read: Readers,
  { suggestionId, proposal }: Suggestion,
  asOf?: IsoDate,
): SuggestionDrift {
  const chains = new Map<string, OptionQuoteColumns | string>();
  const chainOf = (symbol: string): OptionQuoteColumns | string => {
    const known = chains.get(symbol);
    if (known !== undefined) return known;
    const day = chainDay(read, symbol, asOf);
    const chain = day.ok ? read.quotes.chain(symbol, day.value) : sentenceOf(day.error);
    chains.set(symbol, chain);
    return chain;
  };
  const legs = proposal.legs
    .filter(({ decision, quantity }) => decision !== 'rejected' && quantity > 0)
    .map((leg) => {
      const chain = chainOf(leg.symbol);
      return typeof chain === 'string'
        ? legDrift(leg, null, null, chain)
        : legDrift(leg, quoteIn(chain, leg.contract), chain.tradeDate, null);
    });
  const known = legs.filter(({ money }) => money !== null);
  const money = known.reduce((sum, leg) => sum + (leg.money ?? 0), 0);
  const unknown = legs.length - known.length;
  const newest = legs.reduce<IsoDate>(
    (day, { quotedOn }) => (quotedOn !== null && quotedOn > day ? quotedOn : day),
    '',
  );
  const worst = known.reduce<DriftLeg | null>(
    (most, leg) => ((leg.money ?? 0) < (most?.money ?? 0) ? leg : most),
    null,
  );
  const missing = unknown === 0 ? '' : ` ${unknown} of ${legs.length} legs have no quote.`;
  const sentence =
    known.length === 0
      ? `No leg has a quote to compare with.${missing}`
      : newest <= proposal.asOf
        ? `There are no quotes newer than those reviewed (${proposal.asOf}).${missing}`
        : `From ${proposal.asOf} to ${newest} prices moved ${money >= 0 ? 'for' : 'against'} the package by ${inWhole(Math.abs(money))}${
            worst === null || worst.changeFraction === null
              ? ''
              : `, most against ${worst.contract} (${inPercent(worst.changeFraction)})`
          }.${missing}`;
  return { suggestionId, reviewedOn: proposal.asOf, legs, money, unknown, sentence };
}
