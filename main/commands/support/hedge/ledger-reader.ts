import type { LedgerCycle, LedgerLine, LedgerName } from '../../../../shared/contract/ledger.ts';
import type { IsoDate } from '../../../../shared/dates.ts';
import {
  ledgerLines,
  ledgerSums,
  type LedgerEnding,
  type LedgerLine as FoundLine,
  type LedgerTrade,
} from '../../../../shared/quant/hedge/ledger.ts';
import { realizedVolFromMarks } from '../../../../shared/quant/history/realized-vol.ts';
import type { Readers } from '../../../store/index.ts';
import { contractOf } from '../contracts/held-contracts.ts';
import { closesOf } from '../market/prices.ts';
import { tradedSuggestions } from './held-legs.ts';

/** One return says nothing of a volatility. */
const fewestReturns = 2;

interface Trades {
  readonly label: string;
  readonly source: LedgerCycle['source'];
  readonly currency: string;
  readonly index: string;
  readonly trades: readonly LedgerTrade[];
}

/** Every trade of the suggestions that were sent, by what they belong to: as filled, else as sent at their limits. */
function suggestedTrades(read: Readers, asOf: IsoDate): readonly Trades[] {
  const byLabel = new Map<string, Trades>();
  for (const suggestion of tradedSuggestions(read, asOf)) {
    const { proposal, suggestionId } = suggestion;
    const fills = read.suggestions.fills(suggestionId);
    const trades = proposal.legs
      .filter(({ decision, quantity }) => decision === 'accepted' && quantity > 0)
      .flatMap((leg): LedgerTrade[] => {
        const sign = leg.side === 'sell' ? -1 : 1;
        const common = {
          contract: leg.contract,
          symbol: leg.symbol,
          optionType: leg.type,
          expiry: leg.expiry,
          strike: leg.strike,
          multiplier: leg.multiplier,
          vol: leg.quote.vol,
        };
        if (fills.length === 0) {
          const fee = proposal.request.commissionPerContract * leg.quantity;
          return [{ ...common, quantity: sign * leg.quantity, price: leg.price, fee, date: proposal.asOf }];
        }
        return fills
          .filter(({ legId }) => legId === leg.legId)
          .map((fill) => ({
            ...common,
            quantity: sign * fill.quantity,
            price: fill.price,
            fee: fill.commission,
            date: fill.tradedAt.slice(0, 10),
          }));
      });
    const label = proposal.basket;
    const before = byLabel.get(label);
    const source = fills.length > 0 ? 'fills' : 'sent';
    byLabel.set(label, {
      label,
      source: before?.source === 'sent' ? 'sent' : source,
      currency: proposal.currency,
      index: proposal.index,
      trades: [...(before?.trades ?? []), ...trades],
    });
  }
  return [...byLabel.values()];
}

/** Options of a book that no suggestion knows, opened at their cost; the day they were opened is not known. */
function bookedTrades(read: Readers, asOf: IsoDate, known: ReadonlySet<string>): readonly Trades[] {
  const byBook = new Map<string, LedgerTrade[]>();
  const add = (book: string, trade: LedgerTrade): void => {
    byBook.set(book, [...(byBook.get(book) ?? []), trade]);
  };
  for (const position of read.positions.list()) {
    const contract = contractOf(position);
    const {
      optionType,
      expiryDate: expiry,
      strike,
      costPrice: price,
      quantity,
      multiplier,
      symbol,
    } = position;
    if (contract === null || optionType === null || expiry === null || strike === null || price === null)
      continue;
    if (known.has(contract)) continue;
    const trade = { contract, symbol, optionType, expiry, strike, multiplier, quantity, price };
    add(position.book, { ...trade, fee: 0, date: asOf, vol: null });
  }
  for (const row of read.expiries.rows()) {
    if (row.basket !== null || row.openPrice === null || known.has(row.contract)) continue;
    const { contract, symbol, optionType, expiry, strike, multiplier, quantity, openPrice: price } = row;
    const trade = { contract, symbol, optionType, expiry, strike, multiplier, quantity, price };
    add(row.book, { ...trade, fee: 0, date: row.expiry < row.asOf ? row.expiry : row.asOf, vol: null });
  }
  return [...byBook].map(([label, trades]) => ({
    label,
    source: 'positions',
    currency: read.underliers.find(trades[0]?.symbol ?? '')?.currency ?? 'USD',
    index: '',
    trades,
  }));
}

function endingsOf(read: Readers, { label, source }: Trades): readonly LedgerEnding[] {
  return read.expiries
    .rows()
    .filter(({ basket, book }) =>
      source === 'positions' ? book === label : basket === label || basket === null,
    )
    .map((row) => ({
      contract: row.contract,
      quantity: row.quantity,
      outcome: row.outcome,
      date: row.expiry < row.asOf ? row.expiry : row.asOf,
      intrinsic:
        row.outcome === 'worthless'
          ? 0
          : row.settlementPrice === null
            ? null
            : Math.max(
                0,
                row.optionType === 'call'
                  ? row.settlementPrice - row.strike
                  : row.strike - row.settlementPrice,
              ),
    }));
}

