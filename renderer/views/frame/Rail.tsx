import type { ReactNode } from 'react';
import { Icon } from '../../components/Icon.tsx';
import { views } from '../registry.tsx';
import { useActions, useWorkstation } from '../workstation.ts';

/** The views by icon and name; the shortcut on hover. */
export function Rail(): ReactNode {
  const view = useWorkstation((state) => state.view);
  const { openView } = useActions();
  return (
    <nav className="rail" aria-label="Views">
      {views.map((entry) => (
        <button
          key={entry.name}
          type="button"
          aria-current={entry.name === view ? 'page' : undefined}
          data-tip={`${entry.title}: ${entry.about}\nAlt ${entry.key.toUpperCase()}`}
          aria-keyshortcuts={`Alt+${entry.key.toUpperCase()}`}
          onClick={() => openView(entry.name)}
        >
          <Icon name={entry.name} />
          <span>{entry.short ?? entry.title}</span>
        </button>
      ))}
    </nav>
  );
}
