import { failure, type Failure } from '../../failure.ts';
import { fail, ok, type Result } from '../../result.ts';
import type { Fraction } from '../../units.ts';

export type HedgeObjective = 'netDelta' | 'credit' | 'score';

/** One holding of the basket. */
export interface HedgeHolding {
  readonly symbol: string;
  readonly shares: number;
  readonly spot: number;
  /** To the index; 1 where absent. */
  readonly beta?: number | undefined;
  /** Calls already sold on it, contracts: they use up shares. Their delta goes into `existingNetDelta`. */
  readonly shortCalls?: number | undefined;
  /** Shares a contract on it stands for; the input's `multiplier` where absent. */
  readonly multiplier?: number | undefined;
}

/** A call that can be sold. Prices per unit of the underlying; delta of one long call. */
export interface HedgeCall {
  readonly id: string;
  readonly symbol: string;
  readonly bid: number;
  readonly delta: number;
  readonly score?: number | undefined;
  /** Most contracts; absent: only the shares limit it. */
  readonly limit?: number | null | undefined;
}

/** An index put that can be bought. Delta of one long put: negative. */
export interface HedgePut {
  readonly id: string;
  readonly ask: number;
  readonly delta: number;
  readonly strike?: number | undefined;
  /** Most contracts; absent: three times what the coverage needs. */
  readonly limit?: number | null | undefined;
}

/** Math §9. Money in account currency; fractions decimal. */
export interface HedgeInput {
  readonly basket: readonly HedgeHolding[];
  readonly calls: readonly HedgeCall[];
  readonly puts: readonly HedgePut[];
  readonly indexLevel: number;
  readonly multiplier?: number | undefined;
  readonly indexMultiplier?: number | undefined;
  readonly overwrite?: Fraction | undefined;
  readonly coverage?: Fraction | undefined;
  /** Most protection, as a multiple of the basket notional; null or absent: no limit. */
  readonly maxCoverage?: Fraction | null | undefined;
  readonly coverageBy?: 'indexLevel' | 'strike' | undefined;
  readonly minCredit?: number | null | undefined;
  /** Of the basket notional; null or absent: no limit. */
  readonly netDeltaLimit?: Fraction | null | undefined;
  readonly oneStrikePerName?: boolean | undefined;
  readonly maxLegs?: number | null | undefined;
  /** Different puts at most. */
  readonly maxPutLegs?: number | null | undefined;
  readonly objective: readonly HedgeObjective[];
  /** Delta of options held already, money, beta-weighted. */
  readonly existingNetDelta?: number | undefined;
  /** Notional that puts held already protect, money. */
  readonly existingProtection?: number | undefined;
  /** Premium of legs beside the programme, money ≥ 0, and how many they are; what a review counts beside them; the programme takes none. */
  readonly besidePremium?: BesidePremium | undefined;
  /** Contracts fixed by hand, by id. */
  readonly locked?: Readonly<Record<string, number>> | undefined;
  /** How far an objective may fall back for the next ones; see `solveHedge`. */
  readonly tolerances?: ObjectiveTolerances | undefined;
  /** A proof this near the optimum counts as the optimum: of the notional for net delta, else relative. Default 1e-9; 1e-6 above 150 candidates. */
  readonly provenWithin?: Fraction | undefined;
  /** For all stages together; default 1.5. */
  readonly timeLimitSeconds?: number | undefined;
}

export interface BesidePremium {
  readonly received: number;
  readonly paid: number;
  readonly legs: number;
}

export interface ObjectiveTolerances {
  /** Of the basket notional. */
  readonly netDelta: Fraction;
  /** Of the best credit. */
  readonly credit: Fraction;
  /** Of the best score. */
  readonly score: Fraction;
}

/** The input by contract: what one contract of each candidate adds. Calls come first, then puts. */
export interface HedgeProblem {
  readonly input: HedgeInput;
  readonly ids: readonly string[];
  readonly callCount: number;
  /** Money of delta that one contract adds: negative for both sides of this trade. */
  readonly deltaPer: Float64Array;
  /** Money received (+) or paid (−) for one contract. */
  readonly cashPer: Float64Array;
  /** Score collected by one contract: premium received × score. */
  readonly scorePer: Float64Array;
  /** Notional that one contract protects. */
  readonly protectionPer: Float64Array;
  readonly limit: readonly (number | null)[];
  /** Row of the basket that a call is on; −1 for puts. */
  readonly holding: readonly number[];
  /** Contracts that the shares of each holding still cover at `overwrite`. */
  readonly capacity: readonly number[];
  readonly notional: number;
  readonly baseDelta: number;
  readonly baseProtection: number;
  /** Shares a contract, by holding. */
  readonly multipliers: readonly number[];
  readonly indexMultiplier: number;
  readonly overwrite: Fraction;
  readonly coverage: Fraction;
}

/** Share counts arrive as products of fractions: this near below a whole contract is a whole contract. */
export const wholeContracts = (contracts: number): number => Math.max(0, Math.floor(contracts + 1e-9));

