import { defineConfig } from 'vitest/config';

/** What CI counts afterwards: scripts/test-summary.ts reads it. */
const reports =
  process.env['CI'] === undefined ? [] : [['json', { outputFile: 'artifacts/tests-check.json' }] as const];

export default defineConfig({
  test: {
    include: ['test/{unit,property,reference,contract,store,ui,examples}/**/*.test.{ts,tsx}'],
    testTimeout: 30_000,
    pool: 'threads',
    reporters: ['default', ...reports],
  },
});
