import {
  dispersionMeasure,
  type Dispersion,
  type dispersionCommands,
} from '../../shared/contract/dispersion.ts';
import type { IsoDate } from '../../shared/dates.ts';
import { failure } from '../../shared/failure.ts';
import type { DispersionDay } from '../../shared/quant/dispersion/dispersion-history.ts';
import { historyStatistics } from '../../shared/quant/history/history-statistics.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { HandlersFor, QueryContext } from './handlers.ts';
import { marketDay } from './support/market/as-of.ts';
import type { ChainDesk } from './support/market/chain-desk.ts';
import { compositionOf } from './support/market/composition.ts';
import { dispersionOf } from './support/dispersion/dispersion-reader.ts';

const measureNames = dispersionMeasure.options;

export const dispersionHandlers = (chains: ChainDesk): HandlersFor<typeof dispersionCommands> => ({
  'dispersion.read': async ({ index, termDays, asOf, timing }, context) => {
    const day = marketDay(context.read, asOf);
    if (!day.ok) return day;
    return dispersionOf({ index, termDays, day: day.value, timing }, context, chains);
  },

  'dispersion.board': async ({ terms, asOf, timing }, context) => {
    const day = marketDay(context.read, asOf);
    if (!day.ok) return day;
    const indices = context.read.weights.indices();
    if (indices.length === 0)
      return fail(failure('missing-weights', 'The dispersion board', { asOf: day.value }));
    const cells = [];
    const total = indices.length * terms.length;
    for (const index of indices) {
      for (const termDays of terms) {
        context.progress({ label: `Dispersion of ${index}, ${termDays} days`, done: cells.length, total });
        const cell = await dispersionOf({ index, termDays, day: day.value, timing }, context, chains);
        if (!cell.ok) return cell;
        cells.push(cell.value);
      }
    }
    return ok({ asOf: day.value, cells });
  },

  'dispersion.history': async ({ index, termDays, asOf, sessions }, context) => {
    const past = await pastOf({ index, termDays, asOf, sessions }, context, chains);
    if (!past.ok) return past;
    const { day, days, now } = past.value;
    const measures = Object.fromEntries(
      measureNames.map((name) => [name, days.map(({ measures: then }) => then[name])]),
    );
    return ok({
      index,
      asOf: day,
      termDays,
      dates: days.map(({ date }) => date),
      measures,
      values: Object.fromEntries(measureNames.map((name) => [name, now[name]])),
      statistics: Object.fromEntries(
        measureNames.map((name) => [name, [...historyStatistics(now[name], measures[name] ?? [])]]),
      ),
    });
  },

  'dispersion.terms': async ({ index, measure, terms, asOf, sessions }, context) => {
    const rows = [];
    let day = asOf ?? '';
    for (const termDays of terms) {
      const past = await pastOf({ index, termDays, asOf, sessions }, context, chains);
      if (!past.ok) return past;
      const { days, now } = past.value;
      day = past.value.day;
      const values = days.map(({ measures }) => measures[measure]);
      rows.push({
        termDays,
        value: now[measure],
        reason: now[measure] === null ? (now.reasons[measure] ?? null) : null,
        dates: days.map(({ date }) => date),
        values,
        statistics: [...historyStatistics(now[measure], values)],
      });
    }
    return ok({ index, asOf: day, measure, terms: rows });
  },
});

interface PastRequest {
  readonly index: string;
  readonly termDays: number;
  readonly asOf: IsoDate | undefined;
  readonly sessions: number;
}

/** The measures of a day and of the days before it. */
async function pastOf(
  { index, termDays, asOf, sessions }: PastRequest,
  context: QueryContext,
  chains: ChainDesk,
): Promise<
  Result<{ readonly day: IsoDate; readonly now: Dispersion; readonly days: readonly DispersionDay[] }>
> {
  const day = marketDay(context.read, asOf);
  if (!day.ok) return day;
  const composition = compositionOf(context.read, index, day.value);
  if (!composition.ok) return composition;
  const now = await dispersionOf({ index, termDays, day: day.value }, context, chains);
  if (!now.ok) return now;
  const days = await chains.measureHistory(context, {
    index,
    termDays,
    day: day.value,
    composition: composition.value,
    sessions,
  });
  return ok({ day: day.value, now: now.value, days });
}
