import { addDays, daysBetween, daysPerYear } from '../../shared/dates.ts';
import { regularSessions } from '../../shared/calendar.ts';
import type {
  ExpiryMarket,
  NameMarket,
  ScenarioBook,
  ScenarioPosition,
} from '../../shared/quant/scenario/book.ts';

export const asOf = '2026-03-02';
const termDays = [18, 46, 81, 172];

interface Made {
  readonly symbol: string;
  readonly spot: number;
  readonly vol: number;
  readonly rate?: number;
  readonly dividendYield?: number;
  readonly exercise?: NameMarket['exercise'];
  readonly betas?: Readonly<Record<string, number>>;
  readonly dividends?: NameMarket['dividends'];
  readonly dividendTreatment?: NameMarket['dividendTreatment'];
  readonly days?: readonly number[];
}

const expiryOf = (days: number): string => addDays(asOf, days);
export const expiryKey = (days: number): string => `${expiryOf(days)}:X`;

/** One expiry with a skewed SVI smile, its level falling a little with the term. */
function madeExpiry(name: Made, days: number): ExpiryMarket {
  const timeToExpiry = days / daysPerYear;
  const { rate = 0.03, dividendYield = 0.01 } = name;
  const forward = name.spot * Math.exp((rate - dividendYield) * timeToExpiry);
  const level = (name.vol * (1 + 0.2 * Math.exp(-3 * timeToExpiry))) ** 2 * timeToExpiry;
  return {
    key: expiryKey(days),
    expiry: expiryOf(days),
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
}

export const madeName = (name: Made): NameMarket => ({
  symbol: name.symbol,
  spot: name.spot,
  exercise: name.exercise ?? 'european',
  calendar: 'NYSE',
  expiries: (name.days ?? termDays).map((days) => madeExpiry(name, days)),
  rate: name.rate ?? 0.03,
  dividends: name.dividends ?? [],
  dividendTreatment: name.dividendTreatment ?? 'yield',
  betas: name.betas ?? {},
});

const position = { book: 'hedge' } as const;

/** An index and four members, one of everything that can be held. */
export function madeBook(): ScenarioBook {
  const members = [
    { symbol: 'AAA', spot: 180, vol: 0.28, weight: 0.4, beta: 1.1 },
    { symbol: 'BBB', spot: 95, vol: 0.35, weight: 0.3, beta: 1.3 },
    { symbol: 'CCC', spot: 42, vol: 0.24, weight: 0.2, beta: 0.8 },
    { symbol: 'DDD', spot: 310, vol: 0.31, weight: 0.1, beta: 0.9 },
  ];
  const names = [
    madeName({ symbol: 'IDX', spot: 5000, vol: 0.18 }),
    ...members.map(({ symbol, spot, vol, beta }) =>
      madeName({
        symbol,
        spot,
        vol,
        exercise: 'american',
        betas: { IDX: beta },
        dividendYield: 0.02,
        dividends: [{ exDate: addDays(asOf, 30), amount: spot / 200 }],
      }),
    ),
  ];
  const positions: ScenarioPosition[] = [
    {
      ...position,
      positionId: 'p1',
      kind: 'stock',
      symbol: 'AAA',
      label: 'AAA',
      quantity: 400,
      dividendsReceived: 0,
    },
    {
      ...position,
      positionId: 'p2',
      kind: 'stock',
      symbol: 'BBB',
      label: 'BBB',
      quantity: 700,
      dividendsReceived: 0,
    },
    { ...position, positionId: 'p3', kind: 'cash', symbol: 'USD', label: 'cash', quantity: 12_345.67 },
    option({ positionId: 'p4', symbol: 'AAA', strike: 190, days: 46, optionType: 'call', quantity: -4 }),
    option({ positionId: 'p5', symbol: 'BBB', strike: 90, days: 18, optionType: 'put', quantity: -5 }),
    option({ positionId: 'p6', symbol: 'IDX', strike: 4700, days: 46, optionType: 'put', quantity: 2 }),
    {
      ...option({
        positionId: 'p7',
        symbol: 'IDX',
        strike: 5200,
        days: 81,
        optionType: 'call',
        quantity: -1,
      }),
      vol: 0.171,
    },
    {
      ...position,
      positionId: 'p8',
      kind: 'future',
      symbol: 'IDX',
      label: 'IDX future',
      quantity: -1,
      multiplier: 50,
      expiry: expiryOf(46),
      timeToExpiry: 46 / daysPerYear,
      referencePrice: 5010,
    },
    forwardStart('p9', 60, 120, 'relative', 1),
    { ...forwardStart('p10', -20, 40, 'absolute', 1), amount: 100, fixedStrike: 4900 },
    forwardStart('p11', 30, 95, 'relative', 2),
    realizedVol('p12', 'IDX', -30, 60),
    realizedVol('p13', 'IDX', 40, 130),
  ];
  return {
    asOf,
    names,
    indexes: [{ index: 'IDX', members: members.map(({ symbol, weight }) => ({ symbol, weight })) }],
    positions,
  };
}

export function option(held: {
  readonly positionId: string;
  readonly symbol: string;
  readonly strike: number;
  readonly days: number;
  readonly optionType: 'call' | 'put';
  readonly quantity: number;
}): Extract<ScenarioPosition, { kind: 'option' }> {
  const { positionId, symbol, strike, days, optionType, quantity } = held;
  return {
    ...position,
    kind: 'option',
    positionId,
    symbol,
    label: `${symbol} ${expiryOf(days)} ${strike} ${optionType}`,
    quantity,
    optionType,
    strike,
    multiplier: 100,
    expiryKey: expiryKey(days),
    delivery: symbol === 'IDX' ? 'cash' : 'physical',
    vol: null,
  };
}

export function forwardStart(
  positionId: string,
  start: number,
  end: number,
  family: 'relative' | 'absolute',
  power: 1 | 2,
): Extract<ScenarioPosition, { kind: 'forward-start' }> {
  return {
    ...position,
    kind: 'forward-start',
    positionId,
    symbol: 'IDX',
    label: `forward start ${positionId}`,
    quantity: 3,
    payoff: { optionType: 'straddle', family, power },
    firstReferenceDate: addDays(asOf, start),
    secondReferenceDate: addDays(asOf, end),
    amount: 1_000_000,
    fixedStrike: null,
  };
}

export function realizedVol(
  positionId: string,
  symbol: string,
  start: number,
  end: number,
): Extract<ScenarioPosition, { kind: 'realized-vol' }> {
  const [startDate, endDate] = [addDays(asOf, start), addDays(asOf, end)];
  const sessions = regularSessions({ calendar: 'NYSE', from: addDays(startDate, 1), to: endDate });
  const sessionsLeft = sessions.filter((date) => daysBetween(asOf, date) > 0);
  return {
    ...position,
    kind: 'realized-vol',
    positionId,
    symbol,
    label: `realized ${positionId}`,
    quantity: -2,
    startDate,
    endDate,
    estimator: 'zeroMean',
    periodsPerYear: 252,
    multiplier: 100_000,
    months: 3,
    tick: 0.0001,
    progress: {
      observationsDone: sessions.length - sessionsLeft.length,
      observationsExpected: sessions.length,
      realizedVol: 0.15,
    },
    progressReason: null,
    sessionsLeft,
  };
}
