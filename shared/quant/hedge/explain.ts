import type { Fraction } from '../../units.ts';
import { inDecimals, inPercent, inWhole } from '../words.ts';
import type { HedgeProblem } from './problem.ts';
import type { HedgeConstraintName } from './programme.ts';
import { breachesOf, hedgeTotals, putLegs, soldByHolding, strikesByHolding } from './totals.ts';

export interface ConstraintReading {
  readonly name: HedgeConstraintName;
  readonly sentence: string;
  readonly limit: number;
  readonly value: number;
  /** Room left; negative where the limit is broken. */
  readonly slack: number;
  readonly unit: 'money' | 'fraction' | 'contracts' | 'legs' | 'shares';
  readonly met: boolean;
}

/** What is known of a candidate besides the programme's numbers; null where it has none. */
export interface CandidateFacts {
  /** As a person names it: `RELIANCE 28 Apr 1500 call`. */
  readonly label: string;
  readonly skewPremium: Fraction | null;
  readonly impliedToHistorical: number | null;
  readonly score: number | null;
  readonly rank: number | null;
  readonly inFirstSet: boolean;
  readonly inSecondSet: boolean;
}

/** Each constraint with its limit, value, slack and one sentence. */
export function constraintReadings(
  problem: HedgeProblem,
  counts: ArrayLike<number>,
): readonly ConstraintReading[] {
  const { input, notional } = problem;
  const totals = hedgeTotals(problem, counts);
  const broken = new Set(breachesOf(problem, counts).map(({ constraint }) => constraint));
  const readings: ConstraintReading[] = [];
  const read = (
    name: HedgeConstraintName,
    unit: ConstraintReading['unit'],
    [limit, value, slack]: readonly [number, number, number],
    sentence: string,
  ): void => {
    readings.push({
      name,
      unit,
      limit,
      value,
      slack: broken.has(name) ? Math.min(slack, 0) : Math.max(slack, 0),
      sentence,
      met: !broken.has(name),
    });
  };

  const sold = soldByHolding(problem, counts);
  const room = problem.capacity.map((most, i) => most - sold[i]!);
  const tightest = room.reduce((least, left) => Math.min(least, left), Infinity);
  const [capacity, all] = [sum(problem.capacity), sum(sold)];
  const full = room.filter((left, i) => left === 0 && problem.capacity[i]! > 0).length;
  const overSold = room.flatMap((left, i) => (left < 0 ? [input.basket[i]!.symbol] : []));
  read(
    'overwrite',
    'contracts',
    [capacity, all, overSold.length > 0 ? tightest : capacity - all],
    overSold.length > 0
      ? `More calls are sold than the shares of ${overSold.join(', ')} cover.`
      : `${inWhole(all)} calls are sold where the shares cover ${inWhole(capacity)}; ${full} names are sold in full.`,
  );
  const wanted = problem.coverage * notional;
  const protectedNotional = totals.coverage * notional;
  read(
    'coverage',
    'money',
    [wanted, protectedNotional, protectedNotional - wanted],
    `Puts protect ${inWhole(protectedNotional)}, ${inPercent(totals.coverage)} of the basket; ${inPercent(problem.coverage)} is asked.`,
  );
  if (input.maxCoverage !== null && input.maxCoverage !== undefined) {
    const most = input.maxCoverage * notional;
    read(
      'maxCoverage',
      'money',
      [most, protectedNotional, most - protectedNotional],
      `Puts protect ${inPercent(totals.coverage)} of the basket; at most ${inPercent(input.maxCoverage)} is wanted.`,
    );
  }
  if (input.minCredit !== null) {
    const least = input.minCredit ?? 0;
    read(
      'minCredit',
      'money',
      [least, totals.netPremium, totals.netPremium - least],
      `${inWhole(totals.premiumReceived)} received less ${inWhole(totals.premiumPaid)} paid leaves ${inWhole(totals.netPremium)}; at least ${inWhole(least)} is asked.`,
    );
  }
  if (input.netDeltaLimit !== null && input.netDeltaLimit !== undefined) {
    const size = Math.abs(totals.netDeltaFraction);
    read(
      'netDeltaLimit',
      'fraction',
      [input.netDeltaLimit, size, input.netDeltaLimit - size],
      `Net delta is ${inWhole(totals.netDelta)}, ${inPercent(totals.netDeltaFraction, 2)} of the basket; at most ${inPercent(input.netDeltaLimit, 2)} either way.`,
    );
  }
  if (input.maxLegs !== null && input.maxLegs !== undefined) {
    read(
      'maxLegs',
      'legs',
      [input.maxLegs, totals.legs, input.maxLegs - totals.legs],
      `${totals.legs} legs of at most ${input.maxLegs}.`,
    );
  }
  if (input.maxPutLegs !== null && input.maxPutLegs !== undefined) {
    const puts = putLegs(problem, counts);
    read(
      'maxPutLegs',
      'legs',
      [input.maxPutLegs, puts, input.maxPutLegs - puts],
      `${puts} different puts of at most ${input.maxPutLegs}.`,
    );
  }
  if (input.oneStrikePerName === true) {
    const most = Math.max(0, ...strikesByHolding(problem, counts));
    read(
      'oneStrikePerName',
      'legs',
      [1, most, 1 - most],
      most > 1 ? 'A name has more than one strike sold.' : 'No name has more than one strike sold.',
    );
  }
  if (broken.has('limits')) {
    const over = problem.limit.map((most, j) => (most === null ? 0 : counts[j]! - most));
    const worst = over.indexOf(Math.max(...over));
    read(
      'limits',
      'contracts',
      [problem.limit[worst]!, counts[worst]!, -over[worst]!],
      `${problem.ids[worst]} is above its limit of ${problem.limit[worst]} contracts.`,
    );
  }
  return readings;
}

