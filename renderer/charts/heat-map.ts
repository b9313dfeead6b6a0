import {
  cellAt,
  heatLayout,
  inkOf,
  largestCell,
  paintHeat,
  type HeatCell,
  type HeatLayout,
  type HeatMapModel,
} from './heat-paint.ts';
import { readColors, watchTheme } from './theme.ts';

export type { HeatMapModel } from './heat-paint.ts';

export interface HeatMap {
  update(model: HeatMapModel): void;
  /** Shows all of it. */
  resize(): void;
  dispose(): void;
  png(title: string): Promise<Blob>;
  tsv(): string;
}

const zoomStep = 1.25;
const mostZoom = 40;

/**
 * Numbers of a table as colors, written into the cells where they fit; blue above the center, orange below.
 * Ctrl/⌘ with the wheel, or + and −, enlarge the cells; arrows walk them, Enter or a click picks one.
 */
export function createHeatMap(
  container: HTMLElement,
  options: { readonly onPick?: (row: number, column: number) => void } = {},
): HeatMap {
  const frame = document.createElement('div');
  frame.className = 'plot heat-map';
  const part = (className: string, parent: HTMLElement = frame) => {
    const element = document.createElement('div');
    element.className = className;
    parent.append(element);
    return element;
  };
  const head = part('plot-legend');
  const titles = document.createElement('span');
  const legend = document.createElement('span');
  const zoomBox = part('heat-zoom');
  head.append(titles, legend, zoomBox);
  const readout = part('plot-readout');
  readout.setAttribute('aria-live', 'polite');
  const view = part('heat-view');
  const spacer = part('heat-spacer', view);
  const canvas = document.createElement('canvas');
  canvas.className = 'heat-canvas';
  spacer.append(canvas);
  const tip = part('tooltip heat-tip');
  tip.hidden = true;
  container.append(frame);

  let colors = readColors();
  let model: HeatMapModel | null = null;
  let layout: HeatLayout | null = null;
  let zoom = 1;
  let focused: HeatCell | null = null;
  const context = canvas.getContext('2d');
  const scrolled = () => ({ x: view.scrollLeft, y: view.scrollTop });

  function measure(): void {
    if (model === null || context === null) return;
    const room = { width: view.clientWidth, height: view.clientHeight };
    layout = heatLayout(context, model, room, zoom, colors);
    spacer.style.width = `${Math.max(room.width, layout.left + model.columns.length * layout.cellWidth + 1)}px`;
    spacer.style.height = `${Math.max(room.height, layout.top + model.rows.length * layout.cellHeight + 1)}px`;
    const ratio = window.devicePixelRatio;
    // Scroll bars that have just come take room away.
    const seen = { width: view.clientWidth, height: view.clientHeight };
    canvas.width = Math.round(seen.width * ratio);
    canvas.height = Math.round(seen.height * ratio);
    canvas.style.width = `${seen.width}px`;
    canvas.style.height = `${seen.height}px`;
    draw();
  }

  function draw(): void {
    if (model === null || layout === null || context === null) return;
    const ratio = window.devicePixelRatio;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const room = { width: view.clientWidth, height: view.clientHeight };
    paintHeat({ context, model, layout, colors, room, scrolled: scrolled(), focused });
  }

  const setZoom = (next: number): void => {
    const bounded = Math.min(mostZoom, Math.max(1, next));
    const isLargest =
      layout !== null && layout.cellWidth >= largestCell.width && layout.cellHeight >= largestCell.height;
    if (bounded > zoom && isLargest) return;
    zoom = bounded;
    measure();
    if (focused !== null) bringIntoSight(focused);
  };
  for (const [text, name, act] of [
    ['−', 'Smaller cells', () => setZoom(zoom / zoomStep)],
    ['+', 'Larger cells', () => setZoom(zoom * zoomStep)],
  ] as const) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'quiet';
    button.textContent = text;
    button.setAttribute('aria-label', name);
    button.setAttribute('data-tip', `${name} (${text}, or Ctrl/⌘ with the wheel)`);
    button.addEventListener('click', act);
    zoomBox.append(button);
  }

  function drawHead(): void {
    if (model === null) return;
    const { low, center, high } = model.domain;
    titles.textContent = `${model.valueTitle} · rows: ${model.rowTitle} · columns: ${model.columnTitle}`;
    const stops = [low, ...(center === null ? [] : [center]), high];
    legend.replaceChildren(
      ...stops.map((stop) => {
        const box = document.createElement('span');
        const swatch = document.createElement('i');
        swatch.className = 'heat-swatch';
        swatch.style.background = inkOf(stop, { low, center, high }, colors).ground;
        box.append(swatch, model?.format(stop) ?? '');
        return box;
      }),
    );
  }

  /** Names, value and remark of a cell. */
  function wordsOf({ row, column }: HeatCell): readonly string[] {
    if (model === null) return [];
    const value = model.values[row]?.[column] ?? null;
    const names = `${model.rows[row] ?? ''} × ${model.columns[column] ?? ''}`;
    const remark = model.remark?.(row, column) ?? '';
    return [names, value === null ? 'no value' : model.format(value), remark].filter(Boolean);
  }

  function bringIntoSight({ row, column }: HeatCell): void {
    if (layout === null) return;
    const { left, top, cellWidth, cellHeight } = layout;
    const into = (at: number, size: number, offset: number, space: number): number =>
      Math.max(at + size - space, Math.min(at, offset));
    view.scrollTo(
      into(column * cellWidth, cellWidth, view.scrollLeft, view.clientWidth - left),
      into(row * cellHeight, cellHeight, view.scrollTop, view.clientHeight - top),
    );
  }

  const pointed = (event: MouseEvent): HeatCell | null => {
    if (model === null || layout === null) return null;
    const box = view.getBoundingClientRect();
    return cellAt(model, layout, scrolled(), event.clientX - box.left, event.clientY - box.top);
  };
  canvas.addEventListener('pointermove', (event) => {
    const cell = pointed(event);
    tip.hidden = cell === null;
    readout.textContent = cell === null ? '' : wordsOf(cell).join('   ');
    if (cell === null) return;
    tip.textContent = wordsOf(cell).join('\n');
    const nearRight = event.clientX > window.innerWidth - 260;
    tip.style.left = `${event.clientX + (nearRight ? -12 : 14)}px`;
    tip.style.top = `${event.clientY + 16}px`;
    tip.style.transform = `translate(${nearRight ? '-100%' : '0'}, ${event.clientY > window.innerHeight - 110 ? 'calc(-100% - 26px)' : '0'})`;
  });
  canvas.addEventListener('pointerleave', () => {
    tip.hidden = true;
    readout.textContent = '';
  });
  canvas.addEventListener('click', (event) => {
    const cell = pointed(event);
    if (cell === null) return;
    focused = cell;
    draw();
    options.onPick?.(cell.row, cell.column);
  });
  view.addEventListener('scroll', () => {
    tip.hidden = true;
    draw();
  });
  view.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      setZoom(event.deltaY < 0 ? zoom * zoomStep : zoom / zoomStep);
    },
    { passive: false },
  );

  frame.tabIndex = 0;
  frame.setAttribute('role', 'application');
  frame.setAttribute('aria-label', 'Heat map: arrow keys walk its cells');
  frame.addEventListener('keydown', (event) => {
    if (model === null || event.ctrlKey || event.altKey || event.metaKey || event.target !== frame) return;
    const { row, column } = focused ?? { row: 0, column: 0 };
    const stride = event.shiftKey ? 10 : 1;
    const to = {
      ArrowLeft: [row, column - stride],
      ArrowRight: [row, column + stride],
      ArrowUp: [row - stride, column],
      ArrowDown: [row + stride, column],
      Home: [row, 0],
      End: [row, model.columns.length - 1],
      PageUp: [0, column],
      PageDown: [model.rows.length - 1, column],
    }[event.key];
    if (to !== undefined) {
      const bounded = (at: number | undefined, count: number): number =>
        Math.min(count - 1, Math.max(0, at ?? 0));
      const isFirst = focused === null;
      focused = isFirst
        ? { row, column }
        : { row: bounded(to[0], model.rows.length), column: bounded(to[1], model.columns.length) };
      bringIntoSight(focused);
      draw();
      readout.textContent = wordsOf(focused).join('   ');
    } else if (event.key === '+' || event.key === '=') setZoom(zoom * zoomStep);
    else if (event.key === '-') setZoom(zoom / zoomStep);
    else if (event.key === 'Enter' && focused !== null) options.onPick?.(focused.row, focused.column);
    else return;
    event.preventDefault();
  });
  frame.addEventListener('blur', () => {
    focused = null;
    draw();
  });

  const stopTheme = watchTheme(() => {
    colors = readColors();
    drawHead();
    measure();
  });
  const watchSize = new ResizeObserver(measure);
  watchSize.observe(view);

  return {
    update(next) {
      const isOther =
        model === null ||
        model.rows.length !== next.rows.length ||
        model.columns.length !== next.columns.length;
      model = next;
      if (isOther) [zoom, focused] = [1, null];
      drawHead();
      measure();
    },
    resize() {
      zoom = 1;
      measure();
    },
    dispose() {
      stopTheme();
      watchSize.disconnect();
      frame.remove();
    },
    png: (title) => (model === null ? Promise.reject(new Error('no table')) : picture(model, title, colors)),
    tsv: () => (model === null ? '' : heatTable(model)),
  };
}

