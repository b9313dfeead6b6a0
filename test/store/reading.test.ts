import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { ok } from '../../shared/result.ts';
import { forwardStartTerms } from '../../shared/contract/forward-starts.ts';
import { realizedVolTerms } from '../../shared/contract/vol-contracts.ts';
import { migrations } from '../../main/store/migrations/index.ts';
import { createPriceReader } from '../../main/store/prices.ts';
import { createQuoteReader } from '../../main/store/quotes.ts';
import { createVolReader } from '../../main/store/vols.ts';
import { numbers, stagedFeed, words } from '../support/staged.ts';
import { commit, mutate, openTestStore, redo, undo } from '../support/store.ts';
import { valueOf } from '../support/service.ts';

const terms = forwardStartTerms.parse({
  contractId: 'FS-1',
  underlying: 'SPX',
  firstReferenceDate: '2026-06-01',
  secondReferenceDate: '2026-09-01',
  optionType: 'straddle',
  family: 'relative',
  power: 1,
  quantity: 10,
});
const realized = realizedVolTerms.parse({
  contractId: 'RV-1',
  underlying: 'NDX',
  kind: 'quarterly',
  startDate: '2026-01-02',
  endDate: '2026-03-31',
  months: 3,
  quantity: -5,
});
const event = { level: 100, vol: null, amount: null, reason: '' };

describe('contracts', () => {
  it('are entered once, fixed, removed, and entered again without their old events', () => {
    const store = openTestStore();
    const enter = () =>
      valueOf(mutate(store, (tx) => ok(tx.contracts.insert({ kind: 'forward-start', terms }))));
    const happen = (kind: 'fixed' | 'settled' | 'removed') =>
      mutate(store, (tx) => ok(tx.contracts.addEvent('FS-1', { kind, ...event })));
    expect(enter()).toBe(true);
    expect(enter()).toBe(false);
    happen('fixed');
    expect(store.read.contracts.find('FS-1')).toMatchObject({
      terms,
      events: [{ kind: 'fixed', level: 100 }],
    });
    happen('removed');
    expect(store.read.contracts.find('FS-1')).toBeNull();
    expect(enter()).toBe(true);
    expect(store.read.contracts.find('FS-1')).toMatchObject({ events: [] });
  });

  it('come with a file and go with its undo, over what was entered by hand', () => {
    const store = openTestStore();
    mutate(store, (tx) => ok(tx.contracts.insert({ kind: 'realized-vol', terms: realized })));
    const feed = stagedFeed({
      forwardStartContracts: [{ ...terms, line: 2 }],
      realizedVolContracts: [{ ...realized, quantity: 7, line: 3 }],
    });
    expect(store.read.batches.classify(feed)).toMatchObject({ accepted: 1, changed: 1, duplicates: 0 });
    const batch = commit(store, feed);
    const held = () => store.read.contracts.list().map((one) => [one.contractId, one.terms.quantity]);
    expect(held()).toEqual([
      ['RV-1', 7],
      ['FS-1', 10],
    ]);
    undo(store, batch);
    expect(held()).toEqual([['RV-1', -5]]);
    redo(store, batch);
    expect(store.read.batches.classify({ ...feed, sha256: 'other' })).toMatchObject({
      accepted: 0,
      duplicates: 2,
    });
  });
});

