import { Worker } from 'node:worker_threads';
import type { DeskEvent, Progress } from '../shared/contract/messages.ts';
import { failure, type Failure } from '../shared/failure.ts';
import { fail, ok, type Result } from '../shared/result.ts';
import { entryUrl } from './entries.ts';
import type { HostMessage, HostReply, KnownFile, OpenOrder, ServicePort } from './hosts/port.ts';
import { createRestorableService } from './restorable-service.ts';

/** Two ends of wherever a service runs. */
export interface ServiceChannel {
  readonly post: (message: HostMessage) => void;
  readonly onReply: (listener: (reply: HostReply) => void) => void;
  /** The service is gone, asked or not. */
  readonly onExit: (listener: () => void) => void;
  readonly end: () => void;
}

/** The service of this very thread, for the command line and for tests. */
export function openInProcess(order: OpenOrder): Result<ServicePort> {
  const listeners = new Set<(event: DeskEvent) => void>();
  const opened = createRestorableService({
    ...order,
    onEvent: (event) => {
      for (const listener of listeners) listener(event);
    },
  });
  if (!opened.ok) return opened;
  const service = opened.value;
  return ok({
    request: service.request,
    registerFile: async (path, fileName) => service.registerFile(path, fileName),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: service.close,
  });
}

/** The service in a thread of its own: nothing slow reaches the host's. */
export async function openInThread(order: OpenOrder): Promise<Result<ServicePort>> {
  const worker = new Worker(entryUrl('service-worker'));
  return openOver(
    {
      post: (message) => {
        worker.postMessage(message);
      },
      onReply: (listener) => worker.on('message', listener),
      onExit: (listener) => {
        // Without a listener an error of the worker would end this process too; its exit follows.
        worker.on('error', (error) => process.stderr.write(`${String(error)}\n`));
        worker.on('exit', listener);
      },
      end: () => void worker.terminate(),
    },
    order,
  );
}

interface Waiting {
  readonly onProgress: ((progress: Progress) => void) | undefined;
  readonly settle: (result: Result<unknown>) => void;
}

/** A port over a channel: numbers the requests and matches the answers. */
export async function openOver(channel: ServiceChannel, order: OpenOrder): Promise<Result<ServicePort>> {
  const requests = new Map<number, Waiting>();
  const files = new Map<number, { resolve: (file: KnownFile) => void; reject: (error: Error) => void }>();
  const listeners = new Set<(event: DeskEvent) => void>();
  const gone = fail(failure('internal', 'The service', { incident: 'service ended' }));
  let lastId = 0;
  let alive = true;
  let onOpened: (result: Result<null, Failure>) => void = () => undefined;
  let onClosed: () => void = () => undefined;

  channel.onReply((reply) => {
    switch (reply.type) {
      case 'response':
        requests.get(reply.id)?.settle(reply.result);
        requests.delete(reply.id);
        return;
      case 'progress':
        requests.get(reply.id)?.onProgress?.(reply.progress);
        return;
      case 'event':
        for (const listener of listeners) listener(reply.event);
        return;
      case 'file-registered':
        files.get(reply.id)?.resolve(reply.file);
        files.delete(reply.id);
        return;
      case 'opened':
        onOpened(reply.result);
        return;
      case 'closed':
        onClosed();
        return;
    }
  });
  channel.onExit(() => {
    alive = false;
    for (const { settle } of requests.values()) settle(gone);
    requests.clear();
    for (const { reject } of files.values()) reject(new Error('the service ended'));
    files.clear();
    onOpened(gone);
    onClosed();
  });

  const opened = await new Promise<Result<null, Failure>>((resolve) => {
    onOpened = resolve;
    channel.post({ type: 'open', order });
  });
  if (!opened.ok) {
    channel.end();
    return opened;
  }
  return ok({
    request: (name, input, { signal, onProgress } = {}) => {
      if (!alive) return Promise.resolve(gone);
      if (signal?.aborted === true) return Promise.resolve(fail(failure('cancelled', name)));
      return new Promise((resolve) => {
        const id = ++lastId;
        const cancel = (): void => {
          channel.post({ type: 'cancel', id });
        };
        signal?.addEventListener('abort', cancel, { once: true });
        requests.set(id, {
          onProgress,
          settle: (result) => {
            signal?.removeEventListener('abort', cancel);
            resolve(result);
          },
        });
        channel.post({ type: 'request', id, name, input });
      });
    },
    registerFile: (path, fileName) =>
      new Promise((resolve, reject) => {
        const id = ++lastId;
        files.set(id, { resolve, reject });
        channel.post({ type: 'register-file', id, path, fileName });
      }),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      if (alive) {
        await new Promise<void>((resolve) => {
          onClosed = resolve;
          channel.post({ type: 'close' });
        });
      }
      channel.end();
    },
  });
}
