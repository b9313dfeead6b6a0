import { addDays, daysPerYear } from '../shared/dates.ts';
import type {
  ExpiryMarket,
  ListedOptionPosition,
  NameMarket,
  ScenarioBook,
} from '../shared/quant/scenario/book.ts';

const asOf = '2026-03-02';
const days = [18, 46, 81, 109, 172, 291, 473, 655];
const optionCount = 10_000;

function nameOf(i: number): NameMarket {
  const american = i % 3 === 1;
  const [spot, vol, rate, dividendYield] = [50 + 37 * i, 0.16 + 0.011 * i, 0.035, 0.004 + 0.001 * (i % 7)];
  return {
    symbol: `N${i}`,
    spot,
    exercise: american ? 'american' : 'european',
    calendar: 'NYSE',
    expiries: days.map((left): ExpiryMarket => {
      const timeToExpiry = left / daysPerYear;
      const forward = spot * Math.exp((rate - dividendYield) * timeToExpiry);
      const level = vol * vol * timeToExpiry;
      return {
        key: `${left}`,
        expiry: addDays(asOf, left),
        settlement: 'PM',
        timeToExpiry,
        forward,
        discountFactor: Math.exp(-rate * timeToExpiry),
        smile: {
          a: 0.6 * level,
          b: 0.4 * Math.sqrt(level),
          rho: -0.5,
          m: 0,
          sigma: Math.sqrt(level),
          forward,
          timeToExpiry,
          knots: [],
          coefficients: [],
        },
        smileReason: null,
        layers: [],
      };
    }),
    rate,
    dividends: [],
    dividendTreatment: 'yield',
    betas: {},
  };
}

/** 10,000 options on 24 names of eight expiries, a third of the names American with a yield. */
export function scenarioBook(): ScenarioBook {
  const names = Array.from({ length: 24 }, (_, i) => nameOf(i));
  const positions = Array.from({ length: optionCount }, (_, i): ListedOptionPosition => {
    const name = names.at(i % names.length)!;
    const expiry = name.expiries.at(Math.floor(i / names.length) % days.length)!;
    const reach = (((i * 7919) % optionCount) / optionCount - 0.5) * 2;
    return {
      positionId: `p${i}`,
      book: null,
      symbol: name.symbol,
      label: `option ${i}`,
      quantity: (i % 5) - 2 || 3,
      kind: 'option',
      optionType: i % 2 === Math.floor(i / names.length) % 2 ? 'call' : 'put',
      strike: expiry.forward * Math.exp(1.5 * reach * 0.3 * Math.sqrt(expiry.timeToExpiry)),
      multiplier: 100,
      expiryKey: expiry.key,
      delivery: 'cash',
      vol: null,
    };
  });
  return { asOf, names, indexes: [], positions };
}
