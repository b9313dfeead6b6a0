import { heatInk, heatShare, type HeatDomain, type HeatInk } from './heat-scale.ts';
import type { ChartColors } from './theme.ts';

/** A table of numbers to be seen as colors. */
export interface HeatMapModel {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** What the rows and the columns are, with their unit. */
  readonly rowTitle: string;
  readonly columnTitle: string;
  /** What the numbers are, with their unit. */
  readonly valueTitle: string;
  /** Rows × columns; null where there is none. */
  readonly values: readonly (readonly (number | null)[])[];
  readonly format: (value: number) => string;
  /** Tried in a cell where `format` does not fit. */
  readonly formatShort?: (value: number) => string;
  readonly domain: HeatDomain;
  /** Lines under names and value on hover: observations, or why there is no value. */
  readonly remark?: (row: number, column: number) => string | null;
  /** Rows and columns of this label stand out. */
  readonly inFront?: string | null;
}

/** Pixels: the band of labels at the left and on top, and one cell. */
export interface HeatLayout {
  readonly left: number;
  readonly top: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  /** Column labels stand upright. */
  readonly turned: boolean;
}

export interface HeatCell {
  readonly row: number;
  readonly column: number;
}

export const smallestCell = 5;
export const largestCell = { width: 132, height: 44 } as const;
const labelRoom = { row: 132, column: 104 } as const;
const hatch = 5;

const fontOf = (size: number, colors: ChartColors, weight = ''): string =>
  `${weight === '' ? '' : `${weight} `}${size}px ${colors.font}`;

const widest = (context: CanvasRenderingContext2D, texts: readonly string[]): number =>
  texts.reduce((most, text) => Math.max(most, context.measureText(text).width), 0);

/** The layout that shows all of the table in a room, enlarged by `zoom`. */
export function heatLayout(
  context: CanvasRenderingContext2D,
  model: HeatMapModel,
  room: { readonly width: number; readonly height: number },
  zoom: number,
  colors: ChartColors,
): HeatLayout {
  context.font = fontOf(11, colors);
  const left = Math.min(labelRoom.row, Math.ceil(widest(context, model.rows)) + 10);
  const widestColumn = Math.ceil(widest(context, model.columns));
  const sized = (space: number, count: number, most: number): number =>
    Math.min(most, Math.max(smallestCell, Math.floor((space / Math.max(1, count)) * zoom)));
  const cellWidth = sized(room.width - left - 1, model.columns.length, largestCell.width);
  const turned = widestColumn + 6 > cellWidth;
  const top = turned ? Math.min(labelRoom.column, widestColumn + 10) : 18;
  const cellHeight = sized(room.height - top - 1, model.rows.length, largestCell.height);
  return { left, top, cellWidth, cellHeight, turned };
}

/** Size of the font that a cell's height allows; null where no number is legible. */
const cellFont = (height: number): number | null => (height >= 16 ? 11 : height >= 11 ? 9 : null);

/** The writer of numbers that fits every cell: in full, short, or none. */
function writerOf(
  context: CanvasRenderingContext2D,
  model: HeatMapModel,
  layout: HeatLayout,
  colors: ChartColors,
): { readonly write: (value: number) => string; readonly font: string } | null {
  const size = cellFont(layout.cellHeight);
  if (size === null) return null;
  const font = fontOf(size, colors);
  context.font = font;
  const known = model.values.flatMap((row) => row.filter((value) => value !== null));
  for (const write of [model.format, model.formatShort]) {
    if (write === undefined) continue;
    const texts = [...new Set(known.map(write))];
    if (widest(context, texts) + 3 <= layout.cellWidth) return { write, font };
  }
  return null;
}

interface HeatScene {
  readonly context: CanvasRenderingContext2D;
  readonly model: HeatMapModel;
  readonly layout: HeatLayout;
  readonly colors: ChartColors;
  /** What is in sight: its size, and how far it has been scrolled. */
  readonly room: { readonly width: number; readonly height: number };
  readonly scrolled: { readonly x: number; readonly y: number };
  readonly focused: HeatCell | null;
}

const huesOf = (colors: ChartColors) => ({
  ground: colors.panel,
  low: colors.series[1] ?? colors.loss,
  high: colors.series[0] ?? colors.gain,
});

/** Ground and text of a value on a domain, by the window's theme. */
export const inkOf = (value: number, domain: HeatDomain, colors: ChartColors): HeatInk =>
  heatInk(heatShare(value, domain), huesOf(colors));

