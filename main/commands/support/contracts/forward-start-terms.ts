import type { ForwardStartTerms, ForwardStartValue } from '../../../../shared/contract/forward-starts.ts';
import type { IsoDate } from '../../../../shared/dates.ts';
import type { PayoffPackage } from '../../../../shared/quant/contracts/forward-start-package.ts';
import type { ForwardStartPayoff } from '../../../../shared/quant/contracts/forward-start-terms.ts';
import { readableSymbol } from '../../../../shared/symbols.ts';
import type { StoredForwardStart } from '../../../store/index.ts';

export type Told = Pick<StoredForwardStart, 'terms' | 'events' | 'steps'>;

const payoff = (
  terms: ForwardStartTerms,
  optionType: ForwardStartPayoff['optionType'],
  strikeMultiplier: number,
): ForwardStartPayoff => ({
  optionType,
  family: terms.family,
  power: terms.power,
  strikeMultiplier,
  strikeOffset: terms.strikeOffset,
  normalizedBy: terms.normalizedBy,
});

export const isStrangle = (terms: ForwardStartTerms): boolean =>
  terms.optionType === 'straddle' &&
  terms.putStrikeMultiplier !== null &&
  terms.putStrikeMultiplier !== terms.strikeMultiplier;

/** What a contract pays: one payoff, or the put and the call of a strangle. */
export function payoffsOf(terms: ForwardStartTerms): PayoffPackage {
  if (!isStrangle(terms)) return [payoff(terms, terms.optionType, terms.strikeMultiplier)];
  return [
    payoff(terms, 'put', terms.putStrikeMultiplier ?? terms.strikeMultiplier),
    payoff(terms, 'call', terms.strikeMultiplier),
  ];
}

export const labelOf = (terms: ForwardStartTerms): string => {
  const type = isStrangle(terms) ? 'strangle' : terms.optionType;
  const right = terms.option === null ? '' : `${terms.option.optionType} on a `;
  return `${right}${terms.family} ${terms.power === 2 ? 'quadratic ' : ''}${type}`;
};

/** Terms as they stand: a right once used is the contract itself, bought or sold at the price agreed. */
export function standingTerms({ terms, steps }: Pick<Told, 'terms' | 'steps'>): ForwardStartTerms {
  const { option, quantity, tradePrice } = terms;
  const marked = steps.findLast(({ kind }) => kind === 'marked');
  const byHand = marked?.kind === 'marked' ? marked.detail : {};
  if (option === null || !steps.some(({ kind }) => kind === 'exercised')) return { ...terms, ...byHand };
  const sign = option.optionType === 'put' ? -1 : 1;
  return {
    ...terms,
    ...byHand,
    option: null,
    quantity: sign * quantity,
    tradePrice: option.contractPrice + sign * (tradePrice ?? 0),
  };
}

/** The newest level confirmed at the first reference time; of terms that came with a strike, the level behind it. */
export function firstFixingOf({ terms, events }: Pick<Told, 'terms' | 'events'>): number | null {
  const level = events.findLast((event) => event.kind === 'fixed' && event.level !== null)?.level ?? null;
  if (level !== null || terms.fixedStrike === null) return level;
  return terms.strikeMultiplier === 0
    ? null
    : (terms.fixedStrike - terms.strikeOffset) / terms.strikeMultiplier;
}

/** The strike of a contract (of a strangle its call's): from its latest fixing, else as its terms came; null before. */
export function strikeOf(contract: Pick<Told, 'terms' | 'events'>): number | null {
  const { terms, events } = contract;
  const told = events.some((event) => event.kind === 'fixed' && event.level !== null);
  const level = firstFixingOf(contract);
  return told && level !== null ? terms.strikeMultiplier * level + terms.strikeOffset : terms.fixedStrike;
}

/** What the quant functions read a fixing from: the level where it is known, else the strike alone. */
export function fixingOf(
  contract: Pick<Told, 'terms' | 'events'>,
): { readonly firstFixing: number } | { readonly fixedStrike: number } | null {
  const [firstFixing, fixedStrike] = [firstFixingOf(contract), strikeOf(contract)];
  if (isStrangle(contract.terms)) return firstFixing === null ? null : { firstFixing };
  return fixedStrike === null ? null : { fixedStrike };
}

type State = Pick<ForwardStartValue, 'state' | 'stateNote'>;

/** Where a contract stands on a day, and what it waits for. */
export function forwardStartState(contract: Told, asOf: IsoDate): State {
  const { terms, events, steps } = contract;
  const settled = events.findLast(({ kind }) => kind === 'settled');
  const last = steps.findLast(({ kind }) => kind === 'lapsed' || kind === 'rolled');
  if (settled !== undefined) {
    const how =
      last === undefined ? 'Settled' : last.kind === 'rolled' ? `Rolled into ${last.detail.into}` : 'Lapsed';
    return { state: 'settled', stateNote: `${how} for ${settled.amount ?? 0}.` };
  }
  const { option } = standingTerms(contract);
  if (option !== null) {
    return asOf < option.expiryDate
      ? { state: 'anticipatory', stateNote: `The right to use it ends on ${option.expiryDate}.` }
      : {
          state: 'exercise-due',
          stateNote: `The right ended on ${option.expiryDate}: say whether it is used.`,
        };
  }
  const strike = strikeOf(contract);
  if (asOf < terms.firstReferenceDate && strike === null) {
    return { state: 'anticipatory', stateNote: `The strike is fixed on ${terms.firstReferenceDate}.` };
  }
  if (strike === null) {
    return {
      state: 'fixing-due',
      stateNote: `The strike was due on ${terms.firstReferenceDate}: confirm the level.`,
    };
  }
  if (asOf < terms.secondReferenceDate) {
    return { state: 'live', stateNote: `Strike ${strike}; ends on ${terms.secondReferenceDate}.` };
  }
  return { state: 'settling', stateNote: `Ended on ${terms.secondReferenceDate}: confirm the final level.` };
}

/**
 * What the fixing makes of a contract that settles into listed options or by delivery: options of that strike
 * on so many units, a relative contract's amount over F₁. Signed with the quantity.
 */
export function becomes(contract: Told): ForwardStartValue['becomes'] {
  const terms = standingTerms(contract);
  const firstFixing = firstFixingOf(contract);
  if (terms.settlement === 'cash' || firstFixing === null) return [];
  const units = (terms.quantity * terms.amount) / (terms.family === 'absolute' ? 1 : firstFixing);
  return payoffsOf(terms).flatMap((leg) => {
    const strike = (leg.strikeMultiplier ?? 1) * firstFixing + terms.strikeOffset;
    const types = leg.optionType === 'straddle' ? (['put', 'call'] as const) : [leg.optionType];
    return types.map((type) => ({
      optionType: type,
      strike,
      expiry: terms.secondReferenceDate,
      units,
      contract: readableSymbol({
        root: terms.underlying,
        expiry: terms.secondReferenceDate,
        optionType: type,
        strike,
      }),
    }));
  });
}
