import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyDemoDesk } from '../support/demo-desk.ts';
import { browserObstacle, openBrowser, serveDesk } from '../support/browser.ts';
import type { BrowserRun, ServedDesk } from '../support/browser.ts';
import { openTestService, valueOf } from '../support/service.ts';
import { openView, settled, shoot } from './journeys.ts';

const edits = 100;
const obstacle = browserObstacle();
if (obstacle !== null) process.stdout.write(`the keys of the review are not tested: ${obstacle}\n`);

describe.skipIf(obstacle !== null)('a review by the keyboard alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'voldesk-e2e-'));
  const desk = join(folder, 'demo.sqlite');
  let host: ServedDesk;
  let run: BrowserRun;

  beforeAll(async () => {
    copyDemoDesk(desk);
    const service = openTestService(desk);
    const request = { basket: 'Demo tracking basket', netDeltaLimit: 0.4, maxLegs: 8 };
    const proposal = valueOf(await service.ask('hedge.suggest', request));
    valueOf(await service.ask('suggestion.save', { proposal }));
    await service.port.close();
    host = await serveDesk(desk);
    run = await openBrowser();
    await run.page.goto(host.url);
  });
  afterAll(async () => {
    await run?.close();
    await host?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('takes a hundred edits back and makes them again, and ends where it began; a restart keeps them', async () => {
    const { page } = run;
    await openView(page, 'Review');
    await settled(page);
    const hash = async () => (await page.getByRole('button', { name: 'Copy the hash' }).textContent()) ?? '';
    const after = async (before: string) => {
      await expect.poll(hash, { timeout: 10_000, interval: 15 }).not.toBe(before);
      return hash();
    };
    const { keyboard } = page;
    const hashes = [await hash()];
    for (let turn = 0; hashes.length <= edits && turn < 2 * edits; turn += 1) {
      await keyboard.press(turn % 2 === 0 ? 'j' : 'k');
      if (turn % 3 === 0) await keyboard.press('j');
      await keyboard.press(turn % 2 === 0 ? 'e' : 'n');
      if (turn % 2 === 0) await keyboard.press('ArrowUp');
      else await keyboard.type(`seen ${turn}`);
      await keyboard.press('Enter');
      hashes.push(await after(hashes.at(-1) ?? ''));
    }
    expect(hashes).toHaveLength(edits + 1);
    await shoot(page, 'browser-review-edited');
    for (const before of hashes.slice(0, -1).toReversed()) {
      const shown = await hash();
      await keyboard.press('Control+z');
      expect(await after(shown)).toBe(before);
    }
    for (const again of hashes.slice(1)) {
      const shown = await hash();
      await keyboard.press('Control+Shift+z');
      expect(await after(shown)).toBe(again);
    }
    // Whoever opens the desk again finds the edits, and can still take them back.
    await page.reload();
    await settled(page);
    await expect.poll(hash).toBe(hashes.at(-1));
    await keyboard.press('Control+z');
    await expect.poll(hash).toBe(hashes.at(-2));
    expect(run.problems).toEqual([]);
  });
});
