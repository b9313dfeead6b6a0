import fc from 'fast-check';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTestService, temporaryFolder, valueOf, type TestService } from '../support/service.ts';

const symbol = 'TARN';
const demo = join(import.meta.dirname, '../../resources/demo');
const chainFile = join(demo, 'chains/2026-11-20/tarn_quotedata.csv.gz');
const positionsFile = join(demo, 'positions.csv');

/** What a person can have changed here: batches, exclusions and inputs by hand, without their numbers. */
async function stateOf({ ask }: TestService): Promise<string> {
  const { batches } = valueOf(await ask('imports.list', {}));
  const { exclusions } = valueOf(await ask('quotes.exclusions', { symbol }));
  const { overrides } = valueOf(await ask('override.list', { symbol }));
  return JSON.stringify({
    batches: batches.filter((one) => one.undoneAt === null).map((one) => one.batchId),
    exclusions: exclusions
      .map(({ contract, tradeDate, reason }) => `${contract} ${tradeDate} ${reason}`)
      .toSorted(),
    overrides: overrides
      .map(
        ({ kind, expiry, tradeDate, value, reason }) => `${kind} ${expiry} ${tradeDate} ${value} ${reason}`,
      )
      .toSorted(),
  });
}

type Step =
  | { readonly do: 'exclude'; readonly contract: number; readonly everyDay: boolean }
  | { readonly do: 'restore'; readonly nth: number }
  | { readonly do: 'set'; readonly kind: 'rate' | 'yield' | 'price'; readonly value: number }
  | { readonly do: 'clear'; readonly nth: number }
  | { readonly do: 'batch'; readonly batchId: number }
  | { readonly do: 'undo' }
  | { readonly do: 'redo' };

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('exclude' as const),
    contract: fc.nat({ max: 3 }),
    everyDay: fc.boolean(),
  }),
  fc.record({ do: fc.constant('restore' as const), nth: fc.nat({ max: 2 }) }),
  fc.record({
    do: fc.constant('set' as const),
    kind: fc.constantFrom('rate' as const, 'yield' as const, 'price' as const),
    value: fc.constantFrom(0.01, 0.02, 0.5),
  }),
  fc.record({ do: fc.constant('clear' as const), nth: fc.nat({ max: 2 }) }),
  fc.record({ do: fc.constant('batch' as const), batchId: fc.constantFrom(1, 2) }),
  fc.record({ do: fc.constant('undo' as const) }),
  fc.record({ do: fc.constant('redo' as const) }),
);

/** Does a step; whether the desk took it. */
async function take({ ask }: TestService, step: Step): Promise<boolean> {
  if (step.do === 'undo') return (await ask('edit.undo', {})).ok;
  if (step.do === 'redo') return (await ask('edit.redo', {})).ok;
  if (step.do === 'exclude') {
    const tradeDate = step.everyDay ? null : '2026-11-20';
    const contract = `TARN 2026-12-18 ${1200 + 10 * step.contract} C`;
    return (await ask('quotes.exclude', { symbol, contract, tradeDate, reason: 'test' })).ok;
  }
  if (step.do === 'set') {
    const { kind, value } = step;
    return (await ask('override.set', { symbol, kind, value, reason: `test ${value}` })).ok;
  }
  if (step.do === 'batch') {
    const { batches } = valueOf(await ask('imports.list', {}));
    const found = batches.find((one) => one.batchId === step.batchId);
    const { batchId } = step;
    return found?.undoneAt === null
      ? (await ask('imports.undo', { batchId })).ok
      : (await ask('imports.redo', { batchId })).ok;
  }
  if (step.do === 'restore') {
    const { exclusions } = valueOf(await ask('quotes.exclusions', { symbol }));
    const exclusionId = exclusions[step.nth]?.exclusionId;
    return exclusionId !== undefined && (await ask('quotes.restore', { exclusionId })).ok;
  }
  const { overrides } = valueOf(await ask('override.list', { symbol }));
  const overrideId = overrides[step.nth]?.overrideId;
  return overrideId !== undefined && (await ask('override.clear', { overrideId })).ok;
}

async function openWithData(deskFile?: string): Promise<TestService> {
  const service = openTestService(deskFile);
  await service.importFile(chainFile);
  await service.importFile(positionsFile);
  return service;
}

const undoAll = async (service: TestService): Promise<number> => {
  let count = 0;
  while (valueOf(await service.ask('edit.list', {})).undo !== null) {
    valueOf(await service.ask('edit.undo', {}));
    count += 1;
  }
  return count;
};
const redoAll = async (service: TestService): Promise<void> => {
  while (valueOf(await service.ask('edit.list', {})).redo !== null)
    valueOf(await service.ask('edit.redo', {}));
};

