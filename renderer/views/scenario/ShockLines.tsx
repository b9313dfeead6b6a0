import type { ReactNode } from 'react';
import { NumberField } from '../../components/NumberField.tsx';
import { useWorkstation } from '../workstation.ts';
import {
  targetOf,
  targetWord,
  volOfKind,
  type CorrelationPart,
  type SpotPart,
  type Target,
  type VolPart,
} from './shock-models.ts';

interface LineProps<Part> {
  readonly part: Part;
  /** null takes the line out. */
  readonly onChange: (part: Part | null) => void;
}

/** One spot move: `Spot of all names moves by −8 %`. */
export function SpotLine({ part, onChange }: LineProps<SpotPart>): ReactNode {
  return (
    <div className="sentence">
      {part.kind === 'byBeta' ? (
        <IndexSelect
          label="Index of the move"
          value={part.index}
          onChange={(index) => onChange({ ...part, index })}
        />
      ) : (
        <TargetSelect
          label="Whose spot moves"
          value={part.target}
          onChange={(target) => onChange({ ...part, target })}
        />
      )}
      <NumberField
        label="Spot move"
        kind="percent"
        unit="%"
        digits={1}
        least={-0.99}
        most={10}
        width={5}
        value={part.move}
        onChange={(move) => onChange({ ...part, move })}
      />
      {part.kind === 'byBeta' && <span className="dim">names by beta</span>}
      <Drop what="spot move" onDrop={() => onChange(null)} />
    </div>
  );
}

const volKinds = [
  { value: 'parallel', label: 'parallel' },
  { value: 'termWeighted', label: '× √(30/T)' },
  { value: 'relative', label: '% of itself' },
  { value: 'skewTilt', label: 'skew tilt' },
  { value: 'slice', label: 'slice' },
] as const;

/** One move of volatility, in points, or in per cent of itself. */
export function VolLine({ part, onChange }: LineProps<VolPart>): ReactNode {
  if (part.kind === 'surface')
    return (
      <div className="sentence">
        <span>Surface of {part.symbol} as it moved</span>
        <Drop what="volatility move" onDrop={() => onChange(null)} />
      </div>
    );
  return (
    <div className="sentence">
      <TargetSelect
        label="Whose volatility moves"
        value={part.target}
        onChange={(target) => onChange({ ...part, target })}
      />
      <NumberField
        label="Volatility move"
        kind={part.kind === 'relative' ? 'percent' : 'points'}
        unit={part.kind === 'relative' ? '%' : 'pts'}
        digits={1}
        width={5}
        value={part.change}
        onChange={(change) => onChange({ ...part, change })}
      />
      <select
        aria-label="How volatility moves"
        data-tip={
          'parallel: the same at every strike and expiry\n× √(30/T): the size at 30 days, less beyond, more before\n% of itself: σ × (1 + change)\nskew tilt: the size at 90 % of the forward, its reverse at 110 %\nslice: forward volatility between two days'
        }
        value={part.kind}
        onChange={(event) => {
          const kind = volKinds.find((one) => one.value === event.target.value)?.value;
          if (kind !== undefined) onChange(volOfKind(part, kind));
        }}
      >
        {volKinds.map((kind) => (
          <option key={kind.value} value={kind.value}>
            {kind.label}
          </option>
        ))}
      </select>
      {part.kind === 'slice' && (
        <>
          from day
          <NumberField
            label="First day of the slice"
            kind="integer"
            least={0}
            width={4}
            value={part.fromDays}
            onChange={(fromDays) => onChange({ ...part, fromDays })}
          />
          to
          <NumberField
            label="Last day of the slice"
            kind="integer"
            least={0}
            width={4}
            value={part.toDays}
            onChange={(toDays) => onChange({ ...part, toDays })}
          />
        </>
      )}
      <Drop what="volatility move" onDrop={() => onChange(null)} />
    </div>
  );
}

/** One change of implied correlation, and which side of the identity gives. */
export function CorrelationLine({ part, onChange }: LineProps<CorrelationPart>): ReactNode {
  const { change } = part;
  return (
    <div className="sentence">
      <IndexSelect
        label="Index of the correlation"
        value={part.index}
        onChange={(index) => onChange({ ...part, index })}
      />
      <select
        aria-label="How correlation moves"
        value={change.kind}
        onChange={(event) =>
          onChange({
            ...part,
            change:
              event.target.value === 'level'
                ? { kind: 'level', correlation: 0.5 }
                : { kind: 'add', correlation: 0.1 },
          })
        }
      >
        <option value="add">by</option>
        <option value="level">to</option>
      </select>
      <NumberField
        label="Correlation move"
        kind="points"
        unit={change.kind === 'add' ? 'pts' : '%'}
        digits={1}
        width={5}
        least={-1}
        most={1}
        value={change.correlation}
        onChange={(correlation) => onChange({ ...part, change: { ...change, correlation } })}
      />
      <select
        aria-label="Which side gives"
        data-tip="Index: its volatility moves at fixed volatilities of its names. Names: theirs move, all by one factor a maturity, at a fixed volatility of the index"
        value={part.moves}
        onChange={(event) =>
          onChange({ ...part, moves: event.target.value === 'members' ? 'members' : 'index' })
        }
      >
        <option value="index">via index</option>
        <option value="members">via names</option>
      </select>
      <Drop what="correlation move" onDrop={() => onChange(null)} />
    </div>
  );
}

function Drop(props: { readonly what: string; readonly onDrop: () => void }): ReactNode {
  return (
    <button
      type="button"
      className="quiet drop-line"
      aria-label={`Take the ${props.what} out`}
      data-tip="Take this line out"
      onClick={props.onDrop}
    >
      ✕
    </button>
  );
}

function useNames(): { readonly symbols: readonly string[]; readonly indexes: readonly string[] } {
  const rows = useWorkstation((state) => state.scenarioOpen.value?.rows ?? null);
  const underliers = useWorkstation((state) => state.desk.value?.underliers ?? null);
  const symbols = [...new Set((rows ?? []).filter((row) => row.family !== 'cash').map((row) => row.symbol))];
  const indexes = (underliers ?? []).filter((one) => one.kind === 'index').map((one) => one.symbol);
  return { symbols: symbols.toSorted(), indexes };
}

function TargetSelect(props: {
  readonly label: string;
  readonly value: Target;
  readonly onChange: (target: Target) => void;
}): ReactNode {
  const { symbols, indexes } = useNames();
  const word = targetWord(props.value);
  const known = ['all', ...indexes.map((one) => `members:${one}`), ...symbols.map((one) => `names:${one}`)];
  return (
    <select
      aria-label={props.label}
      className="target"
      value={word}
      onChange={(event) => props.onChange(targetOf(event.target.value))}
    >
      <option value="all">All names</option>
      {!known.includes(word) && <option value={word}>{word.replace(/^\w+:/, '')}</option>}
      {indexes.map((one) => (
        <option key={`m${one}`} value={`members:${one}`}>
          Members of {one}
        </option>
      ))}
      {symbols.map((one) => (
        <option key={one} value={`names:${one}`}>
          {one}
        </option>
      ))}
    </select>
  );
}

function IndexSelect(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (index: string) => void;
}): ReactNode {
  const { indexes } = useNames();
  return (
    <select
      aria-label={props.label}
      className="target"
      value={props.value}
      onChange={(event) => props.onChange(event.target.value)}
    >
      {!indexes.includes(props.value) && <option>{props.value}</option>}
      {indexes.map((one) => (
        <option key={one}>{one}</option>
      ))}
    </select>
  );
}
