import type { ProfileHedge } from '../../../shared/contract/exposure.ts';
import type { SliceModel } from '../../charts/slice-chart.ts';
import { compact } from '../../format.ts';

const [heldColor, hedgeColor] = [0, 2];
const signedCompact = (value: number): string => (value > 0 ? `+${compact(value)}` : compact(value));

/** Vega held by slice with the target typed or dragged across it, and what the whole contracts make of it. */
export function targetModel(
  hedge: ProfileHedge,
  targets: Readonly<Record<string, number>>,
  currency: string,
): SliceModel | null {
  if (hedge.slices.length === 0) return null;
  const place = ({ start, end, kind }: ProfileHedge['slices'][number]) => ({ start, end, kind });
  return {
    asOf: hedge.asOf,
    lanes: [],
    lit: [],
    panes: [
      {
        title: `Vega held and aimed at, ${currency} per vol pt`,
        formatY: signedCompact,
        bars: hedge.slices.map((slice) => ({
          ...place(slice),
          target: targets[slice.start] ?? 0,
          parts: [{ id: 'held', label: 'Held', value: slice.vegaPerVolPoint, color: heldColor }],
        })),
      },
      {
        title: `After the whole contracts, ${currency} per vol pt`,
        formatY: signedCompact,
        bars: hedge.slices.map((slice) => ({
          ...place(slice),
          parts: [
            { id: 'after', label: 'After the hedge', value: slice.afterVegaPerVolPoint, color: hedgeColor },
          ],
        })),
      },
    ],
  };
}
