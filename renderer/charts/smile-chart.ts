import { LineSeries, LineStyle, type CustomSeriesOptions, type ISeriesApi } from 'lightweight-charts';
import { decimal, none, strike as strikeText, volPercent, volPoints } from '../format.ts';
import { indexOf, numberDomain } from './numeric-scale.ts';
import { grouped, paintSeries, type PaintItem, type PaintScope } from './paint-series.ts';
import { createPlot, type PointerAt } from './plot.ts';
import { withAlpha } from './theme.ts';

/** One quote on the smile. Volatilities decimal; null where there is none. */
export interface SmilePoint {
  readonly x: number;
  readonly strike: number;
  readonly type: 'call' | 'put';
  readonly bidVol: number | null;
  readonly markVol: number | null;
  readonly askVol: number | null;
  readonly fitVol: number | null;
  readonly isOutlier: boolean;
}

export interface SmileExpiry {
  readonly key: string;
  readonly label: string;
  readonly color: number;
  readonly inFront: boolean;
  readonly points: readonly SmilePoint[];
  /** Fitted curve, x ascending. */
  readonly curve: { readonly x: readonly number[]; readonly vol: readonly number[] };
  readonly atTheMoneyX: number | null;
}

export interface SmileModel {
  readonly xTitle: string;
  readonly formatX: (value: number) => string;
  /** A place on the axis in words, for the line of values: `99.3 % of forward`. */
  readonly readX: (value: number) => string;
  readonly expiries: readonly SmileExpiry[];
  readonly selectedStrike: number | null;
  /** x values to show; absent: what the points and the curve of the expiry in front span. */
  readonly range?: { readonly low: number; readonly high: number };
}

export interface SmileChart {
  update(model: SmileModel): void;
  resize(): void;
  dispose(): void;
  png(title: string): Promise<Blob>;
  tsv(): string;
}

interface Mark {
  readonly point: SmilePoint;
  readonly color: string;
  readonly inFront: boolean;
  readonly selected: boolean;
}

type LineOptions = NonNullable<Parameters<ISeriesApi<'Line', number>['applyOptions']>[0]>;

const reach = 40;

