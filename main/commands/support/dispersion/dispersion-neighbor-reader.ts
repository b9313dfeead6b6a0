import type { dispersionNeighbors } from '../../../../shared/contract/dispersion-desk.ts';
import { daysPerYear, type IsoDate } from '../../../../shared/dates.ts';
import {
  dispersionIndexLevel,
  listedCorrelation,
} from '../../../../shared/quant/dispersion/dispersion-neighbors.ts';
import { logMoneynessAtCallDelta } from '../../../../shared/quant/surface/skew.ts';
import { smileVolAt } from '../../../../shared/quant/surface/smile-shape.ts';
import { volAtMaturity, type TermPoint } from '../../../../shared/quant/surface/surface.ts';
import { inPercent } from '../../../../shared/quant/words.ts';
import type { ExpiryAnalysis } from '../../../../shared/quant/chain/chain-analysis.ts';
import { ok, type Result } from '../../../../shared/result.ts';
import type { Vol } from '../../../../shared/units.ts';
import type { z } from 'zod';
import type { QueryContext } from '../../handlers.ts';
import type { AnalyzedChain, ChainDesk } from '../market/chain-desk.ts';
import { dispersionOf } from './dispersion-reader.ts';

/** Expiries nearer than this say little about a term. */
const fewestDays = 3;
/** One expiry alone may stand for a term this far off, as a share of the term: as in the IV Index. */
const loneExpiryReach = 0.25;

/** Call deltas at which the exchange publishes a correlation beside the one at the money. */
const relativeDeltas = [0.1, 0.3, 0.7, 0.9] as const;

/** Volatility where a call has a forward delta; null where the curve is borrowed or does not reach it. */
function volAtDelta({ fit }: ExpiryAnalysis, delta: number): Vol | null {
  if (fit === null || fit.model === 'flat' || fit.model === 'scaled neighbor') return null;
  const [lowest, highest] = [fit.curve.logMoneyness[0], fit.curve.logMoneyness.at(-1)];
  if (lowest === undefined || highest === undefined) return null;
  const at = logMoneynessAtCallDelta(fit.shape, delta, lowest, highest);
  return at === null ? null : smileVolAt(fit.shape, at);
}

/** A volatility of each expiry brought to a term between two of them, or of one that is near it. */
function volAtTerm(
  { analysis }: AnalyzedChain,
  termDays: number,
  volOf: (expiry: ExpiryAnalysis) => Vol | null,
): Vol | null {
  const byDay = new Map<number, { readonly rowCount: number; readonly point: TermPoint }>();
  for (const expiry of analysis.expiries) {
    const { days, rowCount, timeToExpiry } = expiry;
    if (days < fewestDays || (byDay.get(days)?.rowCount ?? -1) >= rowCount) continue;
    const vol = volOf(expiry);
    if (vol !== null) byDay.set(days, { rowCount, point: { timeToExpiry, vol } });
  }
  const points = [...byDay.values()]
    .map(({ point }) => point)
    .sort((a, b) => a.timeToExpiry - b.timeToExpiry);
  const term = termDays / daysPerYear;
  const between = volAtMaturity(points, term);
  if (between !== null) return between;
  const off = (point: (typeof points)[number]): number => Math.abs(point.timeToExpiry - term);
  const lone = points.toSorted((a, b) => off(a) - off(b))[0];
  return lone === undefined || off(lone) > loneExpiryReach * term ? null : lone.vol;
}

interface Vols {
  readonly atmVol: Vol | null;
  readonly modelFreeVol: Vol | null;
  /** In the order of `relativeDeltas`. */
  readonly deltaVols: readonly (Vol | null)[];
}
const noVols: Vols = { atmVol: null, modelFreeVol: null, deltaVols: relativeDeltas.map(() => null) };
const volsOf = (chain: AnalyzedChain, termDays: number): Vols => ({
  atmVol: volAtTerm(chain, termDays, ({ skew }) => skew.atmVol),
  modelFreeVol: chain.analysis.modelFreeVol30,
  deltaVols: relativeDeltas.map((delta) => volAtTerm(chain, termDays, (one) => volAtDelta(one, delta))),
});

const reasonOf = (failed: {
  readonly error: { readonly detail: Readonly<Record<string, unknown>> };
}): string => `It cannot be computed: ${String(failed.error.detail['reason'])}.`;