describe('edits', () => {
  it('go back to where they began and forth to where they ended, whatever was done', async () => {
    const service = await openWithData();
    const empty = '{"batches":[],"exclusions":[],"overrides":[]}';
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 1, maxLength: 25 }), async (steps) => {
        await redoAll(service);
        const states: string[] = [];
        for (const step of steps) {
          const before = await stateOf(service);
          const taken = await take(service, step);
          const after = await stateOf(service);
          if (!taken) expect(after).toBe(before);
          states.push(after);
        }
        const last = states.at(-1);
        const { redo } = valueOf(await service.ask('edit.list', {}));
        // What was undone within the steps comes back with the redo of all, so only a clean end compares.
        const undone = await undoAll(service);
        expect(await stateOf(service)).toBe(empty);
        expect(undone).toBeGreaterThanOrEqual(2);
        if (redo !== null) return;
        await redoAll(service);
        expect(await stateOf(service)).toBe(last);
      }),
      { seed: 42, numRuns: 25 },
    );
    await service.port.close();
  });

  it('are still there after a restart, in order, and undo the newest first', async () => {
    const folder = temporaryFolder();
    const file = join(folder.path, 'desk.sqlite');
    let service = await openWithData(file);
    const exclude = { symbol, contract: 'TARN 2026-12-18 1200 C', tradeDate: null, reason: 'wide' };
    valueOf(await service.ask('quotes.exclude', exclude));
    valueOf(await service.ask('override.set', { symbol, kind: 'rate', value: 0.01, reason: 'first' }));
    valueOf(await service.ask('override.set', { symbol, kind: 'rate', value: 0.02, reason: 'second' }));
    await service.port.close();
    service = openTestService(file);
    const list = valueOf(await service.ask('edit.list', {}));
    expect(list.edits.map(({ title }) => title)).toEqual([
      'Set the rate of TARN',
      'Set the rate of TARN',
      'Leave out TARN 2026-12-18 1200 C',
      'Import positions.csv',
      'Import tarn_quotedata.csv.gz',
    ]);
    valueOf(await service.ask('edit.undo', {}));
    const after = valueOf(await service.ask('override.list', { symbol }));
    expect(after.overrides.map(({ value, reason }) => ({ value, reason }))).toEqual([
      { value: 0.01, reason: 'first' },
    ]);
    // One out of order: the exclusion alone, named.
    const exclusion = list.edits.find(({ title }) => title.startsWith('Leave out'));
    valueOf(await service.ask('edit.undo', { editId: exclusion?.editId ?? 0 }));
    expect(valueOf(await service.ask('quotes.exclusions', { symbol })).exclusions).toEqual([]);
    expect(valueOf(await service.ask('edit.list', {})).redo?.title).toBe('Leave out TARN 2026-12-18 1200 C');
    await service.port.close();
    folder.remove();
  });

  it('end what could be redone once something else is done, and say so in one sentence', async () => {
    const service = await openWithData();
    valueOf(await service.ask('override.set', { symbol, kind: 'rate', value: 0.01, reason: 'one' }));
    valueOf(await service.ask('edit.undo', {}));
    valueOf(await service.ask('override.set', { symbol, kind: 'yield', value: 0.02, reason: 'other' }));
    const refused = await service.ask('edit.redo', {});
    expect(refused).toMatchObject({ ok: false, error: { code: 'not-found' } });
    const audit = valueOf(await service.ask('audit.list', { search: 'edit.undo' }));
    expect(audit.entries[0]).toMatchObject({ command: 'edit.undo', outcome: 'done' });
    expect(audit.entries[0]?.detail).toBe('undone: Set the rate of TARN');
    await service.port.close();
  });

  it('take back nothing where the way back is barred, and leave the desk as it was', async () => {
    const service = await openWithData();
    valueOf(await service.ask('imports.undo', { batchId: 1 }));
    const before = await stateOf(service);
    const { edits } = valueOf(await service.ask('edit.list', {}));
    const imported = edits.find(({ title }) => title === 'Import tarn_quotedata.csv.gz');
    // Its batch is undone already by a later edit: that one comes first.
    const refused = await service.ask('edit.undo', { editId: imported?.editId ?? 0 });
    expect(refused).toMatchObject({ ok: false, error: { code: 'wrong-state' } });
    expect(await stateOf(service)).toBe(before);
    await service.port.close();
  });

  it('bring a saved basket back as the version it was, and keep one that a suggestion rests on', async () => {
    const service = openTestService();
    for (const file of ['prices.csv.gz', 'index_weights.csv', 'iv_history.csv.gz'])
      await service.importFile(join(demo, file));
    const built = valueOf(await service.ask('basket.build', { index: 'TARN', maxNames: 6 }));
    valueOf(
      await service.ask('basket.save', { name: 'Core', result: built, acceptance: 'test', note: 'mine' }),
    );
    const before = valueOf(await service.ask('basket.read', { name: 'Core' }));
    valueOf(await service.ask('edit.undo', {}));
    expect(valueOf(await service.ask('basket.list', {})).baskets).toEqual([]);
    valueOf(await service.ask('edit.redo', {}));
    const after = valueOf(await service.ask('basket.read', { name: 'Core' }));
    expect(after.version).toBe(1);
    expect(after.result).toEqual(before.result);
    await service.port.close();
  });
});
