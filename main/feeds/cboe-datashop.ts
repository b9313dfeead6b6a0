import { ok } from '../../shared/result.ts';
import type { FeedFormat } from './feed-format.ts';
import { detectHeader, hasColumns, headerOf, unusedSymbol } from './header.ts';
import { zeroIsNone } from './option-quotes.ts';
import { beforeClose, optionTypeAt, vendorChainParser, withoutCaret } from './vendor-chain.ts';

const common = {
  symbol: ['underlying_symbol'],
  tradeDate: ['quote_date'],
  root: ['root'],
  expiration: ['expiration'],
  strike: ['strike'],
  type: ['option_type'],
  close: ['close'],
  volume: ['trade_volume'],
  openInterest: ['open_interest'],
  delivery: ['delivery_code'],
};

/** The two snapshots of a row. One of them is read, never a mixture. */
const snapshots = {
  '1545': {
    bidSize: ['bid_size_1545'],
    bid: ['bid_1545'],
    askSize: ['ask_size_1545'],
    ask: ['ask_1545'],
    spotBid: ['underlying_bid_1545'],
    spotAsk: ['underlying_ask_1545'],
    vol: ['implied_volatility_1545'],
  },
  eod: {
    bidSize: ['bid_size_eod'],
    bid: ['bid_eod'],
    askSize: ['ask_size_eod'],
    ask: ['ask_eod'],
    spotBid: ['underlying_bid_eod'],
    spotAsk: ['underlying_ask_eod'],
    vol: ['implied_volatility_eod'],
  },
};

const minutesBeforeClose = 15;

/** Cboe DataShop option end of day, with the snapshot fifteen minutes before the close where it is there. */
export const cboeDatashop: FeedFormat = {
  format: 'cboe-datashop',
  expects: 'underlying_symbol, quote_date, root, expiration, strike, option_type, bid_1545 or bid_eod',
  detect: (head) =>
    detectHeader(
      head,
      [common.symbol, common.tradeDate, common.root, common.expiration, common.type, ['bid_1545', 'bid_eod']],
      'its header has quote_date, root, expiration and option_type, as Cboe DataShop',
    ),
  open: (head, detection, options) => {
    const header = headerOf(head, detection);
    const early = hasColumns(header, ['bid_1545', 'ask_1545']);
    const when = early ? 'fifteen minutes before the close (15:45)' : 'the end of day';
    return ok(
      vendorChainParser({
        header,
        aliases: { ...common, ...snapshots[early ? '1545' : 'eod'] },
        spotSource: `middle of the underlying's quote at ${when}, DataShop`,
        notes: [...unusedSymbol(options.symbol), `Quotes are those of ${when}.`],
        read: (row, at) => {
          const symbol = withoutCaret(row.requiredSymbol(at.symbol, 'underlying_symbol'));
          const tradeDate = row.requiredDate(at.tradeDate, 'quote_date');
          return {
            symbol,
            tradeDate,
            expiry: row.requiredDate(at.expiration, 'expiration'),
            strike: row.requiredNumber(at.strike, 'strike'),
            spot: (row.number(at.spotBid, 'underlying bid') + row.number(at.spotAsk, 'underlying ask')) / 2,
            quotedAt: row.problem === null ? beforeClose(tradeDate, early ? minutesBeforeClose : 0) : null,
            options: [
              {
                optionType: optionTypeAt(row, at.type),
                root: row.requiredSymbol(at.root, 'root'),
                adjusted: row.text(at.delivery) !== null,
                bid: row.notNegative(at.bid, 'bid'),
                ask: zeroIsNone(row.notNegative(at.ask, 'ask')),
                bidSize: row.notNegative(at.bidSize, 'bid size'),
                askSize: row.notNegative(at.askSize, 'ask size'),
                close: zeroIsNone(row.notNegative(at.close, 'close')),
                volume: row.notNegative(at.volume, 'trade volume'),
                openInterest: row.notNegative(at.openInterest, 'open interest'),
                vendorVol: zeroIsNone(row.notNegative(at.vol, 'implied volatility')),
              },
            ],
          };
        },
      }),
    );
  },
};
