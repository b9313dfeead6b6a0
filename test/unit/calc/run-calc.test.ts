import { PassThrough, Readable, Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { calcTable } from '../../../main/calc/calc-table.ts';
import { linesOf } from '../../../main/calc/lines.ts';
import { runCalc } from '../../../main/calc/run-calc.ts';

const option = { optionType: 'call', forward: 100, strike: 100, timeToExpiry: 0.5, vol: 0.2 };

// oxlint-disable-next-line typescript/no-explicit-any -- parsed JSON: every answer has a shape of its own
type Answer = any;

async function answersTo(chunks: readonly (string | Uint8Array)[]): Promise<readonly Answer[]> {
  let text = '';
  const output = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  await runCalc(Readable.from(chunks, { objectMode: true }), output);
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
const answerTo = async (line: object): Promise<Answer> => (await answersTo([JSON.stringify(line)]))[0];

describe('runCalc', () => {
  test('answers in order, whatever the chunks, with the id as it came', async () => {
    const ids = [1, 'two', null, { three: [3] }, false];
    const text = ids.map((id) => `${JSON.stringify({ id, calc: 'european', ...option })}\r\n`).join('\n');
    const bytes = new TextEncoder().encode(text);
    const chunks = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, i) =>
      bytes.slice(7 * i, 7 * i + 7),
    );
    const answers = await answersTo(chunks);
    expect(answers.map(({ id }) => id)).toEqual(ids);
    expect(answers.every(({ price }) => Math.abs(price - 5.637197779701664) < 1e-13)).toBe(true);
  });

  test('answers a bad line with a failure and goes on', async () => {
    const answers = await answersTo([
      'not json\n[1]\n"text"\n',
      `${JSON.stringify({ id: 7 })}\n`,
      `${JSON.stringify({ id: 8, calc: 'constructor' })}\n`,
      `${JSON.stringify({ id: 9, calc: 'european', ...option, vol: -1, strike: 'high' })}\n`,
      `{"id":10,"calc":"european","optionType":"call","forward":1e999,"strike":1,"timeToExpiry":1,"vol":1}\n`,
      JSON.stringify({ id: 11, calc: 'european', ...option }),
    ]);
    expect(answers.slice(0, 7).map(({ failure }) => failure.code)).toEqual(Array(7).fill('invalid-input'));
    expect(answers.map(({ id }) => id)).toEqual([null, null, null, 7, 8, 9, 10, 11]);
    expect(answers[5].failure.message).toBe(
      'The calc european cannot be computed: strike must be a finite number; vol must be at least 0. Correct the input.',
    );
    expect(answers[6].failure.message).toContain('forward must be a finite number');
    expect(answers[7].price).toBeGreaterThan(5);
  });

  test('takes a null field for an absent one and names a misspelled one', async () => {
    const plain = await answerTo({ calc: 'european', ...option, discountFactor: null, note: 'kept out' });
    expect(plain.price).toBeCloseTo(5.637197779701664, 12);
    const slip = await answerTo({ calc: 'european', ...option, discount_factor: 0.9 });
    expect(slip.failure.message).toContain('discount_factor is not a field; write discountFactor');
  });

  test('never writes a number that JSON has no word for', async () => {
    const huge = { calc: 'forwardStart', family: 'relative', power: 2, optionType: 'call' };
    const answer = await answerTo({ ...huge, timeToStart: 0, timeToEnd: 1, vol: 100 });
    expect(answer.failure.code).toBe('invalid-input');
    const wide = await answerTo({ calc: 'volContract', vol: 1e200, multiplier: 1e200, months: 1, tick: 0 });
    expect(wide.failure.message).toContain('beyond the range of numbers');
  });

  test('reads on only when its output has drained', async () => {
    const line = `${JSON.stringify({ id: 1, calc: 'european', ...option })}\n`;
    let read = 0;
    async function* source(): AsyncGenerator<string> {
      for (let i = 0; i < 2000; i++) {
        read += 1;
        yield line.repeat(10);
      }
    }
    const output = new PassThrough({ highWaterMark: 1024 });
    const run = runCalc(source(), output);
    await new Promise((resolve) => setTimeout(resolve, 50));
    // Nobody reads: the pipe holds one block, and the rest of the input is left where it is.
    expect(read).toBeLessThan(20);
    let lines = 0;
    output.on('data', (chunk: Buffer) => (lines += String(chunk).split('\n').length - 1));
    expect(await run).toEqual({ lines: 20_000, failures: 0 });
    output.end();
    await new Promise((resolve) => output.on('end', resolve));
    expect(lines).toBe(20_000);
  });

  test('stops where the reader of its output has gone', async () => {
    const line = `${JSON.stringify({ id: 1, calc: 'european', ...option })}\n`;
    async function* endless(): AsyncGenerator<string> {
      for (;;) yield line.repeat(100);
    }
    const output = new PassThrough({ highWaterMark: 1024 });
    const run = runCalc(endless(), output);
    await new Promise((resolve) => setTimeout(resolve, 20));
    output.destroy();
    expect((await run).failures).toBe(0);
  });
});

