import { z } from 'zod';
import {
  realizedVolFromBars,
  realizedVolFromMarks,
  rootMeanSquare,
} from '../../shared/quant/history/realized-vol.ts';
import { forwardVol } from '../../shared/quant/surface/surface.ts';
import { contractValue } from '../../shared/quant/contracts/vol-contract.ts';
import { ok } from '../../shared/result.ts';
import { aboveZero, calc, invalid, number, zeroOrMore } from './define-calc.ts';

const bar = z.object({ open: aboveZero, high: aboveZero, low: aboveZero, close: aboveZero });
const needsMarks = (estimator: string): estimator is 'zeroMean' | 'sampleMean' =>
  estimator === 'zeroMean' || estimator === 'sampleMean';

export const volCalcs = {
  realizedVol: calc(
    {
      estimator: z.enum([
        'zeroMean',
        'sampleMean',
        'highLow',
        'parkinson',
        'garmanKlass',
        'rogersSatchell',
        'yangZhang',
      ]),
      marks: z.array(aboveZero).optional(),
      bars: z.array(bar).optional(),
      returns: z.enum(['log', 'simple']).default('log'),
      periodsPerYear: aboveZero.optional(),
    },
    ({ estimator, marks, bars, returns, periodsPerYear }) => {
      const year = periodsPerYear === undefined ? {} : { periodsPerYear };
      if (needsMarks(estimator)) {
        if (marks === undefined) return invalid(`marks are missing: ${estimator} takes n + 1 of them`);
        const found = realizedVolFromMarks({ estimator, marks, returns, ...year });
        return found.ok ? ok({ ...found.value }) : found;
      }
      if (bars === undefined)
        return invalid(`bars are missing: ${estimator} takes open, high, low and close`);
      const found = realizedVolFromBars({ estimator, bars, ...year });
      return found.ok ? ok({ ...found.value }) : found;
    },
  ),

  rootMeanSquare: calc({ parts: z.array(z.object({ vol: zeroOrMore, weight: zeroOrMore })) }, (input) => {
    const vol = rootMeanSquare(input);
    return vol.ok ? ok({ vol: vol.value }) : vol;
  }),

  volContract: calc({ vol: zeroOrMore, multiplier: number, months: number, tick: number }, (input) =>
    ok({ ...contractValue(input) }),
  ),

  forwardVol: calc(
    { nearVol: zeroOrMore, nearTime: zeroOrMore, farVol: zeroOrMore, farTime: zeroOrMore },
    (input) => {
      const vol = forwardVol(input);
      return vol.ok ? ok({ vol: vol.value }) : vol;
    },
  ),
};
