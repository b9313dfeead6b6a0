import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { ExposureAcross, Exposure } from '../shared/contract/exposure.ts';
import { regularSessions } from '../shared/calendar.ts';
import { addDays } from '../shared/dates.ts';
import { createService } from '../main/service.ts';
import { browserObstacle, openBrowser, serveDesk } from '../test/support/browser.ts';
import { bookDay, bookNames, writeBook } from './book-desk.ts';
import { watchFrames } from './frames.ts';
import type { Benchmark, Measurement } from './report.ts';

const part = 'exposure';
const budget = 100;
const steps = 20;
const restMilliseconds = 6000;

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Milliseconds of every step of the date, each a ladder of its own. */
async function stepped(ask: (day: string) => Promise<void>): Promise<number> {
  const days = regularSessions({ calendar: 'NYSE', from: addDays(bookDay, 1), to: addDays(bookDay, 60) });
  const taken: number[] = [];
  for (const day of days.slice(0, steps)) {
    const started = performance.now();
    await ask(day);
    taken.push(performance.now() - started);
  }
  return median(taken);
}

/** The large book through the service: the ladder of a name, of all names, and the date stepped. */
async function ladders(deskFile: string, files: readonly string[]): Promise<readonly Measurement[]> {
  const service = createService({ deskFile, use: 'command', checkOutputs: false });
  if (!service.ok) throw new Error(service.error.code);
  const { request, close, registerFile } = service.value;
  const ask = async <Out>(name: Parameters<typeof request>[0], input: unknown): Promise<Out> => {
    const answer = await request(name, input);
    if (!answer.ok) throw new Error(`${name}: ${answer.error.code} ${JSON.stringify(answer.error.detail)}`);
    return answer.value as Out;
  };
  try {
    for (const file of files) {
      const { fileId } = registerFile(file, basename(file));
      const { stagingId } = await ask<{ stagingId: string }>('imports.stage', { fileId });
      await ask('imports.commit', { stagingId });
    }
    const started = performance.now();
    const cold = await ask<ExposureAcross>('exposure.across', {});
    const first = performance.now() - started;
    const contracts = cold.underlyings.reduce((sum, row) => sum + row.contracts, 0);
    const listed = cold.underlyings.reduce((sum, row) => sum + row.listedOptions, 0);
    const across = await stepped(async (on) => void (await ask('exposure.across', { on })));
    const name = bookNames[7];
    const one = await stepped(
      async (on) => void (await ask<{ underlyings: Exposure[] }>('exposure.read', { underlying: name, on })),
    );
    const size = `${contracts} contracts and ${listed} listed options on ${cold.underlyings.length} names`;
    return [
      { part, what: `first ladder of ${size}, chains analyzed`, value: first, unit: 'ms' },
      {
        part,
        what: `ladder of ${size}, date stepped`,
        value: across,
        unit: 'ms',
        against: `budget ${budget} ms`,
        kept: across < budget,
      },
      {
        part,
        what: `ladder of one name out of them, by contract, date stepped`,
        value: one,
        unit: 'ms',
        against: `budget ${budget} ms`,
        kept: one < budget,
      },
    ];
  } finally {
    await close();
  }
}

/** Frames lost in the window while the date is stepped with the arrow key. */
async function redrawn(deskFile: string): Promise<readonly Measurement[]> {
  const host = await serveDesk(deskFile);
  const run = await openBrowser({ width: 1600, height: 1000 });
  try {
    await run.page.goto(host.url);
    await run.page.waitForTimeout(1500);
    await run.page.keyboard.press('Alt+8');
    const slider = run.page.getByLabel('Day of the ladder');
    await slider.waitFor({ timeout: 60_000 });
    // Two thousand contracts are valued and both tables come to rest first.
    await run.page.waitForTimeout(12_000);
    await slider.focus();
    const atRest = await watchFrames(run.page, () => run.page.waitForTimeout(restMilliseconds));
    const watched = await watchFrames(run.page, async () => {
      for (let step = 0; step < 60; step++) {
        await run.page.keyboard.press('ArrowRight');
        await run.page.waitForTimeout(80);
      }
    });
    return [
      {
        part,
        what: `frames dropped while the date is stepped 60 times, of ${watched.frames}`,
        value: watched.dropped,
        unit: 'frames',
        against: `${atRest.dropped} of ${atRest.frames} with the page at rest`,
        kept: watched.dropped <= atRest.dropped,
      },
      { part, what: 'longest task of the page meanwhile', value: watched.longest, unit: 'ms' },
    ];
  } finally {
    await run.close();
    await host.close();
  }
}

/** A book of 2,000 contracts over 50 names with 5,000 listed options: its ladder, and the date stepped. */
export const exposureBenchmark: Benchmark = {
  name: part,
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'voldesk-bench-'));
    try {
      const deskFile = join(folder, 'book.sqlite');
      const rows = await ladders(deskFile, writeBook(join(folder, 'files')));
      return browserObstacle() === null ? [...rows, ...(await redrawn(deskFile))] : rows;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
