import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../main/hosts/cli.ts';
import { openInProcess } from '../../main/service-client.ts';
import { temporaryFolder } from '../support/service.ts';

// The dispersion desk and the life of a basket by the command line.

const folder = temporaryFolder();
afterAll(folder.remove);
const desk = join(folder.path, 'demo.voldesk');

async function voldesk(line: string) {
  const [out, err]: [string[], string[]] = [[], []];
  const status = await runCli([...line.split(' '), '--desk', desk], {
    defaultDesk: desk,
    open: async (order) => openInProcess(order),
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    showsProgress: false,
    signal: new AbortController().signal,
    ownCommands: [],
  });
  return { status, out: out.join('\n'), err: err.join('\n') };
}

async function json<Value>(line: string): Promise<Value> {
  const { status, out, err } = await voldesk(`${line} --json`);
  expect([status, err]).toEqual([0, '']);
  return JSON.parse(out) as Value;
}

beforeAll(async () => {
  await json('demo');
  await json('basket build MERI --max-names 8 --as-of 2026-08-20 --min-r2 0.5 --save Line');
  await json('basket build MERI --max-names 12 --max-weight 0.15 --as-of 2026-08-20 --save Line');
}, 120_000);

describe('voldesk dispersion', () => {
  it('gives a matrix, a sized trade and the measures of the exchange as JSON', async () => {
    const matrix = await json<{ names: string[]; values: number[][]; observed: string }>(
      'dispersion matrix MERI --kind impliedVol --observed changes',
    );
    expect(matrix.observed).toBe('changes');
    expect(matrix.values.map((row) => row.length)).toEqual(matrix.names.map(() => matrix.names.length));
    const trade = await json<{ legs: { contracts: number }[]; indexLeg: { contracts: number } }>(
      'dispersion trade MERI --side reverse --weighting theta --max-names 4 --index-contracts 200',
    );
    expect(trade.indexLeg.contracts).toBe(200);
    expect(trade.legs).toHaveLength(4);
    expect(trade.legs.every(({ contracts }) => contracts <= 0)).toBe(true);
    const near = await json<{ listedCorrelation: { names: number } }>(
      'dispersion neighbors MERI --largest 6',
    );
    expect(near.listedCorrelation.names).toBe(6);
  });

  it('refuses words it does not know with status 2', async () => {
    for (const line of [
      'dispersion matrix MERI --kind prices',
      'dispersion trade MERI --weighting luck',
      'basket build MERI --sector-caps Technology',
    ]) {
      expect(await voldesk(line), line).toMatchObject({ status: 2, out: '' });
    }
  });
});

describe('voldesk basket', () => {
  it('compares versions, lists trades, watches drift and draws the frontier', async () => {
    const compared = await json<{ before: { version: number }; rows: { change: string }[] }>(
      'basket compare Line --before 1',
    );
    expect(compared.before.version).toBe(1);
    expect(compared.rows.some(({ change }) => change === 'in')).toBe(true);
    const trades = await json<{ rows: { held: number; target: number; trade: number }[] }>(
      'basket trades Line --sell-others',
    );
    expect(trades.rows.every(({ held, target, trade }) => held + trade === target)).toBe(true);
    const drift = await json<{ days: { date: string }[] }>('basket drift Line');
    expect(drift.days.every(({ date }) => date > '2026-08-20')).toBe(true);
    const frontier = await json<{ points: { rSquared: number }[] }>('basket frontier MERI --sizes 4,9');
    expect(frontier.points[1]?.rSquared).toBeGreaterThan(frontier.points[0]?.rSquared ?? 1);
    const text = await voldesk('basket compare Line --before 1');
    expect(text.out).toMatch(/^Line 1 \(r² 0\.\d{4}\) to Line 2 \(r² 0\.\d{4}\)/);
    expect(await voldesk('basket drift Nobody')).toMatchObject({ status: 1, out: '' });
  });
});
