import { useState, type ReactNode } from 'react';
import type { ForwardStartValue } from '../../../shared/contract/forward-starts.ts';
import type { RealizedVolValue } from '../../../shared/contract/vol-contracts.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { date, decimal, parseNumber, parsePercent, plainNumber, strike, volPercent } from '../../format.ts';
import { exposureOfName } from '../../state/contracts.ts';
import { useActions, useWorkstation } from '../workstation.ts';

type Held =
  | { readonly kind: 'forward-start'; readonly contract: ForwardStartValue | null }
  | { readonly kind: 'realized-vol'; readonly contract: RealizedVolValue | null };
type Question = 'fix' | 'settle' | 'remove';

/** What can be done to the contract in front: fix its strike, settle it, take it out. A person confirms each. */
export function ContractActions(props: Held): ReactNode {
  const { contract } = props;
  const [asked, setAsked] = useState<Question | null>(null);
  const close = () => setAsked(null);
  if (contract === null) return <span className="dim">choose a row to fix, settle or remove</span>;
  const { contractId } = contract.terms;
  const due = contract.state === 'fixing-due';
  return (
    <>
      <span className="dim">{contractId}</span>
      {props.kind === 'forward-start' && (due || contract.state === 'live') && (
        <button
          type="button"
          className={due ? 'primary' : 'quiet'}
          data-tip={due ? 'Confirm the level that fixes the strike' : 'Enter the fixing again, with a reason'}
          onClick={() => setAsked('fix')}
        >
          {due ? 'Fix strike…' : 'Correct fixing…'}
        </button>
      )}
      {contract.state === 'settling' && (
        <button type="button" className="primary" onClick={() => setAsked('settle')}>
          Settle…
        </button>
      )}
      <button
        type="button"
        className="quiet"
        data-tip="Takes the contract off the book; the audit keeps it and why"
        onClick={() => setAsked('remove')}
      >
        Remove…
      </button>
      {asked === 'fix' && props.kind === 'forward-start' && props.contract !== null && (
        <FixDialog contract={props.contract} onClose={close} />
      )}
      {asked === 'settle' && <SettleDialog {...props} onClose={close} />}
      {asked === 'remove' && <RemoveDialog contractId={contractId} onClose={close} />}
    </>
  );
}

function FixDialog(props: { readonly contract: ForwardStartValue; readonly onClose: () => void }): ReactNode {
  const { contract, onClose } = props;
  const { terms } = contract;
  const spot = useWorkstation((state) => exposureOfName(state, terms.underlying)?.spot ?? null);
  const [level, setLevel] = useState(plainNumber(spot));
  const [reason, setReason] = useState('');
  const { fixContract } = useActions();
  const isCorrection = contract.state !== 'fixing-due';
  const value = parseNumber(level);
  const fixed = value === null ? null : terms.strikeMultiplier * value + terms.strikeOffset;
  const confirm = async () => {
    if (value === null) return;
    if (await fixContract({ contractId: terms.contractId, level: value, reason })) onClose();
  };
  return (
    <Dialog
      title={`${isCorrection ? 'Correct the fixing of' : 'Fix'} ${terms.contractId}`}
      confirm={isCorrection ? 'Correct the fixing' : 'Fix the strike'}
      canConfirm={value !== null && value > 0 && (!isCorrection || reason.trim() !== '')}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>
        {terms.underlying}, first reference date {date(terms.firstReferenceDate)}.
        {isCorrection && ` Its strike is ${strike(terms.fixedStrike)} now.`}
      </p>
      <label>
        Level of {terms.underlying}; proposed is the newest spot, check it against the fixing source
        <input
          type="text"
          inputMode="decimal"
          autoFocus
          value={level}
          onChange={(event) => setLevel(event.target.value)}
        />
      </label>
      <p>
        Strike <strong>{fixed === null ? '—: type the level as a number' : strike(fixed)}</strong>
        <span className="dim">
          {' '}
          = {strike(terms.strikeMultiplier)} × level
          {terms.strikeOffset === 0 ? '' : ` + ${decimal(terms.strikeOffset, 2)}`}
        </span>
      </p>
      <label>
        {isCorrection ? 'Why it is corrected (needed)' : 'Remark'}
        <input type="text" value={reason} onChange={(event) => setReason(event.target.value)} />
      </label>
    </Dialog>
  );
}

function SettleDialog(props: Held & { readonly onClose: () => void }): ReactNode {
  const { kind, contract, onClose } = props;
  const [typed, setTyped] = useState('');
  const { settleContract } = useActions();
  if (contract === null) return null;
  const { contractId, underlying } = contract.terms;
  const value = kind === 'forward-start' ? parseNumber(typed) : parsePercent(typed);
  const end =
    kind === 'forward-start' ? props.contract?.terms.secondReferenceDate : props.contract?.terms.endDate;
  const confirm = async () => {
    const given = value === null ? {} : kind === 'forward-start' ? { level: value } : { vol: value };
    if (await settleContract({ contractId, ...given })) onClose();
  };
  return (
    <Dialog
      title={`Settle ${contractId}`}
      confirm="Settle, final"
      canConfirm={typed.trim() === '' || value !== null}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>
        {underlying}, ended on {date(end)}. A confirmed settlement is final and is kept in the audit.
      </p>
      <label>
        {kind === 'forward-start'
          ? `Final level; blank takes the stored close of ${date(end)}`
          : 'Settlement volatility in %; blank computes it from the stored observations'}
        <input
          type="text"
          inputMode="decimal"
          autoFocus
          value={typed}
          placeholder={
            kind === 'realized-vol' && props.contract !== null
              ? volPercent(props.contract.realizedVol)
              : 'stored close'
          }
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
    </Dialog>
  );
}

function RemoveDialog(props: { readonly contractId: string; readonly onClose: () => void }): ReactNode {
  const { contractId, onClose } = props;
  const [reason, setReason] = useState('');
  const { removeContract, chooseContract } = useActions();
  const confirm = async () => {
    if (!(await removeContract({ contractId, reason }))) return;
    chooseContract(null);
    onClose();
  };
  return (
    <Dialog
      title={`Remove ${contractId}`}
      confirm="Remove it"
      canConfirm={reason.trim() !== ''}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>It leaves the book and its exposure. The audit keeps its terms and your reason.</p>
      <label>
        Why (needed)
        <input type="text" autoFocus value={reason} onChange={(event) => setReason(event.target.value)} />
      </label>
    </Dialog>
  );
}
