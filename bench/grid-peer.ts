import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { millsBottom, millsTop } from '../shared/quant/european/ordinary-coefficients.ts';

/** The European options of a grid as plain columns. */
export interface PeerGrid {
  /** Per expiry: forwards, times and discount factors of every node. */
  readonly expiries: readonly (readonly Float64Array[])[];
  readonly shifts: readonly number[];
  readonly options: readonly {
    readonly expiry: number;
    readonly sign: number;
    readonly strike: number;
    readonly vol: number;
    readonly units: number;
  }[];
}

export interface PeerResult {
  /** Processor time a valuation with greeks, the best of several runs. */
  readonly nanoseconds: number;
  /** Summed value at every node. */
  readonly values: readonly number[];
}

/** The same loop in C++, compiled for this very machine; a reason where there is no compiler. */
export function runGridPeer(grid: PeerGrid, extraFlags: readonly string[]): PeerResult | string {
  const folder = mkdtempSync(join(tmpdir(), 'voldesk-grid-'));
  try {
    const constants = (name: string, values: readonly number[]): string =>
      `static const double ${name}[] = {${values.map((value) => value.toString()).join(', ')}};\n`;
    writeFileSync(
      join(folder, 'coefficients.h'),
      constants('millsTop', millsTop) + constants('millsBottom', millsBottom),
    );
    const driver = join(folder, 'driver');
    const source = join(import.meta.dirname, 'peers/grid-driver.cpp');
    const flags = ['-O3', '-march=native', '-std=c++17', ...extraFlags, `-I${folder}`];
    execFileSync('g++', [...flags, '-o', driver, source], { stdio: 'pipe' });
    const rows = [
      grid.options.length,
      grid.expiries.length,
      grid.shifts.length,
      ...grid.expiries.flatMap((columns) => columns.flatMap((column) => [...column])),
      ...grid.shifts,
      ...grid.options.flatMap(({ expiry, sign, strike, vol, units }) => [expiry, sign, strike, vol, units]),
    ];
    const file = join(folder, 'rows');
    writeFileSync(file, Buffer.from(Float64Array.from(rows).buffer));
    return JSON.parse(execFileSync(driver, [file], { encoding: 'utf8', maxBuffer: 1 << 26 })) as PeerResult;
  } catch (error) {
    return `the C++ grid was not compiled: ${error instanceof Error ? error.message.split('\n')[0] : ''}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
