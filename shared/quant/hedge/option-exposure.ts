import type { OptionType } from '../../units.ts';
import { americanGreeks } from '../american/american.ts';
import { blackGreeks } from '../european/black.ts';
import { gammaDollar1Pct, perCalendarDay, perVolPoint } from '../risk-units.ts';
import type { OptionBasis } from './standard-scenarios.ts';

/** Of one long option, per unit of the underlying. */
export interface OptionExposure {
  /** Against the spot. */
  readonly delta: number;
  readonly gammaDollar1Pct: number;
  readonly vegaPerVolPoint: number;
  readonly thetaPerDay: number;
}

/** Early exercise worth less than this share of the price leaves European greeks as they are, as in a chain. */
const negligiblePremium = 0.002;

/**
 * Exposures of an option from what it is valued from again: Black on the forward, or the American price with
 * rate and yield held, in the units a chain shows them in.
 *
 * @returns null where the American price refuses its terms, or no time is left
 * Source: math §3, §4; features F14. Proof: test/unit/quant/hedge-option-exposure.test.ts
 */
export function optionExposure(
  option: OptionBasis & { readonly optionType: OptionType; readonly strike: number },
): OptionExposure | null {
  const { optionType, strike, forward, discountFactor, timeToExpiry, vol, underlyingPrice: spot } = option;
  if (timeToExpiry <= 0) return null;
  const terms = { optionType, strike, timeToExpiry, vol };
  const european = blackGreeks({ ...terms, forward, discountFactor });
  if (option.exercise === 'american') {
    const rate = -Math.log(discountFactor) / timeToExpiry;
    const dividendYield = rate - Math.log(forward / spot) / timeToExpiry;
    const american = americanGreeks({ ...terms, spot, rate, dividendYield, accuracy: 'fast' });
    if (!american.ok) return null;
    const { price, deltaSpot, gammaSpot, vegaPerVol, thetaPerYear } = american.value;
    if (price - european.price > negligiblePremium * european.price) {
      return {
        delta: deltaSpot,
        gammaDollar1Pct: gammaDollar1Pct(gammaSpot, spot),
        vegaPerVolPoint: perVolPoint(vegaPerVol),
        thetaPerDay: perCalendarDay(thetaPerYear),
      };
    }
  }
  return {
    delta: (european.deltaForward * forward) / spot,
    gammaDollar1Pct: gammaDollar1Pct(european.gammaForward, forward),
    vegaPerVolPoint: perVolPoint(european.vegaPerVol),
    thetaPerDay: perCalendarDay(european.thetaPerYear),
  };
}
