import { createHash } from 'node:crypto';
import { canonicalJson } from '../../shared/canonical.ts';
import type { expiryCommands, ExpiryPosting, ExpiryProposal } from '../../shared/contract/expiry-day.ts';
import type { ParsedInputOf } from '../../shared/contract/index.ts';
import { failure, type Failure } from '../../shared/failure.ts';
import { endingOf, type ExpiringOption } from '../../shared/quant/hedge/expiry-outcome.ts';
import { inWhole } from '../../shared/quant/words.ts';
import { assertThat, fail, ok, type Result } from '../../shared/result.ts';
import type { ExpiryPosting as StoredPosting, ExpiryRow, Readers } from '../store/index.ts';
import type { HandlersFor, MutationContext } from './handlers.ts';
import { marketDay, newestDay } from './support/market/as-of.ts';
import { booksAfter } from './support/hedge/expiry-books.ts';
import { expiringOn } from './support/hedge/expiring.ts';

type Confirmed = ParsedInputOf<'expiry.post'>['rows'][number];

const nameOf = (postingId: number): string => `Expiry posting ${postingId}`;
const noPosting = (postingId: number): Failure =>
  failure('not-found', nameOf(postingId), { next: 'List the postings to see what there is.' });

const shown = ({ rows, ...posting }: StoredPosting): ExpiryPosting => ({
  ...posting,
  rows: rows.map(({ optionType, ...row }) => ({ ...row, type: optionType })),
});

/** A row as a person confirmed it: all of it, or a part that was delivered and a rest that ended worthless. */
function confirmedRows(proposal: ExpiryProposal, confirmed: Confirmed): Result<readonly ExpiryRow[]> {
  const { key: _, type, exercise: __, settlement: ___, ...held } = proposal;
  const name = proposal.contract;
  if (!proposal.allowed.includes(confirmed.outcome)) {
    const can =
      proposal.allowed.length === 0 ? proposal.reason : `it can end by ${proposal.allowed.join(' or ')}`;
    return fail(failure('invalid-input', name, { reason: can.replace(/\.$/, '') }));
  }
  const all = Math.abs(held.quantity);
  const some = confirmed.contracts ?? all;
  if (some > all)
    return fail(
      failure('invalid-input', name, { reason: `${inWhole(some)} are more than the ${inWhole(all)} held` }),
    );
  const settlementPrice = confirmed.settlementPrice ?? held.settlementPrice;
  const isByHand =
    confirmed.settlementPrice !== undefined && confirmed.settlementPrice !== held.settlementPrice;
  const rowOf = (contracts: number, outcome: ExpiryRow['outcome']): ExpiryRow | null => {
    const quantity = Math.sign(held.quantity) * contracts;
    const option: ExpiringOption = { ...held, optionType: type, quantity };
    const ending = endingOf(option, { outcome, settlementPrice });
    if (ending === null) return null;
    return {
      book: held.book,
      basket: held.basket,
      contract: held.contract,
      symbol: held.symbol,
      optionType: type,
      expiry: held.expiry,
      strike: held.strike,
      quantity,
      multiplier: held.multiplier,
      outcome,
      settlementPrice,
      settlementSource: isByHand ? 'entered by hand' : held.settlementSource,
      ...ending,
      openPrice: held.openPrice,
    };
  };
  const isEarly = proposal.flags.includes('early');
  const main = rowOf(some, confirmed.outcome);
  if (main === null) return fail(failure('no-quote', name, { what: 'settlement price' }));
  const rest = some < all && !isEarly ? rowOf(all - some, 'worthless') : null;
  return ok(rest === null ? [main] : [main, rest]);
}

/** A later layer that holds one of the books, so that taking this one back would change nothing. */
function laterLayer(read: Readers, { batchId, rows }: StoredPosting): number | null {
  const books = new Set(rows.map(({ book }) => book));
  const later = read.expiries
    .list()
    .find(
      (other) =>
        other.batchId > batchId && other.undoneAt === null && other.rows.some(({ book }) => books.has(book)),
    );
  if (later !== undefined) return later.batchId;
  const standing = read.positions.batchOf([...books]);
  return standing !== null && standing > batchId ? standing : null;
}