/** Why one leg is in the hedge, as sentences with its numbers. Empty for a candidate without contracts. */
export function legReasons(
  problem: HedgeProblem,
  counts: ArrayLike<number>,
  id: string,
  facts: ReadonlyMap<string, CandidateFacts>,
): readonly string[] {
  const j = problem.ids.indexOf(id);
  const n = j < 0 ? 0 : counts[j]!;
  if (n === 0) return [];
  return j < problem.callCount
    ? callReasons(problem, counts, j, facts)
    : putReasons(problem, counts, j, facts);
}

function callReasons(
  problem: HedgeProblem,
  counts: ArrayLike<number>,
  j: number,
  facts: ReadonlyMap<string, CandidateFacts>,
): readonly string[] {
  const fact = facts.get(problem.ids[j]!);
  const holding = problem.holding[j]!;
  const { symbol, shares } = problem.input.basket[holding]!;
  const n = counts[j]!;
  const reasons: string[] = [];
  if (fact !== undefined && fact.rank !== null && fact.score !== null) {
    const parts: string[] = [];
    if (fact.skewPremium !== null) {
      parts.push(
        `its volatility is ${inPercent(Math.abs(fact.skewPremium))} ${fact.skewPremium >= 0 ? 'above' : 'below'} at the money`,
      );
    }
    if (fact.impliedToHistorical !== null)
      parts.push(`implied is ${inDecimals(fact.impliedToHistorical)} times historical`);
    reasons.push(
      `Rank ${fact.rank} of ${problem.callCount} with score ${inDecimals(fact.score)}: ${parts.join(', ') || 'no parts known'}.`,
    );
    reasons.push(setSentence(fact));
  }
  const mostHere = Math.min(problem.capacity[holding]!, problem.limit[j] ?? Infinity);
  reasons.push(
    `Sells ${inWhole(n)} of at most ${inWhole(mostHere)} contracts on ${inWhole(shares)} shares of ${symbol}: ${inWhole(n * problem.cashPer[j]!)} received.`,
  );
  reasons.push(`Takes ${inWhole(-n * problem.deltaPer[j]!)} off the net delta.`);
  const rival = nextBest(problem, counts, j, facts);
  if (rival !== null && fact !== undefined) {
    const theirs = facts.get(problem.ids[rival]!)!;
    const verb = (fact.score ?? 0) >= (theirs.score ?? 0) ? 'Beat' : 'Fits the limits better than';
    reasons.push(
      `${verb} ${theirs.label} (rank ${theirs.rank ?? '–'}, score ${inDecimals(theirs.score ?? 0)}), the best other call on ${symbol}.`,
    );
  }
  return reasons;
}

