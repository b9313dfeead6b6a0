import { useMemo, type ReactNode } from 'react';
import { FormRows } from '../../components/FormRows.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useActions, useWorkstation } from '../workstation.ts';
import { partRow, ruleLines, type RuleLine } from './reassess-rules.ts';
import { prose } from '../../prose.ts';

const marks = { fired: '▲', quiet: '✓', unknown: '?', off: '○', waiting: '·' } as const;
const words = {
  fired: 'fired',
  quiet: 'did not fire',
  unknown: 'cannot be told',
  off: 'switched off',
  waiting: 'not looked at',
} as const;

/** Every rule: its thresholds to edit, whether it fired, and its number or why not. */
export function ReassessRules(): ReactNode {
  const found = useWorkstation((state) => state.reassess.value);
  const rules = useWorkstation((state) => state.reassessRules);
  const { changeReassessRules } = useActions();
  const lines = useMemo(() => ruleLines(found), [found]);
  const fired = lines.filter((line) => line.state === 'fired').length;
  return (
    <Panel
      title={found === null ? 'Rules' : `Rules: ${fired} of ${lines.length} fired`}
      tip="From the most pressing to the least: where several fire on a leg, the first decides. Kept with the desk."
    >
      <ul className="scroll sentences rule-lines" aria-label="Rules of re-assessment">
        {lines.map((line) => (
          <Rule key={line.rule} line={line} />
        ))}
        <li className="rule-line rule-quiet">
          <span />
          <FormRows rows={[partRow]} values={rules} onChange={(change) => void changeReassessRules(change)} />
        </li>
      </ul>
    </Panel>
  );
}

function Rule(props: { readonly line: RuleLine }): ReactNode {
  const { line } = props;
  const rules = useWorkstation((state) => state.reassessRules);
  const { changeReassessRules } = useActions();
  return (
    <li className={`rule-line rule-${line.state}`}>
      <span className="check-mark" role="img" aria-label={words[line.state]}>
        {marks[line.state]}
      </span>
      <div>
        <strong data-tip={line.tip}>{line.title}</strong> <span className="dim">{words[line.state]}</span>
        <FormRows rows={line.rows} values={rules} onChange={(change) => void changeReassessRules(change)} />
        {line.rule === 'dispersion-votes' && (
          <label className="sentence">
            <input
              type="checkbox"
              checked={rules.dispersionVotes}
              onChange={(event) => void changeReassessRules({ dispersionVotes: event.target.checked })}
            />
            turned since the trade
          </label>
        )}
        {line.reason !== '' && <p className="rule-reason">{prose(line.reason)}</p>}
      </div>
    </li>
  );
}
