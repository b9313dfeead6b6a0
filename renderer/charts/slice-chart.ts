import {
  LineSeries,
  type CustomSeriesOptions,
  type ISeriesApi,
  type WhitespaceData,
} from 'lightweight-charts';
import { dayNumber } from '../../shared/dates.ts';
import { date, none, plainNumber } from '../format.ts';
import { dateDomain, indexOf } from './numeric-scale.ts';
import { grouped, paintSeries, type PaintItem, type PaintScope } from './paint-series.ts';
import { createPlot, type PointerAt } from './plot.ts';
import { withAlpha } from './theme.ts';

/** A contract on its period, drawn in a lane of its own. */
export interface SliceLane {
  readonly id: string;
  readonly label: string;
  readonly start: string;
  readonly end: string;
  readonly color: number;
}

/** One signed part of a slice's bar, stacked with its neighbors of the same sign. */
export interface SlicePart {
  readonly id: string;
  readonly label: string;
  readonly value: number;
  readonly color: number;
}

export interface SliceBar {
  readonly start: string;
  readonly end: string;
  readonly kind: 'slice' | 'gap' | 'overlap';
  readonly parts: readonly SlicePart[];
  /** A level aimed at, drawn across the bar with a handle; absent: none. */
  readonly target?: number;
}

/** One measure by slice, in a pane of its own under the lanes. */
export interface SlicePane {
  readonly title: string;
  readonly formatY: (value: number) => string;
  readonly bars: readonly SliceBar[];
}

export interface SliceModel {
  readonly asOf: string | null;
  readonly lanes: readonly SliceLane[];
  readonly panes: readonly SlicePane[];
  /** Ids of lanes and parts that are lit. */
  readonly lit: readonly string[];
}

export interface SliceChart {
  update(model: SliceModel): void;
  resize(): void;
  dispose(): void;
  png(title: string): Promise<Blob>;
  tsv(): string;
}

interface LaneMark {
  readonly lane: SliceLane;
  readonly row: number;
}
interface BarMark {
  readonly bar: SliceBar;
}

const dayOf = (iso: string): number => dayNumber(iso) ?? 0;
const sumOf = (parts: readonly SlicePart[], sign: 1 | -1): number =>
  parts.reduce((sum, part) => (part.value * sign > 0 ? sum + part.value : sum), 0);

