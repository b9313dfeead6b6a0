/**
 * Units. A quantity says its unit in its name (`vegaPerVolPoint`, `thetaPerDay`); these aliases say
 * it again where a signature is read alone. See docs/decisions/0001-units-in-names.md.
 */

/** Annualized lognormal volatility, decimal: 0.20 means 20 %. */
export type Vol = number;
/** Years, ACT/365F. */
export type Years = number;
/** Annualized variance: vol². */
export type Variance = number;
/** vol² × years. */
export type TotalVariance = number;
/** ln(strike / forward). */
export type LogMoneyness = number;
/** Fraction as a decimal: 0.05 means 5 %. */
export type Fraction = number;

export type OptionType = 'call' | 'put';
export type Exercise = 'european' | 'american';
