import type { IsoDate } from '../../../../shared/dates.ts';
import { failure } from '../../../../shared/failure.ts';
import { trackingFit } from '../../../../shared/quant/math/regression.ts';
import type {
  IndexMembership,
  NameMarket,
  ScenarioPosition,
} from '../../../../shared/quant/scenario/book.ts';
import type { NotValued } from '../../../../shared/quant/scenario/result.ts';
import { settledOption } from '../../../../shared/quant/scenario/roll.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import type { Readers } from '../../../store/index.ts';
import type { QueryContext } from '../../handlers.ts';
import { marketDay } from '../market/as-of.ts';
import type { ChainDesk } from '../market/chain-desk.ts';
import { compositionOf } from '../market/composition.ts';
import { closesOf } from '../market/prices.ts';
import { isForwardStart, isSettled } from '../contracts/contract-entry.ts';
import { returnPanel } from '../market/return-panel.ts';
import { healthFindings } from '../records/health.ts';
import { frozenName, type FrozenName } from './freeze-names.ts';
import {
  frozenForwardStart,
  frozenPosition,
  frozenRealizedVol,
  notHonored,
  positionIdOf,
  type Frozen,
} from './freeze-positions.ts';
import type { FrozenDesk } from './frozen-desk.ts';

/** Sessions of daily returns that betas are found from. */
const betaSessions = 252;
const fewestBetaSessions = 60;
const mostQualityLines = 12;

/** Indices that a desk knows the members of, where one of the symbols is the index or among them. */
function membershipsOf(read: Readers, symbols: ReadonlySet<string>, day: IsoDate): IndexMembership[] {
  return read.weights.indices().flatMap((index): IndexMembership[] => {
    const composition = compositionOf(read, index, day);
    if (!composition.ok) return [];
    const members = composition.value.components.map(({ symbol, weight }) => ({ symbol, weight }));
    const concerned = symbols.has(index) || members.some(({ symbol }) => symbols.has(symbol));
    return concerned ? [{ index, members }] : [];
  });
}

/** Betas of names to an index, from daily returns of a year; names with a short history have none. */
function betasTo(read: Readers, index: string, names: readonly string[], day: IsoDate): Map<string, number> {
  const series = (symbol: string) => closesOf(read, symbol, day, betaSessions + 1);
  const panel = returnPanel({
    index: series(index),
    names: names.map(series),
    to: day,
    frequency: 'daily',
  });
  if (panel.index.length < fewestBetaSessions) return new Map([[index, 1]]);
  const betas = new Map<string, number>([[index, 1]]);
  for (const [symbol, basket] of Object.entries(panel.stocks)) {
    const fit = trackingFit({ index: panel.index, basket });
    if (fit.ok) betas.set(symbol, fit.value.beta);
  }
  return betas;
}

/** What the desk's checks say of the names in the book, the worst first. */
function qualityOf(read: Readers, day: IsoDate, symbols: ReadonlySet<string>): string[] {
  const rank = { error: 0, warning: 1, note: 2 };
  const found = healthFindings(read, day)
    .filter(({ subject, severity }) => symbols.has(subject) && severity !== 'note')
    .sort((a, b) => rank[a.severity] - rank[b.severity])
    .map(({ sentence }) => sentence);
  const more = found.length - mostQualityLines;
  return more > 0 ? [...found.slice(0, mostQualityLines), `And ${more} more findings: see Health.`] : found;
}

/** An option on the evening of its expiry is what it left: its chain has gone, and its money or shares are there. */
function atItsEnd(
  position: ScenarioPosition,
  market: NameMarket | undefined,
  day: IsoDate,
): ScenarioPosition {
  if (position.kind !== 'option' || market === undefined || !position.expiryKey.startsWith(day))
    return position;
  return market.expiries.some(({ key }) => key === position.expiryKey)
    ? position
    : settledOption(position, market.spot, day);
}

export interface FreezeRequest {
  readonly asOf?: IsoDate | undefined;
  /** Names to have in the market beside those held. */
  readonly symbols?: readonly string[];
  /** Without the index members that are not held: enough for all but correlation shocks and new trades. */
  readonly heldOnly?: boolean;
  /** One name at a time. */
  readonly gently?: boolean;
}

