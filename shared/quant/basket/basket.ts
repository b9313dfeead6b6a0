import { sessionsPerYear } from '../../dates.ts';
import { failure, type Failure } from '../../failure.ts';
import { fail, ok, type Result } from '../../result.ts';
import { investedSums } from './basket-invested.ts';
import { basketRuleNames, isOn, type BasketFacts, type BasketRules, type RuleBook } from './basket-rules.ts';
import {
  countSets,
  enumerateSets,
  stepsBetween,
  swapSearch,
  type SearchResult,
  type SearchStep,
} from './basket-search.ts';
import { refit, type FitMethod, type Selection, type Space } from './basket-selection.ts';
import { largeUniverse } from './basket-steps.ts';
import type { WeightBounds } from '../math/bounded-fit.ts';
import { gramOf } from '../math/nnls.ts';

export interface TrackingBasketInput extends BasketRules {
  /** Index returns, oldest first. */
  readonly index: readonly number[];
  /** Returns of each stock over the same periods. */
  readonly stocks: Readonly<Record<string, readonly number[]>>;
  /** `nnls` (the default): weights ≥ 0. `ols`: free weights. */
  readonly method?: FitMethod | undefined;
  readonly periodsPerYear?: number | undefined;
  /** Enumerate where there are at most this many sets; default 200,000. 0 always searches. */
  readonly enumerateUpTo?: number | undefined;
  /** Of the seeded starts of the search. */
  readonly seed?: number | undefined;
  /** Told after every swap of the search. */
  readonly onStep?: ((step: SearchStep) => void) | undefined;
}

export interface TrackingBasket {
  /** In the order of `stocks`. */
  readonly names: readonly string[];
  /** Of the fit: they need not sum to 1 unless it is `invested`. */
  readonly weights: Readonly<Record<string, number>>;
  /** 1 − SSR / Σ(y − ȳ)². */
  readonly rSquared: number;
  readonly facts: BasketFacts;
  /** How the search came there, from its first name on. `out` null: a name was added. */
  readonly swaps: readonly {
    readonly out: string | null;
    readonly in: string | null;
    readonly rSquared: number;
  }[];
  /** `enumerated`: no set that meets the rules has a higher r². */
  readonly proof: 'enumerated' | 'searched';
  readonly setsEvaluated: number;
  readonly leftOut: readonly { readonly symbol: string; readonly reason: string }[];
}

/**
 * The set of names, and weights, whose returns follow the index best under the rules.
 *
 * Weights by least squares of index returns on stock returns without intercept, non-negative by
 * default; a name whose weight is 0 is not in the basket. `invested`, or with bounds on names or sectors,
 * weights sum to 1, and names are chosen by those weights. Exact by enumeration where the sets are few, else
 * by swapping names in and out until no swap helps, from several starts.
 *
 * Limits: `lock` demands a weight above 0. The searched answer is not proven best.
 * Failures: `infeasible` names the rules in conflict; `invalid-input` a series of another length, an
 *   index that does not vary, or a rule without what it needs.
 * Source: math §8.
 * Proof:  test/reference/quant/basket.test.ts (exhaustive optima), test/property/quant/basket.test.ts
 *   (search against enumeration)
 */
export function trackingBasket(input: TrackingBasketInput): Result<TrackingBasket, Failure> {
  const { maxNames, enumerateUpTo = 200_000, method = 'nnls', seed = 1 } = input;
  const fault = faultOf(input);
  if (fault !== null) return fail(failure('invalid-input', 'The tracking basket', { reason: fault }));
  const book = ruleBook(input);
  const leftOut = leaveOut(input, book);
  const out = new Set(leftOut.map(({ symbol }) => symbol));
  const universe = book.symbols.flatMap((symbol, column) => (out.has(symbol) ? [] : [column]));
  const space = { book, universe, method, maxNames: Math.min(maxNames ?? universe.length, universe.length) };

  if (book.bounds !== null && reachOf(book.bounds, space) < 1 - 1e-9) {
    const conflict = `the weight bounds with maxNames ${space.maxNames}`;
    return fail(failure('infeasible', 'The tracking basket', { conflict }));
  }

  const searched = swapSearch(space, seed, input.onStep);
  const most = book.bounds === null ? enumerateUpTo : Math.min(enumerateUpTo, boundedSets);
  const few = countSets(universe.length, space.maxNames, most) <= most;
  const exact = few ? enumerateSets(space) : null;
  const best = better(exact?.best ?? null, searched.best);
  if (best === null) {
    const anyName = book.symbols.flatMap((s, column) =>
      input.exclude?.includes(s) === true ? [] : [column],
    );
    const wide = {
      ...space,
      universe: anyName,
      maxNames: Math.min(maxNames ?? anyName.length, anyName.length),
    };
    const within = anyName.length === universe.length ? searched : swapSearch(wide, seed, input.onStep);
    const conflict = conflictText(input, within, unlimitedSearch(wide, seed));
    return fail(failure('infeasible', 'The tracking basket', { conflict }));
  }
  const steps = [...searched.swaps, ...stepsBetween(searched.best?.columns ?? [], best)];
  const nameOf = (column: number | null): string | null => (column === null ? null : book.symbols[column]!);
  return ok({
    names: best.columns.map((column) => book.symbols[column]!),
    weights: Object.fromEntries(best.columns.map((column, i) => [book.symbols[column]!, best.weights[i]!])),
    rSquared: best.facts.rSquared,
    facts: best.facts,
    swaps: steps.map((step) => ({ out: nameOf(step.out), in: nameOf(step.in), rSquared: step.rSquared })),
    proof: exact === null ? 'searched' : 'enumerated',
    setsEvaluated: searched.evaluated + (exact?.evaluated ?? 0),
    leftOut,
  });
}

