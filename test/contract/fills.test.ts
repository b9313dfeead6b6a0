import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'csv-parse/sync';
import type { Suggestion } from '../../shared/contract/hedge.ts';
import { sentenceOf, type Failure } from '../../shared/failure.ts';
import { openDemoService } from '../support/demo-desk.ts';
import { temporaryFolder, valueOf, type TestService } from '../support/service.ts';

/** From the approval to what was traded, over the real dispatcher on the market that ships. */
let service: TestService;
let sent: Suggestion;
const folder = temporaryFolder();
const header = 'suggestion_id,contract,side,quantity,price,time,commission';

const refusal = (result: { ok: true } | { ok: false; error: Failure }): string =>
  result.ok ? 'done' : sentenceOf(result.error);

async function stage(rows: readonly string[]) {
  const path = join(folder.path, 'fills.csv');
  writeFileSync(path, [header, ...rows, ''].join('\n'));
  const { fileId } = await service.port.registerFile(path, 'fills.csv');
  const { fills, rejections } = valueOf(await service.ask('fills.stage', { fileId }));
  return { fileName: 'fills.csv', fills, rejections };
}
const take = async (rows: readonly string[], suggestionId: number | null = null) =>
  service.ask('fills.import', { ...(await stage(rows)), suggestionId });

beforeAll(async () => {
  service = openDemoService();
  const built = valueOf(await service.ask('basket.build', { index: 'MERI', maxNames: 14 }));
  valueOf(await service.ask('basket.save', { name: 'Core', result: built }));
  const proposal = valueOf(await service.ask('hedge.suggest', { basket: 'Core', asOf: '2026-11-19' }));
  sent = valueOf(await service.ask('suggestion.save', { proposal }));
}, 120_000);
afterAll(async () => {
  await service.port.close();
  folder.remove();
});

describe('a second person', () => {
  it('must approve where the desk wants one: not who saved it', async () => {
    const { suggestionId } = sent;
    valueOf(await service.ask('preference.save', { key: 'review.secondPerson', value: 'true' }));
    const alone = await service.ask('suggestion.approve', { suggestionId, acceptUndecided: true });
    expect(alone).toMatchObject({ ok: false, error: { code: 'second-person' } });
    expect(refusal(alone)).toMatch(/needs another person to approve it/);
    valueOf(await service.ask('preference.save', { key: 'review.secondPerson', value: 'false' }));
    const approved = valueOf(
      await service.ask('suggestion.approve', { suggestionId, acceptUndecided: true }),
    );
    expect(approved.state).toBe('approved');
    sent = approved;
  });
});

describe('drift', () => {
  it('sets the newest quotes against the reviewed ones, leg by leg, and the export tells it', async () => {
    const { suggestionId, proposal } = sent;
    const drift = valueOf(await service.ask('suggestion.drift', { suggestionId }));
    expect(drift.legs).toHaveLength(proposal.legs.length);
    expect(drift).toMatchObject({ reviewedOn: '2026-11-19' });
    const unknown = drift.legs.filter(({ money }) => money === null);
    expect(unknown.map(({ reason }) => reason)).toEqual(
      unknown.map(({ contract }) => `${contract} is not in the chain of 2026-11-20.`),
    );
    expect(drift.unknown).toBe(unknown.length);
    const [leg] = proposal.legs;
    if (leg === undefined) throw new Error('the demo hedge has legs');
    const rolled = valueOf(
      await service.ask('hedge.roll', {
        symbol: leg.symbol,
        contract: leg.contract,
        asOf: '2026-11-20',
        keep: 'delta',
        creditOnly: false,
      }),
    );
    const { bid } = rolled.best.from;
    expect(drift.legs[0]).toMatchObject({ basis: 'market', quotedOn: '2026-11-20', quote: bid });
    expect(drift.legs[0]?.change).toBeCloseTo((bid ?? 0) - (leg.quote.bid ?? 0), 10);
    const total = drift.legs.reduce(
      (sum, { side: way, change, quantity }, at) =>
        sum + (way === 'sell' ? 1 : -1) * (change ?? 0) * quantity * (proposal.legs[at]?.multiplier ?? 0),
      0,
    );
    expect(drift.money).toBeCloseTo(total, 6);
    expect(drift.sentence).toMatch(/^From 2026-11-19 to 2026-11-20 prices moved (for|against) the package/);
    const then = valueOf(await service.ask('suggestion.drift', { suggestionId, asOf: '2026-11-19' }));
    expect(then.money).toBe(0);
    expect(then.sentence).toMatch(/no quotes newer than those reviewed/);
  });

  it('comes with every format of the ticket, whose bytes it does not touch', async () => {
    const { suggestionId } = sent;
    const early = await take([`${suggestionId},${sent.proposal.legs[0]?.contract},sell,1,1,2026-11-20,0`]);
    expect(refusal(early)).toMatch(/is approved: nothing was sent/);
    for (const format of ['fix', 'fix-multileg', 'baskettrader', 'sheet'] as const) {
      const once = valueOf(await service.ask('suggestion.export', { suggestionId, format }));
      const again = valueOf(await service.ask('suggestion.export', { suggestionId, format }));
      expect(again.text, format).toBe(once.text);
      expect(once.drift.legs, format).toHaveLength(sent.proposal.legs.length);
      expect(once.state).toBe('exported');
    }
    const { entries } = valueOf(await service.ask('audit.list', { search: 'exported as fix' }));
    expect(entries[0]?.detail).toMatch(/prices moved/);
  });
});