/**
 * The live book of a day with everything a revaluation of it needs. Reads only.
 * Failures: `not-found` on a desk without a market day, `cancelled`.
 */
export async function freezeDesk(
  request: FreezeRequest,
  context: QueryContext,
  chains: ChainDesk,
): Promise<Result<FrozenDesk>> {
  const { read, signal } = context;
  const found = marketDay(read, request.asOf);
  if (!found.ok) return found;
  const day = found.value;
  const held = read.positions.list();
  const contracts = read.contracts.list();
  const wanted = new Set([
    ...held.flatMap(({ instrument, symbol }) => (instrument === 'cash' ? [] : [symbol])),
    ...contracts.map(({ terms }) => terms.underlying),
    ...(request.symbols ?? []),
  ]);
  const indexes = membershipsOf(read, wanted, day);
  const symbols = new Set([
    ...wanted,
    ...indexes.flatMap(({ index, members }) =>
      (request.heldOnly ?? false) ? [] : [index, ...members.map(({ symbol }) => symbol)],
    ),
  ]);

  const names = new Map<string, FrozenName>();
  const missing = new Map<string, string>();
  let done = 0;
  const freeze = async (symbol: string): Promise<void> => {
    const name = await frozenName(symbol, day, context, chains);
    done += 1;
    context.progress({ label: `Freezing the market of ${day}`, done, total: symbols.size });
    if (name.ok) names.set(symbol, name.value);
    else missing.set(symbol, name.error);
  };
  if (request.gently ?? false) for (const symbol of symbols) await freeze(symbol);
  else await Promise.all([...symbols].map(freeze));
  if (signal.aborted) return fail(failure('cancelled', `Freezing the book of ${day}`));

  const betas = new Map(
    indexes.map(({ index }) => [
      index,
      betasTo(
        read,
        index,
        [...names.keys()].filter((symbol) => symbol !== index),
        day,
      ),
    ]),
  );
  const betasOf = (symbol: string): Record<string, number> =>
    Object.fromEntries(
      [...betas].flatMap(([index, bySymbol]) => {
        const beta = bySymbol.get(symbol);
        return beta === undefined ? [] : [[index, beta]];
      }),
    );

  const positions: ScenarioPosition[] = [];
  const notIncluded: NotValued[] = [];
  const costs: Record<string, number> = {};
  const take = (positionId: string, label: string, frozen: Frozen): void => {
    if (frozen.ok) {
      for (const position of frozen.value)
        positions.push(atItsEnd(position, names.get(position.symbol)?.market, day));
    } else notIncluded.push({ positionId, label, reason: frozen.error });
  };
  for (const one of held) {
    const positionId = positionIdOf(one);
    const label = one.contract === '' ? one.symbol : one.contract;
    if (one.costPrice !== null) costs[positionId] = one.costPrice;
    const reason = one.instrument === 'cash' ? undefined : missing.get(one.symbol);
    take(
      positionId,
      label,
      reason === undefined
        ? frozenPosition(one, day, read, names.get(one.symbol)?.chain ?? null)
        : fail(reason),
    );
  }
  for (const contract of contracts) {
    const { contractId, underlying } = contract.terms;
    const reason = missing.get(underlying);
    take(
      `Contracts/${contractId}`,
      contractId,
      reason !== undefined
        ? fail(reason)
        : contract.kind === 'forward-start'
          ? frozenForwardStart(contract, day)
          : frozenRealizedVol(contract, day, read),
    );
  }

  const ordered = [...symbols].sort().flatMap((symbol) => names.get(symbol) ?? []);
  return ok({
    format: 1,
    book: {
      asOf: day,
      names: ordered.map(({ market }) => ({ ...market, betas: betasOf(market.symbol) })),
      indexes,
      positions,
    },
    listed: Object.fromEntries(ordered.map(({ market, listed }) => [market.symbol, listed])),
    costs,
    notIncluded,
    quality: [
      ...(request.symbols ?? []).flatMap((symbol) => missing.get(symbol) ?? []),
      ...ordered.flatMap(({ market, quality }) => (wanted.has(market.symbol) ? quality : [])),
      ...contracts.flatMap((contract) =>
        isForwardStart(contract) && !isSettled(contract) ? notHonored(contract, day) : [],
      ),
      ...qualityOf(read, day, wanted),
    ],
  });
}
