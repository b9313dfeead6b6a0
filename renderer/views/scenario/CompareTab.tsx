import { useEffect, useMemo, type ReactNode } from 'react';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { RemoteView } from '../../components/RemoteView.tsx';
import { counted, date, money, signedMoney } from '../../format.ts';
import { scenarioIdInFront, scenarioRevision } from '../../state/scenario.ts';
import { scenarioChoices } from '../../state/scenario-choices.ts';
import { GridPane } from '../parts/GridPane.tsx';
import { useActions, useWorkstation } from '../workstation.ts';
import { differenceColumns } from './compare-columns.ts';
import { useScenarioCurrency } from './use-scenario-currency.ts';

type Compared = OutputOf<'scenario.compare'>;

/** Scenarios side by side, each under its own shock, and exactly what makes the others differ from the first. */
export function CompareTab(): ReactNode {
  const remote = useWorkstation((state) => state.scenarioCompared);
  const sessions = useWorkstation((state) => state.scenarios.value?.sessions ?? null);
  const inFront = useWorkstation(scenarioIdInFront);
  const { compareIds } = useWorkstation(scenarioChoices);
  const revision = useWorkstation(scenarioRevision);
  const { chooseScenarioView, loadScenarioCompared } = useActions();
  const known = sessions ?? [];
  const chosen = known.filter((one) => compareIds.includes(one.scenarioId));
  // The first is what the others are told against: the order in which they were chosen.
  const ids = compareIds.filter((id) => chosen.some((one) => one.scenarioId === id));
  const parent = known.find((one) => one.scenarioId === inFront)?.parentId ?? null;
  const usual = known
    .map((one) => one.scenarioId)
    .filter((id) => id === inFront || id === parent)
    .toSorted((a) => (a === parent ? -1 : 1));
  const asked = ids.length === 0 ? usual : ids;
  const key = asked.join(',');
  const changes = known.map((one) => one.changedAt).join();
  useEffect(
    () => void loadScenarioCompared(key === '' ? [] : key.split(',').map(Number)),
    [key, revision, changes, loadScenarioCompared],
  );
  const toggle = (id: number) =>
    chooseScenarioView({
      compareIds: asked.includes(id) ? asked.filter((one) => one !== id) : [...asked, id],
    });
  return (
    <>
      <div className="toolbar" role="group" aria-label="Scenarios to compare">
        <span>Compare</span>
        {known.map((one) => (
          <label key={one.scenarioId}>
            <input
              type="checkbox"
              checked={asked.includes(one.scenarioId)}
              onChange={() => toggle(one.scenarioId)}
            />
            {one.name}
            {one.unsaved ? ' *' : ''}
          </label>
        ))}
      </div>
      {asked.length < 2 ? (
        <div className="state">
          <p>
            {known.length < 2
              ? 'There is one scenario: branch it to have something to compare.'
              : 'Choose two scenarios or more; the first chosen is what the others are told against.'}
          </p>
        </div>
      ) : (
        <RemoteView remote={remote} what="the comparison" onRetry={() => void loadScenarioCompared(asked)}>
          {(value) => <SideBySide compared={value} />}
        </RemoteView>
      )}
    </>
  );
}

function SideBySide(props: { readonly compared: Compared }): ReactNode {
  const { compared } = props;
  const { sessions, differences } = compared;
  const currency = useScenarioCurrency();
  const names = useMemo(() => new Map(sessions.map((one) => [one.scenarioId, one.name])), [sessions]);
  const columns = useMemo(() => differenceColumns(names, sessions[0]?.name ?? ''), [names, sessions]);
  const rows = useMemo(() => differences.map((one, at) => ({ ...one, id: String(at) })), [differences]);
  const [first] = sessions;
  const line = (
    label: string,
    unit: string,
    tip: string,
    of: (session: Compared['sessions'][number]) => number,
    text: (value: number) => string,
  ): ReactNode => (
    <tr>
      <th data-tip={tip}>
        {label} <span className="unit">{unit}</span>
      </th>
      {sessions.map((session) => (
        <td key={session.scenarioId} className={of(session) < 0 ? 'loss' : ''}>
          {text(of(session))}
          {session !== first && first !== undefined && (
            <small className="dim less" data-tip={`Less that of ${first.name}`}>
              {' '}
              {signedMoney(of(session) - of(first))}
            </small>
          )}
        </td>
      ))}
    </tr>
  );
  return (
    <>
      <div className="compare-scroll">
        <table className="plain-table compare-table" aria-label="Scenarios side by side">
          <thead>
            <tr>
              <th>Measure</th>
              {sessions.map((session) => (
                <th key={session.scenarioId} data-tip={session.shock ?? 'No shock'}>
                  {session.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th>Shock</th>
              {sessions.map((session) => (
                <td key={session.scenarioId} className="dim shock-words" data-tip={session.shock}>
                  {session.shock ?? 'none'}
                </td>
              ))}
            </tr>
            <tr>
              <th>Day</th>
              {sessions.map((session) => (
                <td key={session.scenarioId}>{date(session.date)}</td>
              ))}
            </tr>
            {line(
              'P&L of the shock',
              currency,
              'Value under its shock less value without it',
              (one) => one.total.value - one.baseValue,
              signedMoney,
            )}
            {line('Value', currency, 'Under its shock', (one) => one.total.value, money)}
            {line(
              'without the shock',
              currency,
              'With its edits, nothing moved',
              (one) => one.baseValue,
              money,
            )}
            {line('frozen book', currency, 'Without edits or shock', (one) => one.frozenValue, money)}
            {line(
              'Delta',
              currency,
              'Exposure to the underlyings in money',
              (one) => one.total.deltaDollar,
              signedMoney,
            )}
            {line(
              'Gamma',
              `${currency} per 1 %`,
              'Change of dollar delta for 1 %',
              (one) => one.total.gammaDollar1Pct,
              signedMoney,
            )}
            {line(
              'Vega',
              `${currency} per vol pt`,
              'Change of value for one volatility point',
              (one) => one.total.vegaPerVolPoint,
              signedMoney,
            )}
            {line(
              'Theta',
              `${currency} per day`,
              'Change of value by one calendar day',
              (one) => one.total.thetaPerDay,
              signedMoney,
            )}
            <tr>
              <th>Not valued</th>
              {sessions.map((session) => (
                <td
                  key={session.scenarioId}
                  className={session.notValued.length > 0 ? 'warning' : 'dim'}
                  data-tip={session.notValued.map((one) => `${one.label}: ${one.reason}`).join('\n')}
                >
                  {counted(session.notValued.length, 'position')}
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </div>
      <GridPane
        title={`Differences from ${first?.name ?? ''}: ${rows.length === 0 ? 'none' : counted(rows.length, 'line')}`}
        tip="Everything in which another scenario differs from the first: positions, market, date, shock"
        name="scenarios.differences"
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        emptyText="They hold the same positions in the same market under the same shock."
        search
      />
    </>
  );
}
