import { useMemo, type ReactNode } from 'react';
import type { Chain, ChainExpiry } from '../../../shared/contract/chain.ts';
import { createSmileChart } from '../../charts/smile-chart.ts';
import { Segmented } from '../../components/Segmented.tsx';
import type { SmileAxis } from '../../state/chain.ts';
import { axisNames, smileModel } from './chain-smile.ts';
import { chainTable } from './chain-rows.ts';
import { ChartPane } from '../parts/ChartPane.tsx';
import { RememberedSplit } from '../parts/RememberedSplit.tsx';
import { SkewTable } from './SkewTable.tsx';
import { useActions, useStoreItself, useWorkstation } from '../workstation.ts';

/** The smile of the expiry in front with others laid over, and under it the measures and the fit. */
export function ChainSmile(props: { readonly chain: Chain; readonly front: ChainExpiry }): ReactNode {
  const { chain, front } = props;
  const store = useStoreItself();
  const { chooseChain } = useActions();
  const [axis, strike, strikeWindow] = useWorkstation((state) => [
    state.chainChoices.axis,
    state.strike,
    state.chainChoices.strikeWindow,
  ]);
  const overlays = useWorkstation((state) => state.overlays);
  const strikes = useMemo(() => {
    const rows = chainTable([front], strikeWindow, front.key).rows;
    const [first, last] = [rows[0], rows.at(-1)];
    return first === undefined || last === undefined ? null : { low: first.strike, high: last.strike };
  }, [front, strikeWindow]);
  const model = useMemo(
    () => smileModel({ chain, frontKey: front.key, overlays, axis, selectedStrike: strike, strikes }),
    [chain, front.key, overlays, axis, strike, strikes],
  );
  return (
    <RememberedSplit
      name="chain.smile"
      direction="column"
      share={0.66}
      first={
        <ChartPane
          title="Smile"
          tip="Implied volatility by strike: bars from bid to ask, ● calls and ▲ puts at the mark, the fitted curve; rings mark quotes the fit left out"
          create={(container) =>
            createSmileChart(container, {
              onPick: (picked, expiryKey) => store.getState().focus({ strike: picked, expiryKey }),
            })
          }
          model={model}
          empty={front.fitReason ?? 'No volatility in this expiry to draw.'}
          tools={
            <Segmented<SmileAxis>
              label="Axis"
              value={axis}
              onChange={(next) => chooseChain({ axis: next })}
              choices={(Object.keys(axisNames) as SmileAxis[]).map((value) => ({
                value,
                label: axisNames[value].label,
                tip: axisNames[value].tip,
              }))}
            />
          }
        />
      }
      second={<SkewTable chain={chain} front={front} />}
    />
  );
}
