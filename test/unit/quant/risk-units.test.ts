import { describe, expect, test } from 'vitest';
import {
  dollarDelta,
  gammaDollar1Pct,
  gammaFromDollar1Pct,
  inCents,
  inVolPoints,
  moneyOfCents,
  perBasisPoint,
  perCalendarDay,
  perVolFromVolPoint,
  perVolPoint,
} from '../../../shared/quant/risk-units.ts';

describe('desk units', () => {
  test('are a hundredth of a volatility, a 365th of a year, a ten-thousandth of a rate', () => {
    expect(perVolPoint(250)).toBeCloseTo(2.5, 14);
    expect(perVolFromVolPoint(perVolPoint(37))).toBeCloseTo(37, 12);
    expect(inVolPoints(0.2134)).toBeCloseTo(21.34, 12);
    expect(perCalendarDay(-730)).toBe(-2);
    expect(perBasisPoint(50_000)).toBeCloseTo(5, 14);
  });

  test('of delta and gamma are money: ΔS, and ΓS² for a move of 1 %', () => {
    expect(dollarDelta(0.5, 200)).toBe(100);
    expect(gammaDollar1Pct(0.02, 200)).toBeCloseTo(8, 12);
    expect(gammaFromDollar1Pct(gammaDollar1Pct(0.02, 200), 200)).toBeCloseTo(0.02, 14);
  });
});

describe('cents', () => {
  test('are whole, halves away from zero, the same for a gain and a loss', () => {
    for (const [money, cents] of [
      [0.125, 13],
      [12.34, 1234],
      [1e9 + 0.01, 100_000_000_001],
      [0.004, 0],
    ] as const) {
      expect(inCents(money)).toBe(cents);
      expect(inCents(-money)).toBe(cents === 0 ? 0 : -cents);
    }
  });

  test('come back as money', () => {
    expect(moneyOfCents(-1234)).toBeCloseTo(-12.34, 12);
  });
});
