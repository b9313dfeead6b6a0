import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';

interface SplitPaneProps {
  readonly direction: 'row' | 'column';
  /** Share of the first pane, 0 to 1. */
  readonly share: number;
  readonly onShare: (share: number) => void;
  readonly first: ReactNode;
  readonly second: ReactNode;
  readonly label: string;
}

const least = 0.1;
const step = 0.02;
const bounded = (share: number) => Math.min(1 - least, Math.max(least, share));

/** Two panes with a divider that the mouse drags and the arrows move. */
export function SplitPane(props: SplitPaneProps): ReactNode {
  const { direction, share, onShare, first, second, label } = props;
  const box = useRef<HTMLDivElement>(null);
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || box.current === null) return;
    const area = box.current.getBoundingClientRect();
    const part =
      direction === 'row'
        ? (event.clientX - area.left) / area.width
        : (event.clientY - area.top) / area.height;
    onShare(bounded(part));
  };
  const keys = (event: KeyboardEvent) => {
    const [less, more] = direction === 'row' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
    if (event.key === less) onShare(bounded(share - step));
    else if (event.key === more) onShare(bounded(share + step));
    else return;
    event.preventDefault();
  };
  const parts = `minmax(0, ${share}fr) 5px minmax(0, ${1 - share}fr)`;
  return (
    <div
      ref={box}
      className={`split split-${direction}`}
      style={direction === 'row' ? { gridTemplateColumns: parts } : { gridTemplateRows: parts }}
    >
      <div className="split-part">{first}</div>
      <div
        className="split-divider"
        role="separator"
        aria-label={label}
        aria-orientation={direction === 'row' ? 'vertical' : 'horizontal'}
        aria-valuenow={Math.round(share * 1000) / 10}
        tabIndex={0}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onKeyDown={keys}
      />
      <div className="split-part">{second}</div>
    </div>
  );
}
