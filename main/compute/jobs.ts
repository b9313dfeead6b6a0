import type { Progress } from '../../shared/contract/messages.ts';
import { trackingBasket, type TrackingBasketInput } from '../../shared/quant/basket/basket.ts';
import { analyzeChain } from '../../shared/quant/chain/chain-analysis.ts';
import type { ChainInput } from '../../shared/quant/chain/chain-input.ts';
import { dispersionHistoryOn } from '../../shared/quant/dispersion/dispersion-history.ts';
import type { HedgeInput } from '../../shared/quant/hedge/problem.ts';
import { constraintShadows, type ConstraintShadow } from '../../shared/quant/hedge/shadow.ts';
import { solveHedge } from '../../shared/quant/hedge/solve.ts';
import { explain } from '../../shared/quant/scenario/explain.ts';
import { revalueGrid } from '../../shared/quant/scenario/grid.ts';
import type { GridRequest } from '../../shared/quant/scenario/operations.ts';
import { revalue } from '../../shared/quant/scenario/revalue.ts';
import { skewDayOf } from '../../shared/quant/surface/skew-day.ts';
import { readFills } from '../feeds/fills.ts';
import { readFeed, type FeedRequest } from '../feeds/read-file.ts';
import { loadHighs } from './highs.ts';
import { createLaneKernels } from './lanes/kernels.ts';

/** What a job may use beside its input. */
export interface JobContext {
  /** Progress for the asker; call it a few times a second at most. */
  readonly progress: (progress: Progress) => void;
}

const progressEveryMilliseconds = 100;

/** Compiled when a worker first needs them. */
let lanes: ReturnType<typeof createLaneKernels> | undefined;

/** What workers can do. Add a line per job: `(input, context) => output`, plain data in and out. */
export const jobs = {
  /** Reads a file of any known format into columns. Its own failures are in its output. */
  readFeed: (
    request: Omit<FeedRequest, 'onProgress' | 'signal'>,
    { progress }: JobContext,
  ): ReturnType<typeof readFeed> => {
    let told = 0;
    return readFeed({
      ...request,
      onProgress: ({ bytesRead, bytes }) => {
        const now = performance.now();
        if (now - told < progressEveryMilliseconds) return;
        told = now;
        progress({ label: `Reading ${request.fileName}`, done: bytesRead, total: bytes });
      },
    });
  },
  /** Executions of a file. */
  readFills,
  /** A tracking basket, telling how far the search is. */
  trackingBasket: (
    input: Omit<TrackingBasketInput, 'onStep'>,
    { progress }: JobContext,
  ): ReturnType<typeof trackingBasket> => {
    let told = performance.now();
    return trackingBasket({
      ...input,
      onStep: ({ start, starts, names, rSquared }) => {
        const now = performance.now();
        if (now - told < progressEveryMilliseconds) return;
        told = now;
        const label = `Search ${start} of ${starts}: ${names} names, r² ${rSquared.toFixed(4)}`;
        progress({ label, done: start - 1, total: starts });
      },
    });
  },
  analyzeChain,
  /** The IV Index of a chain's terms alone, without fitted smiles or rows. */
  chainIvIndex: (input: ChainInput): ReturnType<typeof analyzeChain>['ivIndex'] =>
    analyzeChain({ ...input, withoutFits: true, rowKeys: [] }).ivIndex,
  /** Volatility and skew of one chain day. */
  skewDay: (input: ChainInput): ReturnType<typeof skewDayOf> =>
    skewDayOf(analyzeChain({ ...input, rowKeys: [] })),
  dispersionHistory: dispersionHistoryOn,
  solveHedge: async (input: HedgeInput): Promise<ReturnType<typeof solveHedge>> =>
    solveHedge(input, await loadHighs()),
  /** What one step looser of each limit would buy; empty where there is no hedge. */
  hedgeShadows: async (input: HedgeInput): Promise<readonly ConstraintShadow[]> => {
    const solve = await loadHighs();
    const found = solveHedge(input, solve);
    return found.ok ? constraintShadows(input, found.value, solve) : [];
  },
  /** A book under one shock, in full. */
  revalueScenario: revalue,
  /** One part of a grid; `runScenarioGrid` cuts it and adds the parts up. */
  scenarioGrid: (request: GridRequest, { progress }: JobContext): ReturnType<typeof revalueGrid> => {
    lanes ??= createLaneKernels();
    let told = 0;
    return revalueGrid(request, {
      ...(lanes === null ? {} : { greeks: lanes.greeks }),
      onProgress: (done, total) => {
        const now = performance.now();
        if (now - told < progressEveryMilliseconds) return;
        told = now;
        progress({ label: 'Revaluing the book', done, total });
      },
    });
  },
  /** The difference of two books in parts. */
  explainScenario: explain,
};

type Jobs = typeof jobs;
export type JobName = keyof Jobs & string;
export type JobInput<Name extends JobName> = Parameters<Jobs[Name]>[0];
export type JobOutput<Name extends JobName> = Awaited<ReturnType<Jobs[Name]>>;
