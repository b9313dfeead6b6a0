import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OptionQuoteColumns } from '../../main/store/index.ts';
import { numbers, optionQuotes, stagedFeed, words, type TestQuote } from '../support/staged.ts';
import { commit, openTestStore, redo, undo } from '../support/store.ts';

const quote = (strike: number, bid: number | null, more: Partial<TestQuote> = {}): TestQuote => ({
  symbol: 'SPX',
  tradeDate: '2026-03-27',
  expiry: '2026-04-17',
  strike,
  optionType: 'call',
  bid,
  ask: bid === null ? null : bid + 1,
  ...more,
});
const pairs = ({ strike, bid }: OptionQuoteColumns): (number | null)[][] =>
  strike.map((one, at) => [one, bid[at] ?? null]);

describe('imports as layers', () => {
  it('read the newest batch of each key, and what was under it when that is undone', () => {
    const store = openTestStore();
    const chain = () => pairs(store.read.quotes.chain('SPX', '2026-03-27'));
    const first = commit(store, stagedFeed({ optionQuotes: optionQuotes([quote(100, 5), quote(110, 2)]) }));
    const second = commit(store, stagedFeed({ optionQuotes: optionQuotes([quote(110, 3), quote(120, 1)]) }));
    expect(chain()).toEqual([
      [100, 5],
      [110, 3],
      [120, 1],
    ]);
    expect(undo(store, first)).toBe(true);
    expect(chain()).toEqual([
      [110, 3],
      [120, 1],
    ]);
    expect(undo(store, second)).toBe(true);
    expect(chain()).toEqual([]);
    expect(store.read.quotes.marketDates()).toEqual([]);
    expect(redo(store, first)).toBe(true);
    expect(chain()).toEqual([
      [100, 5],
      [110, 2],
    ]);
    expect(redo(store, first)).toBe(false);
  });

  it('keep the second file’s word when the first said the same and is undone', () => {
    const store = openTestStore();
    const first = commit(store, stagedFeed({ optionQuotes: optionQuotes([quote(100, 5)]) }));
    commit(store, stagedFeed({ optionQuotes: optionQuotes([quote(100, 5), quote(110, 2)]) }));
    undo(store, first);
    expect(pairs(store.read.quotes.chain('SPX', '2026-03-27'))).toEqual([
      [100, 5],
      [110, 2],
    ]);
    expect(store.read.desk.counts()['optionQuotes']).toBe(2);
  });

  it('tell new rows, changed rows and repeated rows apart', () => {
    const store = openTestStore();
    commit(
      store,
      stagedFeed({ optionQuotes: optionQuotes([quote(100, 5), quote(110, 2), quote(120, null)]) }),
    );
    const again = stagedFeed({
      optionQuotes: optionQuotes([
        quote(100, 5),
        quote(110, 2.5),
        quote(120, null),
        quote(130, 1),
        quote(100, 5, { symbol: 'NDX' }),
      ]),
    });
    expect(store.read.batches.classify(again)).toMatchObject({ accepted: 2, changed: 1, duplicates: 2 });
    expect(store.read.desk.counts()['optionQuotes']).toBe(3);
  });

  it('recognize the same bytes while their batch stands', () => {
    const store = openTestStore();
    const feed = stagedFeed({ optionQuotes: optionQuotes([quote(100, 5)]) });
    const batch = commit(store, feed);
    expect(store.read.batches.classify(feed).sameFileAsBatch).toBe(batch);
    undo(store, batch);
    expect(store.read.batches.classify(feed).sameFileAsBatch).toBeNull();
  });

  it('behave as a stack of maps under any order of imports, undos and redos', () => {
    const step = fc.oneof(
      fc.record({
        kind: fc.constant('import' as const),
        quotes: fc.uniqueArray(
          fc.record({ strike: fc.integer({ min: 1, max: 6 }), bid: fc.integer({ min: 1, max: 9 }) }),
          {
            selector: ({ strike }) => strike,
            minLength: 1,
            maxLength: 6,
          },
        ),
      }),
      fc.record({
        kind: fc.constantFrom('undo' as const, 'redo' as const),
        batch: fc.integer({ min: 1, max: 6 }),
      }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const store = openTestStore();
        const layers: { readonly rows: Map<number, number>; live: boolean }[] = [];
        for (const one of steps) {
          if (one.kind === 'import') {
            commit(
              store,
              stagedFeed({
                optionQuotes: optionQuotes(one.quotes.map(({ strike, bid }) => quote(strike, bid))),
              }),
            );
            layers.push({ rows: new Map(one.quotes.map(({ strike, bid }) => [strike, bid])), live: true });
            continue;
          }
          const layer = layers[one.batch - 1];
          const expected = layer !== undefined && layer.live === (one.kind === 'undo');
          expect(one.kind === 'undo' ? undo(store, one.batch) : redo(store, one.batch)).toBe(expected);
          if (layer !== undefined && expected) layer.live = one.kind === 'redo';
        }
        const model = new Map(layers.filter(({ live }) => live).flatMap(({ rows }) => [...rows]));
        const expected = [...model].sort(([a], [b]) => a - b);
        expect(pairs(store.read.quotes.chain('SPX', '2026-03-27'))).toEqual(expected);
        expect(store.read.desk.counts()['optionQuotes']).toBe(model.size);
        store.close();
      }),
      { seed: 42, numRuns: 60 },
    );
  });

  it('take a composition as a whole: a name that left does not linger', () => {
    const store = openTestStore();
    const weights = (rows: readonly (readonly [string, number])[]) =>
      stagedFeed({
        indexWeights: {
          rows: rows.length,
          line: Int32Array.from(rows, (_, at) => at + 2),
          index: words(rows.map(() => 'IDX')),
          asOf: words(rows.map(() => '2026-03-27')),
          symbol: words(rows.map(([symbol]) => symbol)),
          weight: numbers(rows.map(([, weight]) => weight)),
          shares: numbers(rows.map(() => null)),
          sector: words(rows.map(() => null)),
          method: words(rows.map(() => null)),
        },
      });
    commit(
      store,
      weights([
        ['A', 0.5],
        ['B', 0.5],
      ]),
    );
    const second = commit(
      store,
      weights([
        ['A', 0.6],
        ['C', 0.4],
      ]),
    );
    const names = () => store.read.weights.asOf('IDX', '2026-12-31')?.components.map(({ symbol }) => symbol);
    expect(names()).toEqual(['A', 'C']);
    expect(store.read.weights.asOf('IDX', '2026-03-26')).toBeNull();
    undo(store, second);
    expect(names()).toEqual(['A', 'B']);
    expect(store.read.underliers.find('IDX')?.kind).toBe('index');
  });
});
