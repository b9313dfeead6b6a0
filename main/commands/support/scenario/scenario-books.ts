import type { ScenarioSource } from '../../../../shared/contract/scenario-run.ts';
import type { ScenarioShock } from '../../../../shared/contract/scenario-shock.ts';
import type { IsoDate, IsoInstant } from '../../../../shared/dates.ts';
import type { ScenarioBook } from '../../../../shared/quant/scenario/book.ts';
import type { Shock } from '../../../../shared/quant/scenario/shock.ts';
import { noShock } from '../../../../shared/quant/scenario/shock.ts';
import { ok, type Result } from '../../../../shared/result.ts';
import type { QueryContext } from '../../handlers.ts';
import { marketDay } from '../market/as-of.ts';
import type { ChainDesk } from '../market/chain-desk.ts';
import { freezeDesk, type FreezeRequest } from './freeze-book.ts';
import type { FrozenDesk } from './frozen-desk.ts';
import { createReadFrozen, openSession, sessionBook, sessionName, type ReadFrozen } from './open-session.ts';

/** A book to compute with, and what is known of it. */
export interface SourceBook {
  readonly book: ScenarioBook;
  /** The shock it stands under where a question names none. */
  readonly shock: ScenarioShock | null;
  readonly takenAt: IsoInstant;
  /** What refusals are about. */
  readonly subject: string;
  readonly frozen: FrozenDesk;
}

/** Where books come from: sessions, frozen books, the live desk. */
export interface ScenarioBooks {
  readonly readFrozen: ReadFrozen;
  /** The live book of a day, frozen once for each state of the data. */
  readonly live: (
    context: QueryContext,
    asOf: IsoDate | undefined,
    how?: Pick<FreezeRequest, 'heldOnly' | 'gently'>,
  ) => Promise<Result<FrozenDesk>>;
  readonly of: (context: QueryContext, source: ScenarioSource) => Promise<Result<SourceBook>>;
}

const keptLive = 4;

export function createScenarioBooks(chains: ChainDesk): ScenarioBooks {
  const readFrozen = createReadFrozen();
  const kept = new Map<string, FrozenDesk>();
  let keptRevision = -1;

  const live: ScenarioBooks['live'] = async (context, asOf, how = {}) => {
    const { read } = context;
    const day = marketDay(read, asOf);
    if (!day.ok) return day;
    const revision = read.desk.dataRevision();
    // Contracts change without a new revision: what is held of them is part of the key.
    const key = `${day.value}|${how.heldOnly ?? false}|${JSON.stringify(read.contracts.list())}`;
    const known = revision === keptRevision ? kept.get(key) : undefined;
    if (known !== undefined) return ok(known);
    const desk = await freezeDesk({ ...how, asOf: day.value }, context, chains);
    if (!desk.ok) return desk;
    if (revision !== keptRevision) kept.clear();
    keptRevision = revision;
    kept.set(key, desk.value);
    const [oldest] = kept.keys();
    if (kept.size > keptLive && oldest !== undefined) kept.delete(oldest);
    return desk;
  };

  return {
    readFrozen,
    live,
    of: async (context, source) => {
      if (source.kind === 'live') {
        const desk = await live(context, source.asOf);
        return desk.ok
          ? ok({
              book: desk.value.book,
              shock: null,
              takenAt: context.now(),
              subject: `The live book of ${desk.value.book.asOf}`,
              frozen: desk.value,
            })
          : desk;
      }
      const session = openSession(context.read, source.scenarioId, readFrozen);
      if (!session.ok) return session;
      const { stored, snapshot, frozen, state } = session.value;
      const known = { takenAt: snapshot.takenAt, subject: sessionName(stored), frozen };
      if (source.kind === 'frozen') return ok({ ...known, book: frozen.book, shock: null });
      const book = sessionBook(session.value);
      return book.ok ? ok({ ...known, book: book.value, shock: state.shock }) : book;
    },
  };
}

/** The shock a question is asked under: the one given, none where null is given, else the book's own. */
export const askedShock = (
  asked: ScenarioShock | null | undefined,
  { shock }: Pick<SourceBook, 'shock'>,
): Shock => (asked === undefined ? shock : asked) ?? noShock;
