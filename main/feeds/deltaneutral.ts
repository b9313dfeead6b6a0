import { rootFor } from '../../shared/option-roots.ts';
import { ok } from '../../shared/result.ts';
import { parseOptionSymbol } from '../../shared/symbols.ts';
import type { FeedFormat } from './feed-format.ts';
import { detectHeader, headerOf, unusedSymbol } from './header.ts';
import { zeroIsNone } from './option-quotes.ts';
import { optionTypeAt, vendorChainParser, withoutCaret } from './vendor-chain.ts';

/** L2 and L3 names first, the older lower-case layout second. */
const aliases = {
  symbol: ['UnderlyingSymbol', 'underlying'],
  spot: ['UnderlyingPrice', 'underlying_last'],
  contract: ['OptionSymbol', 'optionroot', 'optionalias', 'Alias'],
  type: ['Type', 'optiontype'],
  expiry: ['Expiration'],
  tradeDate: ['DataDate', 'quotedate'],
  strike: ['Strike'],
  last: ['Last'],
  bid: ['Bid'],
  ask: ['Ask'],
  volume: ['Volume'],
  openInterest: ['OpenInterest', 'open interest'],
  vol: ['IV', 'impliedvol'],
};

/**
 * DeltaNeutral (historicaloptiondata): bare bones, L2 and L3. Its theta per year and vega per 1.00 of
 * volatility are not kept: greeks are computed here.
 */
export const deltaneutral: FeedFormat = {
  format: 'deltaneutral',
  expects: 'UnderlyingSymbol, UnderlyingPrice, OptionSymbol, Type, Expiration, DataDate, Strike, Bid, Ask',
  detect: (head) =>
    detectHeader(
      head,
      [
        aliases.symbol,
        aliases.spot,
        aliases.type,
        aliases.expiry,
        aliases.tradeDate,
        aliases.strike,
        aliases.bid,
      ],
      'its header has an underlying price, a type, an expiration and a data date, as DeltaNeutral',
    ),
  open: (head, detection, options) =>
    ok(
      vendorChainParser({
        header: headerOf(head, detection),
        aliases,
        spotSource: 'underlying price of the DeltaNeutral file',
        notes: unusedSymbol(options.symbol),
        read: (row, at) => {
          const symbol = withoutCaret(row.requiredSymbol(at.symbol, 'UnderlyingSymbol'));
          const expiry = row.requiredDate(at.expiry, 'Expiration');
          const parsed = parseOptionSymbol(row.raw(at.contract));
          const root = parsed.ok
            ? parsed.value.root
            : row.problem === null
              ? rootFor(symbol, expiry)
              : symbol;
          return {
            symbol,
            tradeDate: row.requiredDate(at.tradeDate, 'DataDate'),
            expiry,
            strike: row.requiredNumber(at.strike, 'Strike'),
            spot: row.number(at.spot, 'UnderlyingPrice'),
            quotedAt: null,
            options: [
              {
                optionType: optionTypeAt(row, at.type),
                root,
                bid: row.notNegative(at.bid, 'Bid'),
                ask: zeroIsNone(row.notNegative(at.ask, 'Ask')),
                last: zeroIsNone(row.notNegative(at.last, 'Last')),
                volume: row.notNegative(at.volume, 'Volume'),
                openInterest: row.notNegative(at.openInterest, 'OpenInterest'),
                vendorVol: zeroIsNone(row.notNegative(at.vol, 'IV')),
              },
            ],
          };
        },
      }),
    ),
};
