import type { ForwardStartTerms, PayoutProfile } from '../../../../shared/contract/forward-starts.ts';
import {
  evenMoves,
  payoutProfile,
  zeroCrossings,
} from '../../../../shared/quant/contracts/payout-profile.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import type { IsoDate } from '../../../../shared/dates.ts';
import type { StoredForwardStart } from '../../../store/index.ts';
import type { Structures } from './contract-structures.ts';
import { forwardStartMarket } from './forward-start-market.ts';
import {
  firstFixingOf,
  forwardStartState,
  labelOf,
  payoffsOf,
  standingTerms,
} from './forward-start-terms.ts';

/** Odd, so that a range about 1 has the strike itself among its points. */
const points = 401;

type Line = PayoutProfile['contracts'][number];

async function lineOf(
  contract: StoredForwardStart,
  asOf: IsoDate,
  moves: readonly number[],
  structures: Structures,
): Promise<Result<Line, string>> {
  const terms: ForwardStartTerms = standingTerms(contract);
  const { state, stateNote } = forwardStartState(contract, asOf);
  if (state === 'settled') return fail(stateNote);
  const fixed = firstFixingOf(contract);
  const market = fixed === null ? forwardStartMarket(contract, asOf, await structures.forTerms(terms)) : null;
  if (market !== null && !market.ok && terms.family === 'absolute') return market;
  const firstFixing = fixed ?? (market?.ok === true ? market.value.forward : 1);
  const scale = terms.quantity * terms.amount;
  const paid = payoutProfile({ payoffs: payoffsOf(terms), scale, firstFixing }, moves);
  if (!paid.ok) return fail(String(paid.error.detail['reason'] ?? ''));
  const premium = terms.tradePrice === null ? null : scale * terms.tradePrice;
  const price = terms.option === null ? null : scale * terms.option.contractPrice;
  const sign = terms.option?.optionType === 'put' ? -1 : 1;
  return ok({
    contractId: terms.contractId,
    label: labelOf(terms),
    // A right on a contract is drawn as used where that pays: its worst is what it cost.
    payoff: price === null ? [...paid.value] : paid.value.map((value) => sign * (value - price)),
    premium,
    firstFixing,
    note:
      fixed !== null
        ? 'X from its own first fixing'
        : terms.family === 'absolute'
          ? 'X from the forward to its first fixing'
          : 'the same for any first fixing',
  });
}

/** Payoffs of contracts against X = F₂/F₁, their sum, and the sum less what was agreed to be paid. */
export async function payoutOf(
  contracts: readonly StoredForwardStart[],
  asOf: IsoDate,
  range: { readonly low: number; readonly high: number },
  structures: Structures,
): Promise<PayoutProfile> {
  const move = evenMoves(range.low, range.high, points);
  const notIncluded: PayoutProfile['notIncluded'] = [];
  const lines: Line[] = [];
  for (const contract of contracts) {
    const line = await lineOf(contract, asOf, move, structures);
    if (line.ok) lines.push(line.value);
    else notIncluded.push({ subject: contract.contractId, reason: line.error });
  }
  const total = move.map((_, at) => lines.reduce((sum, line) => sum + (line.payoff[at] ?? 0), 0));
  const agreed = lines.reduce((sum, { premium }) => sum + (premium ?? 0), 0);
  const net = total.map((value) => value - agreed);
  return {
    move: [...move],
    total,
    net,
    contracts: lines,
    breakEvens: [...zeroCrossings(move, net)],
    notIncluded,
  };
}
