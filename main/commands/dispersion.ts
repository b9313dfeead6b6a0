import type { dispersionCommands } from '../../shared/contract/dispersion.ts';
import { failure } from '../../shared/failure.ts';
import type { DispersionDay } from '../../shared/quant/dispersion-history.ts';
import type { DispersionMeasure } from '../../shared/quant/dispersion.ts';
import { fail, ok } from '../../shared/result.ts';
import type { HandlersFor } from './handlers.ts';
import { marketDay } from './support/as-of.ts';
import type { ChainDesk } from './support/chain-desk.ts';
import { compositionOf } from './support/composition.ts';
import { dispersionOf } from './support/dispersion-reader.ts';

const measureNames = ([first]: readonly DispersionDay[]): readonly DispersionMeasure[] =>
  first === undefined ? [] : (Object.keys(first.measures) as DispersionMeasure[]);

export const dispersionHandlers = (chains: ChainDesk): HandlersFor<typeof dispersionCommands> => ({
  'dispersion.read': async ({ index, termDays, asOf }, context) => {
    const day = marketDay(context.read, asOf);
    if (!day.ok) return day;
    return dispersionOf({ index, termDays, day: day.value }, context, chains);
  },

  'dispersion.board': async ({ terms, asOf }, context) => {
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
        const cell = await dispersionOf({ index, termDays, day: day.value }, context, chains);
        if (!cell.ok) return cell;
        cells.push(cell.value);
      }
    }
    return ok({ asOf: day.value, cells });
  },

  'dispersion.history': async ({ index, termDays, asOf }, context) => {
    const day = marketDay(context.read, asOf);
    if (!day.ok) return day;
    const composition = compositionOf(context.read, index, day.value);
    if (!composition.ok) return composition;
    const days = await chains.measureHistory(context, {
      index,
      termDays,
      day: day.value,
      composition: composition.value,
    });
    return ok({
      index,
      asOf: day.value,
      termDays,
      dates: days.map(({ date }) => date),
      measures: Object.fromEntries(
        measureNames(days).map((name) => [name, days.map(({ measures }) => measures[name])]),
      ),
    });
  },
});