/** The most that the weights of so many names can sum to. */
const reachOf = (
  { upper }: WeightBounds,
  { universe, maxNames }: { readonly universe: readonly number[]; readonly maxNames: number },
): number =>
  universe
    .map((column) => upper[column]!)
    .sort((a, b) => b - a)
    .slice(0, maxNames)
    .reduce((sum, most) => sum + most, 0);

/** Fits under bounds cost more: fewer sets of them are enumerated. */
const boundedSets = 4000;

/** The enumerated set unless the searched one is as good: the swaps then lead to what is returned. */
function better(exact: Selection | null, searched: Selection | null): Selection | null {
  if (exact === null || searched === null) return exact ?? searched;
  return searched.facts.rSquared >= exact.facts.rSquared - 1e-13 ? searched : exact;
}

function faultOf(input: TrackingBasketInput): string | null {
  const { index, stocks } = input;
  const entries = Object.entries(stocks);
  if (entries.length === 0) return 'there are no stocks';
  if (index.length < 3) return `${index.length} index returns are too few`;
  if (!index.every(Number.isFinite)) return 'an index return is not a number';
  if (index.every((r) => r === index[0])) return 'the index returns do not vary';
  for (const [symbol, returns] of entries) {
    if (returns.length !== index.length) {
      return `${symbol} has ${returns.length} returns but the index ${index.length}`;
    }
    if (!returns.every(Number.isFinite)) return `a return of ${symbol} is not a number`;
  }
  if (isOn(input.maxNames) && !(input.maxNames >= 1)) return 'the largest number of names must be 1 or more';
  if (isOn(input.maxWeightOverlap) && input.indexWeights === undefined)
    return 'the overlap rule needs index weights';
  if (isOn(input.maxNameShare) && !isOn(input.indexSize) && input.indexWeights === undefined) {
    return 'the share rule needs the index size or weights';
  }
  const needsVols = isOn(input.minVolDifferential) || isOn(input.minBasketVolSpread);
  if (needsVols && (input.vols === undefined || !isOn(input.indexVol))) {
    return 'the volatility rules need volatilities of the names and of the index';
  }
  const limits = [
    ...(isOn(input.nameBounds?.min) || isOn(input.nameBounds?.max) ? [input.nameBounds ?? {}] : []),
    ...Object.values(input.boundsBySymbol ?? {}),
    ...Object.values(input.sectorBounds ?? {}),
  ];
  if (limits.length > 0 && input.method === 'ols') return 'free weights cannot be bounded';
  if (limits.some(({ min = 0, max = 1 }) => !(min >= 0 && max <= 1 && min <= max))) {
    return 'a weight bound must lie between 0 and 1, the least not above the most';
  }
  const known = new Set(Object.values(input.sectors ?? {}));
  const sector = Object.keys(input.sectorBounds ?? {}).find((name) => !known.has(name));
  if (sector !== undefined) return `no name is known to be of the sector ${sector}`;
  const unknown = input.lock?.find((symbol) => !Object.hasOwn(stocks, symbol));
  if (unknown !== undefined) return `${unknown} is locked in but has no returns`;
  const both = input.lock?.find((symbol) => input.exclude?.includes(symbol));
  return both === undefined ? null : `${both} is both locked in and excluded`;
}

