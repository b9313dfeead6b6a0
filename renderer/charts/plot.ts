import {
  createChartEx,
  CrosshairMode,
  LineSeries,
  type IChartApiBase,
  type ISeriesApi,
  type MouseEventParams,
} from 'lightweight-charts';
import { NumericScale, numberDomain, valueAt, type Domain } from './numeric-scale.ts';
import { readColors, watchTheme, withAlpha, type ChartColors } from './theme.ts';

export interface LegendEntry {
  readonly label: string;
  readonly color: string;
  readonly mark: 'line' | 'dashed' | 'bar' | 'dot';
}

/** What every chart of ours has: the library's chart on our scale, titles, legend, a line of values. */
export interface Plot {
  readonly chart: IChartApiBase<number>;
  readonly colors: ChartColors;
  readonly domain: Domain;
  /** True where the axis changed and now shows all of itself. */
  setDomain(domain: Domain): boolean;
  setTitles(titles: { readonly x: string; readonly panes: readonly string[] }): void;
  setLegend(entries: readonly LegendEntry[]): void;
  setFormatY(format: (value: number) => string): void;
  /** Pixel of a value, inside the plot; null before the first layout. */
  toX(value: number): number | null;
  /** x value, pixel and pane under the pointer; null when it leaves. */
  onPointer(listener: (at: PointerAt | null) => void): void;
  onClick(listener: (at: PointerAt) => void): void;
  setReadout(parts: readonly string[]): void;
  onTheme(listener: () => void): void;
  resize(): void;
  png(title: string): Promise<Blob>;
  dispose(): void;
}

export interface PointerAt {
  readonly value: number;
  readonly x: number;
  /** null where the keyboard points: no height. */
  readonly y: number | null;
  readonly pane: number;
}

const titleHeight = 24;
const leastTop = 0.05;
/** Below this, more numbers stand on the axis than the library would put. */
const lowPane = 140;
const mostTitleShare = 0.4;

