import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyDemoDesk } from '../support/demo-desk.ts';
import { sentenceOf } from '../../shared/failure.ts';
import { openTestService, temporaryFolder, valueOf, type TestService } from '../support/service.ts';

/** What a hedge must not be built on or sent from: refused, named, and nothing lost. */
const folder = temporaryFolder();
const file = join(folder.path, 'bad.voldesk');
const asOf = '2026-11-20';
let service: TestService;

beforeAll(async () => {
  copyDemoDesk(file);
  service = openTestService(file);
  const built = valueOf(await service.ask('basket.build', { index: 'MERI', maxNames: 12 }));
  valueOf(await service.ask('basket.save', { name: 'Core', result: built }));
}, 120_000);
afterAll(async () => {
  await service.port.close();
  folder.remove();
});

describe('a hedge on bad input', () => {
  it('is refused where a name is priced long before the chains', async () => {
    const { result } = valueOf(await service.ask('basket.read', { name: 'Core' }));
    const [first] = result.names;
    if (first === undefined) throw new Error('the basket has names');
    const names = [...result.names, { ...first, symbol: 'GHOST' }];
    const old = { ...result, asOf: '2026-10-01', names };
    valueOf(await service.ask('basket.save', { name: 'Old', result: old }));
    const refused = await service.ask('hedge.suggest', { basket: 'Old', asOf });
    expect(refused.ok ? '' : sentenceOf(refused.error)).toBe(
      'GHOST is priced on 2026-10-01, 50 days before the chains of 2026-11-20. Import its prices or its chain of that day.',
    );
  }, 60_000);

  it('never takes what was left out by hand', async () => {
    const { legs } = valueOf(await service.ask('hedge.suggest', { basket: 'Core', asOf }));
    const leg = legs.find(({ side }) => side === 'sell');
    valueOf(
      await service.ask('quotes.exclude', {
        symbol: leg?.symbol ?? '',
        contract: leg?.contract ?? '',
        tradeDate: asOf,
        reason: 'a test',
      }),
    );
    const again = valueOf(await service.ask('hedge.suggest', { basket: 'Core', asOf }));
    expect(again.legs.map(({ contract }) => contract)).not.toContain(leg?.contract);
    expect(again.candidateCounts.filtered['excluded']).toBe(1);
  }, 60_000);

  it('does not leave the desk once its snapshot was changed by one byte, and is named as such', async () => {
    const proposal = valueOf(await service.ask('hedge.suggest', { basket: 'Core', asOf, coverage: 0.3 }));
    const { suggestionId } = valueOf(await service.ask('suggestion.save', { proposal }));
    valueOf(
      await service.ask('suggestion.approve', {
        suggestionId,
        acceptUndecided: true,
        overrideReason: 'a trial',
      }),
    );
    await service.port.close();
    const db = new Database(file);
    const triggers = db
      .prepare(`SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'suggestion'`)
      .pluck()
      .all() as string[];
    for (const name of triggers) db.exec(`DROP TRIGGER ${name}`);
    const read = db.prepare('SELECT snapshot FROM suggestion WHERE suggestion_id = ?').pluck();
    const text = read.get(suggestionId) as string;
    const at = text.indexOf('"quantity":') + '"quantity":'.length;
    const digit = text[at] === '1' ? '2' : '1';
    db.prepare('UPDATE suggestion SET snapshot = ? WHERE suggestion_id = ?').run(
      text.slice(0, at) + digit + text.slice(at + 1),
      suggestionId,
    );
    db.close();
    service = openTestService(file);
    for (const ask of [
      service.ask('suggestion.read', { suggestionId }),
      service.ask('suggestion.export', { suggestionId, format: 'fix' }),
      service.ask('suggestion.ticket', { suggestionId, format: 'baskettrader' }),
    ]) {
      expect(await ask).toMatchObject({ ok: false, error: { code: 'snapshot-changed' } });
    }
    const { refused } = valueOf(await service.ask('suggestion.list', {}));
    expect(refused.map((one) => one.suggestionId)).toEqual([suggestionId]);
  }, 60_000);
});
