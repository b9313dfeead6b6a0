import Database from 'better-sqlite3';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { bigFile } from './data.ts';
import type { Benchmark, Measurement } from './report.ts';

interface ImportReport {
  readonly accepted: number;
  readonly seconds: number;
  readonly commitSeconds: number;
  readonly peakMegabytes: number;
}

const seconds = (started: number): number => (performance.now() - started) / 1000;

/** Split rows into a plain table, one prepared statement, one transaction: the floor for any import into SQLite. */
function bareInsert(rows: readonly (readonly string[])[], file: string): number {
  const width = rows[0]?.length ?? 0;
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec(`CREATE TABLE bare (${Array.from({ length: width }, (_, i) => `c${i}`).join(', ')})`);
  const insert = db.prepare(
    `INSERT INTO bare VALUES (${Array.from({ length: width }, () => '?').join(', ')})`,
  );
  const started = performance.now();
  db.transaction(() => {
    for (const row of rows) insert.run(row);
  })();
  const taken = seconds(started);
  db.close();
  return taken;
}

function shellImport(csv: string, desk: string): number | null {
  const started = performance.now();
  try {
    execFileSync('sqlite3', [desk], {
      input: `PRAGMA journal_mode=WAL;\nPRAGMA synchronous=FULL;\n.mode csv\n.import "${csv}" bare\n`,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
  } catch {
    return null; // no sqlite3 shell on this machine
  }
  return seconds(started);
}

/** Rows imported per second with all checks, the preview and the audit, against what SQLite alone does. */
export const importBenchmark: Benchmark = {
  name: 'import',
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'voldesk-bench-'));
    try {
      const text = gunzipSync(readFileSync(bigFile.path)).toString();
      const csv = join(folder, 'plain.csv');
      writeFileSync(csv, text);
      const rows = text
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split(','));
      const bare = bareInsert(rows, join(folder, 'bare.sqlite'));
      const shell = shellImport(csv, join(folder, 'shell.sqlite'));
      const child = join(import.meta.dirname, 'import-child.ts');
      const output = execFileSync(process.execPath, [child, bigFile.path, join(folder, 'desk.sqlite')], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const ours = JSON.parse(output.toString()) as ImportReport;
      const perSecond = (taken: number): number => rows.length / taken;
      const part = 'import';
      const isNse = bigFile.label.startsWith('NSE');
      const measurements: Measurement[] = [
        {
          part,
          what: `import of ${bigFile.label} (${rows.length} rows)`,
          value: ours.seconds,
          unit: 's',
          ...(isNse && { against: 'budget 5 s', kept: ours.seconds < 5 }),
        },
        {
          part,
          what: 'rows imported',
          value: perSecond(ours.seconds),
          unit: '/s',
          against: 'a bare insert loop',
          ratio: bare / ours.seconds,
        },
        { part, what: 'of which the commit', value: ours.commitSeconds, unit: 's' },
        { part, what: 'a bare insert loop', value: perSecond(bare), unit: '/s' },
        {
          part,
          what: 'peak memory of the import',
          value: ours.peakMegabytes,
          unit: 'MB',
          against: 'budget 500 MB',
          kept: ours.peakMegabytes < 500,
        },
      ];
      if (shell !== null) {
        measurements.push({ part, what: "the sqlite3 shell's .import", value: perSecond(shell), unit: '/s' });
        measurements.push({
          part,
          what: 'rows imported',
          value: perSecond(ours.seconds),
          unit: '/s',
          against: "the shell's .import",
          ratio: shell / ours.seconds,
        });
      }
      return measurements;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
