import { regularSessions } from '../../../../shared/calendar.ts';
import type { Richness } from '../../../../shared/contract/forward-starts.ts';
import { addDays, daysPerYear, sessionsPerYear, type IsoDate } from '../../../../shared/dates.ts';
import { failure, sentenceOf } from '../../../../shared/failure.ts';
import {
  breakEvenHistory,
  breakEvenMoves,
  shareBelow,
} from '../../../../shared/quant/contracts/break-even-history.ts';
import type { Readers, StoredForwardStart } from '../../../store/index.ts';
import { calendarOfSymbol, closesOf } from '../market/prices.ts';
import { forwardStartMarket, levelOfPrice, type ContractStructures } from './forward-start-market.ts';
import { firstFixingOf, payoffsOf, standingTerms } from './forward-start-terms.ts';
import { impliedUnitVol, premiumNow, priceUnit } from './forward-start-value.ts';

const curvePoints = 120;

/**
 * Rich or cheap: a contract's price (agreed, else the market's) against the chain's forward volatility and
 * against what the same payoff paid over every past stretch of as many sessions.
 */
export function richnessOf(
  contract: StoredForwardStart,
  asOf: IsoDate,
  years: number,
  structures: ContractStructures,
  read: Readers,
): Richness {
  const terms = standingTerms(contract);
  const blank: Richness = {
    contractId: terms.contractId,
    price: 0,
    priceSource: 'none',
    contractVol: null,
    marketVol: null,
    marketNote: structures.second.source,
    breakEvens: [],
    history: null,
    reason: null,
  };
  const market = forwardStartMarket(contract, asOf, structures);
  if (!market.ok) return { ...blank, reason: market.error };
  const { marketVol, discountFactor, forward } = market.value;
  const agreed = premiumNow(terms, discountFactor);
  const priced = agreed === null && marketVol.ok ? priceUnit(terms, market.value, marketVol.value) : null;
  const price = agreed ?? (priced?.ok === true ? priced.value.price : null);
  if (price === null) return { ...blank, reason: marketVol.ok ? 'It has no price.' : marketVol.error };
  const undiscounted = price / discountFactor;
  const implied = impliedUnitVol(terms, market.value, price);
  const unit = firstFixingOf(contract) ?? forward;
  const payoffs = payoffsOf(terms);
  const known: Richness = {
    ...blank,
    price: undiscounted,
    priceSource: agreed === null ? 'the market price, as no price was agreed' : 'the price agreed',
    contractVol: implied.ok ? implied.value : null,
    marketVol: marketVol.ok ? marketVol.value : null,
    marketNote: marketVol.ok ? structures.second.source : marketVol.error,
    breakEvens: [...breakEvenMoves({ payoffs, unit, price: undiscounted })],
  };
  const sessions = regularSessions({
    calendar: calendarOfSymbol(read, terms.underlying),
    from: addDays(terms.firstReferenceDate, 1),
    to: terms.secondReferenceDate,
  }).length;
  const series = closesOf(read, terms.underlying, asOf);
  const since = addDays(asOf, -Math.round(years * daysPerYear));
  const first = series.dates.findIndex((date) => date >= since);
  const closes = (first < 0 ? [] : series.values.slice(first))
    .map((close) => levelOfPrice(terms.underlyingKind, close))
    .filter((close) => close > 0);
  const past = breakEvenHistory({
    closes,
    sessions,
    payoffs,
    unit,
    price: undiscounted,
    periodsPerYear: sessionsPerYear,
  });
  if (!past.ok) {
    const detail = { ...past.error.detail, asOf };
    return { ...known, reason: sentenceOf(failure(past.error.code, terms.underlying, detail)) };
  }
  const { moves, vols, meanPayoff, earnedShare, windows, independentWindows, newestVol } = past.value;
  const at = (values: readonly number[], share: number): number =>
    values[Math.round(share * (values.length - 1))] ?? 0;
  const fair = impliedUnitVol(terms, market.value, meanPayoff * discountFactor);
  const shares = Array.from({ length: curvePoints }, (_, i) => i / (curvePoints - 1));
  return {
    ...known,
    history: {
      from: series.dates[Math.max(0, first)] ?? asOf,
      to: series.dates.at(-1) ?? asOf,
      sessions,
      windows,
      independentWindows,
      earnedShare,
      meanPayoff,
      fairVol: fair.ok ? fair.value : null,
      volPercentile: implied.ok ? shareBelow(vols, implied.value) : null,
      realizedVol: { low: at(vols, 0), median: at(vols, 0.5), high: at(vols, 1), newest: newestVol },
      curve: { move: shares.map((share) => at(moves, share)), share: shares },
    },
  };
}
