import type { ReactNode } from 'react';
import { Segmented, type Choice } from '../../components/Segmented.tsx';
import { integer } from '../../format.ts';
import type { BasketPane } from '../../state/basket-desk.ts';
import { useActions, useWorkstation } from '../workstation.ts';

/** The line over what lies under the basket: which of it is shown, and its own choices beside it. */
export function PaneStrip(props: { readonly children?: ReactNode }): ReactNode {
  const pane = useWorkstation((state) => state.basketPane);
  const broken = useWorkstation((state) => state.basketDrift.value?.days.at(-1)?.broken.length ?? 0);
  const { showBasketPane } = useActions();
  const choices: readonly Choice<BasketPane>[] = [
    { value: 'saved', label: 'Saved', tip: 'Baskets and their versions' },
    { value: 'frontier', label: 'Frontier', tip: 'r² by the number of names' },
    { value: 'compare', label: 'Compare', tip: 'Two versions name by name' },
    { value: 'trades', label: 'Trades', tip: 'From the shares held to the basket’s' },
    {
      value: 'drift',
      label: broken > 0 ? `Drift ▲ ${integer(broken)}` : 'Drift',
      tip: 'The rules tested again on every day since',
    },
  ];
  return (
    <div className="toolbar">
      <Segmented label="Under the basket" choices={choices} value={pane} onChange={showBasketPane} />
      {props.children}
    </div>
  );
}
