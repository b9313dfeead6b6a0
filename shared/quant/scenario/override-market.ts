import type { IsoDate } from '../../dates.ts';
import { fail, ok } from '../../result.ts';
import type { Result } from '../../result.ts';
import { reasoned } from '../reasoned.ts';
import type { NameMarket, ScenarioBook } from './book.ts';
import { impliedYield, rateOf } from './carry.ts';
import type { ScenarioFailure } from './operations.ts';
import { shockBook } from './shock-book.ts';
import { shockOf } from './shock.ts';
import type { SpotShock, VolShock } from './shock.ts';
import { atmVolOf } from './smile-layers.ts';

/** A market input set in place of what the market says, for one name. */
export interface MarketOverride {
  readonly symbol: string;
  /**
   * spot: underlier currency, > 0. vol: at-the-money volatility, the smile keeping its shape around it. volShift:
   * added to every volatility, decimal. rate, dividendYield: continuously compounded, at every expiry.
   */
  readonly input: 'spot' | 'vol' | 'volShift' | 'dividendYield' | 'rate';
  /** Of `vol` and `volShift`; null: every expiry. */
  readonly expiry: IsoDate | null;
  readonly value: number;
}

type Inputs = ReadonlyMap<string, readonly MarketOverride[]>;

const valueOf = (overrides: readonly MarketOverride[], input: MarketOverride['input']): number | null =>
  overrides.findLast((one) => one.input === input && one.expiry === null)?.value ?? null;

/** Forwards and discount factors at a rate and a yield by hand; the volatility of a strike stays. */
function carriedAt(name: NameMarket, rate: number | null, dividendYield: number | null): NameMarket {
  if (rate === null && dividendYield === null) return name;
  return {
    ...name,
    rate: rate ?? name.rate,
    expiries: name.expiries.map((expiry) => {
      const by = { rate: rate ?? rateOf(expiry), yield: dividendYield ?? impliedYield(name.spot, expiry) };
      return {
        ...expiry,
        forward: name.spot * Math.exp((by.rate - by.yield) * expiry.timeToExpiry),
        discountFactor: Math.exp(-by.rate * expiry.timeToExpiry),
      };
    }),
  };
}

/** What the volatility overrides of a name add at each of its expiries, exact at every one of them. */
function volShock(name: NameMarket, overrides: readonly MarketOverride[]): VolShock | null {
  const changes = name.expiries.map((expiry) => {
    const of = (input: 'vol' | 'volShift'): number | null =>
      overrides.findLast((one) => one.input === input && one.expiry === expiry.expiry)?.value ??
      valueOf(overrides, input);
    const level = of('vol');
    const atm = level === null ? null : atmVolOf(expiry);
    return (of('volShift') ?? 0) + (level === null || atm === null ? 0 : level - atm);
  });
  if (changes.every((change) => change === 0)) return null;
  const [times, kept]: [number[], number[]] = [[], []];
  for (const [i, { timeToExpiry }] of name.expiries.entries()) {
    // Roots that share an expiry share its change.
    if (timeToExpiry === times.at(-1)) continue;
    times.push(timeToExpiry);
    kept.push(changes[i]!);
  }
  return { kind: 'surface', symbol: name.symbol, times, standardMoneyness: [0], changes: kept };
}

/**
 * A book in a market with inputs set by hand: rates and yields first, which give the forwards, then spots (the
 * volatility of a strike stays), then volatilities. Options marked off their smile keep their distance to it.
 *
 * Failures: `invalid-input` for a spot or volatility that is not above 0, a name or expiry that the market does not
 * have.
 * Source: math §12. Proof: test/unit/quant/scenario/override-market.test.ts
 */
export function overrideMarket(
  book: ScenarioBook,
  overrides: readonly MarketOverride[],
): Result<ScenarioBook, ScenarioFailure> {
  if (overrides.length === 0) return ok(book);
  const bySymbol = new Map<string, MarketOverride[]>();
  for (const one of overrides) bySymbol.set(one.symbol, [...(bySymbol.get(one.symbol) ?? []), one]);
  const fault = faultOf(book, bySymbol);
  if (fault !== null) return fail(reasoned('invalid-input', { reason: fault }));
  const names = book.names.map((name) => {
    const own = bySymbol.get(name.symbol) ?? [];
    return carriedAt(name, valueOf(own, 'rate'), valueOf(own, 'dividendYield'));
  });
  const spot = names.flatMap((name): SpotShock[] => {
    const level = valueOf(bySymbol.get(name.symbol) ?? [], 'spot');
    if (level === null || level === name.spot) return [];
    const target = { kind: 'names', symbols: [name.symbol] } as const;
    return [{ kind: 'move', target, move: level / name.spot - 1 }];
  });
  const moved = shockBook({ book: { ...book, names }, shock: shockOf({ spot }) });
  if (!moved.ok) return moved;
  // Levels at the money are counted from the smile at the new forward.
  const vol = moved.value.book.names.flatMap((name) => {
    const own = bySymbol.get(name.symbol);
    const shock = own === undefined ? null : volShock(name, own);
    return shock === null ? [] : [shock];
  });
  const done = vol.length === 0 ? moved : shockBook({ book: moved.value.book, shock: shockOf({ vol }) });
  return done.ok ? ok(done.value.book) : done;
}

function faultOf(book: ScenarioBook, bySymbol: Inputs): string | null {
  for (const [symbol, overrides] of bySymbol) {
    const name = book.names.find((one) => one.symbol === symbol);
    if (name === undefined) return `${symbol} is not in the frozen market`;
    for (const { input, expiry, value } of overrides) {
      if (!Number.isFinite(value)) return `the ${input} of ${symbol} is ${value}`;
      if ((input === 'spot' || input === 'vol') && !(value > 0))
        return `the ${input === 'vol' ? 'volatility' : 'spot'} of ${symbol} is ${value} and must be above 0`;
      if (expiry !== null && !name.expiries.some((one) => one.expiry === expiry))
        return `${symbol} has no expiry on ${expiry} in the frozen market`;
    }
  }
  return null;
}
