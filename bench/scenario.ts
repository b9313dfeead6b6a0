import { createLaneKernels } from '../main/compute/lanes/kernels.ts';
import { createComputePool } from '../main/compute/pool.ts';
import { runScenarioGrid } from '../main/compute/scenario-grid.ts';
import type { ListedOptionPosition, ScenarioBook } from '../shared/quant/scenario/book.ts';
import { nodeShocks, revalueGrid } from '../shared/quant/scenario/grid.ts';
import type { GridRequest } from '../shared/quant/scenario/operations.ts';
import { noShock } from '../shared/quant/scenario/shock.ts';
import { volAtStrike } from '../shared/quant/scenario/smile-layers.ts';
import { runGridPeer } from './grid-peer.ts';
import type { PeerGrid } from './grid-peer.ts';
import { machineLoad, processorNanoseconds } from './processor-time.ts';
import type { Benchmark, Measurement } from './report.ts';
import { scenarioBook } from './scenario-book.ts';

const part = 'scenario';
const limitSeconds = 3;
const cores = 2;
const mostOverPeer = 2;
const runs = 5;

const steps = Array.from({ length: 21 }, (_, i) => i - 10);
const gridOf = (book: ScenarioBook): GridRequest => ({
  book,
  shock: noShock,
  axisA: { kind: 'spot', target: { kind: 'all' }, values: steps.map((step) => step * 0.02) },
  axisB: { kind: 'volParallel', target: { kind: 'all' }, values: steps.map((step) => step * 0.008) },
});

/** The European options of a book as the peer takes them. */
function peerGrid(book: ScenarioBook): PeerGrid {
  const shocks = nodeShocks(gridOf(book)).slice(0, -1);
  const spots = shocks.map(({ spot }) => spot.reduce((level, one) => level * (1 + one.move), 1));
  const expiries = book.names.flatMap((name) => name.expiries.map((expiry) => ({ name, expiry })));
  const indexOf = new Map(expiries.map(({ name, expiry }, i) => [`${name.symbol} ${expiry.key}`, i]));
  return {
    expiries: expiries.map(({ expiry }) => [
      Float64Array.from(spots, (level) => expiry.forward * level),
      Float64Array.from(spots, () => expiry.timeToExpiry),
      Float64Array.from(spots, () => expiry.discountFactor),
    ]),
    shifts: shocks.map(({ vol }) => vol.reduce((sum, one) => sum + ('change' in one ? one.change : 0), 0)),
    options: (book.positions as readonly ListedOptionPosition[]).map((position) => {
      const at = indexOf.get(`${position.symbol} ${position.expiryKey}`)!;
      return {
        expiry: at,
        sign: position.optionType === 'call' ? 1 : -1,
        strike: position.strike,
        vol: volAtStrike(expiries.at(at)!.expiry, position.strike) ?? 0,
        units: position.quantity * position.multiplier,
      };
    }),
  };
}

