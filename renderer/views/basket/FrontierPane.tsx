import { useMemo, type ReactNode } from 'react';
import { createLineChart } from '../../charts/line-chart.ts';
import { Panel } from '../../components/Panel.tsx';
import { RemoteView } from '../../components/RemoteView.tsx';
import { frontierRulesOf } from '../../state/basket-desk.ts';
import { indexInFront } from '../../state/basket.ts';
import { frontierColumns, frontierRowsOf } from './desk-columns.ts';
import { frontierModel } from './desk-models.ts';
import { PaneStrip } from './PaneStrip.tsx';
import { ChartPane } from '../parts/ChartPane.tsx';
import { GridPane } from '../parts/GridPane.tsx';
import { RememberedSplit } from '../parts/RememberedSplit.tsx';
import { useActions, useStoreItself, useWorkstation } from '../workstation.ts';

/** r² against the number of names, all other rules held; choosing a size builds that basket. */
export function FrontierPane(): ReactNode {
  return (
    <>
      <PaneStrip />
      <Sizes />
    </>
  );
}

function Sizes(): ReactNode {
  const frontier = useWorkstation((state) => state.basketFrontier);
  const index = useWorkstation(indexInFront);
  const { findBasketFrontier, cancelBasketFrontier } = useActions();
  if (frontier.status === 'idle')
    return (
      <Panel title="r² by number of names">
        <div className="state">
          <p>
            Builds a basket of {index} at each size under the rules on the left, so that the number of names
            can be chosen by what it brings.
          </p>
          <button type="button" className="primary" onClick={() => void findBasketFrontier()}>
            Find the frontier
          </button>
        </div>
      </Panel>
    );
  if (frontier.value === null)
    return (
      <Panel title="r² by number of names">
        <RemoteView
          remote={frontier}
          what={`the frontier of ${index ?? ''}`}
          onCancel={cancelBasketFrontier}
          onRetry={() => void findBasketFrontier()}
        >
          {() => null}
        </RemoteView>
      </Panel>
    );
  return (
    <RemoteView
      remote={frontier}
      what={`the frontier of ${index ?? ''}`}
      onCancel={cancelBasketFrontier}
      onRetry={() => void findBasketFrontier()}
    >
      {() => <Found />}
    </RemoteView>
  );
}

function Found(): ReactNode {
  const frontier = useWorkstation((state) => state.basketFrontier.value);
  const isRunning = useWorkstation((state) => state.basketFrontier.status === 'loading');
  const isOld = useWorkstation((state) => state.basketFrontierRules !== frontierRulesOf(state));
  const [maxNames, minRSquared] = useWorkstation((state) => [
    state.basketRules.maxNames ?? null,
    state.basketRules.minRSquared ?? null,
  ]);
  const store = useStoreItself();
  const { findBasketFrontier, cancelBasketFrontier, chooseBasketSize } = useActions();
  const model = useMemo(
    () => (frontier === null ? null : frontierModel(frontier, { maxNames, minRSquared })),
    [frontier, maxNames, minRSquared],
  );
  const rows = useMemo(() => (frontier === null ? [] : frontierRowsOf(frontier)), [frontier]);
  const again = isRunning ? (
    <button type="button" onClick={cancelBasketFrontier}>
      Cancel
    </button>
  ) : (
    <button
      type="button"
      className={isOld ? 'primary' : 'quiet'}
      data-tip={
        isOld ? 'The rules changed since: these sizes are of the rules before' : 'Build every size again'
      }
      onClick={() => void findBasketFrontier()}
    >
      {isOld ? '△ Find again' : 'Find again'}
    </button>
  );
  const create = (container: HTMLElement) =>
    createLineChart(container, {
      onPick: (x) => {
        if (typeof x === 'number') void store.getState().chooseBasketSize(Math.round(x));
      },
    });
  return (
    <RememberedSplit
      name="basket.frontier"
      direction="row"
      share={0.47}
      first={
        <ChartPane
          title={`r² of ${frontier?.index ?? ''} by number of names`}
          tip="The best basket found at each size under the other rules; a click, or Enter at the keyboard’s mark, builds that size"
          create={create}
          model={model}
          tools={again}
          empty="No size has a basket that meets the rules."
        />
      }
      second={
        <GridPane
          title="Sizes"
          name="basket.frontier"
          columns={frontierColumns}
          rows={rows}
          rowId={(row) => String(row.maxNames)}
          selectedId={maxNames === null ? null : String(maxNames)}
          rowClass={(row) => (row.names === null ? 'dim' : '')}
          onOpen={(row) => void chooseBasketSize(row.maxNames)}
          onCellClick={(row) => void chooseBasketSize(row.maxNames)}
        />
      }
    />
  );
}
