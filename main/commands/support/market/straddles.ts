import type { DispersionGreeks } from '../../../../shared/contract/dispersion-desk.ts';
import type { IsoDate } from '../../../../shared/dates.ts';
import { conventionsOf } from '../../../../shared/option-roots.ts';
import type { ExpiryAnalysis } from '../../../../shared/quant/chain/chain-analysis.ts';
import type { AnalyzedChain } from './chain-desk.ts';

/** A call and a put at one strike; numbers of one long contract, multiplier included. */
export interface Straddle {
  readonly symbol: string;
  readonly expiry: IsoDate;
  readonly strike: number;
  readonly call: string;
  readonly put: string;
  readonly multiplier: number;
  readonly perContract: DispersionGreeks;
  /** Of both options, contracts. */
  readonly openInterest: number | null;
  readonly relativeSpread: number | null;
}

/** A strike further from the forward than this makes no straddle. */
const furthest = 0.1;

/** The expiry nearest a number of days that has both options of a strike near its forward; the fuller where two are as near. */
export function expiryNearest(chain: AnalyzedChain, days: number): ExpiryAnalysis | null {
  const usable = chain.analysis.expiries.filter(
    (one) => one.days > 0 && one.forward !== null && !conventionsOf(one.root).adjusted,
  );
  return usable.reduce<ExpiryAnalysis | null>((best, one) => {
    if (best === null) return one;
    const [here, there] = [Math.abs(one.days - days), Math.abs(best.days - days)];
    return here < there || (here === there && one.rowCount > best.rowCount) ? one : best;
  }, null);
}

/** The straddle of an expiry whose strike is nearest the forward and whose two options have a value and greeks. */
export function straddleOf(chain: AnalyzedChain, expiry: ExpiryAnalysis): Straddle | null {
  const { rows, forward, multiplier } = expiry;
  // What an adjusted contract delivers is not the underlying alone.
  if (rows === null || forward === null || conventionsOf(expiry.root).adjusted) return null;
  const order = [...rows.strikes.keys()].sort(
    (a, b) => Math.abs(rows.strikes[a]! - forward) - Math.abs(rows.strikes[b]! - forward),
  );
  for (const at of order) {
    if (Math.abs((rows.strikes[at] ?? 0) / forward - 1) > furthest) return null;
    const sides = [rows.call, rows.put];
    const sum = (of: (side: (typeof sides)[number]) => number | null): number | null =>
      sides.reduce<number | null>((total, side) => {
        const value = of(side);
        return total === null || value === null ? null : total + value;
      }, 0);
    const vega = sum((side) => side.vegaPerVolPoint[at] ?? null);
    const theta = sum((side) => side.thetaPerDay[at] ?? null);
    const gamma = sum((side) => side.gammaDollar1Pct[at] ?? null);
    const delta = sum((side) => side.delta[at] ?? null);
    const premium = sum((side) => side.mark[at] ?? null);
    const [call, put] = [rows.call.contract[at] ?? null, rows.put.contract[at] ?? null];
    if (vega === null || theta === null || gamma === null || delta === null || premium === null) continue;
    if (call === null || put === null) continue;
    const [bid, ask] = [sum((side) => side.bid[at] ?? null), sum((side) => side.ask[at] ?? null)];
    const quoted = chain.analysis.quoteModel.kind === 'quoted';
    return {
      symbol: chain.analysis.symbol,
      expiry: expiry.expiry,
      strike: rows.strikes[at] ?? 0,
      call,
      put,
      multiplier,
      perContract: {
        vegaPerVolPoint: vega * multiplier,
        thetaPerDay: theta * multiplier,
        gammaDollar1Pct: gamma * multiplier,
        deltaDollar: delta * (chain.spot ?? forward) * multiplier,
        premium: premium * multiplier,
      },
      openInterest: sum((side) => side.openInterest[at] ?? null),
      relativeSpread:
        !quoted || bid === null || ask === null || !(bid + ask > 0) ? null : (ask - bid) / ((ask + bid) / 2),
    };
  }
  return null;
}
