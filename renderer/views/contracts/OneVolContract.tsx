import { useEffect, useMemo, useState, type ReactNode } from 'react';
import type { RealizedVolValue } from '../../../shared/contract/vol-contracts.ts';
import { createLineChart } from '../../charts/line-chart.ts';
import { Facts } from '../../components/Facts.tsx';
import { RemoteView } from '../../components/RemoteView.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { date } from '../../format.ts';
import { currencyOf, dayInFront } from '../../state/desk.ts';
import { ChartPane } from '../parts/ChartPane.tsx';
import { GridPane } from '../parts/GridPane.tsx';
import { RememberedSplit } from '../parts/RememberedSplit.tsx';
import { useActions, useWorkstation } from '../workstation.ts';
import { ObservationDialog } from './ObservationDialog.tsx';
import { useContractRevision } from './use-contract-revision.ts';
import { EstimatorsPane, LogPane, StripPane, VariancePane } from './VolAnalysisPanes.tsx';
import { observationColumns, type Observation } from './vol-contract-columns.ts';
import { volContractFacts, volContractModel } from './vol-contract-models.ts';

const observationId = (row: Observation) => `${row.date} ${row.time ?? ''}`;

const asides = [
  { value: 'observations', label: 'Observations', tip: 'Every mark of the period; settlement uses these' },
  { value: 'estimators', label: 'Estimators', tip: 'The same marks by every formula' },
  { value: 'strip', label: 'Strip', tip: 'Shorter contracts over the same period, by root mean square' },
  { value: 'variance', label: 'Variance', tip: 'Convexity, and the variance swap of the same vega' },
  { value: 'log', label: 'Log', tip: 'What was told of the marks' },
] as const;
type Aside = (typeof asides)[number]['value'];

/** One contract: its numbers, its line through the period, and beside it what it rests on. */
export function OneVolContract(props: { readonly contract: RealizedVolValue }): ReactNode {
  const { contract } = props;
  const { terms } = contract;
  const day = useWorkstation(dayInFront);
  const currency = useWorkstation((state) => currencyOf(state, [terms.underlying]));
  const model = useMemo(() => volContractModel(contract, day), [contract, day]);
  const [aside, setAside] = useState<Aside>('observations');
  return (
    <>
      {[...contract.warnings, ...(contract.reason === null ? [] : [contract.reason])].map((warning) => (
        <div className="note-line" key={warning}>
          <span aria-hidden="true">△</span>
          <span>
            <strong>{terms.contractId}</strong>: {warning}
          </span>
        </div>
      ))}
      <Facts label={`Numbers of ${terms.contractId}`} facts={volContractFacts(contract, currency)} />
      <RememberedSplit
        name="vol-contracts.one"
        direction="row"
        share={0.5}
        first={
          <ChartPane
            title={`${terms.contractId}: ${terms.underlying}, ${date(terms.startDate)} to ${date(terms.endDate)}`}
            tip="Realized volatility of the period so far, what the market gives the rest, and what the rest must do for the trade to break even"
            create={createLineChart}
            model={model}
          />
        }
        second={
          <>
            <div className="toolbar">
              <Segmented label="Beside the chart" choices={asides} value={aside} onChange={setAside} />
            </div>
            {aside === 'observations' ? (
              <ObservationsPane key={terms.contractId} contract={contract} />
            ) : (
              <AnalysisPane contract={contract} aside={aside} currency={currency} />
            )}
          </>
        }
      />
    </>
  );
}

function ObservationsPane(props: { readonly contract: RealizedVolValue }): ReactNode {
  const { terms, observations, state } = props.contract;
  const [chosen, setChosen] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const next =
    observations.find((row) => row.status === 'missing') ??
    observations.find((row) => row.status === 'expected') ??
    null;
  const row = observations.find((one) => observationId(one) === chosen) ?? null;
  const nextId = next === null ? null : observationId(next);
  const canTell = state !== 'settled' && row !== null && row.status !== 'expected';
  return (
    <>
      <GridPane
        title={`Observations of ${terms.contractId}`}
        tip="Every mark of the period; settlement uses these and no others. Enter or a double click corrects one."
        name="vol-contracts.observations"
        columns={observationColumns}
        rows={observations}
        rowId={observationId}
        fit
        selectedId={chosen}
        onSelect={(one) => setChosen(observationId(one))}
        onOpen={(one) => {
          setChosen(observationId(one));
          setAsking(true);
        }}
        center={nextId === null ? null : { id: nextId, token: `${terms.contractId} ${nextId}` }}
        tools={
          <button
            type="button"
            className="quiet"
            disabled={!canTell}
            data-tip={
              state === 'settled'
                ? 'A confirmed settlement is final'
                : 'Choose a mark: correct it, or declare its session disrupted'
            }
            onClick={() => setAsking(true)}
          >
            Correct…
          </button>
        }
      />
      {asking && row !== null && canTell && (
        <ObservationDialog
          terms={terms}
          row={row}
          isBase={row === observations[0]}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

function AnalysisPane(props: {
  readonly contract: RealizedVolValue;
  readonly aside: Exclude<Aside, 'observations'>;
  readonly currency: string;
}): ReactNode {
  const { contract, aside, currency } = props;
  const { terms } = contract;
  const analysis = useWorkstation((state) => state.volAnalysis);
  const [convexity, quotes] = useWorkstation((state) => [state.volConvexity, state.stripQuotes]);
  const [asOf, revision] = useWorkstation((state) => [state.asOf, state.desk.value?.dataRevision ?? 0]);
  const changes = useContractRevision();
  const { loadVolAnalysis } = useActions();
  const { contractId } = terms;
  useEffect(
    () => void loadVolAnalysis(contractId),
    [contractId, convexity, quotes, asOf, revision, changes, loadVolAnalysis],
  );
  return (
    <RemoteView
      remote={analysis}
      what={`what ${contractId} is made of`}
      onRetry={() => void loadVolAnalysis(contractId)}
    >
      {(value) => {
        const pane = { terms, analysis: value, currency };
        if (aside === 'estimators') return <EstimatorsPane {...pane} />;
        if (aside === 'strip') return <StripPane {...pane} />;
        return aside === 'variance' ? <VariancePane {...pane} /> : <LogPane {...pane} />;
      }}
    </RemoteView>
  );
}
