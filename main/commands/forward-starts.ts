import type { forwardStartCommands } from '../../shared/contract/forward-starts.ts';
import type { IsoDate } from '../../shared/dates.ts';
import { failure, type Failure } from '../../shared/failure.ts';
import { fixingLevel } from '../../shared/quant/contracts/forward-start-settlement.ts';
import { gammaDollar1Pct, perCarryPercent, perVolPoint } from '../../shared/quant/risk-units.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Readers, StoredForwardStart } from '../store/index.ts';
import type { HandlersFor, MutationContext } from './handlers.ts';
import { enterContract, entryUndone, isForwardStart, isSettled } from './support/contracts/contract-entry.ts';
import { nextPeriod, rollProposal } from './support/contracts/contract-roll.ts';
import { structuresOn } from './support/contracts/contract-structures.ts';
import { proposeFixing } from './support/contracts/fixing-proposal.ts';
import { forwardStartMarket } from './support/contracts/forward-start-market.ts';
import {
  checkForwardStart,
  contractNotFound,
  datesInOrder,
  nameOf,
} from './support/contracts/forward-start-rules.ts';
import {
  firstFixingOf,
  forwardStartState,
  standingTerms,
  strikeOf,
} from './support/contracts/forward-start-terms.ts';
import { impliedUnitVol, priceUnit } from './support/contracts/forward-start-value.ts';
import { payoutOf } from './support/contracts/payout-reader.ts';
import { richnessOf } from './support/contracts/richness-reader.ts';
import { marketDay, newestDay } from './support/market/as-of.ts';
import type { ChainDesk } from './support/market/chain-desk.ts';

const asText = (reason: string, subject: string): Failure =>
  failure('invalid-input', subject, { reason: reason.replace(/\.$/, '') });

function held(read: Readers, contractId: string): Result<StoredForwardStart> {
  const contract = read.contracts.find(contractId);
  return contract !== null && isForwardStart(contract) ? ok(contract) : fail(contractNotFound(contractId));
}

/** Says what was done, in the audit and to the windows. */
function tell(tx: MutationContext, contractId: string, detail: string): void {
  tx.describe({ subject: nameOf(contractId), detail });
  tx.announce({ type: 'contracts.changed' });
}

const wrongState = (contractId: string, state: string, action: string, next: string): Failure =>
  failure('wrong-state', nameOf(contractId), { state, action, next });

/** The level told, or the contract's own average and rounding of the prices told. */
function levelTold(
  contract: StoredForwardStart,
  level: number | undefined,
  prices: readonly { readonly price: number }[] | undefined,
): Result<number> {
  const { contractId, fixingRoundTo } = contract.terms;
  const refuse = (reason: string) => fail(failure('invalid-input', nameOf(contractId), { reason }));
  if (level === undefined && prices === undefined) return refuse('neither a level nor prices are given');
  const average =
    prices === undefined
      ? ok(level ?? 0)
      : fixingLevel({ prices: prices.map(({ price }) => price), roundTo: fixingRoundTo });
  if (!average.ok) return fail(failure('invalid-input', nameOf(contractId), average.error.detail));
  const found = average.value;
  if (!(found > 0)) return refuse(`the fixing ${found} is not above 0`);
  if (level !== undefined && Math.abs(level - found) > 1e-9 * found) {
    return refuse(`the level ${level} is not the ${found} that its prices come to`);
  }
  return ok(found);
}

