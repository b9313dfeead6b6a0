import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../main/hosts/cli.ts';
import { openInProcess } from '../../main/service-client.ts';
import { temporaryFolder } from '../support/service.ts';

// A hedge after its approval on the command line: tickets, fills, looking again, rolling.

const folder = temporaryFolder();
afterAll(folder.remove);
const desk = join(folder.path, 'demo.voldesk');

async function voldesk(...args: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const status = await runCli([...args, '--desk', desk], {
    defaultDesk: desk,
    open: async (order) => openInProcess(order),
    out: (text) => void out.push(`${text}\n`),
    err: (text) => void err.push(text),
    showsProgress: false,
    signal: new AbortController().signal,
    ownCommands: [],
  });
  return { status, out: out.join(''), err: err.join('') };
}
async function json<Value>(...args: readonly string[]): Promise<Value> {
  const { status, out, err } = await voldesk(...args, '--json');
  expect([status, err]).toEqual([0, '']);
  return JSON.parse(out) as Value;
}

interface Leg {
  readonly side: string;
  readonly contract: string;
  readonly quantity: number;
  readonly price: number;
}
let id = '';
let legs: readonly Leg[] = [];

beforeAll(async () => {
  await json('demo');
  await json('basket', 'build', 'MERI', '--save', 'B', '--max-names', '12');
  const hedge = await json<{ suggestionId: number; legs: Leg[] }>('hedge', 'B', '--as-of', '2026-11-19');
  id = String(hedge.suggestionId);
  ({ legs } = hedge);
  await json('suggestion', 'approve', id);
}, 120_000);

