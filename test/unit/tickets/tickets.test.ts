import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { basketTraderCsv } from '../../../main/tickets/basket-trader.ts';
import { tradeSheetHtml } from '../../../main/tickets/trade-sheet.ts';
import { leg, suggestionWith } from '../../support/suggestion.ts';

const put = leg({
  legId: 'leg-2',
  side: 'buy',
  symbol: 'MERI',
  contract: 'MERI 2026-12-18 4900 P',
  type: 'put',
  strike: 4900,
  quantity: 2,
  price: 55.3,
});

describe('basketTraderCsv', () => {
  it('gives back the same legs when it is read again', () => {
    const text = basketTraderCsv(suggestionWith([leg(), put]));
    const rows: Record<string, string>[] = parse(text, { columns: true });
    expect(
      rows.map((row) => [
        row['Action'],
        row['Quantity'],
        row['Symbol'],
        row['SecType'],
        row['LastTradingDayOrContractMonth'],
        row['Strike'],
        row['Right'],
        row['LmtPrice'],
        row['Multiplier'],
      ]),
    ).toEqual([
      ['SELL', '3', 'ACME', 'OPT', '20261218', '105', 'C', '1.25', '100'],
      ['BUY', '2', 'MERI', 'OPT', '20261218', '4900', 'P', '55.30', '100'],
    ]);
    expect(new Set(rows.map((row) => row['OrderRef']))).toEqual(new Set(['VD7-a1b2c3d4e5f6']));
  });

  it('carries accepted legs alone', () => {
    const text = basketTraderCsv(
      suggestionWith([leg({ decision: 'rejected' }), put, leg({ legId: 'x', decision: 'undecided' })]),
    );
    expect(text.split('\r\n').filter((line) => line !== '')).toHaveLength(2);
  });

  it('is ASCII with CRLF and lets no field run in a spreadsheet or break its row', () => {
    const text = basketTraderCsv(suggestionWith([put], { basket: '=cmd,"Köln"\n' }));
    expect(text).toMatch(/^[\x20-\x7e\r\n]*$/);
    expect(text.replaceAll('\r\n', '')).not.toContain('\n');
    const row = parse(text, { columns: true })[0] as Record<string, string>;
    expect(row['BasketTag']).toBe('cmd  Kln');
  });
});

describe('tradeSheetHtml', () => {
  it('shows the orders with their premiums and the hash, and runs nothing', () => {
    const html = tradeSheetHtml(suggestionWith([leg(), put], { basket: '<script>alert(1)</script>' }));
    expect(html).not.toContain('<script>');
    expect(html).toContain('375.00');
    expect(html).toContain('-11,060.00');
    expect(html).toContain('a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90');
  });

  it('gives the same bytes again', () => {
    const suggestion = suggestionWith([leg(), put]);
    expect(tradeSheetHtml(suggestion)).toBe(tradeSheetHtml(structuredClone(suggestion)));
  });
});
