import type { StateCreator } from 'zustand/vanilla';
import type { InputOf, OutputOf } from '../../shared/contract/index.ts';
import type { HedgeReassessment, LegDecision } from '../../shared/contract/reassess.ts';
import { sentenceOf } from '../../shared/failure.ts';
import { usualReassessRules, type ReassessRules } from '../../shared/quant/hedge/reassess.ts';
import type { RollRules } from '../../shared/quant/hedge/roll.ts';
import type { Client } from '../client/client.ts';
import { idle, type Remote } from '../remote.ts';
import { savedBasketInFront } from './hedge.ts';
import { createLoader } from './loader.ts';
import type { WorkstationState } from './store.ts';

/** Where the thresholds are kept on the desk, so that the command line and the next start know them too. */
export const reassessRulesKey = 'reassess.rules';

export type Roll = OutputOf<'hedge.roll'>['best'];

/** One thing to be done with a leg, on its way to review. */
export type ReassessOrder =
  | { readonly kind: 'roll'; readonly leg: LegDecision; readonly roll: Roll; readonly quantity: number }
  /** Contracts bought (+) or sold (−). */
  | { readonly kind: 'trade'; readonly leg: LegDecision; readonly trade: number };

export interface ReassessSlice {
  readonly reassess: Remote<HedgeReassessment>;
  readonly reassessRules: ReassessRules;
  readonly reassessRulesRead: boolean;
  readonly reassessLeg: string | null;
  readonly rollRules: RollRules;
  readonly roll: Remote<OutputOf<'hedge.roll'>>;
  /** At most one a leg. */
  readonly reassessOrders: readonly ReassessOrder[];
  /** Reads the thresholds, then looks at the hedge of the basket in front on the day in front. */
  loadReassess(): Promise<void>;
  cancelReassess(): void;
  changeReassessRules(change: Partial<ReassessRules>): Promise<void>;
  chooseReassessLeg(leg: string): void;
  changeRollRules(change: Partial<RollRules>): void;
  loadRoll(): Promise<void>;
  takeReassessOrder(order: ReassessOrder): void;
  dropReassessOrder(leg: string): void;
  /** What was taken becomes one draft, and the review opens. */
  draftReassessOrders(): Promise<void>;
}

export const createReassessSlice =
  (client: Client): StateCreator<WorkstationState, [], [], ReassessSlice> =>
  (set, get) => {
    const reassess = createLoader({
      client,
      name: 'hedge.reassess',
      jobs: get,
      seat: { get: () => get().reassess, set: (remote) => set({ reassess: remote }) },
    });
    const roll = createLoader({
      client,
      name: 'hedge.roll',
      jobs: get,
      seat: { get: () => get().roll, set: (remote) => set({ roll: remote }) },
    });
    const readRules = async () => {
      if (get().reassessRulesRead) return;
      const kept = await client.request('preference.read', { key: reassessRulesKey });
      set({
        reassessRulesRead: true,
        ...(kept.ok ? { reassessRules: reassessRulesFrom(kept.value.value) } : {}),
      });
    };
    return {
      reassess: idle,
      reassessRules: usualReassessRules,
      reassessRulesRead: false,
      reassessLeg: null,
      rollRules: { keep: 'strike', targetDays: 30, creditOnly: true, minCredit: 0, spreadShare: 0 },
      roll: idle,
      reassessOrders: [],
      async loadReassess() {
        await readRules();
        const basket = savedBasketInFront(get())?.name;
        if (basket === undefined) return;
        const { asOf, reassess: shown, reassessRules: rules } = get();
        if (shown.value !== null && shown.value.basket !== basket)
          set({ reassess: idle, reassessLeg: null, reassessOrders: [], roll: idle });
        await reassess.load(
          { basket, rules, ...(asOf === null ? {} : { asOf }) },
          `Re-assessing the hedge of ${basket}`,
        );
        // Prices of another day are no prices to trade at.
        const isOtherDay = shown.value !== null && shown.value.asOf !== get().reassess.value?.asOf;
        if (isOtherDay) set({ reassessOrders: [], roll: idle });
      },
      cancelReassess: () => reassess.cancel(),
      async changeReassessRules(change) {
        set((state) => ({ reassessRules: { ...state.reassessRules, ...change } }));
        const value = JSON.stringify(get().reassessRules);
        const saved = await client.request('preference.save', { key: reassessRulesKey, value });
        if (!saved.ok) get().tell('failed', sentenceOf(saved.error));
        await get().loadReassess();
      },
      chooseReassessLeg(leg) {
        if (leg !== reassessLegInFront(get())?.leg) set({ roll: idle });
        set({ reassessLeg: leg });
      },
      changeRollRules: (change) => set((state) => ({ rollRules: { ...state.rollRules, ...change } })),
      async loadRoll() {
        const leg = reassessLegInFront(get());
        const asOf = get().reassess.value?.asOf;
        if (leg === null || asOf === undefined) return;
        const { symbol, leg: contract, side, quantity } = leg;
        if (get().roll.value?.best.from.contract !== contract) set({ roll: idle });
        await roll.load(
          { symbol, contract, side, quantity, asOf, ...get().rollRules },
          `Looking for a roll of ${contract}`,
        );
      },
      takeReassessOrder: (order) =>
        set((state) => ({
          reassessOrders: [...state.reassessOrders.filter((one) => one.leg.leg !== order.leg.leg), order],
        })),
      dropReassessOrder: (leg) =>
        set((state) => ({ reassessOrders: state.reassessOrders.filter((one) => one.leg.leg !== leg) })),
      async draftReassessOrders() {
        const { reassess: shown, reassessOrders: orders, rollRules } = get();
        if (shown.value === null || orders.length === 0) return;
        const { basket, asOf } = shown.value;
        const made = await client.request('suggestion.draft', {
          basket,
          asOf,
          origin: 'roll',
          spreadShare: rollRules.spreadShare,
          legs: orders.flatMap(draftLegsOf),
          // Rolls that were looked for as credits are held to it; a part that is bought is not.
          limits:
            rollRules.creditOnly && orders.every((order) => order.kind === 'roll') ? { minCredit: 0 } : {},
          note: `Re-assessed on ${asOf}`,
        });
        if (!made.ok) return get().tell('failed', sentenceOf(made.error));
        set({ reassessOrders: [] });
        await get().keepReassessRun(); // what was decided on stays with what was seen
        get().focus({ suggestionId: made.value.suggestionId });
        get().openView('review');
        get().tell('done', `Draft suggestion ${made.value.suggestionId} holds what was taken.`);
      },
    };
  };

