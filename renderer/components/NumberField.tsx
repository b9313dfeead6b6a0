import { useState, type ReactNode } from 'react';
import { decimal, integer, none, parseNumber } from '../format.ts';

/** How a number is shown and typed: `percent` and `points` keep the decimal behind it. */
export type NumberKind = 'integer' | 'decimal' | 'percent' | 'points';

const scaleOf = (kind: NumberKind): number => (kind === 'percent' || kind === 'points' ? 100 : 1);

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly kind: NumberKind;
  readonly onChange: (value: number) => void;
  /** Shown after it: `%`, `vol pts`, a currency. */
  readonly unit?: string;
  readonly tip?: string;
  readonly digits?: number;
  /** In the value's own unit. */
  readonly least?: number;
  readonly most?: number;
  /** Characters wide. */
  readonly width?: number;
  readonly disabled?: boolean;
  readonly autoFocus?: boolean;
}

/** A number typed as people type it; taken on Enter or on leaving, arrows step it. Text that is none stays red. */
export function NumberField(props: NumberFieldProps): ReactNode {
  const { label, value, kind, onChange, unit, tip, width = 6, disabled = false } = props;
  const { least = -Infinity, most = Infinity } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const scale = scaleOf(kind);
  const digits = props.digits ?? (kind === 'decimal' ? 2 : 0);
  const shown =
    kind === 'integer' ? integer(value) : trimmed(decimal(value * scale, Math.max(digits, 2)), digits);
  const read = (text: string): number | null => {
    const number = parseNumber(text);
    if (number === null) return null;
    const raw = text.trim().endsWith('%') ? number : number / scale;
    const whole = kind === 'integer' ? Math.round(raw) : Number(raw.toPrecision(12));
    return Math.min(most, Math.max(least, whole));
  };
  const isWrong = typed !== null && read(typed) === null;
  const commit = () => {
    const number = typed === null ? null : read(typed);
    if (number !== null && number !== value) onChange(number);
    if (number !== null) setTyped(null);
  };
  const step = (direction: number) => {
    const size = kind === 'integer' ? 1 : 10 ** -digits / scale;
    const from = typed === null ? value : (read(typed) ?? value);
    const next = Math.min(most, Math.max(least, Number((from + direction * size).toPrecision(12))));
    setTyped(null);
    if (next !== value) onChange(next);
  };
  return (
    <span className="number-field" {...(tip === undefined ? {} : { 'data-tip': tip })}>
      <input
        aria-label={label}
        aria-invalid={isWrong}
        inputMode="decimal"
        disabled={disabled}
        autoFocus={props.autoFocus ?? false}
        style={{ width: `calc(${width}ch + 14px)` }}
        value={typed ?? (Number.isFinite(value) ? shown : none)}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => {
          commit();
          setTyped(null);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          // With nothing typed, Escape belongs to the dialog around it.
          else if (event.key === 'Escape' && typed !== null) setTyped(null);
          else if (event.key === 'ArrowUp') step(1);
          else if (event.key === 'ArrowDown') step(-1);
          else return;
          if (event.key !== 'Enter') event.preventDefault();
        }}
      />
      {unit !== undefined && <span className="unit">{unit}</span>}
    </span>
  );
}

/** `62.50` with no wish for decimals is `62.5`; what is asked for stays. */
function trimmed(text: string, digits: number): string {
  const point = text.indexOf('.');
  if (point < 0) return text;
  let end = text.length;
  while (end > point + 1 + digits && text[end - 1] === '0') end -= 1;
  return text.slice(0, end).replace(/\.$/, '');
}
