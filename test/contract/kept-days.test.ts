import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { QueryContext } from '../../main/commands/handlers.ts';
import { createHandlers } from '../../main/commands/index.ts';
import { createComputePool, type ComputePool } from '../../main/compute/pool.ts';
import { entryUrl } from '../../main/entries.ts';
import { copyDemoDesk } from '../support/demo-desk.ts';
import { openTestService, temporaryFolder, valueOf } from '../support/service.ts';
import { openTestStore, redo, undo } from '../support/store.ts';

const index = 'MERI';
const folder = temporaryFolder();
const file = join(folder.path, 'days.voldesk');
const pool = createComputePool({ worker: entryUrl('compute-worker') });

beforeAll(() => {
  copyDemoDesk(file);
});
afterAll(async () => {
  await pool.close();
  folder.remove();
});

/** A history over the real store and pool by handlers that remember nothing, and the chains it analyzed. */
async function historyOf(from = file) {
  const store = openTestStore(from);
  const analyzed: string[] = [];
  const counting: ComputePool = {
    ...pool,
    run: (name, input, options) => {
      if (name === 'chainIvIndex' || name === 'analyzeChain') {
        const { symbol, asOf } = input as { readonly symbol: string; readonly asOf: string };
        analyzed.push(`${name} ${symbol} ${asOf}`);
      }
      return pool.run(name, input, options);
    },
  };
  const handlers = createHandlers();
  const context = {
    read: store.read,
    derived: store.derived,
    compute: counting,
    signal: new AbortController().signal,
    progress: () => undefined,
  } as unknown as QueryContext;
  const found = valueOf(
    await handlers['dispersion.history']({ index, termDays: 30, asOf: undefined, sessions: 504 }, context),
  );
  const kept = valueOf(await handlers['dispersion.keep']({}, context));
  store.close();
  return { found, analyzed, kept };
}

describe('the past of the dispersion measures', () => {
  it('is computed once: another service reads the same numbers and analyzes no chain', async () => {
    const first = await historyOf();
    expect(first.analyzed.length).toBeGreaterThan(10);
    expect(first.found.dates.length).toBeGreaterThan(3);
    const second = await historyOf();
    expect(second.analyzed).toEqual([]);
    expect(second.found).toEqual(first.found);
    expect(second.kept).toEqual({ ...first.kept, computed: 0 });

    const fresh = join(folder.path, 'fresh.voldesk');
    copyDemoDesk(fresh);
    const again = await historyOf(fresh);
    expect(again.analyzed.length).toBe(first.analyzed.length);
    expect(again.found).toEqual(first.found);
  }, 120_000);

  it('loses the day of an import that is undone, and has the same back when it is redone', async () => {
    const store = openTestStore(file);
    const day = store.read.quotes.chainDates(index).at(-1)!;
    const ofFile = (start: string) =>
      store.read.batches.list().filter((one) => one.fileName.startsWith(start));
    // Volatilities that were imported as such would stand in for the chain's.
    for (const { batchId } of ofFile('iv_history')) undo(store, batchId);
    const chains = new Set(ofFile(`${index.toLowerCase()}_`).map(({ batchId }) => batchId));
    const batches = store.read.quotes.batchesOf(index, day).filter((batchId) => chains.has(batchId));
    expect(batches).toHaveLength(1);
    const before = await historyOf();
    expect(before.found.dates).toContain(day);

    for (const batchId of batches) undo(store, batchId);
    store.close();
    const without = await historyOf();
    expect(without.found.dates).toEqual(before.found.dates.filter((date) => date !== day));

    const other = openTestStore(file);
    for (const batchId of batches) redo(other, batchId);
    other.close();
    const back = await historyOf();
    expect(back.found).toEqual(before.found);
    // Its names had borrowed other rates meanwhile and are computed again; its own day was kept.
    expect(back.analyzed).not.toContain(`chainIvIndex ${index} ${day}`);
    expect((await historyOf()).analyzed).toEqual([]);
  }, 120_000);

  it('is computed again where a quote of the day is taken out', async () => {
    const service = openTestService(file);
    const { asOf, expiries } = valueOf(
      await service.ask('chain.read', { symbol: index, expiryKeys: ['all'] }),
    );
    const contract = expiries[0]!.rows!.put.contract.find((name) => name !== null)!;
    valueOf(
      await service.ask('quotes.exclude', { symbol: index, contract, tradeDate: asOf, reason: 'stale' }),
    );
    await service.port.close();
    const { analyzed } = await historyOf();
    expect(analyzed).toContain(`chainIvIndex ${index} ${asOf}`);
    expect(analyzed.every((one) => one.endsWith(asOf))).toBe(true);
    expect((await historyOf()).analyzed).toEqual([]);
  }, 120_000);
});
