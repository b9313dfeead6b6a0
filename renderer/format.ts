import { isIsoDate, weekday } from '../shared/dates.ts';

/**
 * The only place where a number becomes text, and text a number. Inputs are in the desk's units:
 * volatilities, fractions and correlations decimal, money in account currency, dates ISO.
 */

export const none = '—';
const minus = '−';
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

type MaybeNumber = number | null | undefined;
export type Formatter = (value: MaybeNumber) => string;

function fixed(value: number, digits: number, grouped: boolean): string {
  const text = Math.abs(value).toFixed(digits);
  const isZero = Number(text) === 0;
  const point = text.indexOf('.');
  const whole = point < 0 ? text : text.slice(0, point);
  const rest = point < 0 ? '' : text.slice(point);
  const shown = grouped ? whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',') : whole;
  return `${value < 0 && !isZero ? minus : ''}${shown}${rest}`;
}

const present = (value: MaybeNumber): value is number =>
  value !== null && value !== undefined && Number.isFinite(value);
const withSign = (value: number, text: string): string =>
  value > 0 && /[1-9]/.test(text) ? `+${text}` : text;

/** A plain number with thousands separators: `1,234.50`. */
export const decimal = (value: MaybeNumber, digits = 2): string =>
  present(value) ? fixed(value, digits, true) : none;
export const signedDecimal = (value: MaybeNumber, digits = 2): string =>
  present(value) ? withSign(value, fixed(value, digits, true)) : none;
export const integer: Formatter = (value) => decimal(value, 0);
export const signedInteger: Formatter = (value) => signedDecimal(value, 0);

/** A decimal volatility in per cent, two decimals, without the sign: 0.2015 is `20.15`. */
export const volPercent: Formatter = (vol) => (present(vol) ? fixed(vol * 100, 2, false) : none);
/** A difference of decimal volatilities in volatility points: 0.0125 is `+1.25`. */
export const volPoints: Formatter = (difference) =>
  present(difference) ? withSign(difference, fixed(difference * 100, 2, false)) : none;
/** A decimal fraction in per cent: 0.823 is `82.3`. */
export const percent = (fraction: MaybeNumber, digits = 1): string =>
  present(fraction) ? fixed(fraction * 100, digits, true) : none;
/** A squared decimal return in squared per cent: 0.000175 is `1.7500`. */
export const percentSquared: Formatter = (squared) =>
  present(squared) ? fixed(squared * 1e4, 4, true) : none;
export const signedPercent = (fraction: MaybeNumber, digits = 1): string =>
  present(fraction) ? withSign(fraction, fixed(fraction * 100, digits, true)) : none;

/** Money in whole units: `−1,234,567`. */
export const money = (amount: MaybeNumber, digits = 0): string => decimal(amount, digits);
export const signedMoney = (amount: MaybeNumber, digits = 0): string => signedDecimal(amount, digits);

const centsPerUnit = 100;
/** Whole cents as money to the cent: −1234567 is `−12,345.67`. */
export const cents: Formatter = (amount) => decimal(present(amount) ? amount / centsPerUnit : null, 2);
export const signedCents: Formatter = (amount) =>
  signedDecimal(present(amount) ? amount / centsPerUnit : null, 2);

/** Decimals that a tick needs: 0.05 is two, 0.25 two, 1 none. */
export function tickDigits(tick: number): number {
  for (let digits = 0; digits < 6; digits += 1) {
    const scaled = tick * 10 ** digits;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-9) return digits;
  }
  return 6;
}
/** A price at its contract's tick. */
export const price = (value: MaybeNumber, tick = 0.01): string => decimal(value, tickDigits(tick));
/** A strike: as many decimals as it has, four at most. */
export const strike: Formatter = (value) =>
  present(value) ? fixed(value, Math.min(4, tickDigits(Math.round(value * 1e4) / 1e4)), true) : none;

const suffixes: readonly (readonly [number, string])[] = [
  [1e9, 'bn'],
  [1e6, 'm'],
  [1e3, 'k'],
];
/** For charts only: 12,300 is `12.3k`, 4,500,000 `4.5m`. */
export const compact: Formatter = (value) => {
  if (!present(value)) return none;
  const size = Math.abs(value);
  const found = suffixes.find(([least]) => size >= least);
  if (found === undefined)
    return fixed(value, size >= 100 || Number.isInteger(value) ? 0 : size >= 1 ? 1 : 2, true);
  const scaled = value / found[0];
  const digits = Math.abs(scaled) >= 100 || Number.isInteger(scaled) ? 0 : 1;
  return `${fixed(scaled, digits, true)}${found[1]}`;
};

