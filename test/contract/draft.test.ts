import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDemoService } from '../support/demo-desk.ts';
import type { DraftLeg } from '../../shared/contract/hedge.ts';
import { valueOf, type TestService } from '../support/service.ts';

/** Suggestions of legs named one by one, over the real dispatcher on the market that ships. */
let service: TestService;
const asOf = '2026-11-20';

beforeAll(async () => {
  service = openDemoService();
  const built = valueOf(await service.ask('basket.build', { index: 'MERI', maxNames: 14 }));
  valueOf(await service.ask('basket.save', { name: 'Core', result: built }));
}, 120_000);
afterAll(() => service.port.close());

/** Two contracts of the demo index, a put near the money and one below it. */
async function indexPuts(): Promise<{ readonly near: string; readonly far: string }> {
  const { legs } = valueOf(await service.ask('hedge.suggest', { basket: 'Core', asOf, coverage: 1 }));
  const put = legs.find(({ type }) => type === 'put');
  const chain = valueOf(
    await service.ask('chain.read', { symbol: put?.symbol ?? '', asOf, expiryKeys: ['all'] }),
  );
  const expiry = chain.expiries.find(({ rows }) => rows?.put.contract.includes(put?.contract ?? '') === true);
  const at = expiry?.rows?.put.contract.indexOf(put?.contract ?? '') ?? 0;
  return { near: expiry?.rows?.put.contract[at + 3] ?? '', far: put?.contract ?? '' };
}

describe('suggestion.draft', () => {
  it('prices legs free of a basket at the side a trade meets, and goes through approval and export', async () => {
    const { near, far } = await indexPuts();
    const draft = valueOf(
      await service.ask('suggestion.draft', {
        title: 'Put spread',
        asOf,
        legs: [
          { contract: near, side: 'buy', quantity: 3, reason: 'protection' },
          { contract: far, side: 'sell', quantity: 3 },
        ],
      }),
    );
    const [bought, sold] = draft.proposal.legs;
    expect(draft).toMatchObject({ state: 'draft', proposal: { basket: 'Put spread', origin: 'hand' } });
    expect(bought?.price).toBe(bought?.quote.ask);
    expect(sold?.price).toBe(sold?.quote.bid);
    expect(bought?.reasons[0]).toBe('protection');
    const cost = 3 * (bought?.multiplier ?? 0) * ((bought?.price ?? 0) - (sold?.price ?? 0));
    expect(draft.proposal.netPremium).toBeCloseTo(-cost, 6);
    // The bought put covers the one sold.
    expect(draft.proposal.checks.find(({ check }) => check === 'naked')?.passed).toBe(true);
    // A put spread gains most in a fall and cannot lose more than it cost.
    const { worstAfter, after } = draft.proposal.scenarios ?? {};
    expect(after?.[1]?.[0] ?? 0).toBeGreaterThan(0);
    expect(-(worstAfter?.profit ?? 0)).toBeLessThan(cost * 1.05);
    const { suggestionId } = draft;
    const approved = valueOf(
      await service.ask('suggestion.approve', { suggestionId, acceptUndecided: true }),
    );
    expect(approved.state).toBe('approved');
    const ticket = valueOf(await service.ask('suggestion.export', { suggestionId, format: 'fix' }));
    expect(ticket.text).toContain('35=E');
    const { entries } = valueOf(await service.ask('audit.list', { search: 'suggestion.draft' }));
    expect(entries[0]?.detail).toMatch(/^legs \(hand\) of Put spread, 2 legs/);
  }, 60_000);

  it('counts legs of a basket with its holdings, and closes what is held', async () => {
    const { positions } = valueOf(await service.ask('positions.list', { asOf }));
    const { names } = valueOf(await service.ask('basket.read', { name: 'Core' })).result;
    const short = positions.find(
      ({ type, quantity, symbol }) =>
        type === 'call' && quantity < 0 && names.some((name) => name.symbol === symbol),
    );
    const draft = valueOf(
      await service.ask('suggestion.draft', {
        basket: 'Core',
        origin: 'roll',
        asOf,
        legs: [{ contract: short?.contract ?? '', side: 'buy', quantity: Math.abs(short?.quantity ?? 0) }],
      }),
    );
    const { proposal } = draft;
    const [leg] = proposal.legs;
    expect(leg?.effect).toBe('close');
    expect(proposal.premiumPaid).toBeCloseTo(
      (leg?.quantity ?? 0) * (leg?.multiplier ?? 0) * (leg?.price ?? 0),
      6,
    );
    const units = (leg?.quantity ?? 0) * (leg?.multiplier ?? 0);
    const holding = proposal.holdings.find(({ symbol }) => symbol === leg?.symbol);
    const bought = units * (leg?.delta ?? 0) * (holding?.spot ?? 0) * (holding?.beta ?? 1);
    expect(proposal.after.deltaDollar - proposal.before.deltaDollar).toBeCloseTo(bought, 4);
    expect(proposal.checks.every(({ severity, passed }) => severity === 'warning' || passed)).toBe(true);
  }, 60_000);

  it('refuses by name what is not listed, adjusted, twice or of an unknown basket', async () => {
    const { near } = await indexPuts();
    const ask = (legs: DraftLeg[], basket?: string) =>
      service.ask('suggestion.draft', { legs, asOf, basket: basket ?? null });
    const code = async (answer: ReturnType<typeof ask>): Promise<string> => {
      const result = await answer;
      return result.ok ? 'ok' : result.error.code;
    };
    expect(await code(ask([{ contract: 'nonsense', side: 'buy', quantity: 1 }]))).toBe('not-found');
    expect(await code(ask([{ contract: near.replace(/ \d+ P$/, ' 1 P'), side: 'buy', quantity: 1 }]))).toBe(
      'not-found',
    );
    expect(await code(ask([{ contract: 'NVDA1 2026-12-18 100 C', side: 'buy', quantity: 1 }]))).toBe(
      'adjusted-contract',
    );
    expect(
      await code(
        ask([
          { contract: near, side: 'buy', quantity: 1 },
          { contract: near, side: 'buy', quantity: 2, limit: 1 },
        ]),
      ),
    ).toBe('invalid-input');
    expect(await code(ask([{ contract: near, side: 'buy', quantity: 1 }], 'Nobody'))).toBe('not-found');
    const both = valueOf(
      await ask([
        { contract: near, side: 'buy', quantity: 1, reason: 'one' },
        { contract: near, side: 'buy', quantity: 2, reason: 'two' },
      ]),
    );
    expect(both.proposal.legs).toMatchObject([{ quantity: 3, reasons: ['one', 'two'] }]);
  }, 60_000);
});

