import type { ReactNode } from 'react';

const box = { width: 56, height: 15, edge: 1.5 } as const;

/** A thin line of a number's past, its last value as a dot; blanks break it. Decoration beside the number itself. */
export function Sparkline(props: {
  readonly values: readonly (number | null)[];
  readonly label: string;
}): ReactNode {
  const { values } = props;
  const known = values.filter((value) => value !== null);
  const low = Math.min(...known);
  const high = Math.max(...known);
  const x = (at: number) => box.edge + (at / Math.max(1, values.length - 1)) * (box.width - 2 * box.edge);
  const y = (value: number) =>
    high === low ? box.height / 2 : box.edge + ((high - value) / (high - low)) * (box.height - 2 * box.edge);
  const last = values.at(-1) ?? null;
  // A blank before a value begins the line anew.
  const path = values
    .map((value, at) =>
      value === null
        ? ''
        : `${at > 0 && values[at - 1] !== null ? 'L' : 'M'}${x(at).toFixed(1)} ${y(value).toFixed(1)}`,
    )
    .join('');
  return (
    <svg
      className="sparkline"
      viewBox={`0 0 ${box.width} ${box.height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={props.label}
    >
      {known.length > 1 && <path d={path} />}
      {last !== null && known.length > 1 && (
        <path
          className="sparkline-last"
          d={`M${x(values.length - 1).toFixed(1)} ${y(last).toFixed(1)}h0.01`}
        />
      )}
    </svg>
  );
}
