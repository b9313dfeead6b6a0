import { blackGreeks } from '../../shared/quant/european/black.ts';
import { impliedVol } from '../../shared/quant/european/implied-vol.ts';
import { ok } from '../../shared/result.ts';
import { aboveZero, calc, discountFactor, number, optionType, zeroOrMore } from './define-calc.ts';

const option = {
  optionType,
  forward: aboveZero,
  strike: aboveZero,
  timeToExpiry: zeroOrMore,
  discountFactor,
};

export const europeanCalcs = {
  european: calc({ ...option, vol: zeroOrMore }, (input) => {
    const { price, deltaForward, gammaForward, vegaPerVol, thetaPerYear } = blackGreeks(input);
    return ok({ price, deltaForward, gammaForward, vegaPerVol, thetaPerYear });
  }),
  impliedVol: calc({ ...option, price: number }, (input) => {
    const vol = impliedVol(input);
    return vol.ok ? ok({ vol: vol.value }) : vol;
  }),
};
