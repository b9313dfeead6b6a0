import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'csv-parse/sync';
import { sentenceOf } from '../../shared/failure.ts';
import type { Suggestion } from '../../shared/contract/hedge.ts';
import { openDemoService } from '../support/demo-desk.ts';
import { valueOf, type TestService } from '../support/service.ts';

/** The product's main job over the real dispatcher, store, pool and solver, on the market that ships. */
let service: TestService;
let saved: Suggestion;

const refusal = (result: { ok: true } | { ok: false; error: Parameters<typeof sentenceOf>[0] }): string =>
  result.ok ? 'done' : result.error.code;

beforeAll(async () => {
  service = openDemoService();
  const built = valueOf(
    await service.ask('basket.build', { index: 'MERI', maxNames: 14, holdoutFrom: '2026-08-20' }),
  );
  valueOf(await service.ask('basket.save', { name: 'Core', result: built }));
  const proposal = valueOf(await service.ask('hedge.suggest', { basket: 'Core' }));
  saved = valueOf(await service.ask('suggestion.save', { proposal }));
}, 120_000);
afterAll(() => service.port.close());

describe('a basket', () => {
  it('keeps its rules in what is really held, lots included', async () => {
    const { result } = valueOf(await service.ask('basket.read', { name: 'Core' }));
    expect(result.checks.length).toBeGreaterThan(2);
    expect(result.checks.filter(({ met }) => !met)).toEqual([]);
    expect(result.names.every(({ shares }) => shares % result.rules.lotSize === 0)).toBe(true);
    expect(result.notional).toBeLessThanOrEqual(result.rules.capital);
    expect(result.holdout?.from).toBe('2026-08-20');
    expect(result.inSample.to < '2026-08-20').toBe(true);
  });

  it('names the rule that cannot be met', async () => {
    const impossible = await service.ask('basket.build', { index: 'MERI', maxNames: 1, minRSquared: 0.99 });
    expect(refusal(impossible)).toBe('infeasible');
    if (!impossible.ok) expect(sentenceOf(impossible.error)).toMatch(/minR2 0.99/);
  });

  it('says which index has no weights', async () => {
    expect(refusal(await service.ask('basket.build', { index: 'NOWHERE' }))).toBe('missing-weights');
  });
});

describe('a suggested hedge', () => {
  it('meets every limit that was asked, with its numbers adding up from the legs', () => {
    const { proposal } = saved;
    expect(proposal.status).toBe('optimal');
    expect(proposal.constraints.filter(({ met }) => !met)).toEqual([]);
    const cash = proposal.legs.reduce(
      (sum, leg) => sum + (leg.side === 'sell' ? 1 : -1) * leg.quantity * leg.multiplier * leg.price,
      0,
    );
    expect(cash).toBeCloseTo(proposal.netPremium, 4);
    expect(Math.abs(proposal.netDeltaFraction)).toBeLessThanOrEqual(proposal.request.netDeltaLimit);
    expect(proposal.after.deltaDollar).toBeCloseTo(proposal.netDelta, 3);
    for (const holding of proposal.holdings) {
      const sold = proposal.legs.filter((leg) => leg.side === 'sell' && leg.symbol === holding.symbol);
      const shares = sold.reduce((sum, leg) => sum + leg.quantity * leg.multiplier, 0);
      expect(shares + holding.shortCalls * holding.multiplier).toBeLessThanOrEqual(holding.shares);
    }
  });

  it('stands in the chains it would trade in, signed', async () => {
    const leg = saved.proposal.legs.find(({ side }) => side === 'sell');
    if (leg === undefined) throw new Error('the demo hedge sells calls');
    const chain = valueOf(await service.ask('chain.read', { symbol: leg.symbol, expiryKeys: ['all'] }));
    const sides = chain.expiries.flatMap(({ rows }) => (rows === null ? [] : [rows.call]));
    const shown = sides.flatMap(({ contract, suggested }) =>
      contract.flatMap((name, at) => (name === leg.contract ? [suggested[at]] : [])),
    );
    expect(shown).toEqual([-leg.quantity]);
  });

  it('gives every leg a reason and every call both of its numbers', () => {
    for (const leg of saved.proposal.legs) {
      expect(leg.reasons.length, leg.contract).toBeGreaterThan(0);
      if (leg.side === 'sell') expect(leg.impliedToHistorical, leg.contract).toBeGreaterThan(0);
    }
  });

  it('comes out the same from the same desk', async () => {
    const again = valueOf(await service.ask('hedge.suggest', { basket: 'Core' }));
    expect({ ...again, seconds: 0 }).toEqual({ ...saved.proposal, seconds: 0 });
  });

  it('says what stands in conflict and what would do, where a limit cannot be met', async () => {
    const proposal = valueOf(await service.ask('hedge.suggest', { basket: 'Core', minCredit: 5_000_000 }));
    expect(proposal.status).toBe('infeasible');
    expect(proposal.conflict.map(({ constraint }) => constraint)).toContain('minCredit');
    const relaxed = proposal.conflict.find(({ constraint }) => constraint === 'minCredit')?.relaxTo ?? null;
    expect(relaxed).not.toBeNull();
    const within = await service.ask('hedge.suggest', {
      basket: 'Core',
      minCredit: Math.floor(relaxed ?? 0) - 1,
    });
    expect(valueOf(within).status).toBe('optimal');
  }, 60_000);

  it('refuses a basket that is not on the desk', async () => {
    expect(refusal(await service.ask('hedge.suggest', { basket: 'Nobody' }))).toBe('not-found');
  });
});

