import { useEffect, useState, type ReactNode } from 'react';
import { RemoteView } from '../../components/RemoteView.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { counted, date } from '../../format.ts';
import { currencyOf } from '../../state/desk.ts';
import { NeedsData } from '../parts/NeedsData.tsx';
import { useActions, useWorkstation } from '../workstation.ts';
import { ExplainTable } from './ExplainTable.tsx';
import { ReportPane } from './ReportPane.tsx';
import { ValueHistory } from './ValueHistory.tsx';

type Shown = 'explain' | 'history' | 'report';

/** Where the live book's profit comes from, its value and risk day by day, and the report. */
export function Profit(): ReactNode {
  const [shown, setShown] = useState<Shown>('explain');
  return (
    <NeedsData>
      <Days shown={shown} onShow={setShown} />
      <div className="scenario-pane">
        {shown === 'explain' ? <Explained /> : shown === 'history' ? <ValueHistory /> : <ReportPane />}
      </div>
    </NeedsData>
  );
}

/** The two days, the book, and what is shown. */
function Days(props: { readonly shown: Shown; readonly onShow: (shown: Shown) => void }): ReactNode {
  const { shown, onShow } = props;
  const days = useWorkstation((state) => state.desk.value?.marketDates ?? null);
  const [from, to, book] = useWorkstation((state) => [state.profitFrom, state.profitTo, state.profitBook]);
  const books = useWorkstation((state) => state.profit.value?.books ?? null);
  const { chooseProfit } = useActions();
  const last = to ?? days?.[0] ?? null;
  return (
    <div className="toolbar">
      <Segmented<Shown>
        label="What is shown"
        choices={[
          { value: 'explain', label: 'Explain', tip: 'Where profit and loss between two days come from' },
          { value: 'history', label: 'History', tip: 'Value and risk of the book, day by day' },
          { value: 'report', label: 'Report', tip: 'Chosen sections on paper or as PDF' },
        ]}
        value={shown}
        onChange={onShow}
      />
      <label>
        From
        <select
          aria-label="From day"
          value={from ?? ''}
          onChange={(event) =>
            chooseProfit({ profitFrom: event.target.value === '' ? null : event.target.value })
          }
        >
          <option value="">the day before</option>
          {(days ?? [])
            .filter((day) => last === null || day < last)
            .map((day) => (
              <option key={day} value={day}>
                {date(day)}
              </option>
            ))}
        </select>
      </label>
      <label>
        to
        <select
          aria-label="To day"
          value={to ?? ''}
          onChange={(event) => {
            const next = event.target.value === '' ? null : event.target.value;
            const isBefore = from !== null && next !== null && from >= next;
            chooseProfit({ profitTo: next, ...(isBefore ? { profitFrom: null } : {}) });
          }}
        >
          <option value="">the newest day</option>
          {(days ?? []).map((day) => (
            <option key={day} value={day}>
              {date(day)}
            </option>
          ))}
        </select>
      </label>
      {books !== null && books.length > 1 && shown === 'explain' && (
        <label>
          of
          <select
            aria-label="Book"
            value={book ?? ''}
            onChange={(event) =>
              chooseProfit({ profitBook: event.target.value === '' ? null : event.target.value })
            }
          >
            <option value="">all books</option>
            {books.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
      )}
    </div>
  );
}

function Explained(): ReactNode {
  const profit = useWorkstation((state) => state.profit);
  const [from, to, book, revision] = useWorkstation((state) => [
    state.profitFrom,
    state.profitTo,
    state.profitBook,
    state.desk.value?.dataRevision ?? 0,
  ]);
  const { loadProfit, cancelProfit, openView } = useActions();
  useEffect(() => void loadProfit(), [from, to, book, revision, loadProfit]);
  const currency = useWorkstation((state) =>
    currencyOf(
      state,
      (state.profit.value?.positions ?? []).map((row) => row.symbol),
    ),
  );
  return (
    <RemoteView
      remote={profit}
      what="the explanation"
      onCancel={cancelProfit}
      onRetry={() => void loadProfit()}
      isEmpty={(value) => value.positions.length + value.notValued.length === 0}
      empty={
        <>
          <p>No position was held on these days: import positions to see what they earned.</p>
          <button type="button" className="primary" onClick={() => openView('imports')}>
            Import positions
          </button>
        </>
      }
    >
      {(value) => (
        <>
          {value.basis.length > 0 && (
            <details className="not-valued">
              <summary className="dim">
                {value.basis[0]}
                {value.basis.length > 1 && ` · ${counted(value.basis.length - 1, 'more note')}`}
              </summary>
              <ul>
                {value.basis.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            </details>
          )}
          <ExplainTable
            name="profit.explain"
            title="Profit and loss of the live book"
            explained={value}
            currency={currency}
          />
        </>
      )}
    </RemoteView>
  );
}
