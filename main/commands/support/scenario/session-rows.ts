import type { ScenarioRow } from '../../../../shared/contract/scenario.ts';
import type { ScenarioName } from '../../../../shared/contract/scenario-value.ts';
import type { ScenarioBook, ScenarioPosition } from '../../../../shared/quant/scenario/book.ts';
import { impliedYield, rateOf } from '../../../../shared/quant/scenario/carry.ts';
import { atmVolOf } from '../../../../shared/quant/scenario/smile-layers.ts';
import { familyOf } from '../../../../shared/quant/scenario/value-position.ts';
import type { FrozenDesk } from './frozen-desk.ts';
import type { SessionRow } from './session-state.ts';

const expiryOf = (position: ScenarioPosition): string | null => {
  switch (position.kind) {
    case 'option':
      return position.expiryKey.slice(0, 10);
    case 'future':
      return position.expiry;
    case 'forward-start':
      return position.secondReferenceDate;
    case 'realized-vol':
      return position.endDate;
    case 'stock':
    case 'cash':
    case 'settled':
      return null;
  }
};

/** A row as the window shows it. */
export function shownRow({ position, frozen, change }: SessionRow): ScenarioRow {
  const { positionId, book, symbol, label, quantity } = position;
  return {
    positionId,
    book,
    symbol,
    label,
    family: familyOf(position),
    quantity,
    frozenQuantity: frozen?.quantity ?? null,
    multiplier: 'multiplier' in position ? position.multiplier : null,
    expiry: expiryOf(position),
    strike:
      position.kind === 'option'
        ? position.strike
        : position.kind === 'forward-start'
          ? position.fixedStrike
          : null,
    change,
  };
}

/** The names of a session's market with what is listed on them. */
export function shownNames(book: ScenarioBook, { listed }: Pick<FrozenDesk, 'listed'>): ScenarioName[] {
  return book.names.map(({ symbol, spot, exercise, expiries }) => {
    const far = expiries.at(-1);
    const contracts = new Map((listed[symbol] ?? []).map((one) => [one.key, one]));
    return {
      symbol,
      spot,
      exercise,
      rate: far === undefined ? null : rateOf(far),
      dividendYield: far === undefined ? null : impliedYield(spot, far),
      expiries: expiries.map((expiry) => {
        const contract = contracts.get(expiry.key);
        return {
          key: expiry.key,
          expiry: expiry.expiry,
          root: contract?.root ?? symbol,
          forward: expiry.forward,
          atmVol: atmVolOf(expiry),
          multiplier: contract?.multiplier ?? 1,
          strikes: [...(contract?.strikes ?? [])],
        };
      }),
    };
  });
}
