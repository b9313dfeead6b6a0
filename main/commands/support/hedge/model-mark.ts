import type { ExpiryAnalysis } from '../../../../shared/quant/chain/chain-analysis.ts';
import { americanGreeks } from '../../../../shared/quant/american/american.ts';
import { blackGreeks } from '../../../../shared/quant/european/black.ts';
import { parseOptionSymbol } from '../../../../shared/symbols.ts';
import type { Vol } from '../../../../shared/units.ts';
import type { AnalyzedChain } from '../market/chain-desk.ts';

/** An option without a usable price, at the volatility of its expiry's fitted smile. */
export interface ModelMark {
  readonly mark: number;
  /** Of one long option, per unit of the underlying. */
  readonly delta: number;
  readonly vol: Vol;
  readonly expiry: ExpiryAnalysis;
}

/** The fitted curve at a strike; beyond its ends the volatility there is held. */
function curveVol({ fit, forward }: ExpiryAnalysis, strike: number): Vol | null {
  if (fit === null || forward === null) return null;
  const { logMoneyness: at, vol } = fit.curve;
  const wanted = Math.log(strike / forward);
  const above = at.findIndex((one) => one >= wanted);
  if (above < 0) return vol.at(-1) ?? null;
  const [low, high] = [at[above - 1], at[above]];
  const [volLow, volHigh] = [vol[above - 1], vol[above]];
  if (low === undefined || high === undefined || volLow === undefined || volHigh === undefined) {
    return vol[above] ?? null;
  }
  return volLow + ((volHigh - volLow) * (wanted - low)) / (high - low);
}

/**
 * What an option that has no price today is worth by its neighbors: Black on the forward, or the American
 * price with rate and yield held, at the fitted smile of its expiry, whether the day lists it or not. Null
 * where nothing is fitted.
 */
export function modelMark(chain: AnalyzedChain, contract: string): ModelMark | null {
  const parsed = parseOptionSymbol(contract);
  if (!parsed.ok) return null;
  const { optionType, strike, root } = parsed.value;
  const expiry = chain.analysis.expiries.find(
    (one) => one.expiry === parsed.value.expiry && one.root === root,
  );
  if (expiry === undefined) return null;
  const at = expiry.rows?.strikes.indexOf(strike) ?? -1;
  const listed = expiry.rows?.[optionType].fitVol[at] ?? null;
  const vol = listed ?? curveVol(expiry, strike);
  const { forward, discountFactor, timeToExpiry } = expiry;
  if (vol === null || forward === null || timeToExpiry <= 0) return null;
  const spot = chain.spot ?? forward;
  const terms = { optionType, strike, timeToExpiry, vol };
  if (chain.analysis.exercise === 'european') {
    const { price, deltaForward } = blackGreeks({ ...terms, forward, discountFactor });
    return { mark: price, delta: (deltaForward * forward) / spot, vol, expiry };
  }
  const rate = -Math.log(discountFactor) / timeToExpiry;
  const dividendYield = rate - Math.log(forward / spot) / timeToExpiry;
  const found = americanGreeks({ ...terms, spot, rate, dividendYield, accuracy: 'fast' });
  return found.ok ? { mark: found.value.price, delta: found.value.deltaSpot, vol, expiry } : null;
}
