import { regularSessions, calendarOfCurrency } from '../../../shared/calendar.ts';
import type { ScenarioShock } from '../../../shared/contract/scenario-shock.ts';
import { addDays, daysBetween } from '../../../shared/dates.ts';

export type SpotPart = ScenarioShock['spot'][number];
export type VolPart = ScenarioShock['vol'][number];
export type CorrelationPart = ScenarioShock['correlation'][number];
export type Target = Extract<SpotPart, { kind: 'move' }>['target'];

/** Nothing moves, in a form that can be changed part by part. */
export const emptyShock: ScenarioShock = {
  spot: [],
  daysForward: 0,
  rateShift: 0,
  yieldShift: 0,
  dividendChange: 0,
  vol: [],
  correlation: [],
  realized: { move: 'jump', vol: null },
  smileRule: { kind: 'stickyStrike' },
};

/** Nothing of it moves anything. */
export const isNoShock = (shock: ScenarioShock): boolean =>
  shock.spot.length + shock.vol.length + shock.correlation.length === 0 &&
  shock.daysForward === 0 &&
  shock.rateShift === 0 &&
  shock.yieldShift === 0 &&
  shock.dividendChange === 0;

/** A list with one member replaced; null takes it out. */
export const withPart = <T>(list: readonly T[], at: number, part: T | null): T[] =>
  list.flatMap((one, place) => (place !== at ? [one] : part === null ? [] : [part]));

/** Whom a part moves, as the one word of a select; names joined by a comma. */
export const targetWord = (target: Target): string =>
  target.kind === 'all'
    ? 'all'
    : target.kind === 'members'
      ? `members:${target.index}`
      : `names:${target.symbols.join(',')}`;

export function targetOf(word: string): Target {
  if (word.startsWith('members:')) return { kind: 'members', index: word.slice('members:'.length) };
  if (word.startsWith('names:')) return { kind: 'names', symbols: word.slice('names:'.length).split(',') };
  return { kind: 'all' };
}

/** Another way for volatility to move, its size and target kept where they mean the same. */
export function volOfKind(part: VolPart, kind: Exclude<VolPart['kind'], 'surface'>): VolPart {
  const target: Target = part.kind === 'surface' ? { kind: 'names', symbols: [part.symbol] } : part.target;
  const change = part.kind === 'surface' ? 0 : part.change;
  return kind === 'slice' ? { kind, target, change, fromDays: 0, toDays: 30 } : { kind, target, change };
}

/** Trading days ahead of a day: `days` calendar days on, and the date; the day itself first. */
export function sessionsAfter(
  from: string,
  currency: string,
  count: number,
): readonly { readonly days: number; readonly date: string }[] {
  const sessions = regularSessions({
    calendar: calendarOfCurrency(currency),
    from: addDays(from, 1),
    to: addDays(from, Math.ceil(count * 1.5) + 14),
  });
  return [from, ...sessions.slice(0, count)].map((date) => ({ date, days: daysBetween(from, date) }));
}

/** Today, and up to four days evenly between it and the session so far ahead. */
export function curveDays(sessions: readonly { readonly days: number }[], ahead: number): readonly number[] {
  const last = Math.min(Math.max(0, ahead), sessions.length - 1);
  const places = [0, 0.25, 0.5, 0.75, 1].map((share) => Math.round(share * last));
  return [...new Set(places)].map((place) => sessions[place]?.days ?? 0);
}
