import type { Exposure, ExposureAcross } from '../../../../shared/contract/exposure.ts';
import type { IsoDate } from '../../../../shared/dates.ts';
import { vegaFactor, type VegaRule } from '../../../../shared/quant/contracts/adjusted-vega.ts';
import { calendarPeriods } from '../../../../shared/quant/contracts/calendar-periods.ts';
import { bookExposure } from '../../../../shared/quant/contracts/exposure.ts';
import type { Readers } from '../../../store/index.ts';
import { periodsOf, slicesOf, type ExposureBook } from './exposure-book.ts';
import { flatteningStraddles } from './profile-hedge.ts';

/** Vega and gamma of one underlying's book by time slice, and how many contracts flatten each (math §10). */
export function exposureOf(book: ExposureBook, rule: VegaRule): Exposure {
  const { underlying, days, structure, parts } = book;
  const { slices, problems } = slicesOf(book, periodsOf(book));
  const found = bookExposure({ slices, items: parts.map(({ item }) => item) });
  const adjusted = found.slices.map((slice) => {
    const factor = vegaFactor(rule, slice);
    return {
      start: slice.start,
      end: slice.end,
      kind: slice.kind,
      forwardVol: slice.forwardVol,
      vegaPerVolPoint: slice.vegaPerVolPoint,
      vegaFactor: factor,
      adjustedVegaPerVolPoint: factor * slice.vegaPerVolPoint,
      gammaDollar1Pct: slice.gammaDollar1Pct,
      byContract: slice.byContract.map((row) => ({
        ...row,
        adjustedVegaPerVolPoint: factor * row.vegaPerVolPoint,
      })),
    };
  });
  return {
    underlying,
    asOf: days.on,
    marketDate: days.marketDate,
    spot: structure.spot,
    slices: adjusted,
    contracts: parts.map(({ held }) => held),
    totals: {
      ...found.totals,
      adjustedVegaPerVolPoint: sum(adjusted, (slice) => slice.adjustedVegaPerVolPoint),
      premium: sum(parts, ({ held }) => held.premium),
    },
    hedges: flatteningStraddles(book, slices),
    notIncluded: [...book.notIncluded, ...problems],
    assumed: parts.flatMap(({ assumed }) => (assumed === null ? [] : [assumed])),
  };
}

const sum = <Item>(items: readonly Item[], value: (item: Item) => number): number =>
  items.reduce((total, item) => total + value(item), 0);

/** All books together: one row a name, and vega and gamma by calendar month, which all names share. */
export function exposureAcross(
  books: readonly ExposureBook[],
  rule: VegaRule,
  asOf: IsoDate,
  read: Readers,
): ExposureAcross {
  const last = books.reduce(
    (latest, { parts }) => parts.reduce((a, { held }) => (held.end > a ? held.end : a), latest),
    asOf,
  );
  const periods = calendarPeriods(asOf, last, 'months');
  const currencyOf = (symbol: string): string => read.underliers.find(symbol)?.currency ?? '';
  const rows = books.map((book) => {
    const own = slicesOf(book, periodsOf(book));
    const { slices } = slicesOf(book, periods);
    const items = book.parts.map(({ item }) => item);
    const monthly = bookExposure({ slices, items });
    const byMonth = monthly.slices.map((slice) => {
      const { start, vegaPerVolPoint, gammaDollar1Pct } = slice;
      const adjustedVegaPerVolPoint = vegaFactor(rule, slice) * vegaPerVolPoint;
      return { start, vegaPerVolPoint, adjustedVegaPerVolPoint, gammaDollar1Pct };
    });
    const instruments = [...new Set(book.parts.map(({ held }) => held.instrument))];
    const listedOptions = book.parts.filter(({ held }) => held.instrument === 'listed-option').length;
    return {
      byMonth,
      row: {
        underlying: book.underlying,
        currency: currencyOf(book.underlying),
        contracts: book.parts.length - listedOptions,
        listedOptions,
        premium: sum(book.parts, ({ held }) => held.premium),
        ...monthly.totals,
        adjustedVegaPerVolPoint: sum(byMonth, (month) => month.adjustedVegaPerVolPoint),
        byInstrument: instruments.map((instrument) => ({
          instrument,
          vegaPerVolPoint: sum(
            book.parts.filter(({ held }) => held.instrument === instrument),
            ({ held }) => held.vegaPerVolPoint,
          ),
        })),
        // Without a contract there is nothing that a gap lies between.
        gaps:
          listedOptions === book.parts.length ? 0 : own.slices.filter(({ kind }) => kind === 'gap').length,
        overlaps: own.slices.filter(({ kind }) => kind === 'overlap').length,
        notIncluded: book.notIncluded.length + own.problems.length,
      },
    };
  });
  return {
    asOf,
    currencies: [...new Set(rows.map(({ row }) => row.currency))].sort(),
    months: periods.map(({ start, end }) => {
      const byUnderlying = rows.flatMap(({ row, byMonth }) => {
        const month = byMonth.find((one) => one.start === start);
        if (month === undefined || (month.vegaPerVolPoint === 0 && month.gammaDollar1Pct === 0)) return [];
        const { start: _start, ...numbers } = month;
        return [{ underlying: row.underlying, ...numbers }];
      });
      return {
        start,
        end,
        vegaPerVolPoint: sum(byUnderlying, (one) => one.vegaPerVolPoint),
        adjustedVegaPerVolPoint: sum(byUnderlying, (one) => one.adjustedVegaPerVolPoint),
        gammaDollar1Pct: sum(byUnderlying, (one) => one.gammaDollar1Pct),
        byUnderlying,
      };
    }),
    underlyings: rows.map(({ row }) => row),
  };
}
