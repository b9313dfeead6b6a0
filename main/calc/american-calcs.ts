import { z } from 'zod';
import { americanImpliedVol } from '../../shared/quant/american/american-implied-vol.ts';
import { americanGreeks } from '../../shared/quant/american/american.ts';
import { ok } from '../../shared/result.ts';
import { amount, calc, number, optionType, zeroOrMore } from './define-calc.ts';

const option = {
  optionType,
  spot: amount.positive(),
  strike: amount,
  timeToExpiry: zeroOrMore,
  rate: number,
  dividendYield: number.default(0),
  dividends: z.array(z.object({ timeToExDate: number, amount: amount })).default([]),
  dividendModel: z.enum(['spotJump', 'escrowed']).default('spotJump'),
  exercise: z.enum(['american', 'european']).default('american'),
};

export const americanCalcs = {
  american: calc({ ...option, vol: zeroOrMore }, (input) => {
    const greeks = americanGreeks(input);
    if (!greeks.ok) return greeks;
    const { price, deltaSpot, gammaSpot, vegaPerVol, thetaPerYear } = greeks.value;
    return ok({ price, deltaSpot, gammaSpot, vegaPerVol, thetaPerYear });
  }),
  americanImpliedVol: calc({ ...option, price: number }, (input) => {
    const vol = americanImpliedVol(input);
    return vol.ok ? ok({ vol: vol.value }) : vol;
  }),
};
