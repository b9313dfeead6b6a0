import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../main/hosts/cli.ts';
import { openInProcess } from '../../main/service-client.ts';
import { temporaryFolder } from '../support/service.ts';

// Scenario sessions and the book's profit on the command line, each line a process of its own.

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

interface Run {
  readonly base: number;
  readonly rows: readonly {
    readonly shock: string;
    readonly value: number;
    readonly change: number;
    readonly explained: Readonly<Record<string, number>>;
    readonly residual: number;
  }[];
}

beforeAll(async () => {
  await json('demo');
}, 120_000);

describe('voldesk scenario', () => {
  it('runs a file of shocks: base, and each change with its parts', async () => {
    const file = join(folder.path, 'shocks.json');
    writeFileSync(
      file,
      JSON.stringify([
        { name: 'down', spot: -0.08 },
        { vol: 0.06, days: 10 },
      ]),
    );
    const run = await json<Run>('scenario', 'run', file);
    expect(run.rows.map(({ shock }) => shock)).toEqual([
      'down',
      'volatility +6.00%, all names; 10 days forward',
    ]);
    for (const { value, change, explained, residual } of run.rows) {
      expect(Object.keys(explained)).toEqual(
        expect.arrayContaining(['delta', 'gamma', 'vega', 'theta', 'vanna', 'volga']),
      );
      expect(value - run.base).toBeCloseTo(change, 6);
      const sum = Object.values(explained).reduce((all, part) => all + part, residual);
      expect(Math.abs(sum - change)).toBeLessThan(0.2);
    }
    const early = await voldesk('scenario', 'run', file, '--as-of', '2026-11-19');
    expect(early.out).toMatch(/market of +2026-11-19[^]*shock +value +change +delta/);
  }, 60_000);

  it('makes, lists and compares sessions, and carries one to a file and back', async () => {
    expect((await voldesk('scenario', 'list')).out).toBe('No sessions.\n');
    expect((await voldesk('scenario', 'new', 'Monday')).out).toBe(
      'Monday: 30 positions in a market of 38 names on 2026-11-20.\n',
    );
    const file = join(folder.path, 'monday.json');
    await json('scenario', 'export', 'Monday', '--out', file);
    await json('scenario', 'import', file, '--name', 'Again');
    const listed = await json<{ sessions: { name: string }[] }>('scenario', 'list');
    expect(listed.sessions.map(({ name }) => name)).toEqual(['Again', 'Monday']);
    const compared = await json<{ sessions: { total: { value: number } }[]; differences: unknown[] }>(
      'scenario',
      'compare',
      'Monday',
      'Again',
    );
    expect(compared.sessions[0]?.total.value).toBe(compared.sessions[1]?.total.value);
    expect(compared.differences).toEqual([]);
    expect((await voldesk('scenario', 'compare', 'Monday', '2')).out).toMatch(/No differences\.\n$/);
    const run = await json<Run>('scenario', 'run', file);
    expect(run.rows[0]?.shock).toBe('19 October 1987');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"quantity":-12', '"quantity":-13'));
    expect(await voldesk('scenario', 'import', file)).toMatchObject({
      status: 1,
      err: 'monday.json was changed since it was written: its frozen book does not match its checksum. Export it again where it came from.\n',
    });
  }, 60_000);

  it('says in one sentence what it cannot do', async () => {
    expect(await voldesk('scenario', 'compare', 'Monday', 'None')).toMatchObject({
      status: 1,
      out: '',
      err: 'Session None is not on this desk. There are Again, Monday.\n',
    });
    expect(await voldesk('scenario', 'run', join(folder.path, 'none'))).toMatchObject({ status: 1, out: '' });
    expect(await voldesk('scenario', 'compare', 'Monday')).toMatchObject({ status: 2 });
    expect((await voldesk('scenario', 'new', 'Monday')).err).toBe(
      'Session Monday exists already. Choose another name.\n',
    );
    expect((await voldesk('scenario', 'export', 'Monday', '--out', folder.path)).err).toMatch(
      /cannot be written/,
    );
  });
});

describe('voldesk pnl and snapshot', () => {
  it('keep a day, list the history, and explain the profit between two days', async () => {
    expect((await voldesk('snapshot', 'list')).out).toBe('No day was kept yet.\n');
    const kept = await json<{ total: { value: number } }>('snapshot', 'take');
    const { days } = await json<{ days: { total: { value: number } }[] }>('snapshot', 'list');
    expect(days.map(({ total }) => total.value)).toEqual([kept.total.value]);
    const told = await json<{ total: Record<string, number>; byBook: Record<string, number>[] }>('pnl');
    const { total = 0, ...parts } = told.total;
    expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBeCloseTo(total, 6);
    expect((await voldesk('pnl', '--from', '2026-11-20')).err).toMatch(/2026-11-20 is not before 2026-11-20/);
  }, 60_000);
});
