import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { failure } from '../shared/failure.ts';
import { fail, ok, type Result } from '../shared/result.ts';
import { isBundled } from './entries.ts';
import { askOf } from './hosts/ask.ts';
import { loadDemo } from './hosts/demo.ts';
import { startWebHost } from './hosts/web.ts';
import { openInThread } from './service-client.ts';

export interface ServeOrder {
  readonly deskFile: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** Opens the address in the user's browser. */
  readonly openBrowser: boolean;
  /** Fills the desk with the synthetic market where it is empty. */
  readonly demoIfEmpty: boolean;
  /** Told the address once it answers. */
  readonly onReady: (url: string) => void;
  /** Told what is going on before that. */
  readonly say: (line: string) => void;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** The application in a browser: the service in a thread, the loopback host in front of it, until told to end. */
export async function serve(order: ServeOrder): Promise<Result<null>> {
  const windowFolder = await builtWindow(order.say);
  if (!windowFolder.ok) return windowFolder;
  const opened = await openInThread({ deskFile: order.deskFile, use: 'window' });
  if (!opened.ok) return opened;
  const service = opened.value;
  const host = await startWebHost({
    service,
    windowFolder: windowFolder.value,
    uploadFolder: `${order.deskFile}.uploads`,
    port: order.port,
    randomId: randomUUID,
  });
  if (!host.ok) {
    await service.close();
    return host;
  }
  if (order.demoIfEmpty) {
    const filled = await fillIfEmpty(askOf(service), order.say);
    if (!filled.ok) order.say(`The demo market could not be loaded: ${filled.error.code}.`);
  }
  order.onReady(host.value.url);
  if (order.openBrowser) openInBrowser(host.value.url);
  await ended(order.signal);
  await host.value.close();
  await service.close();
  return ok(null);
}

async function fillIfEmpty(
  ask: ReturnType<typeof askOf>,
  say: (line: string) => void,
): Promise<Result<null>> {
  const info = await ask('desk.info', {});
  if (!info.ok) return info;
  if (!info.value.isEmpty) return ok(null);
  say('An empty desk: loading the synthetic demo market.');
  const loaded = await loadDemo(ask);
  return loaded.ok ? ok(null) : loaded;
}

/** The folder of the built window; in a checkout it is built here where that has not been done. */
async function builtWindow(say: (line: string) => void): Promise<Result<string>> {
  const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
  const folder = here(isBundled() ? '../renderer' : '../dist/renderer');
  if (existsSync(`${folder}/index.html`)) return ok(folder);
  const script = here('../scripts/build.ts');
  if (!isBundled() && existsSync(script)) {
    say('Building the window (once).');
    const built = spawnSync(process.execPath, [script, 'renderer'], { stdio: ['ignore', 2, 2] });
    if (built.status === 0) return ok(folder);
  }
  return fail(failure('not-found', 'The built window', { next: 'Run npm run build.' }));
}

function openInBrowser(url: string): void {
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '', url]
        : ['xdg-open', url];
  // No browser here is no failure: the address stands in the terminal.
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

function ended(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
