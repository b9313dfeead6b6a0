import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { regularSessions } from '../shared/calendar.ts';
import { addDays, yearsBetween } from '../shared/dates.ts';
import { blackPrice } from '../shared/quant/european/black.ts';

export const bookDay = '2026-11-20';
export const bookNames = Array.from({ length: 50 }, (_, i) => `N${String(i + 1).padStart(2, '0')}`);
const contractsEach = 40;
const listedEach = 100;
const expiries = ['2026-12-18', '2027-01-15', '2027-03-19', '2027-06-17', '2027-09-17'];
const strikesEach = 10;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const volOf = (name: number, time: number): number => 0.2 + 0.004 * (name % 20) + 0.03 * Math.exp(-2 * time);

/** A chain of five expiries of ten strikes, calls and puts, in the exchange's layout. */
function chain(name: string, place: number): string {
  const spot = 100 + 7 * place;
  const lines = [
    '',
    `${name} Corp,Last: ${spot.toFixed(2)},Change: 0.00`,
    `"Date: November 20, 2026 at 4:15 PM EST",Bid: ${spot.toFixed(2)},Ask: ${spot.toFixed(2)},Size: 1*1,Volume: 0`,
    'Expiration Date,Calls,Last Sale,Net,Bid,Ask,Volume,IV,Delta,Gamma,Open Interest,Strike,Puts,Last Sale,Net,Bid,Ask,Volume,IV,Delta,Gamma,Open Interest',
  ];
  for (const expiry of expiries) {
    const [year = '', month = '', day = ''] = expiry.split('-');
    const timeToExpiry = yearsBetween(bookDay, expiry);
    for (const strike of strikes(spot)) {
      const vol = volOf(place, timeToExpiry) - 0.1 * Math.log(strike / spot);
      const side = (optionType: 'call' | 'put'): string => {
        const price = blackPrice({ optionType, forward: spot, strike, timeToExpiry, vol });
        const bid = Math.max(0.01, price - 0.02);
        return `${price.toFixed(2)},0,${bid.toFixed(2)},${(price + 0.02).toFixed(2)},10,${vol.toFixed(4)},0.5,0.01,100`;
      };
      const code = (type: string): string =>
        `${name}${expiry.slice(2).replaceAll('-', '')}${type}${String(Math.round(strike * 1000)).padStart(8, '0')}`;
      lines.push(
        `Fri ${months[Number(month) - 1]} ${day} ${year},${code('C')},${side('call')},${strike.toFixed(2)},${code('P')},${side('put')}`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

const strikes = (spot: number): readonly number[] =>
  Array.from({ length: strikesEach }, (_, k) => Math.round(spot * (0.82 + 0.04 * k)));

/**
 * Files of a large book: 50 names with a chain and a year of prices each, 2,000 contracts (three quarters of them
 * forward starts of every kind, the rest on realized volatility), and 5,000 listed option positions.
 */
export function writeBook(folder: string): readonly string[] {
  mkdirSync(folder, { recursive: true });
  const files: string[] = [];
  const write = (name: string, lines: readonly string[]): void => {
    const file = join(folder, name);
    writeFileSync(file, `${lines.join('\n')}\n`);
    files.push(file);
  };
  const sessions = regularSessions({ calendar: 'NYSE', from: '2025-11-20', to: bookDay });
  const ahead = regularSessions({ calendar: 'NYSE', from: addDays(bookDay, 1), to: addDays(bookDay, 360) });
  const at = (place: number): string => ahead[Math.min(place, ahead.length - 1)] ?? bookDay;
  const prices = ['symbol,date,open,high,low,close,adj_close,volume'];
  const held = ['book,symbol,contract,quantity,multiplier,cost_price'];
  const forwards = [
    'contract_id,underlying,first_ref_time,second_ref_time,type,basis,strike_adj_mult,strike_adj_abs,currency_amount,quantity,price,premium,fixed_strike',
  ];
  const realized = [
    'contract_id,underlying,kind,start,end,formula,return,P,multiplier,months,tick,quantity,price',
  ];
  bookNames.forEach((name, place) => {
    const spot = 100 + 7 * place;
    write(`${name.toLowerCase()}_quotedata.csv`, [chain(name, place)]);
    sessions.forEach((date, i) => {
      const close = (spot * (1 + 0.02 * Math.sin(i * 0.7 + place))).toFixed(2);
      prices.push([name, date, close, close, close, close, close, 0].join(','));
    });
    const options = expiries.flatMap((expiry) =>
      strikes(spot).flatMap((strike) => ['C', 'P'].map((type) => `${name} ${expiry} ${strike} ${type}`)),
    );
    options.slice(0, listedEach).forEach((contract, i) => {
      held.push(['Book', name, contract, (i % 7) - 3 || 5, 100, 1].join(','));
    });
    const types = ['call', 'put', 'straddle', 'qstraddle', 'qcall'];
    for (let i = 0; i < contractsEach; i++) {
      const start = 5 + 18 * (i % 10);
      const [first, second] = [at(start), at(start + 30 + 7 * (i % 5))];
      const quantity = (i % 5) - 2 || 3;
      if (i % 4 === 3) {
        realized.push(
          [
            `RV-${name}-${i}`,
            name,
            'Q',
            i % 8 === 3 ? '2026-10-20' : first,
            second,
            'zero_mean',
            'log',
            252,
            100000,
            3,
            0.0001,
            quantity,
            0.22,
          ].join(','),
        );
        continue;
      }
      const basis = i % 3 === 0 ? 'absolute' : 'relative';
      const amount = basis === 'absolute' ? 1000 : 1000000;
      forwards.push(
        [
          `FS-${name}-${i}`,
          name,
          first,
          second,
          types[i % types.length],
          basis,
          i % 2 === 0 ? 1 : 0.95,
          0,
          amount,
          quantity,
          '',
          'deferred',
          '',
        ].join(','),
      );
    }
  });
  write('prices.csv', prices);
  write('positions.csv', held);
  write('forward_start.csv', forwards);
  write('realized_vol.csv', realized);
  return files;
}
