import { parentPort, type Transferable } from 'node:worker_threads';
import { jobs, type JobContext } from './jobs.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

const port = parentPort;
if (port === null) throw new Error('compute/worker.ts runs as a worker thread only');

const context: JobContext = {
  progress: (progress) => {
    port.postMessage({ type: 'progress', progress } satisfies FromWorker);
  },
};

port.on('message', ({ name, input }: ToWorker) => {
  void answer(name, input).then(({ message, transfer }) => port.postMessage(message, transfer));
});

async function answer(
  name: ToWorker['name'],
  input: unknown,
): Promise<{ message: FromWorker; transfer: Transferable[] }> {
  const job = jobs[name] as (input: unknown, context: JobContext) => unknown;
  try {
    const output = await job(input, context);
    return { message: { type: 'done', output }, transfer: buffersOf(output) };
  } catch (error) {
    // A throw in a job is a bug: it crosses the thread with its stack and ends in dispatch's log.
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    return { message: { type: 'broke', message, stack: stack ?? '' }, transfer: [] };
  }
}

/** The memory behind typed arrays in an output: handed over instead of copied. */
function buffersOf(output: unknown): Transferable[] {
  const buffers = new Set<ArrayBuffer>();
  const visit = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || depth > 6) return;
    if (ArrayBuffer.isView(value)) {
      if (value.buffer instanceof ArrayBuffer) buffers.add(value.buffer);
      return;
    }
    // Long plain arrays hold numbers or rows, never buffers: not worth the walk.
    if (Array.isArray(value) && value.length > 1000) return;
    for (const member of Object.values(value)) visit(member, depth + 1);
  };
  visit(output, 0);
  return [...buffers];
}
