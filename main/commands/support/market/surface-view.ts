import type { Surface } from '../../../../shared/contract/surface.ts';
import { daysPerYear } from '../../../../shared/dates.ts';
import { failure, sentenceOf } from '../../../../shared/failure.ts';
import type { ChainAnalysis, ExpiryAnalysis } from '../../../../shared/quant/chain/chain-analysis.ts';
import { logMoneynessAtCallDelta } from '../../../../shared/quant/surface/skew.ts';
import { smileVolAt } from '../../../../shared/quant/surface/smile-shape.ts';
import { forwardVol } from '../../../../shared/quant/surface/surface.ts';
import { inPercent } from '../../../../shared/quant/words.ts';

/** Columns of the grid. Where an expiry is not quoted so far, a tenth beyond its quotes aside, the cell is blank. */
const logMoneyness: readonly number[] = Array.from({ length: 41 }, (_, i) => (i - 24) / 40);
const deltas: readonly number[] = [0.98, 0.95, 0.9, 0.75, 0.5, 0.25, 0.1, 0.05, 0.02];
/** Expiries nearer to each other than this, years (a day), have no forward volatility between them. */
const leastGap = 1 / daysPerYear;

type SurfaceExpiry = Surface['expiries'][number];

function expiryOf({ fit, skew, ...expiry }: ExpiryAnalysis): SurfaceExpiry {
  const [low, high] = [fit?.curve.logMoneyness[0] ?? 0, fit?.curve.logMoneyness.at(-1) ?? 0];
  return {
    key: expiry.key,
    expiry: expiry.expiry,
    days: expiry.days,
    timeToExpiry: expiry.timeToExpiry,
    forward: expiry.forward,
    model: fit?.model ?? null,
    atmVol: skew.atmVol,
    curve: fit?.curve ?? null,
    vols: logMoneyness.map((k) => (fit === null || k < low || k > high ? null : smileVolAt(fit.shape, k))),
    deltaVols: deltas.map((delta) => {
      const k = fit === null ? null : logMoneynessAtCallDelta(fit.shape, delta, low, high);
      return k === null || fit === null ? null : smileVolAt(fit.shape, k);
    }),
    insideSpreadShare: fit?.insideSpreadShare ?? null,
    rmseVolPoints: fit?.rmseVolPoints ?? null,
    arbitrageFree: fit?.arbitrageFree ?? false,
    note: fit?.note ?? expiry.fitReason,
  };
}

function forwardVolsOf(symbol: string, expiries: readonly ExpiryAnalysis[]): Surface['forwardVols'] {
  const known = expiries.filter(({ skew }) => skew.atmVol !== null);
  const found: Surface['forwardVols'] = [];
  let near = known[0];
  for (const far of known.slice(1)) {
    // Two expiries of one day: the second stands for both against the next.
    if (near === undefined || far.timeToExpiry - near.timeToExpiry < leastGap) continue;
    const result = forwardVol({
      nearVol: near.skew.atmVol ?? 0,
      nearTime: near.timeToExpiry,
      farVol: far.skew.atmVol ?? 0,
      farTime: far.timeToExpiry,
    });
    const subject = `${symbol} from ${near.key} to ${far.key}`;
    found.push({
      near: near.key,
      far: far.key,
      fromTime: near.timeToExpiry,
      toTime: far.timeToExpiry,
      vol: result.ok ? result.value : null,
      reason: result.ok ? null : sentenceOf(failure(result.error.code, subject, result.error.detail)),
    });
    near = far;
  }
  return found;
}

function findingsOf({ key, calendar, fit }: ExpiryAnalysis): Surface['findings'] {
  const found: Surface['findings'] = [];
  for (const { strike, nearBidVol, farAskVol } of calendar?.quoted ?? [])
    found.push({
      kind: 'calendar in the quotes',
      key,
      against: calendar?.against ?? null,
      strike,
      sentence: `${calendar?.against ?? ''} is bid at ${inPercent(nearBidVol, 2)} at ${strike}, more total variance than the ask of ${inPercent(farAskVol, 2)} here.`,
    });
  if (calendar !== null && calendar.raisedAtStrike !== null)
    found.push({
      kind: 'raised to an earlier expiry',
      key,
      against: calendar.against,
      strike: calendar.raisedAtStrike,
      sentence: `The curve was raised by up to ${calendar.raisedVolPoints.toFixed(2)} volatility points, so that total variance does not fall from ${calendar.against}.`,
    });
  for (const strike of fit?.outlierStrikes ?? [])
    found.push({
      kind: 'outlier',
      key,
      against: null,
      strike,
      sentence: 'The quote lies far off the curve, measured by its spread and the scatter of the others.',
    });
  return found;
}

/** A whole surface as a view shows it. */
export const surfaceOf = (analysis: ChainAnalysis): Surface => ({
  symbol: analysis.symbol,
  asOf: analysis.asOf,
  mark: analysis.mark,
  clock: analysis.clock,
  logMoneyness: [...logMoneyness],
  deltas: [...deltas],
  expiries: analysis.expiries.filter(({ timeToExpiry }) => timeToExpiry > 0).map(expiryOf),
  ivIndex: analysis.ivIndex.map(({ termDays, vol, note }) => ({ termDays, vol, note })),
  forwardVols: forwardVolsOf(analysis.symbol, analysis.expiries),
  findings: analysis.expiries.flatMap(findingsOf),
});
