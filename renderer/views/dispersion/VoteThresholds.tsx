import type { ReactNode } from 'react';
import type { Dispersion, DispersionTiming } from '../../../shared/contract/dispersion.ts';
import { NumberField } from '../../components/NumberField.tsx';
import { useActions } from '../workstation.ts';
import { measureSpec } from './dispersion-measures.ts';

type Vote = Dispersion['votes'][number];

/** What every rule asks for now, in full: what is kept is never half of it. */
export const timingOf = ({ timing, votes }: Pick<Dispersion, 'timing' | 'votes'>): DispersionTiming => ({
  historyDays: timing.historyDays,
  minHistoryDays: timing.minHistoryDays,
  minVotes: timing.minVotes,
  rules: Object.fromEntries(votes.map(({ rule, extreme, level }) => [rule, { extreme, level }])),
});

/** The thresholds of the rules as numbers to be changed; a change is kept on the desk and voted on at once. */
export function VoteThresholds(props: { readonly cell: Dispersion }): ReactNode {
  const { cell } = props;
  const { keepDispersionTiming } = useActions();
  const now = timingOf(cell);
  const keep = (change: DispersionTiming) => void keepDispersionTiming({ ...now, ...change });
  const change = (rule: string, next: { readonly extreme?: number; readonly level?: number | null }) => {
    const rules: NonNullable<DispersionTiming['rules']> = now.rules ?? {};
    const own = Object.entries(rules).find(([name]) => name === rule)?.[1];
    keep({ rules: { ...rules, [rule]: { ...own, ...next } } });
  };
  return (
    <div className="thresholds">
      <table className="plain-table" aria-label="Thresholds of the votes">
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col">Votes for dispersion</th>
            <th
              scope="col"
              data-tip="How near an end of its past the number must stand: 20 % is the top or the bottom fifth"
            >
              Within <span className="unit">% of the end</span>
            </th>
            <th
              scope="col"
              data-tip="The level that the number must be beyond as well, in its own unit; off: the percentile alone decides"
            >
              And beyond
            </th>
          </tr>
        </thead>
        <tbody>
          {cell.votes.map((vote) => (
            <Rule key={vote.rule} vote={vote} onChange={(next) => change(vote.rule, next)} />
          ))}
        </tbody>
      </table>
      <div className="sentence">
        read against the last
        <NumberField
          label="Sessions of history"
          kind="integer"
          value={cell.timing.historyDays}
          least={20}
          most={2520}
          width={4}
          onChange={(historyDays) => keep({ historyDays })}
        />
        sessions, at least
        <NumberField
          label="Fewest days of history"
          kind="integer"
          value={cell.timing.minHistoryDays}
          least={5}
          most={2520}
          width={4}
          onChange={(minHistoryDays) => keep({ minHistoryDays })}
        />
        of them; a side needs
        <NumberField
          label="Votes that a side needs"
          kind="integer"
          value={cell.timing.minVotes}
          least={1}
          most={5}
          width={2}
          onChange={(minVotes) => keep({ minVotes })}
        />
        votes and the majority
      </div>
      <div className="actions">
        <button type="button" disabled={cell.timing.isUsual} onClick={() => void keepDispersionTiming(null)}>
          Usual thresholds
        </button>
      </div>
    </div>
  );
}

function Rule(props: {
  readonly vote: Vote;
  readonly onChange: (next: { readonly extreme?: number; readonly level?: number | null }) => void;
}): ReactNode {
  const { vote, onChange } = props;
  const spec = measureSpec(vote.rule);
  const isPercent = spec?.unit === '%';
  const title = spec?.title ?? vote.rule;
  return (
    <tr>
      <th scope="row">{title}</th>
      <td>where {vote.dispersionEnd}</td>
      <td>
        <NumberField
          label={`${title}: within so many per cent of an end`}
          kind="percent"
          value={vote.extreme}
          least={0.01}
          most={0.5}
          width={4}
          onChange={(extreme) => onChange({ extreme })}
        />
      </td>
      <td>
        <label>
          <input
            type="checkbox"
            aria-label={`${title}: a level counts too`}
            checked={vote.level !== null}
            onChange={(event) => onChange({ level: event.target.checked ? (isPercent ? 0.5 : 1) : null })}
          />{' '}
          {vote.level === null ? (
            <span className="dim">off</span>
          ) : (
            <NumberField
              label={`${title}: the level`}
              kind={isPercent ? 'percent' : 'decimal'}
              {...(isPercent ? { unit: '%' } : {})}
              value={vote.level}
              width={5}
              onChange={(level) => onChange({ level })}
            />
          )}
        </label>
      </td>
    </tr>
  );
}
