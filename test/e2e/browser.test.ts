import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserObstacle, openBrowser, serveDesk } from '../support/browser.ts';
import type { BrowserRun, ServedDesk } from '../support/browser.ts';
import { chooseFiles, lookAtChain, openView, rows, shoot } from './journeys.ts';

const top = join(import.meta.dirname, '../..');
const obstacle = browserObstacle();
if (obstacle !== null) process.stdout.write(`the window in a browser is not tested: ${obstacle}\n`);

describe.skipIf(obstacle !== null)('the window in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'voldesk-e2e-'));
  const desk = join(folder, 'demo.sqlite');
  let host: ServedDesk;
  let run: BrowserRun;

  beforeAll(async () => {
    execFileSync(process.execPath, [join(top, 'main/voldesk.ts'), 'demo', '--desk', desk], {
      stdio: 'ignore',
    });
    host = await serveDesk(desk);
    run = await openBrowser();
    await run.page.goto(host.url);
  });
  afterAll(async () => {
    await run?.close();
    await host?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('opens on the demo market and shows a chain with its smile', async () => {
    await lookAtChain(run.page, 'browser');
  });

  it('keeps the launch token out of the address it leaves in the window', () => {
    expect(host.url).toContain('token=');
    expect(run.page.url()).not.toContain('token=');
  });

  it('lists every name of the desk in the scan', async () => {
    await openView(run.page, 'Scan');
    await expect.poll(() => rows(run.page).count(), { timeout: 30_000 }).toBeGreaterThan(15);
    await shoot(run.page, 'browser-scan');
  });

  it('previews a file with a bad row and imports the good one', async () => {
    const file = join(folder, 'prices.csv');
    const good = 'ZZZZ,2026-11-19,10,11,9,10.5,100';
    writeFileSync(
      file,
      `symbol,date,open,high,low,close,volume\n${good}\nZZZZ,2026-11-20,10,11,9,oops,100\n`,
    );
    const staged = await chooseFiles(run.page, [file]);
    await expect.poll(() => staged.last().textContent()).toMatch(/1 row, 1 rejected/);
    await shoot(run.page, 'browser-import-preview');
    await run.page
      .getByRole('button', { name: /^Import/ })
      .last()
      .click();
    await expect.poll(() => staged.last().textContent()).toContain('imported');
    await shoot(run.page, 'browser-imported');
  });

  it('refuses a binary file with one sentence', async () => {
    const file = join(folder, 'picture.csv');
    writeFileSync(file, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1, 255, 254, 0, 7]));
    const staged = await chooseFiles(run.page, [file]);
    await expect.poll(() => staged.last().textContent()).toContain('refused');
    await staged.last().click();
    await expect.poll(() => run.page.getByText('is not a text file').count()).toBeGreaterThan(0);
  });

  it('reads at both sizes without an error in the console', async () => {
    await openView(run.page, 'Chain');
    const sizes = [
      { width: 1280, height: 800 },
      { width: 1920, height: 1080 },
    ];
    for (const size of sizes) {
      await run.page.setViewportSize(size);
      await expect.poll(() => rows(run.page).count()).toBeGreaterThan(10);
      await shoot(run.page, `browser-chain-${size.width}`);
    }
    expect(run.problems).toEqual([]);
  });

  it('answers nothing to a caller without the token', async () => {
    const { origin } = new URL(host.url);
    expect([401, 403]).toContain((await fetch(`${origin}/`)).status);
  });
});
