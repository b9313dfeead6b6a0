import { describe, expect, it } from 'vitest';
import { prose } from '../../../renderer/prose.ts';

describe('sentences of the desk in the window', () => {
  it('writes days as the window does, also inside the names of options', () => {
    expect(prose('MERI has 19 quotes without a bid on 2026-11-20. They give none.')).toBe(
      'MERI has 19 quotes without a bid on 20 Nov 2026. They give none.',
    );
    expect(prose('closes 2026-01-01..2026-03-27')).toBe('closes 1 Jan 2026..27 Mar 2026');
    expect(prose('(DLNT 2026-12-18 330 C), more than 7')).toBe('(DLNT 18 Dec 2026 330 C), more than 7');
  });
  it('writes a true minus before a number and leaves hyphens of words', () => {
    expect(prose('moves it by -8,533,652 (-1.5 %) after a re-run')).toBe(
      'moves it by −8,533,652 (−1.5 %) after a re-run',
    );
  });
  it('leaves names of files and instants as they are called', () => {
    for (const text of [
      'spx_quotedata_2022-02-04_close.csv',
      'fo_2026-02-25_2026-03-27.csv.gz',
      '2026-11-21T050240Z.start.voldesk',
      '2026-11-20.csv',
    ])
      expect(prose(text)).toBe(text);
  });
});
