// Reads the reports that the test runs left in artifacts/ and ends with one plain line: N passed, N failed.
// Fails when a report is missing, a test failed, or a test in a real Electron was skipped.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

const folder = join(import.meta.dirname, '../artifacts');
const complaints: string[] = [];
const counts = { passed: 0, failed: 0, skipped: 0 };

for (const file of ['tests-check.json', 'tests-e2e.json']) {
  const path = join(folder, file);
  if (!existsSync(path)) {
    complaints.push(`${file} was not written: that run did not finish`);
    counts.failed += 1;
    continue;
  }
  const report = JSON.parse(readFileSync(path, 'utf8')) as Report;
  for (const suite of report.testResults) {
    // A file that could not be loaded holds no tests and is still a failure.
    if (suite.status === 'failed' && suite.assertionResults.every((test) => test.status !== 'failed')) {
      counts.failed += 1;
      complaints.push(`failed: ${suite.name} ${suite.message ?? ''}`);
    }
    for (const test of suite.assertionResults) {
      if (test.status === 'passed') counts.passed += 1;
      else if (test.status === 'failed') {
        counts.failed += 1;
        complaints.push(`failed: ${test.fullName}`);
      } else {
        counts.skipped += 1;
        process.stdout.write(`skipped: ${test.fullName}\n`);
        if (/electron/i.test(suite.name)) complaints.push(`skipped in Electron: ${test.fullName}`);
      }
    }
  }
}

for (const complaint of complaints) process.stdout.write(`${complaint}\n`);
if (counts.skipped > 0) process.stdout.write(`${counts.skipped} skipped\n`);
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed\n`);
process.exitCode = complaints.length === 0 && counts.failed === 0 && counts.passed > 0 ? 0 : 1;