describe('prices', () => {
  const prices = (rows: readonly (readonly [date: string, close: number])[]) =>
    stagedFeed({
      dailyPrices: {
        rows: rows.length,
        line: Int32Array.from(rows, (_, at) => at + 2),
        symbol: words(rows.map(() => 'ABC')),
        date: words(rows.map(([date]) => date)),
        open: numbers(rows.map(() => null)),
        high: numbers(rows.map(() => null)),
        low: numbers(rows.map(() => null)),
        close: numbers(rows.map(([, close]) => close)),
        adjustedClose: numbers(rows.map(() => null)),
        volume: numbers(rows.map(() => null)),
        dividend: numbers(rows.map(() => null)),
        split: numbers(rows.map(() => 1)),
      },
    });

  it('are read up to a day, the newest ones of a count, oldest first, corrected by a later file', () => {
    const store = openTestStore();
    commit(
      store,
      prices([
        ['2026-03-25', 1],
        ['2026-03-26', 2],
        ['2026-03-27', 3],
      ]),
    );
    commit(store, prices([['2026-03-26', 2.5]]));
    const { date, close, open, splitRatio } = store.read.prices.upTo('ABC', '2026-03-26', 5);
    expect({ date, close, open, splitRatio }).toEqual({
      date: ['2026-03-25', '2026-03-26'],
      close: [1, 2.5],
      open: [null, null],
      splitRatio: [1, 1],
    });
    expect(store.read.prices.upTo('ABC', '2026-12-31', 2).close).toEqual([2.5, 3]);
    expect(store.read.prices.closeOn('ABC', '2026-03-30')).toEqual({ date: '2026-03-27', close: 3 });
    expect(store.read.prices.closeOn('ABC', '2026-03-24')).toBeNull();
    expect(store.read.prices.upTo('XYZ', '2026-03-26').rows).toBe(0);
    expect(store.read.underliers.holdings()).toMatchObject([
      { symbol: 'ABC', priceCount: 3, lastPriceDate: '2026-03-27' },
    ]);
  });
});

describe('positions', () => {
  const positions = (rows: readonly (readonly [book: string, symbol: string, quantity: number])[]) =>
    stagedFeed({
      positions: {
        rows: rows.length,
        line: Int32Array.from(rows, (_, at) => at + 2),
        book: words(rows.map(([book]) => book)),
        symbol: words(rows.map(([, symbol]) => symbol)),
        instrument: words(rows.map(() => 'stock')),
        contract: words(rows.map(([, symbol]) => symbol)),
        optionType: words(rows.map(() => null)),
        expiry: words(rows.map(() => null)),
        root: words(rows.map(() => null)),
        strike: numbers(rows.map(() => null)),
        quantity: numbers(rows.map(([, , quantity]) => quantity)),
        multiplier: numbers(rows.map(() => 1)),
        costPrice: numbers(rows.map(() => null)),
        adjusted: new Uint8Array(rows.length),
      },
    });

  it('of a book are replaced as a whole, so that closed ones go; other books stay', () => {
    const store = openTestStore();
    commit(
      store,
      positions([
        ['main', 'A', 1],
        ['main', 'B', 2],
        ['other', 'A', 9],
      ]),
    );
    const second = commit(store, positions([['main', 'B', 3]]));
    const held = () =>
      store.read.positions.list().map(({ book, symbol, quantity }) => [book, symbol, quantity]);
    expect(held()).toEqual([
      ['main', 'B', 3],
      ['other', 'A', 9],
    ]);
    undo(store, second);
    expect(held()).toEqual([
      ['main', 'A', 1],
      ['main', 'B', 2],
      ['other', 'A', 9],
    ]);
  });
});

describe('the plan of a hot query', () => {
  it('searches its table by the front of the key and never scans or sorts it', () => {
    const db = new Database(':memory:');
    for (const migration of migrations) migration.apply(db);
    const asked: string[] = [];
    const watched = {
      inTransaction: false,
      prepare: (sql: string) => {
        asked.push(sql);
        return db.prepare(sql);
      },
    } as unknown as Pick<Database.Database, 'prepare' | 'inTransaction'>;
    createQuoteReader(watched);
    createPriceReader(watched);
    createVolReader(watched);
    const hot = asked.filter((sql) =>
      /FROM (option_quote|future_quote|daily_price|vol_history) CROSS JOIN/.test(sql),
    );
    expect(hot.length).toBeGreaterThanOrEqual(4);
    for (const sql of hot) {
      const plan = (
        db
          .prepare(`EXPLAIN QUERY PLAN ${sql}`)
          .all(...Array.from({ length: sql.split('?').length - 1 }, () => 1)) as { detail: string }[]
      ).map(({ detail }) => detail);
      expect(plan.join('\n')).toMatch(
        /SEARCH (option_quote|future_quote|daily_price|vol_history) USING PRIMARY KEY \(underlier_id=\?/,
      );
      expect(plan.join('\n')).not.toMatch(/SCAN|TEMP B-TREE/);
    }
  });
});
