import { BlackScholes } from '@uqee/black-scholes';
import { createLaneKernels } from '../main/compute/lanes/kernels.ts';
import { blackGreeksColumns } from '../shared/quant/european/black-columns.ts';
import { impliedVols } from '../shared/quant/european/implied-vol.ts';
import { americanMeasurements } from './engine-american.ts';
import { dayMeasurements } from './engine-day.ts';
import { mixedChains } from './engine-quotes.ts';
import type { EuropeanRow } from './engine-quotes.ts';
import { machineLoad, processorNanoseconds } from './processor-time.ts';
import { openQuantLib } from './quantlib.ts';
import type { QuantLib } from './quantlib.ts';
import type { Benchmark, Measurement } from './report.ts';

const part = 'engine';
/** A thousandth of a volatility point. */
const visibleError = 1e-5;
const column = (rows: readonly EuropeanRow[], name: 'forward' | 'strike' | 'time' | 'price' | 'vol') =>
  Float64Array.from(rows, (row) => row[name]);

function worstOf(rows: readonly EuropeanRow[], found: Float64Array): number {
  return rows.reduce((worst, row, i) => Math.max(worst, Math.abs((found[i] ?? Number.NaN) - row.vol)), 0);
}

/** A peer's time, and how many of its volatilities are visibly wrong. */
function peerLine(
  peer: string,
  theirs: number,
  ours: number,
  result: {
    readonly rows: readonly EuropeanRow[];
    readonly found: Float64Array;
    readonly budget: number | null;
  },
): Measurement {
  const { rows, found, budget } = result;
  const wrong = rows.filter(
    (row, i) => !(Math.abs((found[i] ?? Number.NaN) - row.vol) < visibleError),
  ).length;
  const ratio = theirs / ours;
  const against = `TypeScript is faster${budget === null ? '' : `, at least ${budget}×`}; ${wrong.toLocaleString('en-US')} wrong by 1e-5`;
  const line = { part, what: `implied volatility, ${peer}`, value: theirs, unit: 'ns', against, ratio };
  return budget === null ? line : { ...line, kept: ratio >= budget };
}

/** Implied volatilities and greeks of mixed chains: TypeScript, lanes and peers, processor time of one thread. */
function europeanMeasurements(quantLib: QuantLib | string): readonly Measurement[] {
  const rows = mixedChains();
  const count = rows.length;
  const table = {
    count,
    optionTypes: Int8Array.from(rows, (row) => (row.type === 'call' ? 1 : -1)),
    forwards: column(rows, 'forward'),
    strikes: column(rows, 'strike'),
    times: column(rows, 'time'),
    prices: column(rows, 'price'),
    discountFactors: Float64Array.from(rows, (row) => row.discountFactor),
    outVols: new Float64Array(count),
    outReasons: new Uint8Array(count),
  };
  const empty = (): Float64Array => new Float64Array(count);
  const greeks = {
    ...table,
    vols: column(rows, 'vol'),
    into: {
      price: empty(),
      deltaForward: empty(),
      gammaForward: empty(),
      vegaPerVol: empty(),
      thetaPerYear: empty(),
    },
  };
  const chains = `${count.toLocaleString('en-US')} quotes of mixed chains`;
  const ours = processorNanoseconds(count, () => impliedVols(table));
  const lines: Measurement[] = [
    { part, what: 'implied volatility, TypeScript', value: ours, unit: 'ns', against: chains },
    { part, what: '  its largest error', value: worstOf(rows, table.outVols), unit: 'vol' },
  ];
  const kernels = createLaneKernels();
  if (kernels !== null) {
    const lanes = processorNanoseconds(count, () => kernels.impliedVols(table));
    lines.push({
      part,
      what: 'implied volatility, WebAssembly',
      value: lanes,
      unit: 'ns',
      against: 'TypeScript; at least 2×',
      ratio: ours / lanes,
      kept: ours / lanes >= 2,
    });
  }
  for (const [what, peer] of [
    ['@uqee/black-scholes as it comes', new BlackScholes()],
    [
      '@uqee/black-scholes, double, to 1e-12',
      new BlackScholes({ sigmaToPricePrecision: 'double', priceToSigmaAccuracy: 1e-12 }),
    ],
  ] as const) {
    const found = new Float64Array(count);
    const theirs = processorNanoseconds(
      count,
      () => {
        for (const [i, { type, forward, strike, time, discountFactor, price }] of rows.entries())
          found[i] = peer.sigma({
            price: price / discountFactor,
            rate: 0,
            strike,
            time,
            type,
            underlying: forward,
          });
      },
      3,
    );
    lines.push(peerLine(what, theirs, ours, { rows, found, budget: what.endsWith('1e-12') ? 20 : null }));
  }
  if (typeof quantLib === 'object') {
    for (const accuracy of [1e-6, 1e-12]) {
      const { nanoseconds, vols } = quantLib.european(rows, accuracy);
      lines.push(
        peerLine(accuracy === 1e-6 ? 'QuantLib as it comes' : `QuantLib to ${accuracy}`, nanoseconds, ours, {
          rows,
          found: Float64Array.from(vols),
          budget: accuracy === 1e-6 ? null : 8,
        }),
      );
    }
  }
  const plain = processorNanoseconds(count, () => blackGreeksColumns(greeks));
  lines.push({ part, what: 'price and first greeks, TypeScript', value: plain, unit: 'ns' });
  if (kernels !== null) {
    const lanes = processorNanoseconds(count, () => kernels.greeks(greeks));
    lines.push({
      part,
      what: 'price and first greeks, WebAssembly',
      value: lanes,
      unit: 'ns',
      against: 'TypeScript',
      ratio: plain / lanes,
    });
  }
  return lines;
}

/** The volatility engine against its peers and budgets. */
export const engineBenchmark: Benchmark = {
  name: part,
  run: async () => {
    const load = { part, what: 'load of the machine at the start', value: machineLoad(), unit: 'programs' };
    const quantLib = openQuantLib();
    if (typeof quantLib === 'string') process.stdout.write(`not measured: ${quantLib}\n`);
    try {
      return [
        load,
        ...europeanMeasurements(quantLib),
        ...americanMeasurements(quantLib),
        ...(await dayMeasurements()),
      ];
    } finally {
      if (typeof quantLib === 'object') quantLib.close();
    }
  },
};
