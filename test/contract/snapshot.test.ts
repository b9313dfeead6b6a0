import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashOf } from '../../main/commands/support/hedge/change-leg.ts';
import { reviewedProposal } from '../../main/commands/support/hedge/hedge-review.ts';
import { canonicalJson } from '../../shared/canonical.ts';
import { sentenceOf } from '../../shared/failure.ts';
import type { HedgeProposal, Suggestion } from '../../shared/contract/hedge.ts';
import { copyDemoDesk } from '../support/demo-desk.ts';
import { openTestService, temporaryFolder, valueOf, type TestService } from '../support/service.ts';

/** What was approved, opened again: the same digits from the snapshot alone, or nothing of it. */
const folder = temporaryFolder();
const file = join(folder.path, 'desk.voldesk');
const asOf = '2026-11-20';
const reason = 'too near earnings';
let service: TestService;
let approved: Suggestion;
let beside: Suggestion;

beforeAll(async () => {
  copyDemoDesk(file);
  service = openTestService(file);
  const built = valueOf(await service.ask('basket.build', { index: 'MERI', maxNames: 12 }));
  valueOf(await service.ask('basket.save', { name: 'Core', result: built }));
  const proposal = valueOf(await service.ask('hedge.suggest', { basket: 'Core', asOf }));
  beside = valueOf(await service.ask('suggestion.save', { proposal }));
  const { suggestionId, proposal: saved } = valueOf(await service.ask('suggestion.save', { proposal }));
  const [first, second] = saved.legs;
  valueOf(
    await service.ask('suggestion.decide', {
      suggestionId,
      legId: first?.legId ?? '',
      decision: 'rejected',
      reason,
    }),
  );
  valueOf(
    await service.ask('suggestion.editQuantity', {
      suggestionId,
      legId: second?.legId ?? '',
      quantity: Math.max(1, (second?.quantity ?? 1) - 1),
    }),
  );
  approved = valueOf(
    await service.ask('suggestion.approve', {
      suggestionId,
      acceptUndecided: true,
      overrideReason: 'a trial',
    }),
  );
}, 120_000);
afterAll(async () => {
  await service.port.close();
  folder.remove();
});

const nothing = {
  deltaDollar: 0,
  deltaFraction: 0,
  gammaDollar1Pct: 0,
  vegaPerVolPoint: 0,
  thetaPerDay: 0,
  premium: 0,
};
/** Everything that is computed, taken away. */
const bare = (proposal: HedgeProposal): HedgeProposal => {
  const { scenarios: _, ...rest } = proposal;
  return {
    ...rest,
    basketNotional: 0,
    netDelta: 0,
    netDeltaFraction: 0,
    netPremium: 0,
    premiumReceived: 0,
    premiumPaid: 0,
    coverage: 0,
    constraints: [],
    before: nothing,
    after: nothing,
    checks: [],
  };
};

describe('an approved snapshot', () => {
  it('gives every total, check, exposure and scenario again, to the last digit, from itself alone', async () => {
    await service.port.close();
    service = openTestService(file);
    const { suggestionId } = approved;
    const opened = valueOf(await service.ask('suggestion.read', { suggestionId }));
    expect(opened.hash).toBe(approved.hash);
    // No desk, no market: only what the snapshot keeps.
    const again = valueOf(reviewedProposal(bare(opened.proposal)));
    expect(again.scenarios?.worstAfter.profit).toBeLessThan(0);
    expect(canonicalJson(again)).toBe(canonicalJson(opened.proposal));
    expect(hashOf(opened.version, again)).toBe(approved.hash);
  }, 60_000);

  it.each([
    ['a letter', 0, 0x54],
    ['the quote that ends a text', reason.length, 0x78],
  ])(
    'with %s changed in the file is refused by name, nothing else is lost, and whole again it is as it was',
    async (_, place, byte) => {
      const { suggestionId } = approved;
      await service.port.close();
      const kept = readFileSync(file);
      const bytes = Buffer.from(kept);
      // Older versions of the draft lie in free pages of the file: which one is the approved, only SQLite knows.
      for (let at = bytes.indexOf(reason); at >= 0; at = bytes.indexOf(reason, at + reason.length)) {
        bytes[at + place] = byte;
      }
      expect(bytes.equals(kept)).toBe(false);
      writeFileSync(file, bytes);
      service = openTestService(file);
      const refused = await service.ask('suggestion.read', { suggestionId });
      expect(refused.ok ? '' : sentenceOf(refused.error)).toBe(
        `Suggestion ${suggestionId} is not what was approved: its snapshot in the desk file was changed from outside. Nothing of it is used; restore a backup in which it is whole.`,
      );
      const list = valueOf(await service.ask('suggestion.list', {}));
      expect(list.refused.map((one) => one.suggestionId)).toContain(suggestionId);
      expect(list.suggestions.map((one) => one.suggestionId)).toEqual([beside.suggestionId]);
      const other = valueOf(await service.ask('suggestion.read', { suggestionId: beside.suggestionId }));
      expect(canonicalJson(other)).toBe(canonicalJson(beside));
      await service.port.close();
      writeFileSync(file, kept);
      service = openTestService(file);
      const whole = valueOf(await service.ask('suggestion.read', { suggestionId }));
      expect(canonicalJson(whole)).toBe(canonicalJson(approved));
    },
    60_000,
  );
});
