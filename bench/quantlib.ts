import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AmericanRow, EuropeanRow } from './engine-quotes.ts';

const headers = ['/usr/include/ql/version.hpp', '/usr/local/include/ql/version.hpp'];

export interface QuantLib {
  /** Processor nanoseconds of `blackFormulaImpliedStdDev`, and what it gives; 0 where it refuses. */
  readonly european: (
    rows: readonly EuropeanRow[],
    accuracy: number,
  ) => { readonly nanoseconds: number; readonly vols: readonly number[] };
  /** Processor microseconds of its accurate American engine, and the prices. */
  readonly american: (rows: readonly AmericanRow[]) => {
    readonly microseconds: number;
    readonly prices: readonly number[];
  };
  readonly close: () => void;
}

/** Compiles the driver against the machine's QuantLib; a reason where that cannot be done. */
export function openQuantLib(): QuantLib | string {
  if (!headers.some((path) => existsSync(path))) return 'no QuantLib headers on this machine';
  const folder = mkdtempSync(join(tmpdir(), 'voldesk-quantlib-'));
  const driver = join(folder, 'driver');
  const source = join(import.meta.dirname, 'peers/quantlib-driver.cpp');
  try {
    execFileSync('g++', ['-O3', '-std=c++17', '-o', driver, source, '-lQuantLib'], { stdio: 'pipe' });
  } catch (error) {
    rmSync(folder, { recursive: true });
    return `QuantLib's driver was not compiled: ${error instanceof Error ? error.message.split('\n')[0] : ''}`;
  }
  const run = (mode: string, rows: readonly (readonly number[])[], ...more: readonly string[]): unknown => {
    const file = join(folder, `${mode}.rows`);
    writeFileSync(file, Buffer.from(Float64Array.from(rows.flat()).buffer));
    return JSON.parse(execFileSync(driver, [mode, file, ...more], { encoding: 'utf8', maxBuffer: 1 << 26 }));
  };
  const signOf = (type: 'call' | 'put'): number => (type === 'call' ? 1 : -1);
  return {
    european: (rows, accuracy) =>
      run(
        'european',
        rows.map((row) => [
          signOf(row.type),
          row.forward,
          row.strike,
          row.time,
          row.discountFactor,
          row.price,
        ]),
        String(accuracy),
      ) as ReturnType<QuantLib['european']>,
    american: (rows) =>
      run(
        'american',
        rows.map((row) => [
          signOf(row.type),
          row.spot,
          row.strike,
          row.time,
          row.rate,
          row.dividendYield,
          row.vol,
        ]),
      ) as ReturnType<QuantLib['american']>,
    close: () => rmSync(folder, { recursive: true }),
  };
}
