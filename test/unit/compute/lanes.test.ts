import { describe, expect, test } from 'vitest';
import { createLaneKernels, laneModule } from '../../../main/compute/lanes/kernels.ts';
import { blackGreeksColumns } from '../../../shared/quant/european/black-columns.ts';
import { impliedVols } from '../../../shared/quant/european/implied-vol.ts';
import type { GreeksTable } from '../../../shared/quant/european/ordinary-greeks.ts';
import { ordinaryVols, notOrdinary } from '../../../shared/quant/european/ordinary-vols.ts';
import type { ImpliedVolTable } from '../../../shared/quant/european/ordinary-vols.ts';
import { greeksTable, impliedVolTable, optionTable } from '../../support/option-tables.ts';

const kernels = createLaneKernels()!;

/** The bytes of a column: equal bits, where `toEqual` would take 0 for −0. */
const bitsOf = (column: Float64Array): string => Buffer.from(column.buffer).toString('base64');

function expectTwin(table: ImpliedVolTable): void {
  const twin = {
    ...table,
    outVols: new Float64Array(table.count),
    outReasons: new Uint8Array(table.count),
  };
  kernels.impliedVols(table);
  impliedVols(twin);
  expect([...table.outReasons]).toEqual([...twin.outReasons]);
  expect(bitsOf(table.outVols)).toBe(bitsOf(twin.outVols));
}

function expectTwinGreeks(table: GreeksTable): void {
  const column = (): Float64Array => new Float64Array(table.count);
  const into = {
    price: column(),
    deltaForward: column(),
    gammaForward: column(),
    vegaPerVol: column(),
    thetaPerYear: column(),
  };
  kernels.greeks(table);
  blackGreeksColumns({ ...table, into });
  for (const name of Object.keys(into) as (keyof typeof into)[])
    expect(bitsOf(table.into[name]), name).toBe(bitsOf(into[name]));
}

describe('the lanes', () => {
  test('are a module that the engine accepts, the same bytes each time', () => {
    expect(kernels).not.toBeNull();
    expect(Buffer.from(laneModule()).equals(Buffer.from(laneModule()))).toBe(true);
  });

  test.each([
    ['narrow', 1e-4, 0.06],
    ['ordinary', 0.01, 0.9],
    ['wide', 0.3, 3],
  ] as const)('give the bits of their twin for %s options', (_, leastDeviation, mostDeviation) => {
    const options = optionTable({ count: 20_001, seed: 17, leastDeviation, mostDeviation });
    expectTwin(impliedVolTable(options));
    expectTwinGreeks(greeksTable(options));
  });

  test('take most rows of a chain themselves', () => {
    const table = impliedVolTable(
      optionTable({ count: 5000, seed: 2, leastDeviation: 0.02, mostDeviation: 0.8 }),
    );
    ordinaryVols(table);
    const left = table.outReasons.filter((reason) => reason === notOrdinary).length;
    expect(left / table.count).toBeLessThan(0.2);
  });

  test('give the bits of their twin for one row, an odd last row, and one value for a column', () => {
    for (const count of [0, 1, 2, 3, 511, 513, 1025]) {
      const options = optionTable({ count, seed: 99, leastDeviation: 0.01, mostDeviation: 1.2 });
      expectTwin({ ...impliedVolTable(options), forwards: 400, times: 0.3, discountFactors: 0.98 });
      expectTwinGreeks({ ...greeksTable(options), forwards: 400, times: 0.3, vols: 0.25 });
    }
  });

  test('give the bits of their twin for whatever is not a quote', () => {
    const odd = [0, -0, -1, 1, Number.NaN, Infinity, -Infinity, 1e-320, 1e300, 1e-300, 99.5, 7, 0.2];
    const rows = odd.flatMap((forward) =>
      odd.flatMap((strike) => odd.flatMap((price) => odd.map((time) => ({ forward, strike, price, time })))),
    );
    const count = rows.length;
    const all = {
      count,
      optionTypes: Int8Array.from(rows, (_, row) => (row % 2 === 0 ? 1 : -1)),
      forwards: Float64Array.from(rows, (row) => row.forward),
      strikes: Float64Array.from(rows, (row) => row.strike),
      times: Float64Array.from(rows, (row) => row.time),
      prices: Float64Array.from(rows, (row) => row.price),
    };
    for (const discountFactors of [1, 0.97, 0, Number.NaN])
      expectTwin({
        ...all,
        discountFactors,
        outVols: new Float64Array(count),
        outReasons: new Uint8Array(count),
      });
  });

  test('give the bits of their twin at the edges of the ordinary: a ratio of √2, the money, the bounds', () => {
    const strikes = [
      100,
      100 * Math.SQRT2,
      100 / Math.SQRT2,
      100 * (1 + Number.EPSILON),
      100 * Math.exp(2.4999),
      100 * Math.exp(-2.5001),
      141.4,
      70.72,
    ];
    const options = strikes.flatMap((strike) =>
      [1e-6, 0.0599, 0.06, 0.4199, 0.42, 0.999, 1.001].flatMap((vol) =>
        (['call', 'put'] as const).map((optionType) => ({ strike, vol, optionType })),
      ),
    );
    const greeks = {
      count: options.length,
      optionTypes: Int8Array.from(options, (option) => (option.optionType === 'call' ? 1 : -1)),
      forwards: 100,
      strikes: Float64Array.from(options, (option) => option.strike),
      times: 1,
      vols: Float64Array.from(options, (option) => option.vol),
      discountFactors: 0.99,
      into: {
        price: new Float64Array(options.length),
        deltaForward: new Float64Array(options.length),
        gammaForward: new Float64Array(options.length),
        vegaPerVol: new Float64Array(options.length),
        thetaPerYear: new Float64Array(options.length),
      },
    };
    expectTwinGreeks(greeks);
    expectTwin({
      ...greeks,
      prices: greeks.into.price,
      outVols: new Float64Array(options.length),
      outReasons: new Uint8Array(options.length),
    });
  });
});
