import { fail, ok, type Result } from '../../result.ts';
import type { Fraction } from '../../units.ts';
import { reasoned, type Reasoned } from '../reasoned.ts';

/** Which exposure the component legs together match of the index leg. */
export type DispersionWeighting = 'vega' | 'theta' | 'gamma';

/** One contract, long: a straddle or whatever is traded. */
export interface DispersionLeg {
  readonly symbol: string;
  readonly vegaPerVolPoint: number;
  readonly thetaPerDay: number;
  readonly gammaDollar1Pct: number;
}

export interface SizedDispersionTrade {
  /** Contracts, negative when sold: the index first. */
  readonly index: { readonly symbol: string; readonly contracts: number };
  readonly components: readonly {
    readonly symbol: string;
    readonly contracts: number;
    readonly exact: number;
  }[];
  /** Of the whole trade, in whole contracts. */
  readonly net: Omit<DispersionLeg, 'symbol'>;
}

/**
 * Contracts of a dispersion trade: index options sold and component options bought, or the reverse.
 *
 * Vega is shared between the components by index weight; the whole is then scaled so that all
 * components together have the index leg's vega (neutral to a parallel move of volatilities), theta
 * (no decay: a position in correlation alone), or gamma (neutral to the size of moves).
 *
 * @param input.indexContracts  traded of the index, > 0
 * Failures: `invalid-input` where there is no component, or an exposure that is divided by is not above 0.
 * Source: math §7 and §9, the classic trade in both directions.
 * Proof:  test/unit/quant/dispersion-trade.test.ts
 */
export function sizeDispersionTrade(input: {
  readonly side: 'dispersion' | 'reverse';
  readonly weighting: DispersionWeighting;
  readonly index: DispersionLeg;
  readonly indexContracts: number;
  readonly components: readonly (DispersionLeg & { readonly weight: Fraction })[];
}): Result<SizedDispersionTrade, Reasoned<'invalid-input'>> {
  const { side, weighting, index, indexContracts, components } = input;
  const exposureOf = (leg: DispersionLeg): number =>
    ({ vega: leg.vegaPerVolPoint, theta: -leg.thetaPerDay, gamma: leg.gammaDollar1Pct })[weighting];
  const total = components.reduce((sum, c) => sum + c.weight, 0);
  const flat = [index, ...components].find((leg) => !(leg.vegaPerVolPoint > 0) || !(exposureOf(leg) > 0));
  if (components.length === 0 || !(total > 0) || !(indexContracts > 0)) {
    return fail(
      reasoned('invalid-input', { reason: 'components with weight and index contracts are needed' }),
    );
  }
  if (flat !== undefined) {
    return fail(reasoned('invalid-input', { reason: `${flat.symbol} has no ${weighting} to weigh by` }));
  }
  const indexVega = indexContracts * index.vegaPerVolPoint;
  const byWeight = components.map((c) => ((c.weight / total) * indexVega) / c.vegaPerVolPoint);
  const reached = components.reduce((sum, c, i) => sum + byWeight[i]! * exposureOf(c), 0);
  const scale = (indexContracts * exposureOf(index)) / reached;
  const sign = side === 'dispersion' ? 1 : -1;
  const sized = components.map((c, i) => {
    const exact = sign * scale * byWeight[i]!;
    return { symbol: c.symbol, exact, contracts: Math.round(exact) };
  });
  const sold = -sign * indexContracts;
  const net = (of: (leg: DispersionLeg) => number): number =>
    components.reduce((sum, c, i) => sum + sized[i]!.contracts * of(c), sold * of(index));
  return ok({
    index: { symbol: index.symbol, contracts: sold },
    components: sized,
    net: {
      vegaPerVolPoint: net((leg) => leg.vegaPerVolPoint),
      thetaPerDay: net((leg) => leg.thetaPerDay),
      gammaDollar1Pct: net((leg) => leg.gammaDollar1Pct),
    },
  });
}
