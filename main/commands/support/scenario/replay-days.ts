import type { z } from 'zod';
import type { scenarioRunCommands } from '../../../../shared/contract/scenario-run.ts';
import { scenarioShock } from '../../../../shared/contract/scenario-shock.ts';
import type { IsoDate } from '../../../../shared/dates.ts';
import { failure, sentenceOf } from '../../../../shared/failure.ts';
import type { NameMarket } from '../../../../shared/quant/scenario/book.ts';
import { replayShock } from '../../../../shared/quant/scenario/replay.ts';
import type { Shock } from '../../../../shared/quant/scenario/shock.ts';
import { inPercent } from '../../../../shared/quant/words.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import type { QueryContext } from '../../handlers.ts';
import type { ChainDesk } from '../market/chain-desk.ts';
import { createScenarioCompute } from './compute-scenario.ts';
import { frozenName, nameFromTerms } from './freeze-names.ts';
import type { SourceBook } from './scenario-books.ts';

type Replay = z.input<(typeof scenarioRunCommands)['scenario.replay']['output']>;

/** The most days that one question walks through. */
const mostDays = 80;

/** A name's market on two days, from both chains or from both days' stored volatilities: never one against the other. */
async function pairOf(
  symbol: string,
  from: IsoDate,
  to: IsoDate,
  context: QueryContext,
  chains: ChainDesk,
): Promise<readonly (NameMarket | null)[]> {
  const { read } = context;
  const dates = new Set(read.quotes.chainDates(symbol));
  const byChain = dates.has(from) && dates.has(to);
  const marketOn = async (day: IsoDate): Promise<NameMarket | null> => {
    const found = byChain ? await frozenName(symbol, day, context, chains) : nameFromTerms(symbol, day, read);
    // A price of an earlier day is no move of this one.
    const isOfDay = byChain || read.prices.closeOn(symbol, day)?.date === day;
    return found.ok && isOfDay ? found.value.market : null;
  };
  return Promise.all([marketOn(from), marketOn(to)]);
}

/** The largest move of a shock, in words. */
function largestMove({ spot }: Shock): string {
  let [symbol, most] = ['', 0];
  for (const one of spot) {
    if (one.kind !== 'move' || one.target.kind !== 'names' || Math.abs(one.move) <= Math.abs(most)) continue;
    [symbol, most] = [one.target.symbols[0] ?? '', one.move];
  }
  return symbol === '' ? 'Nothing moved.' : `${symbol} ${most > 0 ? '+' : ''}${inPercent(most, 2)}`;
}

/**
 * A book through the moves of stored days, each by itself from the day before.
 * Failures: `not-found` where no two stored days lie in the span, `invalid-input` where there are too many.
 */
export async function replayDays(
  { book, subject }: SourceBook,
  span: { readonly from: IsoDate; readonly to: IsoDate },
  context: QueryContext,
  chains: ChainDesk,
): Promise<Result<Replay>> {
  const dates = context.read.quotes
    .marketDates()
    .filter((date) => date >= span.from && date <= span.to)
    .reverse();
  if (dates.length < 2) {
    const next = 'Choose a longer span, or import more days.';
    return fail(failure('not-found', `Two market days from ${span.from} to ${span.to}`, { next }));
  }
  if (dates.length > mostDays + 1) {
    const reason = `it would walk through ${dates.length - 1} days and ${mostDays} are the most`;
    return fail(failure('invalid-input', `A replay from ${span.from} to ${span.to}`, { reason }));
  }
  const compute = createScenarioCompute(context);
  const held = [...new Set(book.positions.flatMap(({ kind, symbol }) => (kind === 'cash' ? [] : [symbol])))];
  const symbols = held.filter((symbol) => book.names.some((name) => name.symbol === symbol));
  const days: Replay['days'] = [];
  const notes = new Set<string>();
  for (const [at, date] of dates.entries()) {
    const from = dates[at - 1];
    if (from === undefined) continue;
    const pairs = await Promise.all(symbols.map((symbol) => pairOf(symbol, from, date, context, chains)));
    if (context.signal.aborted) return fail(failure('cancelled', `The replay on ${subject}`));
    const { shock, notReplayed } = replayShock({
      from: pairs.flatMap(([name]) => name ?? []),
      to: pairs.flatMap(([, name]) => name ?? []),
      symbols,
    });
    const found = await compute.revalue(subject, book, shock);
    if (!found.ok && found.error.code === 'cancelled') return found;
    for (const note of found.ok ? found.value.notes : []) notes.add(note);
    context.progress({ label: `Replaying ${date}`, done: at, total: dates.length - 1 });
    days.push({
      from,
      date,
      profit: found.ok ? found.value.profit : null,
      moved: shock.spot.length,
      missing: notReplayed.map(({ reason }) => reason),
      words: largestMove(shock),
      shock: scenarioShock.parse(shock),
      reason: found.ok ? null : sentenceOf(found.error),
    });
  }
  return ok({ days, notes: [...notes] });
}
