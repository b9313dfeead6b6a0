import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../main/hosts/cli.ts';
import { ownCommands } from '../../main/own-commands.ts';
import { openInProcess } from '../../main/service-client.ts';
import { temporaryFolder } from '../support/service.ts';

// The command line through its own entry function, and at the end as a process.

const folder = temporaryFolder();
afterAll(folder.remove);
const desk = join(folder.path, 'demo.voldesk');

interface Run {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

async function voldesk(...args: readonly string[]): Promise<Run> {
  const [out, err]: [string[], string[]] = [[], []];
  const { signal } = new AbortController();
  const say = (text: string): void => void err.push(text);
  const status = await runCli(args, {
    defaultDesk: join(folder.path, 'nobody-named-one.voldesk'),
    open: async (order) => openInProcess(order),
    out: (text) => void out.push(`${text}\n`),
    err: say,
    showsProgress: false,
    signal,
    ownCommands: ownCommands({ signal, say }),
  });
  return { status, out: out.join(''), err: err.join('') };
}

/** The one JSON value of a command that is done. */
async function json<Value>(...args: readonly string[]): Promise<Value> {
  const { status, out, err } = await voldesk(...args, '--json', '--desk', desk);
  expect([status, err]).toEqual([0, '']);
  return JSON.parse(out) as Value;
}

beforeAll(async () => {
  await json('demo');
}, 60_000);

describe('voldesk', () => {
  it('answers wrong usage with status 2 and one sentence, and nothing on standard output', async () => {
    const lines: readonly (readonly string[])[] = [
      ['nonsense'],
      ['chain'],
      ['chain', 'A', 'B'],
      ['chain', 'A', '--unknown'],
      ['chain', 'A', '--as-of', 'yesterday'],
      ['basket'],
      ['basket', 'build', 'MERI', '--max-names', 'many'],
      ['hedge', 'B', '--delta-range', '1'],
      ['hedge', 'B', '--objective', 'luck'],
      ['import', 'x.csv', '--format', 'guess'],
      ['imports', 'undo', 'last'],
      ['serve', '--port', '70000'],
      ['imports', '--as-of'],
      ['dispersion', 'MERI', '--term', '0'],
      ['basket', 'build', 'MERI', '--max-names', '0'],
      ['hedge', 'B', '--overwrite', '1.5'],
      ['hedge', 'B', '--balance', '7'],
      ['hedge', 'B', '--net-delta', '-1'],
    ];
    for (const line of lines) {
      const run = await voldesk(...line, '--desk', desk);
      expect([line, run.status, run.out]).toEqual([line, 2, '']);
      expect(run.err.trim().split('\n')).toHaveLength(1);
    }
  });

  it('answers a refusal with status 1 and one sentence that names the thing', async () => {
    const run = await voldesk('chain', 'NOBODY', '--json', '--desk', desk);
    expect([run.status, run.out]).toEqual([1, '']);
    expect(run.err).toMatch(/^NOBODY has no option chain .*\.\n$/);
    expect((await voldesk('demo', '--desk', desk)).err).toMatch(/already holds data/);
  });

  it.each([
    ['an unknown name', ['skew', 'NOBODY'], /^NOBODY has no option chain/],
    ['an unknown underlying', ['exposure', '--underlying', 'NOBODY'], /^NOBODY is not on this desk/],
    ['a locked name without prices', ['basket', 'build', 'MERI', '--lock', 'NOBODY'], /^NOBODY has 0 daily/],
    [
      'rules that no set of names meets',
      ['basket', 'build', 'MERI', '--min-r2', '0.99999', '--max-names', '2'],
      /cannot be met: r² at least 0\.99999/,
    ],
    [
      'a window that ends before it starts',
      ['basket', 'build', 'MERI', '--from', '2026-06-01', '--to', '2026-01-01'],
      /starts on 2026-06-01, not before its end on 2026-01-01/,
    ],
  ])('refuses %s', async (_, line, sentence) => {
    const run = await voldesk(...line, '--json', '--desk', desk);
    expect([run.status, run.out]).toEqual([1, '']);
    expect(run.err).toMatch(sentence);
  });

  it('says of a chain how much older it is than the day asked for', async () => {
    const run = await voldesk('chain', 'MERI', '--as-of', '2026-12-15', '--desk', desk);
    expect(run.out).toMatch(/stale +25 days older than the day asked for/);
  });

  it('says of a folder in the place of a desk what it is', async () => {
    const run = await voldesk('imports', '--desk', folder.path);
    expect([run.status, run.out]).toEqual([1, '']);
    expect(run.err).toMatch(/it is a folder/);
  });

  it('makes no desk to read from one that is not there', async () => {
    const missing = join(folder.path, 'missing.voldesk');
    const run = await voldesk('imports', '--json', '--desk', missing);
    expect([run.status, JSON.parse(run.out)]).toEqual([0, { batches: [] }]);
    expect(existsSync(missing)).toBe(false);
  });

  it('prints its help with status 0, and with status 2 where a command is missing', async () => {
    expect(await voldesk('help')).toMatchObject({ status: 0, err: '' });
    expect(await voldesk()).toMatchObject({ status: 2, out: '' });
  });
});

describe('voldesk import', () => {
  const text =
    'date,symbol,open,high,low,close,volume\n2026-03-26,ABC,10,11,9,10.5,100\n2026-03-27,ABC,10,9,11,10.6,x\n2026-03-30,ABC,10,11,9,10.7,100\n';
  type Outcome = {
    batchId: number | null;
    committed: boolean;
    accepted: number;
    duplicates: number;
    rejected: number;
    rejections: { line: number; reason: string }[];
  };

  it('warns of a file from a day that has not come yet', async () => {
    const [file, own] = [join(folder.path, 'early.csv'), join(folder.path, 'early.voldesk')];
    writeFileSync(file, text.replaceAll('2026-', '2190-'));
    const run = await voldesk('import', file, '--dry-run', '--json', '--desk', own);
    const [outcome] = JSON.parse(run.out) as { warnings: string[] }[];
    expect(outcome?.warnings).toContainEqual(expect.stringMatching(/2190-03-30, has not come yet/));
  });

  it('tells what it stored before the file that ended it', async () => {
    const [good, own] = [join(folder.path, 'good.csv'), join(folder.path, 'several.voldesk')];
    writeFileSync(good, text);
    const run = await voldesk('import', good, join(folder.path, 'gone.csv'), '--json', '--desk', own);
    expect([run.status, JSON.parse(run.out)]).toMatchObject([1, [{ batchId: 1, accepted: 2 }]]);
    expect(run.err).toBe('gone.csv cannot be read. Check the path and its permissions.\n');
  });

  it('reports accepted and rejected rows, tries without storing, and stores a file once', async () => {
    const file = join(folder.path, 'prices.csv');
    writeFileSync(file, text);
    const own = join(folder.path, 'import.voldesk');
    const run = async (...args: string[]) => {
      const { status, out } = await voldesk('import', ...args, '--json', '--desk', own);
      expect(status).toBe(0);
      return JSON.parse(out) as Outcome[];
    };
    const [trial] = await run(file, '--dry-run');
    expect(trial).toMatchObject({
      batchId: null,
      committed: false,
      accepted: 2,
      rejected: 1,
      rejections: [{ line: 3 }],
    });
    const [first] = await run(file);
    expect(first).toMatchObject({ batchId: 1, committed: true, accepted: 2, duplicates: 0, rejected: 1 });
    const [again] = await run(file);
    expect(again).toMatchObject({ batchId: 1, committed: false, accepted: 0, duplicates: 2 });

    const zipped = join(folder.path, 'prices.csv.gz');
    writeFileSync(zipped, gzipSync(text));
    const [packed] = await run(zipped);
    expect(packed).toMatchObject({ committed: false, accepted: 0, duplicates: 2 });

    expect((await voldesk('imports', 'undo', '1', '--desk', own)).status).toBe(0);
    const [back] = await run(file);
    expect(back).toMatchObject({ batchId: 2, committed: true, accepted: 2 });
  });

  it.each([
    ['empty', '', /is empty/],
    [
      'binary',
      Buffer.from(
        [0, 1, 2, 3, 255, 254, 0, 0, 7, 8, 9, 0].concat(Array.from({ length: 500 }, (_, at) => at % 256)),
      ),
      /not a text file/,
    ],
    ['unknown', 'a,b,c\n1,2,3\n', /no known format/],
    ['truncated', gzipSync(text.repeat(100)).subarray(0, 60), /ends early/],
  ])('refuses a file that is %s with one sentence and stores nothing', async (name, bytes, sentence) => {
    const file = join(folder.path, name === 'truncated' ? 'truncated.csv.gz' : `${name}.csv`);
    writeFileSync(file, bytes);
    const own = join(folder.path, `${name}.voldesk`);
    const run = await voldesk('import', file, '--json', '--desk', own);
    expect([run.status, run.out]).toEqual([1, '']);
    expect(run.err).toMatch(sentence);
    expect(run.err.trim().split('\n')).toHaveLength(1);
    expect(JSON.parse((await voldesk('imports', '--json', '--desk', own)).out)).toEqual({ batches: [] });
  });
});

describe('voldesk on the demo desk', () => {
  it('gives a chain with its names and units', async () => {
    const chain = await json<{
      underlying: string;
      spot: number;
      expiries: {
        expiry: string;
        timeToExpiry: number;
        forward: number;
        forwardSource: string;
        discountFactor: number;
        rows: { strike: number; call: Record<string, unknown>; put: Record<string, unknown> }[];
      }[];
    }>('chain', 'MERI', '--expiry', '2026-12-18');
    expect(chain).toMatchObject({ underlying: 'MERI', spot: expect.any(Number) as number });
    expect(chain.expiries).toHaveLength(1);
    const [expiry] = chain.expiries;
    expect(expiry).toMatchObject({ expiry: '2026-12-18', forwardSource: 'parity' });
    const row = expiry?.rows.find(({ strike }) => strike === 5000);
    const keys = [
      'bid',
      'ask',
      'mark',
      'bidVol',
      'markVol',
      'askVol',
      'fitVol',
      'delta',
      'gammaDollar1Pct',
      'vegaPerVolPoint',
      'thetaPerDay',
      'openInterest',
      'reason',
    ];
    for (const key of keys)
      expect([Object.hasOwn(row?.call ?? {}, key), Object.hasOwn(row?.put ?? {}, key)]).toEqual([true, true]);
    expect(Number(row?.call['delta']) - Number(row?.put['delta'])).toBeCloseTo(1, 1);
  });

  it('goes from a basket to an exported ticket, and refuses to export before approval', async () => {
    const basket = await json<{ names: string[]; weights: Record<string, number>; rSquared: number }>(
      'basket',
      'build',
      'MERI',
      '--save',
      'B',
      '--max-names',
      '12',
    );
    expect(basket.names.length).toBeLessThanOrEqual(12);
    expect(basket.names.reduce((sum, name) => sum + (basket.weights[name] ?? 0), 0)).toBeCloseTo(1, 6);
    const hedge = await json<{
      suggestionId: number;
      hash: string;
      status: string;
      legs: unknown[];
      netDeltaFraction: number;
    }>('hedge', 'B', '--net-delta', '0.05');
    expect(['optimal', 'feasible']).toContain(hedge.status);
    expect(Math.abs(hedge.netDeltaFraction)).toBeLessThanOrEqual(0.05);
    const id = String(hedge.suggestionId);
    expect(await voldesk('suggestion', 'export', id, '--desk', desk)).toMatchObject({ status: 1, out: '' });
    expect(await voldesk('suggestion', 'approve', id, '--hash', 'other', '--desk', desk)).toMatchObject({
      status: 1,
    });
    const approved = await json<{ state: string; hash: string }>(
      'suggestion',
      'approve',
      id,
      '--hash',
      hedge.hash,
      '--override',
      'a test',
    );
    expect(approved.state).toBe('approved');
    const nowhere = join(folder.path, 'no-folder', 'ticket.csv');
    expect((await voldesk('suggestion', 'export', id, '--out', nowhere, '--desk', desk)).err).toBe(
      `${nowhere} cannot be written: its folder does not exist. Choose another place or correct its permissions.\n`,
    );
    const ticket = join(folder.path, 'ticket.csv');
    const first = await voldesk('suggestion', 'export', id, '--desk', desk);
    expect(await json('suggestion', 'export', id, '--out', ticket)).toMatchObject({
      state: 'exported',
      file: ticket,
    });
    expect(readFileSync(ticket, 'utf8').trimEnd()).toBe(first.out.trimEnd());
    expect(first.out).toMatch(/^Action,Quantity,Symbol,SecType/);
    expect(await voldesk('suggestion', 'reject', id, '--reason', 'late', '--desk', desk)).toMatchObject({
      status: 1,
    });
  });

  it('shows dispersion, skew, volatility, contracts, exposure and health', async () => {
    expect(await json('dispersion', 'MERI', '--term', '30')).toMatchObject({
      impliedCorrelation: expect.any(Number) as number,
      coverage: { missing: [] },
      components: expect.any(Array) as unknown[],
    });
    expect(await json('skew', 'MERI', 'BRYX')).toMatchObject([{ symbol: 'MERI' }, { symbol: 'BRYX' }]);
    expect(await json('volatility', 'MERI')).toMatchObject([
      { symbol: 'MERI', rows: expect.any(Array) as unknown[] },
    ]);
    expect(await json('contracts', 'list')).toMatchObject({ forwardStarts: expect.any(Array) as unknown[] });
    expect(await json('exposure')).toMatchObject({
      slices: expect.any(Array) as unknown[],
      hedges: expect.any(Array) as unknown[],
    });
    expect(await json('health')).toMatchObject({ findings: expect.any(Array) as unknown[] });
  });

  it('backs up and restores', async () => {
    const copy = join(folder.path, 'copy.voldesk');
    expect(await json('backup', copy)).toMatchObject({ checked: true });
    const other = join(folder.path, 'restored.voldesk');
    expect((await voldesk('restore', copy, '--desk', other)).status).toBe(0);
    const [before, after] = await Promise.all([
      voldesk('imports', '--json', '--desk', desk),
      voldesk('imports', '--json', '--desk', other),
    ]);
    expect(after.out).toBe(before.out);
    expect((await voldesk('restore', join(folder.path, 'prices.csv'), '--desk', other)).err).toMatch(
      /integrity check/,
    );
  });
});

describe('voldesk as a process', () => {
  const program = join(import.meta.dirname, '../../main/voldesk.ts');
  const run = (...args: readonly string[]): Promise<Run> =>
    new Promise((resolve) => {
      execFile(process.execPath, [program, ...args], (error, out, err) => {
        resolve({ status: typeof error?.code === 'number' ? error.code : 0, out, err });
      });
    });

  it('keeps its status, its one JSON value and its sentence apart', async () => {
    const listed = await run('imports', '--json', '--desk', desk);
    expect([listed.status, listed.err]).toEqual([0, '']);
    expect(JSON.parse(listed.out)).toMatchObject({ batches: expect.any(Array) as unknown[] });
    expect(await run('imports', 'undo', '99999', '--desk', desk)).toMatchObject({ status: 1, out: '' });
    expect(await run('imports', '--loudly')).toMatchObject({ status: 2, out: '' });
  });

  it('serves until it is told to end, and prints one address', async () => {
    const windowBuilt = existsSync(join(import.meta.dirname, '../../dist/renderer/index.html'));
    if (!windowBuilt) {
      process.stdout.write('voldesk serve: skipped, the window is not built\n');
      return;
    }
    const child = spawn(process.execPath, [program, 'serve', '--desk', desk], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const gone = once(child, 'exit');
    const [said] = (await once(child.stdout, 'data')) as [Buffer];
    expect(said.toString()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[0-9a-f]{32}\n$/);
    const visit = await fetch(said.toString().trim(), { redirect: 'manual' });
    expect(visit.status).toBe(303);
    expect((await voldesk('serve', '--desk', desk)).err).toMatch(/is open in another window or program/);
    child.kill('SIGTERM');
    expect(await gone).toEqual([0, null]);
  });
});