function ruleBook(input: TrackingBasketInput): RuleBook {
  const symbols = Object.keys(input.stocks);
  const columns = symbols.map((symbol) => input.stocks[symbol]!);
  const observations = input.index.length;
  const mean = input.index.reduce((a, b) => a + b, 0) / observations;
  const targetVariation = input.index.reduce((sum, y) => sum + (y - mean) ** 2, 0);
  const periodsPerYear = input.periodsPerYear ?? sessionsPerYear;
  const gram = gramOf(columns, input.index);
  const bounds = boundsOf(input, symbols);
  const invested = input.invested === true || bounds !== null;
  const vol = symbols.map((symbol) => input.vols?.[symbol] ?? null);
  const { indexVol, minVolDifferential, indexWeights } = input;
  return {
    rules: input,
    symbols,
    inIndex: symbols.map((symbol) => indexWeights === undefined || Object.hasOwn(indexWeights, symbol)),
    indexWeight: Float64Array.from(symbols, (symbol) => indexWeights?.[symbol] ?? 0),
    indexSize: input.indexSize ?? Object.keys(indexWeights ?? {}).length,
    vol,
    meetsDifferential: vol.map(
      (v) =>
        v !== null &&
        isOn(indexVol) &&
        isOn(minVolDifferential) &&
        v - indexVol >= minVolDifferential - 1e-12,
    ),
    locked: new Set(input.lock?.map((symbol) => symbols.indexOf(symbol))),
    bounds,
    means: Float64Array.from(columns, (c) => c.reduce((a, b) => a + b, 0) / observations),
    gram,
    invested,
    sums: invested ? investedSums(gram) : gram,
    observations,
    periodsPerYear,
    targetVol: Math.sqrt((targetVariation / (observations - 1)) * periodsPerYear),
    targetVariation,
  };
}

function boundsOf(input: TrackingBasketInput, symbols: readonly string[]): WeightBounds | null {
  const { nameBounds, boundsBySymbol = {}, sectors = {}, sectorBounds = {} } = input;
  const own = Object.keys(boundsBySymbol).length > 0 || Object.keys(sectorBounds).length > 0;
  if (!own && nameBounds?.min === undefined && nameBounds?.max === undefined) return null;
  return {
    lower: Float64Array.from(symbols, (s) => boundsBySymbol[s]?.min ?? nameBounds?.min ?? 0),
    upper: Float64Array.from(symbols, (s) => boundsBySymbol[s]?.max ?? nameBounds?.max ?? 1),
    groups: Object.entries(sectorBounds).map(([sector, { min = 0, max = 1 }]) => ({
      members: new Set(symbols.flatMap((s, column) => (sectors[s] === sector ? [column] : []))),
      min,
      max,
    })),
  };
}

/** Names that no basket under these rules can hold; locked ones stay, and the rule then says so. */
function leaveOut(input: TrackingBasketInput, book: RuleBook): readonly { symbol: string; reason: string }[] {
  const everyName = isOn(input.minVolDifferential) && (input.volDifferentialShare ?? 1) >= 1;
  return book.symbols.flatMap((symbol, column) => {
    if (input.exclude?.includes(symbol) === true) return [{ symbol, reason: 'excluded by hand' }];
    if (book.locked.has(column)) return [];
    if (isOn(input.minBasketVolSpread) && book.vol[column] === null) {
      return [{ symbol, reason: 'has no volatility' }];
    }
    if (everyName && !book.meetsDifferential[column]!) {
      const known = book.vol[column] !== null;
      return [{ symbol, reason: known ? 'volatility differential below the minimum' : 'has no volatility' }];
    }
    return [];
  });
}

/** The search without a limit on names; on a large universe whether all of them together meet the rules. */
function unlimitedSearch(space: Space, seed: number): SearchResult {
  const { universe, book } = space;
  if (universe.length <= largeUniverse) return swapSearch({ ...space, maxNames: universe.length }, seed);
  const all = book.bounds === null ? refit(space, universe) : null;
  const broken = new Set(all === null ? [] : [all.broken]);
  return { best: all?.broken === 0 ? all : null, swaps: [], brokenSeen: broken, evaluated: 1 };
}

/** A smallest set of rules that no set of names met together, in words. */
function conflictText(input: TrackingBasketInput, within: SearchResult, unlimited: SearchResult): string {
  const size = isOn(input.maxNames) && unlimited.best !== null;
  const seen = [...within.brokenSeen];
  let conflict = (1 << basketRuleNames.length) - 1;
  for (let bit = basketRuleNames.length - 1; bit >= 0; bit--) {
    const without = conflict & ~(1 << bit);
    if (seen.every((broken) => (broken & without) !== 0)) conflict = without;
  }
  const valueOf = (rule: (typeof basketRuleNames)[number]): number | string =>
    rule === 'lock' ? (input.lock ?? []).join(', ') : rule === 'weightBounds' ? '' : (input[rule] ?? '');
  const parts = basketRuleNames
    .filter((_, bit) => seen.length > 0 && (conflict & (1 << bit)) !== 0)
    .map((rule) => (rule === 'weightBounds' ? 'the weight bounds' : `${rule} ${valueOf(rule)}`));
  if (size || parts.length === 0)
    parts.push(`maxNames ${input.maxNames ?? Object.keys(input.stocks).length}`);
  if (boundsOf(input, []) !== null && !parts.includes('the weight bounds')) parts.push('the weight bounds');
  return parts.join(' with ');
}
