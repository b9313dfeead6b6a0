import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { artifactPath } from '../support/browser.ts';

// Steps of a user, the same in every window.

export async function openView(page: Page, title: string): Promise<void> {
  const rail = page.getByRole('navigation', { name: 'Views' });
  await rail.getByRole('button', { name: title, exact: true }).click();
}

export async function shoot(page: Page, name: string): Promise<void> {
  await page.mouse.move(400, 2); // away from what explains itself under the pointer
  await page.screenshot({ path: artifactPath(`${name}.png`) });
}

/** Until nothing is being loaded, and what came has been drawn. */
export async function settled(page: Page): Promise<void> {
  const loading = page.locator('main .state-loading, main [role="progressbar"], main .remote-bar');
  await expect.poll(() => loading.count(), { timeout: 60_000 }).toBe(0);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** Rows that a grid shows at the moment. */
export const rows = (within: Page | Locator): Locator =>
  within.locator('.ag-grid-scrolling-container .ag-row');

async function chooseUnderlying(page: Page, symbol: string): Promise<void> {
  const field = page.locator('#symbol-field');
  await field.fill(symbol);
  await field.press('Enter');
}

/** The demo desk's chain: expiries with their forwards, quotes on both sides, column sets, a smile. */
export async function lookAtChain(page: Page, shot: string): Promise<void> {
  await openView(page, 'Chain');
  await chooseUnderlying(page, 'MERI');
  const tabs = page.getByRole('tablist', { name: 'Expiries' }).getByRole('tab');
  await expect.poll(() => tabs.count(), { timeout: 20_000 }).toBe(8);
  await tabs.nth(2).click();
  await expect.poll(() => rows(page).count()).toBeGreaterThan(10);
  // By put–call parity: 5,012.37 carried for 28 days at 3.65 % less 1.4 %.
  await expect.poll(() => tabs.nth(2).textContent()).toContain('5,021.0');
  await page.getByRole('radio', { name: 'Greeks' }).click();
  await expect.poll(() => page.getByRole('columnheader', { name: /Vega/ }).count()).toBeGreaterThan(0);
  await page.getByRole('radio', { name: 'Volatility' }).click();
  expect(await page.getByRole('region', { name: 'Smile' }).locator('canvas').count()).toBeGreaterThan(0);
  await shoot(page, `${shot}-chain`);
}

/** As the system's dialog would: by their paths, which a window of Electron hands to its host. */
async function giveFiles(page: Page, paths: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { root } = await session.send('DOM.getDocument');
  const selector = 'input[type=file][aria-label="Files to import"]';
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector });
  await session.send('DOM.setFileInputFiles', { files: [...paths], nodeId });
  await session.detach();
}

/** Chooses files in the Imports view and waits until each was read; the files on their way. */
export async function chooseFiles(page: Page, paths: readonly string[]): Promise<Locator> {
  await openView(page, 'Imports');
  await giveFiles(page, paths);
  const list = page.getByRole('list', { name: 'Files on their way' }).getByRole('listitem');
  await expect.poll(() => list.count()).toBeGreaterThanOrEqual(paths.length);
  const texts = async (): Promise<string> => (await list.allTextContents()).join(' ');
  await expect.poll(texts, { timeout: 60_000 }).not.toMatch(/reading/i);
  return list;
}

/** A titled part of a view. */
const panel = (page: Page, name: RegExp): Locator => page.getByRole('region', { name });

/** From rules to a saved basket, a suggested hedge, decisions leg by leg, and an approved suggestion; its legs. */
export async function decideOnHedge(page: Page, shot: string): Promise<number> {
  await openView(page, 'Basket');
  await page.getByRole('button', { name: 'Build basket' }).first().click();
  await panel(page, /^Basket for MERI: \d+ names/).waitFor({ timeout: 30_000 });
  await page.getByLabel('Name of the basket').fill('Journey');
  await page.getByRole('button', { name: 'Save version' }).click();
  await expect.poll(() => panel(page, /^Saved baskets/).textContent()).toContain('Journey');
  await shoot(page, `${shot}-basket`);

  await openView(page, 'Hedge');
  await page.getByLabel('Basket', { exact: true }).selectOption('Journey');
  await page.getByRole('button', { name: 'Suggest hedge' }).first().click();
  const draft = page.getByRole('button', { name: /^Review draft/ });
  await draft.waitFor({ timeout: 60_000 });
  await panel(page, /^Calls sold: \d+ contracts/).waitFor();
  await panel(page, /^Puts bought: \d+ contracts/).waitFor();
  await shoot(page, `${shot}-hedge`);

  await draft.click();
  await panel(page, /^Legs: 0 of \d+ decided/).waitFor({ timeout: 20_000 });
  await page.keyboard.press('a');
  await panel(page, /^Legs: 1 of \d+ decided/).waitFor();
  await page.keyboard.press('r');
  await page.getByLabel('Reason to reject the leg').fill('too near earnings');
  await page.keyboard.press('Enter');
  await panel(page, /^Legs: 2 of \d+ decided/).waitFor();
  await page.keyboard.press('u');
  await panel(page, /^Legs: 1 of \d+ decided/).waitFor();
  // Nothing leaves before it is approved.
  const ticket = page.getByRole('button', { name: 'Export BasketTrader CSV' });
  expect((await ticket.count()) > 0 && (await ticket.isEnabled())).toBe(false);
  await page.getByRole('button', { name: /^Accept \d+, approve/ }).click();
  await ticket.waitFor({ timeout: 20_000 });
  await expect.poll(() => ticket.isEnabled()).toBe(true);
  await shoot(page, `${shot}-review`);
  const decided = /of (\d+) decided/.exec((await panel(page, /^Legs: /).textContent()) ?? '');
  return Number(decided?.[1] ?? 0);
}

/** What a field says once it has said the same for a second: what was asked has been answered. */
export async function restingNumber(field: Locator): Promise<number> {
  let said = '';
  let same = 0;
  await expect
    .poll(
      async () => {
        const now = await field.inputValue();
        same = now === said && now !== '' ? same + 1 : 0;
        said = now;
        return same;
      },
      { interval: 250, timeout: 20_000 },
    )
    .toBeGreaterThanOrEqual(5);
  return Number(said.replaceAll(',', ''));
}
