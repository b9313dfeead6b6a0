import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InputOf } from '../../shared/contract/index.ts';
import { sentenceOf } from '../../shared/failure.ts';
import type { Result } from '../../shared/result.ts';
import { openDemoService } from '../support/demo-desk.ts';
import { valueOf, type TestService } from '../support/service.ts';

/** The life of forward-start contracts over the real dispatcher, store and pool, on the market that ships. */
let service: TestService;
const today = '2026-11-20';

beforeAll(async () => {
  service = openDemoService();
}, 60_000);
afterAll(() => service.port.close());

type Terms = InputOf<'contracts.addForwardStart'>;
const terms = (more: Partial<Terms> & { readonly contractId: string }): Terms => ({
  underlying: 'MERI',
  firstReferenceDate: '2026-12-18',
  secondReferenceDate: '2027-03-19',
  optionType: 'straddle',
  family: 'relative',
  power: 1,
  quantity: 2,
  tradePrice: 0.07,
  ...more,
});
const add = (more: Parameters<typeof terms>[0]) => service.ask('contracts.addForwardStart', terms(more));
const refusal = <T>(result: Result<T>): string => (result.ok ? 'accepted' : sentenceOf(result.error));
async function heldOf(contractId: string) {
  const { forwardStarts } = valueOf(await service.ask('contracts.list', {}));
  const found = forwardStarts.find((one) => one.terms.contractId === contractId);
  if (found === undefined) throw new Error(`${contractId} is not held`);
  return found;
}
const ids = async () =>
  valueOf(await service.ask('contracts.list', {})).forwardStarts.map((one) => one.terms.contractId);

describe('a contract that cannot be entered', () => {
  it('is refused by name, and nothing of it is stored', async () => {
    const before = await ids();
    const cases: readonly (readonly [Partial<Terms>, string])[] = [
      [{ underlying: 'NOBODY' }, 'NOBODY is not on this desk. Contract FS-BAD names it as its underlying'],
      [{ secondUnderlying: 'NOBODY' }, 'NOBODY is not on this desk. Contract FS-BAD names it'],
      [{ secondReferenceDate: '2026-12-18' }, 'it ends on 2026-12-18, not after it starts on 2026-12-18'],
      [{ firstReferenceDate: '2026-12-25' }, 'its first reference date 2026-12-25 is no trading day on NYSE'],
      [{ secondReferenceDate: '2027-01-18' }, 'its second reference date 2027-01-18 is no trading day'],
      [{ firstReferenceDate: '2026-11-06' }, '2026-11-06 has passed and no fixed strike is given with it'],
      [{ putStrikeMultiplier: 1.1 }, 'its put is struck at 1.1 of the first fixing, above its call at 1'],
      [
        { option: { optionType: 'call', contractPrice: 0.07, expiryDate: '2026-12-21', volOfVol: null } },
        'the right on it ends on 2026-12-21, after its strike is fixed on 2026-12-18',
      ],
    ];
    for (const [wrong, sentence] of cases) {
      expect(refusal(await add({ contractId: 'FS-BAD', ...wrong }))).toContain(sentence);
    }
    expect(refusal(await add({ contractId: 'FS-MERI-LIVE' }))).toBe(
      'Contract FS-MERI-LIVE exists already. Choose another name.',
    );
    expect(await ids()).toEqual(before);
  });
});

