import { describe, expect, it } from 'vitest';
import { dateOf, fractionOf, isNullText, numberOf } from '../../../main/feeds/cells.ts';

describe('numbers in cells', () => {
  it.each([
    ['12.5', 12.5],
    ['0', 0],
    ['-0.5', -0.5],
    ['.5', 0.5],
    ['5.', 5],
    ['1e-3', 0.001],
    ['$1,234.50', 1234.5],
    ['1,23,456.7', 123_456.7],
    ['(2.50)', -2.5],
    ['2.50-', -2.5],
    ['838.31%', 838.31],
    ['0.0000', 0],
  ])('reads %s', (text, value) => {
    expect(numberOf(text)).toBe(value);
  });

  it.each(['', ' ', '-', '--', 'n/a', 'N/A', '<empty>', 'NaN', 'null'])('takes %j for none', (text) => {
    expect(numberOf(text)).toBeNaN();
    expect(isNullText(text)).toBe(true);
  });

  it.each([
    'abc',
    '1,5',
    '12,34',
    '0x10',
    '0b1',
    'Infinity',
    '-Infinity',
    '1e999',
    '1 x 2',
    '12..5',
    '1.2.3',
    '()',
  ])('refuses %j rather than guess', (text) => {
    expect(numberOf(text)).toBeUndefined();
  });

  it('divides by a hundred only where a % sign stands', () => {
    expect(fractionOf('6.71%')).toBe(0.0671);
    expect(fractionOf('0.0671')).toBe(0.0671);
    expect(fractionOf('x%')).toBeUndefined();
  });
});

describe('dates in cells', () => {
  it.each([
    ['2026-03-27', '2026-03-27'],
    ['2026-3-7', '2026-03-07'],
    ['2026-04-28T15:30:00Z', '2026-04-28'],
    ['2026-04-28 15:30', '2026-04-28'],
    ['20260327', '2026-03-27'],
    ['6/24/2024', '2024-06-24'],
    ['09/10/2019 16:00', '2019-09-10'],
    ['4/10/26', '2026-04-10'],
    ['2024/12/20', '2024-12-20'],
    ['Fri Dec 19 2025', '2025-12-19'],
    ['August 29, 2026 at 3:19 PM EDT', '2026-08-29'],
    ['10 APR 26', '2026-04-10'],
    ['24AUG26', '2026-08-24'],
    ['27-Mar-2026', '2026-03-27'],
  ])('reads %s', (text, date) => {
    expect(dateOf(text)).toBe(date);
  });

  it.each([
    '2026-13-45',
    '2026-02-30',
    '31/12/2024',
    '0000-00-00',
    '26-03-27',
    'tomorrow',
    '',
    '99999999',
    '2026-03-2x',
  ])('refuses %j', (text) => {
    expect(dateOf(text)).toBeNull();
  });
});
