import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserObstacle, openBrowser, serveDesk } from '../support/browser.ts';
import type { BrowserRun, ServedDesk } from '../support/browser.ts';
import { openView, rows, settled, shoot } from './journeys.ts';

const top = join(import.meta.dirname, '../..');
const obstacle = browserObstacle();
if (obstacle !== null) process.stdout.write(`inputs by hand are not tested in a browser: ${obstacle}\n`);

const struckThrough = (page: Page) => page.locator('.ag-cell.excluded');

describe.skipIf(obstacle !== null)('inputs by hand, in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'voldesk-hand-'));
  const desk = join(folder, 'demo.sqlite');
  let host: ServedDesk;
  let run: BrowserRun;

  const open = async () => {
    host = await serveDesk(desk);
    run = await openBrowser();
    await run.page.goto(host.url);
  };
  const lookAtChain = async () => {
    await openView(run.page, 'Chain');
    await expect.poll(() => rows(run.page).count(), { timeout: 30_000 }).toBeGreaterThan(5);
    await settled(run.page);
  };
  const close = async () => {
    await run?.close();
    await host?.close();
  };

  beforeAll(async () => {
    execFileSync(process.execPath, [join(top, 'main/voldesk.ts'), 'demo', '--desk', desk], {
      stdio: 'ignore',
    });
    await open();
  });
  afterAll(async () => {
    await close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('leaves a quote out with a reason, still after a restart, and takes it back', async () => {
    await lookAtChain();
    const bid = run.page.locator('[row-index="12"] [col-id="put.bid"]').first();
    await bid.click({ button: 'right' });
    await run.page.getByRole('menuitem', { name: /^Leave out .* put/ }).click();
    await run.page.getByRole('textbox', { name: 'Why' }).fill('no second price behind it');
    await run.page.getByRole('button', { name: 'Leave out' }).click();
    await expect.poll(() => struckThrough(run.page).count()).toBeGreaterThan(0);
    await shoot(run.page, 'browser-left-out');
    await close();
    await open();
    await lookAtChain();
    await expect.poll(() => struckThrough(run.page).count()).toBeGreaterThan(0);
    await run.page.getByRole('button', { name: '1 input by hand' }).click();
    await run.page.getByRole('button', { name: 'Take back' }).click();
    await run.page.getByRole('button', { name: 'Close', exact: true }).click();
    await expect.poll(() => struckThrough(run.page).count()).toBe(0);
  });

  it('keeps the columns and filters of a table under a name', async () => {
    const { page } = run;
    await openView(page, 'Scan');
    await settled(page);
    await page.getByRole('searchbox', { name: /^Search in Scan/ }).fill('index');
    await expect.poll(() => rows(page).count()).toBeLessThan(5);
    await page.getByRole('button', { name: 'Layouts' }).click();
    await page.getByRole('textbox', { name: 'Name of the layout' }).fill('indices');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('searchbox', { name: /^Search in Scan/ }).fill('');
    await expect.poll(() => rows(page).count()).toBeGreaterThan(15);
    await page.getByRole('button', { name: 'Layouts' }).click();
    await page.getByRole('button', { name: 'indices', exact: true }).click();
    await expect.poll(() => rows(page).count()).toBeLessThan(5);
    expect(run.problems).toEqual([]);
  });

  it('undoes an edit by key, restores a backup made before, and reads the desk anew', async () => {
    const { page } = run;
    await openView(page, 'Health');
    await page.getByRole('button', { name: 'Back up now' }).click();
    await expect.poll(() => page.getByText('by hand', { exact: true }).count()).toBe(1);
    const status = page.getByRole('contentinfo', { name: 'Status' });
    const before = await status.getByRole('button', { name: /^↶/ }).textContent();
    await page.getByRole('heading', { name: /^Data quality/ }).click();
    await page.keyboard.press('Control+z');
    await expect.poll(() => status.getByRole('button', { name: /^↷/ }).count()).toBe(1);
    await page.getByText('Restore …').first().click();
    await page.getByRole('button', { name: 'Restore', exact: true }).click();
    await expect
      .poll(() => page.getByText('what was there before a restore').count(), { timeout: 20_000 })
      .toBe(1);
    await expect.poll(() => status.getByRole('button', { name: /^↶/ }).textContent()).toBe(before);
    expect(await status.getByRole('button', { name: /^↷/ }).count()).toBe(0);
    expect(run.problems).toEqual([]);
  });
});
