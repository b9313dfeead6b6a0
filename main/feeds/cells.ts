import { isIsoDate } from '../../shared/dates.ts';

const nullTokens = new Set(['', '-', '--', 'n/a', 'na', '#n/a', '<empty>', 'nan', 'null', 'none']);

export const isNullText = (text: string): boolean => nullTokens.has(text.trim().toLowerCase());

const plainNumber = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;
/** 1,234.5 and 1,23,456.7, never 1,5: a decimal comma must not turn into fifteen. */
const groupedNumber = /^[-+]?\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d*)?$/;

function awkwardNumber(text: string): number | undefined {
  if (isNullText(text)) return Number.NaN;
  let rest = text.trim();
  let sign = 1;
  if (rest.startsWith('(') && rest.endsWith(')')) {
    sign = -1;
    rest = rest.slice(1, -1);
  } else if (rest.endsWith('-')) {
    sign = -1;
    rest = rest.slice(0, -1);
  }
  rest = rest.replace(/[$%\s]/g, '');
  if (groupedNumber.test(rest)) rest = rest.replaceAll(',', '');
  if (!plainNumber.test(rest)) return undefined;
  const value = sign * Number(rest);
  return Number.isFinite(value) ? value : undefined;
}

/**
 * The number in a cell: NaN where there is none (empty, `--`, `n/a`, `<empty>`, `NaN`), undefined where
 * the text is no finite number. Parentheses and a trailing minus are negative; `$ , %` are dropped.
 */
export function numberOf(text: string): number | undefined {
  const value = Number(text);
  if (value !== 0) return Number.isFinite(value) && plainNumber.test(text) ? value : awkwardNumber(text);
  return text === '0' ? 0 : awkwardNumber(text);
}

/** A fraction: `6.71%` is 0.0671 and `0.0671` is 0.0671. NaN and undefined as in `numberOf`. */
export function fractionOf(text: string): number | undefined {
  const value = numberOf(text);
  return value !== undefined && text.trimEnd().endsWith('%') ? Number((value / 100).toPrecision(15)) : value;
}

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const monthOf = (name: string): number => monthNames.indexOf(name.slice(0, 3).toLowerCase()) + 1;
const fourDigits = (year: string): number => (year.length === 2 ? 2000 : 0) + Number(year);

const isoLike = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$/;
const compact = /^(\d{4})(\d{2})(\d{2})$/;
const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})(?:[ ,T].*)?$/;
const yearFirst = /^(\d{4})\/(\d{1,2})\/(\d{1,2})(?: .*)?$/;
const monthFirst = /^(?:[A-Za-z]{3,9},? )?([A-Za-z]{3,9}) (\d{1,2}),? (\d{4})\b/;
const dayFirst = /^(\d{1,2})[- ]?([A-Za-z]{3,9})[- ]?(\d{4}|\d{2})$/;

function partsOf(text: string): readonly [number, number, number] | null {
  const ymd = isoLike.exec(text) ?? compact.exec(text) ?? yearFirst.exec(text);
  if (ymd !== null) return [Number(ymd[1]), Number(ymd[2]), Number(ymd[3])];
  const mdy = slashed.exec(text);
  if (mdy !== null) return [fourDigits(mdy[3] ?? ''), Number(mdy[1]), Number(mdy[2])];
  const named = monthFirst.exec(text);
  if (named !== null) return [Number(named[3]), monthOf(named[1] ?? ''), Number(named[2])];
  const short = dayFirst.exec(text);
  if (short !== null) return [fourDigits(short[3] ?? ''), monthOf(short[2] ?? ''), Number(short[1])];
  return null;
}

/**
 * The calendar day in a cell as `YYYY-MM-DD`; null where it is none or does not exist (2026-13-45).
 *
 * Reads 2026-03-27, 20260327, 2026/03/27, 3/27/2026 (month first), 3/27/26, Fri Mar 27 2026,
 * March 27, 2026, 27 MAR 26, 27MAR26 and 27-Mar-2026; a time after the day is passed over.
 */
export function dateOf(text: string): string | null {
  const parts = partsOf(text.trim());
  if (parts === null) return null;
  const [year, month, day] = parts;
  if (year < 1900 || year > 2199) return null;
  const date = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return isIsoDate(date) ? date : null;
}
