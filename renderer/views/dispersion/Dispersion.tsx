import { useEffect, useMemo, type ReactNode } from 'react';
import type { Dispersion as Cell } from '../../../shared/contract/dispersion.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { createHistoryChart } from '../../charts/history-chart.ts';
import { Facts } from '../../components/Facts.tsx';
import { RemoteView } from '../../components/RemoteView.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { counted, date, decimal, integer, percent, signedDecimal } from '../../format.ts';
import { dispersionInFront, dispersionTerms, pastRanges } from '../../state/dispersion.ts';
import { boardColumns, boardRows, columnKeyOf, componentColumns } from './dispersion-columns.ts';
import { dispersionMeasures } from './dispersion-measures.ts';
import { measureHistory, readingIn } from './dispersion-models.ts';
import { DispersionVotes } from './DispersionVotes.tsx';
import { ChartPane } from '../parts/ChartPane.tsx';
import { GridPane } from '../parts/GridPane.tsx';
import { NeedsData } from '../parts/NeedsData.tsx';
import { RememberedSplit } from '../parts/RememberedSplit.tsx';
import { useActions, useWorkstation } from '../workstation.ts';

const rangeChoices = pastRanges.map((range) => ({
  value: range,
  label: range.replace(/(\d) (.).*/, '$1 $2'),
  tip: `The past ${range}`,
}));
const termChoices = dispersionTerms.map((days) => ({
  value: String(days),
  label: integer(days),
  tip: `${integer(days)} calendar days`,
}));

/** Indices across, measures down; the votes of the one in front, its names and its past. */
export function Dispersion(): ReactNode {
  return (
    <NeedsData>
      <DispersionOfDesk />
    </NeedsData>
  );
}

function DispersionOfDesk(): ReactNode {
  const board = useWorkstation((state) => state.dispersionBoard);
  const [asOf, revision, term, comparesTerms] = useWorkstation((state) => [
    state.asOf,
    state.desk.value?.dataRevision ?? 0,
    state.dispersionTerm,
    state.comparesTerms,
  ]);
  const hasWeights = useWorkstation(
    (state) => state.desk.value?.underliers.some((item) => item.weightDates.length > 0) ?? false,
  );
  const { loadDispersion, cancelDispersion, openView } = useActions();
  const asked = comparesTerms ? 'all' : term;
  useEffect(() => {
    if (hasWeights) void loadDispersion();
  }, [asOf, revision, hasWeights, asked, loadDispersion]);
  if (!hasWeights)
    return (
      <div className="state">
        <p>No index has weights: import an index weights file to compare an index with its names.</p>
        <button type="button" className="primary" onClick={() => openView('imports')}>
          Import index weights
        </button>
      </div>
    );
  return (
    <>
      <TermBar />
      <RemoteView
        remote={board}
        what="the dispersion board"
        onCancel={cancelDispersion}
        onRetry={() => void loadDispersion()}
        isEmpty={(value) => value.cells.length === 0}
        empty={<p>No index has weights on or before this day: import them.</p>}
      >
        {() => <Board />}
      </RemoteView>
    </>
  );
}

function TermBar(): ReactNode {
  const [term, comparesTerms] = useWorkstation((state) => [state.dispersionTerm, state.comparesTerms]);
  const cell = useWorkstation(dispersionInFront);
  const { chooseDispersion } = useActions();
  return (
    <div className="toolbar">
      <span className="dim">Term</span>
      <Segmented
        label="Term in days"
        choices={termChoices}
        value={String(term)}
        onChange={(value) => chooseDispersion({ term: Number(value) })}
      />
      <span className="dim">days</span>
      <label data-tip="Shows every term of every index beside each other, to choose the term; takes longer">
        <input
          type="checkbox"
          checked={comparesTerms}
          onChange={(event) => chooseDispersion({ comparesTerms: event.target.checked })}
        />
        compare terms
      </label>
      {cell !== null && (
        <span className="dim clip" data-tip={cell.weightsNote}>
          {date(cell.asOf)}; weights of {date(cell.weightsAsOf)}; correlations of implied volatilities over{' '}
          {counted(cell.ivHistoryDays, 'day')}
        </span>
      )}
    </div>
  );
}

