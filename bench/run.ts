// npm run bench [-- PART…]
import { basketBenchmark } from './basket.ts';
import { dispersionBenchmark } from './dispersion.ts';
import { engineBenchmark } from './engine.ts';
import { exposureBenchmark } from './exposure.ts';
import { importBenchmark } from './imports.ts';
import { printMeasurements, writeMeasurements } from './report.ts';
import type { Benchmark, Measurement } from './report.ts';
import { scenarioBenchmark } from './scenario.ts';
import { suggestionBenchmark } from './suggestion.ts';
import { volsBenchmark } from './vols.ts';
import { windowBenchmark } from './window.ts';

const all: readonly Benchmark[] = [
  engineBenchmark,
  volsBenchmark,
  importBenchmark,
  basketBenchmark,
  dispersionBenchmark,
  suggestionBenchmark,
  exposureBenchmark,
  scenarioBenchmark,
  windowBenchmark,
];
const wanted = process.argv.slice(2);
const chosen = wanted.length === 0 ? all : all.filter(({ name }) => wanted.includes(name));
if (chosen.length === 0) throw new Error(`parts: ${all.map(({ name }) => name).join(', ')}`);

const rows: Measurement[] = [];
const skipped: string[] = [];
for (const { name, run } of chosen) {
  const result = await run();
  if (typeof result === 'string') skipped.push(`${name}: ${result}`);
  else rows.push(...result);
}
printMeasurements(rows);
for (const line of skipped) process.stdout.write(`not measured: ${line}\n`);
writeMeasurements(rows, skipped);
if (rows.some((row) => row.kept === false)) process.exitCode = 1;
