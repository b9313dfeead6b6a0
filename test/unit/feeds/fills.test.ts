import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readFills } from '../../../main/feeds/fills.ts';
import { temporaryFolder, valueOf } from '../../support/service.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const read = async (text: string) => {
  const path = join(folder.path, 'fills.csv');
  writeFileSync(path, text);
  return readFills({ path, fileName: 'fills.csv' });
};

describe('readFills', () => {
  it('reads our own template, with option names in any style', async () => {
    const file = valueOf(
      await read(
        [
          'suggestion_id,contract,side,quantity,price,time,commission',
          '7,ACME 2026-12-18 105 C,sell,3,1.25,2026-11-23T15:04:05Z,1.95',
          ',MERI  261218P04900000,BUY,2,55.30,2026-11-23 15:04,',
        ].join('\r\n'),
      ),
    );
    expect(file).toEqual({
      format: 'fills',
      rejections: [],
      fills: [
        {
          line: 2,
          suggestionId: 7,
          contract: 'ACME 2026-12-18 105 C',
          side: 'sell',
          quantity: 3,
          price: 1.25,
          commission: 1.95,
          tradedAt: '2026-11-23T15:04:05Z',
        },
        {
          line: 3,
          suggestionId: null,
          contract: 'MERI 2026-12-18 4900 P',
          side: 'buy',
          quantity: 2,
          price: 55.3,
          commission: 0,
          tradedAt: '2026-11-23T15:04:00',
        },
      ],
    });
  });

  it('rejects bad rows by line and keeps the others', async () => {
    const file = valueOf(
      await read(
        [
          'suggestion_id,contract,side,quantity,price,time,commission',
          '7,ACME,sell,3,1.25,2026-11-23,0',
          '7,ACME 2026-12-18 105 C,hold,3,1.25,2026-11-23,0',
          '7,ACME 2026-12-18 105 C,sell,2.5,1.25,2026-11-23,0',
          '7,ACME 2026-12-18 105 C,sell,2,,2026-11-23,0',
          '7,ACME 2026-12-18 105 C,sell,2,1.25,yesterday,0',
          '7,ACME 2026-12-18 105 C,sell,2,1.25,2026-11-23,0',
        ].join('\n'),
      ),
    );
    expect(file.fills.map(({ line, tradedAt }) => [line, tradedAt])).toEqual([[7, '2026-11-23']]);
    expect(file.rejections.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
      '2 contract is no option symbol: ACME',
      '3 side is neither buy nor sell: hold',
      '4 quantity is no number of contracts: 2.5',
      '5 price is missing',
      '6 time is no date and time: yesterday',
    ]);
  });

  it('reads the orders of an IBKR statement, signs for sides, and passes the rest over', async () => {
    const header =
      'Trades,Header,DataDiscriminator,Asset Category,Currency,Symbol,Date/Time,Quantity,T. Price,C. Price,Proceeds,Comm/Fee,Basis,Realized P/L,MTM P/L,Code';
    const file = valueOf(
      await read(
        [
          'Statement,Header,Field Name,Field Value',
          'Statement,Data,Period,"August 20, 2026"',
          header,
          'Trades,Data,Order,Stocks,USD,TQQQ,"2026-08-20, 10:30:00",100,61.5,61,-6150,-1,6151,0,0,O',
          'Trades,Data,Order,Equity and Index Options,USD,TQQQ 24AUG26 70 P,"2026-08-20, 10:31:02","-1,200",1.25,1.30,150000,-780.5,0,0,0,O',
          'Trades,Data,Trade,Equity and Index Options,USD,TQQQ 24AUG26 70 P,"2026-08-20, 10:31:02",-1200,1.25,1.30,150000,-780.5,0,0,0,O',
          'Trades,SubTotal,,Equity and Index Options,USD,TQQQ 24AUG26 70 P,,-1200,,,150000,-780.5,0,0,0,',
          'Trades,Total,,Equity and Index Options,USD,,,,,,150000,-780.5,0,0,0,',
        ].join('\n'),
      ),
    );
    expect(file).toMatchObject({ format: 'ibkr-statement', rejections: [] });
    expect(file.fills).toEqual([
      {
        line: 5,
        suggestionId: null,
        contract: 'TQQQ 2026-08-24 70 P',
        side: 'sell',
        quantity: 1200,
        price: 1.25,
        commission: 780.5,
        tradedAt: '2026-08-20T10:31:02',
      },
    ]);
  });

  it('refuses what is no file of fills, or has none', async () => {
    expect(await read('a,b,c\n1,2,3\n')).toMatchObject({ ok: false, error: { code: 'unknown-format' } });
    const empty = await read('suggestion_id,contract,side,quantity,price,time,commission\n');
    expect(empty).toMatchObject({ ok: false, error: { code: 'no-valid-rows' } });
  });
});
