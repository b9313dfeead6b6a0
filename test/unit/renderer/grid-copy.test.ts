import { describe, expect, test } from 'vitest';
import { noteText } from '../../../renderer/grids/column.ts';
import { commaSeparated, plainCell, tabSeparated } from '../../../renderer/grids/copy.ts';
import { boundsOf, contains } from '../../../renderer/grids/range.ts';

describe('copying a grid', () => {
  test('numbers lose separators and the true minus, texts stay', () => {
    expect(['−1,234.50', '+0.25', '—', 'Smith, John', '1,2'].map(plainCell)).toEqual([
      '-1234.50',
      '+0.25',
      '',
      'Smith, John',
      '1,2',
    ]);
  });

  test('rows are pasted by tabs, and no cell breaks a row', () => {
    expect(
      tabSeparated([
        ['a', 'b'],
        ['1,000', 'x\ty\nz'],
      ]),
    ).toBe('a\tb\r\n1000\tx y z');
  });

  test('a cell that a spreadsheet would run stays a text', () => {
    expect(commaSeparated([['=1+1', '-5.00', 'say "hi"', 'a,b']])).toBe(`'=1+1,-5.00,"say ""hi""","a,b"\r\n`);
  });

  test('a range has its corners in any order', () => {
    const range = { anchor: { row: 5, column: 3 }, head: { row: 2, column: 4 } };
    expect(boundsOf(range)).toEqual({ top: 2, bottom: 5, left: 3, right: 4 });
    expect([contains(range, 3, 4), contains(range, 6, 4), contains(null, 3, 4)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('a header says what it is, how it comes about, its unit and its source', () => {
    const note = { what: 'risk reversal', formula: 'σ(25Δ call) − σ(25Δ put)', source: 'the fitted smile' };
    expect(noteText({ header: 'RR25', unit: 'vol pts', note })).toBe(
      'RR25: risk reversal\n= σ(25Δ call) − σ(25Δ put)\nUnit: vol pts\nSource: the fitted smile',
    );
  });
});