/** The exchange's implied correlation and dispersion index, made from the desk's own chains, beside ours. */
export async function dispersionNeighborsOf(
  { index, termDays, largest, day }: { index: string; termDays: number; largest: number; day: IsoDate },
  context: QueryContext,
  chains: ChainDesk,
): Promise<Result<z.output<typeof dispersionNeighbors>>> {
  const own = await dispersionOf({ index, termDays, day }, context, chains);
  if (!own.ok) return own;
  let done = 0;
  const symbols = [index, ...own.value.components.map(({ symbol }) => symbol)];
  const found = new Map(
    await Promise.all(
      symbols.map(async (symbol) => {
        const chain = await chains.analyzed(context, symbol, day, 'mid');
        done += 1;
        context.progress({ label: `Chains of ${index} and its names`, done, total: symbols.length });
        return [symbol, chain.ok ? volsOf(chain.value, termDays) : noVols] as const;
      }),
    ),
  );
  const components = own.value.components.map(({ symbol, weight, vol }) => ({
    symbol,
    weight,
    vol,
    atmVol: found.get(symbol)?.atmVol ?? null,
    modelFreeVol: found.get(symbol)?.modelFreeVol ?? null,
  }));
  const [indexAtm, indexModelFree] = [
    found.get(index)?.atmVol ?? null,
    found.get(index)?.modelFreeVol ?? null,
  ];
  const listed = listedCorrelation({
    components: components.map(({ symbol, weight, atmVol }) => ({ symbol, weight, vol: atmVol })),
    indexVol: indexAtm,
    largest,
  });
  const atDelta = relativeDeltas.map((delta, at) => {
    const indexVol = found.get(index)?.deltaVols[at] ?? null;
    const members = components.map(({ symbol, weight }) => ({
      symbol,
      weight,
      vol: found.get(symbol)?.deltaVols[at] ?? null,
    }));
    const one = listedCorrelation({ components: members, indexVol, largest });
    return {
      delta,
      value: one.ok ? one.value.correlation : null,
      indexVol,
      weightedVol: one.ok ? one.value.weightedVol : null,
      names: one.ok ? one.value.names.length : 0,
      missing: one.ok ? [...one.value.missing] : [],
      weightUsed: one.ok ? one.value.weightUsed : null,
      reason: one.ok ? null : reasonOf(one).replace('at-the-money', `${inPercent(delta, 0)} delta`),
      method: `Cboe delta-relative implied correlation: the index and each of the ${largest} largest names at the strike where its own call has a forward delta of ${inPercent(delta, 0)}, brought to ${termDays} days.`,
    };
  });
  const level = dispersionIndexLevel({
    components: components.map(({ symbol, weight, modelFreeVol }) => ({ symbol, weight, vol: modelFreeVol })),
    indexVol: indexModelFree,
  });
  const ownLevel = dispersionIndexLevel({ components, indexVol: own.value.indexVol });
  const without = (of: 'atmVol' | 'modelFreeVol', among: typeof components): string[] =>
    among.filter((one) => one[of] === null).map(({ symbol }) => symbol);
  const biggest = components.toSorted((a, b) => b.weight - a.weight).slice(0, largest);
  return ok({
    index,
    asOf: day,
    termDays,
    listedCorrelation: {
      value: listed.ok ? listed.value.correlation : null,
      ours: own.value.impliedCorrelation,
      indexVol: indexAtm,
      weightedVol: listed.ok ? listed.value.weightedVol : null,
      names: listed.ok ? listed.value.names.length : 0,
      missing: listed.ok ? [...listed.value.missing] : without('atmVol', biggest),
      weightUsed: listed.ok ? listed.value.weightUsed : null,
      reason: listed.ok ? null : reasonOf(listed),
      method: `Cboe implied correlation: volatilities at the money forward, brought to ${termDays} days between two expiries or of one near it, of the ${largest} largest names. Ours: IV Index of every name, eight options an expiry.`,
    },
    deltaCorrelations: atDelta,
    dispersionIndex: {
      value: level.ok ? level.value.level : null,
      ours: ownLevel.ok ? ownLevel.value.level : null,
      indexVol: indexModelFree,
      names: level.ok ? level.value.names.length : 0,
      missing: level.ok ? [...level.value.missing] : without('modelFreeVol', components),
      weightUsed: level.ok ? level.value.weightUsed : null,
      reason: level.ok ? null : reasonOf(level),
      method:
        'Dispersion index: root of the weighted model-free variances over 30 days of the names less that of the index. Ours: the same with the IV Index of the term.',
    },
    components,
  });
}
