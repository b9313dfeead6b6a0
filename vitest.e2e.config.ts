import { defineConfig } from 'vitest/config';

const reports =
  process.env['CI'] === undefined ? [] : [['json', { outputFile: 'artifacts/tests-e2e.json' }] as const];

/** The whole application, one journey at a time: in headless Chromium and in a real Electron. */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    fileParallelism: false,
    reporters: ['default', ...reports],
  },
});
