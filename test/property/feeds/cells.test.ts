import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateOf, numberOf } from '../../../main/feeds/cells.ts';
import { fieldsOf, RecordSplitter } from '../../../main/feeds/csv-record.ts';
import { writeCsv } from '../../../main/feeds/templates.ts';
import { isoDateOf } from '../../../shared/dates.ts';

const settings = { seed: 42, numRuns: 500 };
const number = fc.double({ min: -1e12, max: 1e12, noNaN: true }).map((value) => (value === 0 ? 0 : value));

describe('numbers', () => {
  it('are read as they were written, in plain or exponent form', () => {
    fc.assert(
      fc.property(number, (value) => {
        expect(numberOf(String(value))).toBe(value);
        expect(numberOf(`  ${value}\t`)).toBe(value);
      }),
      settings,
    );
  });

  it('keep their value through grouping, parentheses, trailing minus and a dollar sign', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_000_000_000 }), (cents) => {
        const value = cents / 100;
        const text = value.toLocaleString('en-US', { minimumFractionDigits: 2 });
        expect(numberOf(`$${text}`)).toBe(value);
        expect(numberOf(`(${text})`)).toBe(-value);
        expect(numberOf(`${text}-`)).toBe(-value);
      }),
      settings,
    );
  });

  it('are never infinite, and never made of arbitrary text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const value = numberOf(text);
        expect(value === undefined || Number.isNaN(value) || Number.isFinite(value)).toBe(true);
        if (value !== undefined && !Number.isNaN(value)) expect(/\d/.test(text)).toBe(true);
      }),
      settings,
    );
  });
});

describe('dates', () => {
  it('read the same in every written form', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 47_481 }), (days) => {
        const iso = isoDateOf(days);
        const [year = '', month = '', day = ''] = iso.split('-');
        const name = new Date(`${iso}T00:00:00Z`).toLocaleString('en-US', { month: 'long', timeZone: 'UTC' });
        const weekday = new Date(`${iso}T00:00:00Z`).toLocaleString('en-US', {
          weekday: 'short',
          timeZone: 'UTC',
        });
        const forms = [
          iso,
          `${year}${month}${day}`,
          `${Number(month)}/${Number(day)}/${year}`,
          `${month}/${day}/${year} 16:00`,
          `${name} ${Number(day)}, ${year}`,
          `${weekday} ${name.slice(0, 3)} ${day} ${year}`,
          `${day}-${name.slice(0, 3)}-${year}`,
          `${day} ${name.slice(0, 3).toUpperCase()} ${year}`,
          `${day}${name.slice(0, 3).toUpperCase()}${year}`,
        ];
        for (const form of forms) expect([form, dateOf(form)]).toEqual([form, iso]);
      }),
      settings,
    );
  });
});

describe('records', () => {
  const cell = fc.string({
    unit: fc.constantFrom('a', 'b', ' ', ',', '"', '\n', '7', ';', 'é'),
    maxLength: 8,
  });
  /** Blanks at the edges are not kept; an empty line is no record. */
  const kept = cell.filter((text) => text === text.trim());
  const table = fc.array(fc.tuple(kept, kept, fc.constant('end')), { minLength: 1, maxLength: 8 });

  it('written and read again hold the same cells, with quotes, commas and line ends inside', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const text = writeCsv({ columns: ['a', 'b', 'c'], rows });
        const read: (readonly string[])[] = [];
        const splitter = new RecordSplitter((record) => read.push(fieldsOf(record, ',')));
        for (const line of text.split('\n')) splitter.pushLine(line);
        splitter.end();
        expect(read.slice(1)).toEqual(rows.map((row) => [...row]));
      }),
      settings,
    );
  });

  it('never lose a line, whatever quotes it holds', () => {
    const line = fc.string({ unit: fc.constantFrom('a', ',', '"', ' '), minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 120 }), (lines) => {
        const texts: string[] = [];
        const splitter = new RecordSplitter((text) => texts.push(text));
        for (const text of lines) splitter.pushLine(text);
        splitter.end();
        expect(texts.join('\n')).toBe(lines.join('\n'));
        for (const text of texts) expect(fieldsOf(text, ',').length).toBeGreaterThan(0);
      }),
      settings,
    );
  });
});
