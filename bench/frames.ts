import type { Page } from 'playwright-core';

export interface WatchedFrames {
  readonly frames: number;
  readonly dropped: number;
  /** Milliseconds of the longest task of the page's thread. */
  readonly longest: number;
}

const refresh = 1000 / 60;

/** Frames of a page and its long tasks while something is done to it. */
export async function watchFrames(page: Page, work: () => Promise<void>): Promise<WatchedFrames> {
  await page.evaluate(() => {
    const watch = { times: [] as number[], tasks: [] as number[] };
    Object.assign(window, { watch });
    const frame = (time: number): void => {
      // A later watch takes over.
      if ((window as unknown as { watch: object }).watch !== watch) return;
      watch.times.push(time);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) watch.tasks.push(entry.duration);
    }).observe({ entryTypes: ['longtask'] });
  });
  await work();
  const { times, tasks } = await page.evaluate(
    () => (window as unknown as { watch: { times: number[]; tasks: number[] } }).watch,
  );
  const gaps = times.slice(1).map((time, i) => time - (times[i] ?? time));
  // A frame is dropped when the next one comes a whole refresh late.
  const dropped = gaps.reduce((sum, gap) => sum + Math.max(0, Math.round(gap / refresh) - 1), 0);
  return { frames: times.length, dropped, longest: Math.max(0, ...tasks) };
}
