import { expect, test } from 'vitest';
import { rankEntries, type PaletteEntry } from '../../../renderer/components/CommandPalette.tsx';

const entry = (kind: string, title: string, detail = ''): PaletteEntry => ({
  id: `${kind}.${title}`,
  kind,
  title,
  detail,
  run: () => {},
});
const entries = [
  entry('View', 'Chain', 'quotes and the smile'),
  entry('Name', 'SPX', 'S&P 500'),
  entry('Expiry', 'SPX 18 Dec 2026', '30 d'),
  entry('Action', 'Open the demo market'),
];
const titles = (text: string) => rankEntries(entries, text).map((item) => item.title);

test('the palette puts the exact name first and keeps what only contains it', () => {
  expect(titles('spx')).toEqual(['SPX', 'SPX 18 Dec 2026']);
});
test('every word typed must be found', () => {
  expect(titles('spx dec')).toEqual(['SPX 18 Dec 2026']);
  expect(titles('spx nov')).toEqual([]);
});
test('details and kinds are searched too', () => {
  expect(titles('smile')).toEqual(['Chain']);
  expect(titles('action')).toEqual(['Open the demo market']);
});
test('nothing typed lists everything', () => {
  expect(titles('')).toHaveLength(4);
});
