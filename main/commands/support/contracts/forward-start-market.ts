import type { ForwardStartTerms } from '../../../../shared/contract/forward-starts.ts';
import { yearsBetween, type IsoDate } from '../../../../shared/dates.ts';
import { failure, sentenceOf } from '../../../../shared/failure.ts';
import type { PackageMarket } from '../../../../shared/quant/contracts/forward-start-package.ts';
import { forwardVol } from '../../../../shared/quant/surface/surface.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import type { Vol, Years } from '../../../../shared/units.ts';
import type { TermStructure } from '../market/term-structure.ts';
import { fixingOf, standingTerms, type Told } from './forward-start-terms.ts';

/** 100 less the price of an interest-rate future is its yield, in per cent. */
const yieldBase = 100;

/** Term structures of the underlying read at the first reference time, and of the one read at the second. */
export interface ContractStructures {
  readonly first: TermStructure;
  readonly second: TermStructure;
}

/** A contract's market on a day, before or after its fixing, for a volatility still to be named. */
export interface ForwardStartMarket {
  readonly timeToStart: Years;
  readonly timeToEnd: Years;
  /** To the end of the right on the contract; null where there is none. */
  readonly timeToOption: Years | null;
  readonly at: PackageMarket;
  /** Level that greeks are against. */
  readonly forward: number;
  readonly carryFactor: number;
  readonly discountFactor: number;
  readonly volToOption: Vol | null;
  /** The contract's volatility over the underlying price's: P/(100 − P) for a yield, else 1. */
  readonly volScale: number;
  /** What the term structure says of the contract's own period. */
  readonly marketVol: Result<Vol, string>;
}

/** The level of a kind of underlying that a price stands for. */
export const levelOfPrice = (kind: ForwardStartTerms['underlyingKind'], price: number): number =>
  kind === 'yield' ? yieldBase - price : price;

/**
 * A future's price has no drift, and the yield 100 − price neither; a yield is taken as lognormal with the
 * volatility that moves it as much as the price's does. Of two related underlyings the basis is taken as
 * certain: the second one's forward volatility is the contract's.
 */
function levelsOf(
  kind: ForwardStartTerms['underlyingKind'],
  structure: TermStructure,
): { readonly at: (time: Years) => number | null; readonly volScale: number } {
  const { spot, forwardAt } = structure;
  if (kind === 'price' || kind === 'index') return { at: forwardAt, volScale: 1 };
  if (kind === 'future' || spot === null) return { at: () => spot, volScale: 1 };
  const level = yieldBase - spot;
  return { at: () => (level > 0 ? level : null), volScale: level > 0 ? spot / level : 1 };
}

export function forwardStartMarket(
  contract: Told,
  asOf: IsoDate,
  structures: ContractStructures,
): Result<ForwardStartMarket, string> {
  const terms = standingTerms(contract);
  const { contractId, underlying, firstReferenceDate, secondReferenceDate, underlyingKind } = terms;
  const { first, second } = structures;
  const timeToStart = Math.max(0, yearsBetween(asOf, firstReferenceDate));
  const timeToEnd = Math.max(0, yearsBetween(asOf, secondReferenceDate));
  const [nearLevels, farLevels] = [levelsOf(underlyingKind, first), levelsOf(underlyingKind, second)];
  const [near, far] = [nearLevels.at(timeToStart), farLevels.at(timeToEnd)];
  if (near === null || far === null) {
    const reason = first.reason ?? second.reason ?? 'it has no spot';
    return fail(sentenceOf(failure('no-forward', underlying, { reason })));
  }
  const { volScale } = farLevels;
  const nearVol = timeToStart === 0 ? 0 : second.volAt(timeToStart);
  const farVol = second.volAt(timeToEnd);
  const marketVol = ((): Result<Vol, string> => {
    if (nearVol === null || farVol === null) {
      return fail(
        second.reason ?? `${terms.secondUnderlying ?? underlying} has no volatility for these dates.`,
      );
    }
    if (timeToStart === 0) return ok(farVol * volScale);
    const slice = forwardVol({ nearVol, nearTime: timeToStart, farVol, farTime: timeToEnd });
    return slice.ok
      ? ok(slice.value * volScale)
      : fail(sentenceOf(failure(slice.error.code, contractId, slice.error.detail)));
  })();
  const fixing = fixingOf(contract);
  const discountFactor = terms.discountFactor ?? second.discountAt(timeToEnd);
  const carryFactor = terms.carryFactor ?? far / near;
  const volToStart = (timeToStart === 0 ? 0 : (first.volAt(timeToStart) ?? 0)) * nearLevels.volScale;
  // Inside the period a carry factor by hand moves the forward that the market gives for the end.
  const forward = fixing === null ? near : far;
  const timeToOption =
    terms.option === null ? null : Math.max(0, yearsBetween(asOf, terms.option.expiryDate));
  return ok({
    timeToStart,
    timeToEnd,
    timeToOption,
    at:
      fixing === null
        ? {
            phase: 'beforeFixing',
            market: { timeToStart, timeToEnd, volToStart, forward: near, carryFactor, discountFactor },
          }
        : { phase: 'afterFixing', market: { ...fixing, forward: far, timeToEnd, discountFactor } },
    forward,
    carryFactor,
    discountFactor,
    volToOption:
      timeToOption === null
        ? null
        : timeToOption === 0
          ? 0
          : scaled(first.volAt(timeToOption), nearLevels.volScale),
    volScale,
    marketVol,
  });
}

const scaled = (vol: Vol | null, scale: number): Vol | null => (vol === null ? null : vol * scale);
