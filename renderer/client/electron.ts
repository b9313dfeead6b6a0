import type { CommandName } from '../../shared/contract/index.ts';
import type { ClientMessage, DeskEvent, Progress, ServiceMessage } from '../../shared/contract/messages.ts';
import type { Failure } from '../../shared/failure.ts';
import type { Result } from '../../shared/result.ts';
import type { Client, RequestOptions } from './client.ts';

/** What the preload puts on the window (docs/wire-protocol.md). */
export interface VoldeskBridge {
  post(message: ClientMessage): void;
  listen(listener: (message: ServiceMessage) => void): () => void;
  registerFile(file: File): Promise<Result<{ fileId: string; fileName: string }, Failure>>;
  saveFile(request: { fileName: string; text: string }): Promise<Result<{ saved: boolean }, Failure>>;
}

interface Waiting {
  readonly resolve: (result: Result<unknown, Failure>) => void;
  readonly onProgress: ((progress: Progress) => void) | undefined;
}

/** The client of the Electron window: the same messages over the preload bridge. */
export function createElectronClient(bridge: VoldeskBridge): Client {
  let nextId = 1;
  const waiting = new Map<number, Waiting>();
  const listeners = new Set<(event: DeskEvent) => void>();
  bridge.listen((message) => {
    if (message.type === 'event') {
      for (const listener of listeners) listener(message.event);
      return;
    }
    const asked = waiting.get(message.id);
    if (message.type === 'progress') asked?.onProgress?.(message.progress);
    else {
      waiting.delete(message.id);
      asked?.resolve(message.result);
    }
  });
  const ask = (name: string, input: unknown, options: RequestOptions) =>
    new Promise<Result<unknown, Failure>>((resolve) => {
      const id = nextId++;
      waiting.set(id, { resolve, onProgress: options.onProgress });
      bridge.post({ type: 'request', id, name, input });
      const cancel = () => waiting.has(id) && bridge.post({ type: 'cancel', id });
      if (options.signal?.aborted) cancel();
      else options.signal?.addEventListener('abort', cancel, { once: true });
    });
  return {
    request: (name: CommandName, input: unknown, options: RequestOptions = {}) =>
      ask(name, input, options) as Promise<Result<never, Failure>>,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    addFile: (file) => bridge.registerFile(file),
    async saveText(fileName, _mediaType, text) {
      await bridge.saveFile({ fileName, text });
    },
  };
}
