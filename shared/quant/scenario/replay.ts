import type { Vol, Years } from '../../units.ts';
import type { ExpiryMarket, NameMarket } from './book.ts';
import { shockOf } from './shock.ts';
import type { Shock, VolShock } from './shock.ts';
import { interpolated, volAtStrike } from './smile-layers.ts';

/** ln(K/F)/√T at which surfaces of two days are compared: about three deviations either side of most. */
const standardMoneyness = [
  -1, -0.75, -0.5, -0.35, -0.25, -0.18, -0.12, -0.06, 0, 0.06, 0.12, 0.18, 0.25, 0.35, 0.5, 0.75,
];
/** Expiries nearer than this, years, move too wildly to be a maturity's move. */
const leastTime = 0.01;

const withSmiles = (name: NameMarket): readonly ExpiryMarket[] =>
  name.expiries.filter(({ smile, timeToExpiry }) => smile !== null && timeToExpiry >= leastTime);

/** Volatility by time and ln(K/F)/√T, linear in total variance between expiries and flat outside. */
function surfaceVol(expiries: readonly ExpiryMarket[], time: Years, y: number): Vol {
  const times = expiries.map(({ timeToExpiry }) => timeToExpiry);
  const vols = expiries.map((expiry) =>
    volAtStrike(expiry, expiry.forward * Math.exp(y * Math.sqrt(expiry.timeToExpiry)))!,
  );
  if (time <= times[0]!) return vols[0]!;
  if (time >= times.at(-1)!) return vols.at(-1)!;
  const totals = vols.map((vol, i) => vol * vol * times[i]!);
  return Math.sqrt(interpolated(times, totals, time) / time);
}

/** Where a replay leaves a name as it is. */
export interface NotReplayed {
  readonly symbol: string;
  readonly reason: string;
}

/**
 * The move of the market from one stored day to another, as a shock for any book: each name's own move, and
 * each smile's by constant maturity and ln(K/F)/√T.
 *
 * @param request.symbols names to be moved, as a book holds them
 * @returns the shock, its smile floating, and the names that one of the two days does not know
 *
 * Limits: rates and dividends stay; smiles are compared at 16 points of moneyness and the later day's
 * maturities, linear between.
 * Source: math §12. Proof: test/unit/quant/scenario/replay.test.ts
 */
export function replayShock(request: {
  readonly from: readonly NameMarket[];
  readonly to: readonly NameMarket[];
  readonly symbols: readonly string[];
}): { readonly shock: Shock; readonly notReplayed: readonly NotReplayed[] } {
  const find = (names: readonly NameMarket[], symbol: string): NameMarket | undefined =>
    names.find((name) => name.symbol === symbol);
  const spot: Shock['spot'][number][] = [];
  const vol: VolShock[] = [];
  const notReplayed: NotReplayed[] = [];
  for (const symbol of request.symbols) {
    const [from, to] = [find(request.from, symbol), find(request.to, symbol)];
    if (from === undefined || to === undefined) {
      notReplayed.push({
        symbol,
        reason: `${symbol} has no stored market on ${from === undefined ? 'the first' : 'the second'} day.`,
      });
      continue;
    }
    spot.push({ kind: 'move', target: { kind: 'names', symbols: [symbol] }, move: to.spot / from.spot - 1 });
    const [before, after] = [withSmiles(from), withSmiles(to)];
    if (before.length === 0 || after.length === 0) {
      notReplayed.push({ symbol, reason: `${symbol} has no smile on both days: its spot moves alone.` });
      continue;
    }
    const times = after.map(({ timeToExpiry }) => timeToExpiry);
    vol.push({
      kind: 'surface',
      symbol,
      times,
      standardMoneyness,
      changes: times.flatMap((time) =>
        standardMoneyness.map((y) => surfaceVol(after, time, y) - surfaceVol(before, time, y)),
      ),
    });
  }
  return { shock: shockOf({ spot, vol, smileRule: { kind: 'stickyDelta' } }), notReplayed };
}
