import { useRef, useState, type ReactNode } from 'react';
import type { ScenarioHead } from '../../../shared/contract/scenario.ts';
import { Panel } from '../../components/Panel.tsx';
import { RemoteView } from '../../components/RemoteView.tsx';
import { date, instant } from '../../format.ts';
import { dayInFront } from '../../state/desk.ts';
import { scenarioIdInFront } from '../../state/scenario.ts';
import { useActions, useWorkstation } from '../workstation.ts';
import { NameDialog } from './NameDialog.tsx';
import { branchesOf, freeSessionName } from './scenario-models.ts';

/** Sessions and their branches; a `*` where something is not saved. */
export function BranchTree(): ReactNode {
  const scenarios = useWorkstation((state) => state.scenarios);
  const inFront = useWorkstation(scenarioIdInFront);
  const day = useWorkstation(dayInFront);
  const freeze = useWorkstation((state) => state.scenarioFreeze);
  const { openScenario, newScenario, importScenario, loadScenarios, restoreScenario, cancelFreeze } =
    useActions();
  const [isNaming, setNaming] = useState(false);
  const file = useRef<HTMLInputElement>(null);
  const isFreezing = freeze.status === 'loading';
  const names = (scenarios.value?.sessions ?? []).map((one) => one.name);
  const take = async (chosen: File | undefined) => {
    if (chosen !== undefined) await importScenario(chosen.name, await chosen.text());
  };
  return (
    <Panel
      title="Scenarios"
      tip="Branches of frozen copies of the book; * where the working copy is not saved"
      tools={
        <>
          {isFreezing ? (
            <button type="button" className="quiet" onClick={cancelFreeze}>
              Cancel freezing
            </button>
          ) : (
            <button
              type="button"
              className={inFront === null ? 'primary' : ''}
              data-tip="Freezes positions, quotes, surfaces and settings as they stand, and opens a session on the copy"
              onClick={() => setNaming(true)}
            >
              New from book
            </button>
          )}
          <button
            type="button"
            className="quiet"
            data-tip="Open a scenario that was exported to a file"
            onClick={() => file.current?.click()}
          >
            Import
          </button>
          <input
            ref={file}
            type="file"
            hidden
            aria-label="Scenario file"
            accept=".json,application/json"
            onChange={(event) => {
              void take(event.target.files?.[0]);
              event.target.value = '';
            }}
          />
        </>
      }
    >
      <RemoteView
        remote={scenarios}
        what="the scenarios"
        onRetry={() => void loadScenarios()}
        isEmpty={(value) => value.sessions.length + value.deleted.length === 0}
        empty={<p>{isFreezing ? 'Freezing the book …' : 'None yet.'}</p>}
      >
        {(value) => (
          <div className="branches" role="tree" aria-label="Scenarios">
            {branchesOf(value.sessions).map(({ head, depth }) => (
              <Branch
                key={head.scenarioId}
                head={head}
                depth={depth}
                isInFront={head.scenarioId === inFront}
                onOpen={() => openScenario(head.scenarioId)}
              />
            ))}
            {value.deleted.map((gone) => (
              <div key={gone.scenarioId} className="branch-gone dim">
                <span className="clip">{gone.name}</span>
                <button
                  type="button"
                  className="quiet"
                  data-tip={`Deleted ${instant(gone.deletedAt)}`}
                  onClick={() => void restoreScenario(gone.scenarioId)}
                >
                  Restore
                </button>
              </div>
            ))}
          </div>
        )}
      </RemoteView>
      {isNaming && (
        <NameDialog
          title={`New what-if from the book of ${date(day)}`}
          confirm="Freeze and open"
          name={freeSessionName(`What-if ${date(day)}`, names)}
          taken={names}
          withNote
          onName={(name, note) => void newScenario(name, note)}
          onClose={() => setNaming(false)}
        />
      )}
    </Panel>
  );
}

function Branch(props: {
  readonly head: ScenarioHead;
  readonly depth: number;
  readonly isInFront: boolean;
  readonly onOpen: () => void;
}): ReactNode {
  const { head, depth, isInFront, onOpen } = props;
  return (
    <button
      type="button"
      role="treeitem"
      aria-level={depth + 1}
      aria-selected={isInFront}
      aria-current={isInFront ? 'true' : undefined}
      className="branch"
      style={{ paddingLeft: `${8 + depth * 14}px` }}
      data-tip={[
        `${head.name}${head.unsaved ? ' — not saved' : ''}`,
        `Book of ${date(head.asOf)}, frozen ${instant(head.takenAt)}`,
        head.parentName === null ? '' : `Branch of ${head.parentName}`,
        head.shock ?? '',
        head.note,
      ]
        .filter(Boolean)
        .join('\n')}
      onClick={onOpen}
    >
      <span className="clip">
        {depth > 0 && <span className="dim">└ </span>}
        {head.name}
        {head.unsaved && <b className="edited"> *</b>}
      </span>
      <span className="dim">{date(head.asOf)}</span>
    </button>
  );
}
