import { describe, expect, it } from 'vitest';
import { conventionsOf, rootFor } from '../../shared/option-roots.ts';
import { parseOptionSymbol, writeOptionSymbol } from '../../shared/symbols.ts';
import type { OptionSymbol, SymbolStyle } from '../../shared/symbols.ts';

const nvda: OptionSymbol = { root: 'NVDA', expiry: '2025-12-19', optionType: 'call', strike: 10 };
const write = (option: OptionSymbol, style: SymbolStyle) => writeOptionSymbol({ option, style });

describe('option symbols', () => {
  it.each([
    ['NFLX  260424C00090000', { root: 'NFLX', expiry: '2026-04-24', optionType: 'call', strike: 90 }],
    ['NVDA251219C00010000', nvda],
    ['O:NVDA251219C00010000', nvda],
    ['.NVDA251219C10', nvda],
    ['-NVDA251219C10', nvda],
    [' nvda 251219c00010000 ', nvda],
    ['SPXW200323P01500000', { root: 'SPXW', expiry: '2020-03-23', optionType: 'put', strike: 1500 }],
    ['AMZN 180119C01280000', { root: 'AMZN', expiry: '2018-01-19', optionType: 'call', strike: 1280 }],
    ['.AMZN260410C200', { root: 'AMZN', expiry: '2026-04-10', optionType: 'call', strike: 200 }],
    ['.SPY260410P475.5', { root: 'SPY', expiry: '2026-04-10', optionType: 'put', strike: 475.5 }],
    ['-AAPL241220C150', { root: 'AAPL', expiry: '2024-12-20', optionType: 'call', strike: 150 }],
    ['TQQQ 24AUG26 70 P', { root: 'TQQQ', expiry: '2026-08-24', optionType: 'put', strike: 70 }],
    ['AAPL 12/20/2024 150.00 C', { root: 'AAPL', expiry: '2024-12-20', optionType: 'call', strike: 150 }],
    ['BRK/B 12/20/2024 450.00 P', { root: 'BRKB', expiry: '2024-12-20', optionType: 'put', strike: 450 }],
    ['SPXW 2022-02-07 2400 C', { root: 'SPXW', expiry: '2022-02-07', optionType: 'call', strike: 2400 }],
    [
      'BAJAJ-AUTO 2026-03-30 9000 P',
      { root: 'BAJAJ-AUTO', expiry: '2026-03-30', optionType: 'put', strike: 9000 },
    ],
    ['SDS1220204C00012500', { root: 'SDS1', expiry: '2022-02-04', optionType: 'call', strike: 12.5 }],
    ['SDS1  220204C00012500', { root: 'SDS1', expiry: '2022-02-04', optionType: 'call', strike: 12.5 }],
  ] as const)('reads %s', (text, option) => {
    expect(parseOptionSymbol(text)).toEqual({ ok: true, value: option });
  });

  it.each([
    '',
    'AAPL',
    'NVDA251319C00010000',
    'NVDA251219X00010000',
    'NVDA251219C00000000',
    'AAPL 2024-02-30 5 C',
  ])('refuses %j', (text) => {
    expect(parseOptionSymbol(text)).toEqual({ ok: false, error: 'not-an-option-symbol' });
  });

  it.each([
    ['osi', 'NVDA  251219C00010000'],
    ['compact', 'NVDA251219C00010000'],
    ['ibkr', 'NVDA 19DEC25 10 C'],
    ['thinkorswim', '.NVDA251219C10'],
    ['schwab', 'NVDA 12/19/2025 10.00 C'],
    ['fidelity', '-NVDA251219C10'],
    ['readable', 'NVDA 2025-12-19 10 C'],
  ] as const)('writes the %s style', (style, text) => {
    expect(write(nvda, style)).toEqual({ ok: true, value: text });
  });

  it('says where a style has no room, and keeps room for everything in its own', () => {
    const wide = { ...nvda, root: 'BANKNIFTY', strike: 52000 };
    expect(write(wide, 'osi')).toEqual({ ok: false, error: 'not-representable' });
    expect(write({ ...nvda, strike: 10.00025 }, 'compact')).toEqual({
      ok: false,
      error: 'not-representable',
    });
    expect(write({ ...nvda, strike: 100_000 }, 'osi')).toEqual({ ok: false, error: 'not-representable' });
    expect(write({ ...nvda, expiry: '1999-12-17' }, 'ibkr')).toEqual({
      ok: false,
      error: 'not-representable',
    });
    expect(write(wide, 'readable')).toEqual({ ok: true, value: 'BANKNIFTY 2025-12-19 52000 C' });
  });
});

describe('option roots', () => {
  it('tells settlement, exercise and underlying of index roots', () => {
    expect(conventionsOf('SPX')).toMatchObject({ underlying: 'SPX', settlement: 'AM', exercise: 'european' });
    expect(conventionsOf('SPXW')).toMatchObject({
      underlying: 'SPX',
      settlement: 'PM',
      exercise: 'european',
    });
    expect(conventionsOf('NDXP')).toMatchObject({ underlying: 'NDX', settlement: 'PM' });
    expect(conventionsOf('OEX')).toMatchObject({ settlement: 'PM', exercise: 'american' });
    expect(conventionsOf('NVDA')).toMatchObject({
      settlement: 'PM',
      exercise: null,
      adjusted: false,
      multiplier: 100,
    });
  });

  it('marks a root that ends or starts with a digit as not standard', () => {
    expect(conventionsOf('NVDA1')).toMatchObject({ underlying: 'NVDA', adjusted: true });
    expect(conventionsOf('2SPX')).toMatchObject({ underlying: 'SPX', settlement: 'AM', adjusted: true });
  });

  it('finds the root of an index option by its expiry where the file names none', () => {
    expect(rootFor('SPX', '2022-02-18')).toBe('SPX');
    expect(rootFor('SPX', '2022-02-25')).toBe('SPXW');
    expect(rootFor('NDX', '2022-02-07')).toBe('NDXP');
    expect(rootFor('AAPL', '2022-02-25')).toBe('AAPL');
  });
});
