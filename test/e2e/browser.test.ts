import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserObstacle, openBrowser, serveDesk } from '../support/browser.ts';
import type { BrowserRun, ServedDesk } from '../support/browser.ts';
import {
  chooseFiles,
  decideOnHedge,
  lookAtChain,
  openView,
  restingNumber,
  rows,
  settled,
  shoot,
} from './journeys.ts';

const top = join(import.meta.dirname, '../..');
const sizes = [
  [1280, 800],
  [1920, 1080],
] as const;
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

  it('shows every view in both themes at both sizes, without a failure or an error in the console', async () => {
    const { page } = run;
    const buttons = page.getByRole('navigation', { name: 'Views' }).getByRole('button');
    const titles = await buttons.allTextContents();
    expect(titles.length).toBeGreaterThanOrEqual(4);
    for (const title of titles) {
      await openView(page, title);
      await settled(page);
      expect(await page.locator('main [role="alert"]').allTextContents(), title).toEqual([]);
      for (const theme of ['dark', 'light']) {
        await page.evaluate((name) => (document.documentElement.dataset['theme'] = name), theme);
        for (const [width, height] of sizes) {
          await page.setViewportSize({ width, height });
          await settled(page);
          const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          expect(tooWide, `${title} at ${width}`).toBeLessThanOrEqual(0);
          await shoot(page, `view-${title.toLowerCase().replaceAll(/\W+/g, '-')}-${theme}-${width}`);
        }
      }
    }
    expect(run.problems).toEqual([]);
  });

  it('goes from rules to an approved hedge and saves the ticket that was reviewed', async () => {
    const { page } = run;
    expect(await decideOnHedge(page, 'browser')).toBeGreaterThan(3);
    const arriving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export BasketTrader CSV' }).click();
    // Before it leaves, what prices did since the review.
    const asked = page.getByRole('dialog', { name: /^Export suggestion \d+ as it was reviewed/ });
    await expect.poll(() => asked.textContent(), { timeout: 20_000 }).toMatch(/Moved/);
    await asked.getByRole('button', { name: /^Export/ }).click();
    const saved = await arriving;
    const text = readFileSync(await saved.path(), 'utf8');
    const [header, ...orders] = text.split('\r\n').filter((line) => line !== '');
    expect(header).toMatch(/^Action,Quantity,Symbol,SecType,/);
    expect(orders.length).toBeGreaterThan(3);
    expect(orders.every((order) => /^(SELL|BUY),[1-9]/.test(order))).toBe(true);
    await expect.poll(() => page.getByText('exported').count()).toBeGreaterThan(0);
    await openView(page, 'Audit');
    await expect
      .poll(() => page.getByText('suggestion.export').count(), { timeout: 20_000 })
      .toBeGreaterThan(0);
    expect(run.problems).toEqual([]);
  });

  it('prices a forward start both ways and enters it', async () => {
    const { page } = run;
    await openView(page, 'Fwd starts');
    await page.getByRole('button', { name: 'New contract' }).first().click();
    await page.getByLabel('Name of the contract').fill('FS-JOURNEY');
    const [vol, price] = [
      page.getByLabel('Volatility', { exact: true }),
      page.getByLabel('Price', { exact: true }),
    ];
    const atMarket = await restingNumber(price);
    await vol.fill('25');
    await vol.press('Tab');
    const atQuarter = await restingNumber(price);
    expect(atQuarter).toBeGreaterThan(1.2 * atMarket);
    await price.fill(String(2 * atQuarter));
    await price.press('Tab');
    // At the money a price is nearly proportional to its volatility.
    expect(await restingNumber(vol)).toBeGreaterThan(48);
    expect(await restingNumber(vol)).toBeLessThan(52);
    await shoot(page, 'browser-ticket');
    await page.getByRole('button', { name: 'Enter contract' }).click();
    await expect.poll(() => page.getByText('FS-JOURNEY').count()).toBeGreaterThan(0);
    await shoot(page, 'browser-forward-starts');
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

  it('answers nothing to a caller without the token', async () => {
    const { origin } = new URL(host.url);
    expect([401, 403]).toContain((await fetch(`${origin}/`)).status);
  });
});
