import { useMemo, type ReactNode } from 'react';
import { Panel } from '../../components/Panel.tsx';
import { counted } from '../../format.ts';
import { useActions, useWorkstation } from '../workstation.ts';
import { differencesOf } from './scenario-models.ts';

const marks = { added: '+', removed: '−', changed: '±' } as const;

/** What the session has otherwise than the book it was made from, always in sight. */
export function Differences(): ReactNode {
  const open = useWorkstation((state) => state.scenarioOpen.value);
  const { editScenario } = useActions();
  const lines = useMemo(() => (open === null ? [] : differencesOf(open)), [open]);
  return (
    <Panel
      title={`Differences from the book: ${open === null ? '' : lines.length === 0 ? 'none' : counted(lines.length, 'line')}`}
      tip="Every way in which the session differs from its frozen book; ✕ takes one back, Ctrl/⌘ Z the last step"
    >
      <ul className="difference-list" aria-label="Differences from the book">
        {lines.map((line) => (
          <li key={line.key} data-what={line.what}>
            <span className={line.what === 'removed' ? 'loss' : line.what === 'added' ? 'gain' : 'edited'}>
              {marks[line.what]}
            </span>
            <span className="clip" data-tip={`${line.subject}: ${line.what}, ${line.detail}`}>
              <b>{line.subject}</b> {line.detail}
            </span>
            <button
              type="button"
              className="quiet"
              aria-label={`Take back: ${line.subject}`}
              data-tip="Take this one back"
              onClick={() => void editScenario(line.takeBack)}
            >
              ✕
            </button>
          </li>
        ))}
        {open !== null && lines.length === 0 && (
          <li className="dim">
            <span />
            <span>It is the book as it was frozen.</span>
          </li>
        )}
      </ul>
    </Panel>
  );
}