describe('linesOf', () => {
  test('keeps memory by letting an endless line go, and says where it was', async () => {
    const piece = 'x'.repeat(8 * 1024 * 1024);
    async function* chunks(): AsyncGenerator<string> {
      yield 'first\n';
      for (let i = 0; i < 5; i++) yield piece;
      yield '\nlast';
    }
    const batches: (string | null)[] = [];
    for await (const batch of linesOf(chunks())) batches.push(...batch);
    expect(batches).toEqual(['first', null, 'last']);
  });
});

describe('the calc table', () => {
  test('holds every calc that the command line promises', () => {
    expect([...calcTable.keys()].sort()).toEqual(
      [
        'american',
        'americanImpliedVol',
        'european',
        'forwardStart',
        'forwardStartImpliedVol',
        'forwardVol',
        'hedge',
        'impliedVol',
        'indexCorrelation',
        'modelFreeVol',
        'optionOnForwardStart',
        'portfolioVol',
        'realizedVol',
        'rootMeanSquare',
        'smile',
        'trackingBasket',
        'volContract',
      ].sort(),
    );
  });

  test('answers each with the fields that the command line promises', async () => {
    const keysOf = async (line: object): Promise<readonly string[]> => Object.keys(await answerTo(line));
    expect(await keysOf({ calc: 'european', ...option })).toEqual([
      'id',
      'price',
      'deltaForward',
      'gammaForward',
      'vegaPerVol',
      'thetaPerYear',
    ]);
    const smile = await answerTo({
      calc: 'smile',
      forward: 100,
      timeToExpiry: 0.5,
      quotes: [80, 90, 100, 110, 120].map((strike) => ({
        strike,
        vol: 0.2 + 0.001 * (100 - strike) ** 2 * 0.01,
        weight: 1,
      })),
      fitStrikes: [95, 105],
    });
    expect(smile).toMatchObject({
      arbitrageFree: true,
      rmse: expect.any(Number),
      butterflyMin: expect.any(Number),
    });
    expect(smile.vols).toHaveLength(2);
    expect(Math.abs(smile.vols[0] - 0.20025)).toBeLessThan(0.002);
    const value = await answerTo({
      calc: 'volContract',
      vol: 0.1122,
      multiplier: 100_000,
      months: 3,
      tick: 0.0001,
    });
    expect(value).toEqual({ id: null, value: 33_660, tickValue: 30 });
    const range = await answerTo({ calc: 'realizedVol', estimator: 'zeroMean', bars: [] });
    expect(range.failure.message).toContain('marks are missing');
    const yangZhang = await answerTo({
      calc: 'realizedVol',
      estimator: 'yangZhang',
      bars: [1, 2, 3, 4].map((i) => ({ open: 100 + i, high: 103 + i, low: 99 + i, close: 101 + i })),
    });
    expect(yangZhang).toMatchObject({ observations: 3, vol: expect.any(Number) });
  });

  test('asks for the contract’s phase when it cannot tell', async () => {
    const contract = {
      calc: 'forwardStart',
      optionType: 'call',
      family: 'relative',
      power: 1,
      timeToEnd: 0.5,
      vol: 0.2,
    };
    expect((await answerTo(contract)).failure.message).toContain('timeToStart is missing');
    expect((await answerTo({ ...contract, fixedStrike: 100 })).failure.message).toContain(
      'forward is missing',
    );
    expect((await answerTo({ ...contract, fixedStrike: 100, forward: 100 })).price).toBeGreaterThan(0.05);
    expect((await answerTo({ ...contract, power: 3, timeToStart: 0 })).failure.message).toContain(
      'power: must be 1 or 2',
    );
  });
});
