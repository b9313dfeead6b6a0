import type { RealizedVolTerms } from '../../../../shared/contract/vol-contracts.ts';
import { yearsBetween, type IsoDate } from '../../../../shared/dates.ts';
import { failure, sentenceOf } from '../../../../shared/failure.ts';
import type { ScenarioPosition } from '../../../../shared/quant/scenario/book.ts';
import { isIndexSymbol } from '../../../../shared/option-roots.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import type { Readers, StoredForwardStart, StoredPosition, StoredRealizedVol } from '../../../store/index.ts';
import { forwardStartState, payoffsOf, standingTerms, strikeOf } from '../contracts/forward-start-terms.ts';
import { contractOf } from '../contracts/held-contracts.ts';
import { observationsOf, progressOf } from '../contracts/realized-vol-value.ts';
import type { AnalyzedChain } from '../market/chain-desk.ts';

/** The book that contracts are grouped under. */
export const contractBook = 'Contracts';

/** A position of the frozen book, or one sentence why it cannot be in it. */
export type Frozen = Result<readonly ScenarioPosition[], string>;

/** Stable over imports: a book holds a contract once. */
export const positionIdOf = ({ book, symbol, contract }: StoredPosition): string =>
  `${book}/${symbol}/${contract}`;

/** Volatility of an option's own mark; null where it has none. */
function markVolOf(chain: AnalyzedChain | null, contract: string, type: 'call' | 'put'): number | null {
  for (const { rows } of chain?.analysis.expiries ?? []) {
    const side = rows?.[type];
    const at = side?.contract.indexOf(contract) ?? -1;
    if (side !== undefined && at >= 0) return side.markVol[at] ?? null;
  }
  return null;
}

export const settlesInCash = (read: Readers, symbol: string): boolean =>
  isIndexSymbol(symbol) || read.underliers.find(symbol)?.kind === 'index';

/** A held position of a desk file as a scenario values it. */
export function frozenPosition(
  held: StoredPosition,
  day: IsoDate,
  read: Readers,
  chain: AnalyzedChain | null,
): Frozen {
  const contract = contractOf(held);
  const base = {
    positionId: positionIdOf(held),
    book: held.book,
    symbol: held.symbol,
    label: contract ?? (held.contract === '' ? held.symbol : held.contract),
    quantity: held.quantity,
  };
  if (held.instrument === 'cash') return ok([{ ...base, kind: 'cash' }]);
  if (held.instrument === 'stock') return ok([{ ...base, kind: 'stock', dividendsReceived: 0 }]);
  if (held.instrument === 'future') {
    const quote = read.quotes
      .futures(held.symbol, day)
      .find(({ expiryDate }) => expiryDate === held.expiryDate);
    const price = quote?.settle ?? quote?.close ?? quote?.last ?? null;
    if (held.expiryDate === null || price === null)
      return fail(`${base.label} has no price on ${day}. Import its quotes.`);
    return ok([
      {
        ...base,
        kind: 'future',
        multiplier: held.multiplier,
        expiry: held.expiryDate,
        timeToExpiry: yearsBetween(day, held.expiryDate),
        referencePrice: price,
      },
    ]);
  }
  const { optionType, expiryDate, strike } = held;
  if (contract === null || optionType === null || expiryDate === null || strike === null)
    return fail(`${base.label} is not a listed option that can be read. Correct its contract.`);
  if (held.adjusted)
    return fail(`${base.label} is an adjusted contract: what it delivers is not known. Value it by hand.`);
  if (expiryDate < day) return fail(`${base.label} expired on ${expiryDate}. Import newer positions.`);
  return ok([
    {
      ...base,
      kind: 'option',
      optionType,
      strike,
      multiplier: held.multiplier,
      expiryKey: `${expiryDate}:${held.root ?? held.symbol}`,
      delivery: settlesInCash(read, held.symbol) ? 'cash' : 'physical',
      vol: markVolOf(chain, contract, optionType),
    },
  ]);
}

