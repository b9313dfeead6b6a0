import type {
  CustomData,
  CustomSeriesOptions,
  CustomSeriesWhitespaceData,
  ICustomSeriesPaneView,
  PaneRendererCustomData,
} from 'lightweight-charts';

/** One grid point of a painted series: all marks that stand on it. */
export interface PaintItem<Mark> extends CustomData<number> {
  readonly time: number;
  readonly marks: readonly Mark[];
}

export interface PaintScope {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
  /** Pixels between neighboring grid points. */
  readonly spacing: number;
  readonly toY: (value: number) => number | null;
}

interface Painter<Mark> {
  /** Values that the vertical axis must take in; empty where the mark may be cut. */
  readonly extent: (mark: Mark) => readonly number[];
  readonly paint: (scope: PaintScope, marks: readonly { readonly x: number; readonly mark: Mark }[]) => void;
}

/** A series that paints its marks itself, at a width of its own rather than the grid's. */
export function paintSeries<Mark>(
  painter: Painter<Mark>,
): ICustomSeriesPaneView<number, PaintItem<Mark>, CustomSeriesOptions> {
  let data: PaneRendererCustomData<number, PaintItem<Mark>> | null = null;
  return {
    renderer: () => ({
      draw(target, toY) {
        if (data === null) return;
        const { bars, barSpacing } = data;
        target.useMediaCoordinateSpace(({ context, mediaSize }) => {
          const marks = bars.flatMap((bar) => bar.originalData.marks.map((mark) => ({ x: bar.x, mark })));
          painter.paint(
            {
              context,
              width: mediaSize.width,
              height: mediaSize.height,
              spacing: barSpacing,
              toY: (value) => toY(value),
            },
            marks,
          );
        });
      },
    }),
    update(next) {
      data = next;
    },
    priceValueBuilder: (item) => {
      const values = item.marks.flatMap((mark) => painter.extent(mark));
      return values.length === 0 ? [Number.NaN] : [Math.min(...values), Math.max(...values), values[0] ?? 0];
    },
    isWhitespace: (item): item is CustomSeriesWhitespaceData<number> =>
      (item as Partial<PaintItem<Mark>>).marks === undefined,
    defaultOptions: () =>
      ({
        color: 'transparent',
        lastValueVisible: false,
        priceLineVisible: false,
        title: '',
      }) as unknown as CustomSeriesOptions,
  };
}

/** Marks grouped by the grid point they stand on, ascending. */
export function grouped<Mark>(
  marks: readonly { readonly index: number; readonly mark: Mark }[],
): PaintItem<Mark>[] {
  const byIndex = new Map<number, Mark[]>();
  for (const { index, mark } of marks) byIndex.set(index, [...(byIndex.get(index) ?? []), mark]);
  return [...byIndex].sort(([a], [b]) => a - b).map(([time, group]) => ({ time, marks: group }));
}
