import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pickedLegsOf, pickedSums } from '../../../renderer/state/picked-legs.ts';
import { createWorkstation, openWorkstation, type Workstation } from '../../../renderer/state/store.ts';
import { chainTable, legAt } from '../../../renderer/views/chain/chain-rows.ts';
import { openDemoService } from '../../support/demo-desk.ts';
import { valueOf, type TestService } from '../../support/service.ts';
import { until } from '../../support/until.ts';
import { windowClient } from '../../support/window-client.ts';

describe('legs picked from a chain, over the real service and the demo market', () => {
  let service: TestService;
  let client: ReturnType<typeof windowClient>;
  let desk: Workstation;
  const now = () => desk.getState();
  const legs = () => pickedLegsOf(now());

  beforeAll(async () => {
    service = openDemoService();
    client = windowClient(service);
    desk = createWorkstation(client);
    await openWorkstation(desk, client);
    await now().loadChain('MERI');
  }, 60_000);
  afterAll(async () => {
    client.close();
    await service.port.close();
  });
  const rowInFront = () => {
    const chain = now().chain.value!;
    const expiry = chain.expiries.find(({ rows }) => rows !== null)!;
    const { rows, centerId } = chainTable([expiry], { by: 'count', size: 21 }, expiry.key);
    return { chain, row: rows.find(({ id }) => id === centerId)! };
  };

  test('take the bid where they are sold and the ask where they are bought, and add up', () => {
    const { chain, row } = rowInFront();
    const [sold, bought] = [legAt(chain, row, 'call', 'sell')!, legAt(chain, row, 'put', 'buy')!];
    expect(sold.price).toBe(row.call.bid[row.index]);
    expect(bought.price).toBe(row.put.ask[row.index]);
    now().pickLeg(sold);
    now().pickLeg(sold);
    now().pickLeg(bought);
    expect(legs().map(({ side, quantity }) => `${side} ${quantity}`)).toEqual(['sell 2', 'buy 1']);
    now().changePickedLeg(0, 3);
    now().changePickedLeg(0, 0.5);
    expect(legs()[0]?.quantity).toBe(3);
    const { multiplier } = row.expiry;
    const sums = pickedSums(legs());
    expect(sums.premium).toBeCloseTo((3 * sold.price - bought.price) * multiplier, 8);
    const vega = (side: 'call' | 'put'): number => row[side].vegaPerVolPoint[row.index]!;
    expect(sums.vegaPerVolPoint).toBeCloseTo((vega('put') - 3 * vega('call')) * multiplier, 8);
    const delta = (side: 'call' | 'put'): number => row[side].delta[row.index]! * chain.spot!;
    expect(sums.deltaDollar).toBeCloseTo((delta('put') - 3 * delta('call')) * multiplier, 6);
  });

  test('have no sum over two currencies, and none of a leg without greeks', () => {
    const [first, second] = legs();
    expect(pickedSums([first!, { ...second!, currency: 'INR' }])).toMatchObject({
      premium: null,
      reason: 'The legs are in more than one currency.',
    });
    const blank = pickedSums([{ ...first!, vegaPerVolPoint: null }]);
    expect([blank.vegaPerVolPoint, blank.premium === null]).toEqual([null, false]);
  });

  test('do not mix days', () => {
    const [first] = legs();
    now().pickLeg({ ...first!, asOf: '2026-11-19' });
    expect(legs()).toHaveLength(2);
  });

  test('are there after a reload, and become a draft that the review shows', async () => {
    await until('the legs are remembered', 5000, async () => {
      const { value } = valueOf(await service.ask('preference.read', { key: 'window' }));
      return value?.includes('"quantity":3') === true;
    });
    const reloaded = createWorkstation(client);
    await openWorkstation(reloaded, client);
    expect(pickedLegsOf(reloaded.getState())).toEqual(legs());
    const picked = legs();
    await now().draftPickedLegs();
    expect(legs()).toEqual([]);
    expect(now().view).toBe('review');
    const { proposal } = valueOf(await service.ask('suggestion.read', { suggestionId: now().suggestionId! }));
    expect(proposal.legs.map(({ side, quantity }) => `${side} ${quantity}`).sort()).toEqual(
      picked.map(({ side, quantity }) => `${side} ${quantity}`).sort(),
    );
  });
});
