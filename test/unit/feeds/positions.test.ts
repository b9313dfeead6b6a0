import { describe, expect, it } from 'vitest';
import { rowOf, staged } from '../../support/feed.ts';

const rows = async (content: string) => {
  const feed = await staged(content);
  const count = feed.tables.positions?.rows ?? 0;
  return { feed, rows: Array.from({ length: count }, (_, row) => rowOf(feed.tables.positions, row)) };
};

describe('positions', () => {
  it('are read from the template: stock, option in any style, future', async () => {
    const { feed, rows: held } = await rows(
      [
        'book,symbol,contract,quantity,multiplier,cost_price',
        'Overlay,BRYX,,6900,1,150.49',
        'Overlay,BRYX,BRYX  261218C00160000,-69,100,2.35',
        'Overlay,,.SPXW261218P4900,10,,',
        'Overlay,NIFTY,NIFTY 2026-03-30 25500 C,(5),65,"1,210.5"',
        'Overlay,NIFTY,NIFTY 2026-03-30 F,2,65,25630',
        '',
      ].join('\n'),
    );
    expect(held).toMatchObject([
      {
        symbol: 'BRYX',
        instrument: 'stock',
        contract: 'BRYX',
        optionType: null,
        quantity: 6900,
        multiplier: 1,
      },
      {
        instrument: 'option',
        contract: 'BRYX 2026-12-18 160 C',
        strike: 160,
        quantity: -69,
        costPrice: 2.35,
      },
      { symbol: 'SPX', root: 'SPXW', contract: 'SPXW 2026-12-18 4900 P', multiplier: 100, costPrice: null },
      { symbol: 'NIFTY', quantity: -5, multiplier: 65, costPrice: 1210.5, expiry: '2026-03-30' },
      {
        instrument: 'future',
        contract: 'NIFTY 2026-03-30 F',
        expiry: '2026-03-30',
        quantity: 2,
        strike: null,
      },
    ]);
    expect(feed.warnings).toEqual(['1 options state no multiplier; 100 is taken.']);
    expect(feed.summary).toBe('book Overlay: 5 positions, 3 of them options');
  });

  it('reject what cannot be held', async () => {
    const { feed } = await rows(
      'book,symbol,contract,quantity,multiplier,cost_price\nA,X,nonsense,1,1,1\nA,X,,0,1,1\nA,,,5,1,1\nA,X,,many,1,1\nA,Y,,1,1,1\n',
    );
    expect(feed.rejections.map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'contract is no option symbol: NONSENSE'],
      [3, 'quantity is zero'],
      [4, 'symbol is missing'],
      [5, 'quantity is not a number: many'],
    ]);
  });

  it('are read from an IBKR statement: summaries only, with the account and the day', async () => {
    const { feed, rows: held } = await rows(
      [
        'Statement,Header,Field Name,Field Value',
        'Statement,Data,BrokerName,Interactive Brokers',
        'Statement,Data,Period,"August 1, 2026 - August 24, 2026"',
        'Account Information,Header,Field Name,Field Value',
        'Account Information,Data,Account,DU123',
        'Open Positions,Header,DataDiscriminator,Asset Category,Currency,Symbol,Quantity,Mult,Cost Price,Cost Basis,Close Price,Value,Unrealized P/L,Code',
        'Open Positions,Data,Summary,Stocks,USD,TQQQ,"1,000",1,71.5,71500,70,70000,-1500,',
        'Open Positions,Data,Lot,Stocks,USD,TQQQ,600,,71.5,42900,70,42000,-900,',
        'Open Positions,Data,SubTotal,Stocks,USD,,,,,71500,,70000,-1500,',
        'Open Positions,Data,Summary,Equity and Index Options,USD,TQQQ 24AUG26 70 P,-10,100,1.25,-1250,1.1,-1100,150,',
        'Open Positions,Data,Summary,Bonds,USD,T 4 1/2,5,1,99,495,99,495,0,',
        'Open Positions,Total,,Stocks,USD,,,,,71500,,70000,-1500,',
        'Trades,Header,DataDiscriminator,Asset Category,Currency,Symbol,Date/Time,Quantity,T. Price',
        'Trades,Data,Order,Stocks,USD,TQQQ,"2026-08-03, 10:00:00",1000,71.5',
        '',
      ].join('\n'),
    );
    expect(feed).toMatchObject({ format: 'positions', asOf: '2026-08-24', accepted: 2, rejected: 1 });
    expect(held).toMatchObject([
      { book: 'DU123', symbol: 'TQQQ', instrument: 'stock', quantity: 1000, costPrice: 71.5 },
      { symbol: 'TQQQ', contract: 'TQQQ 2026-08-24 70 P', quantity: -10, multiplier: 100, costPrice: 1.25 },
    ]);
    expect(feed.rejections[0]).toMatchObject({ line: 11, reason: 'holdings of Bonds are not kept' });
  });

  it('are read from Schwab: the day above the header, cash and totals passed over', async () => {
    const { feed, rows: held } = await rows(
      [
        '"Positions for account Individual ...123 as of 08:00 PM ET, 2024/12/20"',
        '',
        '"Symbol","Description","Qty (Quantity)","Price","Mkt Val (Market Value)","Cost Basis","Security Type"',
        '"AAPL","APPLE INC","200","$250.00","$50,000.00","$30,000.00","Equity"',
        '"AAPL 12/20/2024 150.00 C","CALL APPLE INC","-2","$100.00","-$20,000.00","-$2,500.00","Option"',
        '"BRK/B","BERKSHIRE","10","$450.00","$4,500.00","--","Equity"',
        '"Cash & Cash Investments","--","--","--","$1,000.00","--","Cash and Money Market"',
        '"Positions Total","","--","--","$35,500.00","$27,500.00","--"',
        '',
      ].join('\r\n'),
    );
    expect(feed).toMatchObject({ asOf: '2024-12-20', accepted: 3, rejected: 0 });
    expect(held).toMatchObject([
      { book: 'Schwab', symbol: 'AAPL', quantity: 200, costPrice: 150 },
      { contract: 'AAPL 2024-12-20 150 C', quantity: -2, multiplier: 100, costPrice: 12.5 },
      { symbol: 'BRK.B', costPrice: null },
    ]);
  });

  it('are read from Fidelity: one book an account, money market and small print passed over', async () => {
    const { feed, rows: held } = await rows(
      [
        "Account Number,Account Name,Symbol,Description,Quantity,Last Price,Last Price Change,Current Value,Today's Gain/Loss Dollar,Today's Gain/Loss Percent,Total Gain/Loss Dollar,Total Gain/Loss Percent,Percent Of Account,Cost Basis Total,Average Cost Basis,Type",
        'X1,Individual,SPAXX**,HELD IN MONEY MARKET,,,,$500.00,,,,,1%,,,Cash,',
        'X1,Individual,AAPL,APPLE INC,200,$250.00,+$1.00,$50000.00,+$1,+1%,+$1,+1%,90%,$30000.00,$150.00,Margin,',
        'X1,Individual, -AAPL241220C150,AAPL DEC 20 2024 $150 CALL,-2,$100.00,+$1.00,-$20000.00,+$1,+1%,+$1,+1%,9%,$2500.00,$12.50,Margin,',
        'X1,Individual,Pending Activity,,,,,$20.00,,,,,,,,',
        '"The data and information in this spreadsheet is provided to you solely for your use."',
        '',
      ].join('\r\n'),
    );
    expect([feed.accepted, feed.rejected]).toEqual([2, 0]);
    expect(held).toMatchObject([
      { book: 'X1', symbol: 'AAPL', quantity: 200, costPrice: 150 },
      { book: 'X1', contract: 'AAPL 2024-12-20 150 C', quantity: -2, costPrice: 12.5 },
    ]);
  });

  it('are read from a thinkorswim statement: its equities and options, not its trades', async () => {
    const { feed, rows: held } = await rows(
      [
        '\uFEFFThis document was exported from the paperMoney platform.',
        '',
        'Account Statement for D-123 (ira) since 3/16/26 through 3/17/26',
        '',
        'Cash Balance',
        'DATE,TIME,TYPE,REF #,DESCRIPTION,Misc Fees,Commissions & Fees,AMOUNT,BALANCE',
        '3/17/26,00:00:00,BAL,,Cash balance at the start of business day,,,,202146.08',
        '',
        'Account Trade History',
        ',Exec Time,Spread,Side,Qty,Pos Effect,Symbol,Exp,Strike,Type,Price,Net Price,Order Type',
        ',3/17/26 10:00:00,SINGLE,SELL,-4,TO OPEN,SPX,17 MAR 26,6740,PUT,6.35,6.35,LMT',
        '',
        'Equities',
        'Symbol,Description,Qty,Trade Price,Mark,Mark Value',
        'AAPL,APPLE INC,+200,150.25,250,"$50,000.00"',
        ',OVERALL TOTALS,,,,"$50,000.00"',
        '',
        'Options',
        'Symbol,Option Code,Exp,Strike,Type,Qty,Trade Price,Mark,Mark Value',
        'SPX,SPXW260317P6660,17 MAR 26,6660,PUT,+20,.925,.225,$450.00',
        'SPX,SPXW260317P6695,17 MAR 26,6695,PUT,-20,2.30,.525,"($1,050.00)"',
        ',OVERALL TOTALS,,,,,,,"($600.00)"',
        '',
        'Profits and Losses',
        'Symbol,Description,P/L Open,P/L %',
        'AAPL,APPLE INC,$100.00,1%',
        '',
      ].join('\n'),
    );
    expect(feed).toMatchObject({ asOf: '2026-03-17', accepted: 3, rejected: 0 });
    expect(held).toMatchObject([
      { book: 'D-123', symbol: 'AAPL', instrument: 'stock', quantity: 200, multiplier: 1, costPrice: 150.25 },
      { symbol: 'SPX', contract: 'SPXW 2026-03-17 6660 P', quantity: 20, multiplier: 100, costPrice: 0.925 },
      { contract: 'SPXW 2026-03-17 6695 P', quantity: -20 },
    ]);
  });

  it('of one contract twice in a book are not added up: the last stands, and it is said', async () => {
    const { feed, rows: held } = await rows(
      'book,symbol,contract,quantity,multiplier,cost_price\nA,X,,5,1,1\nA,X,,7,1,1\n',
    );
    expect(held).toMatchObject([{ quantity: 7 }]);
    expect([feed.duplicates, feed.warnings.length]).toEqual([1, 1]);
  });
});
