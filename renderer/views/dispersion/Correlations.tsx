import { useCallback, useEffect, useMemo, useRef, type ReactNode } from 'react';
import { createHeatMap, type HeatMapModel } from '../../charts/heat-map.ts';
import { Facts } from '../../components/Facts.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { RemoteView } from '../../components/RemoteView.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { counted, date, decimal, integer } from '../../format.ts';
import type { MatrixKind } from '../../state/dispersion-desk.ts';
import { ChartPane } from '../parts/ChartPane.tsx';
import { useActions, useWorkstation } from '../workstation.ts';
import { correlationModel, correlationTable, matrixNotes } from './correlation-models.ts';
import { prose } from '../../prose.ts';

const kindChoices: readonly { value: MatrixKind; label: string; tip: string }[] = [
  { value: 'returns', label: 'Price returns', tip: 'Correlations of daily log returns of adjusted closes' },
  {
    value: 'levels',
    label: 'IV on levels',
    tip: 'Correlations of the names’ implied volatilities as they stand from day to day: slow common moves count fully',
  },
  {
    value: 'changes',
    label: 'IV on changes',
    tip: 'Correlations of the daily changes of the names’ implied volatilities: what moves together within days',
  },
];
const sortChoices = [
  { value: 'cluster', label: 'by cluster', tip: 'Names that move together stand together' },
  { value: 'weight', label: 'by weight', tip: 'The largest weight of the index first' },
] as const;

/** Every pair of the index's names as a heat map with its numbers. */
export function Correlations(props: { readonly index: string; readonly asOf: string }): ReactNode {
  const { index, asOf } = props;
  const matrix = useWorkstation((state) => state.dispersionMatrix);
  const request = useWorkstation((state) => state.matrixRequest);
  const term = useWorkstation((state) => state.dispersionChoices.term);
  const symbol = useWorkstation((state) => state.symbol);
  const { loadDispersionMatrix, changeMatrix, focus, saveText } = useActions();
  useEffect(() => void loadDispersionMatrix(index), [index, asOf, term, request, loadDispersionMatrix]);
  const table = matrix.value?.index === index ? matrix.value : null;
  const model = useMemo(
    () => (table === null || table.names.length === 0 ? null : correlationModel(table, symbol)),
    [table, symbol],
  );
  const latest = useRef({ names: table?.names ?? [], focus });
  latest.current = { names: table?.names ?? [], focus };
  const create = useCallback(
    (container: HTMLElement) =>
      createHeatMap(container, {
        onPick: (row) => {
          const name = latest.current.names[row];
          if (name !== undefined) latest.current.focus({ symbol: name });
        },
      }),
    [],
  );
  const usual = request.kind === 'returns' ? term : 252;
  return (
    <>
      <RemoteView
        remote={matrix}
        what={`the correlations of ${index}`}
        onRetry={() => void loadDispersionMatrix(index)}
        isEmpty={(value) => value.names.length === 0 && value.leftOut.length === 0}
        empty={<p>{table?.reason ?? 'No correlations.'}</p>}
      >
        {() => (
          <ChartPane<HeatMapModel>
            title={`Correlations: ${index}`}
            tip="Every pair of the index's names; a click brings the row's name to the front, Ctrl/⌘ with the wheel enlarges the cells"
            create={create}
            model={model}
            empty={table?.reason ?? 'Correlating …'}
            tools={
              <>
                <Segmented
                  label="What is correlated"
                  choices={kindChoices}
                  value={request.kind}
                  onChange={(kind) => changeMatrix({ kind })}
                />
                <Segmented
                  label="Order of the names"
                  choices={sortChoices}
                  value={request.sort}
                  onChange={(sort) => changeMatrix({ sort })}
                />
                <span className="dim">over</span>
                <NumberField
                  label="Sessions of the window"
                  kind="integer"
                  unit="sessions"
                  value={request.sessions ?? usual}
                  least={10}
                  most={2520}
                  width={4}
                  tip={`Sessions that are correlated; ${integer(usual)} where nothing else is asked for`}
                  onChange={(sessions) => changeMatrix({ sessions: sessions === usual ? null : sessions })}
                />
                <button
                  type="button"
                  className="quiet"
                  data-tip="Save the matrix as CSV, with weights"
                  disabled={table === null || table.names.length === 0}
                  onClick={() =>
                    table !== null &&
                    void saveText(
                      `correlations-${index}-${request.kind}.csv`,
                      'text/csv',
                      correlationTable(table),
                    )
                  }
                >
                  CSV
                </button>
              </>
            }
          />
        )}
      </RemoteView>
      {table !== null && (
        <Facts
          label="The matrix"
          facts={[
            {
              label: 'Mean of all pairs',
              value: decimal(table.average, 3),
              tone: 'strong',
              tip: 'Plain mean off the diagonal',
            },
            {
              label: 'Weighted mean',
              value: decimal(table.weightedAverage, 3),
              tip: 'Pairs by the product of their index weights:\nΣ w w ρ ÷ Σ w w over i ≠ j',
            },
            { label: 'Names', value: integer(table.names.length) },
            {
              label: 'Observations',
              value: integer(table.observations),
              tip: 'Days behind every pair: those that all names have',
            },
            {
              label: 'From',
              value: date(table.from),
            },
            { label: 'To', value: date(table.to) },
            {
              label: 'Weight',
              value: decimal(table.weightUsed, 3),
              tip: 'Index weight of the names in the matrix, 1 is all of it',
            },
            ...(table.leftOut.length === 0
              ? []
              : [
                  {
                    label: 'Left out',
                    value: counted(table.leftOut.length, 'name'),
                    tone: 'warning' as const,
                    tip: matrixNotes(table).join('\n'),
                  },
                ]),
          ]}
        />
      )}
      {table !== null &&
        matrixNotes(table).map((note) => (
          <div className="note-line" key={note}>
            <span aria-hidden="true">△</span>
            <span>{prose(note)}</span>
          </div>
        ))}
    </>
  );
}