/** The European part on one thread, lanes and TypeScript, against the same loop in C++. */
function europeanLines(book: ScenarioBook): readonly Measurement[] {
  const exercise = new Map(book.names.map((name) => [name.symbol, name.exercise]));
  const european = {
    ...book,
    positions: book.positions.filter(({ symbol }) => exercise.get(symbol) === 'european'),
  };
  const request = gridOf(european);
  const valuations = european.positions.length * steps.length ** 2;
  const against = `${valuations.toLocaleString('en-US')} valuations with greeks, the whole grid`;
  const plain = processorNanoseconds(valuations, () => revalueGrid(request), 5);
  const lines: Measurement[] = [
    { part, what: 'European part, TypeScript', value: plain, unit: 'ns a valuation', against },
  ];
  const kernels = createLaneKernels();
  const lanes =
    kernels === null
      ? plain
      : processorNanoseconds(valuations, () => revalueGrid(request, { greeks: kernels.greeks }), 5);
  const rows = peerGrid(european);
  const [peer, loose] = [runGridPeer(rows, []), runGridPeer(rows, ['-ffast-math'])];
  if (typeof peer === 'string' || typeof loose === 'string') {
    process.stdout.write(`not measured: ${typeof peer === 'string' ? peer : 'the loose C++ grid'}\n`);
    return [
      ...lines,
      { part, what: 'European part, WebAssembly', value: lanes, unit: 'ns a valuation', against },
    ];
  }
  const ours = revalueGrid(request);
  const values = ours.ok ? ours.value.total.profit.map((profit) => profit + ours.value.baseValue) : [];
  const worst = peer.values.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - (values[i] ?? Number.NaN))),
    0,
  );
  return [
    ...lines,
    {
      part,
      what: 'European part, C++',
      value: peer.nanoseconds,
      unit: 'ns a valuation',
      against: 'g++ -O3 -march=native, one thread, the loop over options and nodes alone',
    },
    {
      part,
      what: 'European part, C++ of loose arithmetic',
      value: loose.nanoseconds,
      unit: 'ns a valuation',
      against: 'the same with -ffast-math: eight rows at a time',
      ratio: lanes / loose.nanoseconds,
    },
    {
      part,
      what: 'European part, WebAssembly',
      value: lanes,
      unit: 'ns a valuation',
      against: `C++, at most ${mostOverPeer}×`,
      ratio: lanes / peer.nanoseconds,
      kept: lanes / peer.nanoseconds <= mostOverPeer,
    },
    { part, what: '  largest difference of a node’s value', value: worst, unit: 'of some millions' },
  ];
}

/** The whole grid of 10,000 options over two workers, as the application runs it. */
async function wholeLines(book: ScenarioBook): Promise<readonly Measurement[]> {
  const pool = createComputePool({
    worker: new URL('../main/compute/worker.ts', import.meta.url),
    size: cores,
  });
  const seconds: number[] = [];
  const processor: number[] = [];
  let [valuations, told] = [0, 0];
  try {
    for (let run = 0; run < runs + 1; run++) {
      const before = process.cpuUsage();
      const started = performance.now();
      const grid = await runScenarioGrid(pool, gridOf(book), { parts: cores, onProgress: () => (told += 1) });
      if (!grid.ok) throw new Error('the grid was refused');
      valuations = grid.value.valuations;
      const { user, system } = process.cpuUsage(before);
      if (run === 0) continue;
      seconds.push((performance.now() - started) / 1000);
      processor.push((user + system) / 1e6);
    }
    const controller = new AbortController();
    const cancelled = runScenarioGrid(pool, gridOf(book), { parts: cores, signal: controller.signal });
    await new Promise((resolve) => setTimeout(resolve, 150));
    const started = performance.now();
    controller.abort();
    const outcome = await cancelled;
    const stopped = performance.now() - started;
    const median = (values: number[]): number => values.sort((a, b) => a - b)[runs >> 1] ?? Number.NaN;
    const wall = median(seconds);
    const perCore = median(processor) / cores;
    return [
      {
        part,
        what: `21 × 21 grid of ${book.positions.length.toLocaleString('en-US')} options`,
        value: wall,
        unit: 's',
        against: `${limitSeconds} s on two cores; ${valuations.toLocaleString('en-US')} valuations, a third American`,
        ratio: wall / limitSeconds,
      },
      {
        part,
        what: '  its processor time on each of two cores',
        value: perCore,
        unit: 's',
        against: `${limitSeconds} s; what other programs take of the machine left out`,
        ratio: perCore / limitSeconds,
        kept: perCore < limitSeconds,
      },
      { part, what: '  progress told, a run', value: told / (runs + 1), unit: 'times' },
      { part, what: outcome.ok ? '  cancelled too late' : '  cancelled after', value: stopped, unit: 'ms' },
    ];
  } finally {
    await pool.close();
  }
}

/** Grids of full revaluations against their limit and a compiled peer. */
export const scenarioBenchmark: Benchmark = {
  name: part,
  run: async () => {
    const book = scenarioBook();
    return [
      { part, what: 'load of the machine at the start', value: machineLoad(), unit: 'programs' },
      ...(await wholeLines(book)),
      ...europeanLines(book),
    ];
  },
};