describe('fills', () => {
  it('fill legs in parts, count once, leave the rest open, and end filled', async () => {
    const { suggestionId, proposal } = sent;
    const [first] = proposal.legs;
    if (first === undefined) throw new Error('the demo hedge has legs');
    const row = `${suggestionId},${first.contract},${first.side},1,${first.price - 0.05},2026-11-20T15:00:00Z,0.65`;
    const staged = await stage([row, `${suggestionId},NONE 2026-12-18 10 C,sell,1,1,2026-11-20,0`]);
    const { rows } = valueOf(await service.ask('fills.preview', { fills: staged.fills }));
    expect(rows).toMatchObject([
      { line: 2, state: 'matched', reason: null },
      { line: 3, state: 'refused', reason: 'no leg is NONE 2026-12-18 10 C' },
    ]);
    expect(rows[0]?.slippageToLimit).toBeCloseTo(first.side === 'sell' ? 0.05 : -0.05, 10);
    const part = valueOf(await take([row, `${suggestionId},NONE 2026-12-18 10 C,sell,1,1,2026-11-20,0`]));
    expect(part).toMatchObject({ accepted: 1, duplicates: 0, refused: [{ line: 3 }] });
    expect(part.suggestions[0]).toMatchObject({ state: 'part-filled', commission: 0.65 });
    const leg = part.suggestions[0]?.legs[0];
    expect(leg).toMatchObject({ filled: 1, open: first.quantity - 1 });
    expect(leg?.slippageToLimit).toBeCloseTo(first.side === 'sell' ? 0.05 : -0.05, 10);

    const again = valueOf(await service.ask('fills.preview', { fills: (await stage([row])).fills }));
    expect(again.rows).toMatchObject([{ state: 'duplicate', reason: 'counted already' }]);
    expect(valueOf(await take([row]))).toMatchObject({ accepted: 0, duplicates: 1 });
    const over = await take([row.replace(',1,', `,${first.quantity},`)]);
    expect(refusal(over)).toMatch(/are more than the \d+ open of \d+ sent/);

    const rest = proposal.legs.map(
      (one, at) =>
        `${suggestionId},${one.contract},${one.side},${one.quantity - (at === 0 ? 1 : 0)},${one.price},2026-11-20T16:00:00Z,0`,
    );
    const wanted = rest.filter((_, at) => at > 0 || first.quantity > 1);
    expect(valueOf(await take(wanted)).suggestions[0]).toMatchObject({ state: 'filled' });
    const { report, fills } = valueOf(await service.ask('fills.list', { suggestionId }));
    expect(report.legs.every(({ open }) => open === 0)).toBe(true);
    expect(fills).toHaveLength(wanted.length + 1);
    const after = valueOf(await service.ask('suggestion.read', { suggestionId }));
    expect(after).toMatchObject({ state: 'filled', hash: sent.hash });
    const { suggestions } = valueOf(await service.ask('suggestion.list', {}));
    expect(suggestions.find((one) => one.suggestionId === suggestionId)?.state).toBe('filled');
    // What was reviewed still leaves as the same bytes.
    const csv = valueOf(await service.ask('suggestion.export', { suggestionId, format: 'baskettrader' }));
    expect(csv.state).toBe('filled');
    expect(parse(csv.text, { columns: true })).toHaveLength(proposal.legs.length);
    expect(refusal(await service.ask('suggestion.cancel', { suggestionId, reason: 'late' }))).toMatch(
      /is filled and cannot be cancelled/,
    );
  });

  it('are what is looked at again, at the prices they were traded', async () => {
    const { batches } = valueOf(await service.ask('imports.list', {}));
    const book = batches.find(({ format }) => format === 'positions');
    valueOf(await service.ask('imports.undo', { batchId: book?.batchId ?? 0 }));
    const found = valueOf(
      await service.ask('hedge.reassess', { basket: 'Core', rules: { dispersionVotes: false } }),
    );
    const { report } = valueOf(await service.ask('fills.list', { suggestionId: sent.suggestionId }));
    expect(found.source).toBe('suggestion');
    expect(found.actions.map(({ openPrice }) => openPrice)).toEqual(
      report.legs.map(({ averagePrice }) => averagePrice),
    );
  });

  it('of another suggestion, of none, or of one that is not sent are refused whole', async () => {
    const { suggestionId, proposal } = valueOf(
      await service.ask('suggestion.save', { proposal: sent.proposal }),
    );
    const contract = proposal.legs[0]?.contract ?? '';
    const row = (id: string) => [`${id},${contract},sell,1,1,2026-11-20,0`];
    expect(refusal(await take(row(String(suggestionId))))).toMatch(/is draft/);
    expect(refusal(await take(row('')))).toMatch(/the row names no suggestion/);
    expect(refusal(await take(row('1'), suggestionId))).toMatch(/the row is of suggestion 1, not of/);
    expect(refusal(await take(row('999')))).toMatch(/999 is not on this desk/);
  });

  it('stop when the rest is cancelled', async () => {
    const { suggestionId, proposal } = valueOf(
      await service.ask('suggestion.save', { proposal: sent.proposal }),
    );
    valueOf(await service.ask('suggestion.approve', { suggestionId, acceptUndecided: true }));
    valueOf(await service.ask('suggestion.export', { suggestionId, format: 'fix' }));
    expect(refusal(await service.ask('suggestion.cancel', { suggestionId, reason: ' ' }))).toMatch(/reason/);
    const done = valueOf(await service.ask('suggestion.cancel', { suggestionId, reason: 'market closed' }));
    expect(done.state).toBe('cancelled');
    const again = await service.ask('suggestion.export', { suggestionId, format: 'fix' });
    expect(refusal(again)).toMatch(/is cancelled, not approved/);
    const late = await take([`${suggestionId},${proposal.legs[0]?.contract},sell,1,1,2026-11-20,0`]);
    expect(refusal(late)).toMatch(/is cancelled/);
  });
});

