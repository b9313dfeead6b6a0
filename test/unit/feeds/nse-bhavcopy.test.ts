import { describe, expect, it } from 'vitest';
import { refused, rowOf, staged, zipped } from '../../support/feed.ts';

const header =
  'date,symbol,instr,expiry,strike,cp,open,high,low,close,last,prev_close,underlying,settle,oi,chg_oi,volume,trades,lot';
const future =
  '2026-02-25,NIFTY,IDF,2026-03-30,,,25655,25817.8,25571.2,25628.8,25624.9,25600.3,25482.5,25629.1,12973155,-431340,88662,53551,65';
const put =
  '2026-02-25,NIFTY,IDO,2026-03-02,23100,PE,2.75,2.95,2.1,2.35,2.3,2.9,25482.5,2.4,5989815,2600975,254729,41865,65';
const idle = '2026-02-25,M&M,STO,2026-03-30,3000,CE,0,0,0,0,0,9994,3200,210.5,0,0,0,0,200';
const file = (...rows: readonly string[]): string => [header, ...rows, ''].join('\n');

describe('the NSE bhavcopy', () => {
  it('gives futures, European options and the spot of the day', async () => {
    const feed = await staged(file(future, put, idle));
    expect(feed).toMatchObject({
      format: 'nse-bhavcopy',
      asOf: '2026-02-25',
      counts: { 'option-quote': 2, 'future-quote': 1 },
    });
    expect(rowOf(feed.tables.futureQuotes, 0)).toEqual({
      line: 2,
      symbol: 'NIFTY',
      tradeDate: '2026-02-25',
      expiry: '2026-03-30',
      contract: 'NIFTY 2026-03-30 F',
      bid: null,
      ask: null,
      last: 25624.9,
      settle: 25629.1,
      close: 25628.8,
      volume: 88662,
      openInterest: 199_587,
      multiplier: 65,
    });
    expect(rowOf(feed.tables.optionQuotes, 0)).toMatchObject({
      contract: 'NIFTY 2026-03-02 23100 P',
      exercise: 'european',
      settlement: 'PM',
      settle: 2.4,
      close: 2.35,
      multiplier: 65,
      openInterest: 92_151,
      bid: null,
      ask: null,
    });
    expect(rowOf(feed.tables.optionQuotes, 1)).toMatchObject({
      symbol: 'M&M',
      close: null,
      last: null,
      settle: 210.5,
    });
    expect(feed.tables.underlierMarks?.rows).toBe(2);
    expect(rowOf(feed.tables.underlierMarks, 0)).toMatchObject({ symbol: 'NIFTY', spot: 25_482.5 });
    expect(feed.warnings[0]).toContain('no bid or ask');
  });

  it('reads the same bytes through gzip', async () => {
    const [plain, packed] = [await staged(file(future, put)), await staged(zipped(file(future, put)))];
    expect(packed.tables).toEqual(plain.tables);
    expect(packed.sha256).not.toBe(plain.sha256);
  });

  it("reads the exchange's own column names", async () => {
    const own =
      'TradDt,BizDt,Sgmt,Src,FinInstrmTp,FinInstrmId,ISIN,TckrSymb,SctySrs,XpryDt,FininstrmActlXpryDt,StrkPric,OptnTp,FinInstrmNm,OpnPric,HghPric,LwPric,ClsPric,LastPric,PrvsClsgPric,UndrlygPric,SttlmPric,OpnIntrst,ChngInOpnIntrst,TtlTradgVol,TtlTrfVal,TtlNbOfTxsExctd,SsnId,NewBrdLotQty\n' +
      '2026-02-25,2026-02-25,FO,NSE,IDO,1,,NIFTY,,2026-03-02,2026-03-02,23100,PE,N,2.75,2.95,2.1,2.35,2.3,2.9,25482.5,2.4,5989815,2600975,254729,1,41865,F1,65\n';
    expect(rowOf((await staged(own)).tables.optionQuotes, 0)).toMatchObject({
      strike: 23_100,
      settle: 2.4,
      multiplier: 65,
    });
  });

  it.each([
    [put.replace('IDO', 'XXX'), 'instrument is none of IDF, STF, IDO, STO: XXX'],
    [put.replace(',PE,', ',XX,'), 'cp is neither CE nor PE: XX'],
    [put.replace(',23100,', ',,'), 'strike is missing'],
    [put.replace(',23100,', ',-5,'), 'strike is not above zero: -5'],
    [put.replace('2026-02-25', '2026-13-45'), 'date is not a date: 2026-13-45'],
    [put.replace('2026-03-02', '2026-02-02'), 'expiry 2026-02-02 is before the market day 2026-02-25'],
    [put.replace(/65$/, '0'), 'multiplier is not above zero: 0'],
    [put.replace(',2.4,', ',Infinity,'), 'settle is not a number: Infinity'],
    [put.slice(0, 40), 'has 6 of 19 columns'],
  ])('rejects %s', async (bad, reason) => {
    const feed = await staged(file(future, bad));
    expect(feed.rejections).toEqual([{ line: 3, reason, text: bad }]);
  });

  it('says when two rows of a day disagree on the underlying', async () => {
    const feed = await staged(file(future, put.replace('25482.5', '25000')));
    expect(feed.warnings.join(' ')).toContain('NIFTY 2026-02-25');
  });

  it('refuses a file without the lot column', async () => {
    expect(await refused(file(future, put).replaceAll(/,[^,\n]*\n/g, '\n'))).toMatchObject({
      code: 'unknown-format',
    });
  });
});
