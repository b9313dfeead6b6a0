import type { Position, positionCommands } from '../../shared/contract/contracts.ts';
import type { IsoDate } from '../../shared/dates.ts';
import { sentenceOf } from '../../shared/failure.ts';
import { ok } from '../../shared/result.ts';
import type { StoredPosition } from '../store/index.ts';
import type { HandlersFor, QueryContext } from './handlers.ts';
import { chainDay, newestDay } from './support/market/as-of.ts';
import type { AnalyzedChain, ChainDesk } from './support/market/chain-desk.ts';
import { contractOf } from './support/contracts/held-contracts.ts';

type Valued = Pick<
  Position,
  'mark' | 'delta' | 'gammaDollar1Pct' | 'vegaPerVolPoint' | 'thetaPerDay' | 'reason'
> & {
  readonly underlyingPrice: number | null;
};
const unvalued = (reason: string): Valued => ({
  mark: null,
  delta: null,
  gammaDollar1Pct: null,
  vegaPerVolPoint: null,
  thetaPerDay: null,
  underlyingPrice: null,
  reason,
});

/** The row of an option in its chain: mark and greeks per unit, or why there are none. */
function valuedOption(held: StoredPosition, chain: AnalyzedChain): Valued {
  const contract = contractOf(held);
  for (const { rows } of chain.analysis.expiries) {
    const side = held.optionType === null ? undefined : rows?.[held.optionType];
    const at = contract === null ? -1 : (side?.contract.indexOf(contract) ?? -1);
    if (side === undefined || at < 0) continue;
    return {
      mark: side.mark[at] ?? null,
      delta: side.delta[at] ?? null,
      gammaDollar1Pct: side.gammaDollar1Pct[at] ?? null,
      vegaPerVolPoint: side.vegaPerVolPoint[at] ?? null,
      thetaPerDay: side.thetaPerDay[at] ?? null,
      underlyingPrice: chain.spot,
      reason: side.reason[at] ?? null,
    };
  }
  return unvalued(
    `${held.contract} is not in the chain of ${chain.analysis.asOf}. Import a chain that lists it.`,
  );
}

async function valued(
  held: StoredPosition,
  asOf: IsoDate,
  context: QueryContext,
  chains: ChainDesk,
): Promise<Valued> {
  const { read } = context;
  if (held.instrument === 'cash') {
    return {
      mark: 1,
      delta: null,
      gammaDollar1Pct: null,
      vegaPerVolPoint: null,
      thetaPerDay: null,
      underlyingPrice: null,
      reason: null,
    };
  }
  if (held.instrument === 'option') {
    const day = chainDay(read, held.symbol, asOf);
    const chain = day.ok ? await chains.analyzed(context, held.symbol, day.value, 'mid') : day;
    return chain.ok ? valuedOption(held, chain.value) : unvalued(sentenceOf(chain.error));
  }
  if (held.instrument === 'future') {
    const future = read.quotes
      .futures(held.symbol, asOf)
      .find(({ expiryDate }) => expiryDate === held.expiryDate);
    const price = future?.settle ?? future?.close ?? future?.last ?? null;
    if (price === null) return unvalued(`${held.contract} has no price on ${asOf}. Import its quotes.`);
    return {
      mark: price,
      delta: 1,
      gammaDollar1Pct: 0,
      vegaPerVolPoint: 0,
      thetaPerDay: 0,
      underlyingPrice: price,
      reason: null,
    };
  }
  const price =
    read.quotes.spot(held.symbol, asOf)?.spot ?? read.prices.closeOn(held.symbol, asOf)?.close ?? null;
  if (price === null) return unvalued(`${held.symbol} has no price on or before ${asOf}. Import its prices.`);
  return {
    mark: price,
    delta: 1,
    gammaDollar1Pct: 0,
    vegaPerVolPoint: 0,
    thetaPerDay: 0,
    underlyingPrice: price,
    reason: null,
  };
}

export const positionHandlers = (chains: ChainDesk): HandlersFor<typeof positionCommands> => ({
  'positions.list': async ({ asOf }, context) => {
    const { read } = context;
    const day = asOf ?? newestDay(read);
    const held = read.positions.list();
    if (day === null || held.length === 0) return ok({ asOf: day, positions: [] });
    const positions = await Promise.all(
      held.map(async (position): Promise<Position> => {
        const { underlyingPrice, ...found } = await valued(position, day, context, chains);
        const units = position.quantity * position.multiplier;
        const held = (perUnit: number | null): number | null => (perUnit === null ? null : perUnit * units);
        return {
          positionId: position.positionId,
          book: position.book,
          symbol: position.symbol,
          instrument: position.instrument,
          contract: contractOf(position) ?? position.contract,
          type: position.optionType,
          expiry: position.expiryDate,
          strike: position.strike,
          quantity: position.quantity,
          multiplier: position.multiplier,
          costPrice: position.costPrice,
          mark: found.mark,
          value: held(found.mark),
          delta: found.delta,
          deltaDollar:
            found.delta === null || underlyingPrice === null ? null : found.delta * units * underlyingPrice,
          vegaPerVolPoint: held(found.vegaPerVolPoint),
          gammaDollar1Pct: held(found.gammaDollar1Pct),
          thetaPerDay: held(found.thetaPerDay),
          reason: found.reason,
        };
      }),
    );
    return ok({ asOf: day, positions });
  },
});
