import type { ReactNode } from 'react';
import { SplitPane } from '../../components/SplitPane.tsx';
import { useActions, useWorkstation } from '../workstation.ts';

/** Two panes whose sizes are kept under a name. */
export function RememberedSplit(props: {
  readonly name: string;
  readonly direction: 'row' | 'column';
  /** Share of the first pane until the user moves the divider. */
  readonly share: number;
  readonly first: ReactNode;
  readonly second: ReactNode;
}): ReactNode {
  const { name, share, ...rest } = props;
  const kept = useWorkstation((state) => state.preferences[`split.${name}`]);
  const { remember } = useActions();
  return (
    <SplitPane
      {...rest}
      label={`Divider of ${name}`}
      share={typeof kept === 'number' ? kept : share}
      onShare={(next) => remember(`split.${name}`, Math.round(next * 1000) / 1000)}
    />
  );
}