function shownLine(line: FoundLine, asOf: IsoDate): LedgerLine {
  const { optionType, ...rest } = line;
  const note =
    line.open > 0 && line.expiry <= asOf
      ? `It ends on ${line.expiry}: post what became of it.`
      : line.openValue === null
        ? `It has no price on ${asOf}.`
        : line.result === null
          ? 'Its ending has no settlement price.'
          : null;
  return { ...rest, type: optionType, note };
}

/** Implied against realized volatility of one name of a cycle. */
function nameOf(
  read: Readers,
  lines: readonly FoundLine[],
  facts: {
    readonly symbol: string;
    readonly asOf: IsoDate;
    readonly isIndex: boolean;
    readonly hasDates: boolean;
  },
): LedgerName {
  const { symbol, asOf, isIndex, hasDates } = facts;
  const from = lines.reduce((first, line) => (line.from < first ? line.from : first), asOf);
  const isOpen = lines.some(({ open }) => open > 0);
  const lastEnd = lines.reduce((last, { to }) => (to !== null && to > last ? to : last), from);
  const to = isOpen ? asOf : lastEnd;
  const weighed = lines.filter(({ openVol }) => openVol !== null);
  const weight = weighed.reduce((sum, { opened }) => sum + opened, 0);
  const impliedVol =
    weight === 0
      ? null
      : weighed.reduce((sum, { opened, openVol }) => sum + opened * (openVol ?? 0), 0) / weight;
  const closes = closesOf(read, symbol, to);
  const first = closes.dates.findLastIndex((date) => date <= from);
  const marks = hasDates && first >= 0 ? closes.values.slice(first) : [];
  const found = marks.length > fewestReturns ? realizedVolFromMarks({ estimator: 'zeroMean', marks }) : null;
  const realized = found?.ok === true ? found.value : null;
  const sold = lines.reduce((sum, line) => sum + (line.side === 'sold' ? 1 : -1) * line.opened, 0) > 0;
  const captured =
    impliedVol === null || realized === null ? null : (sold ? 1 : -1) * (impliedVol - realized.vol);
  const results = lines.map(({ result }) => result);
  return {
    symbol,
    isIndex,
    from: hasDates ? from : null,
    to,
    contracts: lines.reduce((sum, { opened }) => sum + opened, 0),
    premium: lines.reduce((sum, { openMoney }) => sum + openMoney, 0),
    result: results.some((result) => result === null)
      ? null
      : results.reduce<number>((sum, result) => sum + (result ?? 0), 0),
    impliedVol,
    realizedVol: realized?.vol ?? null,
    sessions: realized?.observations ?? 0,
    captured,
    reason: !hasDates
      ? 'The day it was opened is not known.'
      : impliedVol === null
        ? 'Its volatility was not known when it was traded.'
        : realized === null
          ? `${symbol} has fewer than two daily returns from ${from} to ${to}.`
          : null,
  };
}

/** Cycles of everything that was sent or is booked, newest expiry first; marks of what is open are handed in. */
export function ledgerCycles(
  read: Readers,
  request: {
    readonly asOf: IsoDate;
    readonly basket: string | null;
    readonly marks: ReadonlyMap<string, number>;
  },
): readonly LedgerCycle[] {
  const { asOf, basket, marks } = request;
  const cycles = ledgerTrades(read, asOf)
    .filter(({ label }) => basket === null || label === basket)
    .flatMap((own) => {
      const lines = ledgerLines({ trades: own.trades, endings: endingsOf(read, own), marks });
      const expiries = [...new Set(lines.map(({ expiry }) => expiry))];
      return expiries.map((expiry): LedgerCycle => {
        const inCycle = lines.filter((line) => line.expiry === expiry);
        const isOpen = inCycle.some(({ open }) => open > 0);
        const hasDates = own.source !== 'positions';
        const symbols = [...new Set(inCycle.map(({ symbol }) => symbol))].sort();
        const ends = inCycle.flatMap(({ to }) => (to === null ? [] : [to])).sort();
        return {
          basket: own.label,
          expiry,
          currency: own.currency,
          source: own.source,
          state: !isOpen ? 'closed' : expiry <= asOf ? 'to-post' : 'open',
          from: hasDates ? (inCycle.map(({ from }) => from).sort()[0] ?? null) : null,
          to: isOpen ? null : (ends.at(-1) ?? null),
          sums: { ...ledgerSums(inCycle) },
          lines: inCycle.map((line) => shownLine(line, asOf)),
          names: symbols.map((symbol) =>
            nameOf(
              read,
              inCycle.filter((line) => line.symbol === symbol),
              { symbol, asOf, isIndex: symbol === own.index, hasDates },
            ),
          ),
        };
      });
    });
  return cycles.sort((a, b) =>
    a.expiry !== b.expiry ? (a.expiry < b.expiry ? 1 : -1) : a.basket < b.basket ? -1 : 1,
  );
}

/** Every trade the ledger knows, by suggestion and by book. */
export function ledgerTrades(read: Readers, asOf: IsoDate): readonly Trades[] {
  const suggested = suggestedTrades(read, asOf);
  const known = new Set(suggested.flatMap(({ trades }) => trades.map(({ contract }) => contract)));
  return [...suggested, ...bookedTrades(read, asOf, known)];
}
