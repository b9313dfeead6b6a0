import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { BrowserContext, Page } from 'playwright-core';
import { until } from './until.ts';

const top = join(import.meta.dirname, '../..');
export const browserPath = process.env['VOLDESK_TEST_BROWSER'] ?? '/usr/bin/chromium';

/** Where screenshots go; not committed. */
export function artifactPath(name: string): string {
  const folder = join(top, 'artifacts');
  mkdirSync(folder, { recursive: true });
  return join(folder, name);
}

/** Why the application cannot be opened in a browser here; null where it can. */
export const browserObstacle = (): string | null =>
  existsSync(browserPath) ? null : `no browser at ${browserPath}`;

export interface ServedDesk {
  /** Loopback address with the launch token. */
  readonly url: string;
  readonly log: () => string;
  readonly close: () => Promise<void>;
}

/** Runs `voldesk serve` on a desk file and waits for the one address that it prints. */
export async function serveDesk(desk: string): Promise<ServedDesk> {
  const host = spawn(
    process.execPath,
    [join(top, 'main/voldesk.ts'), 'serve', '--port', '0', '--desk', desk],
    { cwd: top, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let log = '';
  for (const stream of [host.stdout, host.stderr]) {
    stream.on('data', (chunk: Buffer) => (log += chunk.toString()));
  }
  const url = await until('serve prints its address', 20_000, () => {
    if (host.exitCode !== null) throw new Error(`voldesk serve ended with ${host.exitCode}:\n${log}`);
    return /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(log)?.[0];
  });
  return {
    url,
    log: () => log,
    close: async () => {
      if (host.exitCode !== null) return;
      const gone = new Promise((resolve) => host.once('exit', resolve));
      host.kill('SIGTERM');
      await gone;
    },
  };
}

export interface BrowserRun {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors that the page wrote to its console or threw. */
  readonly problems: readonly string[];
  readonly close: () => Promise<void>;
}

/** A headless browser with an empty profile. */
export async function openBrowser(
  view: { readonly width: number; readonly height: number } = { width: 1280, height: 800 },
): Promise<BrowserRun> {
  const profile = mkdtempSync(join(tmpdir(), 'voldesk-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: browserPath,
    headless: true,
    viewport: { ...view },
    chromiumSandbox: process.getuid?.() !== 0,
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const page = context.pages()[0] ?? (await context.newPage());
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(`thrown: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  return {
    page,
    context,
    problems,
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
