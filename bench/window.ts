import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { browserObstacle, openBrowser, serveDesk } from '../test/support/browser.ts';
import type { Benchmark, Measurement } from './report.ts';
import { wideChain } from './wide-chain.ts';

const top = join(import.meta.dirname, '..');
const voldesk = (...args: readonly string[]): void =>
  void execFileSync(process.execPath, [join(top, 'main/voldesk.ts'), ...args], { stdio: 'ignore' });

const chainRow = '.ag-grid-scrolling-container .ag-row .ag-cell';

/** Milliseconds from the request for the page to the first frame that shows a row of the chain. */
async function firstChain(url: string): Promise<number> {
  const run = await openBrowser();
  try {
    await run.page.goto(url, { waitUntil: 'commit' });
    await run.page.waitForSelector(chainRow);
    return await run.page.evaluate(
      () =>
        new Promise<number>((resolve) =>
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now()))),
        ),
    );
  } finally {
    await run.close();
  }
}

interface Smoothness {
  /** Share of the time that the page's thread was at work. */
  readonly busy: number;
  readonly frames: number;
  readonly dropped: number;
  readonly longTasks: number;
  readonly longest: number;
  readonly rows: number;
}

/** Turns the wheel for `seconds` over the chain and watches frames and long tasks from inside the page. */
async function scroll(page: Page, target: string, seconds: number): Promise<Smoothness> {
  const box = await page.locator(target).first().boundingBox();
  if (box === null) throw new Error(`${target} is not on screen`);
  await page.mouse.move(box.x + box.width / 2, box.y + Math.min(box.height, 600) / 2);
  await page.evaluate(() => {
    const watch = { times: [] as number[], tasks: [] as number[] };
    Object.assign(window, { watch });
    const frame = (time: number): void => {
      watch.times.push(time);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) watch.tasks.push(entry.duration);
    }).observe({ entryTypes: ['longtask'] });
  });
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const worked = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
  };
  const before = await worked();
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) await page.mouse.wheel(0, 400);
  const busy = ((await worked()) - before) / seconds;
  const seen = await page.evaluate(() => {
    const { times, tasks } = (window as unknown as { watch: { times: number[]; tasks: number[] } }).watch;
    const gaps = times.slice(1).map((time, i) => time - (times[i] ?? time));
    // A frame is dropped when the next one comes a whole refresh late.
    const dropped = gaps.reduce((sum, gap) => sum + Math.max(0, Math.round(gap / (1000 / 60)) - 1), 0);
    const last = document.querySelector('.ag-grid-scrolling-container .ag-row:last-child');
    return {
      frames: times.length,
      dropped,
      longTasks: tasks.length,
      longest: Math.max(0, ...tasks),
      rows: Number(last?.getAttribute('row-index') ?? 0),
    };
  });
  return { ...seen, busy };
}

/** The same wheel over a page with nothing to do: what this machine drops by itself. */
async function bareScroll(seconds: number): Promise<Smoothness> {
  const run = await openBrowser({ width: 1600, height: 1000 });
  try {
    await run.page.setContent('<main style="height:480000px;background:linear-gradient(#fff,#000)"></main>');
    return await scroll(run.page, 'body', seconds);
  } finally {
    await run.close();
  }
}

/** Time to the first painted chain on the demo desk, and how a chain of 20,000 rows scrolls. */
export const windowBenchmark: Benchmark = {
  name: 'window',
  run: async () => {
    const obstacle = browserObstacle();
    if (obstacle !== null) return obstacle;
    const folder = mkdtempSync(join(tmpdir(), 'voldesk-bench-'));
    const rows: Measurement[] = [];
    try {
      const demo = join(folder, 'demo.sqlite');
      voldesk('demo', '--desk', demo);
      const served = await serveDesk(demo);
      const paints: number[] = [];
      for (let i = 0; i < 5; i++) paints.push(await firstChain(served.url));
      await served.close();
      paints.sort((a, b) => a - b);
      const part = 'window';
      rows.push({
        part,
        what: 'first painted chain, median of 5 cold browsers',
        value: paints[2] ?? 0,
        unit: 'ms',
      });

      const wide = join(folder, 'wide.sqlite');
      const file = join(folder, 'wide_quotedata.csv');
      writeFileSync(file, wideChain());
      voldesk('import', file, '--desk', wide);
      const host = await serveDesk(wide);
      const run = await openBrowser({ width: 1600, height: 1000 });
      await run.page.goto(host.url);
      await run.page.waitForSelector(chainRow);
      await run.page.getByLabel('Strikes').selectOption({ label: 'all strikes' });
      const asked = performance.now();
      await run.page.getByLabel('All expiries').check();
      await run.page.waitForFunction(() => document.querySelectorAll('.ag-row').length > 10);
      await run.page
        .getByText(/20,?000 (of 20,?000 )?strikes/)
        .first()
        .waitFor();
      const shown = performance.now() - asked;
      // The chart beside the grid and the saving of what was chosen come to rest first.
      await run.page.waitForTimeout(3000);
      const smooth = await scroll(run.page, '.ag-grid-viewport', 6);
      await run.close();
      await host.close();
      const bare = await bareScroll(6);
      rows.push(
        { part, what: 'all 20,000 rows on screen', value: shown, unit: 'ms' },
        {
          part,
          what: 'frames dropped while scrolling 20,000 rows',
          value: smooth.dropped,
          unit: `of ${smooth.frames + smooth.dropped}`,
          against: `${bare.dropped} on an empty page; reached row ${smooth.rows}`,
          kept: smooth.dropped <= bare.dropped,
        },
        {
          part,
          what: "share of the time the page's thread was busy",
          value: 100 * smooth.busy,
          unit: '%',
          against: `${Math.round(100 * bare.busy)} % on an empty page`,
        },
        {
          part,
          what: 'long tasks while scrolling (over 50 ms)',
          value: smooth.longTasks,
          unit: '',
          against: `longest ${Math.round(smooth.longest)} ms`,
        },
      );
      return rows;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