describe('review', () => {
  it('takes a draft through decisions to an export that repeats to the byte, and no further', async () => {
    const { suggestionId } = saved;
    const [first, second] = saved.proposal.legs;
    if (first === undefined || second === undefined) throw new Error('the demo hedge has legs');
    expect(refusal(await service.ask('suggestion.export', { suggestionId, format: 'baskettrader' }))).toBe(
      'not-approved',
    );
    const silent = await service.ask('suggestion.decide', {
      suggestionId,
      legId: first.legId,
      decision: 'rejected',
    });
    expect(refusal(silent)).toBe('reason-required');
    const less = valueOf(
      await service.ask('suggestion.decide', {
        suggestionId,
        legId: first.legId,
        decision: 'rejected',
        reason: 'too near earnings',
      }),
    );
    expect(less.hash).not.toBe(saved.hash);
    expect(less.proposal.netPremium).toBeCloseTo(
      saved.proposal.netPremium -
        (first.side === 'sell' ? 1 : -1) * first.quantity * first.multiplier * first.price,
      4,
    );
    const back = valueOf(
      await service.ask('suggestion.decide', { suggestionId, legId: first.legId, decision: 'undecided' }),
    );
    expect(back.proposal.netPremium).toBeCloseTo(saved.proposal.netPremium, 6);
    valueOf(
      await service.ask('suggestion.decide', { suggestionId, legId: second.legId, decision: 'accepted' }),
    );

    expect(refusal(await service.ask('suggestion.approve', { suggestionId }))).toBe('blocked-by-checks');
    expect(
      refusal(
        await service.ask('suggestion.approve', { suggestionId, hash: saved.hash, acceptUndecided: true }),
      ),
    ).toBe('changed-since-approval');
    const approved = valueOf(
      await service.ask('suggestion.approve', { suggestionId, acceptUndecided: true }),
    );
    expect(approved.state).toBe('approved');
    expect(approved.approvedBy).not.toBeNull();

    for (const legId of [first.legId, second.legId]) {
      const late = await service.ask('suggestion.editQuantity', { suggestionId, legId, quantity: 1 });
      expect(refusal(late)).toBe('wrong-state');
    }
    const once = valueOf(await service.ask('suggestion.export', { suggestionId, format: 'baskettrader' }));
    const twice = valueOf(await service.ask('suggestion.export', { suggestionId, format: 'baskettrader' }));
    expect(twice.text).toBe(once.text);
    const rows: Record<string, string>[] = parse(once.text, { columns: true });
    expect(rows.map((row) => `${row['Action']} ${row['Quantity']} ${row['Strike']}`)).toEqual(
      approved.proposal.legs.map((leg) => `${leg.side.toUpperCase()} ${leg.quantity} ${leg.strike}`),
    );
    const after = valueOf(await service.ask('suggestion.read', { suggestionId }));
    expect(after).toMatchObject({ state: 'exported', hash: approved.hash });
  });

  it('does not approve more calls than shares without a reason', async () => {
    const { suggestionId, proposal } = valueOf(
      await service.ask('suggestion.save', { proposal: saved.proposal }),
    );
    const call = proposal.legs.find(({ side }) => side === 'sell');
    if (call === undefined) throw new Error('the demo hedge sells calls');
    const edited = valueOf(
      await service.ask('suggestion.editQuantity', { suggestionId, legId: call.legId, quantity: 10_000 }),
    );
    expect(edited.proposal.checks.find(({ check }) => check === 'oversell')).toMatchObject({ passed: false });
    const refused = await service.ask('suggestion.approve', { suggestionId, acceptUndecided: true });
    expect(refusal(refused)).toBe('blocked-by-checks');
    valueOf(await service.ask('suggestion.reject', { suggestionId, reason: 'only a trial' }));
  });

  it('leaves every step, the refused ones too, in the audit log', async () => {
    const { entries } = valueOf(await service.ask('audit.list', { search: 'suggestion' }));
    const steps = entries.map(({ command, outcome }) => `${command} ${outcome}`);
    for (const step of [
      'suggestion.save done',
      'suggestion.decide done',
      'suggestion.decide refused',
      'suggestion.approve refused',
      'suggestion.approve done',
      'suggestion.export refused',
      'suggestion.export done',
      'suggestion.reject done',
    ]) {
      expect(steps, step).toContain(step);
    }
  });
});