/** Bid–ask bars, marks, fitted curves of several expiries, and the residuals of the one in front below. */
export function createSmileChart(
  container: HTMLElement,
  options: { readonly onPick: (strike: number, expiryKey: string) => void },
): SmileChart {
  const plot = createPlot(container);
  const { chart } = plot;
  let model: SmileModel | null = null;
  let curves: ISeriesApi<'Line', number>[] = [];
  const zero = chart.addSeries(LineSeries, quiet({ lineWidth: 1, lineStyle: LineStyle.Solid }), 1);
  plot.setFormatY(volPercent);
  const quotes = chart.addCustomSeries<PaintItem<Mark>, CustomSeriesOptions>(
    paintSeries<Mark>({
      extent: ({ point }) => (point.markVol === null || !stretches(point) ? [] : [point.markVol]),
      paint: paintQuotes,
    }),
  );
  const residuals = chart.addCustomSeries<PaintItem<Mark>, CustomSeriesOptions>(
    paintSeries<Mark>({
      extent: ({ point }) => {
        const value = residualOf(point);
        return value === null || !stretches(point) ? [] : [value, 0];
      },
      paint: (scope, marks) => paintResiduals(scope, marks, plot.colors.loss, plot.colors.gain),
    }),
    {},
    1,
  );
  chart.panes()[0]?.setStretchFactor(3.2);
  chart.panes()[1]?.setStretchFactor(1);
  residuals.applyOptions({ priceFormat: { type: 'custom', minMove: 1e-6, formatter: volPoints } } as never);
  quotes.applyOptions({ priceFormat: { type: 'custom', minMove: 1e-6, formatter: volPercent } } as never);
  zero.applyOptions({ priceFormat: { type: 'custom', minMove: 1e-6, formatter: volPoints } });

  function nearest(at: PointerAt, expiry: SmileExpiry): SmilePoint | null {
    let best: SmilePoint | null = null;
    let least = reach;
    for (const point of expiry.points) {
      if (point.markVol === null) continue;
      const x = plot.toX(point.x);
      if (x === null) continue;
      const y = at.pane === 0 && at.y !== null ? quotes.priceToCoordinate(point.markVol) : null;
      const distance = Math.abs(x - at.x) + (y === null || at.y === null ? 0 : Math.abs(y - at.y) / 50);
      if (distance < least) [best, least] = [point, distance];
    }
    return best;
  }
  const front = () => model?.expiries.find((expiry) => expiry.inFront) ?? null;

  plot.onPointer((at) => {
    if (model === null || at === null) return plot.setReadout(model === null ? [] : restingReadout(model));
    const parts = [model.readX(at.value)];
    for (const expiry of model.expiries) {
      const fitted = curveAt(expiry, at.value);
      const point = expiry.inFront ? nearest(at, expiry) : null;
      const name = model.expiries.length > 1 ? `${expiry.label} ` : '';
      if (point !== null)
        parts.push(
          `${name}${strikeText(point.strike)} ${point.type}  bid ${volPercent(point.bidVol)}  mark ${volPercent(point.markVol)}  ask ${volPercent(point.askVol)}  fit ${volPercent(point.fitVol)}  residual ${volPoints(residualOf(point))}`,
        );
      else if (fitted !== null) parts.push(`${name}fit ${volPercent(fitted)} %`);
    }
    plot.setReadout(parts);
  });
  plot.onClick((at) => {
    const expiry = front();
    const point = expiry === null ? null : nearest(at, expiry);
    if (expiry !== null && point !== null) options.onPick(point.strike, expiry.key);
  });

  function draw(): void {
    if (model === null) return;
    const shown = model;
    const colorOf = (expiry: SmileExpiry) =>
      plot.colors.series[expiry.color % plot.colors.series.length] ?? '#888888';
    const inFront = front();
    const xs = shown.expiries
      .filter((expiry) => expiry.inFront || inFront === null)
      .flatMap((expiry) => expiry.points.map((point) => point.x));
    const spread = xs.length > 0 ? xs : shown.expiries.flatMap((expiry) => expiry.curve.x);
    const low = shown.range?.low ?? spread.reduce((least, x) => Math.min(least, x), Infinity);
    const high = shown.range?.high ?? spread.reduce((most, x) => Math.max(most, x), -Infinity);
    if (!(high > low)) {
      quotes.setData([]);
      residuals.setData([]);
      for (const curve of curves) chart.removeSeries(curve);
      curves = [];
      return;
    }
    plot.setDomain(numberDomain(low, high, shown.formatX));
    const { domain } = plot;
    const inside = (x: number) => {
      const index = indexOf(domain, x);
      return index >= 0 && index < domain.count;
    };
    for (const curve of curves) chart.removeSeries(curve);
    curves = shown.expiries.map((expiry) => {
      const line = chart.addSeries(
        LineSeries,
        quiet({ color: colorOf(expiry), lineWidth: expiry.inFront ? 2 : 1 }),
        0,
      );
      const points = new Map<number, number>();
      expiry.curve.x.forEach((x, index) => {
        const value = expiry.curve.vol[index];
        if (value !== undefined && inside(x)) points.set(indexOf(domain, x), value);
      });
      line.setData([...points].sort(([a], [b]) => a - b).map(([time, value]) => ({ time, value })));
      line.applyOptions({ priceFormat: { type: 'custom', minMove: 1e-6, formatter: volPercent } });
      return line;
    });
    const marks = shown.expiries
      .toSorted((a, b) => Number(a.inFront) - Number(b.inFront))
      .flatMap((expiry) =>
        expiry.points
          .filter((point) => inside(point.x))
          .map((point) => ({
            index: indexOf(domain, point.x),
            mark: {
              point,
              color: colorOf(expiry),
              inFront: expiry.inFront,
              selected: expiry.inFront && point.strike === shown.selectedStrike,
            },
          })),
      );
    quotes.setData(grouped(marks));
    residuals.setData(grouped(marks.filter(({ mark }) => mark.inFront && residualOf(mark.point) !== null)));
    zero.applyOptions({ color: plot.colors.lineStrong });
    zero.setData([
      { time: 0, value: 0 },
      { time: domain.count - 1, value: 0 },
    ]);
    plot.setTitles({ x: shown.xTitle, panes: ['Implied volatility, %', 'Mark − fit, vol pts'] });
    plot.setLegend(
      shown.expiries.map((expiry) => ({
        label: expiry.label,
        color: colorOf(expiry),
        mark: 'line' as const,
      })),
    );
    plot.setReadout(restingReadout(shown));
  }
  plot.onTheme(draw);

  function paintQuotes(
    scope: PaintScope,
    marks: readonly { readonly x: number; readonly mark: Mark }[],
  ): void {
    const { context, toY, height } = scope;
    const atTheMoney = front()?.atTheMoneyX ?? null;
    const moneyX = atTheMoney === null ? null : plot.toX(atTheMoney);
    if (moneyX !== null) {
      context.strokeStyle = plot.colors.dim;
      context.setLineDash([3, 3]);
      line(context, moneyX, 0, moneyX, height);
      context.setLineDash([]);
      context.fillStyle = plot.colors.dim;
      context.font = `10px ${plot.colors.font}`;
      context.fillText('ATM', moneyX + 4, 26);
    }
    for (const { x, mark } of marks) {
      const { point, color, inFront, selected } = mark;
      const [bid, mid, ask] = [point.bidVol, point.markVol, point.askVol].map((value) =>
        value === null ? null : toY(value),
      );
      context.lineWidth = 1;
      if (inFront && bid != null && ask != null) {
        context.strokeStyle = withAlpha(color, 0.75);
        line(context, x, bid, x, ask);
        line(context, x - 2.5, bid, x + 2.5, bid);
        line(context, x - 2.5, ask, x + 2.5, ask);
      }
      if (mid == null) continue;
      context.fillStyle = inFront ? color : withAlpha(color, 0.6);
      context.strokeStyle = plot.colors.panel;
      shape(context, point.type, x, mid, inFront ? 3 : 1.8);
      if (isFirm(point)) context.fill();
      else {
        context.strokeStyle = withAlpha(color, inFront ? 1 : 0.6);
        context.stroke();
      }
      if (point.isOutlier) {
        context.strokeStyle = plot.colors.warning;
        context.lineWidth = 1.5;
        ring(context, x, mid, 6);
      }
      if (selected) {
        context.strokeStyle = plot.colors.text;
        context.lineWidth = 1.5;
        ring(context, x, mid, 7.5);
      }
    }
  }

  return {
    update(next) {
      model = next;
      draw();
    },
    resize: () => plot.resize(),
    dispose: () => plot.dispose(),
    png: (title) => plot.png(title),
    tsv: () => (model === null ? '' : smileTable(model)),
  };
}