/** All of the table, its numbers in the cells, on a solid ground. */
function picture(model: HeatMapModel, title: string, colors: ReturnType<typeof readColors>): Promise<Blob> {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (context === null) return Promise.reject(new Error('no canvas'));
  const head = 30;
  const count = { rows: model.rows.length, columns: model.columns.length };
  const wish = {
    width: 140 + count.columns * (count.columns > 150 ? 12 : 34),
    height: 110 + count.rows * (count.rows > 150 ? 12 : 18),
  };
  const layout = heatLayout(context, model, wish, 1, colors);
  const room = {
    width: layout.left + count.columns * layout.cellWidth + 1,
    height: layout.top + count.rows * layout.cellHeight + 1,
  };
  const table = document.createElement('canvas');
  const inside = table.getContext('2d');
  if (inside === null) return Promise.reject(new Error('no canvas'));
  [table.width, table.height] = [room.width, room.height];
  paintHeat({ context: inside, model, layout, colors, room, scrolled: { x: 0, y: 0 }, focused: null });
  canvas.width = room.width;
  canvas.height = room.height + head;
  context.fillStyle = colors.panel;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(table, 0, head);
  context.font = `600 13px ${colors.font}`;
  context.fillStyle = colors.text;
  context.fillText(`${title} · ${model.valueTitle}`, 8, 19, canvas.width - 16);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob === null ? reject(new Error('no picture')) : resolve(blob)), 'image/png'),
  );
}

function heatTable(model: HeatMapModel): string {
  const head = [model.rowTitle, ...model.columns];
  const rows = model.rows.map((label, row) => [
    label,
    ...model.columns.map((_, column) => String(model.values[row]?.[column] ?? '')),
  ]);
  return [head, ...rows].map((row) => row.join('\t')).join('\r\n');
}
