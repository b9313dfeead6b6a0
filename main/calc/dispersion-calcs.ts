import { z } from 'zod';
import { indexCorrelation, portfolioVol } from '../../shared/quant/dispersion/index-correlation.ts';
import { ok } from '../../shared/result.ts';
import { calc, invalid, number, zeroOrMore } from './define-calc.ts';

const weighted = { weights: z.array(number), vols: z.array(zeroOrMore) };

export const dispersionCalcs = {
  indexCorrelation: calc({ ...weighted, indexVol: zeroOrMore }, (input) => {
    const found = indexCorrelation(input);
    return found.ok ? ok({ ...found.value }) : found;
  }),

  portfolioVol: calc({ ...weighted, correlations: z.array(z.array(number)) }, (input) => {
    const size = input.weights.length;
    if (input.correlations.length !== size || input.correlations.some((row) => row.length !== size)) {
      return invalid(`correlations must be ${size} × ${size}, one row for each weight`);
    }
    const vol = portfolioVol({ ...input, correlations: input.correlations.flat() });
    return vol.ok ? ok({ vol: vol.value }) : vol;
  }),
};
