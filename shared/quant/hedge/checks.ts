import type { IsoDate } from '../../dates.ts';
import type { Fraction, OptionType } from '../../units.ts';
import { inDecimals, inPercent, inWhole } from '../words.ts';

/** A leg before it is traded, with the market it was priced against. Prices per unit. */
export interface CheckedLeg {
  readonly legId: string;
  /** As a person names it. */
  readonly label: string;
  readonly side: 'sell' | 'buy';
  readonly symbol: string;
  readonly quantity: number;
  readonly multiplier: number;
  readonly limitPrice: number;
  readonly bid: number | null;
  readonly ask: number | null;
  readonly isStale: boolean;
  /** The quote stands in for a market that was not observed. */
  readonly isModelQuote: boolean;
  readonly openInterest: number | null;
  /** Absent: a call where it is sold, a put where it is bought. */
  readonly optionType?: OptionType;
  readonly expiry?: IsoDate;
  /** Ends what is held. */
  readonly closes?: boolean;
  /** A call sold that a dividend may bring in early. */
  readonly mayBeAssigned?: boolean;
}

export interface CheckSettings {
  readonly holdings: readonly {
    readonly symbol: string;
    readonly shares: number;
    readonly callsShort?: number;
  }[];
  /** Limit price against the market's far side; default 20 %. */
  readonly maxFromMarket?: Fraction;
  /** Contracts over open interest; default 10 %. */
  readonly maxOpenInterestShare?: Fraction;
  /** Price steps; default 0.05. Absent steps are not checked with null. */
  readonly tickSize?: number | null;
  /** Contracts × multiplier × price of one leg, money; default no limit. */
  readonly maxLegValue?: number | null;
  /** Legs free of a basket: what is sold without cover is warned of rather than blocked. */
  readonly isFree?: boolean;
  /** Severities that the desk changed, by check. */
  readonly severities?: Readonly<Record<string, PackageCheck['severity']>>;
}

const typeOf = ({ optionType, side }: CheckedLeg): OptionType =>
  optionType ?? (side === 'sell' ? 'call' : 'put');

/** What sold options the package itself covers: as many bought of the same kind that last as long. */
function uncoveredBySpread(legs: readonly CheckedLeg[]): readonly CheckedLeg[] {
  const left = new Map<CheckedLeg, number>(
    legs.filter(({ side, closes }) => side === 'buy' && closes !== true).map((leg) => [leg, leg.quantity]),
  );
  return legs.filter((sold) => {
    if (sold.side !== 'sell' || sold.closes === true) return false;
    let needs = sold.quantity * sold.multiplier;
    for (const [bought, free] of left) {
      const alike =
        bought.symbol === sold.symbol &&
        typeOf(bought) === typeOf(sold) &&
        (bought.expiry ?? '') >= (sold.expiry ?? '');
      if (!alike || needs <= 0) continue;
      const used = Math.min(free, Math.ceil(needs / bought.multiplier));
      left.set(bought, free - used);
      needs -= used * bought.multiplier;
    }
    return needs > 0;
  });
}

export interface PackageCheck {
  readonly check: string;
  readonly sentence: string;
  readonly severity: 'blocking' | 'warning';
  readonly passed: boolean;
  readonly legIds: readonly string[];
}

/**
 * Pre-trade checks of a package: each is there whether it passed or not, in a fixed order. Legs
 * without contracts are not checked.
 *
 * Source: features F13, F20. Proof: test/unit/quant/hedge-checks.test.ts
 */