describe('suggestion.compare', () => {
  it('sets two cases side by side: legs, totals and what was asked', async () => {
    const other = valueOf(
      await service.ask('hedge.suggest', { basket: 'Core', asOf: '2026-11-19', coverage: 0.5 }),
    );
    const saved = valueOf(await service.ask('suggestion.save', { proposal: other, note: 'half' }));
    const [a, b] = [sent.suggestionId, saved.suggestionId];
    const found = valueOf(await service.ask('suggestion.compare', { a, b }));
    expect(found.b).toEqual({ suggestionId: b, state: 'draft', note: 'half' });
    expect(found.settings).toContainEqual({ name: 'coverage', a: '1', b: '0.5' });
    const premium = found.totals.find(({ name }) => name === 'netPremium');
    expect(premium?.difference).toBeCloseTo(other.netPremium - sent.proposal.netPremium, 8);
    expect(found.legs.filter(({ change }) => change !== 'only-b')).toHaveLength(sent.proposal.legs.length);
    expect(found.legs.filter(({ change }) => change !== 'only-a')).toHaveLength(other.legs.length);
    const same = valueOf(await service.ask('suggestion.compare', { a, b: a }));
    expect(same.legs.every(({ change }) => change === 'same')).toBe(true);
    expect(same.totals.every(({ difference }) => difference === 0)).toBe(true);
  });
});
