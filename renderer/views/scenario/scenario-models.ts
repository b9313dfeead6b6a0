import type { OutputOf } from '../../../shared/contract/index.ts';
import type { ScenarioEditRequest, ScenarioMarketEdit } from '../../../shared/contract/scenario-edits.ts';
import type { ScenarioHead, ScenarioRow } from '../../../shared/contract/scenario.ts';
import { date, decimal, price, signedDecimal, volPercent, volPoints, percent } from '../../format.ts';

export interface BranchLine {
  readonly head: ScenarioHead;
  readonly depth: number;
}

/** Sessions as a tree, parents before their branches, by name; one whose parent is gone stands at the top. */
export function branchesOf(sessions: readonly ScenarioHead[]): readonly BranchLine[] {
  const known = new Set(sessions.map((one) => one.scenarioId));
  const byName = sessions.toSorted((a, b) => a.name.localeCompare(b.name));
  const under = (parentId: number | null, depth: number): readonly BranchLine[] =>
    byName
      .filter((one) => (one.parentId !== null && known.has(one.parentId) ? one.parentId : null) === parentId)
      .flatMap((head) => [{ head, depth }, ...under(head.scenarioId, depth + 1)]);
  return under(null, 0);
}

/** The name, or with the first number that nobody has. */
export function freeSessionName(name: string, taken: readonly string[]): string {
  const used = new Set(taken.map((one) => one.trim().toLowerCase()));
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${name} (${number})`;
    if (!used.has(candidate.toLowerCase())) return candidate;
  }
}

/** One thing that is otherwise than in the frozen book, and the edit that takes it back. */
export interface DifferenceLine {
  readonly key: string;
  readonly what: 'added' | 'removed' | 'changed';
  readonly subject: string;
  readonly detail: string;
  readonly takeBack: readonly ScenarioEditRequest[];
}

export const quantityText = (quantity: number | null): string =>
  decimal(quantity, quantity === null || Number.isInteger(quantity) ? 0 : 2);

const inputWords: Readonly<Record<ScenarioMarketEdit['input'], string>> = {
  spot: 'spot',
  vol: 'volatility',
  volShift: 'volatility shift',
  dividendYield: 'dividend yield',
  rate: 'rate',
};

function marketValueText({ input, value }: ScenarioMarketEdit): string {
  switch (input) {
    case 'spot':
      return price(value);
    case 'vol':
      return `${volPercent(value)} %`;
    case 'volShift':
      return `${volPoints(value)} vol pts`;
    case 'dividendYield':
    case 'rate':
      return `${percent(value, 2)} %`;
  }
}

const rowWords = (row: ScenarioRow): string => {
  switch (row.change) {
    case 'added':
      return signedDecimal(row.quantity, Number.isInteger(row.quantity) ? 0 : 2);
    case 'removed':
      return `was ${quantityText(row.frozenQuantity)}`;
    case 'same':
    case 'changed':
      return `${quantityText(row.frozenQuantity)} → ${quantityText(row.quantity)}`;
  }
};

/** Everything that the session has otherwise than its frozen book, rows first. */
export function differencesOf(open: OutputOf<'scenario.open'>): readonly DifferenceLine[] {
  const { head, rows, market } = open;
  const changed = rows.filter((row) => row.change !== 'same');
  return [
    ...changed.map((row): DifferenceLine => ({
      key: row.positionId,
      what: row.change === 'same' ? 'changed' : row.change,
      subject: row.label,
      detail: rowWords(row),
      takeBack: [{ kind: 'restore', positionId: row.positionId }],
    })),
    ...market.map((edit): DifferenceLine => ({
      key: `${edit.symbol}.${edit.input}.${edit.expiry ?? ''}`,
      what: 'changed',
      subject: `${edit.symbol} ${inputWords[edit.input]}${edit.expiry === null ? '' : ` ${date(edit.expiry)}`}`,
      detail: marketValueText(edit),
      takeBack: [{ ...edit, value: null }],
    })),
    ...(head.date === head.asOf
      ? []
      : [
          {
            key: 'date',
            what: 'changed' as const,
            subject: 'Date',
            detail: `${date(head.asOf)} → ${date(head.date)}`,
            takeBack: [{ kind: 'date' as const, asOf: null }],
          },
        ]),
    ...(head.shock === null
      ? []
      : [
          {
            key: 'shock',
            what: 'changed' as const,
            subject: 'Shock',
            detail: head.shock,
            takeBack: [{ kind: 'shock' as const, shock: null }],
          },
        ]),
  ];
}
