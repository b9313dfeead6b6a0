import type { BasketComparison, BasketVersionHead } from '../../../../shared/contract/basket-desk.ts';
import type { BasketRules, SavedBasket } from '../../../../shared/contract/basket.ts';
import { failure } from '../../../../shared/failure.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import type { Readers } from '../../../store/index.ts';

export interface VersionChoice {
  readonly name: string;
  readonly version?: number | undefined;
}

/** A saved basket, the newest version where none is named. Failure: `not-found`. */
export function savedVersion(read: Readers, { name, version }: VersionChoice): Result<SavedBasket> {
  const found = version === undefined ? read.baskets.find(name) : read.baskets.find(name, version);
  const subject = version === undefined ? `Basket ${name}` : `Version ${version} of basket ${name}`;
  return found === null
    ? fail(failure('not-found', subject, { next: 'Build and save it first.' }))
    : ok(found);
}

export const headOf = ({ name, version, savedAt, result }: SavedBasket): BasketVersionHead => ({
  name,
  version,
  savedAt,
  index: result.index,
  asOf: result.asOf,
  names: result.names.filter(({ shares }) => shares > 0).length,
  rSquared: result.inSample.rSquared,
  rSquaredHoldout: result.holdout?.rSquared ?? null,
  trackingError: result.inSample.trackingError,
  notional: result.notional,
  note: result.note ?? null,
  accepted: result.acceptance ?? null,
});

const inWords = (value: unknown): string => {
  if (value === undefined || value === null) return 'off';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
};

function changedRules(before: BasketRules, after: BasketRules): BasketComparison['rules'] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]) as ReadonlySet<keyof BasketRules>;
  return [...keys].flatMap((rule) => {
    const [was, is] = [inWords(before[rule]), inWords(after[rule])];
    return was === is ? [] : [{ rule, before: was, after: is }];
  });
}

/** Two saved baskets name by name: who came, who went, how the weights moved, and which rules differ. */
export function compareBaskets(before: SavedBasket, after: SavedBasket): BasketComparison {
  const [was, is] = [before, after].map(
    ({ result }) => new Map(result.names.filter(({ shares }) => shares > 0).map((row) => [row.symbol, row])),
  );
  const rows = [...new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])].map((symbol) => {
    const [a, b] = [was?.get(symbol), is?.get(symbol)];
    return {
      symbol,
      change: a === undefined ? ('in' as const) : b === undefined ? ('out' as const) : ('kept' as const),
      weightBefore: a?.weight ?? 0,
      weightAfter: b?.weight ?? 0,
      sharesBefore: a?.shares ?? 0,
      sharesAfter: b?.shares ?? 0,
    };
  });
  return {
    before: headOf(before),
    after: headOf(after),
    rows: rows.sort(
      (a, b) => Math.abs(b.weightAfter - b.weightBefore) - Math.abs(a.weightAfter - a.weightBefore),
    ),
    turnover: rows.reduce((sum, row) => sum + Math.abs(row.weightAfter - row.weightBefore), 0) / 2,
    rules: changedRules(before.result.rules, after.result.rules),
  };
}