/** What of a contract's terms a session does not follow; empty where it follows all. */
export function notHonored(contract: StoredForwardStart, day: IsoDate): readonly string[] {
  const { contractId, fixingDays, firstReferenceDate, secondReferenceDate, carryFactor, discountFactor } =
    standingTerms(contract);
  const found: string[] = [];
  if (fixingDays > 1 && day < secondReferenceDate)
    found.push(
      `${contractId} is fixed by an average of ${fixingDays} days; sessions value it at ${day < firstReferenceDate ? 'its reference dates' : 'its last one'} alone.`,
    );
  const byHand = [
    ...(carryFactor === null ? [] : ['carry']),
    ...(discountFactor === null ? [] : ['discount factor']),
  ];
  if (byHand.length > 0)
    found.push(`${contractId} has its ${byHand.join(' and ')} set by hand; sessions take the market's.`);
  return found;
}

/** A forward-start contract; a strangle is its two payoffs. Settled ones are no longer held: the empty list. */
export function frozenForwardStart(contract: StoredForwardStart, day: IsoDate): Frozen {
  const terms = standingTerms(contract);
  const { contractId } = terms;
  const { state, stateNote } = forwardStartState(contract, day);
  if (state === 'settled') return ok([]);
  if (state !== 'anticipatory' && state !== 'live') return fail(`${contractId}: ${stateNote}`);
  if (terms.option !== null)
    return fail(
      `${contractId} is a right on a contract, which sessions do not value. Add the contract itself.`,
    );
  if (terms.secondUnderlying !== null && terms.secondUnderlying !== terms.underlying)
    return fail(
      `${contractId} ends on ${terms.secondUnderlying}: sessions value contracts on one underlying.`,
    );
  if (terms.underlyingKind === 'yield')
    return fail(`${contractId} is on a yield, which sessions do not value.`);
  const payoffs = payoffsOf(terms);
  const strike = strikeOf(contract);
  return ok(
    payoffs.map((payoff, at) => ({
      kind: 'forward-start',
      positionId: `${contractBook}/${contractId}${payoffs.length > 1 ? `#${at + 1}` : ''}`,
      book: contractBook,
      symbol: terms.underlying,
      label: payoffs.length > 1 ? `${contractId} ${payoff.optionType}` : contractId,
      quantity: terms.quantity,
      payoff: {
        optionType: payoff.optionType,
        family: payoff.family,
        power: payoff.power,
        strikeMultiplier: payoff.strikeMultiplier ?? 1,
        strikeOffset: payoff.strikeOffset ?? 0,
        normalizedBy: payoff.normalizedBy ?? 'firstFixing',
      },
      firstReferenceDate: terms.firstReferenceDate,
      secondReferenceDate: terms.secondReferenceDate,
      amount: terms.amount,
      // Of a strangle each leg's own, from the call's.
      fixedStrike:
        strike === null || payoffs.length === 1
          ? strike
          : ((strike - terms.strikeOffset) / terms.strikeMultiplier) * (payoff.strikeMultiplier ?? 1) +
            terms.strikeOffset,
    })),
  );
}

/** A realized-volatility contract with what it has observed up to a day. */
export function frozenRealizedVol(
  { terms, events }: Pick<StoredRealizedVol, 'terms' | 'events'>,
  day: IsoDate,
  read: Readers,
): Frozen {
  const { contractId } = terms;
  if (events.some(({ kind }) => kind === 'settled')) return ok([]);
  if (day >= terms.endDate) return fail(`${contractId} ended on ${terms.endDate}: confirm its settlement.`);
  return ok([realizedVolPosition(terms, day, read, contractBook)]);
}

export function realizedVolPosition(
  terms: RealizedVolTerms,
  day: IsoDate,
  read: Readers,
  book: string,
): ScenarioPosition {
  const observations = observationsOf(read, terms, day);
  const progress = progressOf(observations);
  const { realized } = observations;
  return {
    kind: 'realized-vol',
    positionId: `${book}/${terms.contractId}`,
    book,
    symbol: terms.underlying,
    label: terms.contractId,
    quantity: terms.quantity,
    startDate: terms.startDate,
    endDate: terms.endDate,
    estimator: terms.estimator,
    periodsPerYear: terms.periodsPerYear,
    multiplier: terms.multiplier,
    months: terms.months,
    tick: terms.tick,
    progress,
    progressReason:
      progress !== null
        ? null
        : realized.ok
          ? `The period of ${terms.contractId} holds no session.`
          : sentenceOf(failure(realized.error.code, terms.underlying, realized.error.detail)),
    sessionsLeft: observations.rows
      .slice(1)
      .flatMap(({ date, status }) => (status === 'expected' ? [date] : [])),
  };
}
