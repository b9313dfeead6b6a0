import type { BasketResult } from '../../../shared/contract/basket.ts';
import type { Failure } from '../../../shared/failure.ts';
import type { LineModel } from '../../charts/line-chart.ts';
import { decimal, integer, percent, signedPercent, volPercent } from '../../format.ts';

/** Index and basket from the first day, their difference, and the holdout shaded. */
export function fitModel(result: BasketResult): LineModel | null {
  const { dates, index, basket, holdoutFrom } = result.series;
  if (dates.length < 2) return null;
  const last = dates.at(-1);
  return {
    xKind: 'date',
    xTitle: 'Market day',
    yTitle: 'Cumulative return, %',
    formatY: (value) => signedPercent(value, 1),
    lines: [
      { label: result.index, color: 0, x: dates, y: index },
      { label: 'Basket', color: 1, x: dates, y: basket },
      {
        label: 'Basket − index',
        color: 'dim',
        width: 1,
        x: dates,
        y: basket.map((value, at) => value - (index[at] ?? 0)),
      },
    ],
    ...(holdoutFrom === null || last === undefined
      ? {}
      : { stretches: [{ from: holdoutFrom, to: last, label: 'holdout' }] }),
  };
}

/** Returns of the periods between cumulative ones. */
const returnsOf = (levels: readonly number[]): readonly number[] =>
  levels.map((level, at) => (1 + level) / (1 + (levels[at - 1] ?? 0)) - 1);

/** What the basket returned over the index in each period, against two standard deviations in sample. */
export function residualModel(result: BasketResult): LineModel | null {
  const { dates, index, basket, holdoutFrom } = result.series;
  const [first, last] = [dates[0], dates.at(-1)];
  if (first === undefined || last === undefined || dates.length < 2) return null;
  const own = returnsOf(index);
  const differences = returnsOf(basket).map((value, at) => value - (own[at] ?? 0));
  const inside = differences.filter((_, at) => (dates[at] ?? '') <= result.inSample.to);
  const mean = inside.reduce((a, b) => a + b, 0) / Math.max(1, inside.length);
  const squares = inside.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / Math.max(1, inside.length - 1));
  return {
    xKind: 'date',
    xTitle: 'Market day',
    yTitle: `Basket − index, % a ${result.rules.frequency === 'weekly' ? 'week' : 'day'}`,
    formatY: (value) => signedPercent(value, 2),
    lines: [{ label: 'Basket − index', color: 'dim', width: 1, x: dates, y: differences }],
    levels: [
      { y: mean + 2 * deviation, label: '+2σ' },
      { y: mean - 2 * deviation, label: '−2σ' },
    ],
    ...(holdoutFrom === null ? {} : { stretches: [{ from: holdoutFrom, to: last, label: 'holdout' }] }),
  };
}

/** The rules a search names when it fails, in the words of the form. */
const rules: Readonly<Record<string, (limit: string) => string>> = {
  minR2: (limit) => `r² of at least ${decimal(Number(limit), 3)}`,
  maxNames: (limit) => `at most ${integer(Number(limit))} names`,
  maxNameShare: (limit) => `fewer than ${percent(Number(limit), 1)} % of the index’s names`,
  maxWeightOverlap: (limit) => `a weight overlap below ${percent(Number(limit), 1)} %`,
  minVolDifferential: (limit) =>
    `names with σ at least ${volPercent(Number(limit))} vol pts above the index’s`,
  minBasketVolSpread: (limit) => `a basket σ at least ${volPercent(Number(limit))} vol pts above the index’s`,
  lock: (names) => `the names kept (${names})`,
};

/** The names held after a step of the search, in the order they came. */
export function namesAfter(result: Pick<BasketResult, 'swaps'>, step: number): readonly string[] {
  const held = new Set<string>();
  for (const swap of result.swaps.slice(0, step)) {
    if (swap.out !== null) held.delete(swap.out);
    if (swap.in !== null) held.add(swap.in);
  }
  return [...held];
}

/** A failed search in the form's own words; null for any other failure. */
export function conflictSentence(error: Failure): string | null {
  if (error.code !== 'infeasible') return null;
  const conflict = String(error.detail['conflict'] ?? '');
  const parts = conflict.split(' with ').map((part) => {
    const space = part.indexOf(' ');
    return rules[part.slice(0, space)]?.(part.slice(space + 1)) ?? part;
  });
  return `${error.subject} cannot have ${parts.join(' and ')}: no choice of names meets ${parts.length > 1 ? 'these together' : 'this with the other rules'}. Relax ${parts.length > 1 ? 'one of them' : 'it, or allow more names'}.`;
}

const labels: Readonly<Record<string, string>> = {
  index: 'Index',
  names: 'Names typed in',
  maxNames: 'Names at most',
  minRSquared: 'r² at least',
  minVolDifferential: 'σ − σ index at least',
  volDifferentialShare: 'Share of names that meet it',
  volDifferentialKind: 'Kind of volatility',
  termDays: 'Term of the volatility, days',
  maxIndexShare: 'Share of the index’s names below',
  maxWeightOverlap: 'Weight overlap below',
  frequency: 'Returns',
  from: 'Window from',
  to: 'Window to',
  holdoutFrom: 'Holdout from',
  capital: 'Capital',
  lotSize: 'Lot size',
  lotSizes: 'Lots by name',
  lots: 'Lots',
  nameBounds: 'Weight of every name',
  boundsBySymbol: 'Weights by name',
  sectorBounds: 'Weights of sectors',
  lock: 'Must have',
  exclude: 'Must not have',
  asOf: 'As of',
};

/** A rule's key in the words of the form. */
export const ruleLabel = (rule: string): string => labels[rule] ?? rule;
