/** A rectangle of cells, by displayed row index and displayed column position, ends included. */
export interface CellRange {
  readonly anchor: { readonly row: number; readonly column: number };
  readonly head: { readonly row: number; readonly column: number };
}

export interface Bounds {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export const boundsOf = ({ anchor, head }: CellRange): Bounds => ({
  top: Math.min(anchor.row, head.row),
  bottom: Math.max(anchor.row, head.row),
  left: Math.min(anchor.column, head.column),
  right: Math.max(anchor.column, head.column),
});

export const isSingleCell = ({ anchor, head }: CellRange): boolean =>
  anchor.row === head.row && anchor.column === head.column;

export function contains(range: CellRange | null, row: number, column: number): boolean {
  if (range === null || isSingleCell(range)) return false;
  const { top, bottom, left, right } = boundsOf(range);
  return row >= top && row <= bottom && column >= left && column <= right;
}
