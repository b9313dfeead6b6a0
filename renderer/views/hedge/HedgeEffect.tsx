import { useEffect, useRef, type ReactNode } from 'react';
import type { ConstraintShadow } from '../../../shared/contract/hedge-package.ts';
import type { HedgeProposal } from '../../../shared/contract/hedge.ts';
import { Bar } from '../../components/Bar.tsx';
import { Checklist } from '../../components/Checklist.tsx';
import { counted, signedMoney, signedPercent } from '../../format.ts';
import { constraintText, effectRows, flaggedLegs, slackShare } from './hedge-models.ts';

/** Delta, gamma, vega, theta and premium without the hedge and with it. */
export function BeforeAfter(props: { readonly proposal: HedgeProposal }): ReactNode {
  return (
    <table className="plain-table tight" aria-label="Before and after">
      <thead>
        <tr>
          <th>Exposure</th>
          <th>Before</th>
          <th>After</th>
          <th>Change</th>
        </tr>
      </thead>
      <tbody>
        {effectRows(props.proposal).map((row) => {
          const change = row.after - row.before;
          return (
            <tr key={row.key} data-tip={row.tip} className={row.isPart ? 'dim' : ''}>
              <td className={row.isPart ? 'part-of' : ''}>
                {row.label} <span className="unit">{row.unit}</span>
              </td>
              <td>{row.text(row.before)}</td>
              <td className={row.isPart ? '' : 'strong'}>{row.text(row.after)}</td>
              <td className={change > 0 ? 'gain' : change < 0 ? 'loss' : 'dim'}>{row.signed(change)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Every constraint with its room as a bar and a number; what one step looser would buy below it, where that is known. */
export function Constraints(props: {
  readonly proposal: HedgeProposal;
  readonly looser?: readonly ConstraintShadow[];
}): ReactNode {
  const { looser = [] } = props;
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (looser.length > 0) list.current?.scrollIntoView({ block: 'start' });
  }, [looser.length]);
  return (
    <ul className="constraints checklist" aria-label="Constraints" ref={list}>
      {props.proposal.constraints.map((constraint) => {
        const text = (value: number) => constraintText(constraint.unit, value, props.proposal.currency);
        const slack = text(Math.abs(constraint.slack));
        const shadow = looser.find((one) => one.constraint === constraint.name);
        const says = constraint.met ? `${slack} of room` : `${slack} too far`;
        return (
          <li
            key={constraint.name}
            className={constraint.met ? 'check-met' : 'check-failed'}
            data-tip={`Limit ${text(constraint.limit)}, now ${text(constraint.value)}: ${says}`}
          >
            <span className="check-mark" role="img" aria-label={constraint.met ? 'met' : 'not met'}>
              {constraint.met ? '✓' : '▲'}
            </span>
            <span className="check-text">{constraint.sentence}</span>
            <Bar share={slackShare(constraint)} label={says} tone={constraint.met ? 'good' : 'bad'} />
            <span className="slack">
              {constraint.met ? '' : '−'}
              {slack}
            </span>
            {shadow !== undefined && (
              <span className="looser" data-tip={shadowTip(shadow, props.proposal.currency)}>
                {shadow.sentence}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

const shadowTip = (shadow: ConstraintShadow, currency: string): string =>
  `One step looser, solved again: net premium ${signedMoney(shadow.netPremium)} ${currency}, net delta ${signedPercent(shadow.netDeltaFraction, 2)} % of the basket, coverage ${signedPercent(shadow.coverage, 1)} %${shadow.proven ? '' : '; the time ended before a proof'}`;

type Check = HedgeProposal['checks'][number];
const stateOf = (check: Check): 'met' | 'warning' | 'failed' =>
  check.passed ? 'met' : check.severity === 'blocking' ? 'failed' : 'warning';
const urgency = { failed: 0, warning: 1, met: 2 } as const;
const byUrgency = (checks: readonly Check[]): readonly Check[] =>
  checks.toSorted((a, b) => urgency[stateOf(a)] - urgency[stateOf(b)]);

/** The pre-trade checks; a blocking one that fails is in the way, a warning is to be known. */
export function Checks(props: { readonly proposal: HedgeProposal }): ReactNode {
  return (
    <Checklist
      label="Checks"
      items={byUrgency(props.proposal.checks).map((check) => ({
        id: check.check,
        state: stateOf(check),
        text: check.sentence,
        ...(check.passed || check.severity === 'warning'
          ? {}
          : { detail: <span className="error">blocks approval</span> }),
      }))}
    />
  );
}

/** Legs to be known of, by what is to be known. */
export function Flags(props: { readonly proposal: HedgeProposal }): ReactNode {
  return flaggedLegs(props.proposal).map(({ flag, legs }) => (
    <div className="note-line" key={flag} data-tip={legs.join('\n')}>
      <span aria-hidden="true">△</span>
      <span>
        {flag}: {legs.length > 3 ? counted(legs.length, 'leg') : legs.join(', ')}
      </span>
    </div>
  ));
}
