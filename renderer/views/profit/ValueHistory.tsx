import { useEffect, useMemo, useState, type ReactNode } from 'react';
import type { DailySnapshot } from '../../../shared/contract/pnl.ts';
import { createLineChart, type LineModel } from '../../charts/line-chart.ts';
import { RemoteView } from '../../components/RemoteView.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { counted, date, instant, integer, money, shortDate, signedMoney } from '../../format.ts';
import type { ColumnSpec } from '../../grids/column.ts';
import { currencyOf, dayInFront } from '../../state/desk.ts';
import { ChartPane } from '../parts/ChartPane.tsx';
import { GridPane } from '../parts/GridPane.tsx';
import { RememberedSplit } from '../parts/RememberedSplit.tsx';
import { groupWords } from '../scenario/result-models.ts';
import { useActions, useWorkstation } from '../workstation.ts';
import { historyMeasures, historyModel, type HistoryMeasure } from './history-models.ts';

const labels: Readonly<Record<HistoryMeasure, string>> = {
  value: 'Value',
  deltaDollar: 'Delta',
  gammaDollar1Pct: 'Gamma',
  vegaPerVolPoint: 'Vega',
  thetaPerDay: 'Theta',
};
const units: Readonly<Record<HistoryMeasure, string>> = {
  value: '',
  deltaDollar: '',
  gammaDollar1Pct: ' per 1 %',
  vegaPerVolPoint: ' per vol pt',
  thetaPerDay: ' per day',
};
const choices = historyMeasures.map((value) => ({ value, label: labels[value] }));
const reasons = { start: 'when the desk opened', import: 'after an import', hand: 'by hand' } as const;

/** Value and risk of the live book on the days that were kept. */
export function ValueHistory(): ReactNode {
  const remote = useWorkstation((state) => state.snapshots);
  const revision = useWorkstation((state) => state.desk.value?.dataRevision ?? 0);
  const day = useWorkstation(dayInFront);
  const [measure, setMeasure] = useState<HistoryMeasure>('value');
  const { loadSnapshots, keepSnapshot } = useActions();
  useEffect(() => void loadSnapshots(), [revision, loadSnapshots]);
  const currency = useWorkstation((state) =>
    currencyOf(
      state,
      (state.snapshots.value?.days.at(-1)?.byName ?? []).map((one) => one.group),
    ),
  );
  const days = remote.value?.days;
  const model = useMemo(
    () =>
      days === undefined
        ? null
        : historyModel(days, measure, `${labels[measure]}, ${currency}${units[measure]}`, groupWords),
    [days, measure, currency],
  );
  const columns = useMemo(() => dayColumns(currency), [currency]);
  const keep = (
    <button
      type="button"
      className={days?.length === 0 ? 'primary' : ''}
      data-tip="Values the live book on the day in front and keeps value and risk; days are also kept by themselves after imports and when the desk opens"
      onClick={() => void keepSnapshot(day ?? undefined)}
    >
      Keep {date(day)}
    </button>
  );
  return (
    <RemoteView
      remote={remote}
      what="the kept days"
      onRetry={() => void loadSnapshots()}
      isEmpty={(value) => value.days.length === 0}
      empty={
        <>
          <p>No day is kept yet: value and risk are kept after each import, or now.</p>
          {keep}
        </>
      }
    >
      {(value) => (
        <RememberedSplit
          name="profit.history"
          direction="column"
          share={0.56}
          first={
            <ChartPane<LineModel>
              title={`${labels[measure]} of the live book, ${currency}${units[measure]}`}
              create={createLineChart}
              model={model}
              empty="One day is kept so far: a line needs two."
              tools={
                <>
                  {keep}
                  <Segmented label="Measure" choices={choices} value={measure} onChange={setMeasure} />
                </>
              }
            />
          }
          second={
            <GridPane
              title={counted(value.days.length, 'kept day')}
              name="profit.days"
              columns={columns}
              rows={value.days}
              rowId={(row) => row.asOf}
            />
          }
        />
      )}
    </RemoteView>
  );
}

const amount = (key: HistoryMeasure, header: string, unit: string): ColumnSpec<DailySnapshot> => ({
  key,
  header,
  unit,
  note: { what: `${header.toLowerCase()} of everything that could be valued that day` },
  value: (row) => row.total[key],
  text: (row) => (key === 'value' ? money(row.total[key]) : signedMoney(row.total[key])),
  tones: { loss: (row) => row.total[key] < 0 },
  width: 116,
});

const dayColumns = (currency: string): readonly ColumnSpec<DailySnapshot>[] => [
  {
    key: 'asOf',
    header: 'Day',
    note: { what: 'market day that was valued' },
    value: (row) => row.asOf,
    text: (row) => shortDate(row.asOf),
    tones: { strong: () => true },
    sort: 'desc',
    width: 90,
  },
  {
    key: 'positions',
    header: 'Positions',
    note: { what: 'positions held that day' },
    value: (row) => row.positions,
    text: (row) => integer(row.positions),
    width: 80,
  },
  amount('value', 'Value', currency),
  amount('deltaDollar', 'Delta', currency),
  amount('gammaDollar1Pct', 'Gamma', 'per 1 %'),
  amount('vegaPerVolPoint', 'Vega', 'per vol pt'),
  amount('thetaPerDay', 'Theta', 'per day'),
  {
    key: 'notValued',
    header: 'Not valued',
    note: { what: 'positions in no number of the day; reasons on hover' },
    value: (row) => row.notValued.length,
    text: (row) => integer(row.notValued.length),
    reason: (row) => row.notValued.map((one) => `${one.label}: ${one.reason}`).join('\n') || null,
    tones: { warning: (row) => row.notValued.length > 0, dim: (row) => row.notValued.length === 0 },
    width: 86,
  },
  {
    key: 'taken',
    header: 'Kept',
    note: { what: 'when and why it was kept' },
    align: 'left',
    value: (row) => row.takenAt,
    text: (row) => `${instant(row.takenAt)}, ${reasons[row.reason]}`,
    tones: { dim: () => true },
    grow: true,
    width: 220,
  },
];
