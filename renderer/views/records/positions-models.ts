import type { Position } from '../../../shared/contract/contracts.ts';
import type { Fact } from '../../components/Facts.tsx';
import { counted, money, signedMoney } from '../../format.ts';

/** The positions of a name, or all, added up; a number that no position has stays blank. */
export interface PositionSum {
  readonly symbol: string;
  readonly isTotal: boolean;
  readonly count: number;
  /** Positions without a market value. */
  readonly unvalued: number;
  readonly value: number | null;
  readonly deltaDollar: number | null;
  readonly vegaPerVolPoint: number | null;
  readonly gammaDollar1Pct: number | null;
  readonly thetaPerDay: number | null;
  readonly callsPerShare: number | null;
}

const added = (numbers: readonly (number | null)[]): number | null => {
  const known = numbers.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
};

export function sumOf(symbol: string, positions: readonly Position[], isTotal = false): PositionSum {
  const shares = positions
    .filter((row) => row.instrument === 'stock')
    .reduce((sum, row) => sum + row.quantity, 0);
  const soldCalls = positions
    .filter((row) => row.type === 'call' && row.quantity < 0)
    .reduce((sum, row) => sum - row.quantity * row.multiplier, 0);
  return {
    symbol,
    isTotal,
    count: positions.length,
    unvalued: positions.filter((row) => row.value === null).length,
    value: added(positions.map((row) => row.value)),
    deltaDollar: added(positions.map((row) => row.deltaDollar)),
    vegaPerVolPoint: added(positions.map((row) => row.vegaPerVolPoint)),
    gammaDollar1Pct: added(positions.map((row) => row.gammaDollar1Pct)),
    thetaPerDay: added(positions.map((row) => row.thetaPerDay)),
    callsPerShare: isTotal || shares <= 0 ? null : soldCalls / shares,
  };
}

/** One line a name, the largest value first. */
export function sumsByName(positions: readonly Position[]): readonly PositionSum[] {
  const names = [...new Set(positions.map((row) => row.symbol))];
  return names
    .map((symbol) =>
      sumOf(
        symbol,
        positions.filter((row) => row.symbol === symbol),
      ),
    )
    .sort((a, b) => Math.abs(b.value ?? 0) - Math.abs(a.value ?? 0));
}

/** The sums as a line of facts. */
export function sumFacts(sum: PositionSum, currency: string): readonly Fact[] {
  const note =
    sum.unvalued === 0 ? '' : `\n${counted(sum.unvalued, 'position')} without a value left out of it`;
  const amount = (label: string, value: number | null, unit: string, what: string): Fact => ({
    label,
    value: label === 'Value' ? money(value) : signedMoney(value),
    unit,
    tip: `${what}${note}`,
  });
  return [
    amount('Value', sum.value, currency, 'Market value, net\n= Σ quantity × multiplier × mark'),
    amount('Dollar delta', sum.deltaDollar, currency, 'Exposure to the underlyings in money, net'),
    amount('Vega', sum.vegaPerVolPoint, 'per vol pt', 'Change of value for one volatility point everywhere'),
    amount(
      'Gamma',
      sum.gammaDollar1Pct,
      'per 1 %',
      'Change of the dollar delta when every underlying moves 1 %',
    ),
    amount('Theta', sum.thetaPerDay, 'per day', 'Change of value by one calendar day'),
  ];
}
