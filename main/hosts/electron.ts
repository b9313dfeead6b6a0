import { isAbsolute } from 'node:path';
import type { ClientMessage, ServiceMessage } from '../../shared/contract/messages.ts';
import { failure } from '../../shared/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { KnownFile, ServicePort } from './port.ts';

/** As much of Electron's `ipcMain` as is used, so that a test can stand in for it. */
export interface IpcPort {
  readonly on: (channel: string, listener: (event: IpcSender, ...args: unknown[]) => void) => void;
  readonly handle: (
    channel: string,
    listener: (event: IpcSender, ...args: unknown[]) => Promise<unknown>,
  ) => void;
}

/** Who sent a message: the frame it came from, and the way back. */
export interface IpcSender {
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null;
  readonly sender: WindowContents;
}

export interface WindowContents {
  readonly id: number;
  readonly send: (channel: string, message: ServiceMessage) => void;
  readonly isDestroyed: () => boolean;
}

export interface ElectronHostOptions {
  readonly ipc: IpcPort;
  readonly service: ServicePort;
  /** What the address of our own page begins with. */
  readonly ownOrigin: string;
  /** The contents of every open window of ours. */
  readonly windows: () => readonly WindowContents[];
  /** Asks where to save and writes; false where the user closed the dialog. */
  readonly save: (request: {
    readonly fileName: string;
    readonly text: string;
  }) => Promise<Result<{ readonly saved: boolean }>>;
}

/**
 * Carries the window's messages to the service and back. Only the main frame of our own page is heard:
 * anything else that could reach these channels gets no answer.
 */
export function connectElectronHost(options: ElectronHostOptions): void {
  const { ipc, service } = options;
  const running = new Map<string, AbortController>();

  const isOurs = ({ senderFrame }: IpcSender): boolean =>
    senderFrame !== null && senderFrame.parent === null && senderFrame.url.startsWith(options.ownOrigin);
  const reply = (to: WindowContents, message: ServiceMessage): void => {
    if (!to.isDestroyed()) to.send('voldesk:message', message);
  };

  ipc.on('voldesk:post', (event, given) => {
    const message = asClientMessage(given);
    if (!isOurs(event) || message === null) return;
    const key = `${event.sender.id}:${message.id}`;
    if (message.type === 'cancel') {
      running.get(key)?.abort();
      return;
    }
    const { id } = message;
    const controller = new AbortController();
    running.set(key, controller);
    void service
      .request(message.name, message.input, {
        signal: controller.signal,
        onProgress: (progress) => {
          reply(event.sender, { type: 'progress', id, progress });
        },
      })
      .then((result) => {
        running.delete(key);
        reply(event.sender, { type: 'response', id, result });
        return result;
      });
  });

  ipc.handle('voldesk:register-file', async (event, given): Promise<Result<KnownFile>> => {
    const { path, name } = given as { readonly path?: unknown; readonly name?: unknown };
    if (!isOurs(event)) return refused();
    // A file made by a page has no path; only one that a person dropped or chose does.
    if (typeof path !== 'string' || !isAbsolute(path) || typeof name !== 'string') {
      return fail(failure('file-not-found', typeof name === 'string' ? name : 'The file'));
    }
    return ok(await service.registerFile(path, name));
  });

  ipc.handle('voldesk:save-file', async (event, given): Promise<Result<{ readonly saved: boolean }>> => {
    const { fileName, text } = given as { readonly fileName?: unknown; readonly text?: unknown };
    if (!isOurs(event)) return refused();
    if (typeof fileName !== 'string' || typeof text !== 'string') {
      return fail(failure('invalid-request', 'Saving', { reason: 'no name or no text' }));
    }
    return options.save({ fileName, text });
  });

  service.subscribe((event) => {
    for (const contents of options.windows()) reply(contents, { type: 'event', event });
  });
}

const refused = (): { readonly ok: false; readonly error: ReturnType<typeof failure> } =>
  fail(failure('refused', 'The request', { reason: 'it did not come from the window' }));

function asClientMessage(given: unknown): ClientMessage | null {
  if (typeof given !== 'object' || given === null) return null;
  const { type, id, name } = given as {
    readonly type?: unknown;
    readonly id?: unknown;
    readonly name?: unknown;
  };
  if (typeof id !== 'number') return null;
  if (type === 'cancel') return { type, id };
  if (type !== 'request' || typeof name !== 'string') return null;
  return { type, id, name, input: (given as { readonly input?: unknown }).input };
}
