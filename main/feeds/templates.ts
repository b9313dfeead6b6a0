/** Our own files: the header of each, as the readers beside this one know it. */
export const templates = {
  'index-weights': ['index', 'as_of', 'symbol', 'weight', 'shares', 'sector'],
  'daily-prices': [
    'symbol',
    'date',
    'open',
    'high',
    'low',
    'close',
    'adj_close',
    'volume',
    'dividend',
    'split',
  ],
  positions: ['book', 'symbol', 'contract', 'quantity', 'multiplier', 'cost_price'],
  'forward-start-contracts': [
    'contract_id',
    'underlying',
    'first_ref_time',
    'second_ref_time',
    'type',
    'basis',
    'strike_adj_mult',
    'strike_adj_abs',
    'normalized_by',
    'currency_amount',
    'quantity',
    'price',
    'premium',
    'fixed_strike',
  ],
  'realized-vol-contracts': [
    'contract_id',
    'underlying',
    'kind',
    'start',
    'end',
    'formula',
    'return',
    'P',
    'multiplier',
    'months',
    'tick',
    'quantity',
    'price',
  ],
  'volatility-history': ['symbol', 'date', 'tenor_days', 'iv'],
} as const;

type Cell = string | number | null;

/** A text that a spreadsheet would run as a formula is written with a quote sign before it. */
const harmless = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = harmless(cell);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Comma-separated text with a header, LF line ends and `.` as the decimal sign; null is an empty cell. */
export function writeCsv(table: {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}): string {
  return [table.columns, ...table.rows].map((row) => `${row.map(cellText).join(',')}\n`).join('');
}
