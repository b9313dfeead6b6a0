import type { Vol, Years } from '../../units.ts';

/** Volatilities, forwards and discount factors by time from a day. */
export interface TermCurves {
  readonly volAt: (time: Years) => Vol | null;
  readonly forwardAt: (time: Years) => number | null;
  readonly discountAt: (time: Years) => number;
}

/**
 * The curves as they stand `elapsed` years later if nothing happens: volatilities of calendar periods,
 * forwards to dates and discount factors between dates stay as they are today.
 *
 * @returns null volatility where today's term structure has negative forward variance from then on
 * Source: math §10 (time-dependent Black–Scholes). Proof: test/unit/quant/ladder-rules.test.ts
 */
export function agedTerm(curves: TermCurves, elapsed: Years): TermCurves {
  if (elapsed === 0) return curves;
  const { volAt, forwardAt, discountAt } = curves;
  const near = volAt(elapsed);
  const nearDiscount = discountAt(elapsed);
  return {
    volAt: (time) => {
      const far = volAt(elapsed + time);
      if (near === null || far === null) return null;
      if (time <= 0) return far;
      const variance = far * far * (elapsed + time) - near * near * elapsed;
      return variance < 0 ? null : Math.sqrt(variance / time);
    },
    forwardAt: (time) => forwardAt(elapsed + time),
    discountAt: (time) => discountAt(elapsed + time) / nearDiscount,
  };
}
