import type { IsoDate } from '../../../../shared/dates.ts';
import { failure } from '../../../../shared/failure.ts';
import { contractValue } from '../../../../shared/quant/contracts/vol-contract.ts';
import type {
  ListedOptionPosition,
  ScenarioBook,
  ScenarioPosition,
  SettledPosition,
} from '../../../../shared/quant/scenario/book.ts';
import type { Trade } from '../../../../shared/quant/scenario/operations.ts';
import type { Explanation } from '../../../../shared/quant/scenario/result.ts';
import { settledOption } from '../../../../shared/quant/scenario/roll.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import type { Readers } from '../../../store/index.ts';
import type { QueryContext } from '../../handlers.ts';
import { marketDay } from '../market/as-of.ts';
import { createScenarioCompute } from './compute-scenario.ts';
import type { FrozenDesk } from './frozen-desk.ts';
import type { ScenarioBooks } from './scenario-books.ts';

/** The live book of a day: as it was kept, else that day's market with the positions of now. */
async function deskOn(
  day: IsoDate,
  isNewest: boolean,
  context: QueryContext,
  books: ScenarioBooks,
): Promise<Result<{ readonly desk: FrozenDesk; readonly basis: string }>> {
  const kept = isNewest ? null : context.read.scenarios.dailyOn(day);
  if (kept !== null) {
    const desk = books.readFrozen(context.read, kept.snapshotId);
    return ok({ desk, basis: `${day}: the book as it was kept at ${kept.takenAt}.` });
  }
  const desk = await books.live(context, day, { heldOnly: true });
  if (!desk.ok) return desk;
  const basis = isNewest
    ? `${day}: the book as it stands.`
    : `${day}: no snapshot of that day was kept: its market with the positions of now.`;
  return ok({ desk: desk.value, basis });
}

/** A position that ended on the way: its money, and shares that came with it at a level. */
interface Settled {
  readonly position: SettledPosition;
  readonly shares: number;
  readonly spot: number;
}

/**
 * What became of an option that expired on the way, at the close of its day, its intrinsic value as money: shares
 * that it delivered are rows of their own by now. Null where the close is not known.
 */
function expired(position: ListedOptionPosition, to: IsoDate, read: Readers): Settled | null {
  const expiry = position.expiryKey.slice(0, 10);
  if (expiry > to) return null;
  const close = read.prices.closeOn(position.symbol, expiry);
  const spot =
    close?.date === expiry ? close.close : (read.quotes.spot(position.symbol, expiry)?.spot ?? null);
  if (spot === null) return null;
  const { shares } = settledOption(position, spot, expiry);
  return { position: settledOption({ ...position, delivery: 'cash' }, spot, expiry), shares, spot };
}

/** An option that had ended on the first day already: what it left then, shares as rows of their own by now. */
function alreadySettled(position: SettledPosition, { names }: ScenarioBook): Settled | null {
  const spot = names.find(({ symbol }) => symbol === position.symbol)?.spot ?? null;
  if (spot === null) return null;
  const { cash, shares } = position;
  return { position: { ...position, cash: cash + shares * spot, shares: 0 }, shares, spot };
}

/** What a contract paid that was settled on the way; null where it was not. */
function settledContract(position: ScenarioPosition, read: Readers): Settled | null {
  if (position.kind !== 'forward-start' && position.kind !== 'realized-vol') return null;
  const { positionId, book, symbol, label, quantity, kind } = position;
  const event = read.contracts.find(label)?.events.findLast((one) => one.kind === 'settled');
  if (event === undefined) return null;
  const cash =
    position.kind === 'forward-start'
      ? event.amount
      : event.vol === null
        ? null
        : contractValue({ ...position, vol: event.vol }).value * quantity;
  if (cash === null) return null;
  const note = `Settled on ${event.happenedAt.slice(0, 10)}.`;
  const held = { positionId, book, symbol, label, quantity };
  return { position: { kind: 'settled', ...held, was: kind, cash, shares: 0, note }, shares: 0, spot: 0 };
}

interface Filled {
  /** Contracts, signed. */
  readonly units: number;
  /** Σ contracts × price per unit. */
  readonly priced: number;
  readonly commission: number;
}

/** Executions of suggestions after one day and up to another, by contract. */
function fillsBetween(read: Readers, from: IsoDate, to: IsoDate): Map<string, Filled> {
  const found = new Map<string, Filled>();
  for (const { suggestionId } of read.suggestions.list()) {
    for (const fill of read.suggestions.fills(suggestionId)) {
      const date = fill.tradedAt.slice(0, 10);
      if (date <= from || date > to) continue;
      const signed = fill.side === 'sell' ? -fill.quantity : fill.quantity;
      const known = found.get(fill.contract) ?? { units: 0, priced: 0, commission: 0 };
      found.set(fill.contract, {
        units: known.units + signed,
        priced: known.priced + signed * fill.price,
        commission: known.commission + fill.commission,
      });
    }
  }
  return found;
}

/** Shares that options left on their expiry, by underlying, and what they were worth then. */
function deliveries(
  settled: readonly Settled[],
): Map<string, { readonly shares: number; readonly worth: number }> {
  const found = new Map<string, { shares: number; worth: number }>();
  for (const { position, shares, spot } of settled) {
    if (shares === 0) continue;
    const known = found.get(position.symbol) ?? { shares: 0, worth: 0 };
    found.set(position.symbol, { shares: known.shares + shares, worth: known.worth + shares * spot });
  }
  return found;
}

