import { finishGreeks } from '../../../shared/quant/european/black-columns.ts';
import type { ColumnOrNumber } from '../../../shared/quant/european/black-columns.ts';
import { finishVols } from '../../../shared/quant/european/implied-vol.ts';
import type { GreeksTable } from '../../../shared/quant/european/ordinary-greeks.ts';
import { notOrdinary } from '../../../shared/quant/european/ordinary-vols.ts';
import type { ImpliedVolTable } from '../../../shared/quant/european/ordinary-vols.ts';
import { columns, rowsAtOnce } from './columns.ts';
import { greeksLanes } from './greeks-lanes.ts';
import { impliedVolLanes } from './implied-vol-lanes.ts';
import { moduleOf } from './module.ts';

/** What of WebAssembly is used; the compiler's library for Node does not declare it. */
interface Wasm {
  readonly validate: (bytes: Uint8Array) => boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => {
    readonly exports: {
      readonly memory: { readonly buffer: ArrayBuffer };
      readonly impliedVols: (end: number) => void;
      readonly greeks: (end: number) => void;
    };
  };
}

export interface LaneKernels {
  /** As `impliedVols` of `shared/quant/european/implied-vol.ts`, to the bit. */
  readonly impliedVols: (table: ImpliedVolTable) => void;
  /** As `blackGreeksColumns` of `shared/quant/european/black-columns.ts`, to the bit. */
  readonly greeks: (table: GreeksTable) => void;
}

/** The module's bytes: the same on every machine. */
export const laneModule = (): Uint8Array<ArrayBuffer> =>
  moduleOf({ impliedVols: impliedVolLanes, greeks: greeksLanes });

/** Compiles the kernels; null where the engine has no vector instructions. */
export function createLaneKernels(): LaneKernels | null {
  const wasm = (globalThis as unknown as { readonly WebAssembly?: Wasm }).WebAssembly;
  const bytes = laneModule();
  if (wasm?.validate(bytes) !== true) return null;
  const { memory, impliedVols, greeks } = new wasm.Instance(new wasm.Module(bytes)).exports;
  const view = (offset: number): Float64Array => new Float64Array(memory.buffer, offset, rowsAtOnce);
  const sign = view(columns.sign);
  const forward = view(columns.forward);
  const strike = view(columns.strike);
  const time = view(columns.time);
  const discountFactor = view(columns.discountFactor);
  const given = view(columns.given);
  const found = view(columns.found);
  const deltaForward = view(columns.deltaForward);
  const gammaForward = view(columns.gammaForward);
  const vegaPerVol = view(columns.vegaPerVol);
  const thetaPerYear = view(columns.thetaPerYear);

  return {
    impliedVols: (table) => {
      const { count, optionTypes, outVols, outReasons } = table;
      for (let from = 0; from < count; from += rowsAtOnce) {
        const rows = Math.min(rowsAtOnce, count - from);
        fill(sign, optionTypes, from, rows);
        fill(forward, table.forwards, from, rows);
        fill(strike, table.strikes, from, rows);
        fill(time, table.times, from, rows);
        fill(discountFactor, table.discountFactors, from, rows);
        fill(given, table.prices, from, rows);
        impliedVols(rows * Float64Array.BYTES_PER_ELEMENT);
        for (let row = 0; row < rows; row++) {
          const vol = found[row]!;
          const isOrdinary = vol === vol;
          outReasons[from + row] = isOrdinary ? 0 : notOrdinary;
          outVols[from + row] = vol;
        }
      }
      finishVols(table);
    },
    greeks: (table) => {
      const { count, into } = table;
      for (let from = 0; from < count; from += rowsAtOnce) {
        const rows = Math.min(rowsAtOnce, count - from);
        fill(sign, table.optionTypes, from, rows);
        fill(forward, table.forwards, from, rows);
        fill(strike, table.strikes, from, rows);
        fill(time, table.times, from, rows);
        fill(discountFactor, table.discountFactors, from, rows);
        fill(given, table.vols, from, rows);
        greeks(rows * Float64Array.BYTES_PER_ELEMENT);
        copy(found, into.price, from, rows);
        copy(deltaForward, into.deltaForward, from, rows);
        copy(gammaForward, into.gammaForward, from, rows);
        copy(vegaPerVol, into.vegaPerVol, from, rows);
        copy(thetaPerYear, into.thetaPerYear, from, rows);
      }
      finishGreeks(table);
    },
  };
}

function fill(lane: Float64Array, column: ColumnOrNumber | Int8Array, from: number, rows: number): void {
  if (typeof column === 'number') lane.fill(column, 0, rows);
  else lane.set(column.subarray(from, from + rows));
}

function copy(lane: Float64Array, column: Float64Array, from: number, rows: number): void {
  column.set(rows === rowsAtOnce ? lane : lane.subarray(0, rows), from);
}
