import { expect, it } from 'vitest';
import { randomStream } from '../../scripts/demo/random.ts';
import { killRepeatedly } from '../../scripts/kills/kill.ts';

it('a process killed while it imports, edits, approves, fixes and settles loses nothing it acknowledged and leaves nothing by halves', async () => {
  // `npm run kills -- 1000` is the long run of the same.
  const report = await killRepeatedly({ kills: 8, random: randomStream('kills in a test').uniform });
  expect(report.problems).toEqual([]);
  expect(report.acknowledged).toBeGreaterThan(8);
}, 60_000);
