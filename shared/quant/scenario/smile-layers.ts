import type { Vol } from '../../units.ts';

/**
 * What one shock did to the smile of one expiry: it maps a strike to the strike of the smile before, and that
 * smile's volatility to the new one. Plain data, so that shocked markets can be stored and shocked again.
 * In this order: rule, relative, shift and tilt and surface, added variance, factor, floor.
 */
export interface SmileLayer {
  readonly forwardBefore: number;
  readonly forwardAfter: number;
  /** Skew stickiness: 1 sticky strike, 0 sticky delta. */
  readonly stickiness: number;
  /** √(time before / time after), ≥ 1. */
  readonly rootTimeRatio: number;
  /** σ·(1 + relative) */
  readonly relative: number;
  /** Added at every strike, decimal. */
  readonly shift: Vol;
  /** Added at 90 % of the forward, linear in ln(K/F), bounded. */
  readonly tilt: Vol;
  /** Added by ln(K/F), ascending, flat outside; null: none. */
  readonly surface: { readonly logMoneyness: readonly number[]; readonly changes: readonly Vol[] } | null;
  /** Added to the annualized variance: slices of forward volatility. */
  readonly addedVariance: number;
  /** Times this: correlation. */
  readonly factor: number;
}
