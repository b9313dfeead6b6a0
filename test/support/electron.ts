import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { fetchElectron } from './electron-binary.ts';
import { until } from './until.ts';

export { electronObstacle } from './electron-binary.ts';

/** nobody and nogroup. */
const unprivileged = 65_534;
/** Free by construction: the namespace is the application's own. */
const debuggingPort = 9222;

export interface ElectronRun {
  readonly page: Page;
  /** A folder that the application may write, outside its profile. */
  readonly home: string;
  /** What the application wrote to its terminal. */
  readonly log: () => string;
  readonly close: () => Promise<void>;
}

/** Listens on a port of this machine's loopback and passes each connection to a socket file. */
async function openDoor(socket: string): Promise<Server> {
  const door = createServer((outside) => {
    const inside = connect(socket);
    outside.pipe(inside).pipe(outside);
    const end = (): void => {
      outside.destroy();
      inside.destroy();
    };
    outside.on('error', end).on('close', end);
    inside.on('error', end).on('close', end);
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  return door;
}

const stop = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.pid === undefined) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  // The group: xvfb-run, the X server and every process of the application.
  process.kill(-child.pid, 'SIGTERM');
  const killed = setTimeout(() => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  }, 5_000);
  await gone;
  clearTimeout(killed);
};

/**
 * Starts the application in a real Electron as an unprivileged user, with Chromium's sandbox on and no network
 * but its own loopback, on a virtual screen; a browser protocol through a socket file drives its window.
 */
export async function launchElectron(launch: {
  /** Folder of the application, readable by all: see stageApp. */
  readonly app: string;
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}): Promise<ElectronRun> {
  const electron = fetchElectron();
  const home = mkdtempSync(join(tmpdir(), 'voldesk-home-'));
  chownSync(home, unprivileged, unprivileged);
  const runtime = join(home, 'runtime');
  mkdirSync(runtime, { mode: 0o700 });
  chownSync(runtime, unprivileged, unprivileged);
  const environment = {
    HOME: home,
    XDG_RUNTIME_DIR: runtime,
    PATH: '/usr/bin:/bin',
    LANG: 'C.UTF-8',
    ...launch.environment,
  };
  const command = [
    'unshare',
    '--net',
    'sh',
    '-c',
    'ip link set lo up; exec "$@"',
    'sh',
    'setpriv',
    `--reuid=${unprivileged}`,
    `--regid=${unprivileged}`,
    '--clear-groups',
    '--no-new-privs',
    'env',
    '-i',
    ...Object.entries(environment).map(([name, value]) => `${name}=${value}`),
    'xvfb-run',
    '-a',
    '-s',
    '-screen 0 1920x1080x24',
    join(electron, 'electron'),
    launch.app,
    `--remote-debugging-port=${debuggingPort}`,
    '--no-first-run',
    ...(launch.args ?? []),
  ];
  const [program = '', ...rest] = command;
  const app = spawn(program, rest, { cwd: home, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  for (const stream of [app.stdout, app.stderr])
    stream.on('data', (chunk: Buffer) => (log += chunk.toString()));

  const socket = join(home, 'debugging.sock');
  const relay = spawn(
    'nsenter',
    [
      '--target',
      String(app.pid),
      '--net',
      process.execPath,
      join(import.meta.dirname, 'net-relay.ts'),
      socket,
      String(debuggingPort),
    ],
    { detached: true, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const door = await openDoor(socket);
  const address = `http://127.0.0.1:${(door.address() as AddressInfo).port}`;
  let browser: Browser | null = null;

  const close = async (): Promise<void> => {
    await browser?.close().catch(() => undefined); // the application may be gone already
    await stop(app);
    await stop(relay);
    door.close();
    rmSync(home, { recursive: true, force: true });
  };

  try {
    await until('Electron answers on its debugging port', 30_000, async () => {
      if (app.exitCode !== null) throw new Error(`Electron ended with ${app.exitCode}:\n${log}`);
      return (await fetch(`${address}/json/version`).catch(() => null))?.ok === true;
    });
    const connected = await chromium.connectOverCDP(address);
    browser = connected;
    const page = await until('the window opens', 30_000, () =>
      connected
        .contexts()
        .flatMap((context) => context.pages())
        .find((one) => !one.url().startsWith('devtools:')),
    );
    await page.waitForLoadState('domcontentloaded');
    return { page, home, log: () => log, close };
  } catch (error) {
    await close();
    throw new Error(`Electron did not start: ${String(error)}\n${log}`, { cause: error });
  }
}
