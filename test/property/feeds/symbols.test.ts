import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoDateOf } from '../../../shared/dates.ts';
import { parseOptionSymbol, readableSymbol, writeOptionSymbol } from '../../../shared/symbols.ts';
import type { SymbolStyle } from '../../../shared/symbols.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
const plainRoot = fc
  .array(fc.constantFrom(...letters), { minLength: 1, maxLength: 5 })
  .map((characters) => characters.join(''));
const root = fc.tuple(plainRoot, fc.constantFrom('', '1', '2')).map(([word, digit]) => `${word}${digit}`);
/** 2000-01-01 to 2099-12-31. */
const expiry = fc.integer({ min: 10_957, max: 47_481 }).map(isoDateOf);
const option = fc.record({
  root,
  expiry,
  optionType: fc.constantFrom('call' as const, 'put' as const),
  strike: fc.integer({ min: 1, max: 99_999_999 }).map((thousandths) => thousandths / 1000),
});
const styles: readonly SymbolStyle[] = [
  'osi',
  'compact',
  'ibkr',
  'thinkorswim',
  'schwab',
  'fidelity',
  'readable',
];

describe('option symbols', () => {
  it.each(styles)('come back from the %s style as they went in', (style) => {
    fc.assert(
      fc.property(option, (value) => {
        const text = writeOptionSymbol({ option: value, style });
        expect(text.ok).toBe(true);
        if (text.ok) expect(parseOptionSymbol(text.value)).toEqual({ ok: true, value });
      }),
      { seed: 42, numRuns: 400 },
    );
  });

  it('are 21 characters in the OSI style', () => {
    fc.assert(
      fc.property(option, (value) => {
        const text = writeOptionSymbol({ option: value, style: 'osi' });
        expect(text.ok && text.value.length).toBe(21);
      }),
      { seed: 42, numRuns: 200 },
    );
  });

  it('come back from our own form for any root without blanks and any strike', () => {
    const anyRoot = fc.stringMatching(/^[A-Z][A-Z0-9&.-]{0,15}$/);
    const anyStrike = fc.integer({ min: 1, max: 2_000_000_000 }).map((millionths) => millionths / 1e6);
    fc.assert(
      fc.property(anyRoot, anyStrike, expiry, (word, strike, day) => {
        const value = { root: word, expiry: day, optionType: 'put' as const, strike };
        expect(parseOptionSymbol(readableSymbol(value))).toEqual({ ok: true, value });
      }),
      { seed: 42, numRuns: 400 },
    );
  });

  it('never throw on any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(typeof parseOptionSymbol(text).ok).toBe('boolean');
      }),
      { seed: 42, numRuns: 1000 },
    );
  });
});