type DraftLeg = InputOf<'suggestion.draft'>['legs'][number];

/** The legs to trade for one order: a roll closes what is held and opens what replaces it. */
export function draftLegsOf(order: ReassessOrder): readonly DraftLeg[] {
  const { leg } = order;
  const { symbol } = leg;
  const why = leg.rule === 'none' ? 'by hand' : leg.reason;
  if (order.kind === 'trade') {
    return [
      {
        contract: leg.leg,
        symbol,
        side: order.trade > 0 ? 'buy' : 'sell',
        quantity: Math.abs(order.trade),
        reason: `Trades part of what is held: ${why}`,
      },
    ];
  }
  const { roll, quantity } = order;
  const [closing, opening] = leg.side === 'sold' ? (['buy', 'sell'] as const) : (['sell', 'buy'] as const);
  return [
    {
      contract: leg.leg,
      symbol,
      side: closing,
      quantity,
      limit: roll.closePrice,
      reason: `Closes what is rolled into ${roll.to.contract}: ${why}`,
    },
    {
      contract: roll.to.contract,
      symbol,
      side: opening,
      quantity,
      limit: roll.openPrice,
      reason: `Opens in place of ${leg.leg}.`,
    },
  ];
}

/** The leg whose criteria and rolls are shown: the one chosen, or the first that something fired on. */
export function reassessLegInFront(
  state: Pick<ReassessSlice, 'reassess' | 'reassessLeg'>,
): LegDecision | null {
  const legs = state.reassess.value?.actions ?? [];
  return (
    legs.find((one) => one.leg === state.reassessLeg) ??
    legs.find((one) => one.action !== 'keep') ??
    legs[0] ??
    null
  );
}

/** The thresholds that were kept, as far as they still make sense; what is missing is as usual. */
export function reassessRulesFrom(text: string | null): ReassessRules {
  if (text === null) return usualReassessRules;
  let kept: unknown;
  try {
    kept = JSON.parse(text);
  } catch {
    return usualReassessRules; // a preference that cannot be read is as good as none
  }
  if (typeof kept !== 'object' || kept === null) return usualReassessRules;
  const known = Object.entries(usualReassessRules).map(([name, usual]) => {
    const value = (kept as Readonly<Record<string, unknown>>)[name];
    const isNumber = typeof value === 'number' && Number.isFinite(value);
    const fits =
      typeof usual === 'boolean'
        ? typeof value === 'boolean'
        : isNumber || (value === null && canBeOff(name));
    return [name, fits ? value : usual];
  });
  return Object.fromEntries(known) as ReassessRules;
}

/** A share that goes with a rule cannot be switched off; the rule can. */
const canBeOff = (name: string): boolean => name !== 'letExpireDelta' && name !== 'part';
