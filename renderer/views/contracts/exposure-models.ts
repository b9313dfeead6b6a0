import type { Exposure } from '../../../shared/contract/exposure.ts';
import { daysBetween } from '../../../shared/dates.ts';
import type { SliceModel } from '../../charts/slice-chart.ts';
import { compact, decimal } from '../../format.ts';

type Instrument = Exposure['contracts'][number]['instrument'];

/** Places in the series palette, the same in every chart of the book. */
export const instrumentColors: Readonly<Record<Instrument, number>> = {
  'forward-start': 0,
  'realized-vol': 3,
  'listed-option': 1,
};
const instrumentWords: Readonly<Record<Instrument, string>> = {
  'forward-start': 'Forward starts',
  'realized-vol': 'Vol contracts',
  'listed-option': 'Listed options',
};

const signedCompact = (value: number): string => (value > 0 ? `+${compact(value)}` : compact(value));

/** Contracts on their reference periods over vega and gamma by slice, on one axis of time. */
export function exposureModel(
  exposure: Exposure,
  lit: readonly string[],
  currency: string,
): SliceModel | null {
  if (exposure.slices.length === 0) return null;
  const lanes = exposure.contracts
    .toSorted((a, b) => a.start.localeCompare(b.start) || a.end.localeCompare(b.end))
    .map((contract) => ({
      id: contract.contractId,
      label:
        contract.label === contract.contractId
          ? `${decimal(contract.quantity, 0)} × ${contract.contractId}`
          : `${decimal(contract.quantity, 0)} × ${contract.contractId}, ${contract.label}`,
      start: contract.start < exposure.asOf ? exposure.asOf : contract.start,
      end: contract.end,
      color: instrumentColors[contract.instrument],
    }));
  const bars = (value: (part: Exposure['slices'][number]['byContract'][number]) => number) =>
    exposure.slices.map((slice) => ({
      start: slice.start,
      end: slice.end,
      kind: slice.kind,
      parts: slice.byContract
        .toSorted((a, b) => instrumentColors[a.instrument] - instrumentColors[b.instrument])
        .map((part) => ({
          id: part.contractId,
          label: instrumentWords[part.instrument],
          value: value(part),
          color: instrumentColors[part.instrument],
        })),
    }));
  return {
    asOf: exposure.asOf,
    lanes,
    panes: [
      {
        title: `Vega by slice, ${currency} per vol pt`,
        formatY: signedCompact,
        bars: bars((part) => part.vegaPerVolPoint),
      },
      {
        title: `Gamma by slice, ${currency} per 1 %`,
        formatY: signedCompact,
        bars: bars((part) => part.gammaDollar1Pct),
      },
    ],
    lit,
  };
}

/** A slice with the straddles that flatten it. */
export interface SliceRow {
  readonly start: string;
  readonly end: string;
  readonly days: number;
  readonly kind: Exposure['slices'][number]['kind'];
  readonly forwardVol: number | null;
  readonly vegaPerVolPoint: number;
  readonly gammaDollar1Pct: number;
  readonly contracts: number;
  readonly byVega: number | null;
  readonly byGamma: number | null;
  readonly difference: number | null;
  readonly whole: number | null;
  readonly leftVegaPerVolPoint: number | null;
}

export const sliceRows = (exposure: Exposure): readonly SliceRow[] =>
  exposure.slices.map((slice) => {
    const hedge = exposure.hedges.find((item) => item.start === slice.start && item.end === slice.end);
    const [byVega, byGamma] = [hedge?.byVega ?? null, hedge?.byGamma ?? null];
    return {
      start: slice.start,
      end: slice.end,
      days: daysBetween(slice.start, slice.end),
      kind: slice.kind,
      forwardVol: slice.forwardVol,
      vegaPerVolPoint: slice.vegaPerVolPoint,
      gammaDollar1Pct: slice.gammaDollar1Pct,
      contracts: slice.byContract.length,
      byVega,
      byGamma,
      difference: byVega === null || byGamma === null ? null : byVega - byGamma,
      whole: hedge?.whole ?? null,
      leftVegaPerVolPoint: hedge?.leftVegaPerVolPoint ?? null,
    };
  });

/** Contracts with a part in a slice. */
export const contractsIn = (exposure: Exposure, row: Pick<SliceRow, 'start' | 'end'>): readonly string[] =>
  exposure.slices
    .find((slice) => slice.start === row.start && slice.end === row.end)
    ?.byContract.map((part) => part.contractId) ?? [];
