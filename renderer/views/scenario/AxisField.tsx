import type { ReactNode } from 'react';
import { NumberField } from '../../components/NumberField.tsx';
import { axisKinds, axisOfKind, type AxisChoice } from '../../state/scenario-choices.ts';
import { useWorkstation } from '../workstation.ts';
import { axisWords } from './axis-words.ts';

/** One direction of a grid or curve: which shock, of whom, from where to where. */
export function AxisField(props: {
  readonly label: string;
  readonly value: AxisChoice;
  readonly onChange: (value: AxisChoice) => void;
}): ReactNode {
  const { label, value, onChange } = props;
  const rows = useWorkstation((state) => state.scenarioOpen.value?.rows ?? null);
  const underliers = useWorkstation((state) => state.desk.value?.underliers ?? null);
  const words = axisWords[value.kind];
  const needsIndex = value.kind === 'byBeta' || value.kind === 'correlation';
  const hasName = !['days', 'rate', 'yield', 'dividends'].includes(value.kind);
  const symbols = needsIndex
    ? (underliers ?? []).filter((one) => one.kind === 'index').map((one) => one.symbol)
    : [...new Set((rows ?? []).map((row) => row.symbol))].toSorted();
  const end = (which: 'from' | 'to') => (
    <NumberField
      label={`${label} ${which}`}
      kind={words.field}
      digits={0}
      width={4}
      {...(value.kind === 'days' ? { least: 0, most: 3660 } : {})}
      {...(value.kind === 'spot' || value.kind === 'byBeta' ? { least: -0.99, most: 10 } : {})}
      value={value[which]}
      onChange={(next) => onChange({ ...value, [which]: next })}
    />
  );
  return (
    <span className="axis-field">
      {label}
      <select
        aria-label={`${label}: shock`}
        value={value.kind}
        onChange={(event) => {
          const kind = axisKinds.find((one) => one === event.target.value);
          if (kind !== undefined) onChange(axisOfKind(kind, value.nodes));
        }}
      >
        {axisKinds.map((kind) => (
          <option key={kind} value={kind}>
            {axisWords[kind].label}
          </option>
        ))}
      </select>
      {hasName && (
        <select
          aria-label={`${label}: of`}
          value={value.symbol ?? ''}
          onChange={(event) =>
            onChange({ ...value, symbol: event.target.value === '' ? null : event.target.value })
          }
        >
          <option value="">{needsIndex ? 'the index' : 'all names'}</option>
          {symbols.map((symbol) => (
            <option key={symbol}>{symbol}</option>
          ))}
        </select>
      )}
      {end('from')} to {end('to')} {words.unit}
    </span>
  );
}
