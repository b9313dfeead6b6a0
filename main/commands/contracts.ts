import type {
  contractCommands,
  ForwardStartTerms,
  RealizedVolTerms,
} from '../../shared/contract/contracts.ts';
import type { IsoDate } from '../../shared/dates.ts';
import { failure, type Failure } from '../../shared/failure.ts';
import { settlementPayoff } from '../../shared/quant/contracts/forward-start-settlement.ts';
import { gammaDollar1Pct, perVolPoint } from '../../shared/quant/risk-units.ts';
import { settlementVol } from '../../shared/quant/contracts/vol-contract-observations.ts';
import { contractValue } from '../../shared/quant/contracts/vol-contract.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Readers, StoredContract, StoredForwardStart, StoredRealizedVol } from '../store/index.ts';
import type { HandlersFor, MutationContext } from './handlers.ts';
import { marketDay, newestDay } from './support/market/as-of.ts';
import type { ChainDesk } from './support/market/chain-desk.ts';
import { exposureOf } from './support/contracts/exposure-reader.ts';
import {
  forwardStartMarket,
  forwardStartState,
  forwardStartValue,
  impliedUnitVol,
  payoffOf,
  priceUnit,
  strikeOf,
} from './support/contracts/forward-start-value.ts';
import { observationsOf, realizedVolValue } from './support/contracts/realized-vol-value.ts';
import { termStructure, type TermStructure } from './support/market/term-structure.ts';

const nameOf = (contractId: string): string => `Contract ${contractId}`;
const notFound = (contractId: string): Failure =>
  failure('not-found', nameOf(contractId), { next: 'List the contracts to see what there is.' });
const asText = (reason: string, subject: string): Failure =>
  failure('invalid-input', subject, { reason: reason.replace(/\.$/, '') });
const isForwardStart = (contract: StoredContract): contract is StoredForwardStart =>
  contract.kind === 'forward-start';
const isRealizedVol = (contract: StoredContract): contract is StoredRealizedVol =>
  contract.kind === 'realized-vol';
const isSettled = ({ events }: StoredContract): boolean => events.some(({ kind }) => kind === 'settled');

function datesInOrder(contractId: string, start: IsoDate, end: IsoDate): Result<null> {
  return start < end
    ? ok(null)
    : fail(
        failure('invalid-input', nameOf(contractId), {
          reason: `it ends on ${end}, not after it starts on ${start}`,
        }),
      );
}

function insert(
  tx: MutationContext,
  contract:
    | { readonly kind: 'forward-start'; readonly terms: ForwardStartTerms }
    | { readonly kind: 'realized-vol'; readonly terms: RealizedVolTerms },
): Result<{ contractId: string }> {
  const { contractId } = contract.terms;
  if (!tx.contracts.insert(contract)) return fail(failure('already-exists', nameOf(contractId)));
  tx.describe({ subject: nameOf(contractId), detail: JSON.stringify(contract.terms) });
  tx.announce({ type: 'contracts.changed' });
  return ok({ contractId });
}

/** What a forward-start contract pays for a level at its end; the failures say what is missing. */
function forwardStartAmount(
  contract: StoredForwardStart,
  level: number | undefined,
  read: Readers,
): Result<{ amount: number; level: number }> {
  const { terms } = contract;
  const strike = strikeOf(contract);
  const name = nameOf(terms.contractId);
  if (strike === null) {
    return fail(
      failure('wrong-state', name, { state: 'not fixed', action: 'settled', next: 'Fix its strike first.' }),
    );
  }
  const final = level ?? read.prices.closeOn(terms.underlying, terms.secondReferenceDate)?.close;
  const today = newestDay(read);
  if (today === null || today < terms.secondReferenceDate) {
    return fail(
      failure('wrong-state', name, {
        state: `running until ${terms.secondReferenceDate}`,
        action: 'settled',
        next: 'Import that day first.',
      }),
    );
  }
  if (final === undefined)
    return fail(failure('missing-session', terms.underlying, { date: terms.secondReferenceDate }));
  const paid = settlementPayoff({
    payoff: payoffOf(terms),
    fixing: { fixedStrike: strike },
    secondFixing: final,
  });
  if (!paid.ok) return fail(failure('invalid-input', name, paid.error.detail));
  const premium = terms.premium === 'deferred' ? (terms.tradePrice ?? 0) : 0;
  return ok({ amount: terms.quantity * terms.amount * (paid.value - premium), level: final });
}

