import type { StateCreator } from 'zustand/vanilla';
import { sentenceOf } from '../../shared/failure.ts';
import type { Client } from '../client/client.ts';
import type { WorkstationState } from './store.ts';

/** A contract picked from a chain, with what the chain said of it then. */
export interface PickedLeg {
  readonly contract: string;
  readonly symbol: string;
  readonly asOf: string;
  readonly side: 'sell' | 'buy';
  /** Contracts, at least 1. */
  readonly quantity: number;
  /** Per unit: the bid where it is sold, the ask where it is bought. */
  readonly price: number;
  readonly currency: string;
  readonly multiplier: number;
  /** Of one unit bought; null where the chain has none. */
  readonly deltaDollar: number | null;
  readonly vegaPerVolPoint: number | null;
}

export interface PickedLegsSlice {
  /** Adds a leg; the same contract and side again is one contract more. */
  pickLeg(leg: PickedLeg): void;
  changePickedLeg(index: number, quantity: number): void;
  dropPickedLeg(index: number): void;
  clearPickedLegs(): void;
  /** Saves the legs as a draft suggestion, empties the tray and opens the review. */
  draftPickedLegs(): Promise<void>;
}

const key = 'picked-legs';
const noLegs: readonly PickedLeg[] = [];

/** The tray. It lives among what the window remembers, so that it is there after a reload. */
export function pickedLegsOf({ preferences }: Pick<WorkstationState, 'preferences'>): readonly PickedLeg[] {
  const value = preferences[key];
  return Array.isArray(value) && value.length > 0 ? (value as readonly PickedLeg[]) : noLegs;
}

export interface PickedSums {
  /** Received when positive, paid when negative. */
  readonly premium: number | null;
  readonly deltaDollar: number | null;
  readonly vegaPerVolPoint: number | null;
  readonly currency: string;
  /** Why a sum is blank. */
  readonly reason: string | null;
}

/** Premium, delta and vega of all legs as they would be held; blank over two currencies or where a leg has none. */
export function pickedSums(legs: readonly PickedLeg[]): PickedSums {
  const [first] = legs;
  const currency = first?.currency ?? '';
  if (legs.some((leg) => leg.currency !== currency)) {
    const reason = 'The legs are in more than one currency.';
    return { premium: null, deltaDollar: null, vegaPerVolPoint: null, currency, reason };
  }
  const total = (of: (leg: PickedLeg) => number | null): number | null =>
    legs.reduce<number | null>((sum, leg) => {
      const one = of(leg);
      const units = leg.quantity * leg.multiplier * (leg.side === 'sell' ? -1 : 1);
      return sum === null || one === null ? null : sum + one * units;
    }, 0);
  const deltaDollar = total((leg) => leg.deltaDollar);
  const vegaPerVolPoint = total((leg) => leg.vegaPerVolPoint);
  const isBlank = deltaDollar === null || vegaPerVolPoint === null;
  return {
    premium: total((leg) => -leg.price),
    deltaDollar,
    vegaPerVolPoint,
    currency,
    reason: isBlank ? 'The chain has no greeks for one of the legs.' : null,
  };
}

export const createPickedLegsSlice =
  (client: Client): StateCreator<WorkstationState, [], [], PickedLegsSlice> =>
  (_, get) => {
    const keep = (legs: readonly PickedLeg[]) => get().remember(key, legs);
    return {
      pickLeg(leg) {
        const legs = pickedLegsOf(get());
        const [first] = legs;
        if (first !== undefined && first.asOf !== leg.asOf) {
          get().tell('failed', `The legs picked are of ${first.asOf}. Draft or clear them first.`);
          return;
        }
        const at = legs.findIndex((one) => one.contract === leg.contract && one.side === leg.side);
        keep(
          at < 0
            ? [...legs, leg]
            : legs.map((one, i) => (i === at ? { ...leg, quantity: one.quantity + leg.quantity } : one)),
        );
      },
      changePickedLeg(index, quantity) {
        if (!Number.isInteger(quantity) || quantity < 1) return;
        keep(pickedLegsOf(get()).map((leg, i) => (i === index ? { ...leg, quantity } : leg)));
      },
      dropPickedLeg: (index) => keep(pickedLegsOf(get()).filter((_leg, i) => i !== index)),
      clearPickedLegs: () => keep([]),
      async draftPickedLegs() {
        const legs = pickedLegsOf(get());
        const [first] = legs;
        if (first === undefined) return;
        const names = [...new Set(legs.map(({ symbol }) => symbol))];
        const made = await client.request('suggestion.draft', {
          title: names.length > 3 ? `Legs on ${names.length} names` : `Legs on ${names.join(', ')}`,
          asOf: first.asOf,
          legs: legs.map(({ contract, symbol, side, quantity, price }) => ({
            contract,
            symbol,
            side,
            quantity,
            reason: `Picked from the chain ${side === 'sell' ? 'at its bid of' : 'at its ask of'} ${price}.`,
          })),
        });
        if (!made.ok) return get().tell('failed', sentenceOf(made.error));
        keep([]);
        get().focus({ suggestionId: made.value.suggestionId });
        get().openView('review');
        get().tell('done', `Saved as draft suggestion ${made.value.suggestionId}.`);
      },
    };
  };
