import type { Result } from '../../result.ts';
import { fail, ok } from '../../result.ts';
import type { Vol } from '../../units.ts';
import type {
  ExpiryMarket,
  ForwardStartPosition,
  ListedOptionPosition,
  NameMarket,
  RealizedVolPosition,
} from './book.ts';
import { valueForwardStart, valueRealizedVol } from './contract-value.ts';
import type { ContractValue } from './contract-value.ts';
import { valueOption, volOfPosition } from './option-value.ts';
import type { OptionMarket } from './option-value.ts';
import type { MarketView } from './value-position.ts';

/** What a position's value depends on to second order, for the quantity held; raw derivatives. */
export interface Taylor {
  readonly value: number;
  readonly spot: number;
  readonly vol: Vol;
  /** The span in years that the volatility is for. */
  readonly volFrom: number;
  readonly volTo: number;
  readonly delta: number;
  readonly gamma: number;
  readonly vega: number;
  readonly vanna: number;
  readonly volga: number;
  /** Spot, rates, yields and volatilities held. */
  readonly thetaPerYear: number;
}

/** Step of the differences in volatility, decimal. */
const bump = 1e-3;

/** First derivatives at a volatility. */
interface Slopes {
  readonly value: number;
  readonly delta: number;
  readonly gamma: number;
  readonly vega: number;
  readonly thetaPerYear: number;
}

function taylorOf(
  spot: number,
  span: { readonly vol: Vol; readonly from: number; readonly to: number },
  at: (vol: Vol) => Result<Slopes, string>,
): Result<Taylor, string> {
  const { vol, from, to } = span;
  const step = Math.min(bump, vol / 2);
  const [middle, up, down] = [at(vol), at(vol + step), at(vol - step)];
  if (!middle.ok) return middle;
  const second = up.ok && down.ok && step > 0;
  return ok({
    ...middle.value,
    spot,
    vol,
    volFrom: from,
    volTo: to,
    vanna: second ? (up.value.delta - down.value.delta) / (2 * step) : 0,
    volga: second ? (up.value.vega - down.value.vega) / (2 * step) : 0,
  });
}

export const expiryOf = (name: NameMarket, position: ListedOptionPosition): ExpiryMarket | undefined =>
  name.expiries.find(({ key }) => key === position.expiryKey);

/** A listed option's derivatives in its own market; a sentence where it has no value. */
export function optionTaylor(
  position: ListedOptionPosition,
  name: NameMarket,
  view: MarketView,
): Result<Taylor, string> {
  const market = view.optionMarketOf(name, position.expiryKey);
  if (!market.ok) return market;
  const vol = volOfPosition(position, expiryOf(name, position)!);
  if (!vol.ok) return vol;
  const units = position.quantity * position.multiplier;
  const { optionType, strike } = position;
  return taylorOf(name.spot, { vol: vol.value, from: 0, to: market.value.timeToExpiry }, (at) => {
    const unit = valueOption(market.value, { optionType, strike, vol: at });
    if (!unit.ok) return unit;
    const { price, deltaSpot, gammaSpot, vegaPerVol, thetaPerYear } = unit.value;
    return ok({
      value: units * price,
      delta: units * deltaSpot,
      gamma: units * gammaSpot,
      vega: units * vegaPerVol,
      thetaPerYear: units * thetaPerYear,
    });
  });
}

/** The same for a contract. */
export function contractTaylor(
  position: ForwardStartPosition | RealizedVolPosition,
  name: NameMarket,
  view: MarketView,
): Result<Taylor, string> {
  const { asOf } = view.book;
  const curve = view.curveOf(name);
  const valued = (given?: Vol): Result<ContractValue, string> =>
    position.kind === 'forward-start'
      ? valueForwardStart(asOf, position, curve, given)
      : valueRealizedVol(asOf, position, curve, given);
  const now = valued();
  if (!now.ok) return now;
  const { spot } = name;
  const slopes = ({ value, perLogSpot, gammaTimesSpotSquared, vegaPerVol, thetaPerYear }: ContractValue) => ({
    value,
    delta: perLogSpot / spot,
    gamma: gammaTimesSpotSquared / (spot * spot),
    vega: vegaPerVol,
    thetaPerYear,
  });
  const { vol } = now.value;
  if (vol === null)
    return ok({ ...slopes(now.value), spot, vol: 0, volFrom: 0, volTo: 0, vanna: 0, volga: 0 });
  return taylorOf(spot, { vol: vol.value, from: vol.from, to: vol.to }, (at) => {
    const valueAt = valued(at);
    return valueAt.ok ? ok(slopes(valueAt.value)) : valueAt;
  });
}

/** Value of an option with another market's rate and yield, all else as it stands. */
export function optionWithCarry(
  position: ListedOptionPosition,
  market: OptionMarket,
  vol: Vol,
  carry: { readonly rate: number; readonly dividendYield: number },
): Result<number, string> {
  const { spot, timeToExpiry, dividends } = market;
  const { rate, dividendYield } = carry;
  const was = market.rate - market.dividendYield;
  const growth = Math.exp((rate - dividendYield - was) * timeToExpiry);
  const priced = valueOption(
    {
      ...market,
      rate,
      dividendYield,
      forward: market.forward * growth,
      forwardPerSpot: market.forwardPerSpot * growth,
      discountFactor: Math.exp(-rate * timeToExpiry),
      spot,
      dividends,
    },
    { optionType: position.optionType, strike: position.strike, vol },
  );
  return priced.ok ? ok(position.quantity * position.multiplier * priced.value.price) : fail(priced.error);
}
