import {
  reassessSchedule,
  type ReassessDifference,
  type ReassessDue,
  type ReassessRunHead,
  type ReassessSchedule,
} from '../../../../shared/contract/reassess.ts';
import { canonicalJson } from '../../../../shared/canonical.ts';
import { reassessChanges } from '../../../../shared/quant/hedge/reassess-diff.ts';
import { nextLook } from '../../../../shared/quant/hedge/reassess-schedule.ts';
import type { Readers, StoredReassessRun } from '../../../store/index.ts';
import { newestDay } from '../market/as-of.ts';
import { calendarOfSymbol } from '../market/prices.ts';
import { newestApproved, openHedge } from './held-legs.ts';

const scheduleKey = (basket: string): string => `reassess.schedule.${basket}`;
const noSchedule: ReassessSchedule = { kind: 'off', every: 5, weekday: 1 };

export const scheduleOf = (read: Readers, basket: string): ReassessSchedule => {
  const text = read.preferences.read(scheduleKey(basket));
  if (text === null) return noSchedule;
  const parsed = reassessSchedule.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : noSchedule;
};

export const keepSchedule = (
  save: (key: string, value: string) => void,
  basket: string,
  schedule: ReassessSchedule,
): void => {
  save(scheduleKey(basket), JSON.stringify(schedule));
};

export const runHead = ({
  result,
  runId,
  basket,
  asOf,
  cause,
  runAt,
  runBy,
}: StoredReassessRun): ReassessRunHead => ({
  runId,
  basket,
  asOf,
  cause,
  runAt,
  runBy,
  fired: result.fired.map(({ rule }) => rule),
  toAct: result.actions.filter(({ action }) => action !== 'keep').length,
  legs: result.actions.length,
  netDelta: result.netDelta,
  netDeltaFraction: result.netDeltaFraction,
});

/** A run against an earlier one. */
export function compareRuns(before: StoredReassessRun, after: StoredReassessRun): ReassessDifference {
  const found = reassessChanges(before.result, after.result);
  const said = (value: unknown): string => (value === undefined ? 'usual' : canonicalJson(value));
  const [asked, askedNow] = [
    new Map<string, unknown>(Object.entries(before.rules)),
    new Map<string, unknown>(Object.entries(after.rules)),
  ];
  return {
    before: runHead(before),
    after: runHead(after),
    nowFired: [...found.nowFired],
    nowQuiet: [...found.nowQuiet],
    legs: found.legs.map((leg) => ({ ...leg })),
    netDelta: found.netDelta,
    netDeltaFraction: found.netDeltaFraction,
    rules: [...new Set([...asked.keys(), ...askedNow.keys()])]
      .map((name) => ({ name, before: said(asked.get(name)), after: said(askedNow.get(name)) }))
      .filter((rule) => rule.before !== rule.after),
  };
}

/** Whether a basket has options that are on, by positions or by its suggestions. */
export function hasHedge(read: Readers, basket: string): boolean {
  const saved = read.baskets.find(basket);
  const day = newestDay(read);
  if (saved === null || day === null) return false;
  const index = newestApproved(read, basket, day)?.proposal.index ?? saved.result.index;
  const symbols = new Set([
    ...saved.result.names.filter(({ shares }) => shares > 0).map(({ symbol }) => symbol),
    index,
    saved.result.index,
  ]);
  return openHedge(read, { basket, symbols, day, sentOnly: false }).legs.length > 0;
}

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

const planned = (schedule: ReassessSchedule): string =>
  schedule.kind === 'off'
    ? 'no schedule is set'
    : schedule.kind === 'weekly'
      ? `every ${weekdays[schedule.weekday] ?? ''}`
      : schedule.every === 1
        ? 'every session'
        : `every ${schedule.every} sessions`;

/**
 * Whether a basket's hedge is to be looked at: its schedule says so, or a look that nobody took by hand found
 * rules that fire. Reads the log alone.
 */
export function dueOf(read: Readers, basket: string): ReassessDue {
  const asOf = newestDay(read);
  const schedule = scheduleOf(read, basket);
  const [stored] = read.reassessments.list(basket, 1);
  const last = stored === undefined ? null : runHead(stored);
  const [lastByHand] = read.reassessments.list(basket, 1000).filter(({ cause }) => cause === 'hand');
  const from = lastByHand?.asOf ?? null;
  const index = read.baskets.find(basket)?.result.index ?? '';
  const nextOn =
    from === null || schedule.kind === 'off'
      ? null
      : nextLook({ plan: schedule, last: from, calendar: calendarOfSymbol(read, index) });
  const bySchedule =
    asOf !== null && schedule.kind !== 'off' && (from === null || (nextOn !== null && nextOn <= asOf));
  const byEvent = last !== null && last.cause !== 'hand' && last.fired.length > 0;
  const sentences = [
    ...(byEvent ? [`${last.fired.join(', ')} fired on ${last.asOf}`] : []),
    ...(bySchedule
      ? [
          from === null
            ? `${planned(schedule)}, and nobody looked yet`
            : `${planned(schedule)}, last on ${from}`,
        ]
      : []),
  ];
  const sentence =
    sentences.length > 0
      ? `Due: ${sentences.join('; ')}.`
      : nextOn !== null
        ? `Next on ${nextOn} (${planned(schedule)}).`
        : `Nothing is due: ${planned(schedule)}${last === null ? ', and no rule was looked at yet' : ''}.`;
  return {
    basket,
    asOf,
    due: byEvent || bySchedule,
    sentence,
    byEvent,
    bySchedule,
    nextOn,
    schedule,
    lastRun: last,
  };
}
