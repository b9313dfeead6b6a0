import type { Fraction } from '../../units.ts';

export interface ScoreInput {
  readonly id: string;
  readonly skewPremium: Fraction | null;
  readonly impliedToHistorical: number | null;
}

export interface Score {
  readonly id: string;
  /** λ z(skew premium) + (1 − λ) z(implied / historical); a missing number counts as the average. */
  readonly score: number;
  /** 1 is the highest score. */
  readonly rank: number;
  readonly skewZ: number | null;
  readonly ratioZ: number | null;
  /** The volatility commands a premium over at the money. */
  readonly inFirstSet: boolean;
  /** Implied is above historical volatility. */
  readonly inSecondSet: boolean;
}

/**
 * The balance between the two sets: both numbers standardized across the candidates, weighed by
 * `balance` (1: skew premium only, 0: implied to historical only).
 *
 * Limits: where all candidates have the same number its z is 0. Ranks of equal scores follow the id.
 * Source: math §9, Balance. Proof: test/unit/quant/hedge-candidates.test.ts
 */
export function scoreCandidates(input: {
  readonly candidates: readonly ScoreInput[];
  readonly balance: Fraction;
}): ReadonlyMap<string, Score> {
  const { candidates, balance } = input;
  const skew = standardized(candidates.map((c) => c.skewPremium));
  const ratio = standardized(candidates.map((c) => c.impliedToHistorical));
  const scored = candidates.map((candidate, i) => ({
    id: candidate.id,
    score: balance * (skew[i] ?? 0) + (1 - balance) * (ratio[i] ?? 0),
    skewZ: skew[i] ?? null,
    ratioZ: ratio[i] ?? null,
    inFirstSet: candidate.skewPremium !== null && candidate.skewPremium > 0,
    inSecondSet: candidate.impliedToHistorical !== null && candidate.impliedToHistorical > 1,
  }));
  const ordered = scored.toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  return new Map(ordered.map((one, i) => [one.id, { ...one, rank: i + 1 }]));
}

/** (x − mean) / standard deviation of the numbers that are there; null where one is not. */
function standardized(values: readonly (number | null)[]): readonly (number | null)[] {
  const known = values.filter((value) => value !== null);
  const mean = known.reduce((a, b) => a + b, 0) / (known.length || 1);
  const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (known.length || 1);
  const deviation = Math.sqrt(variance);
  const varies = deviation > 1e-12 * Math.max(1, Math.abs(mean));
  return values.map((value) => (value === null ? null : varies ? (value - mean) / deviation : 0));
}
