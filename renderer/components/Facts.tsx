import type { ReactNode } from 'react';

export interface Fact {
  readonly label: string;
  readonly value: string;
  readonly unit?: string;
  /** What it is, formula, unit, source; or why it is blank. */
  readonly tip?: string | null;
  readonly tone?: 'gain' | 'loss' | 'warning' | 'dim' | 'strong' | 'edited';
}

/** A line of labelled numbers: label small, value plain, unit beside it. */
export function Facts(props: { readonly facts: readonly Fact[]; readonly label: string }): ReactNode {
  return (
    <dl className="facts" aria-label={props.label}>
      {props.facts.map((fact) => (
        <div key={fact.label} className="fact" {...(fact.tip ? { 'data-tip': fact.tip, tabIndex: 0 } : {})}>
          <dt>{fact.label}</dt>
          <dd className={fact.tone ?? ''}>
            {fact.value}
            {fact.unit !== undefined && <span className="unit"> {fact.unit}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
