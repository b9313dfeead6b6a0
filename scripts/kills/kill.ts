import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadDemo } from '../../main/hosts/demo.ts';
import { askOf, type Ask } from '../../main/hosts/ask.ts';
import { openInProcess } from '../../main/service-client.ts';
import { operations, type Ground } from './operations.ts';

/** Longest life of a process after it has opened the desk. */
const longestMilliseconds = 800;

export interface KillReport {
  readonly kills: number;
  readonly acknowledged: number;
  /** Done though the process died before it could say so. */
  readonly unsaid: number;
  /** Kills by the operation that was under way. */
  readonly during: Readonly<Record<string, number>>;
  readonly problems: readonly string[];
}

async function onDesk<T>(desk: string, work: (ask: Ask) => Promise<T>): Promise<T> {
  const opened = openInProcess({ deskFile: desk, use: 'window' });
  if (!opened.ok) throw new Error(`the desk cannot be opened: ${opened.error.code}`);
  try {
    return await work(askOf(opened.value));
  } finally {
    await opened.value.close();
  }
}

/** A demo desk and a put spread on its index that can be approved. */
async function prepare(desk: string, folder: string): Promise<Ground> {
  return onDesk(desk, async (ask) => {
    const loaded = await loadDemo(ask);
    if (!loaded.ok) throw new Error(`the demo market cannot be loaded: ${loaded.error.code}`);
    const [index, asOf] = ['MERI', '2026-11-20'];
    const chain = await ask('chain.read', { symbol: index, asOf, expiryKeys: ['all'] });
    const expiry = chain.ok ? chain.value.expiries.find(({ days }) => days > 20) : undefined;
    const rows = expiry?.rows;
    const at = rows?.strikes.findIndex((strike) => strike > (expiry?.forward ?? 0)) ?? 0;
    const [bought, sold] = [rows?.put.contract[at - 1] ?? '', rows?.put.contract[at - 4] ?? ''];
    return { folder, index, asOf, bought, sold };
  });
}

/** Runs a process from operation `from` on and kills it after `delay`; the last number it acknowledged. */
async function runAndKill(
  desk: string,
  ground: Ground,
  from: number,
  delay: number,
): Promise<{ readonly last: number; readonly refused: string | null }> {
  const child = join(import.meta.dirname, 'child.ts');
  const run = spawn(process.execPath, [child, desk, JSON.stringify(ground), String(from)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(run, 'exit');
  let said = '';
  await new Promise<void>((resolve) => {
    run.stdout.on('data', (text: Buffer) => {
      said += text.toString();
      if (said.startsWith('open\n')) resolve();
    });
    run.on('exit', () => resolve());
  });
  await new Promise((resolve) => setTimeout(resolve, delay));
  run.kill('SIGKILL');
  await gone;
  const lines = said.split('\n').slice(1, -1);
  const numbers = lines.filter((line) => /^\d+$/.test(line)).map(Number);
  return {
    last: numbers.at(-1) ?? from - 1,
    refused: lines.find((line) => line.startsWith('refused')) ?? null,
  };
}

const placeOf = (number: number) => ({
  operation: operations[number % operations.length],
  round: Math.floor(number / operations.length),
});

/**
 * Kills a process `kills` times on one desk file, which lives on from kill to kill. `random` gives numbers from
 * 0 to 1: the same ones, the same moments, as far as the machine keeps them.
 */
export async function killRepeatedly(request: {
  readonly kills: number;
  readonly random: () => number;
  readonly say?: (line: string) => void;
}): Promise<KillReport> {
  const { kills, random, say = () => undefined } = request;
  const folder = mkdtempSync(join(tmpdir(), 'voldesk-kills-'));
  const desk = join(folder, 'desk.sqlite');
  const problems: string[] = [];
  const during: Record<string, number> = {};
  let next = 0;
  let unsaid = 0;
  try {
    const ground = await prepare(desk, folder);
    for (let kill = 0; kill < kills; kill += 1) {
      const { last, refused } = await runAndKill(desk, ground, next, random() * longestMilliseconds);
      if (refused !== null) problems.push(`kill ${kill}: ${refused}: ${placeOf(last + 1).operation?.name}`);
      const cut = placeOf(last + 1);
      during[cut.operation?.name ?? ''] = (during[cut.operation?.name ?? ''] ?? 0) + 1;
      await onDesk(desk, async (ask) => {
        const health = await ask('desk.health', {});
        const damage = health.ok ? health.value.findings.filter(({ rule }) => rule === 'integrity') : null;
        if (damage === null || damage.length > 0) problems.push(`kill ${kill}: the file is not sound`);
        // Everything this process acknowledged, and the one it was killed in: all of it or nothing.
        for (let number = next; number <= last + 1; number += 1) {
          const { operation, round } = placeOf(number);
          const standing = (await operation?.standing(ask, ground, round)) ?? 'absent';
          const name = `${operation?.name} ${round}`;
          if (typeof standing === 'object') problems.push(`kill ${kill}: ${name}: ${standing.broken}`);
          else if (number <= last && standing === 'absent') problems.push(`kill ${kill}: ${name} is lost`);
          else if (number === last + 1 && standing === 'present') unsaid += 1;
          if (number === last + 1) next = standing === 'present' ? number + 1 : number;
        }
      });
      if ((kill + 1) % 50 === 0)
        say(`${kill + 1} kills, ${next} changes on the desk, ${problems.length} problems`);
      if (problems.length > 0) break;
    }
    // At the end everything ever acknowledged is looked for once more.
    await onDesk(desk, async (ask) => {
      for (let number = 0; number < next; number += 1) {
        const { operation, round } = placeOf(number);
        const standing = await operation?.standing(ask, ground, round);
        if (standing !== 'present') problems.push(`at the end: ${operation?.name} ${round} is lost`);
      }
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { kills, acknowledged: next, unsaid, during, problems };
}