describe('a fixing', () => {
  it('is proposed from the stored prices, averaged and rounded, and counts in the ladder before it is confirmed', async () => {
    const entered = { contractId: 'FS-AVG', firstReferenceDate: today, fixingDays: 2, fixingRoundTo: 0.5 };
    valueOf(await add(entered));
    expect((await heldOf('FS-AVG')).state).toBe('fixing-due');
    const proposed = valueOf(await service.ask('contracts.fixing', { contractId: 'FS-AVG' }));
    expect(proposed.prices.map(({ date, what }) => `${date} ${what}`)).toEqual([
      '2026-11-19 close',
      '2026-11-20 close',
    ]);
    const [first, second] = proposed.prices.map(({ price }) => price ?? Number.NaN);
    expect(proposed.average).toBeCloseTo((first! + second!) / 2, 9);
    expect(proposed.level).toBe(Math.floor((proposed.average ?? 0) * 2 + 0.5) / 2);
    expect(proposed.isDue).toBe(true);
    const { underlyings } = valueOf(await service.ask('exposure.read', { underlying: 'MERI' }));
    expect(underlyings[0]?.assumed).toContain('FS-AVG: fixing not confirmed, counted at its stored prices');
    const findings = valueOf(await service.ask('desk.health', {})).findings;
    expect(findings.find(({ rule }) => rule === 'fixing due')?.sentence).toContain(
      'FS-AVG was to be fixed on',
    );
    const { dates } = valueOf(await service.ask('contracts.calendar', {}));
    expect(dates[0]).toMatchObject({ kind: 'first-fixing', subject: 'FS-AVG', status: 'due' });
  });

  it('is confirmed with its prices, and a correction stands beside it', async () => {
    const { prices } = valueOf(await service.ask('contracts.fixing', { contractId: 'FS-AVG' }));
    const told = prices.map(({ date, what, price }) => ({ date, what, price: price ?? 0 }));
    expect(
      refusal(await service.ask('contracts.fix', { contractId: 'FS-AVG', level: 1, prices: told })),
    ).toContain('the level 1 is not the');
    const fixed = valueOf(await service.ask('contracts.fix', { contractId: 'FS-AVG', prices: told }));
    expect(fixed.fixedStrike).toBe(fixed.level);
    const again = { contractId: 'FS-AVG', prices: [{ date: today, what: 'close', price: 5000.2 }] };
    expect(refusal(await service.ask('contracts.fix', again))).toContain('needs a reason to be fixed again');
    valueOf(await service.ask('contracts.fix', { ...again, reason: 'print withdrawn' }));
    const held = await heldOf('FS-AVG');
    expect(held.terms.fixedStrike).toBe(5000);
    expect(held.fixings.map(({ level, prices: from, reason }) => [level, from.length, reason])).toEqual([
      [fixed.level, 2, ''],
      [5000, 1, 'print withdrawn'],
    ]);
    expect(held.state).toBe('live');
  });

  it('of a strangle gives both strikes, and what settles into options says which', async () => {
    const strangle = { optionType: 'straddle', strikeMultiplier: 1.05, putStrikeMultiplier: 0.95 } as const;
    valueOf(
      await add({ contractId: 'FS-WIDE', firstReferenceDate: today, settlement: 'listed', ...strangle }),
    );
    valueOf(await service.ask('contracts.fix', { contractId: 'FS-WIDE', level: 5000 }));
    const { becomes, vegaPerVolPoint } = await heldOf('FS-WIDE');
    expect(becomes.map(({ optionType, strike, units }) => [optionType, strike, units])).toEqual([
      ['put', 4750, 400],
      ['call', 5250, 400],
    ]);
    expect(becomes[0]?.contract).toBe('MERI 2027-03-19 4750 P');
    expect(vegaPerVolPoint).toBeGreaterThan(0);
  });
});

describe('the ladder', () => {
  it('turns a contract’s vega into gamma as the date steps past its fixing', async () => {
    const on = async (day: string) => {
      const { underlyings } = valueOf(
        await service.ask('exposure.read', { underlying: 'MERI', on: day, includeListed: false }),
      );
      const all = underlyings[0]?.slices.flatMap(({ byContract }) => byContract) ?? [];
      return all
        .filter((part) => part.contractId === 'FS-MERI-DEC-MAR')
        .reduce((sum, part) => sum + part.gammaDollar1Pct, 0);
    };
    expect(await on('2026-12-17')).toBe(0);
    expect(await on('2026-12-18')).toBeGreaterThan(100_000);
    expect(refusal(await service.ask('exposure.read', { on: '2026-11-19' }))).toContain(
      'before its market of',
    );
  });

  it('brings vega to one term by the factor of each slice', async () => {
    const asked = { underlying: 'MERI', vega: { kind: 'root-time', termDays: 30 } } as const;
    const { underlyings } = valueOf(await service.ask('exposure.read', asked));
    const { slices, totals } = underlyings[0] ?? { slices: [], totals: null };
    for (const slice of slices) {
      expect(slice.adjustedVegaPerVolPoint).toBeCloseTo(slice.vegaFactor * slice.vegaPerVolPoint, 9);
    }
    expect(slices[0]?.vegaFactor).toBeGreaterThan(slices.at(-1)?.vegaFactor ?? 9);
    const sum = slices.reduce((total, slice) => total + slice.adjustedVegaPerVolPoint, 0);
    expect(totals?.adjustedVegaPerVolPoint).toBeCloseTo(sum, 6);
  });

  it('adds up over all names by month', async () => {
    const across = valueOf(await service.ask('exposure.across', {}));
    expect(across.underlyings.map(({ underlying }) => underlying)).toContain('BRYX');
    const monthly = across.months.reduce((sum, month) => sum + month.vegaPerVolPoint, 0);
    const named = across.underlyings.reduce((sum, row) => sum + row.vegaPerVolPoint, 0);
    expect(monthly).toBeCloseTo(named, 4);
    const gamma = across.underlyings.reduce((sum, row) => sum + row.gammaDollar1Pct, 0);
    expect(across.months[0]?.gammaDollar1Pct).toBeCloseTo(gamma, 4);
  });
});

