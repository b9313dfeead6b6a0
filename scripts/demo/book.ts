import { addDays } from '../../shared/dates.ts';
import { chainRows } from './chains.ts';
import type { DemoFile } from './files.ts';
import type { ImpliedVol } from './implied.ts';
import { sessions } from './paths.ts';
import type { Market } from './paths.ts';

/** Names held and their share of the basket's ten million. */
const basket: readonly (readonly [string, number])[] = [
  ['BRYX', 0.11],
  ['DLNT', 0.1],
  ['HLSM', 0.1],
  ['LMRA', 0.09],
  ['XLOR', 0.08],
  ['EKSO', 0.07],
  ['TRBN', 0.07],
  ['GRDN', 0.07],
  ['OSTR', 0.06],
  ['VNTG', 0.06],
  ['FNWK', 0.05],
  ['BLZA', 0.05],
  ['CMPO', 0.05],
  ['RDMT', 0.04],
];
const basketValue = 10_000_000;

/** Options held: name, type, strike over spot, contracts (short is negative). */
const optionsHeld: readonly (readonly [string, 'call' | 'put', number, number])[] = [
  ['DLNT', 'call', 1.06, -12],
  ['FNWK', 'call', 1.08, -15],
  ['VNTG', 'call', 1.05, -30],
  ['CMPO', 'call', 1.08, -20],
  ['MERI', 'put', 0.96, 6],
];

function positionsFile(market: Market, implied: ImpliedVol): string {
  const last = sessions.length - 1;
  const rows = ['book,symbol,contract,quantity,multiplier,cost_price'];
  for (const [symbol, share] of basket) {
    const bars = market.bars.get(symbol) ?? [];
    const lots = Math.round((basketValue * share) / (bars[last]?.close ?? 1) / 100);
    rows.push(`Meridian overlay,${symbol},,${lots * 100},1,${(bars[last - 120]?.close ?? 0).toFixed(2)}`);
  }
  for (const [symbol, type, moneyness, contracts] of optionsHeld) {
    const spot = market.bars.get(symbol)?.[last]?.close ?? 0;
    const row = chainRows(market, implied, symbol, last - 1)
      .filter((quote) => quote.expiry === '2026-12-18')
      .find((quote) => quote.strike >= spot * moneyness);
    if (row === undefined) throw new Error(`${symbol} has no strike at ${moneyness} of spot`);
    const cost = ((row[type].bid + row[type].ask) / 2) * 1.15;
    rows.push(
      `Meridian overlay,${symbol},${symbol} ${row.expiry} ${row.strike} ${type === 'call' ? 'C' : 'P'},${contracts},100,${cost.toFixed(2)}`,
    );
  }
  return `${rows.join('\n')}\n`;
}

function forwardStartFile(market: Market, implied: ImpliedVol): string {
  const last = sessions.length - 1;
  const struckOn = sessions.indexOf('2026-09-18');
  const fixing = market.bars.get('MERI')?.[struckOn]?.close ?? 0;
  const price = (vol: number, years: number): string => (0.3989 * vol * Math.sqrt(years)).toFixed(4);
  const forwardVol = implied('MERI', last - 30, addDays(sessions[last] ?? '', 180));
  const quarter = price(forwardVol, 0.25);
  const rows = [
    'contract_id,underlying,first_ref_time,second_ref_time,type,basis,strike_adj_mult,strike_adj_abs,currency_amount,quantity,price,premium,fixed_strike',
    `FS-MERI-LIVE,MERI,2026-09-18,2026-12-18,straddle,relative,1,0,1000000,-2,${(2 * Number(quarter)).toFixed(4)},paid,${fixing.toFixed(2)}`,
    `FS-MERI-DEC-MAR,MERI,2026-12-18,2027-03-19,straddle,relative,1,0,1000000,5,${(2 * Number(quarter)).toFixed(4)},deferred,`,
    `FS-MERI-MAR-JUN,MERI,2027-03-19,2027-06-17,call,relative,1,0,1000000,-8,${quarter},deferred,`,
    `FS-MERI-JUN-SEP,MERI,2027-06-17,2027-09-17,put,relative,1,0,1000000,6,${quarter},deferred,`,
    `FS-MERI-FEB-JUN,MERI,2027-02-19,2027-06-17,qstraddle,relative,1,0,10000000,3,${(forwardVol ** 2 * 0.326).toFixed(5)},deferred,`,
    `FS-MERI-OTM-PUT,MERI,2026-12-18,2027-03-19,put,relative,0.95,0,2000000,4,${price(0.7 * forwardVol, 0.25)},paid,`,
    `FS-BRYX-JAN-MAR,BRYX,2027-01-15,2027-03-19,straddle,absolute,1,0,5000,2,19.50,deferred,`,
  ];
  return `${rows.join('\n')}\n`;
}

function realizedVolFile(): string {
  const rows = [
    'contract_id,underlying,kind,start,end,formula,return,P,multiplier,months,tick,quantity,price',
    'RV-MERI-Q-DEC,MERI,Q,2026-09-18,2026-12-18,zero_mean,log,252,100000,3,0.0001,-4,0.1725',
    'RV-MERI-Q-MAR,MERI,Q,2026-12-18,2027-03-19,zero_mean,log,252,100000,3,0.0001,3,0.2010',
    'RV-MERI-M-NOV,MERI,M,2026-10-30,2026-11-30,zero_mean,log,252,100000,1,0.0001,10,0.1610',
    'RV-DLNT-M-DEC,DLNT,M,2026-12-04,2027-01-04,ohlc,log,252,100000,1,0.0001,-5,0.3340',
  ];
  return `${rows.join('\n')}\n`;
}

/** Holdings and contracts, in the templates of our own. */
export function contractFiles(market: Market, implied: ImpliedVol): readonly DemoFile[] {
  return [
    { path: 'positions.csv', text: positionsFile(market, implied), compressed: false },
    { path: 'forward_start.csv', text: forwardStartFile(market, implied), compressed: false },
    { path: 'realized_vol.csv', text: realizedVolFile(), compressed: false },
  ];
}
