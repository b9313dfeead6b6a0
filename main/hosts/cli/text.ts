/** A table's column: its heading, and the text of a row; numbers stand to the right. */
export interface TextTableColumn<Row> {
  readonly heading: string;
  readonly text: (row: Row) => string;
  readonly left?: boolean;
}

const blank = '–';

/** A table as plain text: a heading, a rule, a line per row. */
export function textTable<Row>(rows: readonly Row[], columns: readonly TextTableColumn<Row>[]): string {
  const cells = rows.map((row) => columns.map((column) => column.text(row)));
  const widths = columns.map(({ heading }, at) =>
    Math.max(heading.length, ...cells.map((line) => line[at]?.length ?? 0)),
  );
  const line = (texts: readonly string[]): string =>
    columns
      .map(({ left }, at) => {
        const [text, width] = [texts[at] ?? '', widths[at] ?? 0];
        return left === true ? text.padEnd(width) : text.padStart(width);
      })
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [line(columns.map(({ heading }) => heading)), rule, ...cells.map(line)].join('\n');
}

/** A number with a fixed count of decimals; a dash where there is none. */
export const fixed = (value: number | null | undefined, decimals = 2): string =>
  value === null || value === undefined
    ? blank
    : value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });

/** A fraction or a volatility in per cent. */
export const percent = (value: number | null | undefined, decimals = 1): string =>
  value === null || value === undefined ? blank : `${(value * 100).toFixed(decimals)}%`;

export const word = (value: string | null | undefined): string => value ?? blank;

/** `label: value` lines, the labels of one width. */
export function textFacts(facts: readonly (readonly [label: string, value: string])[]): string {
  const width = Math.max(...facts.map(([label]) => label.length));
  return facts.map(([label, value]) => `${label.padEnd(width)}  ${value}`).join('\n');
}