describe('a hedge to a profile', () => {
  it('reaches the targets with exact numbers, and says what whole ones leave', async () => {
    const zero = valueOf(await service.ask('exposure.hedge', { underlying: 'MERI' }));
    const start = zero.slices[2]?.start ?? '';
    const targets = [{ start, vegaPerVolPoint: 12_000 }];
    const aimed = valueOf(await service.ask('exposure.hedge', { underlying: 'MERI', targets }));
    for (const slice of aimed.slices) {
      const exact = slice.vegaPerVolPoint + (slice.exact ?? 0) * (slice.contractVegaPerVolPoint ?? 0);
      expect(exact).toBeCloseTo(slice.targetVegaPerVolPoint, 4);
      const whole = slice.vegaPerVolPoint + (slice.whole ?? 0) * (slice.contractVegaPerVolPoint ?? 0);
      expect(slice.leftVegaPerVolPoint).toBeCloseTo(whole - slice.targetVegaPerVolPoint, 4);
      expect(slice.afterVegaPerVolPoint).toBeCloseTo(whole, 4);
    }
    expect(aimed.slices.find((slice) => slice.start === start)?.targetVegaPerVolPoint).toBe(12_000);
    for (const row of aimed.nearTerm.filter(({ contractId }) => contractId === 'FS-MERI-LIVE')) {
      expect(Math.abs(row.difference)).toBeLessThan(0.25 * Math.abs(row.vegaPerVolPoint));
    }
  });

  it('takes listed options alone, cut at quarters, and a suggestion by its number', async () => {
    const listed = valueOf(
      await service.ask('exposure.hedge', {
        underlying: 'MERI',
        source: { kind: 'listed' },
        cut: 'quarters',
      }),
    );
    expect(listed.slices[0]?.start).toBe(today);
    expect(listed.nearTerm.map(({ contractId }) => contractId)).toEqual(['MERI 2026-12-18 4850 P']);
    // The put ends inside the first slice: the two differ by its own volatility over the slice’s alone.
    const { contractId, vegaPerVolPoint, fromGammaPerVolPoint } = listed.nearTerm[0]!;
    expect([contractId, fromGammaPerVolPoint / vegaPerVolPoint > 0.75]).toEqual([contractId, true]);
    const unknown = { underlying: 'MERI', source: { kind: 'suggestion', suggestionId: 99 } } as const;
    expect(refusal(await service.ask('exposure.hedge', unknown))).toContain(
      'Suggestion 99 is not on this desk',
    );
    const result = valueOf(await service.ask('basket.build', { index: 'MERI', maxNames: 8 }));
    valueOf(await service.ask('basket.save', { name: 'Life', result }));
    const proposal = valueOf(await service.ask('hedge.suggest', { basket: 'Life' }));
    const { suggestionId } = valueOf(await service.ask('suggestion.save', { proposal }));
    const puts = proposal.legs.filter((leg) => leg.symbol === 'MERI');
    const source = { kind: 'suggestion', suggestionId } as const;
    const hedge = valueOf(
      await service.ask('exposure.hedge', { underlying: 'MERI', source, cut: 'expiries' }),
    );
    expect(hedge.source).toContain(`${puts.length} legs of suggestion ${suggestionId}`);
    const vega = puts.reduce((sum, leg) => sum + (leg.vegaPerVolPoint ?? 0), 0);
    const spread = hedge.slices.reduce((sum, slice) => sum + slice.vegaPerVolPoint, 0);
    expect(Math.sign(spread)).toBe(Math.sign(vega));
    expect(hedge.slices[0]?.whole).toBeLessThan(0);
  }, 30_000);
});

