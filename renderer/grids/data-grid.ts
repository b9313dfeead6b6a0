import {
  CellStyleModule,
  ClientSideRowModelModule,
  ColumnApiModule,
  ColumnAutoSizeModule,
  createGrid,
  EventApiModule,
  HighlightChangesModule,
  NumberFilterModule,
  QuickFilterModule,
  RenderApiModule,
  RowApiModule,
  RowSelectionModule,
  RowStyleModule,
  ScrollApiModule,
  TextFilterModule,
  TooltipModule,
  ClientSideRowModelApiModule,
  type ColumnState,
  type GridApi,
  type GridOptions,
} from 'ag-grid-community';
import { columnDefinitions } from './column-definitions.ts';
import type { ColumnSpec } from './column.ts';
import { commaSeparated, tabSeparated } from './copy.ts';
import { gridLayoutFrom, type GridLayout } from './layout.ts';
import { explainBlanks } from './reasons.ts';
import { boundsOf, type Bounds, type CellRange } from './range.ts';
import { gridTheme } from './theme.ts';

const modules = [
  CellStyleModule,
  ClientSideRowModelModule,
  ClientSideRowModelApiModule,
  ColumnApiModule,
  ColumnAutoSizeModule,
  EventApiModule,
  HighlightChangesModule,
  NumberFilterModule,
  QuickFilterModule,
  RenderApiModule,
  RowApiModule,
  RowSelectionModule,
  RowStyleModule,
  ScrollApiModule,
  TextFilterModule,
  TooltipModule,
];

/** Room that the vertical scroll bar takes, pixels. */
const scrollbar = 17;

export interface DataGridOptions<Row> {
  readonly label: string;
  readonly columns: readonly ColumnSpec<Row>[];
  readonly rowId: (row: Row) => string;
  /** Class names of a whole row, such as `atm`. */
  readonly rowClass?: (row: Row) => string;
  readonly emptyText: string;
  /** Widths follow the space there is, as long as every column keeps its own; nothing to scroll sideways. */
  readonly fit?: boolean;
  /** The grid as it was left, as `onLayout` gave it. */
  readonly layout?: unknown;
  /** Called with what the user changed; null: as the view defines it. */
  readonly onLayout?: (layout: GridLayout | null) => void;
  /** Rows shown of those there are, when a filter changes. */
  readonly onFiltered?: (shown: number, total: number) => void;
  readonly onSelect?: (row: Row) => void;
  /** Enter or a double click. */
  readonly onOpen?: (row: Row) => void;
  /** `alt` where the Alt key was held. */
  readonly onCellClick?: (row: Row, columnKey: string, alt: boolean) => void;
  /** A right click, Shift F10 or the menu key on a cell; pixels of the window. */
  readonly onMenu?: (row: Row, columnKey: string, at: { readonly x: number; readonly y: number }) => void;
  /** Rows of the range of cells, as it is drawn out; empty where there is none. */
  readonly onRange?: (rows: readonly Row[]) => void;
  /** Says what was copied. */
  readonly onCopied?: (rows: number, columns: number) => void;
}

export interface DataGridModel<Row> {
  readonly rows: readonly Row[];
  readonly selectedId: string | null;
  readonly search?: string;
  /** Brought to the middle when it changes; `token` asks for it again. */
  readonly center?: { readonly id: string; readonly token: string } | null;
}

export interface ColumnChoice {
  readonly key: string;
  readonly label: string;
  readonly visible: boolean;
}

export interface DataGrid<Row> {
  update(model: DataGridModel<Row>): void;
  setColumns(columns: readonly ColumnSpec<Row>[]): void;
  /** Columns for a chooser, in the order of their definition. */
  columnChoices(): readonly ColumnChoice[];
  showColumn(key: string, visible: boolean): void;
  /** As the view defines them. */
  resetColumns(): void;
  layout(): GridLayout;
  applyLayout(layout: GridLayout): void;
  clearFilters(): void;
  /** Copies the range, or the whole grid as it is shown, with its header. */
  copy(what: 'range' | 'all'): Promise<void>;
  /** What is visible: filter, order and columns as on screen. */
  csv(): string;
  dispose(): void;
}