describe('dispersion', () => {
  it('holds the identity of math §7 and covers the whole index', async () => {
    const found = valueOf(await service.ask('dispersion.read', { index: 'MERI', termDays: 30 }));
    expect(found.coverage.badge).toBe('complete');
    const { indexVol, weightedVol, impliedCorrelation, components } = found;
    if (indexVol === null || weightedVol === null || impliedCorrelation === null)
      throw new Error('the demo market has volatilities');
    const squares = components.reduce((sum, { weight, vol }) => sum + (weight * (vol ?? 0)) ** 2, 0);
    const pairs = (weightedVol ** 2 - squares) / 2;
    expect(weightedVol ** 2 + 2 * (impliedCorrelation - 1) * pairs).toBeCloseTo(indexVol ** 2, 12);
    expect(found.firstCoefficient).toBeCloseTo(weightedVol / indexVol, 12);
    expect(found.secondCoefficient ?? 9).toBeLessThanOrEqual(found.firstCoefficient ?? 0);
    expect(found.votes.every(({ historyDays }) => historyDays >= 250)).toBe(true);
  });

  it('lets no absurd quote into a name’s volatility', async () => {
    const { components } = valueOf(await service.ask('dispersion.read', { index: 'MERI', termDays: 30 }));
    // resources/demo plants a put on LMRA quoted 0.01 at 199.99, whose middle alone would triple its volatility.
    const { vol } = components.find(({ symbol }) => symbol === 'LMRA') ?? {};
    expect(vol).toBeGreaterThan(0.15);
    expect(vol).toBeLessThan(0.3);
  });
});

describe('contracts', () => {
  it('values what is held, and brings vega back to nothing by its hedge numbers', async () => {
    const { forwardStarts, realizedVols } = valueOf(await service.ask('contracts.list', {}));
    expect(forwardStarts.length).toBeGreaterThan(5);
    for (const { terms, value, reason } of [...forwardStarts, ...realizedVols]) {
      expect(value === null ? reason : 'valued', terms.contractId).toBe('valued');
    }
    const { underlyings } = valueOf(await service.ask('exposure.read', { underlying: 'MERI' }));
    const slices = underlyings[0]?.slices ?? [];
    expect(
      slices
        .filter(({ start }) => start > '2026-11-20')
        .every(({ gammaDollar1Pct }) => gammaDollar1Pct === 0),
    ).toBe(true);
    const total = slices.reduce((sum, { vegaPerVolPoint }) => sum + vegaPerVolPoint, 0);
    expect(total).toBeCloseTo(underlyings[0]?.totals.vegaPerVolPoint ?? 0, 6);
  });

  it('quotes price and volatility both ways', async () => {
    const terms = {
      contractId: 'quote',
      underlying: 'MERI',
      firstReferenceDate: '2027-03-19',
      secondReferenceDate: '2027-06-17',
      optionType: 'call' as const,
      family: 'relative' as const,
      power: 1 as const,
      quantity: 1,
    };
    const priced = valueOf(await service.ask('contracts.quote', { terms, vol: 0.25 }));
    const back = valueOf(await service.ask('contracts.quote', { terms, price: priced.price }));
    expect(back.vol).toBeCloseTo(0.25, 10);
    expect(refusal(await service.ask('contracts.quote', { terms }))).toBe('invalid-request');
    expect(refusal(await service.ask('contracts.fix', { contractId: 'FS-MERI-DEC-MAR', level: 5000 }))).toBe(
      'wrong-state',
    );
  });
});