describe('what a contract is worth', () => {
  it('draws the payoff of any mix against F₂ ÷ F₁, net of what was agreed', async () => {
    const contractIds = ['FS-MERI-DEC-MAR', 'FS-MERI-OTM-PUT'];
    const ticket = terms({ contractId: 'DRAFT', quantity: 1, amount: 1_000_000, tradePrice: 0.05 });
    const drawn = valueOf(await service.ask('contracts.profile', { contractIds, ticket }));
    expect(drawn.contracts.map(({ contractId }) => contractId)).toEqual([...contractIds, 'DRAFT']);
    const at = (x: number) => drawn.move.findIndex((move) => Math.abs(move - x) < 1e-9);
    // 5 + 1 straddles of 1m, 4 puts of 2m at 95 %: at 90 % of the first fixing.
    expect(drawn.total[at(0.9)]).toBeCloseTo(6 * 100_000 + 8 * 50_000, 3);
    expect(drawn.total[at(1)]).toBeCloseTo(0, 6);
    const agreed = 5 * 68_600 + 4 * 48_000 + 50_000;
    expect(drawn.net[at(1)]).toBeCloseTo(-agreed, 3);
    expect(drawn.breakEvens).toHaveLength(2);
    expect(refusal(await service.ask('contracts.profile', { contractIds: ['NONE'] }))).toContain(
      'Contract NONE',
    );
  });

  it('is read against the chain and against every past stretch as long', async () => {
    const rich = valueOf(await service.ask('contracts.richness', { contractId: 'FS-MERI-DEC-MAR' }));
    expect(rich.breakEvens.map((move) => Math.round(move * 1e6) / 1e6)).toEqual([0.9314, 1.0686]);
    const { history } = rich;
    expect(history?.sessions).toBe(61);
    expect(history?.independentWindows).toBeLessThan((history?.windows ?? 0) / 50);
    const shares = history?.curve.share ?? [];
    expect([shares[0], shares.at(-1)]).toEqual([0, 1]);
    expect(rich.marketVol).toBeGreaterThan(rich.contractVol ?? 1);
    const short = valueOf(
      await service.ask('contracts.richness', { contractId: 'FS-MERI-DEC-MAR', asOf: '2024-08-01' }),
    );
    expect(short.history).toBeNull();
  });

  it('moves with a carry factor by hand: a call less a put is D(R − 1)', async () => {
    const quote = async (optionType: 'call' | 'put', carryFactor: number | null) =>
      valueOf(
        await service.ask('contracts.quote', {
          terms: terms({
            contractId: 'Q',
            quantity: 1,
            optionType,
            carryFactor,
            discountFactor: 0.95,
            premium: 'paid',
          }),
          vol: 0.2,
        }),
      );
    const [call, put] = [await quote('call', 1.03), await quote('put', 1.03)];
    expect(call.price - put.price).toBeCloseTo(0.95 * 0.03, 12);
    expect(call.carryFactor).toBe(1.03);
    const higher = await quote('call', 1.031);
    expect((higher.value - call.value) * 10).toBeCloseTo(call.carryPer1Pct, -2);
    valueOf(
      await service.ask('contracts.mark', {
        contractId: 'FS-MERI-DEC-MAR',
        carryFactor: 1.5,
        discountFactor: null,
        reason: 'special dividend',
      }),
    );
    expect((await heldOf('FS-MERI-DEC-MAR')).carryFactor).toBe(1.5);
    const back = {
      contractId: 'FS-MERI-DEC-MAR',
      carryFactor: null,
      discountFactor: null,
      reason: 'withdrawn',
    };
    valueOf(await service.ask('contracts.mark', back));
    expect((await heldOf('FS-MERI-DEC-MAR')).carryFactor).toBeLessThan(1.1);
  });

  it('of a future has no carry, and of a yield moves against the price', async () => {
    const quote = async (underlyingKind: 'future' | 'yield', underlying: string) =>
      service.ask('contracts.quote', {
        terms: terms({ contractId: 'Q', underlying, underlyingKind, quantity: 1 }),
        vol: 0.2,
      });
    expect(valueOf(await quote('future', 'MERI')).carryFactor).toBe(1);
    // A price above 100 has no yield: it is said, not computed.
    expect(refusal(await quote('yield', 'MERI'))).toContain('Contract Q cannot be computed');
  });

  it('read on a related underlying takes the forward of that one over the first', async () => {
    const quote = await service.ask('contracts.quote', {
      terms: terms({ contractId: 'Q', secondUnderlying: 'BRYX', quantity: 1 }),
      vol: 0.2,
    });
    const { carryFactor, marketVol } = valueOf(quote);
    expect(carryFactor).toBeLessThan(0.5);
    expect(marketVol).toBeGreaterThan(0.2);
  });
});

