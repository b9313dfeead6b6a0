import { useEffect, useMemo, type ReactNode } from 'react';
import type { ForwardStartValue, Richness } from '../../../shared/contract/forward-starts.ts';
import { createLineChart } from '../../charts/line-chart.ts';
import { Facts } from '../../components/Facts.tsx';
import { RemoteView } from '../../components/RemoteView.tsx';
import { integer, percent, shortDate, volPercent, volPoints } from '../../format.ts';
import { ChartPane } from '../parts/ChartPane.tsx';
import { useContractRevision } from '../contracts/use-contract-revision.ts';
import { useActions, useWorkstation } from '../workstation.ts';
import { unitOf, unitPriceText } from './forward-start-columns.ts';
import { richModel } from './payout-models.ts';
import { prose } from '../../prose.ts';

/** The contract in front against the chain's forward volatility and against every past stretch as long. */
export function RichPane(props: { readonly contracts: readonly ForwardStartValue[] }): ReactNode {
  const open = props.contracts.filter((item) => item.state !== 'settled');
  const contractId = useWorkstation((state) => state.contractId);
  const chosen = open.find((item) => item.terms.contractId === contractId) ?? open[0] ?? null;
  const id = chosen?.terms.contractId ?? null;
  const richness = useWorkstation((state) => state.richness);
  const [asOf, revision] = useWorkstation((state) => [state.asOf, state.desk.value?.dataRevision ?? 0]);
  const changes = useContractRevision();
  const { loadRichness, chooseContract } = useActions();
  useEffect(() => {
    if (id !== null) void loadRichness(id);
  }, [id, asOf, revision, changes, loadRichness]);
  if (chosen === null || id === null)
    return (
      <div className="state">
        <p>No contract of this name is open: enter one to see whether it is rich or cheap.</p>
      </div>
    );
  return (
    <>
      <div className="toolbar">
        <label>
          Contract{' '}
          <select
            aria-label="Contract looked at"
            value={id}
            onChange={(event) => chooseContract(event.target.value)}
          >
            {open.map(({ terms }) => (
              <option key={terms.contractId}>{terms.contractId}</option>
            ))}
          </select>
        </label>
      </div>
      <RemoteView remote={richness} what={`${id} against its past`} onRetry={() => void loadRichness(id)}>
        {(value) => <Compared richness={value} family={chosen.terms.family} />}
      </RemoteView>
    </>
  );
}

function Compared(props: {
  readonly richness: Richness;
  readonly family: 'relative' | 'absolute';
}): ReactNode {
  const { richness, family } = props;
  const { history, contractVol, marketVol } = richness;
  const model = useMemo(() => richModel(richness), [richness]);
  const unit = unitOf(family);
  return (
    <>
      <Facts
        label="Rich or cheap"
        facts={[
          {
            label: 'Contract vol',
            value: volPercent(contractVol),
            unit: '%',
            tone: 'strong',
            tip: `Volatility implied by ${richness.priceSource}`,
          },
          { label: 'Chain', value: volPercent(marketVol), unit: '%', tip: richness.marketNote },
          {
            label: 'Over chain',
            value: contractVol === null || marketVol === null ? '—' : volPoints(contractVol - marketVol),
            unit: 'vol pts',
            tip: 'Above zero the contract is dearer than the chain’s forward volatility',
          },
          {
            label: 'Price',
            value: unitPriceText(family, richness.price),
            unit,
            tip: 'Undiscounted: what the payoff has to earn back',
          },
          ...(history === null
            ? []
            : [
                {
                  label: 'Past payoff',
                  value: unitPriceText(family, history.meanPayoff),
                  unit,
                  tone: 'strong' as const,
                  tip: 'What the same payoff paid on average over past windows as long',
                },
                {
                  label: 'Worth in vol',
                  value: volPercent(history.fairVol),
                  unit: '%',
                  tip: 'Volatility at which the contract is worth its past average payoff',
                },
                {
                  label: 'Earned back',
                  value: percent(history.earnedShare, 0),
                  unit: '% of windows',
                  tip: 'Past windows whose payoff was above the price',
                },
                {
                  label: 'Vol percentile',
                  value: history.volPercentile === null ? '—' : percent(history.volPercentile, 0),
                  unit: '%',
                  tip: 'Past windows whose realized volatility was below the contract’s: near 100 the contract is rich, near 0 cheap',
                },
                {
                  label: 'Realized',
                  value: volPercent(history.realizedVol?.median),
                  unit: '% median',
                  tip: `From ${volPercent(history.realizedVol?.low)} to ${volPercent(history.realizedVol?.high)}, newest ${volPercent(history.realizedVol?.newest)}; zero mean, windows of the contract's length`,
                },
              ]),
        ]}
      />
      {richness.reason !== null && (
        <div className="note-line">
          <span aria-hidden="true">△</span>
          <span>{prose(richness.reason)}</span>
        </div>
      )}
      <ChartPane
        title={`${richness.contractId}: past moves over as many sessions, and where the price is earned back`}
        tip="Cumulative distribution of F₂ ÷ F₁ over every past window of as many sessions; uprights are the break-even moves"
        create={(container) => createLineChart(container)}
        model={model}
        empty="No past window is long enough: import more daily prices."
      />
      {history !== null && (
        <div className="pane-foot dim">
          {integer(history.windows)} overlapping windows from {shortDate(history.from)} to{' '}
          {shortDate(history.to)}, of which {integer(history.independentWindows)} share no day: read the
          percentiles with that number in mind.
        </div>
      )}
    </>
  );
}
