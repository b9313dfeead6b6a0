import { describe, expect, it } from 'vitest';
import { refused, rowOf, staged } from '../../support/feed.ts';

const header =
  'Expiration Date,Calls,Last Sale,Net,Bid,Ask,Volume,IV,Delta,Gamma,Open Interest,Strike,Puts,Last Sale,Net,Bid,Ask,Volume,IV,Delta,Gamma,Open Interest';
const row =
  'Fri Dec 19 2025,NVDA251219C00010000,170.97,-0.505,168.8,170.3,7,0,0.9999,0,142,10.00,NVDA251219P00010000,0.01,0,0,0.01,3,4.2548,-0.0002,0,4772';

const newer = (stamp: string, ...rows: readonly string[]): string =>
  [
    '',
    'NVIDIA CORP,Last: 180.98,Change: -0.42',
    `"Date: ${stamp}",Bid: 180.97,Ask: 180.99,Size: 1*1,Volume: 12`,
    header,
    ...rows,
    '',
  ].join('\r\n');

const older = [
  '^SPX (Standard & Poors 500 Index),2304.92,-104.4701',
  'Mar 22 2020 @ 18:24 ET,Bid,2243.68,Ask,2677.6,Size,1x1,Vol,',
  'Expiration Date,Calls,Last Sale,Net,Bid,Ask,Vol,IV,Delta,Gamma,Open Int,Strike,Puts,Last Sale,Net,Bid,Ask,Vol,IV,Delta,Gamma,Open Int',
  '12/18/2020,SPX201218C01500000,885.6,-64.8,793,806.7,1,0,0.9311,0.0002,1,1500.000,SPX201218P01500000,0.05,-0.1,0,0.05,3,1.7288,-0.0003,0,623',
  '03/23/2020,SPXW200323C01500000,885.6,-64.8,793,806.7,1,0,0.9311,0.0002,1,1500.000,SPXW200323P01500000,0.05,-0.1,0,0.05,3,1.7288,-0.0003,0,623',
].join('\n');

