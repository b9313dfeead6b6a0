import { useEffect, useMemo, type ReactNode } from 'react';
import type { HedgeProposal } from '../../../shared/contract/hedge.ts';
import { sentenceOf } from '../../../shared/failure.ts';
import { createLineChart } from '../../charts/line-chart.ts';
import { money, percent } from '../../format.ts';
import { ChartPane } from '../parts/ChartPane.tsx';
import { useActions, useWorkstation } from '../workstation.ts';
import { frontierModel } from './hedge-models.ts';
import { prose } from '../../prose.ts';

/** The most premium at each limit of net delta; a point is chosen by mouse or from the list, and its case opened. */
export function Frontier(props: { readonly proposal: HedgeProposal }): ReactNode {
  const { proposal } = props;
  const frontier = useWorkstation((state) => state.frontier);
  const chosen = useWorkstation((state) => state.frontierPoint);
  const { loadFrontier, chooseFrontierPoint } = useActions();
  useEffect(() => void loadFrontier(proposal.request), [proposal, loadFrontier]);
  const model = useMemo(
    () => (frontier.value === null ? null : frontierModel(frontier.value, proposal, chosen)),
    [frontier.value, proposal, chosen],
  );
  const create = (container: HTMLElement) =>
    createLineChart(container, {
      onPick: (x) => {
        if (typeof x === 'number') chooseFrontierPoint(x);
      },
    });
  return (
    <ChartPane
      title="Net delta against net premium"
      tip="The most premium that any hedge within the limits brings, by limit of net delta"
      tools={model === null ? null : <Points proposal={proposal} />}
      create={create}
      model={model}
      empty={
        frontier.status === 'failed'
          ? prose(sentenceOf(frontier.error))
          : frontier.status === 'ready'
            ? 'No limit of net delta has a solution.'
            : 'Finding the frontier …'
      }
    />
  );
}

function Points(props: { readonly proposal: HedgeProposal }): ReactNode {
  const { request, currency } = props.proposal;
  const points = useWorkstation((state) => state.frontier.value?.points ?? []);
  const chosen = useWorkstation((state) => state.frontierPoint);
  const isRunning = useWorkstation((state) => state.hedge.status === 'loading');
  const { chooseFrontierPoint, openFrontierPoint } = useActions();
  return (
    <>
      <select
        aria-label="Point of the frontier"
        value={chosen ?? ''}
        onChange={(event) =>
          chooseFrontierPoint(event.target.value === '' ? null : Number(event.target.value))
        }
      >
        <option value="">choose a point</option>
        {points
          .filter((point) => point.netPremium !== null)
          .map((point) => (
            <option key={point.netDeltaLimit} value={point.netDeltaLimit}>
              ≤ {percent(point.netDeltaLimit, 1)} %: {money(point.netPremium)} {currency}
            </option>
          ))}
      </select>
      <button
        type="button"
        className={chosen === null ? '' : 'primary'}
        disabled={chosen === null || isRunning}
        data-tip={
          chosen === null
            ? 'Choose a point on the line or from the list'
            : 'Brings the case of this point to the front; where it was not run yet it is run and kept as a draft'
        }
        onClick={() => void openFrontierPoint(request)}
      >
        Open
      </button>
    </>
  );
}
