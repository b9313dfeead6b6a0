import type { CommandName } from '../../shared/contract/index.ts';
import type { DeskEvent, ServiceMessage } from '../../shared/contract/messages.ts';
import { failure, type Failure } from '../../shared/failure.ts';
import { fail, type Result } from '../../shared/result.ts';
import { downloadText, type Client, type RequestOptions } from './client.ts';

type Answer = Result<unknown, Failure>;

/**
 * The client of the loopback host (docs/wire-protocol.md): one POST a request, answered in lines of
 * JSON (progress, then the result); dropping the connection cancels. Events by server-sent events.
 */
export function createWebClient(base = ''): Client {
  const lost = (name: string) =>
    fail(failure('refused', name, { reason: 'the desk cannot be reached; it may have been closed' }));

  async function ask(name: string, input: unknown, options: RequestOptions): Promise<Answer> {
    try {
      const response = await fetch(`${base}/api/request`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name, input }),
        signal: options.signal ?? null,
      });
      if (!response.ok) return (await response.json()) as Answer; // a refusal says its reason
      if (response.body === null) return lost(name);
      for await (const line of linesOf(response.body)) {
        const message = JSON.parse(line) as ServiceMessage;
        if (message.type === 'response') return message.result;
        if (message.type === 'progress') options.onProgress?.(message.progress);
      }
      return lost(name);
    } catch {
      // fetch rejects in two expected cases only: aborted by us, or the host is gone
      return options.signal?.aborted ? fail(failure('cancelled', name)) : lost(name);
    }
  }

  return {
    request: (name: CommandName, input: unknown, options: RequestOptions = {}) =>
      ask(name, input, options) as Promise<Result<never, Failure>>,
    subscribe(listener) {
      const source = new EventSource(`${base}/api/events`);
      source.onmessage = (event: MessageEvent<string>) => {
        listener(JSON.parse(event.data) as DeskEvent);
      };
      return () => source.close();
    },
    async addFile(file) {
      try {
        const response = await fetch(`${base}/api/file?name=${encodeURIComponent(file.name)}`, {
          method: 'POST',
          headers: { 'content-type': 'application/octet-stream' },
          body: file,
        });
        return (await response.json()) as Result<{ readonly fileId: string }, Failure>;
      } catch {
        return lost(file.name); // the host is gone
      }
    },
    saveText(fileName, mediaType, text) {
      downloadText(fileName, mediaType, text);
      return Promise.resolve();
    },
  };
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const lines = (rest + value).split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter((line) => line.trim() !== '');
  }
  if (rest.trim() !== '') yield rest;
}
