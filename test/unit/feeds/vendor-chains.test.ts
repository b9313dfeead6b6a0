import { describe, expect, it } from 'vitest';
import { refused, rowOf, staged } from '../../support/feed.ts';

describe('vendor chains', () => {
  it('ORATS strikes give a call and a put each, taken fourteen minutes before the close', async () => {
    const header =
      'ticker,stkPx,expirDate,yte,strike,cVolu,cOi,pVolu,pOi,cBidPx,cValue,cAskPx,pBidPx,pValue,pAskPx,cBidIv,cMidIv,cAskIv,smoothSmvVol,pBidIv,pMidIv,pAskIv,iRate,divRate,residualRateData,delta,gamma,theta,vega,rho,phi,driftlessTheta,extVol,extCTheo,extPTheo,spot_px,trade_date';
    const row =
      'SPX,4500.1,2/25/2022,0.06,4500,11,12,13,14,50.1,50.2,50.3,48.1,48.2,48.3,0.2,0.21,0.22,0.205,0.19,0.2,0.21,0.01,0.01,0,0.5,0.001,-1.2,4.1,1,1,-1,0.2,50,48,4500.5,2/4/2022';
    const feed = await staged(`${header}\n${row}\n`);
    expect(feed).toMatchObject({ format: 'orats-strikes', quotedAt: '2022-02-04T20:46:00Z', accepted: 2 });
    expect(rowOf(feed.tables.optionQuotes, 0)).toMatchObject({
      contract: 'SPXW 2022-02-25 4500 C',
      settlement: 'PM',
      bid: 50.1,
      ask: 50.3,
      volume: 11,
      openInterest: 12,
      vendorVol: 0.21,
    });
    expect(rowOf(feed.tables.optionQuotes, 1)).toMatchObject({
      bid: 48.1,
      ask: 48.3,
      openInterest: 14,
      vendorVol: 0.2,
    });
    expect(rowOf(feed.tables.underlierMarks, 0)).toMatchObject({ symbol: 'SPX', spot: 4500.5 });
  });

  it('OptionsDX names come in brackets, sizes as 1 x 2, the symbol by the file or the user', async () => {
    const text =
      '[QUOTE_UNIXTIME], [QUOTE_READTIME], [QUOTE_DATE], [QUOTE_TIME_HOURS], [UNDERLYING_LAST], [EXPIRE_DATE], [EXPIRE_UNIX], [DTE], [C_DELTA], [C_GAMMA], [C_VEGA], [C_THETA], [C_RHO], [C_IV], [C_VOLUME], [C_LAST], [C_SIZE], [C_BID], [C_ASK], [STRIKE], [P_BID], [P_ASK], [P_SIZE], [P_LAST], [P_DELTA], [P_GAMMA], [P_VEGA], [P_THETA], [P_RHO], [P_IV], [P_VOLUME], [STRIKE_DISTANCE], [STRIKE_DISTANCE_PCT]\n' +
      '1672779600, 2023-01-03 16:00, 2023-01-03, 16.0, 380.82, 2023-01-20, 1674248400, 17, 0.98, 0.0001, 0.02, -0.04, 0.01, 0.25, 5, 60.1, 1 x 2, 59.9, 60.2, 320, 0.05, 0.06, 10 x 20, 0.05, -0.01, 0.001, 0.01, -0.02, -0.001, , 7, 60.8, 0.16\n';
    expect(await refused(text)).toMatchObject({ code: 'symbol-required' });
    const feed = await staged(text, { fileName: 'spy_eod_202301.txt' });
    expect(feed).toMatchObject({ format: 'optionsdx', quotedAt: '2023-01-03T21:00:00Z', accepted: 2 });
    expect(rowOf(feed.tables.optionQuotes, 0)).toMatchObject({
      contract: 'SPY 2023-01-20 320 C',
      bidSize: 1,
      askSize: 2,
      last: 60.1,
      vendorVol: 0.25,
    });
    expect(rowOf(feed.tables.optionQuotes, 1)).toMatchObject({
      optionType: 'put',
      bid: 0.05,
      askSize: 20,
      vendorVol: null,
    });
  });

  it('DeltaNeutral L2 and its lower-case bare-bones layout give one option a row', async () => {
    const l2 =
      'UnderlyingSymbol,UnderlyingPrice,Exchange,OptionSymbol,Blank,Type,Expiration,DataDate,Strike,Last,Bid,Ask,Volume,OpenInterest,IV,Delta,Gamma,Theta,Vega,Alias\n' +
      'SPY,298.09,*,SPY191220C00300000,,call,12/20/2019,09/10/2019 16:00,300,7.99,7.96,8.06,514,74443,0.1443,0.4768,0.0176,-15.9085,61.8811,SPY191220C00300000\n';
    const feed = await staged(l2);
    expect(feed).toMatchObject({ format: 'deltaneutral', asOf: '2019-09-10', accepted: 1 });
    expect(rowOf(feed.tables.optionQuotes, 0)).toMatchObject({
      contract: 'SPY 2019-12-20 300 C',
      bid: 7.96,
      ask: 8.06,
      last: 7.99,
      openInterest: 74_443,
      vendorVol: 0.1443,
    });
    const bare =
      'underlying,underlying_last, exchange,optionsymbol,blank,optiontype,expiration,quotedate,strike,last,bid,ask,volume,open interest\n' +
      'SDS,40,*,SDS1220204P00012500,,put,02/04/2022,01/10/2022,12.5,0.1,0,0.1,1,10\n';
    expect(rowOf((await staged(bare)).tables.optionQuotes, 0)).toMatchObject({
      symbol: 'SDS',
      root: 'SDS1',
      adjusted: 1,
      optionType: 'put',
      openInterest: 10,
    });
  });

  it('Cboe DataShop rows are read at 15:45, never mixed with the end of day', async () => {
    const header =
      'underlying_symbol,quote_date,root,expiration,strike,option_type,open,high,low,close,trade_volume,bid_size_1545,bid_1545,ask_size_1545,ask_1545,underlying_bid_1545,underlying_ask_1545,implied_underlying_price_1545,active_underlying_price_1545,implied_volatility_1545,delta_1545,gamma_1545,theta_1545,vega_1545,rho_1545,bid_size_eod,bid_eod,ask_size_eod,ask_eod,underlying_bid_eod,underlying_ask_eod,vwap,open_interest,delivery_code';
    const row =
      '^SPX,2022-02-04,SPXW,2022-02-25,4500,C,50,55,45,51,100,10,50.1,20,50.3,4500,4501,4500.4,4500.5,0.21,0.5,0,0,0,0,11,60.1,21,60.3,4510,4511,50.5,1234,';
    const feed = await staged(`${header}\n${row}\n${row.replace('4500,C', '4600,C').replace(/,$/, ',X')}\n`);
    expect(feed).toMatchObject({ format: 'cboe-datashop', quotedAt: '2022-02-04T20:45:00Z', accepted: 2 });
    expect(rowOf(feed.tables.optionQuotes, 0)).toMatchObject({
      symbol: 'SPX',
      root: 'SPXW',
      bid: 50.1,
      ask: 50.3,
      bidSize: 10,
      close: 51,
      vendorVol: 0.21,
      adjusted: 0,
    });
    expect(rowOf(feed.tables.optionQuotes, 1)).toMatchObject({ strike: 4600, adjusted: 1 });
    expect(rowOf(feed.tables.underlierMarks, 0)).toMatchObject({ spot: 4500.5 });
  });

  it('iVolatility says the exercise style itself', async () => {
    const text =
      'symbol,exchange,company_name,date,stock_price_close,option_symbol,option_expiration,strike,call/put,style,ask,bid,mean_price,settlement,iv,volume,open_interest,stock_price_for_iv,forward_price,isinterpolated,delta,vega,gamma,theta,rho\n' +
      'SPY,NYSEArca,SPDR S&P 500,01/03/2023,380.82,SPY   230120P00320000,01/20/2023,320,P,A,0.06,0.05,0.055,0,0.35,7,99,380.8,381,,,,,,\n';
    const feed = await staged(text);
    expect(feed).toMatchObject({ format: 'ivolatility', asOf: '2023-01-03' });
    expect(rowOf(feed.tables.optionQuotes, 0)).toMatchObject({
      contract: 'SPY 2023-01-20 320 P',
      exercise: 'american',
      bid: 0.05,
      settle: null,
      vendorVol: 0.35,
    });
    expect(await refused(text.replace(',P,A,', ',X,A,'))).toMatchObject({
      code: 'no-valid-rows',
      detail: { reason: expect.stringContaining('option type is neither call nor put: X') },
    });
  });
});
