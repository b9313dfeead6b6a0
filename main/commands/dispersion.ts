import type { dispersionCommands } from '../../shared/contract/dispersion.ts';
import { failure, sentenceOf } from '../../shared/failure.ts';
import { historyStatistics } from '../../shared/quant/history/history-statistics.ts';
import { fail, ok } from '../../shared/result.ts';
import type { HandlersFor } from './handlers.ts';
import { marketDay } from './support/market/as-of.ts';
import type { ChainDesk } from './support/market/chain-desk.ts';
import { compositionOf } from './support/market/composition.ts';
import { dispersionPastOf, measureNames, thinPast } from './support/dispersion/dispersion-past.ts';
import { dispersionOf } from './support/dispersion/dispersion-reader.ts';

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
    const leftOut = [];
    const total = indices.length * terms.length;
    for (const index of indices) {
      const composition = compositionOf(context.read, index, day.value);
      if (!composition.ok) {
        leftOut.push({ index, reason: sentenceOf(composition.error) });
        continue;
      }
      for (const termDays of terms) {
        context.progress({ label: `Dispersion of ${index}, ${termDays} days`, done: cells.length, total });
        const cell = await dispersionOf({ index, termDays, day: day.value, timing }, context, chains);
        if (!cell.ok) return cell;
        cells.push(cell.value);
      }
    }
    return ok({ asOf: day.value, cells, leftOut });
  },

  'dispersion.history': async ({ index, termDays, asOf, sessions }, context) => {
    const past = await dispersionPastOf({ index, termDays, asOf, sessions }, context, chains);
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

  'dispersion.pasts': async ({ cells, asOf, sessions, points }, context) => {
    const found = [];
    let day = asOf ?? '';
    for (const cell of cells) {
      const label = `Past dispersion measures of ${cell.index}, ${cell.termDays} days`;
      context.progress({ label, done: found.length, total: cells.length });
      const past = await dispersionPastOf({ ...cell, asOf, sessions }, context, chains);
      if (!past.ok) return past;
      day = past.value.day;
      found.push(thinPast(past.value, points));
    }
    return ok({ asOf: day, cells: found });
  },

  'dispersion.terms': async ({ index, measure, terms, asOf, sessions }, context) => {
    const rows = [];
    let day = asOf ?? '';
    for (const termDays of terms) {
      const past = await dispersionPastOf({ index, termDays, asOf, sessions }, context, chains);
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
