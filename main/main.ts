import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, dialog, ipcMain, utilityProcess } from 'electron';
import { failure, sentenceOf } from '../shared/failure.ts';
import { fail, ok, type Result } from '../shared/result.ts';
import { defaultDeskFile } from './desk-place.ts';
import { entryUrl } from './entries.ts';
import { askOf } from './hosts/ask.ts';
import { loadDemo } from './hosts/demo.ts';
import { connectElectronHost } from './hosts/electron.ts';
import type { HostReply, OpenOrder, ServicePort } from './hosts/port.ts';
import { openOver } from './service-client.ts';
import { declareScheme, lockDown, openWindow, serveWindowFiles, windowOrigin } from './window.ts';

// Composition root of the Electron application: one service in a process of its own, one window on it.
declareScheme();
app.enableSandbox();
if (!app.requestSingleInstanceLock()) {
  app.quit();
} else {
  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows();
    if (window?.isMinimized() === true) window.restore();
    window?.focus();
  });
  // Not `await`: in an ES module main the application is not ready until this file has run to its end.
  app.whenReady().then(start, quitWith);
}

async function start(): Promise<void> {
  lockDown();
  serveWindowFiles();
  const deskFile = deskArgument() ?? defaultDeskFile();
  const opened = await openInUtilityProcess({ deskFile, use: 'window' });
  if (!opened.ok) {
    quitWith(sentenceOf(opened.error));
    return;
  }
  const service = opened.value;
  connectElectronHost({
    ipc: ipcMain,
    service,
    ownOrigin: windowOrigin,
    windows: () => BrowserWindow.getAllWindows().map(({ webContents }) => webContents),
    save: saveByDialog,
  });
  await fillIfAsked(service);
  openWindow();
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) openWindow();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  let closing = false;
  app.on('before-quit', (event) => {
    if (closing) return;
    closing = true;
    event.preventDefault();
    void service.close().then(() => {
      app.quit();
      return null;
    });
  });
}

/** `--desk FILE`, as on the command line. */
function deskArgument(): string | null {
  const at = process.argv.indexOf('--desk');
  return at < 0 ? null : (process.argv[at + 1] ?? null);
}

/** `--demo`: an empty desk starts with the synthetic market; one with data is left alone. */
async function fillIfAsked(service: ServicePort): Promise<void> {
  if (!process.argv.includes('--demo')) return;
  const ask = askOf(service);
  const info = await ask('desk.info', {});
  if (!info.ok || !info.value.isEmpty) return;
  const loaded = await loadDemo(ask);
  if (!loaded.ok) process.stderr.write(`${sentenceOf(loaded.error)}\n`);
}

function openInUtilityProcess(order: OpenOrder): Promise<Result<ServicePort>> {
  const child = utilityProcess.fork(fileURLToPath(entryUrl('service-worker')), [], {
    serviceName: 'Voldesk desk',
    stdio: 'inherit',
  });
  return openOver(
    {
      post: (message) => {
        child.postMessage(message);
      },
      onReply: (listener) => {
        child.on('message', (reply: HostReply) => {
          listener(reply);
        });
      },
      onExit: (listener) => {
        child.on('exit', listener);
      },
      end: () => {
        child.kill();
      },
    },
    order,
  );
}

async function saveByDialog(request: {
  readonly fileName: string;
  readonly text: string;
}): Promise<Result<{ readonly saved: boolean }>> {
  const chosen = await dialog.showSaveDialog({ defaultPath: request.fileName });
  if (chosen.canceled || chosen.filePath === '') return ok({ saved: false });
  return writeFile(chosen.filePath, request.text).then(
    () => ok({ saved: true }),
    (error: NodeJS.ErrnoException) => {
      const reason = error.code ?? error.message;
      if (reason === 'ENOSPC') return fail(failure('disk-full', chosen.filePath));
      return fail(failure('desk-unwritable', chosen.filePath, { reason }));
    },
  );
}

function quitWith(reason: unknown): void {
  const sentence = reason instanceof Error ? reason.message : String(reason);
  process.stderr.write(`${sentence}\n`);
  if (app.isReady()) dialog.showErrorBox('Voldesk', sentence);
  app.exit(1);
}
