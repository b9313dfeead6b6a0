import { useState, type ReactNode } from 'react';
import { addDays, daysBetween, isIsoDate, weekday } from '../../shared/dates.ts';
import { date, daysToGo, parseDate, weekdayName } from '../format.ts';

/** A day typed as people type it, taken on Enter or on leaving; up and down step a day, with Shift a week. */
export function DateField(props: {
  readonly label: string;
  readonly value: string;
  /** Days to go are counted from here. */
  readonly from: string | null;
  /** Shown where there is no day, which can then be emptied too; absent: a day there must be. */
  readonly blank?: string;
  readonly onChange: (value: string) => void;
}): ReactNode {
  const { label, value, from, blank, onChange } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const read = (text: string) => (blank !== undefined && text.trim() === '' ? '' : parseDate(text));
  const isWrong = typed !== null && read(typed) === null;
  const commit = () => {
    const day = typed === null ? null : read(typed);
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
        value={typed ?? (value === '' ? '' : date(value))}
        {...(blank === undefined ? {} : { placeholder: blank })}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => {
          commit();
          setTyped(null);
        }}
        onKeyDown={(event) => {
          const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
          if (event.key === 'Enter') commit();
          // With nothing typed, Escape belongs to the dialog around it.
          else if (event.key === 'Escape' && typed !== null) setTyped(null);
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
