import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/service.ts';
import { commit, openTestStore } from '../support/store.ts';
import { optionQuotes, stagedFeed } from '../support/staged.ts';

const folder = temporaryFolder();
afterAll(folder.remove);
const file = join(folder.path, 'prices.csv');
const child = join(import.meta.dirname, '../support/import-child.ts');
const rows = 120_000;

beforeAll(() => {
  const days = Array.from({ length: 24 }, (_, day) => `2026-02-${String(day + 1).padStart(2, '0')}`);
  const lines = Array.from({ length: rows / days.length }, (_, at) =>
    days.map((day) => `${day},S${at},10.25,11.5,9.75,10.5,${at}`).join('\n'),
  );
  writeFileSync(file, `date,symbol,open,high,low,close,volume\n${lines.join('\n')}\n`);
});

/** A desk with something on it already. */
function seed(desk: string): void {
  const store = openTestStore(desk);
  const quote = {
    symbol: 'SPX',
    tradeDate: '2026-03-27',
    expiry: '2026-04-17',
    strike: 100,
    optionType: 'call' as const,
    bid: 1,
    ask: 2,
  };
  commit(store, stagedFeed({ optionQuotes: optionQuotes([quote]) }));
  store.close();
}

/** What a desk holds when it is opened again, and whether it is sound. */
function look(desk: string) {
  const store = openTestStore(desk, 'window');
  const { dailyPrices, optionQuotes: quotes } = store.read.desk.counts();
  const found = {
    dailyPrices,
    quotes,
    batches: store.read.batches.list().length,
    problems: store.read.desk.integrityProblems(),
  };
  store.close();
  return found;
}

describe('an import that is killed while it is written', () => {
  it.each([0, 15, 60, 120, 200, 300, 450])('after %i ms leaves all of it or nothing', async (delay) => {
    const desk = join(folder.path, `killed-${delay}.voldesk`);
    seed(desk);
    const run = spawn(process.execPath, [child, desk, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    const gone = once(run, 'exit');
    let said = '';
    await new Promise<void>((resolve) => {
      run.stdout.on('data', (text: Buffer) => {
        said += text.toString();
        if (said.includes('staged')) resolve();
      });
    });
    await new Promise((resolve) => setTimeout(resolve, delay));
    run.kill('SIGKILL');
    await gone;
    const found = look(desk);
    expect([
      { dailyPrices: 0, quotes: 1, batches: 1, problems: [] },
      { dailyPrices: rows, quotes: 1, batches: 2, problems: [] },
    ]).toContainEqual(found);
    // What had been told to be in is in.
    if (said.includes('committed')) expect(found.dailyPrices).toBe(rows);
  });
});

describe('an import on a full disk', () => {
  const mounted = (script: string) =>
    spawnSync('unshare', ['--mount', '--map-root-user', 'sh', '-ec', script], { encoding: 'utf8' });
  const canMount = mounted(`mount -t tmpfs -o size=64k tmpfs ${folder.path}`).status === 0;
  if (!canMount) process.stdout.write('full disk: skipped, this machine lets us mount nothing\n');

  it.skipIf(!canMount)('says so, and the desk is as it was', () => {
    const small = join(folder.path, 'small');
    const kept = join(folder.path, 'kept.voldesk');
    mkdirSync(small);
    const desk = join(small, 'desk.voldesk');
    seed(kept);
    const run = mounted(`
      mount -t tmpfs -o size=2m tmpfs ${small}
      cp ${kept} ${desk}
      ${process.execPath} ${child} ${desk} ${file}
      rm ${kept}
      cp ${small}/desk.voldesk* ${folder.path}/`);
    expect(run.stdout).toBe('staged\ndisk-full\n');
    expect(look(join(folder.path, 'desk.voldesk'))).toEqual({
      dailyPrices: 0,
      quotes: 1,
      batches: 1,
      problems: [],
    });
    rmSync(small, { recursive: true });
  });
});