/** The life of a forward-start contract, and what can be asked of it. */
export const forwardStartHandlers = (chains: ChainDesk): HandlersFor<typeof forwardStartCommands> => ({
  'contracts.addForwardStart': (terms, tx) => {
    const checked = checkForwardStart(tx.read, terms);
    if (!checked.ok) return checked;
    tx.reversible(entryUndone(terms.contractId));
    return enterContract(tx, { kind: 'forward-start', terms });
  },

  'contracts.fixing': async ({ contractId, which }, { read }) => {
    const contract = held(read, contractId);
    return contract.ok ? ok(proposeFixing(read, contract.value, which)) : contract;
  },

  'contracts.fix': ({ contractId, level, prices, reason }, tx) => {
    const found = held(tx.read, contractId);
    if (!found.ok) return found;
    const contract = found.value;
    const terms = standingTerms(contract);
    if (isSettled(contract)) {
      return fail(wrongState(contractId, 'settled', 'fixed', 'Nothing is left to fix.'));
    }
    if (terms.option !== null) {
      const next = 'Say whether the right is used first.';
      return fail(wrongState(contractId, 'a right not used yet', 'fixed', next));
    }
    const today = newestDay(tx.read);
    if (today === null || today < terms.firstReferenceDate) {
      const next = `Import the market of ${terms.firstReferenceDate} first.`;
      return fail(wrongState(contractId, `not due before ${terms.firstReferenceDate}`, 'fixed', next));
    }
    const told = levelTold(contract, level, prices);
    if (!told.ok) return told;
    const before = strikeOf(contract);
    if (before !== null && reason.trim() === '') {
      return fail(failure('reason-required', nameOf(contractId), { action: 'fixed again' }));
    }
    tx.contracts.addEvent(contractId, {
      kind: 'fixed',
      level: told.value,
      vol: null,
      amount: null,
      reason,
      ...(prices === undefined ? {} : { prices }),
    });
    const fixedStrike = terms.strikeMultiplier * told.value + terms.strikeOffset;
    const from = prices === undefined ? '' : ` (average of ${prices.map(({ price }) => price).join(', ')})`;
    const was = before === null ? '' : `, was ${before}: ${reason}`;
    tell(tx, contractId, `fixed at ${told.value}${from}, strike ${fixedStrike}${was}`);
    return ok({ contractId, level: told.value, fixedStrike });
  },

  'contracts.exercise': ({ contractId, exercised, reason }, tx) => {
    const found = held(tx.read, contractId);
    if (!found.ok) return found;
    const contract = found.value;
    const { option, quantity, amount, tradePrice, premium } = standingTerms(contract);
    if (option === null || isSettled(contract)) {
      const next = 'Only a right on a contract that is still open can be used.';
      return fail(wrongState(contractId, 'without an open right', 'exercised', next));
    }
    const today = newestDay(tx.read);
    if (today === null || today < option.expiryDate) {
      const next = `Import the market of ${option.expiryDate} first.`;
      return fail(wrongState(contractId, `a right until ${option.expiryDate}`, 'exercised', next));
    }
    const kind = exercised ? 'exercised' : 'lapsed';
    tx.contracts.addStep(contractId, { kind, detail: {}, reason });
    if (!exercised) {
      const owed = premium === 'deferred' ? -quantity * amount * (tradePrice ?? 0) : 0;
      tx.contracts.addEvent(contractId, {
        kind: 'settled',
        level: null,
        vol: null,
        amount: owed,
        reason: 'lapsed',
      });
    }
    tell(tx, contractId, exercised ? 'the right on it is used' : 'the right on it lapsed');
    const after = tx.read.contracts.find(contractId);
    const state = after !== null && isForwardStart(after) ? forwardStartState(after, today).state : 'settled';
    return ok({ contractId, state });
  },

  'contracts.mark': ({ contractId, carryFactor, discountFactor, reason }, tx) => {
    const contract = held(tx.read, contractId);
    if (!contract.ok) return contract;
    if (isSettled(contract.value)) {
      return fail(wrongState(contractId, 'settled', 'marked', 'Nothing of it is left to value.'));
    }
    tx.contracts.addStep(contractId, { kind: 'marked', detail: { carryFactor, discountFactor }, reason });
    const words = (value: number | null): string => (value === null ? 'the market’s' : String(value));
    tell(
      tx,
      contractId,
      `carry factor ${words(carryFactor)}, discount factor ${words(discountFactor)}: ${reason}`,
    );
    return ok({ contractId });
  },

  'contracts.quote': async ({ terms, vol, price, asOf }, context) => {
    const day = marketDay(context.read, asOf);
    if (!day.ok) return day;
    const name = nameOf(terms.contractId);
    if ((vol === undefined) === (price === undefined)) {
      return fail(
        failure('invalid-request', 'contracts.quote', {
          reason: 'a volatility and a price, or neither: give one of the two',
        }),
      );
    }
    const dates = datesInOrder(terms.contractId, terms.firstReferenceDate, terms.secondReferenceDate);
    if (!dates.ok) return dates;
    const contract = { terms, events: [], steps: [] };
    const { state, stateNote } = forwardStartState(contract, day.value);
    if (state === 'settling') return fail(asText(stateNote, name));
    const structures = await structuresOn(day.value, context, chains).forTerms(terms);
    const market = forwardStartMarket(contract, day.value, structures);
    if (!market.ok) return fail(asText(market.error, name));
    const { marketVol, forward, carryFactor, discountFactor } = market.value;
    // A deferred premium is agreed as paid at the end; today it counts with the discount factor.
    const agreedToday = terms.premium === 'deferred' ? discountFactor : 1;
    const found =
      price === undefined ? ok(vol ?? 0) : impliedUnitVol(terms, market.value, price * agreedToday);
    if (!found.ok) return fail(asText(found.error, name));
    const priced = priceUnit(terms, market.value, found.value);
    if (!priced.ok) return fail(asText(priced.error, name));
    const fair = marketVol.ok ? priceUnit(terms, market.value, marketVol.value) : marketVol;
    const scale = terms.quantity * terms.amount;
    return ok({
      vol: found.value,
      price: priced.value.price / agreedToday,
      value: scale * priced.value.price,
      vegaPerVolPoint: perVolPoint(scale * priced.value.vegaPerVol),
      gammaDollar1Pct: gammaDollar1Pct(scale * priced.value.gammaForward, forward),
      carryFactor,
      discountFactor,
      carryPer1Pct: perCarryPercent(scale * priced.value.perCarryFactor),
      marketVol: marketVol.ok ? marketVol.value : null,
      marketPrice: fair.ok ? fair.value.price / agreedToday : null,
      note: marketVol.ok ? `Time-dependent Black–Scholes; ${structures.second.source}.` : marketVol.error,
    });
  },

  'contracts.richness': async ({ contractId, years, asOf }, context) => {
    const day = marketDay(context.read, asOf);
    if (!day.ok) return day;
    const contract = held(context.read, contractId);
    if (!contract.ok) return contract;
    const structures = await structuresOn(day.value, context, chains).forTerms(contract.value.terms);
    return ok(richnessOf(contract.value, day.value, years, structures, context.read));
  },

  'contracts.profile': async ({ contractIds, ticket, low, high, asOf }, context) => {
    const { read } = context;
    const day = marketDay(read, asOf);
    if (!day.ok) return day;
    if (!(low < high)) {
      const reason = `a range from ${low} to ${high}, which is empty`;
      return fail(failure('invalid-request', 'contracts.profile', { reason }));
    }
    const wanted = new Set(contractIds);
    const found = read.contracts
      .list()
      .filter(isForwardStart)
      .filter((one) => wanted.has(one.contractId));
    const known = new Set(found.map((one) => one.contractId));
    const missing = contractIds.find((id) => !known.has(id));
    if (missing !== undefined) return fail(contractNotFound(missing));
    const drafts = ticket === undefined ? [] : [draftOf(ticket, day.value)];
    const structures = structuresOn(day.value, context, chains);
    return ok(await payoutOf([...found, ...drafts], day.value, { low, high }, structures));
  },

  'contracts.rollProposal': async (
    { contractId, firstReferenceDate, secondReferenceDate, asOf },
    context,
  ) => {
    const { read } = context;
    const day = marketDay(read, asOf);
    if (!day.ok) return day;
    const contract = held(read, contractId);
    if (!contract.ok) return contract;
    const usual = nextPeriod(read, contract.value.terms);
    const period = {
      firstReferenceDate: firstReferenceDate ?? usual.firstReferenceDate,
      secondReferenceDate: secondReferenceDate ?? usual.secondReferenceDate,
    };
    const dates = datesInOrder(contractId, period.firstReferenceDate, period.secondReferenceDate);
    if (!dates.ok) return dates;
    const structures = await structuresOn(day.value, context, chains).forTerms(contract.value.terms);
    return rollProposal(contract.value, day.value, period, structures, read);
  },

  'contracts.roll': ({ contractId, into, price, reason }, tx) => {
    const found = held(tx.read, contractId);
    if (!found.ok) return found;
    const contract = found.value;
    const terms = standingTerms(contract);
    if (isSettled(contract) || firstFixingOf(contract) !== null || terms.option !== null) {
      const next = 'A contract is rolled before its strike is fixed.';
      return fail(wrongState(contractId, isSettled(contract) ? 'settled' : 'fixed', 'rolled', next));
    }
    const next = { ...terms, ...into, fixedStrike: null };
    const checked = checkForwardStart(tx.read, next);
    if (!checked.ok) return checked;
    const amount =
      terms.quantity * terms.amount * (price - (terms.premium === 'deferred' ? (terms.tradePrice ?? 0) : 0));
    tx.contracts.addStep(contractId, { kind: 'rolled', detail: { into: into.contractId, price }, reason });
    tx.contracts.addEvent(contractId, {
      kind: 'settled',
      level: null,
      vol: null,
      amount,
      reason: `rolled into ${into.contractId} at ${price}`,
    });
    const entered = enterContract(tx, { kind: 'forward-start', terms: next });
    if (!entered.ok) return entered;
    tell(tx, contractId, `rolled into ${into.contractId}, left at ${price} for ${amount}: ${reason}`);
    return ok({ contractId: into.contractId, amount });
  },
});

/** A ticket as if it were held, to be drawn beside what is. */
const draftOf = (terms: StoredForwardStart['terms'], day: IsoDate): StoredForwardStart => ({
  kind: 'forward-start',
  contractId: terms.contractId,
  terms,
  enteredAt: day,
  batchId: null,
  events: [],
  steps: [],
});
