import type { HedgeLeg, HedgeProposal, HedgeRequest } from '../../../../shared/contract/hedge.ts';
import { failure } from '../../../../shared/failure.ts';
import { optionName } from '../../../../shared/quant/chain/chain-marks.ts';
import {
  candidatesOf,
  type Candidate,
  type CandidateSet,
} from '../../../../shared/quant/hedge/candidates.ts';
import { legReasons, notTaken, type CandidateFacts } from '../../../../shared/quant/hedge/explain.ts';
import {
  hedgeProblem,
  type HedgeInput,
  type HedgeObjective,
} from '../../../../shared/quant/hedge/problem.ts';
import { countsOf } from '../../../../shared/quant/hedge/review.ts';
import { scoreCandidates, type Score } from '../../../../shared/quant/hedge/score.ts';
import { deskTolerances } from '../../../../shared/quant/hedge/solve.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import type { Readers } from '../../../store/index.ts';
import type { QueryContext } from '../../handlers.ts';
import { marketDay } from '../market/as-of.ts';
import type { ChainDesk } from '../market/chain-desk.ts';
import { checkSeverities } from './check-severities.ts';
import { assignmentFacts } from './dividend-facts.ts';
import { hedgeMarket, type HedgeMarket, type MarketOption } from './hedge-market.ts';
import { reviewedProposal } from './hedge-review.ts';
import { countedPrice } from './package-legs.ts';

/** Seconds that the solver may take over all objectives. */
const timeLimitSeconds = 8;
/** A hedge this near the best there can be is as good; the gap is shown. */
const provenWithin = 1e-4;
const objectiveOf: Readonly<Record<HedgeRequest['objective'][number], HedgeObjective>> = {
  'net-delta': 'netDelta',
  score: 'score',
  credit: 'credit',
};

export interface HedgeCase {
  readonly market: HedgeMarket;
  readonly basketVersion: number;
  readonly input: HedgeInput;
  readonly calls: CandidateSet;
  readonly puts: CandidateSet;
  readonly scores: ReadonlyMap<string, Score>;
  readonly options: ReadonlyMap<string, MarketOption>;
}

/** The programme's input for a request, with the candidates it was made of. */
export async function hedgeCase(
  request: HedgeRequest,
  context: QueryContext,
  chains: ChainDesk,
): Promise<Result<HedgeCase>> {
  const { read } = context;
  const basket = read.baskets.find(request.basket);
  if (basket === null)
    return fail(failure('not-found', `Basket ${request.basket}`, { next: 'Build and save it first.' }));
  const day = marketDay(read, request.asOf ?? basket.result.asOf);
  if (!day.ok) return day;
  const found = await hedgeMarket(request, basket, day.value, context, chains);
  if (!found.ok) return found;
  const market = found.value;
  const filters = {
    minOpenInterest: request.minOpenInterest,
    maxSpreadFraction: request.maxSpreadFraction,
    excludeContracts: request.excludeContracts,
    spreadShare: request.spreadShare,
  };
  const calls = candidatesOf({
    rows: market.calls,
    side: 'sell',
    filters: { ...filters, deltaRange: request.callDeltaRange },
  });
  const puts = candidatesOf({
    rows: market.puts,
    side: 'buy',
    filters: { ...filters, deltaRange: request.putDeltaRange },
  });
  const missing = calls.candidates.length === 0 ? 'call' : puts.candidates.length === 0 ? 'put' : null;
  if (missing !== null) {
    const { filtered } = missing === 'call' ? calls : puts;
    const counts = Object.entries(filtered).map(([filter, count]) => `${count} by ${filter}`);
    return fail(
      failure('no-candidates', `The hedge of ${request.basket}`, {
        reason: `no ${missing} of ${market.expiry} passed the filters (${counts.join(', ') || 'none listed'})`,
      }),
    );
  }
  const scores = scoreCandidates({ candidates: calls.candidates, balance: request.balance });
  const options = new Map([...market.calls, ...market.puts].map((option) => [option.id, option]));
  const counted = (candidate: Candidate, side: 'sell' | 'buy'): number =>
    countedPrice(
      { side, price: candidate.price, multiplier: options.get(candidate.id)?.multiplier ?? 1 },
      request.commissionPerContract,
    );
  const input: HedgeInput = {
    basket: market.holdings,
    calls: calls.candidates.map((candidate) => ({
      id: candidate.id,
      symbol: candidate.symbol,
      bid: Math.max(0, counted(candidate, 'sell')),
      delta: candidate.delta,
      score: scores.get(candidate.id)?.score ?? 0,
      limit: candidate.limit,
    })),
    puts: puts.candidates.map((candidate) => ({
      id: candidate.id,
      ask: counted(candidate, 'buy'),
      delta: candidate.delta,
      strike: candidate.strike,
      limit: candidate.limit,
    })),
    indexLevel: market.indexLevel,
    indexMultiplier: market.indexMultiplier,
    overwrite: request.overwrite,
    coverage: request.coverage,
    maxCoverage: request.maxCoverage,
    minCredit: request.minCredit,
    netDeltaLimit: request.netDeltaLimit,
    maxLegs: request.maxLegs,
    maxPutLegs: request.maxPutLegs,
    objective: request.objective.map((objective) => objectiveOf[objective]),
    existingNetDelta: market.existingNetDelta,
    existingProtection: market.existingProtection,
    tolerances: deskTolerances,
    provenWithin,
    timeLimitSeconds,
  };
  return ok({ market, basketVersion: basket.version, input, calls, puts, scores, options });
}

