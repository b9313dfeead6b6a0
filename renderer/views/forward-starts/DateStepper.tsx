import { useMemo, type ReactNode } from 'react';
import { date, weekdayName } from '../../format.ts';
import { exposureOfName, ladderDays } from '../../state/forward-starts.ts';
import { useActions, useWorkstation } from '../workstation.ts';

/** Steps the ladder over trading days ahead: what moves when a fixing passes can be watched. */
export function DateStepper(props: { readonly symbol: string | null }): ReactNode {
  const { symbol } = props;
  const chosen = useWorkstation((state) => state.ladderDay);
  const joined = useWorkstation((state) => ladderDays(state, symbol).join(' '));
  const reference = useWorkstation((state) =>
    (exposureOfName(state, symbol)?.contracts ?? [])
      .filter((item) => item.instrument !== 'listed-option')
      .flatMap((item) => [item.start, item.end])
      .sort()
      .join(' '),
  );
  const { stepLadder } = useActions();
  const days = useMemo(() => (joined === '' ? [] : joined.split(' ')), [joined]);
  const place =
    chosen === null
      ? 0
      : Math.max(
          0,
          days.findIndex((day) => day >= chosen),
        );
  const today = days[0];
  const shown = days[place];
  const go = (next: number) => {
    const at = Math.min(days.length - 1, Math.max(0, next));
    stepLadder(at === 0 ? null : (days[at] ?? null));
  };
  if (today === undefined || shown === undefined) return null;
  const nextDate = reference.split(' ').find((day) => day > shown);
  const nextPlace = nextDate === undefined ? -1 : days.findIndex((day) => day >= nextDate);
  return (
    <span
      className="date-stepper"
      data-tip="The book as it stands on a later trading day if nothing else happens: forward volatilities and forwards stay, fixings that come are taken at the forward. Arrow keys step a day."
    >
      <button
        type="button"
        className="quiet"
        aria-label="A trading day back"
        disabled={place === 0}
        onClick={() => go(place - 1)}
      >
        ◂
      </button>
      <input
        type="range"
        aria-label="Day of the ladder"
        aria-valuetext={date(shown)}
        min={0}
        max={days.length - 1}
        value={place}
        onChange={(event) => go(Number(event.target.value))}
      />
      <button type="button" className="quiet" aria-label="A trading day on" onClick={() => go(place + 1)}>
        ▸
      </button>
      <span className={place === 0 ? 'step-day' : 'step-day edited'}>
        {weekdayName(shown)} {date(shown)}
        {place > 0 && <span className="dim"> +{place} sessions</span>}
      </span>
      <button
        type="button"
        className="quiet"
        disabled={nextPlace < 0}
        data-tip={nextDate === undefined ? 'No reference date lies ahead' : `To ${date(nextDate)}`}
        onClick={() => go(nextPlace)}
      >
        Next fixing
      </button>
      <button type="button" className="quiet" disabled={place === 0} onClick={() => go(0)}>
        Today
      </button>
    </span>
  );
}
