import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { electronObstacle, launchElectron } from '../support/electron.ts';
import type { ElectronRun } from '../support/electron.ts';
import { stageApp } from '../support/stage-app.ts';
import { chooseFiles, decideOnHedge, lookAtChain, shoot } from './journeys.ts';

const obstacle = electronObstacle();
if (obstacle !== null) process.stdout.write(`the window in Electron is not tested: ${obstacle}\n`);

describe.skipIf(obstacle !== null)('the window in Electron', () => {
  let app = '';
  let run: ElectronRun;

  beforeAll(async () => {
    app = stageApp();
    run = await launchElectron({ app, args: ['--demo'] });
  });
  afterAll(async () => {
    await run?.close();
    rmSync(app, { recursive: true, force: true });
  });

  it('opens on the demo market and shows a chain with its smile', async () => {
    await lookAtChain(run.page, 'electron');
  });

  it('goes from rules to an approved hedge', async () => {
    expect(await decideOnHedge(run.page, 'electron')).toBeGreaterThan(3);
  });

  it('stages a file chosen by the user and shows its preview', async () => {
    const staged = await chooseFiles(run.page, [join(app, 'resources/demo/positions.csv')]);
    await expect.poll(() => staged.last().textContent()).toMatch(/rows?, 0 rejected/);
    await shoot(run.page, 'electron-import-preview');
  });

  it('gives the page no Node, and one narrow bridge', async () => {
    const seen = await run.page.evaluate(() => ({
      node: ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in globalThis),
      bridge: Object.keys((globalThis as unknown as { voldesk: object }).voldesk),
      origin: location.href.split('/').slice(0, 3).join('/'),
    }));
    expect(seen.node).toEqual([]);
    expect(seen.origin).toBe('voldesk://window');
    expect(seen.bridge.length).toBeGreaterThan(0);
    expect(seen.bridge.length).toBeLessThanOrEqual(8);
  });

  it('runs no script that the page did not bring, opens no window, reads no file, stays where it is', async () => {
    const outcome = await run.page.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.injected = true';
      document.head.append(script);
      const injected = 'injected' in globalThis ? 'ran' : 'refused';
      const opened = window.open('about:blank') === null ? 'refused' : 'opened';
      const fetched = await fetch('file:///etc/passwd').then(
        () => 'read',
        () => 'refused',
      );
      const { state } = await navigator.permissions.query({ name: 'geolocation' });
      location.href = 'https://example.com/';
      return { injected, opened, fetched, geolocation: state };
    });
    expect(outcome).toEqual({
      injected: 'refused',
      opened: 'refused',
      fetched: 'refused',
      geolocation: 'denied',
    });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(run.page.url()).toBe('voldesk://window/index.html');
  });

  it('writes no error to its terminal', () => {
    const errors = run
      .log()
      .split('\n')
      .filter((line) => /"level":"error"|Uncaught|UnhandledPromise/.test(line));
    expect(errors).toEqual([]);
  });
});
