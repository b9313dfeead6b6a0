import { none } from '../format.ts';

/** A table of shown texts as another program reads it: plain minus, no thousands separators, blank for none. */
export function plainCell(text: string): string {
  if (text === none) return '';
  const ascii = text.replaceAll('−', '-');
  return /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(ascii) ? ascii.replaceAll(',', '') : ascii;
}

/** Tab-separated, as spreadsheets paste it. */
export const tabSeparated = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map((cell) => plainCell(cell).replace(/[\t\r\n]+/g, ' ')).join('\t')).join('\r\n');

/** RFC 4180; a cell that a spreadsheet would run as a formula is kept a text. */
export const commaSeparated = (rows: readonly (readonly string[])[]): string =>
  `${rows.map((row) => row.map((cell) => csvCell(plainCell(cell))).join(',')).join('\r\n')}\r\n`;

function csvCell(cell: string): string {
  const isNumber = /^[+-]?\d+(\.\d+)?$/.test(cell);
  const safe = !isNumber && /^[=+\-@]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
