import { useMemo, useState, type ReactNode } from 'react';
import { createLineChart } from '../../charts/line-chart.ts';
import { RemoteView } from '../../components/RemoteView.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { counted, date, integer } from '../../format.ts';
import { savedVersionInFront } from '../../state/basket-desk.ts';
import { driftColumns } from './drift-columns.ts';
import { driftModel, type DriftMeasure } from './desk-models.ts';
import { PaneStrip } from './PaneStrip.tsx';
import { ChartPane } from '../parts/ChartPane.tsx';
import { GridPane } from '../parts/GridPane.tsx';
import { RememberedSplit } from '../parts/RememberedSplit.tsx';
import { useActions, useWorkstation } from '../workstation.ts';

/** The saved basket's rules on every day since, with their limits and the first day one broke. */
export function DriftPane(): ReactNode {
  const version = useWorkstation(savedVersionInFront);
  const drift = useWorkstation((state) => state.basketDrift);
  const { loadBasketDrift, cancelBasketDrift } = useActions();
  const [measure, setMeasure] = useState<DriftMeasure>('rSquared');
  const model = useMemo(
    () => (drift.value === null ? null : driftModel(drift.value, measure)),
    [drift.value, measure],
  );
  if (version === null || drift.value === null)
    return (
      <>
        <PaneStrip />
        {version === null ? (
          <div className="state">
            <p>Save a basket: its rules are tested here on every day after its own.</p>
          </div>
        ) : (
          <RemoteView
            remote={drift}
            what={`the days since ${version.name}`}
            onCancel={cancelBasketDrift}
            onRetry={() => void loadBasketDrift()}
          >
            {() => null}
          </RemoteView>
        )}
      </>
    );
  const { days, firstBroken, warnings, basket } = drift.value;
  const broken = days.filter((day) => day.broken.length > 0).length;
  return (
    <>
      <PaneStrip>
        {' '}
        <Segmented<DriftMeasure>
          label="Measure"
          choices={[
            { value: 'rSquared', label: 'r²' },
            { value: 'overlap', label: 'overlap' },
            { value: 'differential', label: 'σ differential' },
            { value: 'trackingError', label: 'tracking error' },
          ]}
          value={measure}
          onChange={setMeasure}
        />
      </PaneStrip>
      <RemoteView
        remote={drift}
        what={`the days since ${version.name}`}
        onCancel={cancelBasketDrift}
        onRetry={() => void loadBasketDrift()}
      >
        {() => (
          <>
            {[...firstBroken.map((first) => `${date(first.date)}: ${first.sentence}`), ...warnings].map(
              (text, at) => (
                <div className="note-line" key={text}>
                  <span aria-hidden="true">{at < firstBroken.length ? '▲' : '△'}</span>
                  <span>{text}</span>
                </div>
              ),
            )}
            <RememberedSplit
              name="basket.drift"
              direction="row"
              share={0.42}
              first={
                <ChartPane
                  title={`${basket.name} ${integer(basket.version)} since ${date(basket.asOf)}`}
                  tip="Dashed levels are the rules it was built by; an upright marks the first day one broke"
                  create={createLineChart}
                  model={model}
                  empty={
                    days.length < 2
                      ? 'Fewer than two sessions are stored since its day.'
                      : 'The rule is off: there is nothing to draw.'
                  }
                />
              }
              second={
                <GridPane
                  title={`${counted(days.length, 'day')}, ${broken === 0 ? 'every rule holds' : `${integer(broken)} with a broken rule`}`}
                  name="basket.drift"
                  columns={driftColumns}
                  rows={days}
                  rowId={(row) => row.date}
                  emptyText="No session is stored after the basket’s day."
                />
              }
            />
          </>
        )}
      </RemoteView>
    </>
  );
}
