import type { ColumnState, FilterModel } from 'ag-grid-community';

/** How a grid was left: columns with order, width, sort and whether they show; filters; the search. */
export interface GridLayout {
  readonly columns: readonly ColumnState[] | null;
  readonly filter: FilterModel | null;
  readonly search: string;
}

/** What was remembered, as far as it can be read; an array is the columns alone. */
export function gridLayoutFrom(value: unknown): GridLayout | null {
  if (Array.isArray(value)) return { columns: value as ColumnState[], filter: null, search: '' };
  if (typeof value !== 'object' || value === null) return null;
  const { columns, filter, search } = value as Partial<Record<keyof GridLayout, unknown>>;
  return {
    columns: Array.isArray(columns) ? (columns as ColumnState[]) : null,
    filter: typeof filter === 'object' && filter !== null ? filter : null,
    search: typeof search === 'string' ? search : '',
  };
}
