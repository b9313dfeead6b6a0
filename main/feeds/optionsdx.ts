import { failure } from '../../shared/failure.ts';
import { rootFor } from '../../shared/option-roots.ts';
import { fail, ok } from '../../shared/result.ts';
import type { FeedFormat } from './feed-format.ts';
import { detectHeader, headerOf } from './header.ts';
import { zeroIsNone } from './option-quotes.ts';
import type { RowReader } from './row-reader.ts';
import { vendorChainParser } from './vendor-chain.ts';

const aliases = {
  unixTime: ['QUOTE_UNIXTIME'],
  tradeDate: ['QUOTE_DATE'],
  spot: ['UNDERLYING_LAST'],
  expiry: ['EXPIRE_DATE'],
  strike: ['STRIKE'],
  callVol: ['C_IV'],
  callVolume: ['C_VOLUME'],
  callLast: ['C_LAST'],
  callSize: ['C_SIZE'],
  callBid: ['C_BID'],
  callAsk: ['C_ASK'],
  putVol: ['P_IV'],
  putVolume: ['P_VOLUME'],
  putLast: ['P_LAST'],
  putSize: ['P_SIZE'],
  putBid: ['P_BID'],
  putAsk: ['P_ASK'],
};

/** `spy_eod_202301.txt`: the file's name is the only place that says the underlying. */
const symbolInName = (fileName: string): string | null =>
  /^([a-z^]{1,6})_(?:eod|15x|30x|60x)_/i.exec(fileName)?.[1]?.replace('^', '').toUpperCase() ?? null;

/** `1 x 2`: bid size and ask size. */
function sizesAt(row: RowReader, index: number): { readonly bidSize: number; readonly askSize: number } {
  const match = /^\s*(\d+)\s*x\s*(\d+)\s*$/i.exec(row.raw(index));
  return match === null
    ? { bidSize: Number.NaN, askSize: Number.NaN }
    : { bidSize: Number(match[1]), askSize: Number(match[2]) };
}

const instantOf = (unixSeconds: number): string | null =>
  unixSeconds > 0 && unixSeconds < 1e11
    ? `${new Date(unixSeconds * 1000).toISOString().slice(0, 19)}Z`
    : null;

/** OptionsDX end of day and intraday: one row is the call and the put of a strike. */
export const optionsdx: FeedFormat = {
  format: 'optionsdx',
  expects: '[QUOTE_DATE], [EXPIRE_DATE], [STRIKE], [C_BID], [C_ASK], [P_BID], [P_ASK]',
  detect: (head) =>
    detectHeader(
      head,
      [aliases.tradeDate, aliases.expiry, aliases.strike, aliases.callBid, aliases.putBid, aliases.spot],
      'its header has QUOTE_DATE, EXPIRE_DATE, C_BID and P_BID, as OptionsDX',
    ),
  open: (head, detection, options) => {
    const symbol = options.symbol ?? symbolInName(options.fileName);
    if (symbol === null)
      return fail(failure('symbol-required', options.fileName, { what: 'whose options it holds (symbol)' }));
    return ok(
      vendorChainParser({
        header: headerOf(head, detection),
        aliases,
        spotSource: 'UNDERLYING_LAST of the OptionsDX file',
        notes: options.symbol === null ? [`The symbol ${symbol} is taken from the file's name.`] : [],
        read: (row, at) => {
          const expiry = row.requiredDate(at.expiry, 'EXPIRE_DATE');
          const root = row.problem === null ? rootFor(symbol, expiry) : symbol;
          return {
            symbol,
            tradeDate: row.requiredDate(at.tradeDate, 'QUOTE_DATE'),
            expiry,
            strike: row.requiredNumber(at.strike, 'STRIKE'),
            spot: row.number(at.spot, 'UNDERLYING_LAST'),
            quotedAt: instantOf(row.number(at.unixTime, 'QUOTE_UNIXTIME')),
            options: [
              {
                optionType: 'call',
                root,
                ...sizesAt(row, at.callSize),
                bid: row.notNegative(at.callBid, 'C_BID'),
                ask: zeroIsNone(row.notNegative(at.callAsk, 'C_ASK')),
                last: zeroIsNone(row.notNegative(at.callLast, 'C_LAST')),
                volume: row.notNegative(at.callVolume, 'C_VOLUME'),
                vendorVol: zeroIsNone(row.number(at.callVol, 'C_IV')),
              },
              {
                optionType: 'put',
                root,
                ...sizesAt(row, at.putSize),
                bid: row.notNegative(at.putBid, 'P_BID'),
                ask: zeroIsNone(row.notNegative(at.putAsk, 'P_ASK')),
                last: zeroIsNone(row.notNegative(at.putLast, 'P_LAST')),
                volume: row.notNegative(at.putVolume, 'P_VOLUME'),
                vendorVol: zeroIsNone(row.number(at.putVol, 'P_IV')),
              },
            ],
          };
        },
      }),
    );
  },
};
