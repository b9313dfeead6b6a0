import { describe, expect, it } from 'vitest';
import { staged } from '../../support/feed.ts';

const head =
  'contract_id,underlying,first_ref_time,second_ref_time,type,basis,quantity,put_strike_mult,underlying_kind,fixing_days,fixing_prices,fixing_round_to,settlement';
const line = 'FS1,MERI,2026-12-18,2027-03-19,straddle,relative,2,0.9,index,3,open-close,0.5,physical';
const file = (...lines: readonly string[]) => staged([head, ...lines, ''].join('\n'));

describe('a file of forward-start contracts', () => {
  it('may say how fixings are made, what stands at the second time, and how a contract settles', async () => {
    const { tables, rejected } = await file(line);
    expect(rejected).toBe(0);
    expect(tables.forwardStartContracts?.[0]).toMatchObject({
      putStrikeMultiplier: 0.9,
      underlyingKind: 'index',
      fixingDays: 3,
      fixingPrices: 'open-close',
      fixingRoundTo: 0.5,
      settlement: 'physical',
      secondUnderlying: null,
      option: null,
    });
  });

  it('keeps one of two same lines and rejects an identifier with other terms, by its line', async () => {
    const feed = await file(line, line, line.replace('2027-03-19', '2027-06-17'));
    expect([feed.tables.forwardStartContracts?.length, feed.duplicates, feed.rejected]).toEqual([1, 1, 1]);
    expect(feed.rejections[0]?.reason).toBe('contract_id FS1 stands on line 2 already, with other terms');
    expect(feed.tables.forwardStartContracts?.[0]?.secondReferenceDate).toBe('2027-03-19');
  });

  it('names the field of a word that it does not know', async () => {
    const feed = await file(line, line.replace('FS1', 'FS2').replace('open-close', 'noon'));
    expect([feed.rejected, feed.rejections[0]?.reason]).toEqual([1, expect.stringContaining('fixingPrices')]);
  });
});
