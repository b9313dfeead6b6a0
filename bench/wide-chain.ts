import { blackPrice } from '../shared/quant/european/black.ts';

const expiries = [
  '2026-12-18',
  '2027-01-15',
  '2027-02-19',
  '2027-03-19',
  '2027-06-18',
  '2027-09-17',
  '2027-12-17',
  '2028-01-21',
];
const strikesEach = 2500;

/** A quote table of 20,000 rows in the exchange's layout: eight expiries of 2,500 strikes, calls and puts. */
export function wideChain(): string {
  const spot = 5000;
  const lines = [
    '',
    `Wide Index,Last: ${spot.toFixed(2)},Change: 0.00`,
    `"Date: November 20, 2026 at 4:15 PM EST",Bid: ${spot.toFixed(2)},Ask: ${spot.toFixed(2)},Size: 1*1,Volume: 0`,
    'Expiration Date,Calls,Last Sale,Net,Bid,Ask,Volume,IV,Delta,Gamma,Open Interest,Strike,Puts,Last Sale,Net,Bid,Ask,Volume,IV,Delta,Gamma,Open Interest',
  ];
  expiries.forEach((expiry, i) => {
    const timeToExpiry = (28 + 50 * i) / 365;
    const [year, month, day] = expiry.split('-');
    const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
    for (let k = 0; k < strikesEach; k++) {
      const strike = 3000 + k * 1.6;
      const vol = 0.2 - 0.1 * Math.log(strike / spot);
      const side = (optionType: 'call' | 'put'): string => {
        const price = blackPrice({ optionType, forward: spot, strike, timeToExpiry, vol });
        const bid = Math.max(0, Math.floor(price * 20 - 2) / 20);
        return `${price.toFixed(2)},0,${bid.toFixed(2)},${(bid + 0.3).toFixed(2)},${k % 90},${vol.toFixed(4)},0.5,0.0001,${k % 700}`;
      };
      const code = (type: string): string =>
        `WIDE${expiry.slice(2).replaceAll('-', '')}${type}${String(Math.round(strike * 1000)).padStart(8, '0')}`;
      lines.push(
        `Fri ${months[Number(month) - 1]} ${day} ${year},${code('C')},${side('call')},${strike.toFixed(2)},${code('P')},${side('put')}`,
      );
    }
  });
  return `${lines.join('\n')}\n`;
}
