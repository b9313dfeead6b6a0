/** What a header says on hover: what it is, its formula in a line, its unit, its source. */
export interface HeaderNote {
  readonly what: string;
  readonly formula?: string;
  readonly unit?: string;
  readonly source?: string;
}

export type CellValue = number | string | boolean | null;

/** One column: data, kept beside the view that shows it. */
export interface ColumnSpec<Row> {
  readonly key: string;
  readonly header: string;
  /** Shown once, in the header: `%`, `USD`, `vol pts`. */
  readonly unit?: string;
  readonly note: HeaderNote;
  /** Raw, for sorting and filtering; null where there is none. */
  readonly value: (row: Row) => CellValue;
  /** From format.ts. */
  readonly text: (row: Row) => string;
  /** Why the cell is blank, or a remark. */
  readonly reason?: (row: Row) => string | null;
  /** Class name to the rows that carry it: `gain`, `loss`, `itm`, `held`, `dim`, `warning`, `edited`, … */
  readonly tones?: Readonly<Record<string, (row: Row) => boolean>>;
  readonly align?: 'left' | 'right' | 'center';
  readonly width?: number;
  /** Takes the space that is left. */
  readonly grow?: boolean;
  readonly pinned?: 'left' | 'right';
  readonly sort?: 'asc' | 'desc';
  readonly sortable?: boolean;
  /** Columns with the same group beside each other share a header above. */
  readonly group?: string;
  readonly hidden?: boolean;
  readonly flash?: boolean;
  /** Drawn as a bar of this share of the cell, 0 to 1; its text is then for copies. */
  readonly bar?: (row: Row) => number | null;
}

export function noteText(spec: Pick<ColumnSpec<never>, 'header' | 'note' | 'unit'>): string {
  const { what, formula, unit, source } = spec.note;
  const unitText = unit ?? spec.unit;
  return [
    `${spec.header}: ${what}`,
    formula === undefined ? '' : `= ${formula}`,
    unitText === undefined ? '' : `Unit: ${unitText}`,
    source === undefined ? '' : `Source: ${source}`,
  ]
    .filter(Boolean)
    .join('\n');
}
