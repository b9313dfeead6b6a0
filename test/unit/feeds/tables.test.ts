import { describe, expect, it } from 'vitest';
import { refused, rowOf, staged } from '../../support/feed.ts';

describe('daily prices', () => {
  it('reads raw prices with dividends and splits', async () => {
    const feed = await staged(
      'date,symbol,open,high,low,close,adjusted_close,volume,dividend,split\n2019-05-10,aapl,10,12,9,11,10.9,100,0.75,2\n',
    );
    expect(feed).toMatchObject({ format: 'daily-prices', summary: 'AAPL: 2019-05-10', asOf: '2019-05-10' });
    expect(rowOf(feed.tables.dailyPrices, 0)).toEqual({
      line: 2,
      symbol: 'AAPL',
      date: '2019-05-10',
      open: 10,
      high: 12,
      low: 9,
      close: 11,
      adjustedClose: 10.9,
      volume: 100,
      dividend: 0.75,
      split: 2,
    });
  });

  it('reads closes alone, and zeros of a day without trades as none', async () => {
    const closes = await staged('date,symbol,close\n2026-01-01,NIFTY,26146.55\n');
    expect(rowOf(closes.tables.dailyPrices, 0)).toMatchObject({ open: null, close: 26_146.55, volume: null });
    const idle = await staged('symbol,quotedate,open,high,low,close,volume\nARAV,6/24/2024,0,0,0,0.0401,0\n');
    expect(rowOf(idle.tables.dailyPrices, 0)).toMatchObject({
      date: '2024-06-24',
      high: null,
      close: 0.0401,
    });
  });

  it('believes a file that names its symbols, whatever symbol was given', async () => {
    const feed = await staged('symbol,date,close\nA,2026-01-02,11\nB,2026-01-02,3\n', { symbol: 'DJI' });
    expect(feed.tables.dailyPrices?.symbol.dictionary).toEqual(['A', 'B']);
    expect(feed.warnings).toEqual([
      'The file names its symbols itself; the symbol DJI that was given is not used.',
    ]);
  });

  it('keeps tickers that look like nothing', async () => {
    const feed = await staged('symbol,date,close\nNAN,2026-01-02,11.21\nNA,2026-01-02,3\n');
    expect(feed.tables.dailyPrices?.symbol.dictionary).toEqual(['NAN', 'NA']);
  });

  it('needs the symbol of a file that names none, unless its name is one', async () => {
    const yahoo =
      'Date,Open,High,Low,Close,Adj Close,Volume\n2009-01-02,8772.25,9065.28,8760.78,9034.69,9034.69,213700000\n';
    expect(await refused(yahoo, { fileName: 'history.csv' })).toEqual({
      code: 'symbol-required',
      subject: 'history.csv',
      detail: { what: 'whose prices it holds (symbol)' },
    });
    expect(rowOf((await staged(yahoo, { symbol: 'dji' })).tables.dailyPrices, 0)).toMatchObject({
      symbol: 'DJI',
    });
    const named = await staged(yahoo, { fileName: '^DJI.csv' });
    expect(named.summary).toContain('DJI');
    expect(named.warnings).toEqual(["The symbol DJI is taken from the file's name."]);
  });

  it.each([
    ['2026-01-02,A,10,9,11,10,1', 'high 9 is below low 11'],
    ['2026-01-02,A,10,11,9,12,1', 'close 12 is above high 11'],
    ['2026-01-02,A,8.9,11,9,10,1', 'open 8.9 is below low 9'],
    ['2026-01-02,A,10,11,9,0,1', 'close is not above zero: 0'],
    ['2026-01-02,A,10,11,9,,1', 'close is missing'],
    ['2026-01-02,A,10,11,9,ten,1', 'close is not a number: ten'],
    ['2026-02-30,A,10,11,9,10,1', 'date is not a date: 2026-02-30'],
    ['2026-01-02,,10,11,9,10,1', 'symbol is missing'],
    ['2026-01-02,A,10,11,9,10,-1', 'volume is negative: -1'],
    ['2026-01-02,A,10', 'has 3 of 7 columns'],
  ])('rejects %s', async (bad, reason) => {
    const feed = await staged(`date,symbol,open,high,low,close,volume\n${bad}\n2026-01-02,B,10,11,9,10,1\n`);
    expect(feed.accepted).toBe(1);
    expect(feed.rejections).toEqual([{ line: 2, reason, text: bad }]);
  });
});