export function createPlot(container: HTMLElement): Plot {
  const frame = document.createElement('div');
  frame.className = 'plot';
  const canvasBox = document.createElement('div');
  canvasBox.className = 'plot-canvas';
  const part = (className: string) => {
    const element = document.createElement('div');
    element.className = className;
    frame.append(element);
    return element;
  };
  const legend = part('plot-legend');
  const readout = part('plot-readout');
  readout.setAttribute('aria-live', 'off');
  frame.append(canvasBox);
  const titles = part('plot-titles');
  const xTitle = part('plot-x-title');
  container.append(frame);

  const scale = new NumericScale();
  scale.domain = numberDomain(0, 1, String);
  let colors = readColors();
  let paneTitles: readonly string[] = [];
  let legendEntries: readonly LegendEntry[] = [];
  const chart = createChartEx<number, NumericScale>(canvasBox, scale, {
    autoSize: true,
    layout: {
      attributionLogo: false,
      background: { color: 'transparent' },
      fontSize: 11,
      panes: { enableResize: true },
    },
    crosshair: { mode: CrosshairMode.Normal },
    rightPriceScale: {
      borderVisible: false,
      minimumWidth: 52,
      scaleMargins: { top: 0.1, bottom: 0.06 },
      entireTextOnly: true,
    },
    leftPriceScale: { scaleMargins: { top: 0.1, bottom: 0.06 }, entireTextOnly: true },
    timeScale: {
      borderVisible: true,
      minBarSpacing: 0.01,
      lockVisibleTimeRangeOnResize: true,
      allowBoldLabels: false,
      rightOffset: 0,
      tickMarkMaxCharacterLength: 5,
      // Nothing lies beyond the grid; and labels at its ends stay inside.
      fixLeftEdge: true,
      fixRightEdge: true,
    },
    handleScale: { axisPressedMouseMove: { time: true, price: true } },
  });
  scale.spacing = () => {
    const range = chart.timeScale().getVisibleLogicalRange();
    return range === null ? 1 : chart.timeScale().width() / Math.max(1, range.to - range.from);
  };
  // An invisible series that holds every grid point, so that the library counts all of them: the last
  // one with a value, which no axis takes in, as the library ends at the last value there is.
  const base: ISeriesApi<'Line', number> = chart.addSeries(LineSeries, {
    lineVisible: false,
    autoscaleInfoProvider: () => null,
    lastValueVisible: false,
    priceLineVisible: false,
    crosshairMarkerVisible: false,
  });

  function applyTheme(): void {
    colors = readColors();
    chart.applyOptions({
      layout: {
        textColor: colors.dim,
        fontFamily: colors.font,
        panes: { separatorColor: colors.line, separatorHoverColor: withAlpha(colors.accent, 0.3) },
      },
      grid: { vertLines: { visible: false }, horzLines: { color: colors.line } },
      crosshair: {
        vertLine: { color: colors.dim, labelBackgroundColor: colors.lineStrong },
        horzLine: { color: colors.dim, labelBackgroundColor: colors.lineStrong },
      },
      timeScale: { borderColor: colors.lineStrong },
    });
  }
  applyTheme();

  function at(event: MouseEventParams<number>): PointerAt | null {
    if (event.point === undefined || event.logical === undefined) return null;
    return {
      value: valueAt(scale.domain, event.logical),
      x: event.point.x,
      y: event.point.y,
      pane: event.paneIndex ?? 0,
    };
  }

  // The keyboard walks the axis: arrows a little, with Shift more, Enter picks as a click would.
  let pointerListener: (at: PointerAt | null) => void = () => {};
  let clickListener: (at: PointerAt) => void = () => {};
  let walked: number | null = null;
  frame.tabIndex = 0;
  frame.setAttribute('role', 'application');
  frame.setAttribute('aria-label', 'Chart: arrow keys read values along the axis');
  frame.addEventListener('keydown', (event) => {
    const range = chart.timeScale().getVisibleLogicalRange();
    if (range === null || event.ctrlKey || event.altKey || event.metaKey) return;
    const stride = Math.max(1, Math.round(((range.to - range.from) / 100) * (event.shiftKey ? 10 : 1)));
    const here = walked ?? Math.round((range.from + range.to) / 2);
    const to = { ArrowLeft: here - stride, ArrowRight: here + stride, Home: range.from, End: range.to }[
      event.key
    ];
    if (to === undefined && event.key !== 'Enter') return;
    event.preventDefault();
    walked = Math.round(Math.min(range.to, Math.max(range.from, to ?? here)));
    const x = chart.timeScale().logicalToCoordinate(walked as never) ?? 0;
    const place = { value: valueAt(scale.domain, walked), x, y: null, pane: 0 };
    chart.setCrosshairPosition(Number.NaN, walked, base);
    pointerListener(place);
    if (event.key === 'Enter') clickListener(place);
  });
  frame.addEventListener('blur', () => {
    walked = null;
    chart.clearCrosshairPosition();
    pointerListener(null);
  });

  let themeListener = () => {};
  const stopTheme = watchTheme(() => {
    applyTheme();
    themeListener();
  });

  const showAll = () =>
    chart.timeScale().setVisibleLogicalRange({ from: 0, to: Math.max(1, scale.domain.count - 1) });

  let isGone = false;
  /** Marks begin under the title of their pane, however low the pane is. */
  function leaveRoom(): void {
    chart.panes().forEach((pane, index) => {
      const height = pane.getHeight();
      if (!paneTitles[index] || height <= 0) return;
      const top = Math.min(mostTitleShare, Math.max(leastTop, titleHeight / height));
      for (const side of ['left', 'right']) {
        const axis = pane.priceScale(side);
        const { bottom } = axis.options().scaleMargins;
        axis.applyOptions({
          scaleMargins: { top, bottom },
          ...(height < lowPane ? { tickMarkDensity: 1.3 } : {}),
        });
      }
    });
  }
  function placeTitles(): void {
    // Asked for in a frame that came after the chart was taken down.
    if (isGone) return;
    leaveRoom();
    // A legend of two lines moves the plot down.
    titles.style.top = `${canvasBox.offsetTop}px`;
    titles.replaceChildren(
      ...paneTitles.map((text, index) => {
        const label = document.createElement('span');
        label.textContent = text;
        let top = 2;
        for (const pane of chart.panes().slice(0, index)) top += pane.getHeight() + 1;
        label.style.top = `${top}px`;
        label.style.left = `${9 + chart.priceScale('left').width()}px`;
        return label;
      }),
    );
  }
  const watchSize = new ResizeObserver(() => requestAnimationFrame(placeTitles));
  watchSize.observe(canvasBox);

  const plot: Plot = {
    chart,
    get colors() {
      return colors;
    },
    get domain() {
      return scale.domain;
    },
    setDomain(domain) {
      const old = scale.domain;
      const same = old.first === domain.first && old.count === domain.count && old.step === domain.step;
      scale.domain = domain;
      if (same && old.kind === domain.kind) return false;
      base.setData([]);
      base.setData(
        Array.from({ length: domain.count }, (_, time) =>
          time === domain.count - 1 ? { time, value: 0 } : { time },
        ),
      );
      showAll();
      return true;
    },
    setTitles(next) {
      xTitle.textContent = next.x;
      paneTitles = next.panes;
      requestAnimationFrame(placeTitles);
    },
    setLegend(entries) {
      legendEntries = entries;
      legend.replaceChildren(
        ...entries.map((entry) => {
          const item = document.createElement('span');
          const swatch = document.createElement('i');
          swatch.className = `swatch swatch-${entry.mark}`;
          swatch.style.setProperty('--swatch', entry.color);
          item.append(swatch, entry.label);
          return item;
        }),
      );
    },
    setFormatY: (format) =>
      base.applyOptions({ priceFormat: { type: 'custom', minMove: 1e-6, formatter: format } }),
    toX(value) {
      const index = Math.round(value / scale.domain.step) - scale.domain.first;
      return chart.timeScale().logicalToCoordinate(index as never);
    },
    onPointer(listener) {
      pointerListener = listener;
      chart.subscribeCrosshairMove((event) => {
        if (event.sourceEvent !== undefined || walked === null) listener(at(event));
      });
    },
    onClick(listener) {
      clickListener = listener;
      chart.subscribeClick((event) => {
        const place = at(event);
        if (place !== null) listener(place);
      });
    },
    setReadout: (parts) => {
      readout.textContent = parts.filter(Boolean).join('   ');
    },
    onTheme: (listener) => {
      themeListener = listener;
    },
    resize: showAll,
    png: (title) =>
      picture(
        chart.takeScreenshot(),
        title,
        [...paneTitles, xTitle.textContent ?? ''],
        legendEntries,
        colors,
      ),
    dispose() {
      isGone = true;
      stopTheme();
      watchSize.disconnect();
      chart.remove();
      frame.remove();
    },
  };
  return plot;
}

