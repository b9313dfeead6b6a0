import type { ColDef, ColGroupDef } from 'ag-grid-community';
import { noteText, type CellValue, type ColumnSpec } from './column.ts';
import { UnitHeader } from './header.ts';
import { contains, isSingleCell, type CellRange } from './range.ts';
import { prose } from '../prose.ts';

/** Blank cells last in either direction. */
function compareCells(a: CellValue, b: CellValue, _x: unknown, _y: unknown, descending: boolean): number {
  if (a === null || b === null) {
    if (a === b) return 0;
    return (a === null ? 1 : -1) * (descending ? -1 : 1);
  }
  return typeof a === 'string' && typeof b === 'string' ? a.localeCompare(b) : a < b ? -1 : a > b ? 1 : 0;
}

function definition<Row>(spec: ColumnSpec<Row>, range: () => CellRange | null): ColDef<Row> {
  const { key, reason, tones = {}, align = 'right' } = spec;
  const rules: NonNullable<ColDef<Row>['cellClassRules']> = {
    'in-range': (params) => {
      const current = range();
      if (current === null || isSingleCell(current)) return false;
      const shown = params.api.getAllDisplayedColumns();
      return contains(
        current,
        params.rowIndex,
        shown.findIndex((column) => column.getColId() === key),
      );
    },
  };
  for (const [name, test] of Object.entries(tones))
    rules[name] = (params) => params.data !== undefined && test(params.data);
  if (reason !== undefined)
    rules['has-reason'] = (params) => params.data !== undefined && reason(params.data) !== null;
  // Words may carry days and numbers as the desk writes them; copies keep those.
  const shown = (row: Row): string => (align === 'left' ? prose(spec.text(row)) : spec.text(row));
  return {
    colId: key,
    headerName: spec.header,
    headerTooltip: noteText(spec),
    headerComponentParams: {
      innerHeaderComponent: UnitHeader,
      innerHeaderComponentParams: spec.unit === undefined ? {} : { unit: spec.unit },
    },
    headerClass: `align-${align}`,
    cellClass: `align-${align}`,
    cellClassRules: rules,
    valueGetter: (params) => (params.data === undefined ? null : spec.value(params.data)),
    valueFormatter: (params) => (params.data === undefined ? '' : shown(params.data)),
    // Found by either way of writing a day.
    getQuickFilterText: (params) =>
      params.data === undefined ? '' : `${shown(params.data)} ${spec.text(params.data)}`,
    comparator: compareCells,
    sortable: spec.sortable ?? true,
    resizable: true,
    filter:
      spec.sortable === false ? false : align === 'right' ? 'agNumberColumnFilter' : 'agTextColumnFilter',
    ...(spec.bar === undefined ? {} : barStyle(spec.bar)),
    enableCellChangeFlash: spec.flash ?? false,
    suppressHeaderMenuButton: true,
    ...(spec.width === undefined ? {} : { width: spec.width }),
    ...(spec.grow === true ? { flex: 1, minWidth: spec.width ?? 80 } : {}),
    ...(spec.pinned === undefined ? {} : { pinned: spec.pinned }),
    ...(spec.sort === undefined ? {} : { sort: spec.sort }),
    ...(spec.hidden === undefined ? {} : { hide: spec.hidden }),
  };
}

const barStyle = <Row>(share: (row: Row) => number | null): Pick<ColDef<Row>, 'cellStyle'> => ({
  cellStyle: (params) => {
    const part = params.data === undefined ? null : share(params.data);
    const length = Math.max(0, Math.min(1, part ?? 0));
    return { backgroundSize: `calc((100% - 16px) * ${length.toFixed(4)}) 12px` };
  },
});

/** Our columns as the grid wants them; neighbors of one group go under one header. */
export function columnDefinitions<Row>(
  columns: readonly ColumnSpec<Row>[],
  range: () => CellRange | null,
): (ColDef<Row> | ColGroupDef<Row>)[] {
  const out: (ColDef<Row> | ColGroupDef<Row>)[] = [];
  let open = null as { readonly name: string; readonly children: ColDef<Row>[] } | null;
  for (const spec of columns) {
    const column = definition(spec, range);
    if (spec.group === undefined) {
      open = null;
      out.push(column);
    } else if (open?.name === spec.group) open.children.push(column);
    else {
      open = { name: spec.group, children: [column] };
      out.push({
        groupId: spec.group,
        headerName: spec.group,
        headerClass: `group-header group-${spec.group.toLowerCase()}`,
        marryChildren: true,
        children: open.children,
      });
    }
  }
  return out;
}
