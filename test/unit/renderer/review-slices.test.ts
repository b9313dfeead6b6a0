import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reassessLegInFront } from '../../../renderer/state/reassess.ts';
import { legInFront } from '../../../renderer/state/review.ts';
import { createWorkstation, openWorkstation, type Workstation } from '../../../renderer/state/store.ts';
import { openDemoService } from '../../support/demo-desk.ts';
import { valueOf, type TestService } from '../../support/service.ts';
import { windowClient } from '../../support/window-client.ts';

const basket = 'Demo tracking basket';

describe('the review and the re-assessment of a window, over the real service and the demo market', () => {
  let service: TestService;
  let client: ReturnType<typeof windowClient>;
  let desk: Workstation;
  let closeDesk = (): void => undefined;
  const now = () => desk.getState();
  const legs = () => now().suggestion.value?.proposal.legs ?? [];
  const hash = () => now().suggestion.value?.hash ?? '';

  beforeAll(async () => {
    service = openDemoService();
    client = windowClient(service);
    desk = createWorkstation(client);
    closeDesk = await openWorkstation(desk, client);
    await now().loadBaskets();
    for (const netDeltaLimit of [0.4, 0.5]) {
      const request = { basket, asOf: '2026-11-19', netDeltaLimit, maxLegs: 8 };

      const proposal = valueOf(await service.ask('hedge.suggest', request));
      valueOf(await service.ask('suggestion.save', { proposal }));
    }
  }, 120_000);
  afterAll(async () => {
    closeDesk();
    client.close();
    await service.port.close();
  });

  test('a hundred edits by the keys of the review, undone and redone, end where they began', async () => {
    await now().loadSuggestions();
    await now().loadSuggestion(1);
    const hashes = [hash()];
    // What the keys run: A, R with a reason, E, N, J; a person who walks the legs and changes their mind.
    const keys = [
      () => now().decideLeg('accepted', null),
      () => now().decideLeg('rejected', 'too wide'),
      () => now().editLeg((legInFront(now())?.quantity ?? 0) + 1, legInFront(now())?.price ?? 0),
      () => now().noteLeg(`looked at ${hashes.length} times`),
    ];
    for (let press = 0; press < 400 && hashes.length <= 100; press += 1) {
      if (press % 3 === 0) now().stepReviewLeg(legInFront(now())?.legId === legs().at(-1)?.legId ? -1 : 1);
      await keys[press % keys.length]?.();
      if (hash() !== hashes.at(-1)) hashes.push(hash());
    }
    expect(hashes).toHaveLength(101);
    const end = now().suggestion.value;
    for (const before of hashes.slice(0, -1).toReversed()) {
      await now().undoReview();
      expect(hash()).toBe(before);
    }
    expect(now().reviewTrail).toMatchObject({ undo: null, changed: [] });
    for (const after of hashes.slice(1)) {
      await now().redoReview();
      expect(hash()).toBe(after);
    }
    expect(now().suggestion.value).toEqual(end);
    for (let step = 0; step < 100; step += 1) await now().undoReview();
    expect(hash()).toBe(hashes[0]);
  }, 60_000);

  test('a leg replaced from the chain comes to the front, outlined; undo brings the old one to the front', async () => {
    const leg = legInFront(now());
    if (leg === null) throw new Error('the demo hedge has legs');
    const { symbol, expiry } = leg;
    await now().loadLegChain({ symbol, expiry, asOf: '2026-11-19', expiryKey: null });
    const rows = now().legChain.value?.expiries.find((one) => one.expiry === expiry)?.rows?.[leg.type];
    const place = (rows?.contract ?? []).findIndex(
      (contract, at) =>
        contract !== null &&
        (rows?.bid[at] ?? 0) > 0 &&
        rows?.delta[at] != null &&
        !legs().some((one) => one.contract === contract),
    );
    const contract = rows?.contract[place] ?? '';
    await now().replaceLeg(contract);
    expect(legInFront(now())).toMatchObject({ contract, side: leg.side, decision: 'undecided' });
    expect(now().reviewTrail?.changed).toEqual([legInFront(now())?.legId]);
    await now().undoReview();
    expect(legInFront(now())?.contract).toBe(leg.contract);
    expect(now().reviewTrail?.redo).toBe(`${leg.contract} replaced by ${contract}`);
  });

  test('cases stand side by side, at most four, the first against the others', async () => {
    now().setCompared([1, 2]);
    await now().loadComparison();
    const { cases, pairs } = now().comparison.value ?? { cases: [], pairs: [] };
    expect(cases.map((one) => one.suggestionId)).toEqual([1, 2]);
    expect(pairs[0]?.settings).toEqual([{ name: 'netDeltaLimit', a: '0.4', b: '0.5' }]);
    for (const id of [11, 12, 13]) now().toggleCompared(id);
    expect(now().comparedIds).toEqual([1, 2, 11, 12]);
    expect(now().notice?.tone).toBe('failed');
    await now().loadComparison();
    expect(now().comparison.status).toBe('failed');
    now().setCompared([]);
  });

  test('where two persons are needed, who saved it cannot approve it', async () => {
    await now().setSecondPerson(true);
    await now().approveSuggestion({ overrideReason: 'test', acceptUndecided: true });
    expect(now().suggestion.value?.state).toBe('draft');
    expect(now().notice?.sentence).toMatch(/another person/);
    await now().setSecondPerson(false);
    await now().approveSuggestion({ overrideReason: 'test', acceptUndecided: true });
    expect(now().suggestion.value?.state).toBe('approved');
    await now().undoReview();
    expect(now().suggestion.value?.state).toBe('approved');
  });

  test('prices since the review stand leg by leg before it is exported', async () => {
    await now().loadDrift(1);
    const drift = now().drift.value;
    expect(drift?.legs.map((leg) => leg.legId)).toEqual(legs().map((leg) => leg.legId));
    expect(drift?.sentence).toMatch(/From 2026-11-19 to 2026-11-20 prices moved/);
    await now().exportSuggestion('fix-multileg');
    expect(now().suggestion.value?.state).toBe('exported');
  });

  test('a file of fills is looked at before it counts; the rest stays open until it is cancelled', async () => {
    const [first, second] = legs();
    if (first === undefined || second === undefined) throw new Error('the demo hedge has legs');
    const row = `1,${first.contract},${first.side},1,${first.price},2026-11-20T15:00:00Z,0.65`;
    const head = 'suggestion_id,contract,side,quantity,price,time,commission';
    const text = [head, row, `1,${second.contract},${second.side},99999,1,2026-11-20T15:00:00Z,0`].join('\n');
    await now().stageFills(1, new File([text], 'fills.csv'));
    expect(now().stagedFills.value?.rows.map((one) => one.state)).toEqual(['matched', 'refused']);
    expect(now().stagedFills.value?.rows[1]?.reason).toMatch(/are more than the \d+ open/);
    await now().commitFills();
    expect(now().stagedFills.status).toBe('idle');
    expect(now().suggestion.value?.state).toBe('part-filled');
    expect(now().fills.value?.report.legs[0]).toMatchObject({ filled: 1, open: first.quantity - 1 });
    await now().stageFills(1, new File([[head, row].join('\n')], 'fills.csv'));
    expect(now().stagedFills.value?.rows.map((one) => one.state)).toEqual(['duplicate']);
    now().discardFills();
    await now().stageFills(1, new File(['nothing'], 'other.csv'));
    expect(now().stagedFills.status).toBe('failed');
    now().discardFills();
    await now().cancelSuggestion(1, ' ');
    expect(now().notice?.tone).toBe('failed');
    await now().cancelSuggestion(1, 'market closed');
    expect(now().suggestion.value?.state).toBe('cancelled');
    expect(now().reviewTrail?.events.at(-1)).toMatchObject({ kind: 'cancelled', sentence: 'market closed' });
  });

  test('thresholds are kept with the desk: the rules say so at once, and so does whoever asks without any', async () => {
    await now().loadReassess();
    expect(now().reassess.value?.fired.map(({ rule }) => rule)).toEqual(['net-delta']);
    expect(now().reassess.value?.unfired).toHaveLength(7);
    await now().changeReassessRules({ netDeltaLimit: 0.99, daysToExpiry: null });
    const { fired = [], unfired = [] } = now().reassess.value ?? {};
    expect(fired).toEqual([]);
    expect(unfired.find(({ rule }) => rule === 'days-to-expiry')?.reason).toBe('Switched off.');
    const told = valueOf(await service.ask('hedge.reassess', { basket }));
    expect(told.unfired).toEqual(unfired);
    await now().changeReassessRules({ netDeltaLimit: 0.05, daysToExpiry: 7 });
  });

  test('a roll and a part that are taken become one draft of closing and opening legs', async () => {
    const part = reassessLegInFront(now());
    if (part === null) throw new Error('net delta fires on a leg of the demo hedge');
    expect(part).toMatchObject({ action: 'trade-part', rule: 'net-delta' });
    now().takeReassessOrder({ kind: 'trade', leg: part, trade: 5 });
    const sold = now().reassess.value?.actions.find((leg) => leg.side === 'sold');
    now().chooseReassessLeg(sold?.leg ?? '');
    now().changeRollRules({ keep: 'delta', targetDays: 60 });
    await now().loadRoll();
    const roll = now().roll.value?.best;
    if (sold === undefined || roll === undefined) throw new Error('the demo chain has a later expiry');
    now().takeReassessOrder({ kind: 'roll', leg: sold, roll, quantity: 2 });
    now().takeReassessOrder({ kind: 'roll', leg: sold, roll, quantity: 3 });
    expect(now().reassessOrders).toHaveLength(2);
    await now().draftReassessOrders();
    expect(now().view).toBe('review');
    await now().loadSuggestion(now().suggestionId ?? 0);
    expect(legs().map(({ contract, side, quantity, effect }) => [contract, side, quantity, effect])).toEqual([
      [part.leg, 'buy', 5, 'open'],
      [sold.leg, 'buy', 3, 'close'],
      [roll.to.contract, 'sell', 3, 'open'],
    ]);
    expect(now().reassessOrders).toEqual([]);
    await now().loadReassessLog();
    expect(now().reassessRuns.value?.runs[0]).toMatchObject({ cause: 'hand', fired: ['net-delta'] });
  });

  test('two looks that were kept say what changed between them, and a schedule says when the next is due', async () => {
    await now().changeReassessRules({ netDeltaLimit: null });
    await now().keepReassessRun();
    const difference = now().reassessDifference.value;
    expect(difference?.nowQuiet.map(({ rule }) => rule)).toEqual(['net-delta']);
    expect(difference?.legs.map(({ change }) => change)).toEqual(['decision']);
    await now().setReassessSchedule({ kind: 'weekly', every: 5, weekday: 2 });
    expect(now().reassessDue.find((due) => due.basket === basket)).toMatchObject({
      due: false,
      nextOn: '2026-11-24',
    });
  });
});
