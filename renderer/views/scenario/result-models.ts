import type { OutputOf } from '../../../shared/contract/index.ts';
import type { ResultGroup } from '../../state/scenario-choices.ts';

type Valued = OutputOf<'scenario.value'>;

/** A line of the result: a position, or what a name, family or side of the book adds up to. */
export interface ResultRow {
  readonly id: string;
  readonly label: string;
  readonly symbol: string | null;
  readonly family: string | null;
  readonly positions: number;
  readonly profit: number | null;
  readonly value: number | null;
  readonly deltaDollar: number | null;
  readonly gammaDollar1Pct: number | null;
  readonly vegaPerVolPoint: number | null;
  readonly thetaPerDay: number | null;
  readonly reason: string | null;
}

export const familyWords: Readonly<Record<string, string>> = {
  stock: 'Stocks',
  cash: 'Cash',
  future: 'Futures',
  'listed-option': 'Listed options',
  'forward-start': 'Forward starts',
  'realized-vol': 'Realized vol',
};
const roleWords: Readonly<Record<string, string>> = { index: 'Indexes', name: 'Names', other: 'Other' };

/** What a group is called on screen. */
export const groupWords = (group: string): string => familyWords[group] ?? roleWords[group] ?? group;

/** Rows at the depth asked for; positions of one group alone where `within` names it. */
export function resultRows(
  value: Valued,
  group: ResultGroup,
  within: { readonly group: 'name' | 'family'; readonly key: string } | null,
): readonly ResultRow[] {
  if (group === 'position' || within !== null) {
    return value.positions.flatMap((position, at): readonly ResultRow[] => {
      const key = within?.group === 'family' ? position.family : position.symbol;
      if (within !== null && key !== within.key) return [];
      const { measures } = position;
      return [
        {
          id: position.positionId,
          label: position.label,
          symbol: position.symbol,
          family: groupWords(position.family),
          positions: 1,
          profit: value.profits[at] ?? null,
          value: measures?.value ?? null,
          deltaDollar: measures?.deltaDollar ?? null,
          gammaDollar1Pct: measures?.gammaDollar1Pct ?? null,
          vegaPerVolPoint: measures?.vegaPerVolPoint ?? null,
          thetaPerDay: measures?.thetaPerDay ?? null,
          reason: position.reason ?? position.note,
        },
      ];
    });
  }
  const groups = { name: value.byName, family: value.byFamily, role: value.byRole }[group];
  const keyOf = (at: number) => {
    const position = value.positions[at];
    return group === 'family' ? position?.family : position?.symbol;
  };
  const profits = new Map<string, number>();
  value.profits.forEach((profit, at) => {
    const key = keyOf(at);
    if (key !== undefined && profit !== null) profits.set(key, (profits.get(key) ?? 0) + profit);
  });
  return groups.map((one) => ({
    id: one.group,
    label: groupWords(one.group),
    symbol: group === 'name' ? one.group : null,
    family: null,
    positions: one.positions,
    profit: group === 'role' ? null : (profits.get(one.group) ?? 0),
    value: one.value,
    deltaDollar: one.deltaDollar,
    gammaDollar1Pct: one.gammaDollar1Pct,
    vegaPerVolPoint: one.vegaPerVolPoint,
    thetaPerDay: one.thetaPerDay,
    reason: group === 'role' ? 'Profit is told by position, name and family.' : null,
  }));
}