function Board(): ReactNode {
  const cells = useWorkstation((state) => state.dispersionBoard.value?.cells ?? []);
  const inFront = useWorkstation(dispersionInFront);
  const [measure, symbol, range] = useWorkstation((state) => [
    state.dispersionMeasure,
    state.symbol,
    state.dispersionRange,
  ]);
  const { chooseDispersion, focus, openView } = useActions();
  const past = useWorkstation((state) => pastOf(state.dispersionHistory.value, inFront));
  const columns = useMemo(() => boardColumns(cells, inFront, past, range), [cells, inFront, past, range]);
  const components = useMemo(() => inFront?.components ?? [], [inFront]);
  const componentSpecs = useMemo(
    () =>
      componentColumns(components.reduce((most, row) => Math.max(most, row.varianceContribution ?? 0), 0)),
    [components],
  );
  const choose = (columnKey: string) => {
    const cell = cells.find((item) => columnKeyOf(item) === columnKey);
    if (cell === undefined) return;
    chooseDispersion({ index: cell.index, term: cell.termDays });
    focus({ symbol: cell.index });
  };
  return (
    <RememberedSplit
      name="dispersion"
      direction="column"
      share={0.58}
      first={
        <RememberedSplit
          name="dispersion.top"
          direction="row"
          share={0.5}
          first={
            <GridPane
              title="Board"
              tip="Indices across, measures down; a click on a number brings its index and term to the front"
              name="dispersion.board"
              columns={columns}
              rows={boardRows}
              rowId={(row) => row.id}
              selectedId={measure}
              onSelect={(row) => row.measure?.hasHistory && chooseDispersion({ measure: row.id })}
              onCellClick={(_, key) => choose(key)}
            />
          }
          second={inFront === null ? null : <DispersionVotes cell={inFront} />}
        />
      }
      second={
        <RememberedSplit
          name="dispersion.bottom"
          direction="row"
          share={0.56}
          first={
            <GridPane
              title={`Names of ${inFront?.index ?? 'the index'}: ${counted(components.length, 'name')}`}
              name="dispersion.components"
              columns={componentSpecs}
              rows={components}
              rowId={(row) => row.symbol}
              selectedId={symbol}
              onSelect={(row) => focus({ symbol: row.symbol })}
              onOpen={(row) => {
                focus({ symbol: row.symbol });
                openView('chain');
              }}
              search
            />
          }
          second={inFront === null ? null : <Past cell={inFront} measure={measure} />}
        />
      }
    />
  );
}

type History = OutputOf<'dispersion.history'>;

/** The past that belongs to the cell, not one of another index, term or day. */
const pastOf = (history: History | null, cell: Cell | null): History | null =>
  history !== null &&
  history.index === cell?.index &&
  history.termDays === cell.termDays &&
  history.asOf === cell.asOf
    ? history
    : null;

function Past(props: { readonly cell: Cell; readonly measure: string }): ReactNode {
  const { cell, measure } = props;
  const history = useWorkstation((state) => state.dispersionHistory);
  const range = useWorkstation((state) => state.dispersionRange);
  const { loadDispersionHistory, chooseDispersion } = useActions();
  useEffect(() => void loadDispersionHistory(cell.index), [cell, loadDispersionHistory]);
  const past = pastOf(history.value, cell);
  const model = useMemo(
    () => (past === null ? null : measureHistory(past, cell, measure, range)),
    [past, cell, measure, range],
  );
  const reading = past === null ? null : readingIn(past, measure, range);
  const spec = dispersionMeasures.find((item) => item.key === measure);
  return (
    <>
      <ChartPane
        title="Past"
        tip="The measure on past days with its lowest, median, highest and middle half"
        create={createHistoryChart}
        model={model}
        empty={
          history.status === 'loading' || past === null
            ? 'Computing the past of the measures …'
            : 'The desk holds too few days of this measure.'
        }
        tools={
          <>
            <Segmented
              label="Range of the past"
              choices={rangeChoices}
              value={range}
              onChange={(next) => chooseDispersion({ range: next })}
            />
            <select
              aria-label="Measure"
              value={measure}
              onChange={(event) => chooseDispersion({ measure: event.target.value })}
            >
              {dispersionMeasures
                .filter((item) => item.hasHistory)
                .map((item) => (
                  <option key={item.key} value={item.key}>
                    {item.title}
                  </option>
                ))}
            </select>
          </>
        }
      />
      {reading !== null && spec !== undefined && (
        <Facts
          label="Today against its past"
          facts={[
            { label: 'Today', value: spec.text(spec.value(cell)), unit: spec.unit, tone: 'strong' },
            { label: 'Lowest', value: spec.text(reading.min), unit: spec.unit },
            { label: 'Highest', value: spec.text(reading.max), unit: spec.unit },
            {
              label: 'Percentile',
              value: percent(reading.percentile, 0),
              unit: '%',
              tip: 'Share of past days below today, ties counted half',
            },
            {
              label: 'z',
              value: signedDecimal(reading.zScore, 2),
              tip: 'Standard deviations that today stands from the mean of its past',
            },
            { label: 'Days', value: decimal(reading.days, 0) },
          ]}
        />
      )}
    </>
  );
}