describe('index weights', () => {
  it('reads the template', async () => {
    const feed = await staged(
      'index,as_of,symbol,weight,shares,sector\nMERI,2026-11-20,AVLN,0.6,820000000,Technology\nMERI,2026-11-20,BRYX,0.4,,\n',
    );
    expect(feed).toMatchObject({
      format: 'index-weights',
      summary: 'MERI on 2026-11-20: 2 components',
      warnings: [],
    });
    expect(rowOf(feed.tables.indexWeights, 0)).toEqual({
      line: 2,
      index: 'MERI',
      asOf: '2026-11-20',
      symbol: 'AVLN',
      sector: 'Technology',
      method: null,
      weight: 0.6,
      shares: 820_000_000,
    });
  });

  it('takes the day from the name of the weight column, and repeats how the weights were found', async () => {
    const feed = await staged(
      'index,symbol,weight_2026_03_27,method\nNIFTY,A,0.7,estimated\nNIFTY,B,0.3,estimated\n',
    );
    expect(feed.asOf).toBe('2026-03-27');
    expect(feed.warnings).toEqual(['The file says how its weights were found: estimated.']);
  });

  it('needs the index and the day where the file says neither, and reads per cent', async () => {
    const text = 'Symbol,Weight\nAAPL,60.5%\nNWS,39.5%\n';
    expect(await refused(text)).toMatchObject({
      code: 'symbol-required',
      detail: { what: 'which index it weighs (index) and which day its weights are of (as-of date)' },
    });
    const feed = await staged(text, { index: 'spx', asOf: '2025-04-25' });
    expect(rowOf(feed.tables.indexWeights, 0)).toMatchObject({
      index: 'SPX',
      asOf: '2025-04-25',
      weight: 0.605,
    });
  });

  it('takes weights that add up to a hundred for per cent, and says so', async () => {
    const feed = await staged('index,as_of,symbol,weight\nX,2026-01-02,A,60\nX,2026-01-02,B,40\n');
    expect(rowOf(feed.tables.indexWeights, 1)).toMatchObject({ weight: 0.4 });
    expect(feed.warnings).toEqual(['The weights add up to about 100 and are taken as per cent.']);
  });

  it('warns where the weights do not add up, and rejects what is no component', async () => {
    const feed = await staged(
      'index,as_of,symbol,weight\nX,2026-01-02,A,0.5\nX,2026-01-02,B,-0.1\nX,2026-01-02,_DIVISOR,0.1\nX,2026-01-02,C,\n',
    );
    expect(feed.warnings).toEqual(['The weights of X on 2026-01-02 add up to 50.00 %, not 100 %.']);
    expect(feed.rejections.map(({ line, reason }) => [line, reason])).toEqual([
      [3, 'weight is negative: -0.1'],
      [4, '_DIVISOR is not a component'],
      [5, 'weight is missing'],
    ]);
  });
});

describe('volatility history', () => {
  it('reads the template, in decimals or with a % sign', async () => {
    const feed = await staged(
      'symbol,date,tenor_days,iv\nMERI,2026-11-20,30,0.2194\nMERI,2026-11-20,60,20.79%\n',
    );
    expect(feed).toMatchObject({ format: 'volatility-history', accepted: 2 });
    expect(rowOf(feed.tables.volHistory, 1)).toEqual({
      line: 3,
      symbol: 'MERI',
      date: '2026-11-20',
      termDays: 60,
      vol: 0.2079,
    });
  });

  it('reads a 30-day column, where zero means none', async () => {
    const feed = await staged(
      'symbol,quotedate,iv30call,iv30put,iv30mean,callvol\nA,6/24/2024,0.2383,0.2311,0.2347,4846\nAADI,6/24/2024,0,0,0.0000,95\n',
    );
    expect(rowOf(feed.tables.volHistory, 0)).toMatchObject({ termDays: 30, vol: 0.2347 });
    expect(feed.rejections[0]).toMatchObject({ line: 3, reason: 'iv is 0, which means none' });
  });

  it('rejects a volatility that is per cent without its sign', async () => {
    const feed = await staged('symbol,date,tenor_days,iv\nA,2026-11-20,30,0.2\nA,2026-11-19,30,21.9\n');
    expect(feed.rejections[0]?.reason).toContain('write 0.2 or 20%');
  });
});

