import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shadowsFor } from '../../../renderer/state/hedge.ts';
import { createWorkstation, openWorkstation, type Workstation } from '../../../renderer/state/store.ts';
import { openDemoService } from '../../support/demo-desk.ts';
import type { TestService } from '../../support/service.ts';
import { windowClient } from '../../support/window-client.ts';

describe('structures, looser limits and drafts in a window, over the real service', () => {
  let service: TestService;
  let client: ReturnType<typeof windowClient>;
  let desk: Workstation;
  const now = () => desk.getState();

  beforeAll(async () => {
    service = openDemoService();
    client = windowClient(service);
    desk = createWorkstation(client);
    await openWorkstation(desk, client);
    await now().loadBaskets();
  }, 60_000);
  afterAll(async () => {
    client.close();
    await service.port.close();
  });

  test.each([
    ['collars', 'collar'],
    ['put-spread', 'hand'],
  ] as const)(
    '%s are found, become a draft, and the review opens on it',
    async (kind, origin) => {
      now().chooseStructure(kind);
      expect(now().structure.status).toBe('idle');
      await now().findStructure();
      const found = now().structure.value;
      expect(found?.legs.length).toBeGreaterThan(1);
      await now().draftStructure();
      expect(now().view).toBe('review');
      await now().loadSuggestion(now().suggestionId ?? 0);
      const { proposal } = now().suggestion.value ?? {};
      expect(proposal?.origin).toBe(origin);
      expect(proposal?.legs).toHaveLength(found?.legs.length ?? 0);
    },
    60_000,
  );

  test('looser limits belong to the case they were asked for', async () => {
    now().chooseStructure('programme');
    await now().runHedge();
    const { request } = now().hedge.value ?? {};
    if (request === undefined) throw new Error('the demo hedge is found');
    expect(shadowsFor(now(), request).status).toBe('idle');
    await now().loadShadows(request);
    expect(shadowsFor(now(), request).value?.shadows.length).toBeGreaterThan(2);
    expect(shadowsFor(now(), { ...request, netDeltaLimit: 0.2 }).status).toBe('idle');
  }, 60_000);

  test('a dispersion trade becomes a draft of its orders', async () => {
    now().changeTrade({ side: 'reverse', indexContracts: 10 });
    await now().loadDispersionTrade('MERI');
    await now().draftDispersionTrade();
    expect(now().notice?.sentence).toMatch(/^Saved as draft suggestion \d+\.$/);
    await now().loadSuggestion(now().suggestionId ?? 0);
    expect(now().suggestion.value?.proposal).toMatchObject({
      basket: 'Reverse dispersion on MERI',
      origin: 'dispersion',
    });
  }, 60_000);

  test('whether a hedge is due is known without its view', async () => {
    await now().setReassessSchedule({ kind: 'sessions', every: 1, weekday: 1 });
    await now().loadReassessDue();
    expect(now().reassessDue.find(({ basket }) => basket === 'Demo tracking basket')?.due).toBe(true);
  });
});
