import { parentPort as threadPort } from 'node:worker_threads';
import { ok } from '../shared/result.ts';
import type { HostMessage, HostReply } from './hosts/port.ts';
import { createRestorableService } from './restorable-service.ts';
import type { Service } from './service.ts';

/** The service in a thread (`worker_threads`) or in Electron's utility process: messages in, messages out. */
interface Channel {
  readonly post: (reply: HostReply) => void;
  readonly listen: (listener: (message: HostMessage) => void) => void;
}

const channel = channelOf();
const running = new Map<number, AbortController>();
let service: Service | null = null;

channel.listen((message) => {
  if (message.type === 'open') {
    const { deskFile, use } = message.order;
    const opened = createRestorableService({
      deskFile,
      use,
      onEvent: (event) => {
        channel.post({ type: 'event', event });
      },
    });
    if (opened.ok) service = opened.value;
    channel.post({ type: 'opened', result: opened.ok ? ok(null) : opened });
  } else if (service !== null) void answer(service, message);
  else if (message.type === 'close') channel.post({ type: 'closed' });
});

async function answer(open: Service, message: Exclude<HostMessage, { type: 'open' }>): Promise<void> {
  switch (message.type) {
    case 'request': {
      const { id, name, input } = message;
      const controller = new AbortController();
      running.set(id, controller);
      const result = await open.request(name, input, {
        signal: controller.signal,
        onProgress: (progress) => {
          channel.post({ type: 'progress', id, progress });
        },
      });
      running.delete(id);
      channel.post({ type: 'response', id, result });
      return;
    }
    case 'cancel':
      running.get(message.id)?.abort();
      return;
    case 'register-file': {
      const file = open.registerFile(message.path, message.fileName);
      channel.post({ type: 'file-registered', id: message.id, file });
      return;
    }
    case 'close':
      for (const controller of running.values()) controller.abort();
      await open.close();
      service = null;
      channel.post({ type: 'closed' });
      return;
  }
}

function channelOf(): Channel {
  if (threadPort !== null) {
    return {
      post: (reply) => {
        threadPort?.postMessage(reply);
      },
      listen: (listener) => threadPort?.on('message', listener),
    };
  }
  // Electron's utility process has its own port; the type lives in Electron, which this file does not import.
  const utility = (process as unknown as { readonly parentPort?: UtilityPort }).parentPort;
  if (utility === undefined) throw new Error('service-worker.ts runs in a thread or a utility process only');
  return {
    post: (reply) => {
      utility.postMessage(reply);
    },
    listen: (listener) => {
      utility.on('message', ({ data }) => {
        listener(data as HostMessage);
      });
    },
  };
}

interface UtilityPort {
  readonly postMessage: (message: unknown) => void;
  readonly on: (event: 'message', listener: (message: { readonly data: unknown }) => void) => void;
}
