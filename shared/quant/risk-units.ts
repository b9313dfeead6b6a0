import { daysPerYear } from '../dates.ts';

/**
 * From raw derivatives to the units on screen: the only place of these factors in the core.
 * Source: math §1.
 */

/** Per 1.00 of volatility → per volatility point. */
export const perVolPoint = (perVol: number): number => perVol * 0.01;
/** Per year → per calendar day. */
export const perCalendarDay = (perYear: number): number => perYear / daysPerYear;
/** Per 1.00 of rate → per basis point. */
export const perBasisPoint = (perRate: number): number => perRate * 1e-4;
/** A volatility or a difference of two, decimal → volatility points. */
export const inVolPoints = (vol: number): number => vol * 100;
/** Delta × spot: money for a move of 100 %. */
export const dollarDelta = (deltaSpot: number, spot: number): number => deltaSpot * spot;
/** Γ S² / 100: how much the dollar delta changes for a move of 1 %. */
export const dollarGamma1Pct = (gammaSpot: number, spot: number): number => (gammaSpot * spot * spot) / 100;