describe('the Cboe quote table', () => {
  it('gives the call and the put of a line, each with its own half of the columns', async () => {
    const feed = await staged(newer('December 1, 2025 at 3:19 PM EST', row));
    expect(feed).toMatchObject({
      format: 'cboe-quote-table',
      asOf: '2025-12-01',
      quotedAt: '2025-12-01T20:19:00Z',
      accepted: 2,
      rejected: 0,
      warnings: ['Quotes with a bid of zero: 1 of 2 (50.0 %).'],
    });
    expect(rowOf(feed.tables.optionQuotes, 0)).toEqual({
      line: 5,
      symbol: 'NVDA',
      tradeDate: '2025-12-01',
      expiry: '2025-12-19',
      root: 'NVDA',
      settlement: 'PM',
      optionType: 'call',
      contract: 'NVDA 2025-12-19 10 C',
      exercise: null,
      strike: 10,
      bid: 168.8,
      ask: 170.3,
      bidSize: null,
      askSize: null,
      last: 170.97,
      settle: null,
      close: null,
      volume: 7,
      openInterest: 142,
      multiplier: 100,
      vendorVol: null,
      adjusted: 0,
    });
    expect(rowOf(feed.tables.optionQuotes, 1)).toMatchObject({
      optionType: 'put',
      bid: 0,
      ask: 0.01,
      volume: 3,
      openInterest: 4772,
      vendorVol: 4.2548,
    });
    expect(rowOf(feed.tables.underlierMarks, 0)).toMatchObject({
      symbol: 'NVDA',
      spot: 180.98,
      name: 'NVIDIA CORP',
    });
  });

  it('reads the older generation: two lines above the header, mm/dd/yyyy, Vol and Open Int', async () => {
    const feed = await staged(older, { fileName: 'any.dat' });
    expect(feed).toMatchObject({ asOf: '2020-03-20', quotedAt: '2020-03-22T22:24:00Z', accepted: 4 });
    expect(feed.warnings[0]).toContain('taken on 2020-03-22');
    expect(rowOf(feed.tables.optionQuotes, 0)).toMatchObject({
      symbol: 'SPX',
      root: 'SPX',
      settlement: 'AM',
      exercise: 'european',
      openInterest: 1,
    });
    expect(rowOf(feed.tables.optionQuotes, 2)).toMatchObject({
      symbol: 'SPX',
      root: 'SPXW',
      settlement: 'PM',
    });
    expect(rowOf(feed.tables.underlierMarks, 0)).toMatchObject({
      symbol: 'SPX',
      spot: 2304.92,
      name: 'Standard & Poors 500 Index',
    });
  });

  it.each([
    ['February 5 2022, 8:26 PM EST', '2022-02-04', '2022-02-06T01:26:00Z'],
    ['February 4 2022, 8:26 PM EST', '2022-02-04', '2022-02-05T01:26:00Z'],
    ['February 4 2022, 9:29 AM EST', '2022-02-03', '2022-02-04T14:29:00Z'],
    ['February 4 2022, 9:30 AM EST', '2022-02-04', '2022-02-04T14:30:00Z'],
    ['January 17 2022, 3:00 PM EST', '2022-01-14', '2022-01-17T20:00:00Z'],
    ['August 29, 2022 at 12:05 PM EDT', '2022-08-29', '2022-08-29T16:05:00Z'],
  ])('files a table taken on %s under the session %s', async (stamp, day, instant) => {
    const feed = await staged(newer(stamp, row));
    expect([feed.asOf, feed.quotedAt]).toEqual([day, instant]);
  });

  it('files under the day that was asked for, if it is of the week before the stamp', async () => {
    const table = newer('February 5 2022, 8:26 PM EST', row);
    const feed = await staged(table, { asOf: '2022-02-03' });
    expect(feed.asOf).toBe('2022-02-03');
    expect(feed.warnings[0]).toContain('filed under 2022-02-03 as asked');
    for (const asOf of ['2021-12-31', '2022-02-07']) {
      const kept = await staged(table, { asOf });
      expect(kept.asOf).toBe('2022-02-04');
      expect(kept.warnings.join(' ')).toContain(`the day ${asOf} that was given is not used`);
    }
  });

  it('needs a day where the file has no time stamp', async () => {
    expect(await refused([header, row].join('\n'))).toMatchObject({ code: 'symbol-required' });
    expect((await staged([header, row].join('\n'), { asOf: '2022-02-03' })).accepted).toBe(2);
  });

  it('keeps the good side of a line whose other side is bad, and names the line', async () => {
    const badBid = row.replace(',168.8,', ',abc,');
    const feed = await staged(newer('December 1, 2025 at 3:19 PM EST', badBid));
    expect([feed.accepted, feed.rejected]).toEqual([1, 1]);
    expect(feed.rejections[0]).toMatchObject({ line: 5, reason: 'call: bid is not a number: abc' });
    expect(feed.rejections[0]?.text).toBe(badBid);
  });

  it.each([
    ['a negative ask', row.replace(',170.3,', ',-170.3,'), 'call: ask is negative: -170.3'],
    ['a negative strike', row.replace(',10.00,', ',-10.00,'), 'does not agree'],
    [
      'a wrong date',
      row.replace('Fri Dec 19 2025', '2025-13-45'),
      'expiration date is not a date: 2025-13-45',
    ],
    ['a symbol of another expiry', row.replace('Dec 19', 'Dec 26'), 'does not agree with expiry 2025-12-26'],
    ['too few columns', 'Fri Dec 19 2025,NVDA251219C00010000,170.97', 'has 3 of 22 columns'],
  ])('rejects a line with %s', async (_case, bad, reason) => {
    const feed = await staged(newer('December 1, 2025 at 3:19 PM EST', row, bad));
    expect(feed.accepted).toBeGreaterThanOrEqual(2);
    expect(feed.rejected).toBe(1);
    expect(feed.rejections[0]?.line).toBe(6);
    expect(feed.rejections[0]?.reason).toContain(reason);
  });

  it('rejects options that expired before the market day', async () => {
    expect(await refused(newer('January 5, 2026 at 3:19 PM EST', row))).toMatchObject({
      code: 'no-valid-rows',
      detail: { reason: expect.stringContaining('expiry 2025-12-19 is before the market day 2026-01-05') },
    });
  });

  it('counts a repeated option once, the last standing', async () => {
    const feed = await staged(newer('December 1, 2025 at 3:19 PM EST', row, row.replace(',168.8,', ',169,')));
    expect([feed.accepted, feed.duplicates]).toEqual([2, 2]);
    expect(rowOf(feed.tables.optionQuotes, 0)).toMatchObject({ bid: 169, line: 6 });
  });

  it('marks adjusted contracts and says that an index exercises European', async () => {
    const adjusted = row.replaceAll('NVDA2', 'NVDA12');
    const feed = await staged(
      newer('December 1, 2025 at 3:19 PM EST', adjusted).replace('NVIDIA CORP', 'Meridian 32 Index'),
    );
    expect(rowOf(feed.tables.optionQuotes, 0)).toMatchObject({
      symbol: 'NVDA',
      root: 'NVDA1',
      adjusted: 1,
      exercise: 'european',
    });
  });
});