/** `18 Dec 2026`. */
export function date(iso: string | null | undefined): string {
  if (!iso) return none;
  const month = months[Number(iso.slice(5, 7)) - 1];
  return month === undefined ? iso : `${Number(iso.slice(8, 10))} ${month} ${iso.slice(0, 4)}`;
}
/** `18 Dec 26`, where space is short. */
export function shortDate(iso: string | null | undefined): string {
  const long = date(iso);
  return long.length > 9 ? `${long.slice(0, -4)}${long.slice(-2)}` : long;
}
/** A date as people type it: `18 Dec 2026`, `18dec26`, `2026-12-18`; else null. */
export function parseDate(text: string): string | null {
  const plain = text.trim();
  if (/^\d{4}-\d{2}-\d{2}$/.test(plain)) return isIsoDate(plain) ? plain : null;
  const [, day, name, year] = /^(\d{1,2})[ .-]*([a-z]{3,})[ .-]*(\d{4}|\d{2})$/i.exec(plain) ?? [];
  const month = months.findIndex((known) => known.toLowerCase() === name?.slice(0, 3).toLowerCase());
  if (day === undefined || year === undefined || month < 0) return null;
  const iso = `${year.padStart(4, '20')}-${String(month + 1).padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isIsoDate(iso) ? iso : null;
}
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
/** `Fri` */
export const weekdayName = (iso: string): string => weekdays[weekday(iso)] ?? '';
/** `Dec 26`. */
export const monthYear = (iso: string): string =>
  `${months[Number(iso.slice(5, 7)) - 1] ?? ''} ${iso.slice(2, 4)}`;
/** `18 Dec 2026 20:15 UTC` of an instant; a plain date stays a date. */
export function instant(text: string | null | undefined): string {
  if (!text) return none;
  const time = /T(\d{2}:\d{2})/.exec(text)?.[1];
  const offset = /[+-]\d{2}:\d{2}$/.exec(text)?.[0];
  const zone = text.endsWith('Z') ? ' UTC' : offset === undefined ? '' : ` ${offset}`;
  return time === undefined ? date(text) : `${date(text)} ${time}${zone}`;
}
/** `18 Dec 2026 20:15:04` of a UTC instant whose column says UTC. */
export function instantSeconds(text: string): string {
  const time = /T(\d{2}:\d{2}:\d{2})/.exec(text)?.[1];
  return time === undefined ? date(text) : `${date(text)} ${time}`;
}
/** `30 d` to go. */
export const daysToGo: Formatter = (days) => (present(days) ? `${fixed(days, 0, true)} d` : none);
/** How old: `current`, `1 day old`, `12 days old`. */
export const age: Formatter = (days) =>
  !present(days) ? none : days <= 0 ? 'current' : days === 1 ? '1 day old' : `${integer(days)} days old`;
/** `0.42 s`, `12 s`. */
export const seconds: Formatter = (value) =>
  present(value) ? `${fixed(value, value < 10 ? 2 : 0, true)} s` : none;
/** `3 rows`, `1 row`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${integer(count)} ${count === 1 ? one : many}`;

/** A number as people type it: separators, true minus and a trailing per cent are understood; else null. */
export function parseNumber(text: string): number | null {
  const plain = text.trim().replaceAll(',', '').replaceAll(minus, '-').replaceAll(' ', '');
  const isPercent = plain.endsWith('%');
  const digits = isPercent ? plain.slice(0, -1) : plain;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(digits)) return null;
  return isPercent ? Number(digits) / 100 : Number(digits);
}
/** What is typed in per cent, with the sign or without: `11.22` and `11.22 %` are 0.1122. */
export function parsePercent(text: string): number | null {
  const number = parseNumber(text);
  return number === null || text.trim().endsWith('%') ? number : number / 100;
}
/** Text for another program: a plain ASCII number without separators, blank for none. */
export const plainNumber: Formatter = (value) => (present(value) ? String(value) : '');
