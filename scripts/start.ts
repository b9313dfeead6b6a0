import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// npm start: builds, then opens the window in Electron, or in a browser where Electron cannot run.

const root = fileURLToPath(new URL('..', import.meta.url));
const passedOn = process.argv.slice(2);
/** A window that ends sooner than this, and with an error, never opened. */
const tooSoonMilliseconds = 8000;

const built = spawnSync(process.execPath, ['scripts/build.ts'], { cwd: root, stdio: ['ignore', 2, 2] });
if (built.status !== 0) process.exit(built.status ?? 1);

const electron = electronBinary();
const obstacle = electron === null ? 'its binary is not here and could not be fetched' : noWindowHere();
if (electron === null || obstacle !== null) {
  process.exitCode = await inBrowser(obstacle ?? '');
} else {
  say('Voldesk opens in its own window (Electron); for a browser instead: npm run dev:web');
  const started = performance.now();
  const status = await follow(electron, [root, '--demo', ...passedOn]);
  const failed = status !== 0 && performance.now() - started < tooSoonMilliseconds;
  process.exitCode = failed ? await inBrowser('it ended at once') : status;
}

function inBrowser(reason: string): Promise<number> {
  say(
    `Electron cannot open a window (${reason}), so Voldesk opens in your browser; for its own window set ` +
      'ELECTRON_OVERRIDE_DIST_PATH or ELECTRON_MIRROR and run npm start again.',
  );
  return follow(process.execPath, ['main/voldesk.ts', 'serve', '--open', '--demo', ...passedOn]);
}

/** Why a window cannot open on this machine, whatever binary there is; null where it can. */
function noWindowHere(): string | null {
  if (process.platform !== 'linux') return null;
  if (process.getuid?.() === 0) return 'it does not run as root';
  const { DISPLAY: x11, WAYLAND_DISPLAY: wayland } = process.env;
  return (x11 ?? '') === '' && (wayland ?? '') === '' ? 'there is no display' : null;
}

/** The binary that is there, or was fetched just now; null where neither can be. */
function electronBinary(): string | null {
  const given = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (given !== undefined) {
    const names: Readonly<Record<string, string>> = {
      darwin: 'Electron.app/Contents/MacOS/Electron',
      win32: 'electron.exe',
    };
    const path = join(given, names[process.platform] ?? 'electron');
    return existsSync(path) ? path : null;
  }
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  const found = installedBinary(folder);
  if (found !== null) return found;
  spawnSync(process.execPath, [join(folder, 'install.js')], { stdio: 'ignore' });
  return installedBinary(folder);
}

function installedBinary(folder: string): string | null {
  const note = join(folder, 'path.txt');
  if (!existsSync(note)) return null;
  const path = join(folder, 'dist', readFileSync(note, 'utf8').trim());
  return existsSync(path) ? path : null;
}

/** Lives as long as what it starts; answers its exit status. */
function follow(command: string, args: readonly string[]): Promise<number> {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.on('error', () => resolve(1));
    child.on('exit', (status) => resolve(status ?? 0));
  });
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
