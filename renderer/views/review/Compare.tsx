import { useEffect, useMemo, type ReactNode } from 'react';
import { Panel } from '../../components/Panel.tsx';
import { RemoteView } from '../../components/RemoteView.tsx';
import { counted, date, integer } from '../../format.ts';
import type { ComparedCases } from '../../state/compare.ts';
import { useActions, useWorkstation } from '../workstation.ts';
import { checkCells, legRows, settingRows, totalRows, type CompareRow } from './compare-models.ts';

/** Two to four suggestions side by side, each against the first: totals, checks, settings, legs. */
export function Compare(): ReactNode {
  const ids = useWorkstation((state) => state.comparedIds);
  const comparison = useWorkstation((state) => state.comparison);
  // A case that is changed meanwhile is read again.
  const announced = useWorkstation((state) =>
    state.lastEvent?.event.type === 'suggestions.changed' ? state.lastEvent.count : 0,
  );
  const { loadComparison, setCompared } = useActions();
  useEffect(() => void loadComparison(), [ids, announced, loadComparison]);
  if (ids.length < 2)
    return (
      <div className="state">
        <p>
          Mark two to four suggestions in the list to see them side by side; the first is what the others are
          set against.
        </p>
      </div>
    );
  return (
    <Panel
      title={`Side by side: ${counted(ids.length, 'case')}`}
      tip="What differs from the first case is outlined"
      tools={
        <button type="button" className="quiet" onClick={() => setCompared([])}>
          Take all off
        </button>
      }
    >
      <RemoteView remote={comparison} what="the cases" onRetry={() => void loadComparison()}>
        {(value) => <Cases compared={value} />}
      </RemoteView>
    </Panel>
  );
}

function Cases(props: { readonly compared: ComparedCases }): ReactNode {
  const { compared } = props;
  const { cases } = compared;
  const inFront = useWorkstation((state) => state.suggestion.value?.suggestionId ?? null);
  const { focus, toggleCompared } = useActions();
  const rows = useMemo(
    () => ({ totals: totalRows(compared), settings: settingRows(compared), legs: legRows(compared) }),
    [compared],
  );
  const checks = checkCells(cases);
  const span = cases.length + 1;
  return (
    <div className="scroll">
      <table className="plain-table tight compare-table" aria-label="Cases side by side">
        <thead>
          <tr>
            <th>Case</th>
            {cases.map((one, place) => (
              <th key={one.suggestionId} aria-current={one.suggestionId === inFront ? 'true' : undefined}>
                <button
                  type="button"
                  className={one.suggestionId === inFront ? 'quiet strong' : 'quiet'}
                  data-tip={`Brings suggestion ${integer(one.suggestionId)} to the front${place === 0 ? '; the others are set against it' : ''}`}
                  onClick={() => focus({ suggestionId: one.suggestionId })}
                >
                  {integer(one.suggestionId)} {one.state}
                  {place === 0 ? ' ●' : ''}
                </button>
                <button
                  type="button"
                  className="quiet"
                  aria-label={`Take ${integer(one.suggestionId)} off`}
                  onClick={() => toggleCompared(one.suggestionId)}
                >
                  ×
                </button>
              </th>
            ))}
          </tr>
          <tr>
            <th />
            {cases.map((one) => (
              <th key={one.suggestionId}>
                {date(one.proposal.asOf)}, expiry {date(one.proposal.expiry)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.totals.map((row) => (
            <Row key={row.label} row={row} />
          ))}
          <tr>
            <td>Limits and checks</td>
            {checks.map((cell, place) => (
              <td
                key={cases[place]?.suggestionId}
                className={cell.text.startsWith('✓') ? '' : 'warning'}
                data-tip={cell.tip}
              >
                {cell.text}
              </td>
            ))}
          </tr>
          {rows.settings.length > 0 && <Section span={span} title="Settings that differ" />}
          {rows.settings.map((row) => (
            <Row key={row.label} row={row} />
          ))}
          <Section span={span} title={`Legs: ${counted(rows.legs.length, 'contract')}, quantity at limit`} />
          {rows.legs.map((leg) => (
            <tr key={`${leg.side} ${leg.contract}`}>
              <td>
                <span className={leg.side === 'sell' ? 'bid' : 'ask'}>{leg.side}</span> {leg.contract}
              </td>
              {leg.cells.map((cell, place) => (
                <td key={cases[place]?.suggestionId} className={cell.isChanged ? 'differs' : ''}>
                  {cell.text}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Section(props: { readonly span: number; readonly title: string }): ReactNode {
  return (
    <tr>
      <th colSpan={props.span} className="compare-section">
        {props.title}
      </th>
    </tr>
  );
}

function Row(props: { readonly row: CompareRow }): ReactNode {
  const { row } = props;
  return (
    <tr data-tip={row.tip}>
      <td>
        {row.label} <span className="unit">{row.unit}</span>
      </td>
      {row.cells.map((cell, place) => (
        <td key={place} className={cell.isChanged && cell.difference === '' ? 'differs' : ''}>
          {cell.text}
          {cell.difference !== '' && <span className="compare-difference">{cell.difference}</span>}
        </td>
      ))}
    </tr>
  );
}