function factsOf({ calls, puts, scores }: HedgeCase): ReadonlyMap<string, CandidateFacts> {
  return new Map(
    [...calls.candidates, ...puts.candidates].map((candidate) => {
      const score = scores.get(candidate.id);
      return [
        candidate.id,
        {
          label: optionName(candidate.symbol, candidate.expiry, candidate.strike, candidate.optionType),
          skewPremium: candidate.skewPremium,
          impliedToHistorical: candidate.impliedToHistorical,
          score: score?.score ?? null,
          rank: score?.rank ?? null,
          inFirstSet: score?.inFirstSet ?? false,
          inSecondSet: score?.inSecondSet ?? false,
        },
      ];
    }),
  );
}

function legOf(
  candidate: Candidate,
  quantity: number,
  reasons: readonly string[],
  found: HedgeCase,
  read: Readers,
): HedgeLeg {
  const option = found.options.get(candidate.id);
  const score = found.scores.get(candidate.id);
  const side = candidate.optionType === 'call' ? 'sell' : 'buy';
  const assignment = assignmentFacts(
    read,
    {
      ...candidate,
      side,
      type: candidate.optionType,
      mark: option?.mark ?? null,
      spot: option?.valuation?.underlyingPrice ?? null,
      exercise: option?.valuation?.exercise ?? 'european',
    },
    found.market.asOf,
  );
  return {
    legId: `${side}:${candidate.id}`,
    side,
    contract: candidate.id,
    symbol: candidate.symbol,
    type: candidate.optionType,
    expiry: candidate.expiry,
    strike: candidate.strike,
    quantity,
    multiplier: option?.multiplier ?? 1,
    price: candidate.price,
    quote: {
      bid: candidate.bid,
      ask: candidate.ask,
      mark: option?.mark ?? null,
      vol: candidate.vol,
      quotedAt: option?.quotedAt ?? null,
      source: option?.source ?? '',
    },
    delta: candidate.delta,
    gammaDollar1Pct: option?.gammaDollar1Pct ?? 0,
    vegaPerVolPoint: option?.vegaPerVolPoint ?? 0,
    thetaPerDay: option?.thetaPerDay ?? 0,
    skewPremium: candidate.skewPremium,
    impliedToHistorical: candidate.impliedToHistorical,
    score: score?.score ?? null,
    rank: score?.rank ?? null,
    openInterest: candidate.openInterest,
    reasons: [...reasons, ...assignment.sentences],
    flags: [
      ...(option?.isModelQuote === true ? ['modelled quote'] : []),
      ...(candidate.isStale ? ['stale quote'] : []),
      ...(Math.abs(candidate.delta) > 0.5 && side === 'sell' ? ['in the money'] : []),
      ...assignment.flags,
    ],
    decision: 'undecided',
    decisionReason: null,
    valuation: option?.valuation ?? null,
  };
}