const quiet = (extra: LineOptions): LineOptions => ({
  lastValueVisible: false,
  priceLineVisible: false,
  crosshairMarkerVisible: false,
  ...extra,
});

/** A quote without a bid is drawn hollow; neither it nor an outlier stretches the axes. */
const isFirm = (point: SmilePoint): boolean => point.bidVol !== null;

const stretches = (point: SmilePoint): boolean => isFirm(point) && !point.isOutlier;

const residualOf = (point: SmilePoint): number | null =>
  point.markVol === null || point.fitVol === null ? null : point.markVol - point.fitVol;

function restingReadout(model: SmileModel): string[] {
  const front = model.expiries.find((expiry) => expiry.inFront);
  const quoted = front?.points.filter((point) => point.markVol !== null).length ?? 0;
  return front === undefined
    ? []
    : [`${quoted} points · ● call ▲ put · hollow: no bid · click a point for its row`];
}

/** Linear between the curve's points. */
function curveAt(expiry: SmileExpiry, x: number): number | null {
  const { x: xs, vol } = expiry.curve;
  for (let index = 1; index < xs.length; index += 1) {
    const [x0, x1, v0, v1] = [xs[index - 1], xs[index], vol[index - 1], vol[index]];
    if (x0 === undefined || x1 === undefined || v0 === undefined || v1 === undefined) continue;
    if (x >= x0 && x <= x1) return x1 === x0 ? v0 : v0 + ((v1 - v0) * (x - x0)) / (x1 - x0);
  }
  return null;
}

function line(context: CanvasRenderingContext2D, x0: number, y0: number, x1: number, y1: number): void {
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}

function ring(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.stroke();
}

/** Calls are disks, puts triangles: never color alone. */
function shape(
  context: CanvasRenderingContext2D,
  type: 'call' | 'put',
  x: number,
  y: number,
  radius: number,
): void {
  context.beginPath();
  if (type === 'call') context.arc(x, y, radius, 0, 2 * Math.PI);
  else {
    const size = radius * 1.25;
    context.moveTo(x, y - size);
    context.lineTo(x + size, y + size * 0.8);
    context.lineTo(x - size, y + size * 0.8);
    context.closePath();
  }
}

function paintResiduals(
  scope: PaintScope,
  marks: readonly { readonly x: number; readonly mark: Mark }[],
  above: string,
  below: string,
): void {
  const zero = scope.toY(0);
  if (zero === null) return;
  for (const { x, mark } of marks) {
    const value = residualOf(mark.point);
    const y = value === null ? null : scope.toY(value);
    if (value === null || y === null) continue;
    scope.context.fillStyle = value >= 0 ? above : below;
    scope.context.fillRect(x - 1.5, Math.min(y, zero), 3, Math.max(1, Math.abs(zero - y)));
  }
}

function smileTable(model: SmileModel): string {
  const head = [
    'Expiry',
    'Strike',
    'Type',
    model.xTitle,
    'Bid vol %',
    'Mark vol %',
    'Ask vol %',
    'Fit vol %',
  ];
  const text = (value: number | null) => volPercent(value).replace(none, '');
  const rows = model.expiries.flatMap((expiry) =>
    expiry.points.map((point) => [
      expiry.label,
      String(point.strike),
      point.type,
      decimal(point.x, 6).replaceAll('−', '-').replaceAll(',', ''),
      text(point.bidVol),
      text(point.markVol),
      text(point.askVol),
      text(point.fitVol),
    ]),
  );
  return [head, ...rows].map((row) => row.join('\t')).join('\r\n');
}
