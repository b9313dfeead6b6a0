import { Readable, Writable } from 'node:stream';
import { expect } from 'vitest';
import { runCalc } from '../../main/calc/run-calc.ts';

/** Parsed JSON: every table and every answer has a shape of its own. */
// oxlint-disable-next-line typescript/no-explicit-any -- spelled out, the shapes would be longer than the test
export type Json = any;
export type Answer = Readonly<Record<string, Json>>;
/** A line of calc and what its answer must be. */
export interface CalcCase {
  readonly name: string;
  readonly line: Readonly<Record<string, unknown>>;
  readonly check: (answer: Answer) => void;
}

/** Pipes the lines through the command's own stream and checks the answers one by one. */
export async function expectAnswers(cases: readonly CalcCase[]): Promise<void> {
  const text = cases.map(({ line }, id) => `${JSON.stringify({ id, ...line })}\n`).join('');
  // Cut without regard to lines, as a pipe does.
  const chunks = text.match(/[\s\S]{1,60000}/g) ?? [];
  let out = '';
  const output = new Writable({
    write(chunk, _encoding, done) {
      out += String(chunk);
      done();
    },
  });
  await runCalc(Readable.from(chunks.map((chunk) => Buffer.from(chunk))), output);
  const answers = out.trimEnd().split('\n');
  expect(answers.length).toBe(cases.length);
  for (const [i, { check }] of cases.entries()) {
    const answer = JSON.parse(answers[i]!) as Answer;
    expect(answer['id']).toBe(i);
    check(answer);
  }
}

export const within = (name: string, got: unknown, want: number, allowed: number): void => {
  expect(typeof got, `${name}: ${JSON.stringify(got)}`).toBe('number');
  expect(Math.abs((got as number) - want), `${name}: ${String(got)} for ${want}`).toBeLessThanOrEqual(
    allowed,
  );
};
export const code = (answer: Answer): unknown => answer['failure']?.code;
