import type { ReactNode } from 'react';
import { percent } from '../format.ts';

/** A share as a bar, 0 to 1; the number stands beside it, never only the bar. */
export function Bar(props: {
  readonly share: number;
  readonly label: string;
  readonly tone?: 'good' | 'bad';
  /** Thin uprights, such as the limits of a rule. */
  readonly marks?: readonly number[];
}): ReactNode {
  const bounded = Math.min(1, Math.max(0, props.share));
  return (
    <span className={`bar-box ${props.tone === 'bad' ? 'bar-bad' : ''}`} role="img" aria-label={props.label}>
      <i style={{ width: `${percent(bounded, 2)}%` }} />
      {(props.marks ?? []).map((mark) => (
        <b key={mark} style={{ left: `${percent(mark, 2)}%` }} />
      ))}
    </span>
  );
}