describe('voldesk, once a hedge is approved', () => {
  it('writes FIX to a file and says how prices moved since', async () => {
    const file = join(folder.path, 'orders.fix');
    // A ticket that cannot be written leaves the suggestion as it was.
    const nowhere = join(dirname(file), 'nowhere', 'orders.fix');
    expect(await voldesk('suggestion', 'export', id, '--out', nowhere)).toMatchObject({ status: 1, out: '' });
    expect((await voldesk('suggestion', 'export', id, '--out', dirname(file))).err).toMatch(/it is a folder/);
    expect((await json<{ state: string }>('suggestion', 'show', id)).state).toBe('approved');
    const { status, out } = await voldesk('suggestion', 'export', id, '--format', 'fix', '--out', file);
    expect(status).toBe(0);
    expect(out).toMatch(/orders\.fix written\. From 2026-11-19 to 2026-11-20 prices moved/);
    const text = readFileSync(file, 'latin1');
    expect(text).toMatch(
      new RegExp(`^8=FIX\\.4\\.4\u00019=\\d+\u000135=E\u0001.*\u000168=${legs.length}\u0001`),
    );
    const told = await json<{ drift: { legs: unknown[] }; text: string }>(
      'suggestion',
      'export',
      id,
      '--format',
      'fix',
    );
    expect(told.text).toBe(text);
    expect(told.drift.legs).toHaveLength(legs.length);
  });

  it('takes fills back and shows what is open', async () => {
    const file = join(folder.path, 'fills.csv');
    const [first] = legs;
    if (first === undefined) throw new Error('the demo hedge has legs');
    writeFileSync(
      file,
      [
        'suggestion_id,contract,side,quantity,price,time,commission',
        `,${first.contract},${first.side},1,${first.price},2026-11-20T15:00:00Z,0.65`,
        ',NOBODY 2026-12-18 100 C,sell,1,1,2026-11-20,0',
        ',not an option,sell,1,1,2026-11-20,0',
      ].join('\n'),
    );
    const taken = await json<Record<string, unknown>>('suggestion', 'fills', id, file);
    expect(taken).toMatchObject({ accepted: 1, refused: [{ line: 3 }], rejections: [{ line: 4 }] });
    expect(await json('suggestion', 'fills', id)).toMatchObject({
      state: 'part-filled',
      legs: legs.map(({ contract, quantity }, at) => ({
        contract,
        filled: at === 0 ? 1 : 0,
        open: quantity - (at === 0 ? 1 : 0),
      })),
    });
    expect(await voldesk('suggestion', 'fills', '99', file)).toMatchObject({ status: 1, out: '' });
  });

  it('gives the actions of a reassessment under their names', async () => {
    const found = await json<{
      actions: Record<string, unknown>[];
      unfired: Record<string, unknown>[];
      fired: unknown[];
    }>('reassess', 'B', '--no-votes', '--days', '28');
    expect(found.actions.length).toBeGreaterThan(0);
    for (const action of found.actions) {
      expect(['roll', 'trade-part', 'let-expire', 'keep']).toContain(action['action']);
      for (const key of ['leg', 'rule', 'reason']) expect(action[key], key).toEqual(expect.any(String));
    }
    expect(found.unfired.length + found.fired.length).toBe(8);
    expect(found.unfired).toContainEqual({ rule: 'dispersion-votes', reason: 'Switched off.' });
    expect((await voldesk('reassess', 'B', '--no-votes')).out).toMatch(/Not fired:\n/);
    expect(await voldesk('reassess', 'Nobody')).toMatchObject({ status: 1, out: '' });
  });

  it('rolls a contract, compares cases and cancels what is open', async () => {
    const sold = legs.find(({ side }) => side === 'sell')?.contract ?? '';
    const [symbol = ''] = sold.split(' ');
    expect(await json('roll', symbol, sold, '--target-days', '60')).toMatchObject({
      best: { from: { contract: sold }, isCredit: true },
    });
    expect(await voldesk('roll', symbol, sold, '--keep', 'faith')).toMatchObject({ status: 2, out: '' });
    const same = await json<{ legs: { change: string }[] }>('suggestion', 'compare', id, id);
    expect(new Set(same.legs.map(({ change }) => change))).toEqual(new Set(['same']));
    expect(await voldesk('suggestion', 'cancel', id)).toMatchObject({ status: 1, out: '' });
    expect(await json('suggestion', 'cancel', id, '--reason', 'closed early')).toEqual({
      suggestionId: Number(id),
      state: 'cancelled',
    });
  });

  it('keeps the log of re-assessments, shows the ledger and what is at its expiry', async () => {
    const first = await json<{ runId: number }>('reassess', 'B', '--no-votes');
    const second = await json<{ runId: number }>('reassess', 'B', '--no-votes', '--days', '40');
    const { runs } = await json<{ runs: { runId: number }[] }>('reassess', 'log', 'B');
    expect(runs.map(({ runId }) => runId).slice(0, 2)).toEqual([second.runId, first.runId]);
    const found = await json<{ nowFired: { rule: string }[] }>('reassess', 'diff', String(second.runId));
    expect(found.nowFired.map(({ rule }) => rule)).toContain('days-to-expiry');
    expect(await voldesk('reassess', 'diff', 'x')).toMatchObject({ status: 2 });
    await json('reassess', 'schedule', 'B', '--weekly', 'monday');
    expect((await voldesk('reassess', 'due')).out).toMatch(/every Monday/);
    interface Ledger {
      readonly cycles: {
        readonly basket: string;
        readonly source: string;
        readonly sums: { sold: number };
      }[];
    }
    const { cycles } = await json<Ledger>('ledger', 'B');
    expect(cycles).toMatchObject([{ basket: 'B', source: 'fills' }]);
    const [filled] = legs;
    expect(cycles[0]?.sums.sold).toBeGreaterThan(0);
    expect(filled?.side).toBe('sell');
    expect((await voldesk('ledger')).out).toMatch(/implied +realized/);
    expect((await voldesk('expiry')).out).toMatch(/Nothing is at its expiry/);
    expect(await voldesk('expiry', 'undo', '7')).toMatchObject({ status: 1 });
  }, 60_000);
});
