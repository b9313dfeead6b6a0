import { useEffect, useMemo, type ReactNode } from 'react';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { Panel } from '../../components/Panel.tsx';
import { RemoteView } from '../../components/RemoteView.tsx';
import { counted, integer, none, percent, signedPercent, volPercent } from '../../format.ts';
import { GridPane } from '../parts/GridPane.tsx';
import { RememberedSplit } from '../parts/RememberedSplit.tsx';
import { useActions, useWorkstation } from '../workstation.ts';
import { listedColumns } from './listed-columns.ts';
import { prose } from '../../prose.ts';

type Neighbors = OutputOf<'dispersion.neighbors'>;

/** The exchange's implied correlation and dispersion index, made from the desk's chains, beside our numbers. */
export function Listed(props: { readonly index: string; readonly asOf: string }): ReactNode {
  const { index, asOf } = props;
  const neighbors = useWorkstation((state) => state.dispersionNeighbors);
  const term = useWorkstation((state) => state.dispersionChoices.term);
  const { loadDispersionNeighbors } = useActions();
  useEffect(() => void loadDispersionNeighbors(index), [index, asOf, term, loadDispersionNeighbors]);
  return (
    <RemoteView
      remote={neighbors}
      what={`the exchange's measures of ${index}`}
      onRetry={() => void loadDispersionNeighbors(index)}
    >
      {(value) => (
        <RememberedSplit
          name="dispersion.listed"
          direction="row"
          share={0.52}
          first={<Measures found={value} />}
          second={<Members found={value} />}
        />
      )}
    </RemoteView>
  );
}

interface Line {
  readonly title: string;
  readonly tip: string;
  readonly value: number | null;
  readonly ours: number | null;
  readonly names: number;
  readonly weightUsed: number | null;
  readonly reason: string | null;
}

function Measures(props: { readonly found: Neighbors }): ReactNode {
  const {
    listedCorrelation: listed,
    dispersionIndex: level,
    deltaCorrelations,
    index,
    termDays,
  } = props.found;
  const lines: readonly Line[] = [
    { ...listed, title: 'Implied correlation, at the money', tip: listed.method },
    ...deltaCorrelations.map((one) => ({
      ...one,
      ours: null,
      title: `Implied correlation, ${percent(one.delta, 0)} delta`,
      tip: one.method,
    })),
    { ...level, title: 'Dispersion index', tip: level.method },
  ];
  const missing = (title: string, names: readonly string[]) =>
    names.length === 0 ? [] : [`${title}: ${counted(names.length, 'name')} left out: ${names.join(', ')}.`];
  const notes = [
    ...(listed.value === null ? [] : missing('Implied correlation', listed.missing)),
    ...deltaCorrelations.flatMap((one) =>
      one.value === null ? [] : missing(`${percent(one.delta, 0)} delta`, one.missing),
    ),
    ...(level.value === null ? [] : missing('Dispersion index', level.missing)),
    ...lines.flatMap(({ reason, title }) => (reason === null ? [] : [`${title}: ${reason}`])),
  ];
  return (
    <Panel
      title={`As the exchange measures it: ${index}, ${integer(termDays)} days`}
      tip="Published methods on the desk's own chains, beside our numbers of the same day"
    >
      <div className="scroll">
        <table className="plain-table listed-table">
          <thead>
            <tr>
              <th scope="col">Measure</th>
              <th scope="col" data-tip="By the exchange's method, on the desk's chains">
                Listed <span className="unit">%</span>
              </th>
              <th scope="col" data-tip="Ours: IV Index of the term, every name of the index">
                Ours <span className="unit">%</span>
              </th>
              <th scope="col" data-tip="Listed less ours">
                Difference <span className="unit">% pts</span>
              </th>
              <th scope="col" data-tip="Names in the number">
                Names
              </th>
              <th
                scope="col"
                data-tip="Index weight of the names in the number, before it is brought to 100 %"
              >
                Weight <span className="unit">%</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.title}>
                <th scope="row" data-tip={line.tip}>
                  {line.title}
                </th>
                <td className="strong" {...(line.reason === null ? {} : { 'data-tip': line.reason })}>
                  {(line.value ?? 0) > 1 ? '△ ' : ''}
                  {percent(line.value, 1)}
                </td>
                <td>{percent(line.ours, 1)}</td>
                <td>
                  {line.value === null || line.ours === null
                    ? none
                    : signedPercent(line.value - line.ours, 1)}
                </td>
                <td>{integer(line.names)}</td>
                <td>{percent(line.weightUsed, 1)}</td>
              </tr>
            ))}
            <tr>
              <th scope="row">Index volatility, at the money</th>
              <td>{volPercent(listed.indexVol)}</td>
              <td colSpan={4} />
            </tr>
            <tr>
              <th scope="row">Index volatility, model free over 30 days</th>
              <td>{volPercent(level.indexVol)}</td>
              <td colSpan={4} />
            </tr>
          </tbody>
        </table>
        {notes.map((note) => (
          <div className="note-line" key={note}>
            <span aria-hidden="true">△</span>
            <span>{prose(note)}</span>
          </div>
        ))}
        <p className="listed-method dim">{listed.method}</p>
        <p className="listed-method dim">{level.method}</p>
      </div>
    </Panel>
  );
}

function Members(props: { readonly found: Neighbors }): ReactNode {
  const { components } = props.found;
  const symbol = useWorkstation((state) => state.symbol);
  const { focus } = useActions();
  const columns = useMemo(() => listedColumns(), []);
  return (
    <GridPane
      title={`Names: ${integer(components.length)}`}
      name="dispersion.listed"
      columns={columns}
      rows={components}
      rowId={(row) => row.symbol}
      selectedId={symbol}
      onSelect={(row) => focus({ symbol: row.symbol })}
      search
    />
  );
}
