import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserObstacle, openBrowser, serveDesk } from '../support/browser.ts';
import type { BrowserRun, ServedDesk } from '../support/browser.ts';
import { openView, settled, shoot } from './journeys.ts';

const top = join(import.meta.dirname, '../..');
const obstacle = browserObstacle();
if (obstacle !== null) process.stdout.write(`scenarios are not tested in a browser: ${obstacle}\n`);

/** `−212,464.50` as a number. */
const numberIn = (text: string): number =>
  Number(/[−-]?[\d,]+(?:\.\d+)?/.exec(text)?.[0].replaceAll(',', '').replace('−', '-') ?? Number.NaN);

const fact = (page: Page, group: string, label: string): Locator =>
  page
    .getByLabel(group, { exact: true })
    .locator('.fact', { has: page.locator('dt', { hasText: new RegExp(`^${label}$`) }) })
    .locator('dd');

describe.skipIf(obstacle !== null)('scenarios and profit, in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'voldesk-scenario-'));
  const desk = join(folder, 'demo.sqlite');
  let host: ServedDesk;
  let run: BrowserRun;
  /** The live positions, as their view tells them: net of all, and every row in sight. */
  const livePositions = async (): Promise<string> => {
    await openView(run.page, 'Positions');
    const net = run.page.getByLabel('Net of all positions', { exact: true });
    await net.waitFor({ timeout: 30_000 });
    await settled(run.page);
    const table = run.page.getByRole('region', { name: /^Positions on/ });
    return [await net.textContent(), ...(await table.locator('.ag-row').allTextContents()).toSorted()].join(
      '\n',
    );
  };
  let before = '';

  const open = async () => {
    host = await serveDesk(desk);
    run = await openBrowser();
    await run.page.goto(host.url);
  };
  const close = async () => {
    await run?.close();
    await host?.close();
  };
  /** Until no job runs and what came has been drawn. */
  const calm = async () => {
    await expect.poll(() => run.page.locator('.job').count(), { timeout: 60_000 }).toBe(0);
    await settled(run.page);
  };
  const tab = async (name: string) => {
    const tabs = run.page.getByRole('radiogroup', { name: 'What is shown' });
    await tabs.getByRole('radio', { name, exact: true }).click();
    await calm();
  };
  const type = async (field: string, text: string) => {
    const box = run.page.getByRole('textbox', { name: field, exact: true });
    await box.fill(text);
    await box.press('Enter');
    await calm();
  };
  const differences = () =>
    run.page.getByRole('list', { name: 'Differences from the book' }).getByRole('listitem');
  const branch = (name: string | RegExp) => run.page.getByRole('treeitem', { name });
  const nameIt = async (name: string, confirm: string) => {
    const dialog = run.page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
    await dialog.getByRole('button', { name: confirm }).click();
    await calm();
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

  it('freezes the book, shocks it, and takes a step back and on again by the keyboard', async () => {
    const { page } = run;
    before = await livePositions();
    expect(before).toContain('−20');
    await openView(page, 'Scenarios');
    await page.getByRole('button', { name: 'New from book' }).click();
    await nameIt('Crash', 'Freeze and open');
    await expect.poll(() => page.locator('.context-bar.in-scenario').textContent()).toContain('Crash');
    await expect.poll(() => page.locator('.scenario-head').textContent()).toContain('frozen');
    await page.getByRole('button', { name: '+ Spot' }).click();
    await type('Spot move', '-8');
    await page.getByRole('button', { name: '+ Volatility' }).click();
    await type('Volatility move', '6');
    await page.getByRole('button', { name: '+ Correlation' }).click();
    await type('Correlation move', '15');
    await type('Days forward', '10');
    await expect.poll(() => differences().count()).toBe(1);
    await expect
      .poll(() => differences().textContent())
      .toMatch(/spot -8.*volatility \+6.*correlation of MERI \+15.*10 days/);
    await expect.poll(() => branch(/Crash \*/).count()).toBe(1);
    const profit = fact(page, 'The scenario in sum', 'P&L of the shock');
    await calm();
    const shocked = await profit.textContent();
    expect(numberIn(shocked ?? '')).toBeLessThan(0);
    await shoot(page, 'browser-scenario-result');
    await page.locator('.scenario-name').click();
    await page.keyboard.press('Control+z');
    await expect.poll(() => page.getByRole('textbox', { name: 'Days forward' }).inputValue()).toBe('0');
    await page.keyboard.press('Control+Shift+Z');
    await expect.poll(() => page.getByRole('textbox', { name: 'Days forward' }).inputValue()).toBe('10');
    await calm();
    expect(await profit.textContent()).toBe(shocked);
  });

  it('draws the grid and the curves of the session', async () => {
    const { page } = run;
    await tab('Grid');
    const grid = page.getByRole('region', { name: 'P&L, USD' });
    await expect.poll(() => grid.locator('canvas').count(), { timeout: 30_000 }).toBeGreaterThan(0);
    await expect.poll(() => grid.textContent()).toMatch(/[\d,]+ valuations/);
    await page.getByRole('radiogroup', { name: 'Measure' }).getByRole('radio', { name: 'Vega' }).click();
    await page.getByRole('region', { name: 'Vega, USD per vol pt' }).waitFor();
    await shoot(page, 'browser-scenario-grid');
    await tab('Curves');
    const slider = page.getByRole('slider', { name: 'Last date' });
    const said = page.locator('.date-slider b');
    const first = await said.textContent();
    await slider.press('ArrowRight');
    await expect.poll(() => said.textContent()).not.toBe(first);
    await calm();
    await shoot(page, 'browser-scenario-curves');
  });

  it('branches, removes two legs and adds a put, and lists exactly these edits', async () => {
    const { page } = run;
    await page.getByRole('button', { name: 'Branch', exact: true }).click();
    await nameIt('Crash hedged', 'Branch');
    await expect.poll(() => branch(/Crash hedged/).getAttribute('aria-level')).toBe('2');
    await tab('Positions');
    for (const leg of ['CMPO 18 Dec 2026 75 C', 'VNTG 18 Dec 2026 75 C']) {
      await page.locator('.ag-row', { hasText: leg }).first().locator('[col-id="label"]').first().click();
      await page.getByRole('button', { name: 'Remove', exact: true }).click();
      await calm();
    }
    const add = page.getByRole('group', { name: 'Add a position' });
    await add.getByLabel('Name to add').selectOption('MERI');
    await add
      .getByLabel('Expiry to add')
      .selectOption({ label: '18 Dec 2026' })
      .catch(async () => {
        await add.getByLabel('Expiry to add').selectOption({ index: 2 });
      });
    await add.getByRole('textbox', { name: 'Quantity to add' }).fill('5');
    await add.getByRole('textbox', { name: 'Quantity to add' }).press('Enter');
    await add.getByRole('button', { name: 'Add', exact: true }).click();
    await calm();
    await expect.poll(() => differences().count()).toBe(4);
    const told = (await differences().allTextContents()).join('\n');
    expect(told).toMatch(/−CMPO (2026-12-18|18 Dec 2026) 75 C was/);
    expect(told).toMatch(/−VNTG (2026-12-18|18 Dec 2026) 75 C was/);
    expect(told).toMatch(/\+MERI .+ P \+5/);
    expect(
      await page.locator('.ag-grid-pinned-left-cols-container .outlined, .ag-row.outlined').count(),
    ).toBeGreaterThanOrEqual(2);
    await shoot(page, 'browser-scenario-positions');
    await page.getByRole('button', { name: 'Branch', exact: true }).click();
    await nameIt('Crash third', 'Branch');
    await tab('Compare');
    for (const box of await page
      .getByRole('group', { name: 'Scenarios to compare' })
      .getByRole('checkbox')
      .all())
      await box.check();
    await calm();
    const table = page.getByRole('table', { name: 'Scenarios side by side' });
    await expect.poll(() => table.getByRole('row').first().getByRole('columnheader').count()).toBe(4);
    // The first is the one with the trades, its branch is the same, the one without them differs in all three.
    await expect
      .poll(() => page.getByRole('region', { name: /^Differences from Crash hedged: 3 lines/ }).count())
      .toBe(1);
    await shoot(page, 'browser-scenario-compare');
  });

  it('saves under another name and goes on after a restart where it was left', async () => {
    await run.page.getByRole('button', { name: 'Save as' }).click();
    await nameIt('Crash kept', 'Save as');
    await expect.poll(() => branch(/Crash kept/).getAttribute('aria-current')).toBe('true');
    const lines = (await differences().allTextContents()).join('\n');
    await type('Spot move', '-9');
    await expect.poll(() => branch(/Crash kept \*/).count()).toBe(1);
    await run.page.waitForTimeout(600); // what the window remembers is written a moment later
    await close();
    await open();
    await openView(run.page, 'Scenarios').catch(() => undefined);
    await calm();
    await expect.poll(() => branch(/Crash kept \*/).getAttribute('aria-current')).toBe('true');
    expect((await differences().allTextContents()).join('\n')).toBe(lines.replace('spot -8', 'spot -9'));
  });

  it('promotes the trades to a draft in review, the live book as it was', async () => {
    const { page } = run;
    await page.getByRole('button', { name: 'Promote to review' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Make a draft' }).click();
    const goOn = page.getByRole('button', { name: 'Open the review' });
    await page
      .getByRole('region', { name: /^Legs: / })
      .or(goOn)
      .first()
      .waitFor({ timeout: 20_000 });
    if ((await goOn.count()) > 0) await goOn.click();
    await expect
      .poll(() => page.getByRole('region', { name: /^Legs: 0 of 3 decided/ }).count(), { timeout: 20_000 })
      .toBe(1);
    await shoot(page, 'browser-scenario-promoted');
    expect(await livePositions()).toBe(before);
  });

  it('explains profit and loss to the cent, down to the position, and builds a report', async () => {
    const { page } = run;
    await openView(page, 'P&L');
    await calm();
    const sum = 'The explanation in sum';
    await expect.poll(() => fact(page, sum, 'Total').count(), { timeout: 30_000 }).toBe(1);
    const of = async (label: string) => numberIn((await fact(page, sum, label).textContent()) ?? '');
    const inCents = (amount: number) => Math.round(amount * 100);
    expect(inCents((await of('Parts')) + (await of('Residual')))).toBe(inCents(await of('Total')));
    expect(await fact(page, sum, 'Parts \\+ residual').textContent()).toContain('to the cent');
    // Each row too: the parts of its cells, residual included, are its total.
    const groups = page.getByRole('region', { name: 'Profit and loss of the live book' });
    const keys = [
      'residual',
      'delta',
      'gamma',
      'vega',
      'theta',
      'vanna',
      'volga',
      'carry',
      'trades',
      'fixings',
    ];
    const cell = async (key: string) =>
      numberIn((await groups.locator(`[row-index="0"] [col-id="${key}"]`).first().textContent()) ?? '');
    let parts = 0;
    for (const key of keys) parts += await cell(key);
    expect(inCents(parts)).toBe(inCents(await cell('total')));
    await groups.locator('[row-index="0"] [col-id="label"]').first().click();
    await page
      .getByRole('region', { name: /^Contracts: \d+ positions|^Meridian overlay: \d+ positions/ })
      .waitFor();
    await shoot(page, 'browser-profit');

    await tab('Report');
    await page.getByRole('checkbox', { name: 'Premium of the hedge cycle' }).check();
    await page.getByRole('button', { name: 'Build the report' }).click();
    const report = page.getByRole('article', { name: 'The report' });
    await report.waitFor({ timeout: 60_000 });
    const said = (await report.textContent()) ?? '';
    expect(said).toContain('Market of 2026-11-20');
    expect(said).toMatch(/\d+ findings? in the data/);
    const opened = page.context().waitForEvent('page');
    await page.getByRole('button', { name: 'Print or PDF' }).click();
    const sheet = await opened;
    await expect.poll(() => sheet.locator('h1').textContent()).toBe('Book report');
    await sheet.close();
    await shoot(page, 'browser-report');
    expect(await livePositions()).toBe(before);
    expect(run.problems).toEqual([]);
  });
});
