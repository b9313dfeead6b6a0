import type { ScenarioItem } from '../../../../shared/contract/scenario-edits.ts';
import { yearsBetween } from '../../../../shared/dates.ts';
import { failure, type Failure } from '../../../../shared/failure.ts';
import { isIndexSymbol } from '../../../../shared/option-roots.ts';
import type { NameMarket, ScenarioPosition } from '../../../../shared/quant/scenario/book.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import { parseOptionSymbol, readableSymbol } from '../../../../shared/symbols.ts';
import type { Readers } from '../../../store/index.ts';
import { frozenForwardStart, realizedVolPosition } from './freeze-positions.ts';
import type { FrozenDesk } from './frozen-desk.ts';

type Option = Extract<ScenarioItem, { instrument: 'option' }>;

/** Expiries that a refusal names. */
const shownExpiries = 6;

const notFrozen = (symbol: string): Failure =>
  failure('not-found', `${symbol} in the frozen market`, {
    next: 'Refresh the session with that name, or choose another.',
  });

function nameOf(desk: FrozenDesk, symbol: string): NameMarket | null {
  return desk.book.names.find((name) => name.symbol === symbol) ?? null;
}

/** The name whose listed contracts have a root. */
const symbolOfRoot = (desk: FrozenDesk, root: string): string =>
  Object.entries(desk.listed).find(([, listed]) => listed.some((one) => one.root === root))?.[0] ?? root;

function option(item: Option, desk: FrozenDesk): Result<ScenarioPosition> {
  const parsed = parseOptionSymbol(item.contract);
  if (!parsed.ok) {
    return fail(failure('invalid-input', item.contract, { reason: 'it is not the name of a listed option' }));
  }
  const { root, expiry, optionType, strike } = parsed.value;
  const symbol = item.symbol ?? symbolOfRoot(desk, root);
  const name = nameOf(desk, symbol);
  if (name === null) return fail(notFrozen(symbol));
  const label = readableSymbol(parsed.value);
  const market =
    name.expiries.find(({ key }) => key === `${expiry}:${root}`) ??
    name.expiries.find((one) => one.expiry === expiry);
  if (market === undefined) {
    const near = name.expiries
      .filter((one) => one.expiry >= expiry)
      .slice(0, shownExpiries)
      .map((one) => one.expiry);
    const listed = (
      near.length > 0 ? near : name.expiries.slice(-shownExpiries).map((one) => one.expiry)
    ).join(', ');
    return fail(
      failure('not-found', `The expiry of ${label}`, {
        next: listed === '' ? `${symbol} has no options.` : `${symbol} has ${listed}.`,
      }),
    );
  }
  const listed = desk.listed[symbol]?.find(({ key }) => key === market.key);
  const isIndex = isIndexSymbol(symbol) || desk.book.indexes.some(({ index }) => index === symbol);
  return ok({
    kind: 'option',
    positionId: label,
    book: item.book,
    symbol,
    label,
    quantity: item.quantity,
    optionType,
    strike,
    multiplier: item.multiplier ?? listed?.multiplier ?? 100,
    expiryKey: market.key,
    delivery: isIndex ? 'cash' : 'physical',
    vol: null,
  });
}

function forwardStart(
  item: Extract<ScenarioItem, { instrument: 'forward-start' }>,
  desk: FrozenDesk,
): Result<readonly ScenarioPosition[]> {
  const { terms, book } = item;
  const { contractId, firstReferenceDate, secondReferenceDate } = terms;
  if (!(firstReferenceDate < secondReferenceDate)) {
    const reason = `it ends on ${secondReferenceDate}, not after it starts on ${firstReferenceDate}`;
    return fail(failure('invalid-input', contractId, { reason }));
  }
  const frozen = frozenForwardStart(
    { kind: 'forward-start', contractId, terms, enteredAt: '', batchId: null, events: [], steps: [] },
    desk.book.asOf,
  );
  if (!frozen.ok)
    return fail(failure('invalid-input', contractId, { reason: frozen.error.replace(/\.$/, '') }));
  return ok(frozen.value.map((position) => ({ ...position, book })));
}

/**
 * The rows that a trade adds to a session, valued against its frozen market; ids are not yet the session's own.
 * A strangle is two rows.
 */
export function newPositions(
  item: ScenarioItem,
  desk: FrozenDesk,
  read: Readers,
): Result<readonly ScenarioPosition[]> {
  if (item.instrument === 'cash') {
    const { book, symbol, quantity } = item;
    return ok([{ kind: 'cash', positionId: symbol, book, symbol, label: symbol, quantity }]);
  }
  if (item.instrument === 'option') {
    const made = option(item, desk);
    return made.ok ? ok([made.value]) : made;
  }
  const symbol = 'terms' in item ? item.terms.underlying : item.symbol;
  const name = nameOf(desk, symbol);
  if (name === null) return fail(notFrozen(symbol));
  switch (item.instrument) {
    case 'stock': {
      const { book, quantity } = item;
      return ok([
        { kind: 'stock', positionId: symbol, book, symbol, label: symbol, quantity, dividendsReceived: 0 },
      ]);
    }
    case 'future': {
      const { book, quantity, multiplier, expiry } = item;
      const market = name.expiries.find((one) => one.expiry === expiry);
      const label = `${symbol} ${expiry} future`;
      if (market === undefined) {
        return fail(
          failure('not-found', `The forward of ${symbol} for ${expiry}`, {
            next: `Choose one of its expiries: ${name.expiries
              .slice(0, shownExpiries)
              .map((one) => one.expiry)
              .join(', ')}.`,
          }),
        );
      }
      return ok([
        {
          kind: 'future',
          positionId: label,
          book,
          symbol,
          label,
          quantity,
          multiplier,
          expiry,
          timeToExpiry: yearsBetween(desk.book.asOf, expiry),
          referencePrice: market.forward,
        },
      ]);
    }
    case 'forward-start':
      return forwardStart(item, desk);
    case 'realized-vol': {
      const { terms, book } = item;
      if (!(terms.startDate < terms.endDate && terms.endDate > desk.book.asOf)) {
        const reason = `its period from ${terms.startDate} to ${terms.endDate} does not lie ahead of ${desk.book.asOf}`;
        return fail(failure('invalid-input', terms.contractId, { reason }));
      }
      return ok([realizedVolPosition(terms, desk.book.asOf, read, book)]);
    }
  }
}
