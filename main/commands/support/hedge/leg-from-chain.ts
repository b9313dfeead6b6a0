import type { HedgeLeg } from '../../../../shared/contract/hedge.ts';
import { failure } from '../../../../shared/failure.ts';
import { tradePrice } from '../../../../shared/quant/hedge/candidates.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import { readableSymbol, type OptionSymbol } from '../../../../shared/symbols.ts';
import type { Readers } from '../../../store/index.ts';
import type { AnalyzedChain } from '../market/chain-desk.ts';
import { historicalVol } from '../market/prices.ts';
import { certainDelta } from '../../../../shared/quant/hedge/certain-delta.ts';
import { assignmentFacts } from './dividend-facts.ts';
import { matchingWindow } from './hedge-market.ts';
import { modelMark } from './model-mark.ts';
import { valuationOf } from './hedge-scenarios.ts';

/** A leg as somebody asks for it. */
export interface AskedLeg {
  readonly side: 'sell' | 'buy';
  readonly quantity: number;
  /** Per unit; absent: the side of the market a trade meets. */
  readonly limit?: number | undefined;
  readonly reason: string;
  readonly spreadShare: number;
}

/** The row of an option in an analyzed chain; a broker may write the underlying where we write the root. */
function rowOf({ analysis }: AnalyzedChain, option: OptionSymbol) {
  const { optionType, strike } = option;
  const rows = analysis.expiries.flatMap((expiry) => {
    const at = expiry.expiry === option.expiry ? (expiry.rows?.strikes.indexOf(strike) ?? -1) : -1;
    const side = expiry.rows?.[optionType];
    const contract = side?.contract[at] ?? null;
    return side === undefined || contract === null ? [] : [{ expiry, side, at, contract }];
  });
  return (
    rows.find(({ contract }) => contract === readableSymbol(option)) ??
    (rows.length === 1 ? rows[0] : undefined)
  );
}

/**
 * A leg on a listed option with the day's quote, greeks and what it is valued from again.
 *
 * Failures: `not-found` where the chain does not list it; `no-quote` where it has no limit and no price on
 *   the side that a trade meets, or no delta.
 */
export function legFromChain(
  read: Readers,
  chain: AnalyzedChain,
  option: OptionSymbol,
  asked: AskedLeg,
): Result<HedgeLeg> {
  const { analysis, source, spot } = chain;
  const name = readableSymbol(option);
  const found = rowOf(chain, option);
  if (found === undefined) {
    const next = `The chain of ${analysis.symbol} on ${analysis.asOf} does not list it.`;
    return fail(failure('not-found', name, { next }));
  }
  const { expiry, side, at, contract } = found;
  const [bid, ask, mark] = [side.bid[at] ?? null, side.ask[at] ?? null, side.mark[at] ?? null];
  const isTwoSided =
    bid !== null && ask !== null && ask >= bid && ask > 0 && (asked.side === 'buy' || bid > 0);
  const met = asked.side === 'sell' ? bid : ask;
  const price =
    asked.limit ??
    (isTwoSided ? tradePrice({ bid, ask, side: asked.side, spreadShare: asked.spreadShare }) : met);
  if (price === null || (asked.limit === undefined && price <= 0))
    return fail(failure('no-quote', contract, { what: asked.side === 'sell' ? 'bid' : 'ask' }));
  const historical = historicalVol(read, analysis.symbol, matchingWindow(expiry.days), analysis.asOf).vol;
  // Without a volatility of its own it counts as its neighbors say, or as good as sure of its end.
  const model = (side.delta[at] ?? null) === null ? modelMark(chain, contract) : null;
  const vol = side.markVol[at] ?? null;
  const delta =
    side.delta[at] ??
    model?.delta ??
    (historical === null || spot === null
      ? null
      : certainDelta({
          ...option,
          spot,
          timeToExpiry: expiry.timeToExpiry,
          historicalVol: historical,
          mark,
        }));
  if (delta === null) return fail(failure('no-quote', contract, { what: 'delta' }));
  const { atmVol } = expiry.skew;
  const assignment = assignmentFacts(
    read,
    {
      symbol: analysis.symbol,
      side: asked.side,
      type: option.optionType,
      strike: option.strike,
      expiry: option.expiry,
      mark,
      spot,
      exercise: analysis.exercise,
    },
    analysis.asOf,
  );
  return ok({
    legId: `${asked.side}:${contract}`,
    side: asked.side,
    contract,
    symbol: analysis.symbol,
    type: option.optionType,
    expiry: expiry.expiry,
    strike: option.strike,
    quantity: asked.quantity,
    multiplier: expiry.multiplier,
    price,
    quote: { bid, ask, mark, vol, quotedAt: source.quotedAt, source: source.source },
    delta,
    gammaDollar1Pct: side.gammaDollar1Pct[at] ?? 0,
    vegaPerVolPoint: side.vegaPerVolPoint[at] ?? 0,
    thetaPerDay: side.thetaPerDay[at] ?? 0,
    skewPremium: vol === null || atmVol === null || atmVol <= 0 ? null : vol / atmVol - 1,
    impliedToHistorical: vol === null || historical === null || historical <= 0 ? null : vol / historical,
    score: null,
    rank: null,
    openInterest: side.openInterest[at] ?? null,
    reasons: [...(asked.reason === '' ? [] : [asked.reason]), ...assignment.sentences],
    flags: [
      ...(analysis.quoteModel.kind === 'spread-model' ? ['modelled quote'] : []),
      ...(Math.abs(delta) > 0.5 && asked.side === 'sell' ? ['in the money'] : []),
      ...(vol === null ? ['modelled delta'] : []),
      ...assignment.flags,
    ],
    decision: 'undecided',
    decisionReason: null,
    valuation: valuationOf(chain, expiry, vol ?? model?.vol ?? null),
  });
}
