import { daysPerYear } from '../dates.ts';

/**
 * Desk units of raw derivatives. The only place, with dates.ts and the display, where 0.01, 365 and a
 * basis point appear as factors.
 *
 * Source: math §1. Proof: test/unit/quant/risk-units.test.ts
 */
const volPoint = 0.01;
const basisPoint = 1e-4;
const cent = 0.01;
const centsPerUnit = 100;

/** Vega per 1.00 of volatility → per volatility point. */
export const perVolPoint = (perVol: number): number => perVol * volPoint;
/** Per volatility point → per 1.00 of volatility. */
export const perVolFromVolPoint = (perPoint: number): number => perPoint / volPoint;
/** A volatility or a difference of two, decimal → volatility points. */
export const inVolPoints = (vol: number): number => vol / volPoint;
/** Theta per year → per calendar day. */
export const perCalendarDay = (perYear: number): number => perYear / daysPerYear;
/** Rho per 1.00 of rate → per basis point. */
export const perBasisPoint = (perRate: number): number => perRate * basisPoint;
/** Slope to a carry factor per 1.00 → per one per cent of it. */
export const perCarryPercent = (perFactor: number): number => perFactor * volPoint;
/** Delta → money value of the equivalent position, Δ·S. */
export const dollarDelta = (deltaSpot: number, spot: number): number => deltaSpot * spot;
/** Gamma → change of dollar delta for a move of the spot by 1 %, Γ·S²/100. */
export const gammaDollar1Pct = (gammaSpot: number, spot: number): number =>
  gammaSpot * spot * spot * volPoint;
/** Change of dollar delta for 1 % → gamma per unit squared. */
export const gammaFromDollar1Pct = (perOnePercent: number, spot: number): number =>
  perOnePercent / (spot * spot * volPoint);
/** Money → whole cents, halves away from zero; sums of them are exact. */
export const inCents = (money: number): number => {
  const cents = Math.round(Math.abs(money) / cent);
  return money < 0 && cents !== 0 ? -cents : cents;
};
/** Whole cents → money. */
export const moneyOfCents = (cents: number): number => cents / centsPerUnit;
