import { describe, expect, it } from 'vitest';
import { seriesFaults } from '../../../shared/quant/basket/basket-screen.ts';

const days = 40;
const dates = Array.from({ length: days }, (_, t) => `2026-03-${String((t % 28) + 1).padStart(2, '0')}`);
const wave = (speed: number): number[] =>
  Array.from({ length: days }, (_, t) => 0.01 * Math.sin(speed * t + 1));
const index = wave(0.9);
const at = (returns: readonly number[], t: number, value: number): number[] => returns.with(t, value);

const reasonOf = (stocks: Record<string, readonly number[]>, symbol: string): string | undefined =>
  seriesFaults({ dates, index, stocks }).find((fault) => fault.symbol === symbol)?.reason;

describe('names whose returns cannot be what they say', () => {
  it('are none where prices only move', () => {
    expect(seriesFaults({ dates, index, stocks: { A: wave(1.1), B: wave(0.4) } })).toEqual([]);
  });

  it('have a price that does not move', () => {
    expect(reasonOf({ A: wave(1.1), FLAT: Array.from({ length: days }, () => 0) }, 'FLAT')).toMatch(
      /does not move/,
    );
  });

  it('halve, or grow tenfold, on a day when the index stands still', () => {
    const halved = at(wave(1.1), 12, -0.505);
    expect(reasonOf({ HALF: halved }, 'HALF')).toBe(
      'moves by -50.5% on 2026-03-13 while the index moves by -0.7%: a split that its prices were not adjusted for',
    );
    expect(reasonOf({ TEN: at(wave(1.1), 3, 9.2) }, 'TEN')).toMatch(
      /a split that its prices were not adjusted for/,
    );
    expect(reasonOf({ FELL: at(wave(1.1), 12, -0.3) }, 'FELL')).toBeUndefined();
  });

  it('may halve where the index falls with them', () => {
    const fallen = at(index, 12, -0.2);
    expect(seriesFaults({ dates, index: fallen, stocks: { HALF: at(wave(1.1), 12, -0.5) } })).toEqual([]);
  });

  it('are the same as the index or as a name before them, which stays', () => {
    const stocks = { A: wave(1.1), TWIN: wave(1.1), ETF: index };
    expect(reasonOf(stocks, 'TWIN')).toBe('has the very returns of A');
    expect(reasonOf(stocks, 'ETF')).toBe('has the very returns of the index');
    expect(reasonOf(stocks, 'A')).toBeUndefined();
  });
});
