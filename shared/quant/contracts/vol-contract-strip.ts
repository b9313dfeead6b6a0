import { fail, ok, type Result } from '../../result.ts';
import type { Vol } from '../../units.ts';
import { rootMeanSquare } from '../history/realized-vol.ts';
import { reasoned, type Reasoned } from '../reasoned.ts';
import { contractValue, type VolContractSize } from './vol-contract.ts';

export interface StripPart {
  readonly vol: Vol;
  /** Observations of the part: its weight in the whole. */
  readonly observations: number;
  readonly months: number;
}

export interface VolStrip {
  /** Of the parts together: the level of the whole at which neither is rich. */
  readonly combinedVol: Vol;
  /** What the whole stands above its parts; negative is cheap. */
  readonly richVol: Vol;
  readonly richTicks: number;
  /** One contract of the whole, account currency. */
  readonly rich: number;
  /** Contracts of each part that carry the vega of one contract of the whole. */
  readonly contractsPerWhole: readonly number[];
}

/**
 * A strip of contracts over adjoining periods against one over all of them: variances add by observations,
 * so volatilities combine by root mean square (10 % then 15 % make 12.75 %).
 *
 * @param strip.whole volatility and size of the long contract; the parts have its multiplier
 * @returns `invalid-input` without parts, or with one without volatility or observations
 * Source: math §11. Proof: test/unit/quant/vol-contract-strip.test.ts
 */
export function volStrip(strip: {
  readonly parts: readonly StripPart[];
  readonly whole: VolContractSize & { readonly vol: Vol };
}): Result<VolStrip, Reasoned<'invalid-input'>> {
  const { parts, whole } = strip;
  const total = parts.reduce((sum, { observations }) => sum + observations, 0);
  const combined = rootMeanSquare({
    parts: parts.map(({ vol, observations }) => ({ vol, weight: observations })),
  });
  if (!combined.ok) return combined;
  const combinedVol = combined.value;
  if (combinedVol === 0 || parts.some(({ months }) => !(months > 0)))
    return fail(reasoned('invalid-input', { reason: 'a strip needs parts that have a volatility' }));
  const { tickValue } = contractValue(whole);
  // A strip at fair leaves a trace in the last place; it is no richness.
  const richVol = Number((whole.vol - combinedVol).toFixed(13)) + 0;
  const richTicks = richVol / whole.tick;
  return ok({
    combinedVol,
    richVol,
    richTicks,
    rich: richTicks * tickValue,
    contractsPerWhole: parts.map(
      ({ vol, observations, months }) =>
        ((observations / total) * (vol / combinedVol) * whole.months) / months,
    ),
  });
}

export interface VarianceEquivalent {
  /** Account currency per 1.00 of volatility: multiplier × months × quantity. */
  readonly volNotional: number;
  /** Account currency per 1.00 of variance whose swap has the same vega at the strike. */
  readonly varianceNotional: number;
  readonly strikeVol: Vol;
}

/**
 * The variance swap that gains as much as a volatility contract for a small move about the strike:
 * N_var = N_vol ⁄ (2·K). Away from it the swap gains N_vol·(σ − K)² ⁄ (2·K) more.
 *
 * @returns `invalid-input` for a strike of 0 or less
 * Source: math §11 (features I8). Proof: test/unit/quant/vol-contract-strip.test.ts
 */
export function varianceEquivalent(contract: {
  readonly multiplier: number;
  readonly months: number;
  readonly quantity: number;
  readonly strikeVol: Vol;
}): Result<VarianceEquivalent, Reasoned<'invalid-input'>> {
  const { multiplier, months, quantity, strikeVol } = contract;
  if (!(strikeVol > 0 && Number.isFinite(strikeVol)))
    return fail(reasoned('invalid-input', { reason: `a variance swap struck at ${strikeVol} has no vega` }));
  const volNotional = multiplier * months * quantity;
  return ok({ volNotional, varianceNotional: volNotional / (2 * strikeVol), strikeVol });
}

/** What the equivalent variance swap pays beyond the volatility contract at a realized volatility. */
export const varianceBeyondVol = ({
  equivalent,
  vol,
}: {
  readonly equivalent: VarianceEquivalent;
  readonly vol: Vol;
}): number => {
  const { volNotional, varianceNotional, strikeVol } = equivalent;
  return varianceNotional * (vol * vol - strikeVol * strikeVol) - volNotional * (vol - strikeVol);
};
