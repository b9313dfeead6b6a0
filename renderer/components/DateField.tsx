import { useState, type ReactNode } from 'react';
import { addDays, daysBetween, isIsoDate, weekday } from '../../shared/dates.ts';
import { date, daysToGo, parseDate, weekdayName } from '../format.ts';

/** A day typed as people type it, taken on Enter or on leaving; up and down step a day, with Shift a week. */
export function DateField(props: {
  readonly label: string;
  readonly value: string;
  /** Days to go are counted from here. */
  readonly from: string | null;
  readonly onChange: (value: string) => void;
}): ReactNode {
  const { label, value, from, onChange } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const isWrong = typed !== null && parseDate(typed) === null;
  const commit = () => {
    const day = typed === null ? null : parseDate(typed);
    if (day === null) return;
    setTyped(null);
    if (day !== value) onChange(day);
  };
  const known = isIsoDate(value);
  const isWeekend = known && (weekday(value) === 0 || weekday(value) === 6);
  return (
    <span className="number-field date-field">
      <input
        aria-label={label}
        aria-invalid={isWrong}
        value={typed ?? date(value)}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => {
          commit();
          setTyped(null);
        }}
        onKeyDown={(event) => {
          const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
          if (event.key === 'Enter') commit();
          else if (event.key === 'Escape') setTyped(null);
          else if (step === undefined || !known) return;
          else {
            setTyped(null);
            onChange(addDays(value, event.shiftKey ? step * 7 : step));
          }
          if (event.key !== 'Enter') event.preventDefault();
        }}
      />
      {known && (
        <span className={`unit ${isWeekend ? 'warning' : ''}`}>
          {isWeekend ? '△ ' : ''}
          {weekdayName(value)}
          {from === null ? '' : `, ${daysToGo(daysBetween(from, value))}`}
        </span>
      )}
    </span>
  );
}
