import type { OptionType, Vol, Years } from '../../units.ts';

/** Standard deviations of the remaining time from which the end is as good as known. */
const surely = 3;
/** Of the intrinsic value: a price this near it says that the option will be exercised. */
const nearIntrinsic = 0.01;

/**
 * The delta of an option without an implied volatility that is surely in or out of the money: further from
 * the strike than three standard deviations of historical volatility, within 0.002 of 0 or ±1; or priced
 * within 1 % of its intrinsic value, within about 0.05 of ±1.
 *
 * @param option.historicalVol  annualized, decimal
 * @returns null where its end is open
 * Source: Φ(−3) = 0.00135, drift left out. Proof: test/unit/quant/hedge-reassess.test.ts
 */
export function certainDelta(option: {
  readonly optionType: OptionType;
  readonly strike: number;
  readonly spot: number;
  readonly timeToExpiry: Years;
  readonly historicalVol: Vol;
  /** Null where there is none. */
  readonly mark: number | null;
}): number | null {
  const { optionType, strike, spot, timeToExpiry, historicalVol, mark } = option;
  const distance = Math.log(spot / strike);
  const isIn = optionType === 'call' ? distance > 0 : distance < 0;
  const exercised = optionType === 'call' ? 1 : -1;
  const intrinsic = Math.abs(spot - strike);
  if (isIn && mark !== null && mark > 0 && mark <= intrinsic * (1 + nearIntrinsic)) return exercised;
  if (Math.abs(distance) < surely * historicalVol * Math.sqrt(Math.max(0, timeToExpiry))) return null;
  return isIn ? exercised : 0;
}
