import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expiryInFront } from '../../../renderer/state/chain.ts';
import { symbolInFront } from '../../../renderer/state/desk.ts';
import { createWorkstation, openWorkstation, type Workstation } from '../../../renderer/state/store.ts';
import { openTestService, type TestService } from '../../support/service.ts';
import { windowClient } from '../../support/window-client.ts';

const demo = join(import.meta.dirname, '../../../resources/demo');
const fileOf = (path: string): File =>
  new File([readFileSync(join(demo, path))], path.split('/').at(-1) ?? path);

describe('the window over the real service', () => {
  let service: TestService;
  let client: ReturnType<typeof windowClient>;
  let desk: Workstation;
  beforeAll(async () => {
    service = openTestService();
    client = windowClient(service);
    desk = createWorkstation(client);
    await openWorkstation(desk, client);
  });
  afterAll(async () => {
    client.close();
    await service.port.close();
  });

  test('an empty desk has no name in front', () => {
    expect(desk.getState().desk.value?.isEmpty).toBe(true);
    expect(symbolInFront(desk.getState())).toBeNull();
  });

  test('a file is staged for a look before anything is stored, and committed as one batch', async () => {
    await desk.getState().addFiles([fileOf('chains/2026-11-20/meri_quotedata.csv.gz')]);
    const staged = desk.getState().staged[0];
    expect(staged?.state).toBe('staged');
    expect(staged?.preview?.accepted).toBeGreaterThan(500);
    expect(desk.getState().desk.value?.isEmpty).toBe(true);
    await desk.getState().commitStaged(staged?.id ?? 0);
    expect(desk.getState().staged[0]?.state).toBe('committed');
    expect(desk.getState().batches.value?.batches).toHaveLength(1);
    expect(desk.getState().desk.value?.isEmpty).toBe(false);
    expect(desk.getState().notice?.sentence).toBe('meri_quotedata.csv.gz is imported.');
  });

  test('a file that cannot be read keeps its place with its sentence', async () => {
    await desk.getState().addFiles([new File([''], 'nothing.csv')]);
    const failed = desk.getState().staged.find((file) => file.fileName === 'nothing.csv');
    expect(failed?.state).toBe('failed');
    expect(failed?.error?.code).toBe('empty-file');
    await desk.getState().discardStaged(failed?.id ?? 0);
    expect(desk.getState().staged.map((file) => file.fileName)).not.toContain('nothing.csv');
  });

  test('the chain brings the rows of the expiry in front and of those laid over it', async () => {
    const symbol = symbolInFront(desk.getState());
    expect(symbol).toBe('MERI');
    await desk.getState().loadChain('MERI');
    const chain = desk.getState().chain.value;
    const second = chain?.expiries[1]?.key ?? '';
    expect(chain?.expiries[0]?.rows?.strikes.length).toBeGreaterThan(10);
    expect(chain?.expiries[1]?.rows).toBeNull();
    desk.getState().toggleOverlay(second);
    await desk.getState().loadChain('MERI');
    const both = desk.getState().chain.value;
    expect(both?.expiries.filter((expiry) => expiry.rows !== null)).toHaveLength(2);
    expect(both === null ? null : expiryInFront(both, second)?.key).toBe(second);
  });

  test('only the newest of two requests may answer', async () => {
    const { loadChain, chooseChain } = desk.getState();
    chooseChain({ mark: 'mid' });
    const older = loadChain('MERI');
    chooseChain({ mark: 'conservative' });
    const newer = loadChain('MERI');
    await Promise.all([older, newer]);
    expect(desk.getState().chain.status).toBe('ready');
    expect(desk.getState().chain.value?.mark).toBe('conservative');
    expect(desk.getState().jobs).toEqual([]);
  });

  test('a failure keeps the value that was there', async () => {
    await desk.getState().loadChain('MERI');
    desk.getState().focus({ asOf: 'not a day' });
    await desk.getState().loadChain('MERI');
    const chain = desk.getState().chain;
    expect(chain.status).toBe('failed');
    expect(chain.value?.underlying).toBe('MERI');
    desk.getState().focus({ asOf: null });
  });

  test('undo takes one batch back and offers redo', async () => {
    const batchId = desk.getState().batches.value?.batches[0]?.batchId ?? 0;
    await desk.getState().undoBatch(batchId);
    expect(desk.getState().batches.value?.batches[0]?.undoneAt).not.toBeNull();
    const action = desk.getState().notice?.action;
    expect(action?.label).toBe('Redo');
    await desk.getState().redoBatch(batchId);
    expect(desk.getState().batches.value?.batches[0]?.undoneAt).toBeNull();
  });

  test('what the window was left at is there when it opens again', async () => {
    desk.getState().openView('scan');
    desk.getState().setAppearance({ theme: 'light', scheme: 'red-green' });
    desk.getState().remember('split.chain', 0.55);
    await new Promise((resolve) => setTimeout(resolve, 600));
    const again = createWorkstation(client);
    const stop = await openWorkstation(again, client);
    stop();
    const state = again.getState();
    expect([state.view, state.theme, state.scheme]).toEqual(['scan', 'light', 'red-green']);
    expect(state.preferences['split.chain']).toBe(0.55);
  });

  test('going back follows the views that were open', () => {
    desk.getState().openView('chain');
    desk.getState().openView('imports');
    desk.getState().goBack();
    expect(desk.getState().view).toBe('chain');
  });
});