/** Contracts on their periods, and signed bars by slice under them, on one date axis true to length. */
export function createSliceChart(
  container: HTMLElement,
  options: {
    /** Ids under the pointer: of a slice's contracts, or of one contract; empty when it leaves. */
    readonly onHover?: (ids: readonly string[]) => void;
    readonly onPick?: (ids: readonly string[]) => void;
    /** The target of a slice of the first measure is being dragged to a level; `done` when let go. */
    readonly onTarget?: (start: string, level: number, done: boolean) => void;
  } = {},
): SliceChart {
  const plot = createPlot(container);
  const { chart } = plot;
  let model: SliceModel | null = null;
  const lanes = chart.addCustomSeries<PaintItem<LaneMark>, CustomSeriesOptions>(
    paintSeries<LaneMark>({ extent: ({ row }) => [-row - 0.6, -row + 0.6], paint: paintLanes }),
    { priceFormat: { type: 'custom', minMove: 1, formatter: () => '' } } as never,
  );
  const bars: ISeriesApi<'Custom', number, PaintItem<BarMark> | WhitespaceData<number>>[] = [];
  const zeros: ISeriesApi<'Line', number>[] = [];

  plot.setFormatY(() => '');

  const colorOf = (place: number) =>
    plot.colors.series[place % plot.colors.series.length] ?? plot.colors.text;
  const isDimmed = (id: string) => model !== null && model.lit.length > 0 && !model.lit.includes(id);

  function ensurePanes(count: number): void {
    while (bars.length < count) {
      const pane = bars.length + 1;
      zeros.push(
        chart.addSeries(
          LineSeries,
          { lineWidth: 1, lastValueVisible: false, priceLineVisible: false, crosshairMarkerVisible: false },
          pane,
        ),
      );
      bars.push(
        chart.addCustomSeries<PaintItem<BarMark>, CustomSeriesOptions>(
          paintSeries<BarMark>({
            extent: ({ bar }) => [sumOf(bar.parts, -1), sumOf(bar.parts, 1), 0, bar.target ?? 0],
            paint: paintBars,
          }),
          {},
          pane,
        ),
      );
    }
    while (bars.length > count) {
      const [bar, zero] = [bars.pop(), zeros.pop()];
      if (bar !== undefined) chart.removeSeries(bar);
      if (zero !== undefined) chart.removeSeries(zero);
    }
    // Lanes take what their labels need, up to a good half; the panes keep room for their titles.
    const laneCount = model?.lanes.length ?? 0;
    const laneShare = laneCount === 0 ? 0.05 : Math.min(3.4, Math.max(0.8, laneCount * 0.3));
    chart.panes().forEach((pane, index) => {
      pane.setStretchFactor(index === 0 ? laneShare : 1.7);
      pane.priceScale('right').applyOptions({
        scaleMargins: {
          top: pane.priceScale('right').options().scaleMargins.top,
          bottom: index === 0 ? 0.01 : 0.06,
        },
        // Low panes: a number at least on either side of zero.
        tickMarkDensity: 1.3,
      });
    });
  }

  function draw(): void {
    if (model === null) return;
    const shown = model;
    const days = [
      ...shown.lanes.flatMap((lane) => [lane.start, lane.end]),
      ...shown.panes.flatMap((pane) => pane.bars.flatMap((bar) => [bar.start, bar.end])),
      ...(shown.asOf === null ? [] : [shown.asOf]),
    ].map(dayOf);
    if (days.length < 2) return;
    plot.setDomain(dateDomain(Math.min(...days), Math.max(...days)));
    const { domain } = plot;
    ensurePanes(shown.panes.length);
    lanes.setData(
      grouped(
        shown.lanes.map((lane, row) => ({ index: indexOf(domain, dayOf(lane.start)), mark: { lane, row } })),
      ),
    );
    shown.panes.forEach((pane, place) => {
      bars[place]?.applyOptions({
        priceFormat: { type: 'custom', minMove: 1e-6, formatter: pane.formatY },
      } as never);
      bars[place]?.setData(
        grouped(pane.bars.map((bar) => ({ index: indexOf(domain, dayOf(bar.start)), mark: { bar } }))),
      );
      zeros[place]?.applyOptions({
        color: plot.colors.dim,
        priceFormat: { type: 'custom', minMove: 1e-6, formatter: pane.formatY },
      });
      zeros[place]?.setData([
        { time: 0, value: 0 },
        { time: domain.count - 1, value: 0 },
      ]);
    });
    plot.setTitles({
      x: 'Date',
      panes: [shown.lanes.length === 0 ? '' : 'Contracts', ...shown.panes.map((pane) => pane.title)],
    });
    const labels = new Map<string, number>();
    for (const pane of shown.panes)
      for (const bar of pane.bars) for (const part of bar.parts) labels.set(part.label, part.color);
    plot.setLegend(
      [...labels].map(([label, color]) => ({ label, color: colorOf(color), mark: 'bar' as const })),
    );
  }

  function paintToday({ context, height }: PaintScope): void {
    const x = model?.asOf == null ? null : plot.toX(dayOf(model.asOf));
    if (x === null) return;
    context.strokeStyle = plot.colors.warning;
    context.setLineDash([3, 3]);
    context.beginPath();
    context.moveTo(x, 0);
    context.lineTo(x, height);
    context.stroke();
    context.setLineDash([]);
  }

  function paintLanes(
    scope: PaintScope,
    marks: readonly { readonly x: number; readonly mark: LaneMark }[],
  ): void {
    const { context, spacing, toY } = scope;
    paintToday(scope);
    for (const { x, mark } of marks) {
      const [top, bottom] = [toY(-mark.row + 0.45), toY(-mark.row - 0.45)];
      if (top === null || bottom === null) continue;
      const width = Math.max(2, (dayOf(mark.lane.end) - dayOf(mark.lane.start)) * spacing);
      const color = colorOf(mark.lane.color);
      const faint = isDimmed(mark.lane.id);
      // On solid ground: no grid line strikes a label through.
      context.fillStyle = plot.colors.panel;
      context.fillRect(x, top, width, bottom - top);
      context.fillStyle = withAlpha(color, faint ? 0.1 : 0.3);
      context.fillRect(x, top, width, bottom - top);
      context.strokeStyle = withAlpha(color, faint ? 0.3 : 1);
      context.strokeRect(x + 0.5, top + 0.5, width - 1, bottom - top - 1);
      if (bottom - top < 8) continue;
      context.font = `${bottom - top < 11 ? 9 : 11}px ${plot.colors.font}`;
      // A lane holds one bar: a label longer than its bar stands beside it, right or left.
      const room = context.measureText(mark.lane.label).width + 8;
      const beside = x + width + room <= scope.width ? x + width : x - room;
      const place = room <= width ? x : beside;
      if (place !== x) {
        context.fillStyle = plot.colors.panel;
        context.fillRect(place + 2, top, room - 4, bottom - top);
      }
      context.fillStyle = faint ? plot.colors.dim : plot.colors.text;
      context.fillText(mark.lane.label, place + 4, (top + bottom) / 2 + (bottom - top < 11 ? 3 : 4));
    }
  }

  function paintBars(
    scope: PaintScope,
    marks: readonly { readonly x: number; readonly mark: BarMark }[],
  ): void {
    const { context, spacing, toY } = scope;
    paintToday(scope);
    const zero = toY(0);
    if (zero === null) return;
    for (const { x, mark } of marks) {
      const width = Math.max(2, (dayOf(mark.bar.end) - dayOf(mark.bar.start)) * spacing - 1);
      if (mark.bar.kind === 'gap') {
        context.strokeStyle = plot.colors.warning;
        context.setLineDash([2, 3]);
        context.strokeRect(x + 0.5, zero - 6, width, 12);
        context.setLineDash([]);
      }
      const reached = { up: 0, down: 0 };
      for (const part of mark.bar.parts) {
        if (part.value === 0) continue;
        const side = part.value >= 0 ? 'up' : 'down';
        const [from, to] = [toY(reached[side]), toY(reached[side] + part.value)];
        reached[side] += part.value;
        if (from === null || to === null) continue;
        context.fillStyle = withAlpha(colorOf(part.color), isDimmed(part.id) ? 0.25 : 0.85);
        // A hair between neighbors, so that contracts of one kind can be told apart.
        const size = Math.abs(to - from);
        context.fillRect(x, Math.min(from, to), width, size > 4 ? size - 1 : Math.max(1, size));
      }
      const level = mark.bar.target === undefined ? null : toY(mark.bar.target);
      if (level === null) continue;
      context.fillStyle = plot.colors.text;
      context.fillRect(x, level - 1, width, 2);
      context.fillRect(x + width / 2 - 5, level - 4, 10, 9);
    }
  }

  function barAt(at: PointerAt): { readonly pane: SlicePane; readonly bar: SliceBar } | null {
    const pane = model?.panes[at.pane - 1];
    const bar = pane?.bars.find((item) => dayOf(item.start) <= at.value && at.value < dayOf(item.end));
    return pane === undefined || bar === undefined ? null : { pane, bar };
  }
  function idsAt(at: PointerAt): readonly string[] {
    if (model === null) return [];
    if (at.pane > 0) return barAt(at)?.bar.parts.map((part) => part.id) ?? [];
    const value: number | null = at.y === null ? null : lanes.coordinateToPrice(at.y);
    const lane = value === null ? undefined : model.lanes[Math.round(-value)];
    const inside = lane !== undefined && dayOf(lane.start) <= at.value && at.value <= dayOf(lane.end);
    return inside ? [lane.id] : [];
  }

  let latest: PointerAt | null = null;
  plot.onPointer((at) => {
    latest = at;
    if (at === null) {
      plot.setReadout([]);
      options.onHover?.([]);
      return;
    }
    const found = barAt(at);
    const shown = (value: number) => found?.pane.formatY(value) ?? none;
    plot.setReadout([
      plot.domain.format(at.value),
      ...(found === null
        ? idsAt(at).map((id) => model?.lanes.find((lane) => lane.id === id)?.label ?? id)
        : [
            `${date(found.bar.start)} to ${date(found.bar.end)}`,
            `${found.pane.title} ${shown(found.bar.parts.reduce((sum, part) => sum + part.value, 0))}`,
            ...found.bar.parts.map((part) => `${part.id} ${shown(part.value)}`),
          ]),
    ]);
    options.onHover?.(idsAt(at));
  });
  plot.onClick((at) => options.onPick?.(idsAt(at)));
  plot.onTheme(draw);
  const stopDragging = options.onTarget === undefined ? () => {} : dragTargets(options.onTarget);

  /** A press on a slice of the first measure takes its target along until it is let go. */
  function dragTargets(onTarget: NonNullable<typeof options.onTarget>): () => void {
    chart.applyOptions({ handleScroll: { pressedMouseMove: false } });
    let held: string | null = null;
    const levelAt = (event: PointerEvent): number | null => {
      const pane = chart.panes()[1]?.getHTMLElement();
      const top = pane?.getBoundingClientRect().top;
      return top === undefined ? null : (bars[0]?.coordinateToPrice(event.clientY - top) ?? null);
    };
    const press = (event: PointerEvent) => {
      const bar = latest !== null && latest.pane === 1 ? barAt(latest)?.bar : undefined;
      if (bar?.target === undefined || event.button !== 0) return;
      held = bar.start;
    };
    const move = (event: PointerEvent) => {
      const level = held === null ? null : levelAt(event);
      if (held !== null && level !== null) onTarget(held, level, false);
    };
    const release = (event: PointerEvent) => {
      const level = held === null ? null : levelAt(event);
      if (held !== null && level !== null) onTarget(held, level, true);
      held = null;
    };
    container.addEventListener('pointerdown', press);
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', release);
    return () => {
      container.removeEventListener('pointerdown', press);
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', release);
    };
  }

  return {
    update(next) {
      model = next;
      draw();
    },
    resize: () => plot.resize(),
    dispose() {
      stopDragging();
      plot.dispose();
    },
    png: (title) => plot.png(title),
    tsv: () => (model === null ? '' : sliceTable(model)),
  };
}

function sliceTable(model: SliceModel): string {
  const head = ['Measure', 'From', 'To', 'Contract', 'Kind', 'Value'];
  const rows = model.panes.flatMap((pane) =>
    pane.bars.flatMap((bar) =>
      bar.parts.map((part) => [pane.title, bar.start, bar.end, part.id, part.label, plainNumber(part.value)]),
    ),
  );
  return [head, ...rows].map((row) => row.join('\t')).join('\r\n');
}
