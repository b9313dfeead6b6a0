// npm run kills -- 1000 [SEED]: kills at random moments, looks after each, prints what was found.
import { killRepeatedly } from './kill.ts';
import { randomStream } from '../demo/random.ts';

const kills = Number(process.argv[2] ?? 100);
const seed = Number(process.argv[3] ?? 1);
const started = performance.now();
const report = await killRepeatedly({
  kills,
  random: randomStream(`kills ${seed}`).uniform,
  say: (line) => void process.stdout.write(`${line}\n`),
});
const seconds = ((performance.now() - started) / 1000).toFixed(0);
process.stdout.write(`${JSON.stringify(report, null, 2)}\n${seconds} s\n`);
if (report.problems.length > 0) process.exitCode = 1;
