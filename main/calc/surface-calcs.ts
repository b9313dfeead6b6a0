import { z } from 'zod';
import { smileVolAt } from '../../shared/quant/surface/smile-shape.ts';
import { fitSmile } from '../../shared/quant/surface/smile.ts';
import { modelFreeVol } from '../../shared/quant/surface/variance-swap.ts';
import { ok } from '../../shared/result.ts';
import { aboveZero, calc, number, zeroOrMore } from './define-calc.ts';

const strikeQuote = z.object({
  strike: aboveZero,
  callBid: zeroOrMore,
  callAsk: zeroOrMore,
  putBid: zeroOrMore,
  putAsk: zeroOrMore,
});
const smileQuote = z.object({ strike: aboveZero, vol: aboveZero, weight: aboveZero.default(1) });

export const surfaceCalcs = {
  modelFreeVol: calc(
    {
      expiries: z.array(z.object({ timeToExpiry: aboveZero, rate: number, quotes: z.array(strikeQuote) })),
      targetDays: aboveZero.optional(),
      yearDays: aboveZero.optional(),
    },
    ({ expiries, targetDays, yearDays }) => {
      const found = modelFreeVol({
        expiries,
        ...(targetDays === undefined ? {} : { targetDays }),
        ...(yearDays === undefined ? {} : { yearDays }),
      });
      return found.ok ? ok({ ...found.value }) : found;
    },
  ),

  smile: calc(
    {
      forward: aboveZero,
      timeToExpiry: aboveZero,
      quotes: z.array(smileQuote),
      fitStrikes: z.array(aboveZero).default([]),
    },
    (input) => {
      const fit = fitSmile(input);
      if (!fit.ok) return fit;
      const { shape, butterflyMin, arbitrageFree, model, params, note } = fit.value;
      const volAt = (strike: number): number => smileVolAt(shape, Math.log(strike / input.forward));
      let [squares, weights] = [0, 0];
      for (const { strike, vol, weight } of input.quotes) {
        squares += weight * (volAt(strike) - vol) ** 2;
        weights += weight;
      }
      return ok({
        vols: input.fitStrikes.map(volAt),
        rmse: Math.sqrt(squares / weights),
        butterflyMin,
        arbitrageFree,
        model,
        params,
        note,
      });
    },
  ),
};
