import { regularSessions, sessionOnOrBefore } from '../../../../shared/calendar.ts';
import type { ForwardStartTerms, RollProposal } from '../../../../shared/contract/forward-starts.ts';
import { addDays, daysBetween, daysPerYear, type IsoDate } from '../../../../shared/dates.ts';
import { failure } from '../../../../shared/failure.ts';
import { perVolPoint } from '../../../../shared/quant/risk-units.ts';
import { forwardVol, volAtMaturity } from '../../../../shared/quant/surface/surface.ts';
import { pairedSpread } from '../../../../shared/quant/contracts/proxy-basis.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import type { Readers, StoredForwardStart } from '../../../store/index.ts';
import { calendarOfSymbol } from '../market/prices.ts';
import { forwardStartMarket, type ContractStructures } from './forward-start-market.ts';
import { nameOf } from './forward-start-rules.ts';
import { forwardStartState, standingTerms } from './forward-start-terms.ts';
import { priceUnit } from './forward-start-value.ts';

/** Days of stored volatilities that the basis is read from. */
const basisDays = 252;

/** The session on or after a date. */
function sessionFrom(read: Readers, symbol: string, date: IsoDate): IsoDate {
  const calendar = calendarOfSymbol(read, symbol);
  return (
    regularSessions({ calendar, from: date, to: addDays(date, 10) })[0] ?? sessionOnOrBefore(calendar, date)
  );
}

/** The next contract of the same length: it begins where this one ends. */
export function nextPeriod(
  read: Readers,
  terms: ForwardStartTerms,
): { readonly firstReferenceDate: IsoDate; readonly secondReferenceDate: IsoDate } {
  const length = daysBetween(terms.firstReferenceDate, terms.secondReferenceDate);
  const firstReferenceDate = terms.secondReferenceDate;
  const symbol = terms.secondUnderlying ?? terms.underlying;
  return {
    firstReferenceDate,
    secondReferenceDate: sessionFrom(read, symbol, addDays(firstReferenceDate, length)),
  };
}

/** Forward volatilities of two periods, day by day, from the stored volatilities: what the proxy did beside the own. */
function basisHistory(
  read: Readers,
  symbol: string,
  asOf: IsoDate,
  own: readonly [number, number],
  proxy: readonly [number, number],
): RollProposal['basisHistory'] {
  const terms = read.vols.terms(symbol);
  if (terms.length < 2) return null;
  const histories = terms.map((termDays) => {
    const { date, vol } = read.vols.history(symbol, termDays, asOf);
    return { termDays, vols: new Map(date.map((day, row) => [day, vol[row] ?? null])) };
  });
  const dates = [...(histories[0]?.vols.keys() ?? [])].sort().slice(-basisDays);
  const pairs = dates.flatMap((date) => {
    const points = histories
      .flatMap(({ termDays, vols }) => {
        const vol = vols.get(date) ?? null;
        return vol === null ? [] : [{ timeToExpiry: termDays / daysPerYear, vol }];
      })
      .sort((a, b) => a.timeToExpiry - b.timeToExpiry);
    const last = points.at(-1);
    const at = (time: number) =>
      last !== undefined && time > last.timeToExpiry
        ? last.vol
        : (volAtMaturity(points, time) ?? points[0]?.vol ?? null);
    const slice = ([near, far]: readonly [number, number]): number | null => {
      const [nearVol, farVol] = [near === 0 ? 0 : at(near), at(far)];
      if (nearVol === null || farVol === null) return null;
      const found = forwardVol({ nearVol, nearTime: near, farVol, farTime: far });
      return found.ok ? found.value : null;
    };
    const [a, b] = [slice(own), slice(proxy)];
    return a === null || b === null ? [] : [{ date, own: a, proxy: b }];
  });
  const spread = pairedSpread(pairs);
  const [from, to] = [pairs[0]?.date, pairs.at(-1)?.date];
  return spread === null || from === undefined || to === undefined
    ? null
    : { days: pairs.length, from, to, ...spread };
}

/** A contract not yet fixed against the next one that would stand for it, both priced on the day. */
export function rollProposal(
  contract: StoredForwardStart,
  asOf: IsoDate,
  period: { readonly firstReferenceDate: IsoDate; readonly secondReferenceDate: IsoDate },
  structures: ContractStructures,
  read: Readers,
): Result<RollProposal> {
  const terms = standingTerms(contract);
  const { contractId } = terms;
  const { state } = forwardStartState(contract, asOf);
  if (state !== 'anticipatory' || terms.option !== null) {
    const next = 'A contract is rolled before its strike is fixed.';
    return fail(failure('wrong-state', nameOf(contractId), { state, action: 'rolled', next }));
  }
  const side = (
    one: ForwardStartTerms,
  ): Result<RollProposal['from'] & { readonly times: readonly [number, number] }> => {
    const refuse = (reason: string) =>
      fail(failure('invalid-input', nameOf(one.contractId), { reason: reason.replace(/\.$/, '') }));
    const market = forwardStartMarket({ terms: one, events: [], steps: [] }, asOf, structures);
    if (!market.ok) return refuse(market.error);
    const { marketVol, timeToStart, timeToEnd, discountFactor } = market.value;
    if (!marketVol.ok) return refuse(marketVol.error);
    const priced = priceUnit(one, market.value, marketVol.value);
    if (!priced.ok) return refuse(priced.error);
    const scale = one.quantity * one.amount;
    return ok({
      contractId: one.contractId,
      firstReferenceDate: one.firstReferenceDate,
      secondReferenceDate: one.secondReferenceDate,
      vol: marketVol.value,
      price: priced.value.price,
      agreedPrice: priced.value.price / (one.premium === 'deferred' ? discountFactor : 1),
      value: scale * priced.value.price,
      vegaPerVolPoint: perVolPoint(scale * priced.value.vegaPerVol),
      times: [timeToStart, timeToEnd],
    });
  };
  const taken = new Set(read.contracts.list().map((one) => one.contractId));
  let id = `${contractId}-NEXT`;
  for (let number = 2; taken.has(id); number += 1) id = `${contractId}-NEXT${number}`;
  const [from, to] = [side(terms), side({ ...terms, ...period, contractId: id })];
  if (!from.ok) return from;
  if (!to.ok) return to;
  const ratio = to.value.vegaPerVolPoint === 0 ? 1 : from.value.vegaPerVolPoint / to.value.vegaPerVolPoint;
  const history = basisHistory(read, terms.underlying, asOf, from.value.times, to.value.times);
  const { times: _from, ...fromSide } = from.value;
  const { times: _to, ...toSide } = to.value;
  return ok({
    from: fromSide,
    to: toSide,
    quantityAsHeld: terms.quantity,
    quantityForVega: terms.quantity * ratio,
    volBasis: to.value.vol - from.value.vol,
    cost: to.value.value - from.value.value,
    basisHistory: history,
    note:
      history === null
        ? `${terms.underlying} has no stored volatilities of several terms, so nothing is known of how the two periods moved apart.`
        : 'Forward volatilities of the two periods at these distances, from the stored volatilities by term.',
  });
}
