import { daysBetween, daysPerYear } from '../../dates.ts';
import type { IsoDate } from '../../dates.ts';
import { fail, ok } from '../../result.ts';
import type { Result } from '../../result.ts';
import type { Vol, Years } from '../../units.ts';
import { varianceParts } from '../dispersion/index-correlation.ts';
import { inDecimals } from '../words.ts';
import type { IndexMembership, NameMarket } from './book.ts';
import type { CorrelationShock } from './shock.ts';
import { atmVolOf } from './smile-layers.ts';
import type { SmileLayer } from './smile-layers.ts';
import { termCurve } from './term-curve.ts';
import type { TermCurve } from './term-curve.ts';

/** What an index and its members say of correlation at one time. */
export interface CorrelationAt {
  readonly indexVol: Vol;
  readonly correlation: number;
  /** Σ w²σ² and 2 Σ w_i w_j σ_i σ_j, weights of the covered members scaled to 1. */
  readonly ownVariance: number;
  readonly pairVariance: number;
}

interface Sides {
  readonly index: NameMarket;
  readonly indexCurve: TermCurve;
  readonly members: readonly {
    readonly market: NameMarket;
    readonly curve: TermCurve;
    readonly weight: number;
  }[];
  readonly coverage: number;
}

function sidesOf(
  asOf: IsoDate,
  names: ReadonlyMap<string, NameMarket>,
  membership: IndexMembership,
): Result<Sides, { readonly reason: string }> {
  const index = names.get(membership.index);
  if (index === undefined) return fail({ reason: `${membership.index} is not in the frozen market` });
  const all = membership.members.reduce((sum, { weight }) => sum + weight, 0);
  const held = membership.members.flatMap(({ symbol, weight }) => {
    const market = names.get(symbol);
    if (market === undefined || !market.expiries.some((expiry) => expiry.smile !== null)) return [];
    return [{ market, curve: termCurve(asOf, market), weight }];
  });
  const covered = held.reduce((sum, { weight }) => sum + weight, 0);
  if (held.length < 2 || !(covered > 0))
    return fail({ reason: `fewer than two members of ${membership.index} have volatilities` });
  return ok({
    index,
    indexCurve: termCurve(asOf, index),
    members: held.map((one) => ({ ...one, weight: one.weight / covered })),
    coverage: covered / all,
  });
}

function correlationOf(sides: Sides, time: Years, indexVol: Vol | null): CorrelationAt | null {
  const vols = sides.members.map(({ curve }) => curve.volAt(time));
  if (indexVol === null || vols.includes(null)) return null;
  const weights = sides.members.map(({ weight }) => weight);
  const { ownVariance, pairVariance } = varianceParts(weights, vols as readonly Vol[]);
  if (!(pairVariance > 0)) return null;
  return {
    indexVol,
    correlation: (indexVol * indexVol - ownVariance) / pairVariance,
    ownVariance,
    pairVariance,
  };
}

/**
 * Implied correlation between an index's members at a time, by math §7, from the at-the-money volatilities
 * of the market; null where it cannot be formed.
 *
 * Proof: test/unit/quant/scenario/correlation-shock.test.ts
 */
export function impliedCorrelationAt(request: {
  readonly asOf: IsoDate;
  readonly names: readonly NameMarket[];
  readonly membership: IndexMembership;
  readonly time: Years;
}): CorrelationAt | null {
  const names = new Map(request.names.map((name) => [name.symbol, name]));
  const sides = sidesOf(request.asOf, names, request.membership);
  if (!sides.ok) return null;
  return correlationOf(sides.value, request.time, sides.value.indexCurve.volAt(request.time));
}

/**
 * Moves one side of σ_I² = Σw²σ² + ρ·2Σw_iw_jσ_iσ_j so that ρ is what the shock says, at every expiry.
 *
 * @param names every expiry's newest layer is the one to change
 * @returns the names changed, and what to say; fails where the index variance would not be above 0
 *
 * Limits: one factor a maturity for every strike, so the smile keeps its shape; correlation beyond ±1 is
 * carried out and said. Members without volatilities are left out and the other weights scaled to 1.
 * Source: math §7, §12. Proof: test/unit/quant/scenario/correlation-shock.test.ts
 */
export function shockCorrelation(request: {
  readonly asOf: IsoDate;
  readonly names: ReadonlyMap<string, NameMarket>;
  readonly membership: IndexMembership;
  readonly shock: CorrelationShock;
}): Result<
  { readonly changed: readonly NameMarket[]; readonly notes: readonly string[] },
  { readonly reason: string }
> {
  const { asOf, names, membership, shock } = request;
  const found = sidesOf(asOf, names, membership);
  if (!found.ok) return found;
  const sides = found.value;
  const notes: string[] = [];
  let [lowest, highest] = [Infinity, -Infinity];
  const target = ({ correlation }: CorrelationAt): number => {
    const wanted =
      shock.change.kind === 'add' ? correlation + shock.change.correlation : shock.change.correlation;
    lowest = Math.min(lowest, wanted);
    highest = Math.max(highest, wanted);
    return wanted;
  };
  let refused: string | null = null;
  const indexFactor = (time: Years, indexVol: Vol | null): number => {
    const at = correlationOf(sides, time, indexVol);
    if (at === null) return 1;
    const variance = at.ownVariance + target(at) * at.pairVariance;
    if (!(variance > 0)) {
      refused ??= `a correlation of ${inDecimals(target(at), 2)} leaves ${membership.index} without variance`;
      return 1;
    }
    return Math.sqrt(variance) / at.indexVol;
  };
  const memberFactors = new Map<Years, number>();
  const memberFactor = (time: Years): number => {
    const known = memberFactors.get(time);
    if (known !== undefined) return known;
    const at = correlationOf(sides, time, sides.indexCurve.volAt(time));
    const variance = at === null ? 0 : at.ownVariance + target(at) * at.pairVariance;
    if (at !== null && !(variance > 0))
      refused ??= `a correlation of ${inDecimals(target(at), 2)} leaves ${membership.index} without variance`;
    const made = at === null || !(variance > 0) ? 1 : at.indexVol / Math.sqrt(variance);
    memberFactors.set(time, made);
    return made;
  };
  const timeOf = (expiry: IsoDate): Years => daysBetween(asOf, expiry) / daysPerYear;
  const moved = (
    name: NameMarket,
    factorAt: (expiry: NameMarket['expiries'][number]) => number,
  ): NameMarket => ({
    ...name,
    expiries: name.expiries.map((expiry) => {
      const newest = expiry.layers.at(-1);
      if (newest === undefined) return expiry;
      const layer: SmileLayer = { ...newest, factor: newest.factor * factorAt(expiry) };
      return { ...expiry, layers: [...expiry.layers.slice(0, -1), layer] };
    }),
  });
  const changed =
    shock.moves === 'index'
      ? [moved(sides.index, (expiry) => indexFactor(timeOf(expiry.expiry), atmVolOf(expiry)))]
      : sides.members.map(({ market }) => moved(market, ({ expiry }) => memberFactor(timeOf(expiry))));
  if (refused !== null) return fail({ reason: refused });
  if (sides.coverage < 1 - 1e-9)
    notes.push(
      `Correlation of ${membership.index}: ${sides.members.length} of ${membership.members.length} members have volatilities; their weights are scaled up to the whole.`,
    );
  if (highest > 1 || lowest < -1)
    notes.push(
      `Correlation of ${membership.index} reaches ${inDecimals(highest > 1 ? highest : lowest, 2)} at some maturity: beyond what correlations can be.`,
    );
  return ok({ changed, notes });
}
