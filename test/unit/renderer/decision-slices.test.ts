import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dispersionInFront } from '../../../renderer/state/dispersion.ts';
import { savedBasketInFront } from '../../../renderer/state/hedge.ts';
import { legInFront } from '../../../renderer/state/review.ts';
import { createWorkstation, openWorkstation, type Workstation } from '../../../renderer/state/store.ts';
import { openTestService, type TestService } from '../../support/service.ts';
import { windowClient } from '../../support/window-client.ts';

describe('from dispersion to an exported hedge, over the real service and the demo market', () => {
  let service: TestService;
  let client: ReturnType<typeof windowClient>;
  let desk: Workstation;
  const now = () => desk.getState();
  const legs = () => now().suggestion.value?.proposal.legs ?? [];

  beforeAll(async () => {
    service = openTestService();
    client = windowClient(service);
    desk = createWorkstation(client);
    await openWorkstation(desk, client);
    await now().openDemoMarket();
    await now().loadDesk();
  }, 60_000);
  afterAll(async () => {
    client.close();
    await service.port.close();
  });

  test('the board has a cell an index for the term, and the index chosen comes to the front', async () => {
    await now().loadDispersion();
    expect(now().dispersionBoard.value?.cells.map((cell) => cell.index)).toEqual(['MERI', 'TARN']);
    expect(dispersionInFront(now())?.index).toBe('MERI');
    now().chooseDispersion({ index: 'TARN' });
    expect(dispersionInFront(now())?.index).toBe('TARN');
    now().chooseDispersion({ term: 60 });
    expect(dispersionInFront(now())).toBeNull();
  }, 60_000);

  test('rules that cannot be met fail with the conflict and leave nothing shown as saved', async () => {
    now().changeBasketRules({ index: 'MERI', maxNames: 2, minRSquared: 0.99, capital: 20_000_000 });
    await now().buildBasket();
    const result = now().basketResult;
    expect(result.status === 'failed' ? result.error.code : result.status).toBe('infeasible');
    expect(now().basketShown).toBeNull();
  }, 30_000);

  test('a name is locked, left out or free, never two of these', () => {
    now().fixBasketName('DLNT', 'lock');
    now().fixBasketName('DLNT', 'exclude');
    expect(now().basketRules.lock).toEqual([]);
    expect(now().basketRules.exclude).toEqual(['DLNT']);
    now().fixBasketName('DLNT', 'free');
    expect(now().basketRules.exclude).toEqual([]);
  });

  test('a rule given as undefined is taken away', () => {
    now().changeBasketRules({ names: ['DLNT'] });
    expect(now().basketRules.names).toEqual(['DLNT']);
    now().changeBasketRules({ names: undefined });
    expect('names' in now().basketRules).toBe(false);
  });

  test('a basket is built, saved as versions and brought to the front for the hedge', async () => {
    now().changeBasketRules({ maxNames: 12, minRSquared: 0.8 });
    await now().buildBasket();
    expect(now().basketResult.value?.names).toHaveLength(12);
    await now().saveBasket('Core');
    await now().saveBasket('Core');
    expect(now().basketShown).toEqual({ name: 'Core', version: 2 });
    expect(now().basket).toBe('Core');
    expect(savedBasketInFront(now())?.version).toBe(2);
  }, 30_000);

  test('limits in conflict give a case without a draft; what was found is kept as a draft', async () => {
    now().changeHedgeRequest({ minCredit: 1e9 });
    await now().runHedge();
    expect(now().hedge.value?.status).toBe('infeasible');
    expect(now().hedge.value?.conflict.length).toBeGreaterThan(0);
    expect(now().hedgeCases.at(-1)?.suggestionId).toBeNull();
    now().changeHedgeRequest({ minCredit: 0 });
    await now().runHedge();
    expect(now().hedge.value?.legs.length).toBeGreaterThan(1);
    expect(now().suggestionId).toBe(now().hedgeCases.at(-1)?.suggestionId);
    expect(now().hedgeCases.map((one) => one.number)).toEqual([1, 2]);
    now().showHedgeCase(1);
    expect(now().hedge.value?.status).toBe('infeasible');
  }, 60_000);

  test('decisions asked for at once are taken in turn, each on the next leg', async () => {
    await now().loadSuggestion(now().suggestionId ?? 0);
    const first = legInFront(now())?.legId;
    await Promise.all([now().decideLeg('accepted', null), now().decideLeg('accepted', null)]);
    expect(legs().filter((leg) => leg.decision === 'accepted')).toHaveLength(2);
    expect(legs()[0]?.legId).toBe(first);
    expect(legInFront(now())?.legId).toBe(legs()[2]?.legId);
  });

  test('a leg without a reason is not rejected; with one it is, and undo takes it back', async () => {
    const third = legs()[2]?.legId ?? '';
    const hash = now().suggestion.value?.hash;
    await now().decideLeg('rejected', null);
    expect(now().notice?.tone).toBe('failed');
    expect(legs()[2]?.decision).toBe('undecided');
    await now().decideLeg('rejected', 'too wide');
    expect(legs()[2]).toMatchObject({ decision: 'rejected', decisionReason: 'too wide' });
    expect(now().suggestion.value?.hash).not.toBe(hash);
    await now().undoReview();
    expect(legs()[2]?.decision).toBe('undecided');
    expect(legInFront(now())?.legId).toBe(third);
    expect(now().suggestion.value?.hash).toBe(hash);
  });

  test('an edited quantity changes the totals at once, and undo gives the old ones back', async () => {
    const before = now().suggestion.value?.proposal.netPremium;
    const { quantity, price } = legInFront(now()) ?? { quantity: 0, price: 0 };
    await now().editLeg(quantity - 1, price);
    expect(now().suggestion.value?.proposal.netPremium).not.toBe(before);
    await now().undoReview();
    expect(now().suggestion.value?.proposal.netPremium).toBe(before);
  });

  test('nothing is exported before approval; afterwards the ticket is the same every time', async () => {
    await now().exportSuggestion('baskettrader');
    expect(client.saved).toHaveLength(0);
    await now().approveSuggestion({ overrideReason: 'test desk', acceptUndecided: true });
    expect(now().suggestion.value?.state).toBe('approved');
    expect(now().reviewTrail?.events.at(-1)?.kind).toBe('approved');
    await now().exportSuggestion('baskettrader');
    await now().exportSuggestion('baskettrader');
    expect(client.saved).toHaveLength(2);
    expect(client.saved[0]).toBe(client.saved[1]);
    expect(client.saved[0]).toContain('MERI');
    expect(now().suggestion.value?.state).toBe('exported');
    expect(now().suggestions.value?.suggestions[0]?.state).toBe('exported');
  });
});
