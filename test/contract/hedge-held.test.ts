import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HedgeProposal } from '../../shared/contract/hedge.ts';
import { openDemoService } from '../support/demo-desk.ts';
import { valueOf, type TestService } from '../support/service.ts';

/** Options that are on already, counted in full before and after, on the market that ships. */
let service: TestService;
const asOf = '2026-11-20';

beforeAll(async () => {
  service = openDemoService();
  const built = valueOf(await service.ask('basket.build', { index: 'MERI', maxNames: 14 }));
  valueOf(await service.ask('basket.save', { name: 'Core', result: built }));
}, 120_000);
afterAll(() => service.port.close());

const greeks = ['gammaDollar1Pct', 'vegaPerVolPoint', 'thetaPerDay'] as const;

/** What the chains of the day say of the options that a proposal counts as held. */
async function fromChains(held: NonNullable<HedgeProposal['held']>) {
  const sums = { gammaDollar1Pct: 0, vegaPerVolPoint: 0, thetaPerDay: 0, indexVega: 0, deltaMoney: 0 };
  for (const { contract, symbol, type, quantity, multiplier, beta } of held) {
    const chain = valueOf(await service.ask('chain.read', { symbol, asOf, expiryKeys: ['all'] }));
    const rows = chain.expiries.find((one) => one.rows?.[type].contract.includes(contract) === true)?.rows;
    const side = rows?.[type];
    const at = side?.contract.indexOf(contract) ?? -1;
    const units = quantity * multiplier;
    for (const greek of greeks) sums[greek] += units * (side?.[greek][at] ?? 0);
    if (symbol === 'MERI') sums.indexVega += units * (side?.vegaPerVolPoint[at] ?? 0);
    sums.deltaMoney += units * (side?.delta[at] ?? 0) * (chain.spot ?? 0) * beta;
  }
  return sums;
}

describe('options held already', () => {
  it('count with gamma, vega and theta before and after, as the chain shows them', async () => {
    const proposal = valueOf(await service.ask('hedge.suggest', { basket: 'Core', asOf }));
    const { held = [], before, after, legs } = proposal;
    expect(held.length).toBeGreaterThan(2);
    expect(held.every(({ valuation }) => valuation !== null)).toBe(true);
    const chains = await fromChains(held);
    for (const greek of greeks) {
      expect(Math.abs(before[greek])).toBeGreaterThan(1);
      expect(before[greek] / chains[greek]).toBeCloseTo(1, 2);
      const added = legs.reduce(
        (sum, leg) => sum + (leg.side === 'sell' ? -1 : 1) * leg.quantity * leg.multiplier * leg[greek],
        0,
      );
      expect(after[greek] - before[greek]).toBeCloseTo(added, 6);
    }
    expect((before.indexVegaPerVolPoint ?? 0) / chains.indexVega).toBeCloseTo(1, 2);
    expect(proposal.existingNetDelta / chains.deltaMoney).toBeCloseTo(1, 6);
  }, 60_000);

  it('count the same in a draft, and once all of it is bought back nothing is left of it', async () => {
    const { held = [] } = valueOf(await service.ask('hedge.suggest', { basket: 'Core', asOf }));
    const { proposal } = valueOf(
      await service.ask('suggestion.draft', {
        basket: 'Core',
        asOf,
        legs: held.map(({ contract, symbol, quantity }) => ({
          contract,
          symbol,
          side: quantity < 0 ? 'buy' : 'sell',
          quantity: Math.abs(quantity),
        })),
      }),
    );
    expect(proposal.held?.map(({ contract }) => contract).toSorted()).toEqual(
      held.map(({ contract }) => contract).toSorted(),
    );
    for (const greek of greeks) {
      const share = Math.abs(proposal.after[greek] / proposal.before[greek]);
      expect(share).toBeLessThan(0.01);
    }
    const { worstBefore, worstAfter } = proposal.scenarios ?? {};
    expect(worstAfter?.profit).not.toBe(worstBefore?.profit);
  }, 60_000);
});
