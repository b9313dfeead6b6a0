import { LineSeries, LineStyle, type CustomSeriesOptions, type ISeriesApi } from 'lightweight-charts';
import { dayNumber } from '../../shared/dates.ts';
import { dateDomain, indexOf, numberDomain, type Domain } from './numeric-scale.ts';
import { grouped, paintSeries, type PaintItem, type PaintScope } from './paint-series.ts';
import { createPlot } from './plot.ts';
import { withAlpha } from './theme.ts';

export type ToneName =
  'text' | 'dim' | 'accent' | 'warning' | 'gain' | 'loss' | 'call' | 'put' | 'bid' | 'ask';
/** A number is a place in the series palette. */
export type LineColor = number | ToneName;

export interface ChartLine {
  readonly label: string;
  readonly color: LineColor;
  /** Ascending; ISO dates on a date axis. */
  readonly x: readonly (number | string)[];
  /** null breaks the line. */
  readonly y: readonly (number | null)[];
  readonly style?: 'solid' | 'dashed' | 'dots';
  readonly width?: 1 | 2 | 3;
  /** Read on an axis of its own at the left. */
  readonly axis?: 'left';
}

/** A shaded band between two lines, such as the quartiles of a history. */
export interface ChartBand {
  readonly label: string;
  readonly color: LineColor;
  readonly x: readonly (number | string)[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

export interface LineModel {
  readonly xKind: 'number' | 'date';
  readonly xTitle: string;
  readonly yTitle: string;
  /** Numbers only; dates are written as dates. */
  readonly formatX?: (value: number) => string;
  /** Where a numeric axis starts, such as zero days; absent: at the data. */
  readonly lowX?: number;
  readonly formatY: (value: number) => string;
  /** Of the lines that are read at the left. */
  readonly leftAxis?: { readonly title: string; readonly format: (value: number) => string };
  readonly lines: readonly ChartLine[];
  readonly bands?: readonly ChartBand[];
  /** Dashed uprights with a word, such as today. */
  readonly uprights?: readonly { readonly x: number | string; readonly label: string }[];
  /** Dashed levels with a word, such as the median. */
  readonly levels?: readonly { readonly y: number; readonly label: string }[];
  /** Shaded stretches of x, such as a holdout. */
  readonly stretches?: readonly {
    readonly from: number | string;
    readonly to: number | string;
    readonly label: string;
  }[];
}

export interface LineChart {
  update(model: LineModel): void;
  resize(): void;
  dispose(): void;
  png(title: string): Promise<Blob>;
  tsv(): string;
}

type BandMark = { readonly low: number; readonly high: number; readonly band: number };

const numberOf = (x: number | string): number => (typeof x === 'number' ? x : (dayNumber(x) ?? 0));

/** Lines over a numeric or a date axis, true to value; optional bands, uprights and levels. */
export function createLineChart(
  container: HTMLElement,
  options: {
    /** A click, as the nearest x of the first line. */
    readonly onPick?: (x: number | string) => void;
  } = {},
): LineChart {
  const plot = createPlot(container);
  const { chart } = plot;
  let model: LineModel | null = null;
  let lines: ISeriesApi<'Line', number>[] = [];
  const under = chart.addCustomSeries<PaintItem<BandMark>, CustomSeriesOptions>(
    paintSeries<BandMark>({ extent: (mark) => [mark.low, mark.high], paint: paintUnder }),
  );

  const colorOf = (color: LineColor): string =>
    typeof color === 'number'
      ? (plot.colors.series[color % plot.colors.series.length] ?? plot.colors.text)
      : plot.colors[color];

  function draw(): void {
    if (model === null) return;
    const shown = model;
    // Taking lines off moves the library's own range: it is put back once they are on again.
    const before = chart.timeScale().getVisibleLogicalRange();
    const isNewAxis = plot.setDomain(domainOf(shown));
    const { domain } = plot;
    plot.setFormatY(shown.formatY);
    const { leftAxis } = shown;
    chart.applyOptions({ leftPriceScale: { visible: leftAxis !== undefined, borderVisible: false } });
    for (const series of lines) chart.removeSeries(series);
    lines = shown.lines.map((line) => {
      const dots = line.style === 'dots';
      const series = chart.addSeries(LineSeries, {
        color: colorOf(line.color),
        lineWidth: line.width ?? 2,
        lineStyle: line.style === 'dashed' ? LineStyle.Dashed : LineStyle.Solid,
        lineVisible: !dots,
        pointMarkersVisible: dots || line.x.length <= 24,
        pointMarkersRadius: dots ? 3 : 2.5,
        lastValueVisible: false,
        priceLineVisible: false,
        ...(line.axis === undefined || leftAxis === undefined
          ? {}
          : {
              priceScaleId: 'left',
              priceFormat: { type: 'custom' as const, minMove: 1e-6, formatter: leftAxis.format },
            }),
      });
      series.setData(
        [...valuesByIndex(domain, line.x, line.y)]
          .sort(([a], [b]) => a - b)
          .map(([time, value]) => (value === null ? { time } : { time, value })),
      );
      return series;
    });
    for (const level of shown.levels ?? [])
      lines[0]?.createPriceLine({
        price: level.y,
        color: plot.colors.dim,
        lineWidth: 1,
        lineStyle: LineStyle.Dashed,
        axisLabelVisible: false,
        title: '',
      });
    const marks = (shown.bands ?? []).flatMap((band, place) =>
      band.x.map((x, index) => ({
        index: indexOf(domain, numberOf(x)),
        mark: { low: band.low[index] ?? 0, high: band.high[index] ?? 0, band: place },
      })),
    );
    // With no band the painter still needs a point to be called for its uprights.
    under.setData(marks.length > 0 ? grouped(marks) : ([{ time: 0, marks: [] }] as PaintItem<BandMark>[]));
    if (isNewAxis) plot.resize();
    else if (before !== null) chart.timeScale().setVisibleLogicalRange(before);
    plot.setTitles({ x: shown.xTitle, panes: [titleOf(shown)] });
    plot.setLegend([
      ...shown.lines.map((line) => ({
        label: line.label,
        color: colorOf(line.color),
        mark:
          line.style === 'dashed'
            ? ('dashed' as const)
            : line.style === 'dots'
              ? ('dot' as const)
              : ('line' as const),
      })),
      ...(shown.bands ?? []).map((band) => ({
        label: band.label,
        color: colorOf(band.color),
        mark: 'bar' as const,
      })),
    ]);
  }

  function paintUnder(
    scope: PaintScope,
    marks: readonly { readonly x: number; readonly mark: BandMark }[],
  ): void {
    if (model === null) return;
    const { context, height, toY } = scope;
    context.font = `10px ${plot.colors.font}`;
    for (const stretch of model.stretches ?? []) {
      const [from, to] = [plot.toX(numberOf(stretch.from)), plot.toX(numberOf(stretch.to))];
      if (from === null || to === null) continue;
      context.fillStyle = withAlpha(plot.colors.accent, 0.1);
      context.fillRect(from, 0, to - from, height);
      context.fillStyle = plot.colors.dim;
      context.fillText(stretch.label, from + 4, height - 5);
    }
    (model.bands ?? []).forEach((band, place) => {
      const own = marks.filter(({ mark }) => mark.band === place);
      if (own.length < 2) return;
      context.fillStyle = withAlpha(colorOf(band.color), 0.22);
      context.beginPath();
      for (const { x, mark } of own) context.lineTo(x, toY(mark.high) ?? 0);
      for (const { x, mark } of own.toReversed()) context.lineTo(x, toY(mark.low) ?? 0);
      context.fill();
    });
    // At the left, where the past is long gone: the last days stay free.
    context.fillStyle = plot.colors.text;
    for (const level of model.levels ?? []) {
      const y = level.label === '' ? null : toY(level.y);
      if (y === null) continue;
      context.fillText(`${level.label} ${model.formatY(level.y)}`, 9, y < 32 ? y + 12 : y - 4);
    }
    context.setLineDash([3, 3]);
    for (const upright of model.uprights ?? []) {
      const x = plot.toX(numberOf(upright.x));
      if (x === null) continue;
      context.strokeStyle = plot.colors.dim;
      context.beginPath();
      context.moveTo(x, 0);
      context.lineTo(x, height);
      context.stroke();
      context.fillStyle = plot.colors.dim;
      const isLeft = x + 8 + context.measureText(upright.label).width > scope.width;
      context.textAlign = isLeft ? 'right' : 'left';
      context.fillText(upright.label, isLeft ? x - 4 : x + 4, height - 5);
      context.textAlign = 'left';
    }
    context.setLineDash([]);
  }

  plot.onPointer((at) => {
    if (model === null || at === null) return plot.setReadout([]);
    const shown = model;
    plot.setReadout([
      plot.domain.format(at.value),
      ...shown.lines.map((line) => {
        const index = nearestIndex(line.x, at.value);
        const value = index === null ? null : (line.y[index] ?? null);
        const format = line.axis === undefined ? shown.formatY : (shown.leftAxis?.format ?? shown.formatY);
        return value === null ? '' : `${line.label} ${format(value)}`;
      }),
    ]);
  });
  const { onPick } = options;
  if (onPick !== undefined)
    plot.onClick((at) => {
      const xs = model?.lines[0]?.x ?? [];
      const x = xs[nearestIndex(xs, at.value) ?? -1];
      if (x !== undefined) onPick(x);
    });
  plot.onTheme(draw);

  return {
    update(next) {
      model = next;
      draw();
    },
    resize: () => plot.resize(),
    dispose: () => plot.dispose(),
    png: (title) => plot.png(title),
    tsv: () => (model === null ? '' : lineTable(model)),
  };
}

const titleOf = ({ yTitle, leftAxis }: LineModel): string =>
  leftAxis === undefined ? yTitle : `left: ${leftAxis.title} · right: ${yTitle}`;

function domainOf(model: LineModel): Domain {
  const xs = [...model.lines, ...(model.bands ?? [])].flatMap((line) => line.x.map(numberOf));
  for (const upright of model.uprights ?? []) xs.push(numberOf(upright.x));
  const low = xs.reduce((least, x) => Math.min(least, x), model.lowX ?? Infinity);
  const high = xs.reduce((most, x) => Math.max(most, x), -Infinity);
  if (low > high) return numberDomain(0, 1, String);
  return model.xKind === 'date' ? dateDomain(low, high) : numberDomain(low, high, model.formatX ?? String);
}

function valuesByIndex(
  domain: Domain,
  xs: readonly (number | string)[],
  ys: readonly (number | null)[],
): Map<number, number | null> {
  const values = new Map<number, number | null>();
  xs.forEach((x, index) => values.set(indexOf(domain, numberOf(x)), ys[index] ?? null));
  return values;
}

function nearestIndex(xs: readonly (number | string)[], value: number): number | null {
  let best: number | null = null;
  let least = Infinity;
  xs.forEach((x, index) => {
    const distance = Math.abs(numberOf(x) - value);
    if (distance < least) [best, least] = [index, distance];
  });
  return best;
}

function lineTable(model: LineModel): string {
  const xs = [...new Set(model.lines.flatMap((line) => line.x))].sort((a, b) => numberOf(a) - numberOf(b));
  const columns = model.lines.map((line) => new Map(line.x.map((x, index) => [x, line.y[index] ?? null])));
  const head = [model.xTitle, ...model.lines.map((line) => line.label)];
  const rows = xs.map((x) => [String(x), ...columns.map((column) => String(column.get(x) ?? ''))]);
  return [head, ...rows].map((row) => row.join('\t')).join('\r\n');
}
