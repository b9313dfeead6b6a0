import { fail } from '../../result.ts';
import type { Vol, Years } from '../../units.ts';
import type { PayoffPower, PayoffType } from './forward-start-moments.ts';
import { reasoned } from '../reasoned.ts';
import type { Reasoned } from '../reasoned.ts';

/** Undiscounted value with its slopes to E[F₁], the slice's deviation and R. */
export interface LevelMoments {
  readonly value: number;
  readonly perForward: number;
  readonly perForwardTwice: number;
  readonly perDeviation: number;
  readonly perCarryFactor: number;
}

/** What the contract says: the strike fixed at the first reference time is K = m·F₁ + b. */
export interface ForwardStartPayoff {
  readonly optionType: PayoffType;
  /** relative: f(X − m) on X = F₂/F₁; absolute: f(F₂ − K). */
  readonly family: 'relative' | 'absolute';
  /** 2 squares the payoff. */
  readonly power: PayoffPower;
  /** m, default 1. */
  readonly strikeMultiplier?: number | undefined;
  /** b, underlier currency, default 0. */
  readonly strikeOffset?: number | undefined;
  /** Relative payoffs in units of the first fixing, f((F₂ − K)/F₁), or of the strike, f(F₂/K − 1). */
  readonly normalizedBy?: 'firstFixing' | 'strike' | undefined;
}

/** The market of a contract whose strike is still to be fixed. */
export interface BeforeFixing {
  readonly timeToStart: Years;
  readonly timeToEnd: Years;
  /** Forward volatility of the slice from first to second reference time. */
  readonly vol: Vol;
  /** Volatility to the first reference time; for absolute power 2 and for an offset. */
  readonly volToStart?: Vol | undefined;
  /** E[F₁], underlier currency; for absolute contracts and for an offset. */
  readonly forward?: number | undefined;
  /** R = forward over spot across the slice, default 1. */
  readonly carryFactor?: number | undefined;
  /** From valuation to payment, default 1. */
  readonly discountFactor?: number | undefined;
}

/** The market of a contract inside its reference period; either level may be left to follow from the other. */
export interface AfterFixing {
  /** K, underlier currency. */
  readonly fixedStrike?: number | undefined;
  /** F₁, underlier currency. */
  readonly firstFixing?: number | undefined;
  /** Forward to the second reference time, underlier currency. */
  readonly forward: number;
  readonly timeToEnd: Years;
  /** Volatility of the time left. */
  readonly vol: Vol;
  readonly discountFactor?: number | undefined;
}

export interface ForwardStartPrice {
  /** Decimal for relative contracts, underlier currency (squared for power 2) for absolute ones. */
  readonly price: number;
  /** Against E[F₁] before the fixing, against the forward to the second reference time after it. */
  readonly deltaForward: number;
  readonly gammaForward: number;
  /** Per 1.00 of the slice's volatility, or of the volatility left. */
  readonly vegaPerVol: number;
  /** Per 1.00 of the volatility to the first reference time; 0 after it. */
  readonly vegaToStartPerVol: number;
  /** Forward and discount factor held. */
  readonly thetaPerYear: number;
  /** Per 1.00 of the carry factor; 0 after the fixing. */
  readonly perCarryFactor: number;
}

export type ForwardStartFailure = Reasoned<'invalid-input'>;

export const invalidForwardStart = (
  reason: string,
): { readonly ok: false; readonly error: ForwardStartFailure } => fail(reasoned('invalid-input', { reason }));

export const atLeastZero = (value: number): boolean => Number.isFinite(value) && value >= 0;
export const aboveZero = (value: number): boolean => Number.isFinite(value) && value > 0;
