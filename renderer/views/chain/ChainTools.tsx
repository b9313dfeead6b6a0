import type { ReactNode } from 'react';
import type { Chain, ChainExpiry, MarkChoice } from '../../../shared/contract/chain.ts';
import { Segmented } from '../../components/Segmented.tsx';
import type { StrikeWindow } from '../../state/chain.ts';
import { markNames } from './chain-columns.ts';
import { InputsByHand } from './InputsByHand.tsx';
import { useActions, useWorkstation } from '../workstation.ts';

const windows: readonly { readonly label: string; readonly window: StrikeWindow }[] = [
  { label: 'all strikes', window: { by: 'all', size: 0 } },
  { label: '±1 σ', window: { by: 'sigma', size: 1 } },
  { label: '±2 σ', window: { by: 'sigma', size: 2 } },
  { label: '±3 σ', window: { by: 'sigma', size: 3 } },
  { label: '±4 σ', window: { by: 'sigma', size: 4 } },
  { label: 'nearest 21', window: { by: 'count', size: 21 } },
  { label: 'nearest 41', window: { by: 'count', size: 41 } },
];

/** Columns, strikes, mark, tabs or all expiries. */
export function ChainTools(props: {
  readonly chain: Chain;
  readonly front: ChainExpiry;
  readonly onCenter: () => void;
}): ReactNode {
  const choices = useWorkstation((state) => state.chainChoices);
  const { chooseChain } = useActions();
  const shown = windows.findIndex(
    (item) => JSON.stringify(item.window) === JSON.stringify(choices.strikeWindow),
  );
  return (
    <div className="toolbar" role="toolbar" aria-label="Chain">
      <Segmented
        label="Columns"
        value={choices.columnSet}
        onChange={(columnSet) => chooseChain({ columnSet })}
        choices={[
          { value: 'prices', label: 'Prices' },
          { value: 'volatility', label: 'Volatility' },
          { value: 'greeks', label: 'Greeks' },
          { value: 'liquidity', label: 'Liquidity' },
          { value: 'all', label: 'All' },
        ]}
      />
      <label data-tip="Strikes shown: all, by count around the forward, or within so many standard deviations (ATM vol × √T)">
        Strikes
        <select
          value={shown}
          onChange={(event) => {
            const chosen = windows[Number(event.target.value)];
            if (chosen !== undefined) chooseChain({ strikeWindow: chosen.window });
          }}
        >
          {windows.map((item, index) => (
            <option key={item.label} value={index}>
              {item.label}
            </option>
          ))}
        </select>
      </label>
      <label data-tip="The price that volatilities and greeks are computed from">
        Mark
        <select
          value={choices.mark}
          onChange={(event) => chooseChain({ mark: event.target.value as MarkChoice })}
        >
          {(Object.keys(markNames) as MarkChoice[]).map((mark) => (
            <option key={mark} value={mark}>
              {markNames[mark]}
            </option>
          ))}
        </select>
      </label>
      <label data-tip="All expiries under each other in one table">
        <input
          type="checkbox"
          checked={choices.stacked}
          onChange={(event) => chooseChain({ stacked: event.target.checked })}
        />
        All expiries
      </label>
      <button
        type="button"
        className="quiet"
        data-tip="Bring the strike nearest to the forward to the middle"
        onClick={props.onCenter}
      >
        Center
      </button>
      <InputsByHand chain={props.chain} front={props.front} />
    </div>
  );
}
