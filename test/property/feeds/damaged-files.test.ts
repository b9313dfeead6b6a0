import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failureCodes } from '../../../shared/failure.ts';
import { stage } from '../../support/feed.ts';

const quoteTable = [
  '',
  'Standard & Poors 500 Index,Last: 4500.5,Change: 23.1',
  '"Date: February 4 2022, 3:26 PM EST",Bid: 4420.5,Ask: 4615.4,Size: 1*1,Volume: 0',
  'Expiration Date,Calls,Last Sale,Net,Bid,Ask,Volume,IV,Delta,Gamma,Open Interest,Strike,Puts,Last Sale,Net,Bid,Ask,Volume,IV,Delta,Gamma,Open Interest',
  'Mon Feb 07 2022,SPXW220207C02400000,0,0,2087.8,2102.6,0,4.285,0.9999,0,0,2400.00,SPXW220207P02400000,0.07,0,0,0.05,0,1.9229,-0.0001,0,106',
  'Mon Feb 07 2022,SPXW220207C02600000,0,0,1887.8,1902.6,0,3.8012,0.9998,0,0,2600.00,SPXW220207P02600000,0.05,0,0,0.05,0,1.6973,-0.0001,0,87',
].join('\n');
const bhavcopy = [
  'date,symbol,instr,expiry,strike,cp,open,high,low,close,last,prev_close,underlying,settle,oi,chg_oi,volume,trades,lot',
  '2026-02-25,NIFTY,IDF,2026-03-30,,,25655,25817.8,25571.2,25628.8,25624.9,25600.3,25482.5,25629.1,12973155,-431340,88662,53551,65',
  '2026-02-25,NIFTY,IDO,2026-03-02,23100,PE,2.75,2.95,2.1,2.35,2.3,2.9,25482.5,2.4,5989815,2600975,254729,41865,65',
].join('\n');
const others = [
  'date,symbol,open,high,low,close,volume\n2026-01-02,A,10,11,9,10,5\n2026-01-05,A,10,11,9,10,5\n',
  'index,as_of,symbol,weight\nX,2026-01-02,A,0.6\nX,2026-01-02,B,0.4\n',
  'book,symbol,contract,quantity,multiplier,cost_price\nB,X,X  261218C00160000,-2,100,1.5\nB,X,,200,1,\n',
  'contract_id,underlying,kind,start,end,formula,return,P,multiplier,months,tick,quantity,price\nR,X,Q,2026-01-02,2026-04-02,ohlc,log,252,1,3,0.1,1,0.2\n',
  'Statement,Header,Field Name\nOpen Positions,Header,DataDiscriminator,Asset Category,Symbol,Quantity\nOpen Positions,Data,Summary,Stocks,A,5\n',
];

const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.nat({ max: 12 }),
  insert: fc.oneof(
    fc.constantFrom('', ',', '"', '\n', '-', '1e999', 'NaN', '2026-13-45', '(', '%', ';', '\t', '""'),
    fc.string({ maxLength: 4 }),
  ),
});

function damaged(text: string, edits: readonly { at: number; remove: number; insert: string }[]): string {
  return edits.reduce((rest, { at, remove, insert }) => {
    const from = Math.floor(at * rest.length);
    return rest.slice(0, from) + insert + rest.slice(from + remove);
  }, text);
}

describe('a file damaged anywhere', () => {
  it('is read or refused, never a crash, and holds no infinite number', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(quoteTable, bhavcopy, ...others),
        fc.array(edit, { minLength: 1, maxLength: 6 }),
        async (text, edits) => {
          const result = await stage(damaged(text, edits));
          if (!result.ok) {
            expect(failureCodes).toContain(result.error.code);
            return;
          }
          expect(result.value.accepted).toBeGreaterThan(0);
          for (const table of Object.values(result.value.tables))
            for (const column of Object.values(table as object))
              if (column instanceof Float64Array)
                expect(column.every((value) => Number.isNaN(value) || Number.isFinite(value))).toBe(true);
        },
      ),
      { seed: 42, numRuns: 600 },
    );
  });
});
