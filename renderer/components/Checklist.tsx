import type { ReactNode } from 'react';
import { prose } from '../prose.ts';

export interface ChecklistItem {
  readonly id: string;
  /** `met`: fine; `warning`: to be known; `failed`: in the way. */
  readonly state: 'met' | 'warning' | 'failed';
  readonly text: string;
  readonly detail?: ReactNode;
  readonly tip?: string;
}

const marks = { met: '✓', warning: '△', failed: '▲' } as const;
const words = { met: 'met', warning: 'warning', failed: 'not met' } as const;

/** Rules with whether they hold: a shape and a word beside the color. */
export function Checklist(props: {
  readonly label: string;
  readonly items: readonly ChecklistItem[];
}): ReactNode {
  return (
    <ul className="checklist" aria-label={props.label}>
      {props.items.map((item) => (
        <li key={item.id} className={`check-${item.state}`} data-tip={item.tip ?? item.text}>
          <span className="check-mark" role="img" aria-label={words[item.state]}>
            {marks[item.state]}
          </span>
          <span className="check-text">{prose(item.text)}</span>
          {item.detail !== undefined && <span className="check-detail">{item.detail}</span>}
        </li>
      ))}
    </ul>
  );
}
