import { rootFor } from '../../shared/option-roots.ts';
import { ok } from '../../shared/result.ts';
import { parseOptionSymbol } from '../../shared/symbols.ts';
import type { Exercise } from '../../shared/units.ts';
import type { FeedFormat } from './feed-format.ts';
import { detectHeader, headerOf, unusedSymbol } from './header.ts';
import { zeroIsNone } from './option-quotes.ts';
import { optionTypeAt, vendorChainParser, withoutCaret } from './vendor-chain.ts';

const aliases = {
  symbol: ['symbol'],
  tradeDate: ['date'],
  spot: ['stock_price_close', 'stock price close'],
  contract: ['option_symbol', 'option symbol'],
  expiry: ['option_expiration', 'option expiration'],
  strike: ['strike'],
  type: ['call/put'],
  style: ['style'],
  ask: ['ask'],
  bid: ['bid'],
  settle: ['settlement'],
  vol: ['iv'],
  volume: ['volume'],
  openInterest: ['open_interest', 'open interest'],
};

const exerciseOf = (style: string | null): Exercise | null =>
  style === 'A' ? 'american' : style === 'E' ? 'european' : null;

/** iVolatility end of day: one row an option. */
export const ivolatility: FeedFormat = {
  format: 'ivolatility',
  expects: 'symbol, date, option_symbol, option_expiration, strike, call/put, style, bid, ask',
  detect: (head) =>
    detectHeader(
      head,
      [aliases.symbol, aliases.tradeDate, aliases.expiry, aliases.type, aliases.style, aliases.bid],
      'its header has option_expiration, call/put and style, as iVolatility',
    ),
  open: (head, detection, options) =>
    ok(
      vendorChainParser({
        header: headerOf(head, detection),
        aliases,
        spotSource: 'closing stock price of the iVolatility file',
        notes: unusedSymbol(options.symbol),
        read: (row, at) => {
          const symbol = withoutCaret(row.requiredSymbol(at.symbol, 'symbol'));
          const expiry = row.requiredDate(at.expiry, 'option_expiration');
          const parsed = parseOptionSymbol(row.raw(at.contract));
          return {
            symbol,
            tradeDate: row.requiredDate(at.tradeDate, 'date'),
            expiry,
            strike: row.requiredNumber(at.strike, 'strike'),
            spot: row.number(at.spot, 'stock_price_close'),
            quotedAt: null,
            options: [
              {
                optionType: optionTypeAt(row, at.type),
                root: parsed.ok ? parsed.value.root : row.problem === null ? rootFor(symbol, expiry) : symbol,
                exercise: exerciseOf(row.text(at.style)?.toUpperCase() ?? null),
                bid: row.notNegative(at.bid, 'bid'),
                ask: zeroIsNone(row.notNegative(at.ask, 'ask')),
                settle: zeroIsNone(row.notNegative(at.settle, 'settlement')),
                volume: row.notNegative(at.volume, 'volume'),
                openInterest: row.notNegative(at.openInterest, 'open interest'),
                vendorVol: zeroIsNone(row.notNegative(at.vol, 'iv')),
              },
            ],
          };
        },
      }),
    ),
};