/** Paints the cells in sight and their labels. */
export function paintHeat(scene: HeatScene): void {
  const { context, model, layout, colors, room, scrolled, focused } = scene;
  const { left, top, cellWidth, cellHeight } = layout;
  context.clearRect(0, 0, room.width, room.height);
  const span = (offset: number, size: number, space: number, count: number): readonly [number, number] => [
    Math.max(0, Math.floor(offset / size)),
    Math.min(count - 1, Math.floor((offset + space) / size)),
  ];
  const [firstRow, lastRow] = span(scrolled.y, cellHeight, room.height - top, model.rows.length);
  const [firstColumn, lastColumn] = span(scrolled.x, cellWidth, room.width - left, model.columns.length);
  const xOf = (column: number): number => left + column * cellWidth - scrolled.x;
  const yOf = (row: number): number => top + row * cellHeight - scrolled.y;
  const writer = writerOf(context, model, layout, colors);

  context.save();
  context.beginPath();
  context.rect(left, top, room.width - left, room.height - top);
  context.clip();
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const gap = cellWidth >= 12 && cellHeight >= 10 ? 1 : 0;
  for (let row = firstRow; row <= lastRow; row += 1) {
    for (let column = firstColumn; column <= lastColumn; column += 1) {
      const value = model.values[row]?.[column] ?? null;
      const [x, y] = [xOf(column), yOf(row)];
      if (value === null) {
        paintNothing(context, x, y, cellWidth - gap, cellHeight - gap, colors);
        continue;
      }
      const ink = inkOf(value, model.domain, colors);
      context.fillStyle = ink.ground;
      context.fillRect(x, y, cellWidth - gap, cellHeight - gap);
      if (writer === null) continue;
      context.font = writer.font;
      context.fillStyle = ink.text;
      context.fillText(writer.write(value), x + cellWidth / 2, y + cellHeight / 2 + 0.5);
    }
  }
  if (focused !== null) {
    context.lineWidth = 2;
    context.strokeStyle = colors.text;
    context.strokeRect(
      xOf(focused.column) + 0.5,
      yOf(focused.row) + 0.5,
      cellWidth - gap - 1,
      cellHeight - gap - 1,
    );
    context.lineWidth = 1;
  }
  context.restore();
  paintRowLabels(scene, firstRow, lastRow, yOf);
  paintColumnLabels(scene, firstColumn, lastColumn, xOf);
}

/** A cell without a value: hatched, so that it is not read as the middle of the scale. */
function paintNothing(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  colors: ChartColors,
): void {
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  context.strokeStyle = colors.lineStrong;
  context.beginPath();
  for (let at = -height; at < width; at += hatch) {
    context.moveTo(x + at, y + height);
    context.lineTo(x + at + height, y);
  }
  context.stroke();
  context.restore();
}

/** Every so many labels where there is no room for all. */
const strideOf = (size: number): number => Math.max(1, Math.ceil(10 / size));

function labelInk({ model, colors, context }: HeatScene, label: string, size: number, lit: boolean): void {
  const stands = lit || label === model.inFront;
  context.font = fontOf(size >= 13 ? 11 : 9, colors, stands ? '600' : '');
  context.fillStyle = stands ? colors.accent : colors.dim;
}

function paintRowLabels(scene: HeatScene, first: number, last: number, yOf: (row: number) => number): void {
  const { context, model, layout, room, focused } = scene;
  context.save();
  context.beginPath();
  context.rect(0, layout.top, layout.left, room.height - layout.top);
  context.clip();
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  const stride = strideOf(layout.cellHeight);
  for (let row = first; row <= last; row += 1) {
    const label = model.rows[row] ?? '';
    const lit = focused?.row === row;
    if (row % stride !== 0 && !lit && label !== model.inFront) continue;
    labelInk(scene, label, layout.cellHeight, lit);
    context.fillText(label, layout.left - 5, yOf(row) + layout.cellHeight / 2, layout.left - 8);
  }
  context.restore();
}

function paintColumnLabels(
  scene: HeatScene,
  first: number,
  last: number,
  xOf: (column: number) => number,
): void {
  const { context, model, layout, room, focused } = scene;
  context.save();
  context.beginPath();
  context.rect(layout.left, 0, room.width - layout.left, layout.top);
  context.clip();
  context.textBaseline = 'middle';
  const stride = layout.turned ? strideOf(layout.cellWidth) : 1;
  for (let column = first; column <= last; column += 1) {
    const label = model.columns[column] ?? '';
    const lit = focused?.column === column;
    if (column % stride !== 0 && !lit && label !== model.inFront) continue;
    labelInk(scene, label, layout.turned ? layout.cellWidth : 13, lit);
    context.save();
    context.translate(xOf(column) + layout.cellWidth / 2, layout.turned ? layout.top - 4 : layout.top / 2);
    if (layout.turned) context.rotate(-Math.PI / 2);
    context.textAlign = layout.turned ? 'left' : 'center';
    context.fillText(label, 0, 0, layout.turned ? layout.top - 8 : layout.cellWidth - 2);
    context.restore();
  }
  context.restore();
}

/** The cell under a point of the room; null on labels and beyond the table. */
export function cellAt(
  model: HeatMapModel,
  layout: HeatLayout,
  scrolled: { readonly x: number; readonly y: number },
  x: number,
  y: number,
): HeatCell | null {
  if (x < layout.left || y < layout.top) return null;
  const column = Math.floor((x - layout.left + scrolled.x) / layout.cellWidth);
  const row = Math.floor((y - layout.top + scrolled.y) / layout.cellHeight);
  return row < model.rows.length && column < model.columns.length ? { row, column } : null;
}
