import type { GridApi } from 'ag-grid-community';
import type { ColumnSpec } from './column.ts';

/**
 * Tells why a cell is blank, and the whole of a text that was cut, when it is pointed at: a listener in
 * every cell would slow scrolling.
 * Returns what takes it away again.
 */
export function explainBlanks<Row>(
  container: HTMLElement,
  api: GridApi<Row>,
  specOf: (columnKey: string) => ColumnSpec<Row> | undefined,
): () => void {
  const tell = (event: Event) => {
    const cell = event.target instanceof Element ? event.target.closest('.ag-cell') : null;
    const rowIndex = cell?.closest('.ag-row')?.getAttribute('row-index');
    const spec = specOf(cell?.getAttribute('col-id') ?? '');
    if (cell === null || rowIndex == null || spec === undefined) return;
    const row = api.getDisplayedRowAtIndex(Number(rowIndex))?.data;
    const isCut = cell.scrollWidth > cell.clientWidth + 1;
    const reason = row === undefined ? null : (spec.reason?.(row) ?? (isCut ? spec.text(row) : null));
    if (reason === null) cell.removeAttribute('data-tip');
    else cell.setAttribute('data-tip', reason);
  };
  container.addEventListener('pointerover', tell);
  container.addEventListener('focusin', tell);
  return () => {
    container.removeEventListener('pointerover', tell);
    container.removeEventListener('focusin', tell);
  };
}