describe('a right on a contract', () => {
  const option = { optionType: 'put', contractPrice: 0.08, expiryDate: today, volOfVol: null } as const;

  it('waits for a person when it ends; used it is the contract, sold at the price agreed', async () => {
    valueOf(await add({ contractId: 'FS-RIGHT', option, tradePrice: 0.004 }));
    expect((await heldOf('FS-RIGHT')).state).toBe('exercise-due');
    expect(refusal(await service.ask('contracts.fix', { contractId: 'FS-RIGHT', level: 5000 }))).toContain(
      'a right not used yet',
    );
    valueOf(await service.ask('contracts.exercise', { contractId: 'FS-RIGHT', exercised: true }));
    const held = await heldOf('FS-RIGHT');
    expect([held.state, held.terms.quantity, held.terms.option]).toEqual(['anticipatory', -2, null]);
    expect(held.terms.tradePrice).toBeCloseTo(0.076, 12);
    expect(
      refusal(await service.ask('contracts.exercise', { contractId: 'FS-RIGHT', exercised: false })),
    ).toContain('without an open right');
  });

  it('let go costs what was agreed for it', async () => {
    valueOf(await add({ contractId: 'FS-LET', option, tradePrice: 0.004 }));
    valueOf(await service.ask('contracts.exercise', { contractId: 'FS-LET', exercised: false }));
    expect((await heldOf('FS-LET')).stateNote).toBe('Lapsed for -8000.');
  });

  it('before it ends has vega of its own with an uncertain volatility', async () => {
    const later = { ...option, optionType: 'call', expiryDate: '2026-12-11', volOfVol: 0.8 } as const;
    valueOf(await add({ contractId: 'FS-VOLVOL', option: later, tradePrice: null }));
    const held = await heldOf('FS-VOLVOL');
    expect(held.reason).toBeNull();
    expect(held.unitPrice).toBeGreaterThan(0);
    const whole = await heldOf('FS-MERI-DEC-MAR');
    expect(held.vegaPerVolPoint).toBeGreaterThan(0);
    expect((held.vegaPerVolPoint ?? 0) / 2).toBeLessThan((whole.vegaPerVolPoint ?? 0) / 5);
  });
});

describe('a roll', () => {
  it('leaves a contract before its fixing for the next, with the basis stated', async () => {
    const proposal = valueOf(await service.ask('contracts.rollProposal', { contractId: 'FS-MERI-DEC-MAR' }));
    // 18 June 2027 is a holiday.
    expect([proposal.to.firstReferenceDate, proposal.to.secondReferenceDate]).toEqual([
      '2027-03-19',
      '2027-06-21',
    ]);
    expect(proposal.volBasis).toBeCloseTo(proposal.to.vol - proposal.from.vol, 14);
    expect(proposal.quantityForVega * (proposal.to.vegaPerVolPoint / 5)).toBeCloseTo(
      proposal.from.vegaPerVolPoint,
      6,
    );
    expect(proposal.basisHistory?.days).toBeGreaterThan(100);
    const into = {
      contractId: proposal.to.contractId,
      firstReferenceDate: '2027-03-19',
      secondReferenceDate: '2027-06-21',
      quantity: 5,
      tradePrice: proposal.to.agreedPrice,
    };
    const asked = { contractId: 'FS-MERI-DEC-MAR', price: 0.08, reason: 'fixing near', into };
    const taken = await service.ask('contracts.roll', {
      ...asked,
      into: { ...into, contractId: 'FS-MERI-LIVE' },
    });
    expect(refusal(taken)).toContain('exists already');
    expect((await heldOf('FS-MERI-DEC-MAR')).state).toBe('anticipatory');
    const rolled = valueOf(await service.ask('contracts.roll', asked));
    expect(rolled.amount).toBeCloseTo(5e6 * (0.08 - 0.0686), 6);
    expect((await heldOf('FS-MERI-DEC-MAR')).stateNote).toContain('Rolled into FS-MERI-DEC-MAR-NEXT');
    expect((await heldOf(rolled.contractId)).state).toBe('anticipatory');
    expect(refusal(await service.ask('contracts.rollProposal', { contractId: 'FS-MERI-LIVE' }))).toContain(
      'rolled before its strike is fixed',
    );
  });
});
