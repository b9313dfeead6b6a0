import { useState, type ReactNode } from 'react';
import type { ForwardStartValue } from '../../../shared/contract/forward-starts.ts';
import type { RealizedVolValue } from '../../../shared/contract/vol-contracts.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { date, parseNumber, parsePercent, volPercent } from '../../format.ts';
import { useActions } from '../workstation.ts';

type Held =
  | { readonly kind: 'forward-start'; readonly contract: ForwardStartValue | null }
  | { readonly kind: 'realized-vol'; readonly contract: RealizedVolValue | null };
type Question = 'settle' | 'remove';

/** What can be done to a contract of either kind: settle it, take it out. A person confirms each. */
export function ContractActions(props: Held): ReactNode {
  const { contract } = props;
  const [asked, setAsked] = useState<Question | null>(null);
  const close = () => setAsked(null);
  if (contract === null) return <span className="dim">choose a row to settle or remove</span>;
  const { contractId } = contract.terms;
  return (
    <>
      <span className="dim">{contractId}</span>
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
      {asked === 'settle' && <SettleDialog {...props} onClose={close} />}
      {asked === 'remove' && <RemoveDialog contractId={contractId} onClose={close} />}
    </>
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
          ? `Final level; blank takes the stored prices of ${date(end)}, averaged and rounded as agreed`
          : 'Settlement volatility in %; blank computes it from the stored observations'}
        <input
          type="text"
          inputMode="decimal"
          autoFocus
          value={typed}
          placeholder={
            kind === 'realized-vol' && props.contract !== null
              ? volPercent(props.contract.realizedVol)
              : 'stored prices'
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
