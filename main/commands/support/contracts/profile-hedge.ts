import type { Exposure, ProfileHedge } from '../../../../shared/contract/exposure.ts';
import type { IsoDate } from '../../../../shared/dates.ts';
import { calendarPeriods } from '../../../../shared/quant/contracts/calendar-periods.ts';
import { bookExposure } from '../../../../shared/quant/contracts/exposure.ts';
import {
  hedgeNumbers,
  straddleOfPeriod,
  type HedgeContract,
} from '../../../../shared/quant/contracts/hedge-numbers.ts';
import type { PricedSlice, ReferencePeriod } from '../../../../shared/quant/contracts/slices.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import type { TermStructure } from '../market/term-structure.ts';
import { periodsOf, slicesOf, type ExposureBook } from './exposure-book.ts';

/** Currency per 1.00 of payoff of the straddle that the ladder's hedge numbers count in. */
const usualAmount = 1_000_000;

const dayMonth = (date: IsoDate): string => date.slice(2);

/** One straddle a slice, as the contract that hedge numbers count in; none where a slice has no volatility. */
function straddles(
  slices: readonly PricedSlice[],
  structure: TermStructure,
  amount: number,
): readonly HedgeContract[] {
  return slices.flatMap((slice) => {
    if (slice.forwardVol === null) return [];
    const made = straddleOfPeriod({
      contract: `straddle ${dayMonth(slice.start)} to ${dayMonth(slice.end)}`,
      startTime: slice.startTime,
      endTime: slice.endTime,
      vol: slice.forwardVol,
      amount,
      carryFactor: (structure.forwardAt(slice.endTime) ?? 1) / (structure.forwardAt(slice.startTime) ?? 1),
      discountFactor: structure.discountAt(slice.endTime),
    });
    return made.ok ? [made.value] : [];
  });
}

const isOf = (slice: PricedSlice) => (one: { readonly startTime: number; readonly endTime: number }) =>
  one.startTime === slice.startTime && one.endTime === slice.endTime;

/** Straddles that bring each slice of a book's ladder to zero. */
export function flatteningStraddles(book: ExposureBook, slices: readonly PricedSlice[]): Exposure['hedges'] {
  const exposure = bookExposure({ slices, items: book.parts.map(({ item }) => item) });
  const contracts = straddles(slices, book.structure, usualAmount);
  const found = contracts.length === 0 ? null : hedgeNumbers({ slices, exposure, contracts });
  return slices.map((slice, at) => {
    const number = found?.ok === true ? found.value.numbers.find(isOf(slice)) : undefined;
    return {
      start: slice.start,
      end: slice.end,
      contract: number?.contract ?? 'none',
      byVega: number?.byVega ?? null,
      byGamma: number?.byGamma ?? null,
      whole: number?.whole ?? null,
      leftVegaPerVolPoint: found?.ok === true ? (found.value.leftVegaPerVolPoint[at] ?? null) : null,
    };
  });
}

/** Where time is cut for a hedge: at the contracts held, at calendar ends, or at the ends held. */
function periodsFor(
  book: ExposureBook,
  cut: 'contracts' | 'months' | 'quarters' | 'expiries',
): readonly ReferencePeriod[] {
  const asOf = book.days.on;
  const ends = [...new Set(book.parts.map(({ held }) => held.end))].sort();
  const last = ends.at(-1);
  if (last === undefined) return [];
  if (cut === 'contracts') return periodsOf(book);
  if (cut === 'expiries') return ends.map((end, at) => ({ start: ends[at - 1] ?? asOf, end }));
  return calendarPeriods(asOf, last, cut);
}

/** How many straddles a slice bring a book's vega to a profile, what whole ones leave, and gamma beside it. */
export function profileHedge(request: {
  readonly book: ExposureBook;
  readonly source: string;
  readonly cut: 'contracts' | 'months' | 'quarters' | 'expiries';
  readonly targets: readonly { readonly start: IsoDate; readonly vegaPerVolPoint: number }[];
  readonly targetGammaDollar1Pct: number;
  readonly amount: number;
}): Result<ProfileHedge, string> {
  const { book, source, cut, targets, targetGammaDollar1Pct, amount } = request;
  const { slices, problems } = slicesOf(book, periodsFor(book, cut));
  const exposure = bookExposure({ slices, items: book.parts.map(({ item }) => item) });
  const contracts = straddles(slices, book.structure, amount);
  const wanted = new Map(targets.map(({ start, vegaPerVolPoint }) => [start, vegaPerVolPoint]));
  const targetOf = (slice: PricedSlice): number => wanted.get(slice.start) ?? 0;
  const solved =
    contracts.length === 0
      ? null
      : hedgeNumbers({
          slices,
          exposure,
          contracts,
          targetVegaPerVolPoint: slices.map(targetOf),
          targetGammaDollar1Pct,
        });
  if (solved !== null && !solved.ok) return fail(String(solved.error.detail['reason'] ?? ''));
  const near = solved?.value.numbers.find(({ startTime }) => startTime === 0);
  return ok({
    underlying: book.underlying,
    asOf: book.days.on,
    source,
    amount,
    slices: slices.map((slice, at) => {
      const number = solved?.value.numbers.find(isOf(slice));
      const contract = contracts.find(isOf(slice));
      const vega = exposure.slices[at]?.vegaPerVolPoint ?? 0;
      const target = targetOf(slice);
      const left = solved?.value.leftVegaPerVolPoint[at] ?? vega - target;
      return {
        start: slice.start,
        end: slice.end,
        kind: slice.kind,
        forwardVol: slice.forwardVol,
        vegaPerVolPoint: vega,
        targetVegaPerVolPoint: target,
        contract: contract?.contract ?? null,
        contractVegaPerVolPoint: contract?.vegaPerVolPoint ?? null,
        exact: number?.byVega ?? null,
        whole: number?.whole ?? null,
        afterVegaPerVolPoint: target + left,
        leftVegaPerVolPoint: left,
      };
    }),
    gamma: {
      before: exposure.totals.gammaDollar1Pct,
      after:
        (solved?.value.leftGammaDollar1Pct ?? exposure.totals.gammaDollar1Pct - targetGammaDollar1Pct) +
        targetGammaDollar1Pct,
      target: targetGammaDollar1Pct,
      byGamma: near?.byGamma ?? null,
      byVega: near?.byVega ?? null,
      difference: near?.difference == null ? null : -near.difference,
    },
    nearTerm: exposure.nearTerm.map((row) => ({
      contractId: row.contractId,
      vegaPerVolPoint: row.nearTermVegaPerVolPoint,
      fromGammaPerVolPoint: row.vegaFromGammaPerVolPoint,
      difference: row.difference,
    })),
    notIncluded: [...book.notIncluded, ...problems],
  });
}
