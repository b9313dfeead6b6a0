import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LpModel } from '../shared/quant/hedge/lp-model.ts';

/** Whether COIN-OR's CBC, the native peer, is on this machine. */
export const hasCbc = (): boolean => spawnSync('cbc', ['-quit'], { stdio: 'ignore' }).error === undefined;

const sum = (columns: readonly number[], values: ArrayLike<number>): string =>
  columns
    .map((column, at) => {
      const value = values[at] ?? 0;
      return ` ${value < 0 ? '-' : '+'} ${Math.abs(value)} x${column}\n`;
    })
    .join('');

/** The model in CPLEX's LP format, a term a line; a row with two bounds is two rows. */
export function lpText({ sense, columns, rows, costs }: LpModel): string {
  const used = [...costs.keys()].filter((at) => costs[at] !== 0);
  const limits = rows.flatMap((row, at) => {
    const terms = sum(row.columns, row.values);
    if (row.lower === row.upper) return [`r${at}:\n${terms} = ${row.lower}\n`];
    return [
      ...(Number.isFinite(row.lower) ? [`l${at}:\n${terms} >= ${row.lower}\n`] : []),
      ...(Number.isFinite(row.upper) ? [`u${at}:\n${terms} <= ${row.upper}\n`] : []),
    ];
  });
  const bounds = columns.map(({ lower, upper }, at) => {
    const least = Number.isFinite(lower) ? String(lower) : '-inf';
    return ` ${least} <= x${at}${Number.isFinite(upper) ? ` <= ${upper}` : ''}\n`;
  });
  const whole = columns.flatMap(({ integer }, at) => (integer ? [` x${at}\n`] : []));
  return [
    `${sense === 'maximize' ? 'Maximize' : 'Minimize'}\nobj:\n`,
    sum(
      used,
      used.map((at) => costs[at] ?? 0),
    ),
    'Subject To\n',
    ...limits,
    'Bounds\n',
    ...bounds,
    'Generals\n',
    ...whole,
    'End\n',
  ].join('');
}

/** Seconds of processor that CBC takes to the gap asked for, on one thread; null where it did not get there. */
export function cbcSeconds(model: LpModel, gap: number): number | null {
  const folder = mkdtempSync(join(tmpdir(), 'voldesk-cbc-'));
  try {
    const file = join(folder, 'hedge.lp');
    writeFileSync(file, lpText(model));
    const limit = String(Math.ceil(model.timeLimitSeconds));
    const { stdout } = spawnSync('cbc', [file, '-ratio', String(gap), '-sec', limit, '-solve', '-quit'], {
      encoding: 'utf8',
    });
    const seconds = /Total time \(CPU seconds\):\s+([\d.]+)/.exec(stdout)?.[1];
    return seconds !== undefined && stdout.includes('Optimal solution found') ? Number(seconds) : null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
