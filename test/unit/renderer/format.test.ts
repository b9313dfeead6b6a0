import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  age,
  compact,
  counted,
  date,
  decimal,
  instant,
  integer,
  money,
  none,
  parseNumber,
  percent,
  price,
  shortDate,
  signedMoney,
  strike,
  tickDigits,
  volPercent,
  volPoints,
} from '../../../renderer/format.ts';

describe('format', () => {
  test('volatilities are in per cent with two decimals', () => {
    expect(volPercent(0.20154)).toBe('20.15');
    expect(volPercent(12.5)).toBe('1250.00');
  });

  test('differences of volatilities are in points and carry their sign', () => {
    expect(volPoints(0.0125)).toBe('+1.25');
    expect(volPoints(-0.004)).toBe('−0.40');
    expect(volPoints(-0.000001)).toBe('0.00');
  });

  test('money has separators and a true minus', () => {
    expect(money(-1234567)).toBe('−1,234,567');
    expect(signedMoney(33660)).toBe('+33,660');
    expect(money(-0.4)).toBe('0');
  });

  test('what is not there is a dash, whatever the kind', () => {
    for (const text of [volPercent, volPoints, integer, money, price, percent, strike, compact, age])
      expect([text(null), text(undefined), text(Number.NaN)]).toEqual([none, none, none]);
    expect([date(null), instant(null), shortDate('')]).toEqual([none, none, none]);
  });

  test('prices stand at the tick of their contract', () => {
    expect(price(12.5, 0.05)).toBe('12.50');
    expect(price(12.5, 0.25)).toBe('12.50');
    expect(price(4125, 1)).toBe('4,125');
    expect([1, 0.5, 0.05, 0.0001].map(tickDigits)).toEqual([0, 1, 2, 4]);
  });

  test('strikes show the decimals they have', () => {
    expect([4200, 102.5, 37.25].map(strike)).toEqual(['4,200', '102.5', '37.25']);
  });

  test('dates read as people write them', () => {
    expect(date('2026-12-18')).toBe('18 Dec 2026');
    expect(shortDate('2026-03-07')).toBe('7 Mar 26');
    expect(instant('2026-03-27T20:15:00Z')).toBe('27 Mar 2026 20:15 UTC');
    expect(instant('2026-03-27T15:30:00+05:30')).toBe('27 Mar 2026 15:30 +05:30');
    expect(age(0)).toBe('current');
    expect(age(1)).toBe('1 day old');
    expect(age(12)).toBe('12 days old');
  });

  test('charts abbreviate thousands and millions', () => {
    expect([950, 12_300, -4_500_000, 2e9, 0.25].map((value) => compact(value))).toEqual([
      '950',
      '12.3k',
      '−4.5m',
      '2bn',
      '0.25',
    ]);
  });

  test('counts agree with their nouns', () => {
    expect(counted(1, 'row')).toBe('1 row');
    expect(counted(2340, 'row')).toBe('2,340 rows');
  });

  test('numbers that people type are understood, and nothing else is', () => {
    expect(parseNumber(' 1,234.5 ')).toBe(1234.5);
    expect(parseNumber('−7')).toBe(-7);
    expect(parseNumber('5 %')).toBe(0.05);
    expect(['', 'abc', '1.2.3', '--1', '%'].map(parseNumber)).toEqual([null, null, null, null, null]);
  });

  test('a number written is the number read', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (cents) => {
        const value = cents / 100;
        expect(parseNumber(decimal(value, 2))).toBeCloseTo(value, 6);
      }),
      { seed: 42, numRuns: 500 },
    );
  });
});
