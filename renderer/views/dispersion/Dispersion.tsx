import { useEffect, useMemo, type ReactNode } from 'react';
import { RemoteView } from '../../components/RemoteView.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { counted, date, integer } from '../../format.ts';
import { dispersionTerms, type DispersionPage } from '../../state/dispersion-choices.ts';
import { dispersionInFront } from '../../state/dispersion.ts';
import { GridPane } from '../parts/GridPane.tsx';
import { NeedsData } from '../parts/NeedsData.tsx';
import { RememberedSplit } from '../parts/RememberedSplit.tsx';
import { useActions, useWorkstation } from '../workstation.ts';
import { Correlations } from './Correlations.tsx';
import { componentColumns } from './dispersion-columns.ts';
import { DispersionBoard } from './DispersionBoard.tsx';
import { DispersionPast } from './DispersionPast.tsx';
import { DispersionTrade } from './DispersionTrade.tsx';
import { DispersionVotes } from './DispersionVotes.tsx';
import { Listed } from './Listed.tsx';

const termChoices = dispersionTerms.map((days) => ({
  value: String(days),
  label: integer(days),
  tip: `${integer(days)} calendar days`,
}));
const pageChoices: readonly { value: DispersionPage; label: string; tip: string }[] = [
  { value: 'board', label: 'Board', tip: 'Measures, their past, the votes, the names' },
  { value: 'correlations', label: 'Correlations', tip: 'Every pair of names as a heat map' },
  { value: 'trade', label: 'Trade', tip: 'Names chosen and straddles sized against the index' },
  { value: 'listed', label: 'Listed', tip: 'The exchange’s correlation and dispersion index beside ours' },
];

/** The dispersion desk: is this the time, which way, and with which names. */
export function Dispersion(): ReactNode {
  return (
    <NeedsData>
      <DispersionOfDesk />
    </NeedsData>
  );
}

function DispersionOfDesk(): ReactNode {
  const board = useWorkstation((state) => state.dispersionBoard);
  const { comparesTerms, term, range } = useWorkstation((state) => state.dispersionChoices);
  const [asOf, revision] = useWorkstation((state) => [state.asOf, state.desk.value?.dataRevision ?? 0]);
  const hasWeights = useWorkstation(
    (state) => state.desk.value?.underliers.some((item) => item.weightDates.length > 0) ?? false,
  );
  const { loadDispersion, loadDispersionPasts, cancelDispersion, openView } = useActions();
  const asked = comparesTerms ? 'all' : term;
  const isAll = range === 'all';
  useEffect(() => {
    if (hasWeights) void loadDispersion();
  }, [asOf, revision, hasWeights, asked, loadDispersion]);
  const cells = board.status === 'ready' ? board.value.cells : null;
  useEffect(() => {
    if (cells !== null) void loadDispersionPasts();
  }, [cells, isAll, loadDispersionPasts]);
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
      <DeskBar />
      <RemoteView
        remote={board}
        what="the dispersion board"
        onCancel={cancelDispersion}
        onRetry={() => void loadDispersion()}
        isEmpty={(value) => value.cells.length === 0}
        empty={<p>No index has weights on or before this day: import them.</p>}
      >
        {() => <Page />}
      </RemoteView>
    </>
  );
}

function DeskBar(): ReactNode {
  const { page, term, comparesTerms } = useWorkstation((state) => state.dispersionChoices);
  const cell = useWorkstation(dispersionInFront);
  const cells = useWorkstation((state) => state.dispersionBoard.value?.cells ?? []);
  const { chooseDispersion, focus } = useActions();
  const openPage = (next: DispersionPage) =>
    chooseDispersion({ page: next, ...(next === 'board' ? {} : { comparesTerms: false }) });
  const indices = [...new Set(cells.map(({ index }) => index))];
  return (
    <div className="toolbar">
      <Segmented label="Page of the dispersion desk" choices={pageChoices} value={page} onChange={openPage} />
      {indices.length > 1 && (
        <select
          aria-label="Index"
          value={cell?.index ?? ''}
          onChange={(event) => {
            chooseDispersion({ index: event.target.value });
            focus({ symbol: event.target.value });
          }}
        >
          {indices.map((index) => (
            <option key={index}>{index}</option>
          ))}
        </select>
      )}
      <span className="dim">Term</span>
      <Segmented
        label="Term in days"
        choices={termChoices}
        value={String(term)}
        onChange={(value) => chooseDispersion({ term: Number(value) })}
      />
      <span className="dim">days</span>
      {page === 'board' && (
        <label data-tip="Shows every term of every index beside each other, to choose the term; takes longer">
          <input
            type="checkbox"
            checked={comparesTerms}
            onChange={(event) => chooseDispersion({ comparesTerms: event.target.checked })}
          />
          all terms
        </label>
      )}
      {cell !== null && (
        <span className="dim clip" data-tip={cell.weightsNote}>
          {date(cell.asOf)}; weights of {date(cell.weightsAsOf)}; correlations of implied volatilities over{' '}
          {counted(cell.ivHistoryDays, 'day')}
        </span>
      )}
    </div>
  );
}

function Page(): ReactNode {
  const page = useWorkstation((state) => state.dispersionChoices.page);
  const inFront = useWorkstation(dispersionInFront);
  if (page === 'board' || inFront === null) return <BoardPage />;
  const shown = { index: inFront.index, asOf: inFront.asOf };
  if (page === 'correlations') return <Correlations {...shown} />;
  return page === 'trade' ? <DispersionTrade {...shown} /> : <Listed {...shown} />;
}

function BoardPage(): ReactNode {
  const inFront = useWorkstation(dispersionInFront);
  return (
    <RememberedSplit
      name="dispersion.sides"
      direction="row"
      share={0.55}
      first={
        <RememberedSplit
          name="dispersion.left"
          direction="column"
          share={window.innerHeight < 900 ? 0.58 : 0.55}
          first={<DispersionBoard />}
          second={inFront === null ? null : <DispersionPast cell={inFront} />}
        />
      }
      second={
        <RememberedSplit
          name="dispersion.right"
          direction="column"
          share={window.innerHeight < 900 ? 0.58 : 0.5}
          first={inFront === null ? null : <DispersionVotes cell={inFront} />}
          second={<Components />}
        />
      }
    />
  );
}

function Components(): ReactNode {
  const inFront = useWorkstation(dispersionInFront);
  const symbol = useWorkstation((state) => state.symbol);
  const { focus, openView } = useActions();
  const components = useMemo(() => inFront?.components ?? [], [inFront]);
  const columns = useMemo(
    () =>
      componentColumns(components.reduce((most, row) => Math.max(most, row.varianceContribution ?? 0), 0)),
    [components],
  );
  return (
    <GridPane
      title={`Names of ${inFront?.index ?? 'the index'}: ${integer(components.length)}`}
      name="dispersion.components"
      columns={columns}
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
  );
}
