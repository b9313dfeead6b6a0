import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const css = readFileSync(join(import.meta.dirname, '../../../renderer/tokens.css'), 'utf8');

function tokensOf(theme: 'dark' | 'light'): ReadonlyMap<string, string> {
  const block = new RegExp(`data-theme='${theme}'\\]\\s*\\{([^}]*)\\}`).exec(css)?.[1] ?? '';
  return new Map([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/gi)].map((m) => [m[1] ?? '', m[2] ?? '']));
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.03928 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
}

/** WCAG 2.2 contrast ratio. */
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

const texts =
  'text text-dim text-faint accent edit warning error call put bid ask blue orange green red'.split(' ');
const marks = Array.from({ length: 8 }, (_, index) => `series-${index + 1}`);

describe.each(['dark', 'light'] as const)('the %s theme', (theme) => {
  const tokens = tokensOf(theme);
  const of = (name: string) => tokens.get(name) ?? '#000000';

  test.each(texts)('%s is readable on panels and raised grounds', (name) => {
    expect(tokens.has(name)).toBe(true);
    for (const ground of ['panel', 'raised']) {
      // Faint text stands on panels only.
      if (name === 'text-faint' && ground === 'raised') continue;
      expect(contrast(of(name), of(ground))).toBeGreaterThanOrEqual(4.5);
    }
  });

  test('text is readable on the row at the money, on selected rows and on warnings', () => {
    for (const ground of ['atm', 'accent-ground', 'warning-ground', 'error-ground', 'hover'])
      expect(contrast(of('text'), of(ground))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(marks)('%s stands out as a mark', (name) => {
    expect(contrast(of(name), of('panel'))).toBeGreaterThanOrEqual(3);
  });

  test('the text of a primary button is readable', () => {
    expect(contrast(of('on-accent'), of('accent'))).toBeGreaterThanOrEqual(4.5);
  });
});