export function createDataGrid<Row>(container: HTMLElement, options: DataGridOptions<Row>): DataGrid<Row> {
  let range: CellRange | null = null;
  let dragging = false;
  let applying = false;
  let centered = '';
  let columns = options.columns;
  const specs = () => new Map(columns.map((spec) => [spec.key, spec]));
  let byKey = specs();

  const paint = () => api.refreshCells({ force: true, suppressFlash: true });
  const setRange = (next: CellRange | null) => {
    const had = range !== null && boundsOf(range);
    range = next;
    if (had !== null || next !== null) paint();
    if (options.onRange === undefined) return;
    const bounds = next === null ? null : boundsOf(next);
    const rows: Row[] = [];
    for (let index = bounds?.top ?? 0; index <= (bounds?.bottom ?? -1); index += 1) {
      const row = api.getDisplayedRowAtIndex(index)?.data;
      if (row !== undefined) rows.push(row);
    }
    options.onRange(rows);
  };
  const columnIndex = (key: string) =>
    api.getAllDisplayedColumns().findIndex((column) => column.getColId() === key);

  const fitTo = (width: number) => {
    if (options.fit !== true || width === 0) return;
    const shown = api.getAllDisplayedColumns();
    const least = shown.reduce((sum, column) => sum + (byKey.get(column.getColId())?.width ?? 80), 0);
    if (least > width - scrollbar) return;
    applying = true;
    api.sizeColumnsToFit(width - scrollbar);
    applying = false;
  };
  // Only what the user did is remembered: not widths that follow the space, nor columns that a set brings.
  const saveState = (event: { readonly source?: string }) => {
    if (applying || !/^(ui|columnMenu|contextMenu|toolPanel|chooser)/.test(event.source ?? '')) return;
    keepState();
  };
  const layoutNow = (): GridLayout => ({
    columns:
      options.fit === true
        ? api.getColumnState().map(({ width: _width, flex: _flex, ...rest }) => rest)
        : api.getColumnState(),
    filter: api.getFilterModel(),
    search: '',
  });
  const keepState = () => options.onLayout?.(layoutNow());
  const applyLayout = (layout: GridLayout) => {
    applying = true;
    if (layout.columns !== null)
      api.applyColumnState({ state: layout.columns as ColumnState[], applyOrder: true });
    api.setFilterModel(layout.filter);
    applying = false;
  };
  const tellFiltered = () => {
    let total = 0;
    api.forEachNode(() => (total += 1));
    options.onFiltered?.(api.getDisplayedRowCount(), total);
  };
  const openMenu = (row: Row | undefined, key: string, target: EventTarget | null, mouse?: MouseEvent) => {
    if (row === undefined || options.onMenu === undefined) return false;
    const cell = target instanceof Element ? target.getBoundingClientRect() : null;
    const at =
      mouse === undefined
        ? { x: cell?.left ?? 0, y: cell?.bottom ?? 0 }
        : { x: mouse.clientX, y: mouse.clientY };
    options.onMenu(row, key, at);
    return true;
  };

  const gridOptions: GridOptions<Row> = {
    theme: gridTheme,
    columnDefs: columnDefinitions(columns, () => range),
    rowData: [],
    getRowId: (params) => options.rowId(params.data),
    rowClassRules: {},
    ...(options.rowClass === undefined
      ? {}
      : { getRowClass: (params) => (params.data === undefined ? '' : options.rowClass?.(params.data)) }),
    rowSelection: { mode: 'singleRow', checkboxes: false, enableClickSelection: true },
    tooltipShowDelay: 350,
    tooltipInteraction: false,
    suppressMovableColumns: false,
    suppressDragLeaveHidesColumns: true,
    animateRows: false,
    alwaysShowVerticalScroll: options.fit === true,
    rowBuffer: 8,
    suppressRowHoverHighlight: true,
    ensureDomOrder: false,
    alwaysMultiSort: false,
    overlayNoRowsTemplate: `<span class="dim">${options.emptyText.replaceAll('<', '&lt;')}</span>`,
    onRowSelected: (event) => {
      if (event.source !== 'api' && event.node.isSelected() && event.data !== undefined)
        options.onSelect?.(event.data);
    },
    onRowDoubleClicked: (event) => event.data !== undefined && options.onOpen?.(event.data),
    onCellClicked: (event) =>
      event.data !== undefined &&
      options.onCellClick?.(
        event.data,
        event.column.getColId(),
        (event.event as MouseEvent | null)?.altKey === true,
      ),
    preventDefaultOnContextMenu: options.onMenu !== undefined,
    onCellContextMenu: (event) => {
      openMenu(event.data, event.column.getColId(), null, event.event as MouseEvent);
    },
    onFilterChanged: (event) => {
      tellFiltered();
      if (!applying && event.source !== 'quickFilter') keepState();
    },
    onRowDataUpdated: tellFiltered,
    onCellMouseDown: (event) => {
      const mouse = event.event as MouseEvent;
      if (mouse.button !== 0 || event.rowIndex === null) return;
      const head = { row: event.rowIndex, column: columnIndex(event.column.getColId()) };
      setRange(mouse.shiftKey && range !== null ? { anchor: range.anchor, head } : { anchor: head, head });
      dragging = true;
    },
    onCellMouseOver: (event) => {
      if (!dragging || range === null || event.rowIndex === null) return;
      setRange({ ...range, head: { row: event.rowIndex, column: columnIndex(event.column.getColId()) } });
    },
    onCellKeyDown: (event) => {
      const key = event.event as KeyboardEvent;
      const asksMenu = key.key === 'ContextMenu' || (key.key === 'F10' && key.shiftKey);
      if (asksMenu && 'column' in event && openMenu(event.data, event.column.getColId(), key.target))
        key.preventDefault();
      if (key.key === 'Enter' && event.data !== undefined) options.onOpen?.(event.data);
      if ((key.ctrlKey || key.metaKey) && key.key.toLowerCase() === 'c') {
        void grid.copy(key.shiftKey ? 'all' : 'range');
        key.preventDefault();
      }
    },
    onCellFocused: (event) => {
      if (dragging || event.rowIndex === null || typeof event.column !== 'object' || event.column === null)
        return;
      const cell = { row: event.rowIndex, column: columnIndex(event.column.getColId()) };
      if (range === null || range.anchor.row !== cell.row || range.anchor.column !== cell.column)
        setRange({ anchor: cell, head: cell });
    },
    navigateToNextCell: (params) => {
      if (params.event?.shiftKey && range !== null) {
        const { head } = range;
        const down = params.key === 'ArrowDown' ? 1 : params.key === 'ArrowUp' ? -1 : 0;
        const right = params.key === 'ArrowRight' ? 1 : params.key === 'ArrowLeft' ? -1 : 0;
        const row = Math.max(0, Math.min(api.getDisplayedRowCount() - 1, head.row + down));
        const column = Math.max(0, Math.min(api.getAllDisplayedColumns().length - 1, head.column + right));
        setRange({ anchor: range.anchor, head: { row, column } });
        api.ensureIndexVisible(row);
        return null;
      }
      const next = params.nextCellPosition;
      if (next !== null) api.getDisplayedRowAtIndex(next.rowIndex)?.setSelected(true, true, 'rowClicked');
      return next;
    },
    // Arrows walk the cells; Tab leaves the grid, so that nobody is caught in it.
    tabToNextCell: () => false,
    onGridSizeChanged: (event) => fitTo(event.clientWidth),
    onColumnResized: (event) => event.finished && saveState(event),
    onColumnMoved: (event) => event.finished && saveState(event),
    onColumnPinned: saveState,
    onSortChanged: saveState,
  };

  const api: GridApi<Row> = createGrid(container, gridOptions, { modules });
  const kept = gridLayoutFrom(options.layout);
  if (kept !== null) applyLayout(kept);
  container.setAttribute('aria-label', options.label);
  const release = () => {
    dragging = false;
  };
  window.addEventListener('pointerup', release);

  const stopExplaining = explainBlanks(container, api, (key) => byKey.get(key));

  function table(bounds: Bounds | null): string[][] {
    const shown = api.getAllDisplayedColumns();
    const picked = bounds === null ? shown : shown.slice(bounds.left, bounds.right + 1);
    const chosen = picked.flatMap((column) => byKey.get(column.getColId()) ?? []);
    const last = bounds?.bottom ?? api.getDisplayedRowCount() - 1;
    const rows: string[][] = [
      chosen.map((spec) => {
        const name = spec.unit === undefined ? spec.header : `${spec.header} (${spec.unit})`;
        return spec.group === undefined ? name : `${spec.group} ${name}`;
      }),
    ];
    for (let index = bounds?.top ?? 0; index <= last; index += 1) {
      const row = api.getDisplayedRowAtIndex(index)?.data;
      if (row !== undefined) rows.push(chosen.map((spec) => spec.text(row)));
    }
    return rows;
  }

  const grid: DataGrid<Row> = {
    update(model) {
      if (api.getGridOption('rowData') !== model.rows) {
        range = null;
        api.setGridOption('rowData', model.rows as Row[]);
      }
      if (model.search !== undefined) api.setGridOption('quickFilterText', model.search);
      const selected = api.getSelectedNodes()[0];
      if (selected?.id !== (model.selectedId ?? undefined)) {
        const node = model.selectedId === null ? undefined : api.getRowNode(model.selectedId);
        selected?.setSelected(false, false, 'api');
        if (node !== undefined) {
          node.setSelected(true, true, 'api');
          if (node.rowIndex !== null) api.ensureIndexVisible(node.rowIndex);
        }
      }
      const center = model.center ?? null;
      if (center !== null && center.token !== centered) {
        const node = api.getRowNode(center.id);
        if (node !== undefined && node.rowIndex !== null) {
          centered = center.token;
          api.ensureIndexVisible(node.rowIndex, 'middle');
        }
      }
    },
    setColumns(next) {
      if (next === columns) return;
      columns = next;
      byKey = specs();
      applying = true;
      api.setGridOption(
        'columnDefs',
        columnDefinitions(columns, () => range),
      );
      applying = false;
      fitTo(container.clientWidth);
    },
    columnChoices: () =>
      columns.map((spec) => ({
        key: spec.key,
        label: spec.group === undefined ? spec.header : `${spec.group} ${spec.header}`,
        visible: api.getColumn(spec.key)?.isVisible() ?? false,
      })),
    showColumn(key, visible) {
      api.setColumnsVisible([key], visible);
      fitTo(container.clientWidth);
      keepState();
    },
    resetColumns() {
      api.resetColumnState();
      api.setFilterModel(null);
      fitTo(container.clientWidth);
      options.onLayout?.(null);
    },
    layout: layoutNow,
    applyLayout(layout) {
      applyLayout(layout);
      fitTo(container.clientWidth);
      options.onLayout?.(layoutNow());
    },
    clearFilters: () => api.setFilterModel(null),
    async copy(what) {
      const rows = table(what === 'all' || range === null ? null : boundsOf(range));
      const isOneCell = what === 'range' && rows.length === 2 && rows[0]?.length === 1;
      await navigator.clipboard.writeText(tabSeparated(isOneCell ? rows.slice(1) : rows));
      options.onCopied?.(rows.length - 1, rows[0]?.length ?? 0);
    },
    csv: () => commaSeparated(table(null)),
    dispose() {
      stopExplaining();
      window.removeEventListener('pointerup', release);
      api.destroy();
    },
  };
  return grid;
}
