import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Panel } from '../../components/Panel.tsx';
import { counted, integer } from '../../format.ts';
import type { ColumnSpec } from '../../grids/column.ts';
import { createDataGrid, type DataGrid, type DataGridModel } from '../../grids/data-grid.ts';
import { ColumnChooser } from './ColumnChooser.tsx';
import { NamedLayouts } from './NamedLayouts.tsx';
import { useActions, useStoreItself } from '../workstation.ts';

export interface GridPaneProps<Row> {
  readonly title: string;
  readonly tip?: string;
  /** Names what is remembered: `chain.volatility`. Columns, widths, order and sort are kept under it. */
  readonly name: string;
  readonly columns: readonly ColumnSpec<Row>[];
  /** Keep it stable between draws; a new array is a new table. */
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  readonly rowClass?: (row: Row) => string;
  readonly emptyText?: string;
  readonly selectedId?: string | null;
  readonly center?: DataGridModel<Row>['center'];
  readonly onSelect?: (row: Row) => void;
  readonly onOpen?: (row: Row) => void;
  readonly onCellClick?: (row: Row, columnKey: string, alt: boolean) => void;
  /** A right click, Shift F10 or the menu key on a cell. */
  readonly onMenu?: (row: Row, columnKey: string, at: { readonly x: number; readonly y: number }) => void;
  /** Rows of the range of cells that is marked. */
  readonly onRange?: (rows: readonly Row[]) => void;
  readonly tools?: ReactNode;
  /** A search field over all columns. */
  readonly search?: boolean;
  readonly bare?: boolean;
  /** Widths follow the space there is. */
  readonly fit?: boolean;
}

/** A titled grid with search, copy and export, its columns remembered under `name`. */
export function GridPane<Row>(props: GridPaneProps<Row>): ReactNode {
  const store = useStoreItself();
  const { remember, tell, saveText } = useActions();
  const container = useRef<HTMLDivElement>(null);
  const grid = useRef<DataGrid<Row>>(null);
  const latest = useRef(props);
  latest.current = props;
  const [search, setSearch] = useState('');
  const [hidden, setHidden] = useState<{ readonly shown: number; readonly total: number } | null>(null);
  const { name, rows, columns, selectedId = null, center = null } = props;

  useEffect(() => {
    if (container.current === null) return;
    const made = createDataGrid<Row>(container.current, {
      label: latest.current.title,
      columns: latest.current.columns,
      rowId: (row) => latest.current.rowId(row),
      rowClass: (row) => latest.current.rowClass?.(row) ?? '',
      emptyText: latest.current.emptyText ?? 'No rows',
      fit: latest.current.fit ?? false,
      layout: store.getState().preferences[`columns.${name}`],
      onLayout: (layout) => remember(`columns.${name}`, layout),
      onFiltered: (shown, total) => setHidden(shown === total ? null : { shown, total }),
      onSelect: (row) => latest.current.onSelect?.(row),
      onOpen: (row) => latest.current.onOpen?.(row),
      onCellClick: (row, key, alt) => latest.current.onCellClick?.(row, key, alt),
      ...(latest.current.onMenu === undefined
        ? {}
        : { onMenu: (row, key, at) => latest.current.onMenu?.(row, key, at) }),
      onRange: (marked) => latest.current.onRange?.(marked),
      onCopied: (rowCount, columnCount) =>
        tell('done', `Copied ${counted(rowCount, 'row')} of ${counted(columnCount, 'column')}.`),
    });
    grid.current = made;
    made.update({ rows: latest.current.rows, selectedId: null, center: latest.current.center ?? null });
    return () => {
      grid.current = null;
      made.dispose();
    };
  }, [name, store, remember, tell]);
  useEffect(() => grid.current?.setColumns(columns), [columns]);
  useEffect(
    () => grid.current?.update({ rows, selectedId, search, center }),
    [rows, selectedId, search, center],
  );

  const body = <div className="grid-box" ref={container} />;
  if (props.bare === true) return body;
  return (
    <Panel
      title={props.title}
      {...(props.tip === undefined ? {} : { tip: props.tip })}
      tools={
        <>
          {props.tools}
          {hidden !== null && (
            <button
              type="button"
              className="quiet warning"
              data-tip="A filter hides rows: show all again"
              onClick={() => {
                setSearch('');
                grid.current?.clearFilters();
              }}
            >
              {integer(hidden.shown)} of {integer(hidden.total)} shown ✕
            </button>
          )}
          {props.search === true && (
            <input
              className="search"
              type="search"
              placeholder="Search"
              aria-label={`Search in ${props.title}`}
              value={search}
              onChange={(event) => setSearch(event.target.value)}
            />
          )}
          <NamedLayouts
            name={name}
            layout={() => {
              const layout = grid.current?.layout();
              return layout === undefined ? null : { ...layout, search };
            }}
            onApply={(layout) => {
              setSearch(layout.search);
              grid.current?.applyLayout(layout);
            }}
          />
          <ColumnChooser
            choices={() => grid.current?.columnChoices() ?? []}
            onShow={(key, visible) => grid.current?.showColumn(key, visible)}
            onReset={() => grid.current?.resetColumns()}
          />
          <button
            type="button"
            className="quiet"
            data-tip="Copy the whole table for a spreadsheet (Ctrl/⌘ Shift C in the grid; Ctrl/⌘ C copies the range)"
            onClick={() => void grid.current?.copy('all')}
          >
            Copy
          </button>
          <button
            type="button"
            className="quiet"
            data-tip="Save what is visible as CSV: filter, order and columns as shown"
            onClick={() => void saveText(`${name}.csv`, 'text/csv', grid.current?.csv() ?? '')}
          >
            CSV
          </button>
        </>
      }
    >
      {body}
    </Panel>
  );
}
