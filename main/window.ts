import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, protocol, session, shell } from 'electron';
import { windowHeaders } from './hosts/content-policy.ts';
import { readStaticFile } from './hosts/static-files.ts';

/** Our own scheme: the window's files have an origin of their own, and no `file:` rights. */
const scheme = 'voldesk';
export const windowOrigin = `${scheme}://window/`;

/** Before the application is ready: the scheme is standard and secure, like https. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the built window under our scheme, with the same headers as the loopback host. */
export function serveWindowFiles(): void {
  const folder = fileURLToPath(new URL('../renderer', import.meta.url));
  protocol.handle(scheme, async (request) => {
    const file = await readStaticFile(folder, new URL(request.url).pathname);
    if (file === null) return new Response('There is nothing here.', { status: 404 });
    return new Response(new Uint8Array(file.body), {
      headers: { ...windowHeaders, 'content-type': file.mediaType },
    });
  });
}

/** Locks that hold for every page and every window, ours or not. */
export function lockDown(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, decide) => {
    decide(false);
  });
  session.defaultSession.setPermissionCheckHandler(() => false);
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event, address) => {
      if (!address.startsWith(windowOrigin)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => {
      event.preventDefault();
    });
    contents.setWindowOpenHandler(({ url }) => {
      if (url.startsWith('https://')) void shell.openExternal(url);
      return { action: 'deny' };
    });
  });
}

export function openWindow(): BrowserWindow {
  const window = new BrowserWindow({
    width: 1600,
    height: 1000,
    minWidth: 900,
    minHeight: 600,
    show: false,
    backgroundColor: '#101418',
    title: 'Voldesk',
    webPreferences: {
      preload: fileURLToPath(new URL('../preload/preload.cjs', import.meta.url)),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  });
  window.setMenuBarVisibility(false);
  window.once('ready-to-show', () => {
    window.show();
  });
  void window.loadURL(`${windowOrigin}index.html`);
  return window;
}
