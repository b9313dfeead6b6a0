import { describe, expect, it } from 'vitest';
import { cellAt, heatLayout, type HeatMapModel } from '../../../renderer/charts/heat-paint.ts';
import { contrast, heatInk, heatShare } from '../../../renderer/charts/heat-scale.ts';
import type { ChartColors } from '../../../renderer/charts/theme.ts';

const themes = [
  { ground: '#13171c', low: '#f0914a', high: '#5eaaf8' },
  { ground: '#fdfdfd', low: '#b85200', high: '#0b62b8' },
];
const domain = { low: -0.2, center: 0.4, high: 1 };

describe('the scale of a heat map', () => {
  it('is even on each side of its center and stops at its ends', () => {
    expect(heatShare(0.4, domain)).toBe(0);
    expect(heatShare(0.7, domain)).toBeCloseTo(0.5, 12);
    expect(heatShare(0.1, domain)).toBeCloseTo(-0.5, 12);
    expect(heatShare(3, domain)).toBe(1);
    expect(heatShare(-3, domain)).toBe(-1);
  });

  it('runs one way where it has no center', () => {
    expect(heatShare(0, { low: 0, center: null, high: 4 })).toBe(0);
    expect(heatShare(1, { low: 0, center: null, high: 4 })).toBe(0.25);
  });

  it('has an answer where all values are one', () => {
    expect(heatShare(2, { low: 2, center: 2, high: 2 })).toBe(0);
    expect(heatShare(3, { low: 2, center: 2, high: 2 })).toBe(1);
  });

  it('keeps its numbers legible on every color of both themes', () => {
    for (const hues of themes) {
      for (let share = -1; share <= 1; share += 0.01) {
        const ink = heatInk(share, hues);
        expect(contrast(ink.ground, ink.text)).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  it('parts the two sides by hue for red-blind and green-blind eyes as well', () => {
    for (const hues of themes) {
      const blue = (hex: string): number => Number.parseInt(hex.slice(5), 16);
      expect(Math.abs(blue(heatInk(1, hues).ground) - blue(heatInk(-1, hues).ground))).toBeGreaterThan(100);
    }
  });
});

const context = {
  font: '',
  measureText: (text: string) => ({ width: text.length * 6 }),
} as unknown as CanvasRenderingContext2D;
const colors = { font: 'sans-serif' } as ChartColors;
const model = (rows: number, columns: number): HeatMapModel => ({
  rows: Array.from({ length: rows }, (_, i) => `ROW${i}`),
  columns: Array.from({ length: columns }, (_, i) => `COLUMN${i}`),
  rowTitle: 'name',
  columnTitle: 'name',
  valueTitle: 'correlation',
  values: Array.from({ length: rows }, () => Array.from({ length: columns }, () => 0.5)),
  format: String,
  domain,
});

describe('the layout of a heat map', () => {
  it('shows all of fifty names in an ordinary pane', () => {
    const room = { width: 900, height: 640 };
    const found = heatLayout(context, model(50, 50), room, 1, colors);
    expect(found.left + 50 * found.cellWidth).toBeLessThanOrEqual(room.width);
    expect(found.top + 50 * found.cellHeight).toBeLessThanOrEqual(room.height);
    expect(found.turned).toBe(true);
  });

  it('lets a few columns lie flat and grows with the zoom', () => {
    const room = { width: 900, height: 640 };
    const fit = heatLayout(context, model(5, 7), room, 1, colors);
    expect(fit.turned).toBe(false);
    const small = heatLayout(context, model(200, 200), room, 1, colors);
    const large = heatLayout(context, model(200, 200), room, 4, colors);
    expect(large.cellWidth).toBeGreaterThan(small.cellWidth);
  });

  it('finds the cell under the pointer, scrolled or not, and none on labels or beyond the table', () => {
    const table = model(3, 3);
    const layout = { left: 50, top: 20, cellWidth: 30, cellHeight: 10, turned: false };
    expect(cellAt(table, layout, { x: 0, y: 0 }, 50, 20)).toEqual({ row: 0, column: 0 });
    expect(cellAt(table, layout, { x: 30, y: 10 }, 50, 20)).toEqual({ row: 1, column: 1 });
    expect(cellAt(table, layout, { x: 0, y: 0 }, 49, 25)).toBeNull();
    expect(cellAt(table, layout, { x: 0, y: 0 }, 141, 25)).toBeNull();
  });
});
