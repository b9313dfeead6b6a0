import { spawn, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// npm start: builds, then opens the window in Electron, or in a browser where Electron's binary cannot be had.

const root = fileURLToPath(new URL('..', import.meta.url));
const passedOn = process.argv.slice(2);

const built = run(process.execPath, ['scripts/build.ts']);
if (built.status !== 0) process.exit(built.status ?? 1);

const electron = electronBinary();
if (electron === null) {
  say(
    'Electron’s binary is not here and could not be fetched, so Voldesk opens in your browser. ' +
      'For the desktop window, set ELECTRON_OVERRIDE_DIST_PATH or ELECTRON_MIRROR and run npm start again.',
  );
  follow(process.execPath, ['main/voldesk.ts', 'serve', '--open', '--demo', ...passedOn]);
} else {
  say('Voldesk opens in its own window (Electron). For a browser instead: npm run dev:web');
  follow(electron, [root, '--demo', ...passedOn]);
}

/** The binary that is there, or was fetched just now; null where neither can be. */
function electronBinary(): string | null {
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return null;
  const given = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (given !== undefined) {
    const names = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' } as const;
    const name = process.platform in names ? names[process.platform as keyof typeof names] : 'electron';
    const path = join(given, name);
    return existsSync(path) ? path : null;
  }
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  if (installed(folder) === null) {
    const installer = join(folder, 'install.js');
    if (existsSync(installer)) run(process.execPath, [installer], 'ignore');
  }
  return installed(folder);
}

function installed(folder: string): string | null {
  const note = join(folder, 'path.txt');
  if (!existsSync(note)) return null;
  const path = join(folder, 'dist', readFileSync(note, 'utf8').trim());
  return existsSync(path) ? path : null;
}

function run(
  command: string,
  args: readonly string[],
  output: 'ignore' | 'inherit' = 'inherit',
): SpawnSyncReturns<Buffer> {
  return spawnSync(command, args, { cwd: root, stdio: ['ignore', output, output] });
}

/** Lives as long as what it starts, and ends with its status. */
function follow(command: string, args: readonly string[]): void {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  child.on('exit', (status) => {
    process.exitCode = status ?? 0;
  });
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