/** The canvas with its title, axis titles and legend on a solid ground. */
function picture(
  plot: HTMLCanvasElement,
  title: string,
  axes: readonly string[],
  legend: readonly LegendEntry[],
  colors: ChartColors,
): Promise<Blob> {
  const ratio = window.devicePixelRatio;
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (context === null) return Promise.reject(new Error('no canvas'));
  const width = plot.width / ratio;
  const small = `11px ${colors.font}`;
  context.font = small;
  let [x, y] = [8, 49];
  const places = legend.map((entry) => {
    const room = 28 + context.measureText(entry.label).width;
    if (x > 8 && x + room > width) [x, y] = [8, y + 15];
    const place = { entry, x, y };
    x += room;
    return place;
  });
  const head = (y + 10) * ratio;
  canvas.width = plot.width;
  canvas.height = plot.height + head;
  context.fillStyle = colors.panel;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(plot, 0, head);
  context.scale(ratio, ratio);
  context.font = `600 13px ${colors.font}`;
  context.fillStyle = colors.text;
  context.fillText(title, 8, 17, width - 16);
  context.font = small;
  context.fillStyle = colors.dim;
  context.fillText(axes.filter(Boolean).join(' · '), 8, 33, width - 16);
  for (const { entry, x: left, y: base } of places) {
    context.fillStyle = entry.color;
    context.fillRect(left, base - 5, 12, 3);
    context.fillStyle = colors.dim;
    context.fillText(entry.label, left + 16, base);
  }
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob === null ? reject(new Error('no picture')) : resolve(blob)), 'image/png'),
  );
}
