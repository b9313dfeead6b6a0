import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: ['test/support/demo-desk.ts'],
    include: ['test/{unit,property,reference,contract,store,ui,examples}/**/*.test.{ts,tsx}'],
    testTimeout: 30_000,
    pool: 'threads',
    // CI counts from the report: scripts/test-summary.ts.
    reporters: process.env['CI'] === undefined ? ['default'] : ['default', 'json'],
    outputFile: { json: 'artifacts/tests-check.json' },
  },
});
