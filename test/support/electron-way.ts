import { connectElectronHost, type IpcSender } from '../../main/hosts/electron.ts';
import type { ServicePort } from '../../main/hosts/port.ts';
import type { ServiceMessage } from '../../shared/contract/messages.ts';
import type { Result } from '../../shared/result.ts';
import { valueOf } from './service.ts';

export interface ElectronWay {
  readonly request: ServicePort['request'];
  /** Calls a channel as Electron would, for a sender of the test's choice. */
  readonly call: (channel: string, event: IpcSender, given: unknown) => unknown;
  readonly sender: (url: string, parent?: unknown) => IpcSender;
  readonly replies: readonly ServiceMessage[];
  readonly addFile: (path: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

/** The bridge's message functions without Electron around them. */
export function electronWay(service: ServicePort): ElectronWay {
  const handlers = new Map<string, (event: IpcSender, ...args: unknown[]) => unknown>();
  const replies: ServiceMessage[] = [];
  const waiting = new Map<number, (message: ServiceMessage) => void>();
  const sender = (url: string, parent: unknown = null): IpcSender => ({
    senderFrame: { url, parent },
    sender: {
      id: 1,
      isDestroyed: () => false,
      send: (_channel, message) => {
        replies.push(message);
        if (message.type !== 'event') waiting.get(message.id)?.(message);
      },
    },
  });
  connectElectronHost({
    ipc: {
      on: (channel, listener) => handlers.set(channel, listener),
      handle: (channel, listener) => handlers.set(channel, listener),
    },
    service,
    ownOrigin: 'voldesk://window/',
    windows: () => [],
    save: async () => ({ ok: true, value: { saved: true } }),
  });
  let lastId = 0;
  const call = (channel: string, event: IpcSender, given: unknown) => handlers.get(channel)?.(event, given);
  const request: ServicePort['request'] = (name, input, options = {}) =>
    new Promise((resolve) => {
      const id = ++lastId;
      waiting.set(id, (message) => {
        if (message.type === 'progress') options.onProgress?.(message.progress);
        if (message.type === 'response') resolve(message.result);
      });
      const own = sender('voldesk://window/index.html');
      options.signal?.addEventListener('abort', () => call('voldesk:post', own, { type: 'cancel', id }));
      call('voldesk:post', own, { type: 'request', id, name, input });
    });
  return {
    request,
    call,
    sender,
    replies,
    addFile: async (path: string) => {
      const own = sender('voldesk://window/index.html');
      const result = await call('voldesk:register-file', own, { path, name: 'prices.csv' });
      return valueOf(result as Result<{ fileId: string }>).fileId;
    },
    close: service.close,
  };
}