describe('pre-trade checks', () => {
  it('block or warn as the desk set them', async () => {
    const { near } = await indexPuts();
    const naked = async () => {
      const made = await service.ask('suggestion.draft', {
        basket: 'Core',
        asOf,
        legs: [{ contract: near, side: 'sell', quantity: 1 }],
      });
      return valueOf(made).proposal.checks.find(({ check }) => check === 'naked');
    };
    expect(await naked()).toMatchObject({ severity: 'blocking', passed: false });
    const value = JSON.stringify({ naked: 'warning', nonsense: 3 });
    valueOf(await service.ask('preference.save', { key: 'review.checkSeverities', value }));
    expect(await naked()).toMatchObject({ severity: 'warning', passed: false });
    valueOf(await service.ask('preference.save', { key: 'review.checkSeverities', value: '{}' }));
  }, 60_000);
});

describe('hedge.shadows', () => {
  it('says of each limit what one step looser would buy', async () => {
    const { shadows } = valueOf(
      await service.ask('hedge.shadows', { request: { basket: 'Core', asOf, objective: ['credit'] } }),
    );
    expect(shadows.map(({ constraint }) => constraint)).toEqual(
      expect.arrayContaining(['netDeltaLimit', 'coverage', 'minCredit']),
    );
    expect(shadows.every(({ sentence }) => / would buy /.test(sentence))).toBe(true);
  }, 60_000);
});

describe('hedge.structure', () => {
  it('collars the names: as many puts as calls, on shares that are held, as one draft', async () => {
    const { legs } = valueOf(
      await service.ask('hedge.structure', { basket: 'Core', kind: 'collars', asOf, share: 0.5 }),
    );
    const draft = valueOf(
      await service.ask('suggestion.draft', { basket: 'Core', origin: 'collar', asOf, legs }),
    );
    const { proposal } = draft;
    for (const { symbol, shares } of proposal.holdings) {
      const own = proposal.legs.filter((leg) => leg.symbol === symbol);
      const [put, call] = [own.find(({ side }) => side === 'buy'), own.find(({ side }) => side === 'sell')];
      if (own.length === 0) continue;
      expect(put?.quantity).toBe(call?.quantity);
      expect(put?.strike ?? 0).toBeLessThan(call?.strike ?? 0);
      expect((call?.quantity ?? 0) * (call?.multiplier ?? 0)).toBeLessThanOrEqual(0.5 * shares);
    }
    const { worstBefore, worstAfter } = proposal.scenarios ?? {};
    expect(worstAfter?.profit ?? 0).toBeGreaterThan(worstBefore?.profit ?? 0);
  }, 60_000);

  it('spreads puts on the index for the whole basket', async () => {
    const { legs } = valueOf(
      await service.ask('hedge.structure', { basket: 'Core', kind: 'put-spread', asOf }),
    );
    const { proposal } = valueOf(await service.ask('suggestion.draft', { basket: 'Core', asOf, legs }));
    const [bought] = proposal.legs;
    const covered = (bought?.quantity ?? 0) * (bought?.multiplier ?? 0) * proposal.indexLevel;
    expect(covered).toBeGreaterThanOrEqual(proposal.basketNotional * 0.999);
    expect(proposal.checks.find(({ check }) => check === 'naked')?.passed).toBe(true);
  }, 60_000);
});

describe('a limit of different puts', () => {
  it('is kept by the hedge, read with its slack, and broken by a put more in review', async () => {
    const free = valueOf(await service.ask('hedge.suggest', { basket: 'Core', asOf }));
    const puts = (legs: typeof free.legs): number => legs.filter(({ side }) => side === 'buy').length;
    expect(puts(free.legs)).toBeGreaterThan(1);
    const one = valueOf(await service.ask('hedge.suggest', { basket: 'Core', asOf, maxPutLegs: 1 }));
    expect(puts(one.legs)).toBe(1);
    const reading = { name: 'maxPutLegs', limit: 1, value: 1, slack: 0, met: true };
    expect(one.constraints).toContainEqual(expect.objectContaining(reading));
    const { proposal } = valueOf(
      await service.ask('suggestion.draft', {
        basket: 'Core',
        asOf,
        limits: { maxPutLegs: 1 },
        legs: free.legs
          .filter(({ side }) => side === 'buy')
          .map(({ contract, quantity }) => ({ contract, side: 'buy', quantity })),
      }),
    );
    expect(proposal.constraints.find(({ name }) => name === 'maxPutLegs')?.met).toBe(false);
  }, 60_000);
});
