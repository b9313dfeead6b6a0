import type {
  ChartOptionsImpl,
  DataItem,
  HorzScaleItemConverterToInternalObj,
  IHorzScaleBehavior,
  InternalHorzScaleItem,
  InternalHorzScaleItemKey,
  LocalizationOptions,
  Mutable,
  TickMark,
  TickMarkWeightValue,
  TimeMark,
  TimeScalePoint,
} from 'lightweight-charts';
import { isoDateOf } from '../../shared/dates.ts';
import { date, monthYear } from '../format.ts';

/**
 * An even grid of x values that the library counts by index: value = (first + index) × step. Data is
 * laid on the nearest grid point, a fraction of a pixel away, so that distances on screen are true.
 */
export interface Domain {
  readonly kind: 'number' | 'date';
  readonly step: number;
  /** Grid number of index 0. */
  readonly first: number;
  readonly count: number;
  readonly format: (value: number) => string;
}

// A labelled step is 320 grid points; the label levels above and below it differ by factors of two, the
// one ratio at which the library's choice of labels comes out evenly spaced.
const pointsPerLabel = 320;
const labelsWanted = 7;

export function numberDomain(low: number, high: number, format: (value: number) => string): Domain {
  const span = Math.max(high - low, Math.abs(high) * 1e-6, 1e-9);
  const rough = span / labelsWanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const label = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const step = label / pointsPerLabel;
  const first = Math.floor((low - span * 0.05) / step);
  const last = Math.ceil((high + span * 0.05) / step);
  return { kind: 'number', step, first, count: last - first + 1, format };
}

/** Days since 1970-01-01, one grid point a day. */
export function dateDomain(firstDay: number, lastDay: number): Domain {
  const pad = Math.max(1, Math.round((lastDay - firstDay) * 0.02));
  return {
    kind: 'date',
    step: 1,
    first: firstDay - pad,
    count: lastDay - firstDay + 2 * pad + 1,
    format: (day) => date(isoDateOf(day)),
  };
}

export const valueAt = (domain: Domain, index: number): number => (domain.first + index) * domain.step;
/** The nearest index of the grid; may lie outside it. */
export const indexOf = (domain: Domain, value: number): number =>
  Math.round(value / domain.step) - domain.first;

/** Grid points between labels of each level, coarse to fine. */
const numberLevels = [8, 4, 2, 1, 0.5, 0.25, 0.125].map((factor) => factor * pointsPerLabel);
/** Years, quarters, months, half months, Mondays, days. */
const dateLevels = [365, 90, 28, 14, 7, 1];
/** The room that the library keeps for a label; a level shows only where all of its labels fit. */
const labelRoom = 47;
const highest = 10;

function numberLevel(position: number): number {
  return numberLevels.findIndex((size) => position % size === 0);
}

function dateLevel(day: number): number {
  const iso = isoDateOf(day);
  if (iso.endsWith('-01-01')) return 0;
  if (iso.endsWith('-01')) return ['04', '07', '10'].includes(iso.slice(5, 7)) ? 1 : 2;
  if (iso.endsWith('-15')) return 3;
  return day % 7 === 4 ? 4 : 5; // day 4 of 1970 was a Monday
}

const asNumber = (item: InternalHorzScaleItem): number => item as unknown as number;

/** The library's horizontal behavior over our grid; its items are indexes. */
export class NumericScale implements IHorzScaleBehavior<number> {
  domain: Domain = { kind: 'number', step: 1, first: 0, count: 1, format: String };
  /** Pixels between neighboring grid points, from the chart. */
  spacing: () => number = () => 1;
  private current!: ChartOptionsImpl<number>;

  options(): ChartOptionsImpl<number> {
    return this.current;
  }
  setOptions(options: ChartOptionsImpl<number>): void {
    this.current = options;
  }
  preprocessData(_data: DataItem<number> | DataItem<number>[]): void {}
  updateFormatter(_options: LocalizationOptions<number>): void {}
  createConverterToInternalObj(): HorzScaleItemConverterToInternalObj<number> {
    return (item) => item as unknown as InternalHorzScaleItem;
  }
  convertHorzItemToInternal(item: number): InternalHorzScaleItem {
    return item as unknown as InternalHorzScaleItem;
  }
  key(item: InternalHorzScaleItem | number): InternalHorzScaleItemKey {
    return item as unknown as InternalHorzScaleItemKey;
  }
  cacheKey(item: InternalHorzScaleItem): number {
    return asNumber(item);
  }
  formatHorzItem(item: InternalHorzScaleItem): string {
    return this.domain.format(valueAt(this.domain, asNumber(item)));
  }
  formatTickmark(mark: TickMark): string {
    const value = valueAt(this.domain, asNumber(mark.time));
    const level = highest - mark.weight;
    const points = (this.domain.kind === 'number' ? numberLevels : dateLevels)[level] ?? 0;
    if (points * this.spacing() < labelRoom) return '';
    if (this.domain.kind === 'number') return this.domain.format(value);
    const iso = isoDateOf(value);
    return level <= 2 ? monthYear(iso) : date(iso).slice(0, -5);
  }
  maxTickMarkWeight(marks: TimeMark[]): TickMarkWeightValue {
    return marks.reduce((most, mark) => (mark.weight > most.weight ? mark : most)).weight;
  }
  fillWeightsForPoints(points: readonly Mutable<TimeScalePoint>[], start: number): void {
    for (const point of points.slice(start)) {
      const position = this.domain.first + asNumber(point.time);
      const level = this.domain.kind === 'date' ? dateLevel(position) : numberLevel(position);
      point.timeWeight = (level < 0 ? 0 : highest - level) as TickMarkWeightValue;
    }
  }
  shouldResetTickmarkLabels(): boolean {
    return true;
  }
}