/** Candidates, programme, solution and reasons as one proposal for review (math §9). */
export async function suggestHedge(
  request: HedgeRequest,
  context: QueryContext,
  chains: ChainDesk,
): Promise<Result<HedgeProposal>> {
  const started = performance.now();
  const made = await hedgeCase(request, context, chains);
  if (!made.ok) return made;
  const found = made.value;
  const { market, input, calls, puts } = found;
  context.progress({
    label: `Choosing among ${input.calls.length} calls and ${input.puts.length} puts`,
    done: 0,
    total: null,
  });
  const outcome = await context.compute.run('solveHedge', input, { signal: context.signal });
  if (!outcome.ok) return outcome;
  if (!outcome.value.ok) return outcome.value;
  const solution = outcome.value.value;
  const problem = hedgeProblem(input);
  if (!problem.ok) return problem;
  const counts = countsOf(problem.value, solution.contracts);
  const facts = factsOf(found);
  const legs = [...calls.candidates, ...puts.candidates].flatMap((candidate) => {
    const quantity = solution.contracts[candidate.id] ?? 0;
    if (quantity === 0) return [];
    return [
      legOf(candidate, quantity, legReasons(problem.value, counts, candidate.id, facts), found, context.read),
    ];
  });
  const filtered: Record<string, number> = {};
  for (const set of [calls.filtered, puts.filtered]) {
    for (const [filter, count] of Object.entries(set)) filtered[filter] = (filtered[filter] ?? 0) + count;
  }
  const nothing = {
    deltaDollar: 0,
    deltaFraction: 0,
    gammaDollar1Pct: 0,
    vegaPerVolPoint: 0,
    thetaPerDay: 0,
    premium: 0,
  };
  return reviewedProposal({
    ...checkSeverities(context.read),
    request,
    basket: request.basket,
    basketVersion: found.basketVersion,
    index: market.index,
    asOf: market.asOf,
    expiry: market.expiry,
    indexLevel: market.indexLevel,
    indexMultiplier: market.indexMultiplier,
    currency: market.currency,
    holdings: [...market.holdings],
    existingNetDelta: market.existingNetDelta,
    existingProtection: market.existingProtection,
    held: [...market.held],
    status: solution.status,
    gap: solution.gap,
    seconds: (performance.now() - started) / 1000,
    basketNotional: solution.basketNotional,
    netDelta: solution.netDelta,
    netDeltaFraction: solution.netDeltaFraction,
    netPremium: solution.netPremium,
    premiumReceived: solution.premiumReceived,
    premiumPaid: solution.premiumPaid,
    coverage: solution.coverage,
    legs: legs.sort((a, b) =>
      a.side === b.side ? (a.rank ?? 1e9) - (b.rank ?? 1e9) : a.side === 'sell' ? -1 : 1,
    ),
    constraints: [],
    conflict: solution.conflict.map((conflict) => ({ ...conflict })),
    before: nothing,
    after: nothing,
    checks: [],
    candidateCounts: { calls: input.calls.length, puts: input.puts.length, filtered },
    notTaken: notTaken(problem.value, counts, facts).map(({ id, score, reason }) => ({
      contract: id,
      score,
      reason,
    })),
    quoteModel: market.quoteModel,
    warnings: [...market.warnings],
  });
}
