import { date, none } from '../format.ts';
import { createLineChart, type LineChart } from './line-chart.ts';

/** A measure through time against its own past. */
export interface HistoryModel {
  readonly label: string;
  readonly yTitle: string;
  readonly formatY: (value: number) => string;
  /** ISO, ascending. */
  readonly dates: readonly string[];
  readonly values: readonly (number | null)[];
  /** Where the day in front stands; marked with an upright. */
  readonly asOf: string | null;
  /** Levels of the stored past, in the measure's unit. */
  readonly band: {
    readonly minimum: number;
    readonly quartile1: number;
    readonly median: number;
    readonly quartile3: number;
    readonly maximum: number;
  } | null;
  /** A second measure on the same days, read at the left. */
  readonly overlay?: {
    readonly label: string;
    readonly yTitle: string;
    readonly formatY: (value: number) => string;
    readonly values: readonly (number | null)[];
  } | null;
}

export interface HistoryChart {
  update(model: HistoryModel): void;
  resize(): void;
  dispose(): void;
  png(title: string): Promise<Blob>;
  tsv(): string;
}

/** One line with the middle half of its past shaded and its extremes as levels. */
export function createHistoryChart(container: HTMLElement): HistoryChart {
  const chart: LineChart = createLineChart(container);
  return {
    ...chart,
    update(model) {
      const ends = [model.dates[0], model.dates.at(-1)].filter((day) => day !== undefined);
      const { band, overlay = null } = model;
      chart.update({
        xKind: 'date',
        xTitle: `Market day${ends.length < 2 ? '' : `, ${date(ends[0])} to ${date(ends[1] ?? none)}`}`,
        yTitle: model.yTitle,
        formatY: model.formatY,
        lines: [
          { label: model.label, color: 0, x: model.dates, y: model.values },
          ...(overlay === null
            ? []
            : [
                {
                  label: overlay.label,
                  color: 1,
                  x: model.dates,
                  y: overlay.values,
                  axis: 'left' as const,
                  width: 1 as const,
                },
              ]),
        ],
        ...(overlay === null ? {} : { leftAxis: { title: overlay.yTitle, format: overlay.formatY } }),
        ...(band === null
          ? {}
          : {
              bands: [
                {
                  label: 'Middle half of the past',
                  color: 0,
                  x: ends,
                  low: ends.map(() => band.quartile1),
                  high: ends.map(() => band.quartile3),
                },
              ],
              levels: [
                { y: band.minimum, label: 'min' },
                { y: band.median, label: 'median' },
                { y: band.maximum, label: 'max' },
              ],
            }),
        ...(model.asOf === null ? {} : { uprights: [{ x: model.asOf, label: date(model.asOf) }] }),
      });
    },
  };
}
