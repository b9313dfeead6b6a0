import type { ReactNode } from 'react';
import { NumberField, type NumberKind } from './NumberField.tsx';
import { SliderField } from './SliderField.tsx';

/** The members of `T` that are numbers, or switched off. */
export type NumericKey<T> = {
  [K in keyof T]-?: T[K] extends number | null ? K : never;
}[keyof T] &
  string;

interface NumberShape {
  readonly kind: NumberKind;
  readonly unit?: string;
  readonly digits?: number;
  /** In the value's own unit. */
  readonly least?: number;
  readonly most?: number;
  /** Characters wide. */
  readonly width: number;
}

/** One number of a form, as data: what it says, its unit, its bounds, and whether it slides or can be off. */
export interface FormRow<T> extends NumberShape {
  readonly key: NumericKey<T>;
  readonly label: string;
  readonly tip?: string;
  /** Reads as a sentence around the field; a row that slides has its label instead. */
  readonly before?: string;
  readonly after?: string;
  readonly slide?: { readonly from: number; readonly to: number; readonly step: number };
  /** Taken where it is switched on; absent: it cannot be off. */
  readonly usual?: number;
}

/** The rows of a form from their description; a new number is a new line of data. */
export function FormRows<T extends object>(props: {
  readonly rows: readonly FormRow<T>[];
  readonly values: T;
  readonly onChange: (change: Partial<T>) => void;
}): ReactNode {
  return props.rows.map((row) => {
    const value = props.values[row.key] as number | null;
    const set = (next: number | null) => props.onChange({ [row.key]: next } as Partial<T>);
    return <OneRow key={row.key} row={row} value={value} onChange={set} />;
  });
}

function OneRow<T>(props: {
  readonly row: FormRow<T>;
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}): ReactNode {
  const { row, value, onChange } = props;
  const { label, tip, before, after, slide, usual, key: _, ...shape } = row;
  const shown = value ?? usual ?? 0;
  const hover = tip === undefined ? {} : { 'data-tip': tip };
  const box =
    usual === undefined ? null : (
      <input
        type="checkbox"
        aria-label={`${label}: on`}
        checked={value !== null}
        onChange={(event) => onChange(event.target.checked ? usual : null)}
      />
    );
  if (slide !== undefined)
    return (
      <div className={box === null ? '' : 'slider-box'}>
        {box}
        <SliderField
          {...shape}
          {...slide}
          {...(tip === undefined ? {} : { tip })}
          label={label}
          value={shown}
          disabled={value === null}
          onChange={onChange}
        />
      </div>
    );
  return (
    <div className={`sentence ${value === null ? 'off' : ''}`} {...hover}>
      {box}
      {before}
      <NumberField {...shape} label={label} value={shown} disabled={value === null} onChange={onChange} />
      {after}
    </div>
  );
}
