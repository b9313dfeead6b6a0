import { useMemo, useState, type ReactNode } from 'react';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { DateField } from '../../components/DateField.tsx';
import { RemoteView } from '../../components/RemoteView.tsx';
import { addDays } from '../../../shared/dates.ts';
import { counted, integer, shortDate, signedMoney } from '../../format.ts';
import type { ColumnSpec } from '../../grids/column.ts';
import { GridPane } from '../parts/GridPane.tsx';
import { useActions, useWorkstation } from '../workstation.ts';
import { useScenarioCurrency } from './use-scenario-currency.ts';

type Day = OutputOf<'scenario.replay'>['days'][number];

const usualDays = 90;

/** The book through the moves of stored days; a day can become the shock. */
export function ReplayTab(): ReactNode {
  const remote = useWorkstation((state) => state.scenarioReplay);
  const day = useWorkstation((state) => state.scenarioOpen.value?.head.asOf ?? null);
  const currency = useScenarioCurrency();
  const { loadScenarioReplay, cancelScenarioReplay, shockScenario, chooseScenarioView, tell } = useActions();
  const [span, setSpan] = useState<readonly [string, string] | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const columns = useMemo(() => replayColumns(currency), [currency]);
  if (day === null) return null;
  const [from, to] = span ?? [addDays(day, -usualDays), day];
  const picked = remote.value?.days.find((one) => one.date === chosen) ?? null;
  const take = (one: Day) => {
    if (one.shock === null) return;
    void shockScenario(one.shock);
    chooseScenarioView({ tab: 'result' });
    tell('done', `The shock is the move of ${shortDate(one.date)}.`);
  };
  return (
    <>
      <div className="toolbar">
        From
        <DateField
          label="First day of the replay"
          value={from}
          from={null}
          onChange={(first) => setSpan([first, to])}
        />
        to
        <DateField
          label="Last day of the replay"
          value={to}
          from={null}
          onChange={(last) => setSpan([from, last])}
        />
        <button
          type="button"
          className="primary"
          data-tip="Spot and, where chains are stored, volatility moves of each day from the day before"
          onClick={() => void loadScenarioReplay(from, to)}
        >
          Replay
        </button>
        <span className="spacer" />
        <button
          type="button"
          disabled={picked === null || picked.shock === null}
          data-tip="The move of the chosen day becomes the shock of this scenario"
          onClick={() => picked !== null && take(picked)}
        >
          Use as the shock
        </button>
      </div>
      {remote.status === 'idle' ? (
        <div className="state">
          <p>What the moves of past days would do to this book: choose the days and replay them.</p>
        </div>
      ) : (
        <RemoteView
          remote={remote}
          what="the stored days"
          onCancel={cancelScenarioReplay}
          onRetry={() => void loadScenarioReplay(from, to)}
          isEmpty={(value) => value.days.length === 0}
          empty={<p>No stored day lies between the two.</p>}
        >
          {(value) => (
            <>
              {value.notes.map((note) => (
                <div className="note-line" key={note}>
                  <span aria-hidden="true">△</span>
                  <span>{note}</span>
                </div>
              ))}
              <GridPane
                title={`${counted(value.days.length, 'day')} replayed`}
                name="scenarios.replay"
                columns={columns}
                rows={value.days}
                rowId={(row) => row.date}
                selectedId={chosen}
                onSelect={(row) => setChosen(row.date)}
                onOpen={take}
              />
            </>
          )}
        </RemoteView>
      )}
    </>
  );
}

const replayColumns = (currency: string): readonly ColumnSpec<Day>[] => [
  {
    key: 'date',
    header: 'Day',
    note: { what: 'stored day whose move from the day before is replayed' },
    value: (row) => row.date,
    text: (row) => shortDate(row.date),
    tones: { strong: () => true },
    pinned: 'left',
    width: 84,
  },
  {
    key: 'profit',
    header: 'P&L',
    unit: currency,
    note: { what: 'what the move of that day would do to the scenario’s book' },
    value: (row) => row.profit,
    text: (row) => signedMoney(row.profit),
    reason: (row) => (row.profit === null ? (row.reason ?? 'It could not be valued.') : null),
    tones: { gain: (row) => (row.profit ?? 0) > 0, loss: (row) => (row.profit ?? 0) < 0, strong: () => true },
    width: 112,
  },
  {
    key: 'moved',
    header: 'Moved',
    unit: 'names',
    note: { what: 'names held that have a move that day' },
    value: (row) => row.moved,
    text: (row) => integer(row.moved),
    width: 84,
  },
  {
    key: 'missing',
    header: 'No move',
    unit: 'names',
    note: { what: 'names held that have no stored move: they stay where they are' },
    value: (row) => row.missing.length,
    text: (row) => integer(row.missing.length),
    reason: (row) => (row.missing.length > 0 ? row.missing.join(', ') : null),
    tones: { warning: (row) => row.missing.length > 0, dim: (row) => row.missing.length === 0 },
    width: 90,
  },
  {
    key: 'words',
    header: 'Largest move',
    note: { what: 'the largest mover among what is held' },
    align: 'left',
    value: (row) => row.words,
    text: (row) => row.reason ?? row.words,
    grow: true,
    width: 200,
  },
];
