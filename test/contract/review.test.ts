import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HedgeLeg, Suggestion } from '../../shared/contract/hedge.ts';
import { sentenceOf, type Failure } from '../../shared/failure.ts';
import { openDemoService } from '../support/demo-desk.ts';
import { valueOf, type TestService } from '../support/service.ts';

/** Changing the legs of a draft, over the real dispatcher on the market that ships. */
let service: TestService;
let saved: Suggestion;
const refusal = (result: { ok: true } | { ok: false; error: Failure }): string =>
  result.ok ? 'done' : sentenceOf(result.error);
const now = async () => valueOf(await service.ask('suggestion.read', { suggestionId: saved.suggestionId }));
const trail = async () =>
  valueOf(await service.ask('suggestion.trail', { suggestionId: saved.suggestionId }));
const at = (found: Suggestion, place: number): HedgeLeg => {
  const leg = found.proposal.legs[place % found.proposal.legs.length];
  if (leg === undefined) throw new Error('the demo hedge has legs');
  return leg;
};

/** Contracts of a leg's expiry and type beside it in the chain. */
async function neighbors(leg: HedgeLeg): Promise<readonly string[]> {
  const listed = valueOf(await service.ask('chain.read', { symbol: leg.symbol, asOf: saved.proposal.asOf }));
  const key = listed.expiries.find(({ expiry }) => expiry === leg.expiry)?.key ?? '';
  const chain = valueOf(
    await service.ask('chain.read', { symbol: leg.symbol, asOf: saved.proposal.asOf, expiryKeys: [key] }),
  );
  const rows = chain.expiries.find((one) => one.key === key)?.rows;
  const side = rows?.[leg.type];
  return (side?.contract ?? []).flatMap((contract, place) =>
    contract === null || contract === leg.contract || side?.delta[place] == null || !side.bid[place]
      ? []
      : [contract],
  );
}

beforeAll(async () => {
  service = openDemoService();
  const proposal = valueOf(
    await service.ask('hedge.suggest', { basket: 'Demo tracking basket', netDeltaLimit: 0.4, maxLegs: 8 }),
  );
  saved = valueOf(await service.ask('suggestion.save', { proposal }));
}, 120_000);
afterAll(async () => {
  await service.port.close();
});

describe('replacing a leg', () => {
  it('takes the quote and greeks of the other contract, checks all again, and undo gives every digit back', async () => {
    const leg = at(saved, 0);
    const [other] = await neighbors(leg);
    if (other === undefined) throw new Error('the demo chain lists more than one strike');
    const asked = { suggestionId: saved.suggestionId, legId: leg.legId, contract: other };
    const replaced = valueOf(await service.ask('suggestion.replaceLeg', asked));
    const made = at(replaced, 0);
    expect(made).toMatchObject({
      contract: other,
      side: leg.side,
      quantity: leg.quantity,
      decision: 'undecided',
    });
    expect(made.delta).not.toBe(leg.delta);
    expect(replaced.proposal.netPremium).not.toBe(saved.proposal.netPremium);
    expect(replaced.hash).not.toBe(saved.hash);
    expect(await trail()).toMatchObject({
      undo: `${leg.contract} replaced by ${other}`,
      changed: [made.legId],
    });
    const undone = valueOf(await service.ask('suggestion.undo', { suggestionId: saved.suggestionId }));
    expect(undone.hash).toBe(saved.hash);
    expect(undone.proposal).toEqual(saved.proposal);
  });

  it('refuses what is not listed, what is there already, and what is no option', async () => {
    const { suggestionId } = saved;
    const [first, second] = [at(saved, 0), at(saved, 1)];
    const ask = async (contract: string, legId = first.legId) =>
      refusal(await service.ask('suggestion.replaceLeg', { suggestionId, legId, contract }));
    expect(await ask(first.contract)).toMatch(/it is the contract that is there/);
    expect(await ask(second.contract)).toMatch(/does not list it/);
    expect(await ask('nonsense')).toMatch(/The option nonsense/);
    expect((await now()).hash).toBe(saved.hash);
  });
});

describe('a hundred changes', () => {
  it('undone and redone end where they began, and a service opened anew could go on', async () => {
    const { suggestionId } = saved;
    const hashes: string[] = [(await now()).hash];
    for (let turn = 0; turn < 100; turn += 1) {
      const leg = at(await now(), turn * 7);
      const { legId } = leg;
      const change = turn % 5;
      const result =
        change === 0
          ? await service.ask('suggestion.decide', { suggestionId, legId, decision: 'accepted' })
          : change === 1
            ? await service.ask('suggestion.editQuantity', {
                suggestionId,
                legId,
                quantity: leg.quantity + 1,
                price: leg.price + 0.05,
              })
            : change === 2
              ? await service.ask('suggestion.decide', {
                  suggestionId,
                  legId,
                  decision: 'rejected',
                  reason: `turn ${turn}`,
                })
              : change === 3
                ? await service.ask('suggestion.noteLeg', {
                    suggestionId,
                    legId,
                    note: `seen in turn ${turn}`,
                  })
                : await service.ask('suggestion.replaceLeg', {
                    suggestionId,
                    legId,
                    contract: (await neighbors(leg))[turn % 4] ?? '',
                  });
      // A neighbor may be a leg already: then nothing changed and nothing is to be undone.
      if (result.ok) hashes.push(valueOf(result).hash);
    }
    expect(hashes.length).toBeGreaterThan(90);
    const end = await now();
    for (const hash of hashes.slice(0, -1).toReversed())
      expect(valueOf(await service.ask('suggestion.undo', { suggestionId })).hash).toBe(hash);
    expect((await now()).proposal).toEqual(saved.proposal);
    expect(refusal(await service.ask('suggestion.undo', { suggestionId }))).toMatch(/Nothing was changed/);
    for (const hash of hashes.slice(1))
      expect(valueOf(await service.ask('suggestion.redo', { suggestionId })).hash).toBe(hash);
    expect(await now()).toEqual(end);
    expect(refusal(await service.ask('suggestion.redo', { suggestionId }))).toMatch(/Nothing was taken back/);
  }, 60_000);

  it('a new change ends what could be redone', async () => {
    const { suggestionId } = saved;
    valueOf(await service.ask('suggestion.undo', { suggestionId }));
    expect((await trail()).redo).not.toBeNull();
    const leg = at(await now(), 3);
    valueOf(await service.ask('suggestion.noteLeg', { suggestionId, legId: leg.legId, note: 'last word' }));
    const left = await trail();
    expect(left.redo).toBeNull();
    expect(left.undo).toBe(`note on ${leg.contract}: last word`);
    expect(left.events.map(({ kind }) => kind)).toContain('undone');
  });

  it('nothing is undone once it is approved', async () => {
    const { suggestionId } = saved;
    valueOf(
      await service.ask('suggestion.approve', {
        suggestionId,
        acceptUndecided: true,
        overrideReason: 'the legs were changed by a test',
      }),
    );
    expect(refusal(await service.ask('suggestion.undo', { suggestionId }))).toMatch(
      /is approved and cannot be/,
    );
  });
});
