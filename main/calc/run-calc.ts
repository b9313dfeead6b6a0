import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { answerLine } from './calc-line.ts';
import type { CalcResponse } from './calc-line.ts';
import { reported } from './define-calc.ts';
import { linesOf } from './lines.ts';

/** Answers are written together up to this many characters, and always before more input is awaited. */
const blockLength = 64 * 1024;

/**
 * Answers newline-delimited JSON, in order, one line out for one line in. Holds one block of input and one
 * of output, whatever the length of the run: it reads on only when the output has drained.
 *
 * @param input chunks of UTF-8 text cut anywhere, such as standard input; blank lines are passed over
 * @returns how many lines were answered, and how many of them with a failure; early where the reader of the
 *   output has gone
 *
 * Proof: test/unit/calc/run-calc.test.ts, test/reference/calc-*.test.ts
 */
export async function runCalc(
  input: AsyncIterable<string | Uint8Array>,
  output: Writable,
): Promise<{ readonly lines: number; readonly failures: number }> {
  // A reader that closes its end is no error of ours: without a listener Node would end the process.
  output.on('error', () => undefined);
  let block = '';
  let [lines, failures] = [0, 0];
  for await (const batch of linesOf(input)) {
    for (const line of batch) {
      lines += 1;
      const response = line === null ? tooLong() : answerLine(line, lines);
      const { text, failed } = response instanceof Promise ? await response : response;
      if (failed) failures += 1;
      block += `${text}\n`;
      if (block.length < blockLength) continue;
      if (!(await write(output, block))) return { lines, failures };
      block = '';
    }
    if (block !== '' && !(await write(output, block))) return { lines, failures };
    block = '';
  }
  return { lines, failures };
}

const tooLong = (): CalcResponse => ({
  text: JSON.stringify({
    id: null,
    failure: reported({ code: 'invalid-input', detail: { reason: 'it is too long' } }, null),
  }),
  failed: true,
});

/** Whether the reader is still there once the block is on its way. */
async function write(output: Writable, block: string): Promise<boolean> {
  if (output.destroyed) return false;
  if (output.write(block)) return true;
  const waiting = new AbortController();
  const { signal } = waiting;
  try {
    await Promise.race([once(output, 'drain', { signal }), once(output, 'close', { signal })]);
  } catch {
    // The output failed, most often because its reader closed the pipe: nobody is left to answer.
    return false;
  } finally {
    waiting.abort();
  }
  return !output.destroyed;
}
