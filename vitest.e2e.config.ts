import { defineConfig } from 'vitest/config';

/** The whole application, one journey at a time: in headless Chromium and in a real Electron. */
export default defineConfig({
  test: {
    globalSetup: ['test/support/demo-desk.ts'],
    include: ['test/e2e/**/*.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    fileParallelism: false,
    // CI counts from the report: scripts/test-summary.ts.
    reporters: process.env['CI'] === undefined ? ['default'] : ['default', 'json'],
    outputFile: { json: 'artifacts/tests-e2e.json' },
  },
});