function takeBack(tx: MutationContext, postingId: number): Result<ExpiryPosting> {
  const posting = tx.read.expiries.find(postingId);
  if (posting === null) return fail(noPosting(postingId));
  const later = posting.undoneAt === null ? laterLayer(tx.read, posting) : null;
  if (later !== null) {
    return fail(
      failure('wrong-state', nameOf(postingId), {
        state: `under batch ${later}, which holds the same book`,
        action: 'undone',
        next: `Undo batch ${later} first.`,
      }),
    );
  }
  if (tx.imports.undo(posting.batchId) === null) {
    return fail(
      failure('wrong-state', nameOf(postingId), {
        state: 'undone already',
        action: 'undone',
        next: 'Redo it to bring it back.',
      }),
    );
  }
  return done(tx, postingId, 'undone');
}

function done(tx: MutationContext, postingId: number, what: string): Result<ExpiryPosting> {
  const posting = tx.read.expiries.find(postingId);
  assertThat(posting !== null, `posting ${postingId} must be on the desk`);
  const said = posting.rows.map(
    ({ contract, quantity, outcome, stockQuantity, cash }) =>
      `${contract} × ${quantity} ${outcome} (stock ${stockQuantity}, cash ${inWhole(cash)})`,
  );
  tx.describe({ subject: nameOf(postingId), detail: `${what}: ${said.join('; ')}` });
  tx.announce({ type: 'data.changed', dataRevision: tx.read.desk.dataRevision() });
  return ok(shown(posting));
}

export const expiryHandlers: HandlersFor<typeof expiryCommands> = {
  'expiry.propose': async ({ asOf, early }, { read }) => {
    const day = asOf ?? newestDay(read);
    if (day === null) return ok({ asOf: null, rows: [], nextExpiry: null, warnings: [] });
    const { rows, nextExpiry, warnings } = expiringOn(read, day, early);
    return ok({ asOf: day, rows: [...rows], nextExpiry, warnings: [...warnings] });
  },

  'expiry.post': ({ asOf, rows, note }, tx) => {
    const day = marketDay(tx.read, asOf);
    if (!day.ok) return day;
    const contracts = rows.map(({ key }) => key.slice(key.indexOf('|') + 1));
    const proposals = new Map(
      expiringOn(tx.read, day.value, contracts).rows.map((proposal) => [proposal.key, proposal]),
    );
    const posted: ExpiryRow[] = [];
    for (const confirmed of rows) {
      const proposal = proposals.get(confirmed.key);
      if (proposal === undefined) {
        const next = 'It is not held at its expiry, or was posted before. Read the list again.';
        return fail(failure('not-found', confirmed.key.replace('|', ', '), { next }));
      }
      proposals.delete(confirmed.key);
      const found = confirmedRows(proposal, confirmed);
      if (!found.ok) return found;
      posted.push(...found.value);
    }
    const books = booksAfter(tx.read, posted);
    const sha256 = createHash('sha256')
      .update(canonicalJson({ day: day.value, posted, books, now: tx.now }))
      .digest('hex');
    const postingId = tx.expiries.post({ asOf: day.value, note, rows: posted, books, sha256 });
    return done(tx, postingId, `posted on ${day.value}`);
  },

  'expiry.undo': ({ postingId }, tx) => takeBack(tx, postingId),

  'expiry.redo': ({ postingId }, tx) => {
    const posting = tx.read.expiries.find(postingId);
    if (posting === null) return fail(noPosting(postingId));
    if (tx.imports.redo(posting.batchId) === null) {
      return fail(
        failure('wrong-state', nameOf(postingId), {
          state: 'in force',
          action: 'redone',
          next: 'Only an undone posting can be redone.',
        }),
      );
    }
    return done(tx, postingId, 'redone');
  },

  'expiry.list': async (_, { read }) => ok({ postings: read.expiries.list().map(shown) }),
};
