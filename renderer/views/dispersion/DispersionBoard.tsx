import { useMemo, useRef, type KeyboardEvent, type ReactNode } from 'react';
import type { Dispersion } from '../../../shared/contract/dispersion.ts';
import { Panel } from '../../components/Panel.tsx';
import { Sparkline } from '../../components/Sparkline.tsx';
import { counted, integer, percent } from '../../format.ts';
import { noteText } from '../../grids/column.ts';
import { dispersionInFront } from '../../state/dispersion.ts';
import { useActions, useWorkstation } from '../workstation.ts';
import {
  boardFootings,
  boardTable,
  columnKeyOf,
  coverageSentence,
  footingText,
  footingTitles,
  isFlagged,
  measureTip,
  placeOf,
  sideTones,
  standingsOf,
  type Standing,
} from './dispersion-board.ts';
import { dispersionMeasures, type MeasureSpec } from './dispersion-measures.ts';
import { prose } from '../../prose.ts';

const noCells: readonly Dispersion[] = [];
const noStandings: ReadonlyMap<string, Standing> = new Map();

/** Indices across, measures down: the number, a thin line of its past, and where it stands in it. */
export function DispersionBoard(): ReactNode {
  const cells = useWorkstation((state) => state.dispersionBoard.value?.cells ?? noCells);
  const leftOut = useWorkstation((state) => state.dispersionBoard.value?.leftOut ?? []);
  const inFront = useWorkstation(dispersionInFront);
  const pasts = useWorkstation((state) => state.dispersionPasts);
  const choices = useWorkstation((state) => state.dispersionChoices);
  const { chooseDispersion, focus, saveText, tell } = useActions();
  const body = useRef<HTMLTableSectionElement>(null);
  const { range, measure } = choices;
  const asOf = inFront?.asOf ?? '';
  const standings = useMemo(() => standingsOf(pasts.value, asOf, range), [pasts.value, asOf, range]);
  const isDense = new Set(cells.map((cell) => cell.termDays)).size > 1;
  const choose = (cell: Dispersion, spec: MeasureSpec | null) => {
    chooseDispersion({
      index: cell.index,
      term: cell.termDays,
      ...(spec === null ? {} : { measure: spec.key }),
    });
    focus({ symbol: cell.index });
  };
  const walk = (event: KeyboardEvent) => {
    const at = {
      row: dispersionMeasures.findIndex(({ key }) => key === measure),
      column: inFront === null ? 0 : cells.indexOf(inFront),
    };
    const to = {
      ArrowUp: { ...at, row: at.row - 1 },
      ArrowDown: { ...at, row: at.row + 1 },
      ArrowLeft: { ...at, column: at.column - 1 },
      ArrowRight: { ...at, column: at.column + 1 },
    }[event.key];
    const spec = to === undefined ? undefined : dispersionMeasures[to.row];
    const cell = to === undefined ? undefined : cells[to.column];
    if (spec === undefined || cell === undefined) return;
    event.preventDefault();
    choose(cell, spec);
    body.current?.rows[to?.row ?? 0]?.scrollIntoView({ block: 'nearest' });
  };
  const text = (separator: string) =>
    boardTable(cells, standings)
      .map((row) => row.join(separator))
      .join('\r\n');
  return (
    <Panel
      title="Board"
      tip="Indices across, measures down; a click on a number brings its index, its term and its past to the front; arrow keys walk it"
      tools={
        <>
          {pasts.status === 'loading' && <span className="dim">reading the past …</span>}
          <button
            type="button"
            className="quiet"
            data-tip="Copy all numbers for a spreadsheet"
            onClick={() =>
              void navigator.clipboard.writeText(text('\t')).then(
                () => tell('done', `Copied ${counted(dispersionMeasures.length, 'measure')}.`),
                () => tell('failed', 'The board could not be copied; allow this page to use the clipboard.'),
              )
            }
          >
            Copy
          </button>
          <button
            type="button"
            className="quiet"
            data-tip="Save all numbers as CSV, each with its percentile, lowest, highest, mean and z"
            onClick={() => void saveText('dispersion-board.csv', 'text/csv', text(','))}
          >
            CSV
          </button>
        </>
      }
    >
      <div className="scroll">
        <table
          className={`board ${isDense ? 'board-dense' : ''}`}
          role="grid"
          aria-label="Dispersion board"
          tabIndex={0}
          onKeyDown={walk}
        >
          <thead>
            <tr>
              <th scope="col" className="board-name">
                Measure
              </th>
              {cells.map((cell) => (
                <th
                  key={columnKeyOf(cell)}
                  scope="col"
                  className={cell === inFront ? 'board-front' : ''}
                  data-tip={`${cell.name}, ${integer(cell.termDays)} calendar days\n${cell.weightsNote}`}
                  onClick={() => choose(cell, null)}
                >
                  {cell.index} <span className="unit">{integer(cell.termDays)} d</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody ref={body}>
            {dispersionMeasures.map((spec) => (
              <tr
                key={spec.key}
                className={`${spec.key === measure ? 'board-row-front' : ''} ${spec.startsGroup ? 'board-group' : ''}`}
              >
                <th
                  scope="row"
                  className="board-name"
                  data-tip={noteText({ header: spec.title, note: spec.note })}
                  onClick={() => chooseDispersion({ measure: spec.key })}
                >
                  {spec.title} <span className="unit">{spec.unit === 'ratio' ? '' : spec.unit}</span>
                </th>
                {cells.map((cell) => (
                  <MeasureCell
                    key={columnKeyOf(cell)}
                    spec={spec}
                    cell={cell}
                    standing={(standings.get(columnKeyOf(cell)) ?? noStandings).get(spec.key)}
                    tip={measureTip(spec, cell, standings.get(columnKeyOf(cell))?.get(spec.key), range)}
                    isInFront={cell === inFront}
                    isDense={isDense}
                    onChoose={() => choose(cell, spec)}
                  />
                ))}
              </tr>
            ))}
          </tbody>
          <tbody>
            {boardFootings.map((footing) => (
              <tr key={footing} className={footing === 'coverage' ? 'board-group' : ''}>
                <th scope="row" className="board-name" data-tip={footingTitles[footing].tip}>
                  {footingTitles[footing].title} <span className="unit">{footingTitles[footing].unit}</span>
                </th>
                {cells.map((cell) => (
                  <td
                    key={columnKeyOf(cell)}
                    className={`board-footing ${cell === inFront ? 'board-front' : ''} ${
                      footing === 'verdict'
                        ? sideTones[cell.verdict.side]
                        : footing === 'coverage' && cell.coverage.badge !== 'complete'
                          ? 'warning'
                          : ''
                    }`}
                    data-tip={footing === 'verdict' ? cell.verdict.sentence : coverageSentence(cell)}
                    onClick={() => choose(cell, null)}
                  >
                    {footingText(footing, cell)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        {leftOut.map(({ index, reason }) => (
          <div className="note-line" key={index}>
            <span aria-hidden="true">△</span>
            <span>
              {index} is left out: {prose(reason)}
            </span>
          </div>
        ))}
      </div>
    </Panel>
  );
}

function MeasureCell(props: {
  readonly spec: MeasureSpec;
  readonly cell: Dispersion;
  readonly standing: Standing | undefined;
  readonly tip: string;
  readonly isInFront: boolean;
  readonly isDense: boolean;
  readonly onChoose: () => void;
}): ReactNode {
  const { spec, cell, standing, isInFront, isDense } = props;
  const value = spec.value(cell);
  const flagged = isFlagged(spec.key, cell);
  const place = placeOf(standing);
  return (
    <td
      className={`board-cell ${isInFront ? 'board-front' : ''} ${flagged ? 'warning' : ''} ${value === null ? 'dim' : ''}`}
      data-tip={props.tip}
      onClick={props.onChoose}
    >
      <div>
        {!isDense && (
          <Sparkline
            values={standing?.line ?? []}
            label={`${spec.title} of ${cell.index} through its past`}
          />
        )}
        <span className="board-value">
          {flagged ? '△ ' : ''}
          {spec.text(value)}
        </span>
        {!isDense && <span className="board-place">{place === null ? '' : percent(place, 0)}</span>}
      </div>
      {place !== null && (
        <span className="place-bar" role="img" aria-label={`percentile ${percent(place, 0)}`}>
          <i
            className={place <= 0.2 || place >= 0.8 ? 'extreme' : ''}
            style={{ left: `${percent(place, 1)}%` }}
          />
        </span>
      )}
    </td>
  );
}
