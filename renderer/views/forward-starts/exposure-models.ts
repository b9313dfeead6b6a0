import type { Exposure, VegaRule } from '../../../shared/contract/exposure.ts';
import { daysBetween } from '../../../shared/dates.ts';
import type { SliceModel } from '../../charts/slice-chart.ts';
import { compact, counted, decimal } from '../../format.ts';

type Instrument = Exposure['contracts'][number]['instrument'];

/** Places in the series palette, the same in every chart of the book. */
export const instrumentColors: Readonly<Record<Instrument, number>> = {
  'forward-start': 0,
  'realized-vol': 3,
  'listed-option': 1,
};
export const instrumentWords: Readonly<Record<Instrument, string>> = {
  'forward-start': 'Forward starts',
  'realized-vol': 'Vol contracts',
  'listed-option': 'Listed options',
};

const signedCompact = (value: number): string => (value > 0 ? `+${compact(value)}` : compact(value));

/** What a vega counts, in words. */
export const vegaUnit = (rule: VegaRule): string =>
  rule.kind === 'raw'
    ? 'per vol pt'
    : rule.kind === 'root-time'
      ? `per ${rule.termDays}-day vol pt`
      : 'per vol pt, by curve';

/** More listed options than this stand as one: lanes and bars of hundreds cannot be read. */
const mostListed = 12;
/** What all listed options are called where they stand as one. */
const listedTogether = 'listed options';

interface Folded {
  readonly exposure: Exposure;
  readonly isFolded: boolean;
}

/** The listed options of a long book as one part a slice, and one lane an expiry. */
function folded(exposure: Exposure): Folded {
  const listed = exposure.contracts.filter((item) => item.instrument === 'listed-option');
  if (listed.length <= mostListed) return { exposure, isFolded: false };
  const ends = [...new Set(listed.map((item) => item.end))];
  const sum = <Item>(items: readonly Item[], value: (item: Item) => number) =>
    items.reduce((total, item) => total + value(item), 0);
  return {
    isFolded: true,
    exposure: {
      ...exposure,
      contracts: [
        ...exposure.contracts.filter((item) => item.instrument !== 'listed-option'),
        ...ends.map((end) => {
          const own = listed.filter((item) => item.end === end);
          return {
            contractId: `${listedTogether} to ${end}`,
            instrument: 'listed-option' as const,
            label: counted(own.length, 'listed option'),
            start: exposure.asOf,
            end,
            quantity: sum(own, (item) => item.quantity),
            premium: sum(own, (item) => item.premium),
            vegaPerVolPoint: sum(own, (item) => item.vegaPerVolPoint),
            gammaDollar1Pct: sum(own, (item) => item.gammaDollar1Pct),
          };
        }),
      ],
      slices: exposure.slices.map((slice) => {
        const own = slice.byContract.filter((part) => part.instrument === 'listed-option');
        const rest = slice.byContract.filter((part) => part.instrument !== 'listed-option');
        if (own.length === 0) return slice;
        const together = {
          contractId: listedTogether,
          instrument: 'listed-option' as const,
          vegaPerVolPoint: sum(own, (part) => part.vegaPerVolPoint),
          adjustedVegaPerVolPoint: sum(own, (part) => part.adjustedVegaPerVolPoint),
          gammaDollar1Pct: sum(own, (part) => part.gammaDollar1Pct),
        };
        return { ...slice, byContract: [...rest, together] };
      }),
    },
  };
}

/** Contracts on their reference periods over vega and gamma by slice, on one axis of time. */
export function exposureModel(
  whole: Exposure,
  lit: readonly string[],
  currency: string,
  rule: VegaRule = { kind: 'raw' },
): SliceModel | null {
  if (whole.slices.length === 0) return null;
  const { exposure, isFolded } = folded(whole);
  const lanes = exposure.contracts
    .toSorted((a, b) => a.start.localeCompare(b.start) || a.end.localeCompare(b.end))
    .map((contract) => ({
      id: contract.contractId,
      label:
        isFolded && contract.instrument === 'listed-option'
          ? contract.label
          : contract.label === contract.contractId
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
        title: `Vega by slice, ${currency} ${vegaUnit(rule)}`,
        formatY: signedCompact,
        bars: bars((part) => part.adjustedVegaPerVolPoint),
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
  readonly vegaFactor: number;
  readonly adjustedVegaPerVolPoint: number;
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
      vegaFactor: slice.vegaFactor,
      adjustedVegaPerVolPoint: slice.adjustedVegaPerVolPoint,
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
