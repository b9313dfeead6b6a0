import type { ReactNode } from 'react';
import type { ExpiryProposal } from '../../../shared/contract/expiry-day.ts';
import { NumberField } from '../../components/NumberField.tsx';
import { Panel } from '../../components/Panel.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { counted, date, integer } from '../../format.ts';
import { choiceOf, confirmedRows, expiryRowInFront, type ExpiryChoice } from '../../state/ledger.ts';
import { useActions, useWorkstation } from '../workstation.ts';
import { outcomeWords } from './expiry-columns.ts';

/** One option at its expiry: what is proposed, what a person says, and the button that posts what was confirmed. */
export function ExpiryConfirm(): ReactNode {
  const row = useWorkstation(expiryRowInFront);
  const confirmed = useWorkstation((state) => confirmedRows(state).length);
  const note = useWorkstation((state) => state.expiryNote);
  const { postExpiry, writeExpiryNote } = useActions();
  return (
    <Panel title={row === null ? 'Confirm' : row.contract}>
      <div className="scroll confirm-form">
        {row === null ? <p className="dim">Nothing is at its expiry.</p> : <Row row={row} />}
      </div>
      <div className="form-actions">
        <input
          aria-label="Note of the posting"
          placeholder="Note, kept with the posting"
          value={note}
          onChange={(event) => writeExpiryNote(event.target.value)}
        />
        <button
          type="button"
          className="primary"
          disabled={confirmed === 0}
          data-tip={
            confirmed === 0
              ? 'Confirm a row first'
              : 'Options go, stock and cash come, as one layer that can be undone'
          }
          onClick={() => void postExpiry()}
        >
          Post {counted(confirmed, 'row')}
        </button>
      </div>
    </Panel>
  );
}

function Row(props: { readonly row: ExpiryProposal }): ReactNode {
  const { row } = props;
  const choice = useWorkstation((state) => choiceOf(state, row));
  const { changeExpiryChoice } = useActions();
  const change = (changed: Partial<ExpiryChoice>) => changeExpiryChoice(row.key, changed);
  return (
    <>
      <p>{row.reason}</p>
      <p className="dim">
        {`${integer(row.quantity)} in ${row.book}, ${row.exercise}, ${row.delivery === 'cash' ? 'settled in cash' : 'delivered'}, ${row.settlement === 'AM' ? 'at the opening' : 'at the close'} of ${date(row.settlesOn)} (${row.settlementSource})`}
      </p>
      {row.allowed.length > 0 && choice.outcome !== null && (
        <Segmented
          label={`Outcome of ${row.contract}`}
          value={choice.outcome}
          choices={row.allowed.map((outcome) => ({ value: outcome, label: outcomeWords[outcome] }))}
          onChange={(outcome) => change({ outcome, contracts: null, confirmed: false })}
        />
      )}
      {row.allowed.length > 0 && choice.outcome === null && (
        <div className="actions">
          {row.allowed.map((outcome) => (
            <button key={outcome} type="button" onClick={() => change({ outcome })}>
              {outcomeWords[outcome]}
            </button>
          ))}
        </div>
      )}
      {row.allowed.length > 0 && <Inputs row={row} />}
    </>
  );
}

/** The settlement price, how many, and the confirmation. */
function Inputs(props: { readonly row: ExpiryProposal }): ReactNode {
  const { row } = props;
  const choice = useWorkstation((state) => choiceOf(state, row));
  const { changeExpiryChoice } = useActions();
  const held = Math.abs(row.quantity);
  const change = (changed: Partial<ExpiryChoice>) => changeExpiryChoice(row.key, changed);
  return (
    <>
      <label className="confirm-line">
        Settled at
        <NumberField
          key={row.key}
          label="Settlement price"
          value={choice.settlementPrice ?? row.settlementPrice ?? Number.NaN}
          kind="decimal"
          digits={2}
          least={0}
          width={9}
          tip="The exchange's settlement price, per unit, in place of the one proposed"
          onChange={(settlementPrice) => change({ settlementPrice, confirmed: false })}
        />
      </label>
      {choice.outcome !== 'worthless' && held > 1 && (
        <label className="confirm-line">
          Contracts
          <NumberField
            key={row.key}
            label="Contracts"
            value={choice.contracts ?? held}
            kind="integer"
            least={1}
            most={held}
            unit={`of ${integer(held)}`}
            tip="Where not all were exercised or assigned; the rest ends worthless"
            onChange={(contracts) =>
              change({ contracts: contracts === held ? null : contracts, confirmed: false })
            }
          />
        </label>
      )}
      <div className="actions">
        <button
          type="button"
          className={choice.confirmed ? '' : 'primary'}
          disabled={choice.outcome === null}
          onClick={() => change({ confirmed: !choice.confirmed })}
        >
          {choice.confirmed ? 'Take back' : 'Confirm'}
        </button>
      </div>
    </>
  );
}
