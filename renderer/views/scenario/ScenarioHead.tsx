import { useState, type ReactNode } from 'react';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { Menu, type MenuItem } from '../../components/Menu.tsx';
import { counted, date, instant } from '../../format.ts';
import { useActions, useWorkstation } from '../workstation.ts';
import { NameDialog } from './NameDialog.tsx';
import { freeSessionName } from './scenario-models.ts';

type Asked = 'branch' | 'save-as' | 'rename' | 'promote' | 'add' | 'subtract' | null;

/** Name, frozen book, undo, and what can be done with the session. */
export function ScenarioHead(props: { readonly open: OutputOf<'scenario.open'> }): ReactNode {
  const { head, steps } = props.open;
  const [asked, setAsked] = useState<Asked>(null);
  const [menu, setMenu] = useState<{ readonly x: number; readonly y: number } | null>(null);
  const actions = useActions();
  const sessions = useWorkstation((state) => state.scenarios.value?.sessions ?? null);
  const others = (sessions ?? []).filter((one) => one.scenarioId !== head.scenarioId);
  const undone = steps.find((step) => !step.inForce);
  const done = steps.findLast((step) => step.inForce);
  const alone = others.length === 0 ? { disabled: 'There is no other scenario.' } : {};
  const items: readonly MenuItem[] = [
    { label: 'Rename or note …', onChoose: () => setAsked('rename') },
    {
      label: 'Go back to what was saved',
      ...(head.unsaved ? {} : { disabled: 'It is as it was saved.' }),
      onChoose: () => void actions.revertScenario(),
    },
    { label: 'Put its edits on the book of now', onChoose: () => void actions.refreshScenario() },
    { label: 'Add another scenario’s positions …', ...alone, onChoose: () => setAsked('add') },
    { label: 'Subtract another scenario’s positions …', ...alone, onChoose: () => setAsked('subtract') },
    { label: 'Export to a file', onChoose: () => void actions.exportScenario() },
    { label: 'Delete', onChoose: () => void actions.deleteScenario() },
  ];
  return (
    <div className="toolbar scenario-head">
      <strong
        className="scenario-name"
        data-tip={[
          head.note,
          `Made ${instant(head.createdAt)} by ${head.createdBy}`,
          `Saved ${instant(head.savedAt)}`,
        ]
          .filter(Boolean)
          .join('\n')}
      >
        {head.name}
        {head.unsaved && (
          <b className="edited" data-tip="Not saved; kept on the desk all the same">
            {' '}
            *
          </b>
        )}
      </strong>
      <span className="dim" data-tip={props.open.quality.join('\n')}>
        book of {date(head.asOf)}, frozen {instant(head.takenAt)}
        {head.parentName !== null && `, branch of ${head.parentName}`}
      </span>
      <span className="spacer" />
      <button
        type="button"
        className="quiet"
        disabled={!head.canUndo}
        aria-label="Undo in the scenario"
        data-tip={done === undefined ? 'Nothing to undo' : `Undo: ${done.label} (Ctrl/⌘ Z)`}
        onClick={() => void actions.undoScenario()}
      >
        ↶
      </button>
      <button
        type="button"
        className="quiet"
        disabled={!head.canRedo}
        aria-label="Redo in the scenario"
        data-tip={undone === undefined ? 'Nothing to redo' : `Redo: ${undone.label} (Ctrl/⌘ Shift Z)`}
        onClick={() => void actions.redoScenario()}
      >
        ↷
      </button>
      <button
        type="button"
        disabled={!head.unsaved}
        data-tip="What it goes back to; the working copy is kept on the desk in any case"
        onClick={() => void actions.saveScenario()}
      >
        Save
      </button>
      <button
        type="button"
        data-tip="The working copy under another name; this one goes back to what was saved"
        onClick={() => setAsked('save-as')}
      >
        Save as
      </button>
      <button
        type="button"
        data-tip="Another session from this working copy, on the same frozen book"
        onClick={() => setAsked('branch')}
      >
        Branch
      </button>
      <button
        type="button"
        className="primary"
        data-tip="The trades of this scenario as a draft suggestion, reviewed like any other"
        onClick={() => setAsked('promote')}
      >
        Promote to review
      </button>
      <button
        type="button"
        aria-haspopup="menu"
        aria-label="More"
        onClick={(event) => {
          const { left, bottom } = event.currentTarget.getBoundingClientRect();
          setMenu({ x: left, y: bottom + 2 });
        }}
      >
        ⋯
      </button>
      {menu !== null && <Menu label="Scenario" at={menu} items={items} onClose={() => setMenu(null)} />}
      <Question asked={asked} open={props.open} onClose={() => setAsked(null)} />
    </div>
  );
}

