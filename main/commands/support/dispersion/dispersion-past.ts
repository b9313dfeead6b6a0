import { dispersionMeasure, type Dispersion } from '../../../../shared/contract/dispersion.ts';
import type { OutputOf } from '../../../../shared/contract/index.ts';
import type { IsoDate } from '../../../../shared/dates.ts';
import type { DispersionDay } from '../../../../shared/quant/dispersion/dispersion-history.ts';
import { historyStatistics, rangeSessions } from '../../../../shared/quant/history/history-statistics.ts';
import { ok, type Result } from '../../../../shared/result.ts';
import type { QueryContext } from '../../handlers.ts';
import { marketDay } from '../market/as-of.ts';
import type { ChainDesk } from '../market/chain-desk.ts';
import { compositionOf } from '../market/composition.ts';
import { dispersionOf } from './dispersion-reader.ts';

export const measureNames = dispersionMeasure.options;

interface PastRequest {
  readonly index: string;
  readonly termDays: number;
  readonly asOf: IsoDate | undefined;
  readonly sessions: number;
}

interface Past {
  readonly day: IsoDate;
  readonly now: Dispersion;
  readonly days: readonly DispersionDay[];
}

/** The measures of a day and of the days before it. */
export async function dispersionPastOf(
  { index, termDays, asOf, sessions }: PastRequest,
  context: QueryContext,
  chains: ChainDesk,
): Promise<Result<Past>> {
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

type ThinCell = OutputOf<'dispersion.pasts'>['cells'][number];

/** Where each measure of a cell stands in each range of its past, with a thin line of the range. */
export function thinPast(past: Past, points: number): ThinCell {
  const { now, days } = past;
  return {
    index: now.index,
    termDays: now.termDays,
    measures: Object.fromEntries(
      measureNames.map((name) => {
        const history = days.map(({ measures }) => measures[name]);
        return [
          name,
          historyStatistics(now[name], history).map((reading) => ({
            ...reading,
            line: [...thinned(history.slice(-rangeSessions(reading.range)), points - 1), now[name]],
          })),
        ];
      }),
    ),
  };
}

/** At most so many values: the last of each equal stretch, so that the newest stays. */
export function thinned(values: readonly (number | null)[], most: number): readonly (number | null)[] {
  if (values.length <= most) return values;
  return Array.from(
    { length: most },
    (_, i) => values[Math.ceil(((i + 1) * values.length) / most) - 1] ?? null,
  );
}
