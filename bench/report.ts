import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';

/** One line of the table. */
export interface Measurement {
  readonly part: string;
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** Against which: a peer measured in the same run, or a budget. */
  readonly against?: string;
  /** Value over the peer's, where there is one. */
  readonly ratio?: number;
  /** Whether a budget is kept; absent where there is none. */
  readonly kept?: boolean;
}

export interface Benchmark {
  readonly name: string;
  /** Measurements, or why there are none here. */
  readonly run: () => Promise<readonly Measurement[] | string>;
}

const digits = (value: number): string =>
  Math.abs(value) >= 100
    ? Math.round(value).toLocaleString('en-US')
    : value.toLocaleString('en-US', { maximumSignificantDigits: 3 });

export function printMeasurements(rows: readonly Measurement[]): void {
  const cells = rows.map((row) => [
    row.what,
    `${digits(row.value)} ${row.unit}`,
    row.ratio === undefined ? '' : `${digits(row.ratio)}×`,
    row.against ?? '',
    row.kept === undefined ? '' : row.kept ? 'kept' : 'MISSED',
  ]);
  const header = ['what', 'value', 'ratio', 'against', 'budget'];
  const widths = header.map((title, i) =>
    Math.max(title.length, ...cells.map((line) => line[i]?.length ?? 0)),
  );
  for (const line of [header, ...cells]) {
    process.stdout.write(
      `${line
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd()}\n`,
    );
  }
}

export function writeMeasurements(rows: readonly Measurement[], skipped: readonly string[]): void {
  const folder = join(import.meta.dirname, '../artifacts');
  mkdirSync(folder, { recursive: true });
  const machine = { node: process.version, cores: cpus().length, processor: cpus()[0]?.model ?? '' };
  const content = { measuredAt: new Date().toISOString(), machine, measurements: rows, skipped };
  writeFileSync(join(folder, 'bench.json'), `${JSON.stringify(content, null, 2)}\n`);
}

/** Median seconds of several runs; the first is thrown away as warming up. */
export function medianSeconds(runs: number, work: () => void): number {
  work();
  const seconds = Array.from({ length: runs }, () => {
    const started = performance.now();
    work();
    return (performance.now() - started) / 1000;
  }).sort((a, b) => a - b);
  return seconds[Math.floor(runs / 2)] ?? 0;
}
