import { describe, expect, it } from 'vitest';
import {
  ledgerLines,
  ledgerSums,
  type LedgerEnding,
  type LedgerTrade,
} from '../../../shared/quant/hedge/ledger.ts';

const trade = (changes: Partial<LedgerTrade>): LedgerTrade => ({
  contract: 'ACME C',
  symbol: 'ACME',
  optionType: 'call',
  expiry: '2026-03-30',
  strike: 100,
  multiplier: 100,
  quantity: -10,
  price: 2,
  fee: 5,
  date: '2026-02-25',
  vol: 0.3,
  ...changes,
});
const put = (changes: Partial<LedgerTrade>): LedgerTrade =>
  trade({
    contract: 'INDEX P',
    symbol: 'INDEX',
    optionType: 'put',
    quantity: 4,
    price: 10,
    vol: 0.2,
    ...changes,
  });
const ending = (changes: Partial<LedgerEnding>): LedgerEnding => ({
  contract: 'ACME C',
  quantity: -10,
  outcome: 'worthless',
  date: '2026-03-30',
  intrinsic: 0,
  ...changes,
});
const none = new Map<string, number>();

describe('ledgerLines', () => {
  it('keeps the whole premium of what ends worthless, less fees', () => {
    const [line] = ledgerLines({ trades: [trade({})], endings: [ending({})], marks: none });
    expect(line).toMatchObject({
      side: 'sold',
      opened: 10,
      ended: 10,
      open: 0,
      outcome: 'worthless',
      openMoney: 2000,
      endMoney: 0,
      fees: 5,
      result: 1995,
      to: '2026-03-30',
      openVol: 0.3,
    });
  });

  it('averages openings, and counts what is bought back apart', () => {
    const lines = ledgerLines({
      trades: [
        trade({ quantity: -6 }),
        trade({ quantity: -4, price: 3, vol: 0.4, date: '2026-02-27' }),
        trade({ quantity: 7, price: 0.5, date: '2026-03-10', vol: 0.25 }),
      ],
      endings: [],
      marks: new Map([['ACME C', 0.25]]),
    });
    expect(lines).toHaveLength(1);
    const [line] = lines;
    expect(line).toMatchObject({
      opened: 10,
      closed: 7,
      open: 3,
      openMoney: 2400,
      closeMoney: -350,
      to: null,
    });
    expect(line?.openVol).toBeCloseTo(0.34, 12);
    expect(line?.openValue).toBe(-75);
    expect(line?.result).toBe(2400 - 350 - 15 - 75);
  });

  it('splits a trade that goes through zero', () => {
    const lines = ledgerLines({
      trades: [trade({}), trade({ quantity: 15, fee: 15, price: 1, date: '2026-03-01' })],
      endings: [],
      marks: new Map([['ACME C', 1]]),
    });
    expect(lines.map(({ side, opened, open, fees }) => [side, opened, open, fees])).toEqual([
      ['sold', 10, 0, 15],
      ['bought', 5, 5, 5],
    ]);
  });

  it('is blank where an ending or what is open has no price', () => {
    const [open] = ledgerLines({ trades: [trade({})], endings: [], marks: none });
    expect(open).toMatchObject({ openValue: null, result: null });
    const unpriced = ending({ outcome: 'assignment', intrinsic: null });
    const [ended] = ledgerLines({ trades: [trade({})], endings: [unpriced], marks: none });
    expect(ended).toMatchObject({ openValue: 0, result: null });
  });

  it('ends no more than is open', () => {
    const [line] = ledgerLines({ trades: [trade({})], endings: [ending({ quantity: -25 })], marks: none });
    expect(line).toMatchObject({ ended: 10, open: 0 });
  });
});

describe('ledgerSums', () => {
  it('adds up to the money that moved', () => {
    const lines = ledgerLines({
      trades: [
        trade({}),
        trade({ contract: 'BETA C', symbol: 'BETA', price: 1, quantity: -20, fee: 0 }),
        trade({ contract: 'BETA C', symbol: 'BETA', price: 0.2, quantity: 5, fee: 0, date: '2026-03-05' }),
        put({}),
        put({ quantity: -1, price: 25, date: '2026-03-05', fee: 1 }),
      ],
      endings: [
        ending({ outcome: 'assignment', intrinsic: 3 }),
        ending({ contract: 'INDEX P', quantity: 3, outcome: 'cash-settlement', intrinsic: 12 }),
      ],
      marks: new Map([['BETA C', 0.1]]),
    });
    const sums = ledgerSums(lines);
    expect(sums).toMatchObject({
      sold: 2000 + 2000,
      boughtBack: 100,
      paid: 4000,
      recovered: 2500,
      settledOnSold: -3000,
      settledOnBought: 3600,
      fees: 5 + 5 + 1,
      openValue: -150,
    });
    // Of the 2,500 on what is over: 100 to buy back, 3,000 taken by the assignment.
    expect(sums.kept).toBeCloseTo(2500 - 100 - 3000, 8);
    expect(sums.keptShare).toBeCloseTo(-600 / 2500, 10);
    expect(sums.realized).toBeCloseTo(4000 - 100 - 4000 + 2500 - 3000 + 3600 - 11, 8);
    expect(sums.result).toBeCloseTo(sums.realized - 150, 8);
  });

  it('keeps nothing of nothing', () => {
    expect(ledgerSums([])).toMatchObject({ kept: 0, keptShare: null, result: 0 });
  });
});
