import { fail, ok } from '../../result.ts';
import type { Result } from '../../result.ts';
import { dollarDelta, gammaDollar1Pct, perCalendarDay, perVolPoint } from '../risk-units.ts';
import type { ListedOptionPosition, NameMarket, ScenarioBook, ScenarioPosition } from './book.ts';
import { valueForwardStart, valueFuture, valueRealizedVol } from './contract-value.ts';
import type { ContractValue } from './contract-value.ts';
import { cannotValue, optionMarket, valueOption, volOfPosition } from './option-value.ts';
import type { OptionMarket } from './option-value.ts';
import type { ContractFamily, Measures } from './result.ts';
import { leastTime } from './shock-market.ts';
import { termCurve } from './term-curve.ts';
import type { TermCurve } from './term-curve.ts';

/** A book's market with what valuing needs of it, made when first asked for. */
export interface MarketView {
  readonly book: ScenarioBook;
  readonly nameOf: (symbol: string) => NameMarket | undefined;
  readonly curveOf: (name: NameMarket) => TermCurve;
  readonly optionMarketOf: (name: NameMarket, expiryKey: string) => Result<OptionMarket, string>;
}

export function marketView(book: ScenarioBook): MarketView {
  const names = new Map(book.names.map((name) => [name.symbol, name]));
  const curves = new Map<string, TermCurve>();
  const markets = new Map<NameMarket, Map<string, Result<OptionMarket, string>>>();
  return {
    book,
    nameOf: (symbol) => names.get(symbol),
    curveOf: (name) => {
      const known = curves.get(name.symbol);
      if (known !== undefined) return known;
      const made = termCurve(book.asOf, name);
      curves.set(name.symbol, made);
      return made;
    },
    optionMarketOf: (name, expiryKey) => {
      let ofName = markets.get(name);
      if (ofName === undefined) markets.set(name, (ofName = new Map()));
      const known = ofName.get(expiryKey);
      if (known !== undefined) return known;
      const expiry = name.expiries.find(({ key }) => key === expiryKey);
      const made =
        expiry === undefined
          ? fail(`${name.symbol} has no expiry ${expiryKey} in the frozen market.`)
          : ok(optionMarket(book.asOf, name, expiry));
      ofName.set(expiryKey, made);
      return made;
    },
  };
}

export const familyOf = (position: ScenarioPosition): ContractFamily => {
  const kind = position.kind === 'settled' ? position.was : position.kind;
  return kind === 'option' ? 'listed-option' : kind;
};

/** Something worth an amount that moves with the spot alone. */
const linear = (value: number, deltaDollar: number): Measures => ({
  value,
  deltaDollar,
  gammaDollar1Pct: 0,
  vegaPerVolPoint: 0,
  thetaPerDay: 0,
});

/** Adding 0 takes the sign off a zero. */
const inMoney = (contract: ContractValue): Measures => ({
  value: contract.value,
  deltaDollar: contract.perLogSpot + 0,
  gammaDollar1Pct: gammaDollar1Pct(contract.gammaTimesSpotSquared, 1) + 0,
  vegaPerVolPoint: perVolPoint(contract.vegaPerVol) + 0,
  thetaPerDay: perCalendarDay(contract.thetaPerYear) + 0,
});

function optionMeasures(
  position: ListedOptionPosition,
  name: NameMarket,
  view: MarketView,
): Result<Measures, string> {
  const market = view.optionMarketOf(name, position.expiryKey);
  if (!market.ok) return market;
  const { optionType, strike } = position;
  const units = position.quantity * position.multiplier;
  const { spot } = name;
  if (market.value.timeToExpiry <= leastTime) {
    const sign = optionType === 'call' ? 1 : -1;
    const gain = Math.max(0, sign * (spot - strike));
    return ok(linear(units * gain, gain > 0 ? units * sign * spot : 0));
  }
  const vol = volOfPosition(
    position,
    name.expiries.find(({ key }) => key === position.expiryKey)!,
  );
  if (!vol.ok) return vol;
  const unit = valueOption(market.value, { optionType, strike, vol: vol.value });
  if (!unit.ok) return fail(cannotValue(position.label, unit.error));
  const { price, deltaSpot, gammaSpot, vegaPerVol, thetaPerYear } = unit.value;
  return ok({
    value: units * price,
    deltaDollar: dollarDelta(units * deltaSpot, spot),
    gammaDollar1Pct: gammaDollar1Pct(units * gammaSpot, spot),
    vegaPerVolPoint: perVolPoint(units * vegaPerVol),
    thetaPerDay: perCalendarDay(units * thetaPerYear),
  });
}

const isFinite = (measures: Measures): boolean => Object.values(measures).every(Number.isFinite);

/**
 * Value and risk of one position in the market of its book; a whole sentence where it has none.
 *
 * Source: math §12. Proof: test/unit/quant/scenario/revalue.test.ts
 */
export function valuePosition(position: ScenarioPosition, view: MarketView): Result<Measures, string> {
  if (position.kind === 'cash') return ok(linear(position.quantity, 0));
  const name = view.nameOf(position.symbol);
  if (name === undefined) return fail(`${position.symbol} has no market in this book: no spot, no chain.`);
  const measured = ((): Result<Measures, string> => {
    const { asOf } = view.book;
    const wrap = (result: Result<ContractValue, string>): Result<Measures, string> =>
      result.ok ? ok(inMoney(result.value)) : result;
    switch (position.kind) {
      case 'stock':
        return ok(
          linear(
            position.quantity * name.spot + position.dividendsReceived,
            dollarDelta(position.quantity, name.spot),
          ),
        );
      case 'settled':
        return ok(
          linear(position.cash + position.shares * name.spot, dollarDelta(position.shares, name.spot)),
        );
      case 'option':
        return optionMeasures(position, name, view);
      case 'future':
        return ok(inMoney(valueFuture(position, view.curveOf(name))));
      case 'forward-start':
        return wrap(valueForwardStart(asOf, position, view.curveOf(name)));
      case 'realized-vol':
        return wrap(valueRealizedVol(asOf, position, view.curveOf(name)));
    }
  })();
  if (measured.ok && !isFinite(measured.value))
    return fail(cannotValue(position.label, 'its value is beyond the largest number'));
  return measured;
}
