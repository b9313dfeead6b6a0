import { rootFor } from '../../shared/option-roots.ts';
import { ok } from '../../shared/result.ts';
import type { FeedFormat } from './feed-format.ts';
import { detectHeader, headerOf, unusedSymbol } from './header.ts';
import { zeroIsNone } from './option-quotes.ts';
import { beforeClose, vendorChainParser, withoutCaret } from './vendor-chain.ts';

/** File names first, the longer names of the vendor's API second. */
const aliases = {
  symbol: ['ticker'],
  tradeDate: ['trade_date', 'tradeDate'],
  expiry: ['expirDate'],
  strike: ['strike'],
  spot: ['spot_px', 'spotPrice', 'stkPx', 'stockPrice'],
  callVolume: ['cVolu', 'callVolume'],
  callOpenInterest: ['cOi', 'callOpenInterest'],
  putVolume: ['pVolu', 'putVolume'],
  putOpenInterest: ['pOi', 'putOpenInterest'],
  callBid: ['cBidPx', 'callBidPrice'],
  callAsk: ['cAskPx', 'callAskPrice'],
  putBid: ['pBidPx', 'putBidPrice'],
  putAsk: ['pAskPx', 'putAskPrice'],
  callVol: ['cMidIv', 'callMidIv'],
  putVol: ['pMidIv', 'putMidIv'],
};

/** The vendor takes its quotes fourteen minutes before the close. */
const minutesEarly = 14;

/** ORATS SMV strikes: one row is the call and the put of a strike. */
export const oratsStrikes: FeedFormat = {
  format: 'orats-strikes',
  expects: 'ticker, expirDate, strike, cBidPx, cAskPx, pBidPx, pAskPx, trade_date',
  detect: (head) =>
    detectHeader(
      head,
      [aliases.symbol, aliases.expiry, aliases.strike, aliases.callBid, aliases.putAsk, aliases.tradeDate],
      'its header has expirDate with call and put prices of a strike, as ORATS strikes',
    ),
  open: (head, detection, options) =>
    ok(
      vendorChainParser({
        header: headerOf(head, detection),
        aliases,
        spotSource: 'stock price of the ORATS file',
        notes: [
          ...unusedSymbol(options.symbol),
          'The file names no option roots: index expiries other than third Fridays are taken to settle at the close.',
        ],
        read: (row, at) => {
          const tradeDate = row.requiredDate(at.tradeDate, 'trade_date');
          const expiry = row.requiredDate(at.expiry, 'expirDate');
          const symbol = withoutCaret(row.requiredSymbol(at.symbol, 'ticker'));
          const root = row.problem === null ? rootFor(symbol, expiry) : symbol;
          return {
            symbol,
            tradeDate,
            expiry,
            strike: row.requiredNumber(at.strike, 'strike'),
            spot: row.number(at.spot, 'stkPx'),
            quotedAt: row.problem === null ? beforeClose(tradeDate, minutesEarly) : null,
            options: [
              {
                optionType: 'call',
                root,
                bid: row.notNegative(at.callBid, 'call bid'),
                ask: zeroIsNone(row.notNegative(at.callAsk, 'call ask')),
                volume: row.notNegative(at.callVolume, 'call volume'),
                openInterest: row.notNegative(at.callOpenInterest, 'call open interest'),
                vendorVol: zeroIsNone(row.number(at.callVol, 'call mid iv')),
              },
              {
                optionType: 'put',
                root,
                bid: row.notNegative(at.putBid, 'put bid'),
                ask: zeroIsNone(row.notNegative(at.putAsk, 'put ask')),
                volume: row.notNegative(at.putVolume, 'put volume'),
                openInterest: row.notNegative(at.putOpenInterest, 'put open interest'),
                vendorVol: zeroIsNone(row.number(at.putVol, 'put mid iv')),
              },
            ],
          };
        },
      }),
    ),
};
