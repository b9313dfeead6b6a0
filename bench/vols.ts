import { BlackScholes } from '@uqee/black-scholes';
import { blackPrice } from '../shared/quant/european/black.ts';
import { impliedVol, impliedVols } from '../shared/quant/european/implied-vol.ts';
import { medianSeconds } from './report.ts';
import type { Benchmark, Measurement } from './report.ts';

const count = 5000;

/** A chain as a desk sees it: five expiries, strikes around the money, a skew. No rate, so that both ask the same. */
function quotes(): readonly {
  strike: number;
  time: number;
  vol: number;
  type: 'call' | 'put';
  price: number;
}[] {
  const forward = 100;
  return Array.from({ length: count }, (_, i) => {
    const time = [0.05, 0.15, 0.3, 0.6, 1][i % 5] ?? 1;
    const vol = 0.15 + 0.2 * (((i * 7919) % count) / count);
    const reach = 1.5 * vol * Math.sqrt(time) * (((i * 104_729) % count) / (count / 2) - 1);
    const strike = forward * Math.exp(reach);
    const type = strike >= forward ? 'call' : 'put';
    return {
      strike,
      time,
      vol,
      type,
      price: blackPrice({ optionType: type, forward, strike, timeToExpiry: time, vol }),
    };
  });
}

/** Implied volatilities per second, one at a time and in columns, against a peer package. */
export const volsBenchmark: Benchmark = {
  name: 'vols',
  run: async () => {
    const rows = quotes();
    const peer = new BlackScholes();
    let worst = { ours: 0, peer: 0 };
    const one = medianSeconds(15, () => {
      for (const { strike, time, vol, type, price } of rows) {
        const found = impliedVol({ optionType: type, forward: 100, strike, timeToExpiry: time, price });
        worst = { ...worst, ours: Math.max(worst.ours, found.ok ? Math.abs(found.value - vol) : Infinity) };
      }
    });
    const columns = {
      optionTypes: Int8Array.from(rows, (row) => (row.type === 'call' ? 1 : -1)),
      strikes: Float64Array.from(rows, (row) => row.strike),
      times: Float64Array.from(rows, (row) => row.time),
      prices: Float64Array.from(rows, (row) => row.price),
      outVols: new Float64Array(count),
      outReasons: new Uint8Array(count),
    };
    const many = medianSeconds(15, () =>
      impliedVols({ count, forwards: 100, discountFactors: 1, ...columns }),
    );
    const theirs = medianSeconds(5, () => {
      for (const { strike, time, vol, type, price } of rows) {
        const found = peer.sigma({ price, rate: 0, strike, time, type, underlying: 100 });
        worst = { ...worst, peer: Math.max(worst.peer, Math.abs(found - vol)) };
      }
    });
    const perSecond = (seconds: number): number => count / seconds;
    const against = '@uqee/black-scholes, same quotes';
    const part = 'vols';
    const measurements: Measurement[] = [
      {
        part,
        what: 'implied volatilities, in columns',
        value: perSecond(many),
        unit: '/s',
        against,
        ratio: theirs / many,
      },
      {
        part,
        what: 'implied volatilities, one by one',
        value: perSecond(one),
        unit: '/s',
        against,
        ratio: theirs / one,
      },
      { part, what: 'the peer', value: perSecond(theirs), unit: '/s' },
      {
        part,
        what: 'largest error',
        value: worst.ours,
        unit: 'vol',
        against: `the peer's: ${worst.peer.toExponential(1)}`,
      },
      { part, what: 'a chain of 5,000', value: many * 1000, unit: 'ms' },
    ];
    return measurements;
  },
};