function Question(props: {
  readonly asked: Asked;
  readonly open: OutputOf<'scenario.open'>;
  readonly onClose: () => void;
}): ReactNode {
  const { asked, open, onClose } = props;
  const { head } = open;
  const actions = useActions();
  const sessions = useWorkstation((state) => state.scenarios.value?.sessions ?? null);
  const names = (sessions ?? []).map((one) => one.name);
  switch (asked) {
    case null:
      return null;
    case 'branch':
      return (
        <NameDialog
          title={`Branch of ${head.name}`}
          confirm="Branch"
          name={freeSessionName(`${head.name} B`, names)}
          taken={names}
          withNote
          onName={(name, note) => void actions.branchScenario(name, note)}
          onClose={onClose}
        />
      );
    case 'save-as':
      return (
        <NameDialog
          title={`Save ${head.name} as`}
          confirm="Save as"
          name={freeSessionName(head.name, names)}
          taken={names}
          onName={(name) => void actions.saveScenarioAs(name)}
          onClose={onClose}
        />
      );
    case 'rename':
      return (
        <NameDialog
          title={`Name and note of ${head.name}`}
          confirm="Keep"
          name={head.name}
          note={head.note}
          taken={names.filter((name) => name !== head.name)}
          withNote
          onName={(name, note) =>
            void actions.renameScenario({ ...(name === head.name ? {} : { name }), note })
          }
          onClose={onClose}
        />
      );
    case 'promote':
      return <Promote open={open} onClose={onClose} />;
    case 'add':
    case 'subtract':
      return <Combine sign={asked} open={open} onClose={onClose} />;
  }
}

function Combine(props: {
  readonly sign: 'add' | 'subtract';
  readonly open: OutputOf<'scenario.open'>;
  readonly onClose: () => void;
}): ReactNode {
  const { sign, open, onClose } = props;
  const { combineScenario } = useActions();
  const sessions = useWorkstation((state) => state.scenarios.value?.sessions ?? null);
  const others = (sessions ?? []).filter((one) => one.scenarioId !== open.head.scenarioId);
  const [otherId, setOtherId] = useState(others[0]?.scenarioId ?? null);
  return (
    <Dialog
      title={sign === 'add' ? `Add to ${open.head.name}` : `Subtract from ${open.head.name}`}
      confirm={sign === 'add' ? 'Add' : 'Subtract'}
      canConfirm={otherId !== null}
      onConfirm={() => {
        if (otherId !== null) void combineScenario(otherId, sign);
        onClose();
      }}
      onClose={onClose}
    >
      <label>
        All positions of{' '}
        <select
          aria-label="Other scenario"
          value={otherId ?? ''}
          onChange={(event) => setOtherId(Number(event.target.value))}
        >
          {others.map((one) => (
            <option key={one.scenarioId} value={one.scenarioId}>
              {one.name}
            </option>
          ))}
        </select>
        {sign === 'add' ? ' are added; ' : ' are taken off; '}one undo takes it back.
      </label>
    </Dialog>
  );
}

/** What could not become an order is named before the review opens. */
function Promote(props: {
  readonly open: OutputOf<'scenario.open'>;
  readonly onClose: () => void;
}): ReactNode {
  const { open, onClose } = props;
  const { promoteScenario, openView, tell } = useActions();
  const [left, setLeft] = useState<readonly { readonly label: string; readonly reason: string }[] | null>(
    null,
  );
  const trades = open.rows.filter((row) => row.change !== 'same').length;
  const review = () => {
    onClose();
    openView('review');
  };
  const promote = async () => {
    if (left !== null) return review();
    const made = await promoteScenario(`From scenario ${open.head.name}`);
    if (made === null) return onClose();
    tell('done', `Draft suggestion ${made.suggestionId} holds ${counted(made.legs, 'leg')}.`);
    if (made.left.length === 0) review();
    else setLeft(made.left);
  };
  return (
    <Dialog
      title={`Promote ${open.head.name} to review`}
      confirm={left === null ? 'Make a draft' : 'Open the review'}
      canConfirm={trades > 0}
      onConfirm={() => void promote()}
      onClose={onClose}
      {...(left === null ? {} : { dismiss: 'Stay here' })}
    >
      {left === null ? (
        <p>
          {trades === 0
            ? 'It trades nothing: add, change or remove a position first.'
            : `${counted(trades, 'position')} differ from the book and become legs of a draft suggestion. Nothing is sent; the live book stays as it is until the suggestion is approved and filled.`}
        </p>
      ) : (
        <>
          <p>The draft is made. These could not become orders:</p>
          <ul>
            {left.map((one) => (
              <li key={one.label}>
                <b>{one.label}</b>: {one.reason}
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  );
}