/** Checks the input and reduces it to numbers per contract. Failures: `invalid-input`, `basket-without-shares`. */
export function hedgeProblem(input: HedgeInput): Result<HedgeProblem, Failure> {
  const { basket, calls, puts, indexLevel, multiplier = 100, indexMultiplier = 100 } = input;
  const { overwrite = 1, coverage = 1, coverageBy = 'indexLevel' } = input;
  const fault = faultOf(input);
  if (fault !== null) return fail(failure('invalid-input', 'The hedge', { reason: fault }));
  const notional = basket.reduce((sum, h) => sum + h.shares * h.spot, 0);
  if (!(notional > 0)) return fail(failure('basket-without-shares', 'The basket'));
  const row = new Map(basket.map((h, i) => [h.symbol, i]));
  const holding = [...calls.map((call) => row.get(call.symbol)!), ...puts.map(() => -1)];
  const multipliers = basket.map((h) => h.multiplier ?? multiplier);
  const sharesPer = (call: HedgeCall): number => multipliers[row.get(call.symbol)!]!;
  const callDelta = (call: HedgeCall): number => {
    const { spot, beta = 1 } = basket[row.get(call.symbol)!]!;
    return -sharesPer(call) * call.delta * spot * beta;
  };
  return ok({
    input,
    ids: [...calls, ...puts].map(({ id }) => id),
    callCount: calls.length,
    deltaPer: Float64Array.from([
      ...calls.map(callDelta),
      ...puts.map((put) => indexMultiplier * indexLevel * put.delta),
    ]),
    cashPer: Float64Array.from([
      ...calls.map((call) => sharesPer(call) * call.bid),
      ...puts.map((put) => -indexMultiplier * put.ask),
    ]),
    scorePer: Float64Array.from([
      ...calls.map((call) => sharesPer(call) * call.bid * (call.score ?? 0)),
      ...puts.map(() => 0),
    ]),
    protectionPer: Float64Array.from([
      ...calls.map(() => 0),
      ...puts.map((put) => indexMultiplier * (coverageBy === 'strike' ? put.strike! : indexLevel)),
    ]),
    limit: [...calls, ...puts].map(({ limit }) =>
      limit === null || limit === undefined ? null : wholeContracts(limit),
    ),
    holding,
    capacity: basket.map((h, i) =>
      wholeContracts((overwrite * h.shares) / multipliers[i]! - (h.shortCalls ?? 0)),
    ),
    notional,
    baseDelta: basket.reduce(
      (sum, h) => sum + h.shares * h.spot * (h.beta ?? 1),
      input.existingNetDelta ?? 0,
    ),
    baseProtection: input.existingProtection ?? 0,
    multipliers,
    indexMultiplier,
    overwrite,
    coverage,
  });
}

function faultOf(input: HedgeInput): string | null {
  const { basket, calls, puts, indexLevel } = input;
  const symbols = new Set(basket.map(({ symbol }) => symbol));
  if (symbols.size !== basket.length) return 'a symbol is in the basket twice';
  const holding = basket.find((h) => !(h.shares >= 0) || !(h.spot > 0) || !Number.isFinite(h.beta ?? 1));
  if (holding !== undefined) return `${holding.symbol} needs shares, a price above 0 and a finite beta`;
  const ids = new Set([...calls, ...puts].map(({ id }) => id));
  if (ids.size !== calls.length + puts.length) return 'two candidates have the same id';
  for (const call of calls) {
    if (!symbols.has(call.symbol)) return `${call.id} is on ${call.symbol}, which the basket does not hold`;
    const numbers = [call.bid, call.delta, call.score ?? 0];
    if (!numbers.every(Number.isFinite) || call.bid < 0) return `${call.id} needs a bid, a delta and a score`;
  }
  for (const put of puts) {
    if (!(put.ask >= 0) || !Number.isFinite(put.ask + put.delta)) return `${put.id} needs an ask and a delta`;
    if (put.delta > 0) return `${put.id} is a put: its delta cannot be above 0`;
    if (input.coverageBy === 'strike' && !(put.strike! > 0)) return `${put.id} needs a strike`;
  }
  if (!(indexLevel > 0)) return 'the index level must be above 0';
  const sizes = [input.multiplier ?? 1, input.indexMultiplier ?? 1, ...basket.map((h) => h.multiplier ?? 1)];
  if (!sizes.every((size) => size > 0 && Number.isFinite(size))) return 'multipliers must be above 0';
  const fractions = [
    input.overwrite ?? 0,
    input.coverage ?? 0,
    input.maxCoverage ?? 0,
    input.netDeltaLimit ?? 0,
  ];
  if (!fractions.every((f) => f >= 0 && Number.isFinite(f)))
    return 'overwrite, coverage and the net delta limit cannot be below 0';
  if (input.objective.length === 0) return 'an objective is needed';
  const unknown = Object.keys(input.locked ?? {}).find((id) => !ids.has(id));
  return unknown === undefined ? null : `${unknown} is locked but is no candidate`;
}