function realizedVolAmount(
  { terms }: StoredRealizedVol,
  vol: number | undefined,
  read: Readers,
): Result<{ amount: number; vol: number }> {
  const found =
    vol === undefined ? settlementVol(observationsOf(read, terms, terms.endDate), terms.tick) : ok(vol);
  if (!found.ok) {
    return fail(
      found.error.code === 'missing-session'
        ? failure('missing-session', terms.underlying, found.error.detail)
        : failure('wrong-state', nameOf(terms.contractId), {
            state: `running until ${terms.endDate}`,
            action: 'settled',
            next: 'Import the prices of its whole period first.',
          }),
    );
  }
  const size = { multiplier: terms.multiplier, months: terms.months, tick: terms.tick };
  const moved = found.value - (terms.tradeVol ?? 0);
  const amount = Math.sign(moved) * contractValue({ ...size, vol: Math.abs(moved) }).value * terms.quantity;
  return ok({ amount, vol: found.value });
}

export const contractHandlers = (chains: ChainDesk): HandlersFor<typeof contractCommands> => ({
  'contracts.list': async ({ asOf, underlying }, context) => {
    const { read } = context;
    const day = asOf ?? newestDay(read);
    const held = read.contracts
      .list()
      .filter(({ terms }) => underlying === undefined || terms.underlying === underlying);
    if (day === null) return ok({ asOf: null, forwardStarts: [], realizedVols: [] });
    const structures = new Map<string, TermStructure>();
    for (const symbol of new Set(held.map(({ terms }) => terms.underlying))) {
      structures.set(symbol, await termStructure(symbol, day, context, chains));
    }
    const structureOf = async (symbol: string): Promise<TermStructure> =>
      structures.get(symbol) ?? termStructure(symbol, day, context, chains);
    return ok({
      asOf: day,
      forwardStarts: await Promise.all(
        held
          .filter(isForwardStart)
          .map(async (contract) =>
            forwardStartValue(contract, day, await structureOf(contract.terms.underlying)),
          ),
      ),
      realizedVols: await Promise.all(
        held
          .filter(isRealizedVol)
          .map(async (contract) =>
            realizedVolValue(contract, day, await structureOf(contract.terms.underlying), read),
          ),
      ),
    });
  },

  'contracts.addForwardStart': (terms, tx) => {
    const dates = datesInOrder(terms.contractId, terms.firstReferenceDate, terms.secondReferenceDate);
    return dates.ok ? insert(tx, { kind: 'forward-start', terms }) : dates;
  },

  'contracts.addRealizedVol': (terms, tx) => {
    const dates = datesInOrder(terms.contractId, terms.startDate, terms.endDate);
    return dates.ok ? insert(tx, { kind: 'realized-vol', terms }) : dates;
  },

  'contracts.remove': ({ contractId, reason }, tx) => {
    if (tx.read.contracts.find(contractId) === null) return fail(notFound(contractId));
    if (reason.trim() === '')
      return fail(failure('reason-required', nameOf(contractId), { action: 'removed' }));
    tx.contracts.addEvent(contractId, { kind: 'removed', level: null, vol: null, amount: null, reason });
    tx.describe({ subject: nameOf(contractId), detail: `removed: ${reason}` });
    tx.announce({ type: 'contracts.changed' });
    return ok({});
  },

  'contracts.fix': ({ contractId, level, reason }, tx) => {
    const contract = tx.read.contracts.find(contractId);
    if (contract === null || !isForwardStart(contract)) return fail(notFound(contractId));
    const { terms } = contract;
    if (!(level > 0))
      return fail(
        failure('invalid-input', nameOf(contractId), { reason: `the fixing ${level} is not above 0` }),
      );
    if (isSettled(contract)) {
      return fail(
        failure('wrong-state', nameOf(contractId), {
          state: 'settled',
          action: 'fixed',
          next: 'Nothing is left to fix.',
        }),
      );
    }
    const today = newestDay(tx.read);
    if (today === null || today < terms.firstReferenceDate) {
      const next = `Import the market of ${terms.firstReferenceDate} first.`;
      return fail(
        failure('wrong-state', nameOf(contractId), {
          state: `not due before ${terms.firstReferenceDate}`,
          action: 'fixed',
          next,
        }),
      );
    }
    const before = strikeOf(contract);
    if (before !== null && reason.trim() === '') {
      return fail(failure('reason-required', nameOf(contractId), { action: 'fixed again' }));
    }
    tx.contracts.addEvent(contractId, { kind: 'fixed', level, vol: null, amount: null, reason });
    const fixedStrike = terms.strikeMultiplier * level + terms.strikeOffset;
    tx.describe({
      subject: nameOf(contractId),
      detail: `fixed at ${level}, strike ${fixedStrike}${before === null ? '' : `, was ${before}: ${reason}`}`,
    });
    tx.announce({ type: 'contracts.changed' });
    return ok({ contractId, fixedStrike });
  },

  'contracts.settle': ({ contractId, level, vol }, tx) => {
    const contract = tx.read.contracts.find(contractId);
    if (contract === null) return fail(notFound(contractId));
    if (isSettled(contract)) {
      return fail(
        failure('wrong-state', nameOf(contractId), {
          state: 'settled',
          action: 'settled again',
          next: 'A confirmed settlement is final.',
        }),
      );
    }
    const settled = isForwardStart(contract)
      ? forwardStartAmount(contract, level, tx.read)
      : realizedVolAmount(contract, vol, tx.read);
    if (!settled.ok) return settled;
    const { amount } = settled.value;
    const found = { level: null, vol: null, ...settled.value };
    tx.contracts.addEvent(contractId, {
      kind: 'settled',
      level: found.level,
      vol: found.vol,
      amount,
      reason: '',
    });
    tx.describe({ subject: nameOf(contractId), detail: `settled for ${amount}` });
    tx.announce({ type: 'contracts.changed' });
    return ok({ contractId, amount });
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
    const contract = { terms, events: [] };
    const { state, stateNote } = forwardStartState(contract, day.value);
    if (state === 'settling') return fail(asText(stateNote, name));
    const structure = await termStructure(terms.underlying, day.value, context, chains);
    const market = forwardStartMarket(contract, day.value, structure);
    if (!market.ok) return fail(asText(market.error, name));
    // A deferred premium is agreed as paid at the end; today it counts with the discount factor.
    const agreedToday = terms.premium === 'deferred' ? market.value.discountFactor : 1;
    const found =
      price === undefined ? ok(vol ?? 0) : impliedUnitVol(terms, market.value, price * agreedToday);
    if (!found.ok) return fail(asText(found.error, name));
    const priced = priceUnit(terms, market.value, found.value);
    if (!priced.ok) return fail(asText(priced.error, name));
    const { marketVol, forward } = market.value;
    const fair = marketVol.ok ? priceUnit(terms, market.value, marketVol.value) : marketVol;
    const scale = terms.quantity * terms.amount;
    return ok({
      vol: found.value,
      price: priced.value.price / agreedToday,
      value: scale * priced.value.price,
      vegaPerVolPoint: perVolPoint(scale * priced.value.vegaPerVol),
      gammaDollar1Pct: gammaDollar1Pct(scale * priced.value.gammaForward, forward),
      marketVol: marketVol.ok ? marketVol.value : null,
      marketPrice: fair.ok ? fair.value.price / agreedToday : null,
      note: marketVol.ok ? `Time-dependent Black–Scholes; ${structure.source}.` : marketVol.error,
    });
  },

  'exposure.read': async ({ underlying, asOf, includeListed }, context) => {
    const { read } = context;
    const day = marketDay(read, asOf);
    if (!day.ok) return day;
    const contracts = read.contracts.list();
    if (underlying !== undefined && read.underliers.find(underlying) === null) {
      return fail(failure('not-found', underlying));
    }
    const symbols =
      underlying === undefined ? [...new Set(contracts.map(({ terms }) => terms.underlying))] : [underlying];
    const underlyings = await Promise.all(
      symbols.map((symbol) =>
        exposureOf(
          symbol,
          contracts.filter(({ terms }) => terms.underlying === symbol),
          day.value,
          includeListed,
          context,
          chains,
        ),
      ),
    );
    return ok({ underlyings });
  },
});