function putReasons(
  problem: HedgeProblem,
  counts: ArrayLike<number>,
  j: number,
  facts: ReadonlyMap<string, CandidateFacts>,
): readonly string[] {
  const n = counts[j]!;
  const { notional } = problem;
  const cost = -n * problem.cashPer[j]!;
  const protects = n * problem.protectionPer[j]!;
  const perProtected = (k: number): number => -problem.cashPer[k]! / problem.protectionPer[k]!;
  const puts = problem.ids.map((_, k) => k).slice(problem.callCount);
  const cheaper = puts.filter((k) => perProtected(k) < perProtected(j)).length;
  const reasons = [
    `Protects ${inWhole(protects)}, ${inPercent(protects / notional)} of the basket, for ${inWhole(cost)}.`,
    `Takes ${inWhole(-n * problem.deltaPer[j]!)} off the net delta.`,
    `Costs ${inPercent(perProtected(j), 2)} of what it protects: ${cheaper === 0 ? 'the cheapest' : `number ${cheaper + 1} in cost`} of ${puts.length} puts.`,
  ];
  const rival = puts.filter((k) => counts[k] === 0).toSorted((a, b) => perProtected(a) - perProtected(b))[0];
  if (rival !== undefined) {
    const label = facts.get(problem.ids[rival]!)?.label ?? problem.ids[rival]!;
    const deltaEach = (k: number): string => inDecimals(problem.deltaPer[k]! / problem.protectionPer[k]!);
    reasons.push(
      `Taken rather than ${label}, which costs ${inPercent(perProtected(rival), 2)} but brings delta ${deltaEach(rival)} against ${deltaEach(j)} for the same protection.`,
    );
  }
  return reasons;
}

/** The best calls that were not taken, with why not. */
export function notTaken(
  problem: HedgeProblem,
  counts: Float64Array,
  facts: ReadonlyMap<string, CandidateFacts>,
  most = 10,
): readonly { readonly id: string; readonly score: number | null; readonly reason: string }[] {
  const left = problem.ids
    .map((_, j) => j)
    .slice(0, problem.callCount)
    .filter((j) => counts[j] === 0)
    .toSorted((a, b) => (facts.get(problem.ids[b]!)?.score ?? 0) - (facts.get(problem.ids[a]!)?.score ?? 0));
  return left.slice(0, most).map((j) => ({
    id: problem.ids[j]!,
    score: facts.get(problem.ids[j]!)?.score ?? null,
    reason: whyNot(problem, counts, j),
  }));
}

/** What one more contract of a candidate would break. */
function whyNot(problem: HedgeProblem, counts: Float64Array, j: number): string {
  const symbol = problem.input.basket[problem.holding[j]!]!.symbol;
  if (problem.capacity[problem.holding[j]!] === 0)
    return `The shares of ${symbol} do not make up one contract.`;
  const more = Float64Array.from(counts);
  more[j]!++;
  const [first] = breachesOf(problem, more);
  switch (first?.constraint) {
    case 'overwrite':
      return `The shares of ${symbol} are used by the calls chosen.`;
    case 'netDeltaLimit':
      return 'One contract more would put net delta over its limit.';
    case 'maxLegs':
      return 'One leg more would be too many.';
    case 'maxPutLegs':
      return 'One put more would be too many.';
    case 'oneStrikePerName':
      return `Another strike of ${symbol} was chosen.`;
    case 'limits':
      return 'Its own limit leaves no contract.';
    case 'coverage':
    case 'maxCoverage':
    case 'minCredit':
    case undefined:
      return 'It fits, but would not serve the objective better.';
  }
}

function nextBest(
  problem: HedgeProblem,
  counts: ArrayLike<number>,
  j: number,
  facts: ReadonlyMap<string, CandidateFacts>,
): number | null {
  let best: number | null = null;
  for (let k = 0; k < problem.callCount; k++) {
    if (problem.holding[k] !== problem.holding[j] || counts[k]! > 0) continue;
    const score = facts.get(problem.ids[k]!)?.score;
    if (score === null || score === undefined) continue;
    if (best === null || score > (facts.get(problem.ids[best]!)?.score ?? -Infinity)) best = k;
  }
  return best;
}

function setSentence(fact: CandidateFacts): string {
  if (fact.inFirstSet && fact.inSecondSet)
    return 'In both sets: it carries a skew premium and implied is above historical volatility.';
  if (fact.inFirstSet) return 'In the first set: it carries a skew premium.';
  if (fact.inSecondSet) return 'In the second set: implied is above historical volatility.';
  return 'In neither set: taken for its delta and premium.';
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
