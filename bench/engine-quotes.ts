import { blackPrice } from '../shared/quant/european/black.ts';
import type { OptionType } from '../shared/units.ts';

export interface EuropeanRow {
  readonly type: OptionType;
  readonly forward: number;
  readonly strike: number;
  readonly time: number;
  readonly discountFactor: number;
  readonly price: number;
  readonly vol: number;
}

export interface AmericanRow {
  readonly type: OptionType;
  readonly spot: number;
  readonly strike: number;
  readonly time: number;
  readonly rate: number;
  readonly dividendYield: number;
  readonly vol: number;
}

/** Numbers between 0 and 1, the same in every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

const days = [1, 3, 7, 14, 30, 45, 60, 91, 182, 273, 365, 548, 730];

/**
 * Chains of twenty names: thirteen expiries from a day to two years, eighty strikes each within four deviations of the
 * forward, a skew, calls and puts of every strike whose time value a price still shows. Names, expiries and
 * strikes ascending, as chains come.
 */
export function mixedChains(): readonly EuropeanRow[] {
  const random = numbers(20_260_327);
  const rows: EuropeanRow[] = [];
  for (let name = 0; name < 20; name++) {
    const level = 0.12 + 0.5 * random();
    const spot = 20 * Math.exp(7 * random());
    for (const day of days) {
      const time = day / 365;
      const forward = spot * Math.exp(0.03 * time);
      const discountFactor = Math.exp(-0.04 * time);
      for (let i = 0; i < 80; i++) {
        const distance = 4 * ((2 * i) / 79 - 1);
        const strike = forward * Math.exp(distance * level * Math.sqrt(time));
        const vol = level * (1 - 0.05 * distance + 0.01 * distance * distance);
        for (const type of ['call', 'put'] as const) {
          const price = blackPrice({
            optionType: type,
            forward,
            strike,
            timeToExpiry: time,
            vol,
            discountFactor,
          });
          const intrinsic =
            discountFactor * Math.max(0, type === 'call' ? forward - strike : strike - forward);
          if (price - intrinsic > 1e-9 * forward)
            rows.push({ type, forward, strike, time, discountFactor, price, vol });
        }
      }
    }
  }
  return rows;
}

/** American options with rates and yields of a stock index; times are whole days, as the peer counts them. */
export function americanRows(): readonly AmericanRow[] {
  const random = numbers(7);
  return Array.from({ length: 600 }, () => {
    const time = (days[Math.floor(4 + random() * 9)] ?? 365) / 365;
    const vol = 0.12 + 0.4 * random();
    return {
      type: random() < 0.5 ? 'call' : 'put',
      spot: 100,
      strike: 100 * Math.exp(2 * vol * Math.sqrt(time) * (2 * random() - 1)),
      time,
      rate: 0.01 + 0.06 * random(),
      dividendYield: 0.06 * random(),
      vol,
    };
  });
}
