import type { ReactNode } from 'react';
import { NumberField, type NumberKind } from './NumberField.tsx';

/** A number by sliding or by typing; typing may go beyond the slider's ends as far as `least` and `most` allow. */
export function SliderField(props: {
  readonly label: string;
  readonly value: number;
  readonly kind: NumberKind;
  readonly onChange: (value: number) => void;
  /** Ends and step of the slider, in the value's own unit. */
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly least?: number;
  readonly most?: number;
  readonly unit?: string;
  readonly tip?: string;
  readonly digits?: number;
  readonly width?: number;
  readonly disabled?: boolean;
}): ReactNode {
  const { label, value, onChange, from, to, step, tip, disabled = false, ...field } = props;
  return (
    <div className="slider" {...(tip === undefined ? {} : { 'data-tip': tip })}>
      <span>{label}</span>
      <input
        type="range"
        aria-label={`${label}, slider`}
        min={from}
        max={to}
        step={step}
        value={Math.min(to, Math.max(from, value))}
        disabled={disabled}
        onChange={(event) => onChange(Number(event.target.value))}
      />
      <NumberField {...field} label={label} value={value} disabled={disabled} onChange={onChange} />
    </div>
  );
}