describe('forward-start contracts', () => {
  const header =
    'contract_id,underlying,first_ref_time,second_ref_time,type,basis,strike_adj_mult,strike_adj_abs,currency_amount,quantity,price,premium,fixed_strike,status';

  it('become terms, with the quadratic types as a power', async () => {
    const feed = await staged(
      `${header}\nFS1,meri,2026-12-18T15:30,2027-03-19,qstraddle,relative,1,0,10000000,3,0.966%,deferred,,open\nFS2,MERI,2026-12-18,2027-03-19,put,absolute,,,,-2,,,,\n`,
    );
    expect(feed.tables.forwardStartContracts).toEqual([
      expect.objectContaining({
        line: 2,
        contractId: 'FS1',
        underlying: 'MERI',
        firstReferenceDate: '2026-12-18',
        secondReferenceDate: '2027-03-19',
        optionType: 'straddle',
        power: 2,
        family: 'relative',
        strikeMultiplier: 1,
        strikeOffset: 0,
        normalizedBy: 'firstFixing',
        amount: 10_000_000,
        quantity: 3,
        premium: 'deferred',
        tradePrice: 0.00966,
        fixedStrike: null,
      }),
      expect.objectContaining({
        contractId: 'FS2',
        optionType: 'put',
        power: 1,
        family: 'absolute',
        amount: 1_000_000,
        tradePrice: null,
      }),
    ]);
    expect(feed.warnings[0]).toContain('status column is not kept');
  });

  it.each([
    ['FS1,MERI,2026-12-18,2026-12-18,call,relative,1,0,1,1,0.1,paid,,', 'is not after first_ref_time'],
    ['FS1,MERI,2026-12-18,2027-03-19,swap,relative,1,0,1,1,0.1,paid,,', 'type is none of call'],
    ['FS1,MERI,2026-12-18,2027-03-19,call,other,1,0,1,1,0.1,paid,,', 'basis is neither'],
    ['FS1,MERI,2026-12-18,2027-03-19,call,relative,1,0,1,,0.1,paid,,', 'quantity is missing'],
    ['FS1,MERI,2026-12-18,2027-03-19,call,relative,0,0,1,1,0.1,paid,,', 'strike_adj_mult is not above zero'],
    [',MERI,2026-12-18,2027-03-19,call,relative,1,0,1,1,0.1,paid,,', 'contract_id is missing'],
  ])('are rejected: %s', async (bad, reason) => {
    const failure = await refused(`${header}\n${bad}\n`);
    expect(failure.code).toBe('no-valid-rows');
    expect(failure.detail['reason']).toContain(reason);
  });
});

describe('realized-volatility contracts', () => {
  const header =
    'contract_id,underlying,kind,start,end,formula,return,P,multiplier,months,tick,quantity,price';

  it('become terms; a month count follows from the kind', async () => {
    const feed = await staged(
      `${header}\nRV1,MERI,Q,2026-09-18,2026-12-18,zero_mean,log,252,100000,,0.0001,-4,17.25%\nRV2,MERI,custom,2026-09-18,2026-12-18,ohlc,simple,,,2,0.01%,1,\n`,
    );
    expect(feed.tables.realizedVolContracts).toEqual([
      {
        line: 2,
        contractId: 'RV1',
        underlying: 'MERI',
        kind: 'quarterly',
        startDate: '2026-09-18',
        endDate: '2026-12-18',
        estimator: 'zeroMean',
        returns: 'log',
        periodsPerYear: 252,
        multiplier: 100_000,
        months: 3,
        tick: 0.0001,
        quantity: -4,
        tradeVol: 0.1725,
        // What the file says nothing of.
        expiryDate: null,
        disruptedDays: 'lowerCount',
        observationTimes: [],
        longBond: null,
        shortBond: null,
      },
      expect.objectContaining({
        kind: 'custom',
        estimator: 'garmanKlass',
        returns: 'simple',
        months: 2,
        tradeVol: null,
      }),
    ]);
  });

  it.each([
    ['RV1,MERI,X,2026-09-18,2026-12-18,zero_mean,log,252,1,3,0.0001,1,', 'kind is none of'],
    ['RV1,MERI,custom,2026-09-18,2026-12-18,zero_mean,log,252,1,,0.0001,1,', 'months is missing'],
    ['RV1,MERI,Q,2026-12-18,2026-09-18,zero_mean,log,252,1,3,0.0001,1,', 'is not after start'],
    ['RV1,MERI,Q,2026-09-18,2026-12-18,zero_mean,log,365,1,3,0.0001,1,', 'periodsPerYear'],
    ['RV1,MERI,Q,2026-09-18,2026-12-18,zero_mean,log,252,1,3,0.0001,1,17.25', 'write 0.2 or 20%'],
  ])('are rejected: %s', async (bad, reason) => {
    expect((await refused(`${header}\n${bad}\n`)).detail['reason']).toContain(reason);
  });
});
