import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { createComputePool } from '../../../main/compute/pool.ts';
import { temporaryFolder } from '../../support/service.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

/** A worker that speaks the pool's messages and does what its input says. */
const worker = join(folder.path, 'worker.mjs');
writeFileSync(
  worker,
  `import { parentPort, threadId } from 'node:worker_threads';
   parentPort.on('message', ({ input }) => {
     if (input.does === 'exit') process.exit(3);
     if (input.does === 'throw') parentPort.postMessage({ type: 'broke', message: 'a bug', stack: 'the stack' });
     if (input.does === 'hang') return;
     if (input.does === 'work') {
       parentPort.postMessage({ type: 'progress', progress: { label: 'half', done: 1, total: 2 } });
       setTimeout(() => parentPort.postMessage({ type: 'done', output: { id: input.id, threadId } }), input.for ?? 0);
     }
   });`,
);
const poolOf = (size: number) => {
  const pool = createComputePool({ worker: pathToFileURL(worker), size });
  const run = (input: object, options?: Parameters<typeof pool.run>[2]) =>
    pool.run('readFeed', input as never, options);
  return { pool, run };
};

describe('the compute pool', () => {
  it('does jobs in the order they came and reuses its workers', async () => {
    const { pool, run } = poolOf(1);
    const done: unknown[] = [];
    const results = await Promise.all(
      [1, 2, 3].map(async (id) => {
        const result = (await run({ does: 'work', id })) as unknown as {
          value: { id: number; threadId: number };
        };
        done.push(result.value.id);
        return result.value.threadId;
      }),
    );
    expect(done).toEqual([1, 2, 3]);
    expect(new Set(results).size).toBe(1);
    await pool.close();
  });

  it('passes progress on to who asked', async () => {
    const { pool, run } = poolOf(1);
    const heard: unknown[] = [];
    await run({ does: 'work' }, { onProgress: (progress) => heard.push(progress) });
    expect(heard).toEqual([{ label: 'half', done: 1, total: 2 }]);
    await pool.close();
  });

  it('ends a job that is cancelled at once, running or waiting, and goes on', async () => {
    const { pool, run } = poolOf(1);
    const [running, waiting] = [new AbortController(), new AbortController()];
    const first = run({ does: 'hang' }, { signal: running.signal });
    const second = run({ does: 'hang' }, { signal: waiting.signal });
    const third = run({ does: 'work', id: 3 });
    waiting.abort();
    expect(await second).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    running.abort();
    expect(await first).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(await third).toMatchObject({ ok: true, value: { id: 3 } });
    expect(await run({ does: 'work' }, { signal: AbortSignal.abort() })).toMatchObject({ ok: false });
    await pool.close();
  });

  it('rejects for a job that throws, with the stack of the worker, and keeps the worker', async () => {
    const { pool, run } = poolOf(1);
    await expect(run({ does: 'throw' })).rejects.toMatchObject({ message: 'a bug', stack: 'the stack' });
    expect(await run({ does: 'work', id: 4 })).toMatchObject({ ok: true, value: { id: 4 } });
    await pool.close();
  });

  it('rejects for a worker that dies, and starts another', async () => {
    const { pool, run } = poolOf(1);
    await expect(run({ does: 'exit' })).rejects.toThrow(/ended/);
    expect(await run({ does: 'work', id: 5 })).toMatchObject({ ok: true, value: { id: 5 } });
    await pool.close();
  });

  it('cancels everything when it closes', async () => {
    const { pool, run } = poolOf(1);
    const jobs = [run({ does: 'hang' }), run({ does: 'hang' })];
    await pool.close();
    expect(await Promise.all(jobs)).toMatchObject([{ ok: false }, { ok: false }]);
    expect(await run({ does: 'work' })).toMatchObject({ ok: false });
  });
});
