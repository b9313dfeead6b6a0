import { useEffect, useMemo, type ReactNode } from 'react';
import type { VolatilityReport } from '../../../shared/contract/chain.ts';
import { createLineChart } from '../../charts/line-chart.ts';
import { RemoteView } from '../../components/RemoteView.tsx';
import { date } from '../../format.ts';
import { symbolInFront } from '../../state/desk.ts';
import { ChartPane } from '../parts/ChartPane.tsx';
import { GridPane } from '../parts/GridPane.tsx';
import { NeedsData } from '../parts/NeedsData.tsx';
import { RememberedSplit } from '../parts/RememberedSplit.tsx';
import { coneModel, estimatorTable, termModel } from './volatility-models.ts';
import { useActions, useWorkstation } from '../workstation.ts';

/** Realized volatility by estimator and window, its cone, and the implied term structure. */
export function Volatility(): ReactNode {
  return (
    <NeedsData>
      <VolatilityOfName />
    </NeedsData>
  );
}

function VolatilityOfName(): ReactNode {
  const symbol = useWorkstation(symbolInFront);
  const report = useWorkstation((state) => state.volatility);
  const [asOf, revision] = useWorkstation((state) => [state.asOf, state.desk.value?.dataRevision ?? 0]);
  const { loadVolatility, loadSkew } = useActions();
  useEffect(() => {
    if (symbol === null) return;
    void loadVolatility(symbol);
    void loadSkew(symbol);
  }, [symbol, asOf, revision, loadVolatility, loadSkew]);
  if (symbol === null)
    return (
      <div className="state">
        <p>No name is on the desk: import daily prices.</p>
      </div>
    );
  return (
    <RememberedSplit
      name="volatility"
      direction="column"
      share={window.innerHeight < 900 ? 0.66 : 0.7}
      first={
        <RememberedSplit
          name="volatility.charts"
          direction="row"
          share={0.5}
          first={<Cone symbol={symbol} />}
          second={<Term symbol={symbol} />}
        />
      }
      second={
        <RemoteView
          remote={report}
          what={`the realized volatility of ${symbol}`}
          onRetry={() => void loadVolatility(symbol)}
          isEmpty={(value) => value.rows.length === 0}
          empty={<p>{symbol} has no daily prices up to this day: import them.</p>}
        >
          {(value) => <Estimators report={value} />}
        </RemoteView>
      }
    />
  );
}

function Estimators(props: { readonly report: VolatilityReport }): ReactNode {
  const { report } = props;
  const table = useMemo(() => estimatorTable(report), [report]);
  return (
    <>
      {report.warnings.map((warning) => (
        <div className="note-line" key={warning}>
          <span aria-hidden="true">△</span>
          <span>{warning}</span>
        </div>
      ))}
      <GridPane
        title={`Realized volatility of ${report.symbol} up to ${date(report.asOf)}`}
        name="volatility.estimators"
        columns={table.columns}
        rows={table.rows}
        rowId={(row) => row.estimator}
      />
    </>
  );
}

function Cone(props: { readonly symbol: string }): ReactNode {
  const report = useWorkstation((state) => state.volatility.value);
  const skew = useWorkstation((state) => state.skew.value);
  const model = useMemo(() => {
    if (report?.symbol !== props.symbol) return null;
    return coneModel(report, skew?.symbols.find((item) => item.symbol === props.symbol) ?? null);
  }, [report, skew, props.symbol]);
  return (
    <ChartPane
      title={`${props.symbol}: volatility cone`}
      tip="Range of realized volatility by length of window over the stored past, today's values, and the implied term structure on it"
      create={createLineChart}
      model={model}
      empty="The cone needs more daily prices than the desk has."
    />
  );
}

function Term(props: { readonly symbol: string }): ReactNode {
  const skew = useWorkstation((state) => state.skew.value);
  const own = skew?.symbols.find((item) => item.symbol === props.symbol) ?? null;
  const model = useMemo(() => (own === null ? null : termModel(own)), [own]);
  return (
    <ChartPane
      title={`${props.symbol}: term structure`}
      tip="At-the-money volatility of each expiry, and the constant-maturity points of the IV index"
      create={createLineChart}
      model={model}
      empty={own?.reason ?? 'No chain of this day has a volatility.'}
    />
  );
}