const multiplierOf = (position: ScenarioPosition): number =>
  'multiplier' in position && position.kind !== 'realized-vol' ? position.multiplier : 1;

/**
 * What changes of size cost: by the executions on the desk where they account for the change, by what an expiry
 * delivered, else by the cost of a new row. A change without any of them counts with its value, and says so.
 */
function tradesBetween(
  from: ScenarioBook,
  to: Pick<FrozenDesk, 'book' | 'costs'>,
  settled: readonly Settled[],
  read: Readers,
): Trade[] {
  const fills = fillsBetween(read, from.asOf, to.book.asOf);
  const delivered = deliveries(settled);
  const before = new Map(from.positions.map((position) => [position.positionId, position]));
  const after = new Map(to.book.positions.map((position) => [position.positionId, position]));
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((positionId): Trade[] => {
    const [was, is] = [before.get(positionId), after.get(positionId)];
    const position = is ?? was;
    if (position === undefined || is?.kind === 'settled') return [];
    const quantity = (is?.quantity ?? 0) - (was?.quantity ?? 0);
    if (quantity === 0) return [];
    const paid = (money: number): Trade[] => [{ positionId, quantity, paid: money, date: to.book.asOf }];
    const filled = fills.get(position.label);
    if (filled !== undefined && filled.units === quantity)
      return paid(filled.priced * multiplierOf(position) + filled.commission);
    const shares = position.kind === 'stock' ? delivered.get(position.symbol) : undefined;
    if (shares !== undefined && shares.shares === quantity) return paid(shares.worth);
    const cost = to.costs[positionId];
    return was === undefined && cost !== undefined && position.kind !== 'future'
      ? paid(quantity * multiplierOf(position) * cost)
      : [];
  });
}

export interface ExplainedDays {
  readonly explanation: Explanation;
  readonly books: readonly string[];
  readonly basis: readonly string[];
}

/** The last stored market day before one; null where there is none. */
const dayBefore = (read: Readers, day: IsoDate): IsoDate | null =>
  read.quotes.marketDates().find((date) => date < day) ?? null;

/**
 * The live book's profit between two stored days, in parts.
 * Failures: `not-found` without two market days, `invalid-input` where they are not in order.
 */
export async function explainDays(
  request: {
    readonly from?: IsoDate | undefined;
    readonly to?: IsoDate | undefined;
    readonly book?: string | undefined;
  },
  context: QueryContext,
  books: ScenarioBooks,
): Promise<Result<ExplainedDays>> {
  const { read } = context;
  const newest = marketDay(read, undefined);
  if (!newest.ok) return newest;
  const to = request.to ?? newest.value;
  const from = request.from ?? dayBefore(read, to);
  const subject = 'The profit explained';
  if (from === null)
    return fail(failure('not-found', `A market day before ${to}`, { next: 'Import an earlier day.' }));
  if (from >= to) return fail(failure('invalid-input', subject, { reason: `${from} is not before ${to}` }));
  const [early, late] = [
    await deskOn(from, from === newest.value, context, books),
    await deskOn(to, to === newest.value, context, books),
  ];
  if (!early.ok) return early;
  if (!late.ok) return late;
  const inBook = ({ book }: ScenarioPosition): boolean => request.book === undefined || book === request.book;
  const bookNames = [...early.value.desk.book.positions, ...late.value.desk.book.positions].flatMap(
    ({ book }) => book ?? [],
  );
  if (request.book !== undefined && !bookNames.includes(request.book))
    return fail(failure('not-found', `The book ${request.book}`, { next: 'Choose one of those held.' }));

  const there = new Set(late.value.desk.book.positions.map(({ positionId }) => positionId));
  const cannot = new Set(late.value.desk.notIncluded.map(({ positionId }) => positionId));
  const settled: Settled[] = [];
  // What is held on either day and is in neither book: a position's id begins with its book.
  const left = [...early.value.desk.notIncluded, ...late.value.desk.notIncluded].filter(
    ({ positionId }) => request.book === undefined || positionId.startsWith(`${request.book}/`),
  );
  const before = early.value.desk.book.positions.filter((position) => {
    if (there.has(position.positionId) || !inBook(position)) return inBook(position);
    const done =
      position.kind === 'option'
        ? expired(position, to, read)
        : position.kind === 'settled'
          ? alreadySettled(position, early.value.desk.book)
          : settledContract(position, read);
    if (done !== null) settled.push(done);
    return done !== null || !cannot.has(position.positionId);
  });
  const fromBook = { ...early.value.desk.book, positions: before };
  const toBook = {
    ...late.value.desk.book,
    positions: [...late.value.desk.book.positions.filter(inBook), ...settled.map(({ position }) => position)],
  };
  const trades = tradesBetween(fromBook, { ...late.value.desk, book: toBook }, settled, read);
  const explained = await createScenarioCompute(context).explain(subject, {
    from: fromBook,
    to: toBook,
    trades,
  });
  if (!explained.ok) return explained;
  const known = new Set([
    ...explained.value.notValued.map(({ positionId }) => positionId),
    ...settled.map(({ position }) => position.positionId),
  ]);
  return ok({
    explanation: {
      ...explained.value,
      notValued: [...explained.value.notValued, ...left.filter(({ positionId }) => !known.has(positionId))],
    },
    books: [...new Set(bookNames)].sort(),
    basis: [early.value.basis, late.value.basis],
  });
}
