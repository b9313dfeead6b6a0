import type { Failure } from '../../failure.ts';
import type { Exercise, OptionType, Vol, Years } from '../../units.ts';
import { dividendsWithin, presentValueOfDividends } from './dividends.ts';
import type { CashDividend, DividendModel } from './dividends.ts';

/** An option on a stock or an index, without its volatility. */
export interface StockOptionTerms {
  readonly optionType: OptionType;
  /** Underlier currency, > 0. */
  readonly spot: number;
  /** Underlier currency, ≥ 0. */
  readonly strike: number;
  /** Years, ≥ 0. */
  readonly timeToExpiry: Years;
  /** Decimal, continuously compounded. */
  readonly rate: number;
  /** Decimal, continuously compounded; borrow cost adds to it. 0 when left out. */
  readonly dividendYield?: number;
  /** Cash dividends; those outside the option's life are ignored. */
  readonly dividends?: readonly CashDividend[];
  /** 'spotJump' when left out. */
  readonly dividendModel?: DividendModel;
  /** 'american' when left out. */
  readonly exercise?: Exercise;
  /**
   * 'standard' when left out: 1e-7 of the spot or better. 'fast': about 1e-6 of the spot (1e-5 in calm, long lives), 5e-6 with cash
   * dividends, for a first look at many options.
   */
  readonly accuracy?: Accuracy;
}

export interface StockOption extends StockOptionTerms {
  /** Annualized, decimal, ≥ 0. */
  readonly vol: Vol;
}

export type Accuracy = 'fast' | 'standard';

/** Why an option cannot be priced. */
export interface InvalidOption {
  readonly code: 'invalid-input';
  readonly detail: Failure['detail'];
}

/** The terms with every default filled in and dividends outside the life left out. */
export interface SettledTerms {
  readonly sign: number;
  readonly spot: number;
  readonly strike: number;
  readonly timeToExpiry: Years;
  readonly rate: number;
  readonly dividendYield: number;
  readonly dividends: readonly CashDividend[];
  readonly dividendModel: DividendModel;
  readonly american: boolean;
  readonly accuracy: Accuracy;
}

export const settleTerms = (option: StockOptionTerms): SettledTerms => ({
  sign: option.optionType === 'call' ? 1 : -1,
  spot: option.spot,
  strike: option.strike,
  timeToExpiry: option.timeToExpiry,
  rate: option.rate,
  dividendYield: option.dividendYield ?? 0,
  dividends: dividendsWithin(option.dividends ?? [], option.timeToExpiry),
  dividendModel: option.dividendModel ?? 'spotJump',
  american: (option.exercise ?? 'american') === 'american',
  accuracy: option.accuracy ?? 'standard',
});

const finite = (value: number): boolean => Number.isFinite(value);

/** What is priced: beyond these, exponentials leave the range of doubles. Decimal rates and yields, years. */
const limits = {
  mostRate: 20,
  mostRateTimesYears: 300,
  mostYears: 1000,
  mostVol: 1000,
  mostMoney: 1e100,
  leastMoney: 1e-100,
} as const;

const beyond = (name: string, value: number, bound: string): string =>
  `the ${name} is ${value}, which is not priced: ${bound}`;

/** The first number too large or too small to be priced, in words; null when there is none. */
function excessOf(option: StockOptionTerms): string | null {
  const { spot, strike, timeToExpiry, rate, dividendYield = 0, dividends = [] } = option;
  const { mostRate, mostRateTimesYears, mostYears, mostMoney, leastMoney } = limits;
  for (const [name, value] of [
    ['spot', spot],
    ['strike', strike],
  ] as const)
    if (value !== 0 && !(value >= leastMoney && value <= mostMoney))
      return beyond(name, value, `it must lie between ${leastMoney} and ${mostMoney}`);
  if (timeToExpiry > mostYears)
    return beyond('time to expiry', timeToExpiry, `it must be at most ${mostYears} years`);
  for (const [name, value] of [
    ['rate', rate],
    ['dividend yield', dividendYield],
  ] as const)
    if (Math.abs(value) > mostRate || Math.abs(value) * timeToExpiry > mostRateTimesYears)
      return beyond(
        name,
        value,
        `it must lie between −${mostRate} and ${mostRate}, and times the years within ${mostRateTimesYears}`,
      );
  const large = dividends.find(({ amount }) => amount > mostMoney);
  return large === undefined ? null : beyond('dividend', large.amount, `it must be at most ${mostMoney}`);
}

/** The first thing wrong with an option's terms, in words; null when there is none. */
export function faultOfTerms(option: StockOptionTerms): string | null {
  const { spot, strike, timeToExpiry, rate, dividendYield = 0, dividends = [] } = option;
  if (!(spot > 0 && finite(spot))) return `the spot is ${spot} and must be above 0`;
  if (!(strike >= 0 && finite(strike))) return `the strike is ${strike} and must not be below 0`;
  if (!(timeToExpiry >= 0 && finite(timeToExpiry)))
    return `the time to expiry is ${timeToExpiry} and must not be below 0`;
  if (!finite(rate)) return `the rate is ${rate} and must be a finite number`;
  if (!finite(dividendYield)) return `the dividend yield is ${dividendYield} and must be a finite number`;
  for (const { timeToExDate, amount } of dividends) {
    if (!finite(timeToExDate)) return `the time to an ex-date is ${timeToExDate} and must be a finite number`;
    if (!(amount >= 0 && finite(amount))) return `a dividend is ${amount} and must not be below 0`;
  }
  const excess = excessOf(option);
  if (excess !== null) return excess;
  if (option.dividendModel === 'escrowed') {
    const worth = presentValueOfDividends({ dividends, timeToExpiry, rate });
    if (!(worth < spot)) return `the dividends are worth ${worth}, which is not below the spot of ${spot}`;
  }
  return null;
}

/** The first thing wrong with a volatility, decimal, in words; null when there is none. */
export function faultOfVol(vol: number): string | null {
  if (!(vol >= 0 && finite(vol))) return `the volatility is ${vol} and must not be below 0`;
  return vol <= limits.mostVol
    ? null
    : beyond('volatility', vol, `it must be at most ${limits.mostVol} a year, decimal`);
}
