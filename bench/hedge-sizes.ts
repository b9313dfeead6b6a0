import { loadHighs } from '../main/compute/highs.ts';
import { blackGreeks } from '../shared/quant/european/black.ts';
import { hedgeProblem, type HedgeInput } from '../shared/quant/hedge/problem.ts';
import { buildProgramme, constraintsOf } from '../shared/quant/hedge/programme.ts';
import { deskTolerances, solveHedge } from '../shared/quant/hedge/solve.ts';
import { cbcSeconds, hasCbc } from './cbc.ts';
import type { Measurement } from './report.ts';

const expiries = [30 / 365, 58 / 365];
const indexLevel = 5000;

/** Names of unequal size and volatility, calls at two expiries each, and index puts. */
function hedgeOf(size: {
  readonly names: number;
  readonly strikes: number;
  readonly puts: number;
}): HedgeInput {
  const wobble = (i: number): number => ((i * 37) % 101) / 101;
  const basket = Array.from({ length: size.names }, (_, i) => ({
    symbol: `N${i}`,
    shares: 1500 + 300 * ((i * 5) % 9) + 37 * (i % 11),
    spot: 40 + 11 * ((i * 7) % 13) + (i % 17),
    beta: 0.7 + 0.7 * wobble(i),
  }));
  const putStrikes = size.puts / expiries.length;
  return {
    basket,
    calls: basket.flatMap(({ symbol, spot }, i) =>
      expiries.flatMap((timeToExpiry) =>
        Array.from({ length: size.strikes }, (_, k) => {
          const vol = 0.22 + 0.2 * wobble(i + 3) + 0.002 * k;
          const strike = spot * (0.98 + 0.012 * k);
          const option = { optionType: 'call', forward: spot, strike, timeToExpiry, vol } as const;
          const { price, deltaForward: delta } = blackGreeks(option);
          const score = wobble(i) + 0.03 * k;
          return {
            id: `${symbol} ${timeToExpiry} ${k}`,
            symbol,
            bid: Math.floor(price * 20) / 20,
            delta,
            score,
          };
        }),
      ),
    ),
    puts: expiries.flatMap((timeToExpiry) =>
      Array.from({ length: putStrikes }, (_, k) => {
        const strike = indexLevel * (1.02 - (0.2 * k) / putStrikes);
        const vol = 0.17 + (0.1 * k) / putStrikes;
        const option = { optionType: 'put', forward: indexLevel, strike, timeToExpiry, vol } as const;
        const { price, deltaForward: delta } = blackGreeks(option);
        return { id: `put ${timeToExpiry} ${k}`, strike, ask: Math.ceil(price * 10) / 10 + 0.4, delta };
      }),
    ),
    indexLevel,
    netDeltaLimit: 0.05,
    objective: ['netDelta', 'score'],
    tolerances: deskTolerances,
    timeLimitSeconds: 30,
  };
}

/** Sizes with their proof and its limit in seconds. */
const sizes: readonly {
  readonly what: string;
  readonly input: HedgeInput;
  readonly limit: number;
}[] = [
  {
    what: '30 names × 20 strikes × 2 expiries, 200 puts, proven 1 %',
    input: { ...hedgeOf({ names: 30, strikes: 20, puts: 200 }), provenWithin: 0.01 },
    limit: 0.2,
  },
  {
    what: '30 names × 20 strikes × 2 expiries, 200 puts, proven 0.01 %',
    input: { ...hedgeOf({ names: 30, strikes: 20, puts: 200 }), provenWithin: 1e-4 },
    limit: 3,
  },
  {
    what: '30 names × 20 strikes × 2 expiries, 200 puts, net premium proven 0.01 %',
    input: { ...hedgeOf({ names: 30, strikes: 20, puts: 200 }), provenWithin: 1e-4, objective: ['credit'] },
    limit: 3,
  },
  {
    what: '500 names, 20,000 calls, 200 puts, net premium proven 0.1 %',
    input: { ...hedgeOf({ names: 500, strikes: 20, puts: 200 }), provenWithin: 1e-3, objective: ['credit'] },
    limit: 1,
  },
  {
    what: '500 names, net delta then score, proven 0.1 %',
    input: { ...hedgeOf({ names: 500, strikes: 20, puts: 200 }), provenWithin: 1e-3 },
    limit: 1,
  },
  {
    what: '500 names, one strike a name and 4 puts at most, proven 1 %',
    input: {
      ...hedgeOf({ names: 500, strikes: 20, puts: 200 }),
      provenWithin: 0.01,
      objective: ['credit'],
      oneStrikePerName: true,
      maxPutLegs: 4,
    },
    limit: 1,
  },
];

const runs = 3;

/** The same programme in one piece, as the native peer gets it; null where aims follow each other. */
function wholeProgramme(input: HedgeInput) {
  const [goal, ...others] = input.objective;
  const made = hedgeProblem(input);
  if (goal === undefined || others.length > 0 || !made.ok) return null;
  return buildProgramme(made.value, {
    goal,
    constraints: new Set(constraintsOf(made.value)),
    absoluteGap: 0,
    relativeGap: input.provenWithin ?? 0,
    timeLimitSeconds: 60,
  }).model;
}

/** Against CBC on the whole programme, in the same run; nothing where it is not installed. */
function againstPeer(what: string, input: HedgeInput, seconds: number): readonly Measurement[] {
  const model = wholeProgramme(input);
  const peer = model === null ? null : cbcSeconds(model, input.provenWithin ?? 0);
  if (peer === null) return [];
  return [
    {
      part: 'suggestion',
      what: `${what}: CBC`,
      value: peer,
      unit: 's',
      against: 'ours',
      ratio: seconds / peer,
    },
  ];
}

/** Seconds of processor to a proven hedge, the solver loaded, the best of a few runs. */
export async function hedgeSizes(): Promise<readonly Measurement[]> {
  const solve = await loadHighs();
  solveHedge(hedgeOf({ names: 40, strikes: 5, puts: 20 }), solve);
  const isPeerHere = hasCbc();
  if (!isPeerHere) process.stdout.write('not measured: the native solver CBC is not installed\n');
  return sizes.flatMap(({ what, input, limit }): Measurement[] => {
    let value = Infinity;
    let gap: number | null = null;
    for (let run = 0; run < runs; run++) {
      const before = process.cpuUsage();
      const solved = solveHedge(input, solve);
      const { user, system } = process.cpuUsage(before);
      if (!solved.ok) throw new Error(`${what}: ${solved.error.code}`);
      value = Math.min(value, (user + system) / 1e6);
      gap = solved.value.status === 'optimal' ? solved.value.gap : null;
    }
    const proven = gap !== null && gap <= (input.provenWithin ?? 0);
    const own: Measurement = {
      part: 'suggestion',
      what,
      value,
      unit: 's',
      against: `limit ${limit} s, proven gap ${gap === null ? 'none' : gap.toExponential(1)}`,
      ratio: value / limit,
      kept: proven && value < limit,
    };
    return [own, ...(isPeerHere ? againstPeer(what, input, value) : [])];
  });
}