export function preTradeChecks(
  allLegs: readonly CheckedLeg[],
  settings: CheckSettings,
): readonly PackageCheck[] {
  const {
    holdings,
    maxFromMarket = 0.2,
    maxOpenInterestShare = 0.1,
    tickSize = 0.05,
    maxLegValue = null,
    isFree = false,
    severities = {},
  } = settings;
  const legs = allLegs.filter(({ quantity }) => quantity > 0);
  const among = (test: (leg: CheckedLeg) => boolean): readonly CheckedLeg[] => legs.filter(test);
  const check = (
    name: string,
    severity: PackageCheck['severity'],
    failed: readonly CheckedLeg[],
    passes: string,
    fails: (names: string) => string,
  ): PackageCheck => ({
    check: name,
    severity: severities[name] ?? severity,
    passed: failed.length === 0,
    sentence: failed.length === 0 ? passes : fails(failed.map(({ label }) => label).join('; ')),
    legIds: failed.map(({ legId }) => legId),
  });

  const oversold = new Map<string, { readonly needs: number; readonly has: number }>();
  for (const { symbol, shares, callsShort = 0 } of holdings) {
    const own = among((leg) => leg.symbol === symbol && typeOf(leg) === 'call');
    const sold = own.filter((leg) => leg.side === 'sell' && leg.closes !== true);
    const boughtBack = own
      .filter((leg) => leg.side === 'buy' && leg.closes === true)
      .reduce((sum, leg) => sum + leg.quantity * leg.multiplier, 0);
    const multiplier = sold[0]?.multiplier ?? 0;
    const short = Math.max(0, callsShort * multiplier - boughtBack);
    const needs = sold.reduce((sum, leg) => sum + leg.quantity * leg.multiplier, short);
    if (sold.length > 0 && needs > shares) oversold.set(symbol, { needs, has: shares });
  }
  const held = new Set(holdings.map(({ symbol }) => symbol));
  const naked = uncoveredBySpread(legs).filter((leg) => typeOf(leg) === 'put' || !held.has(leg.symbol));
  const farSide = (leg: CheckedLeg): number | null => (leg.side === 'sell' ? leg.bid : leg.ask);
  const isOff = (leg: CheckedLeg): boolean => {
    const market = farSide(leg);
    return market !== null && market > 0 && Math.abs(leg.limitPrice / market - 1) > maxFromMarket;
  };
  const isOffTick = (leg: CheckedLeg): boolean => {
    if (tickSize === null) return false;
    const steps = leg.limitPrice / tickSize;
    return Math.abs(steps - Math.round(steps)) > 1e-6;
  };
  const shares = [...oversold].map(
    ([symbol, { needs, has }]) => `${symbol} needs ${inWhole(needs)} shares and holds ${inWhole(has)}`,
  );

  return [
    check(
      'crossed',
      'blocking',
      among((l) => l.bid !== null && l.ask !== null && l.bid > l.ask),
      'No quote is crossed.',
      (n) => `The bid is above the ask: ${n}. Correct the quote or drop the leg.`,
    ),
    check(
      'zero-bid',
      'blocking',
      among((l) => l.side === 'sell' && (l.bid ?? 0) <= 0),
      'Every option sold has a bid.',
      (n) => `Nobody bids for what would be sold: ${n}. Drop the leg.`,
    ),
    check(
      'one-sided',
      'blocking',
      among((l) => (l.ask ?? 0) <= 0 || (l.side === 'buy' && l.bid === null)),
      'Every quote has both sides.',
      (n) => `One side of the market is missing: ${n}. Correct the quote or drop the leg.`,
    ),
    check(
      'stale',
      'warning',
      among((l) => l.isStale),
      'Every quote is fresh.',
      (n) => `The quote is older than the limit: ${n}. Import fresh quotes.`,
    ),
    check(
      'model-quote',
      'warning',
      among((l) => l.isModelQuote),
      'Every quote was observed.',
      (n) => `A spread model stands in for bid and ask: ${n}. Check the market before trading.`,
    ),
    check('naked', isFree ? 'warning' : 'blocking', naked, 'Every call is sold on a holding.', (n) =>
      naked.every((leg) => typeOf(leg) === 'call')
        ? `Calls are sold on names that are not held: ${n}. Drop the leg.`
        : `Options are sold without what covers them: ${n}. Buy what covers them, or drop the leg.`,
    ),
    check(
      'oversell',
      'blocking',
      among((l) => l.side === 'sell' && typeOf(l) === 'call' && oversold.has(l.symbol)),
      'No name has more calls sold than its shares cover.',
      () => `More calls than shares: ${shares.join('; ')}. Sell fewer.`,
    ),
    check(
      'from-market',
      'blocking',
      among(isOff),
      `Every limit is within ${inPercent(maxFromMarket, 0)} of the market.`,
      (n) =>
        `The limit is more than ${inPercent(maxFromMarket, 0)} from the market: ${n}. Correct the price.`,
    ),
    check(
      'tick',
      'warning',
      among(isOffTick),
      tickSize === null
        ? 'Price steps are not checked.'
        : `Every limit is a multiple of ${inDecimals(tickSize)}.`,
      (n) => `The limit is between two price steps of ${inDecimals(tickSize ?? 0)}: ${n}. Round it.`,
    ),
    check(
      'size',
      'warning',
      among((l) => l.openInterest !== null && l.quantity > maxOpenInterestShare * l.openInterest),
      `No leg is above ${inPercent(maxOpenInterestShare, 0)} of open interest.`,
      (n) =>
        `The size is above ${inPercent(maxOpenInterestShare, 0)} of open interest: ${n}. Trade less or spread it.`,
    ),
    check(
      'early-exercise',
      'warning',
      among((l) => l.mayBeAssigned === true),
      'No call sold is likely to be assigned before its expiry.',
      (n) =>
        `A dividend is worth more than the time value left: ${n}. Expect assignment, or choose another strike.`,
    ),
    check(
      'value',
      'blocking',
      among((l) => maxLegValue !== null && l.quantity * l.multiplier * l.limitPrice > maxLegValue),
      maxLegValue === null
        ? 'No limit on the value of a leg is set.'
        : `No leg is worth more than ${inWhole(maxLegValue)}.`,
      (n) => `The leg is worth more than ${inWhole(maxLegValue ?? 0)}: ${n}. Trade less.`,
    ),
  ];
}
