import { useEffect, useState, type ReactNode } from 'react';
import type { FixingProposal, ForwardStartValue } from '../../../shared/contract/forward-starts.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { date, decimal, instant, parseNumber, plainNumber, strike } from '../../format.ts';
import { fixingOfPrices } from '../../state/forward-starts.ts';
import { useActions, useWorkstation } from '../workstation.ts';

/** The level that fixes a strike: every price it averages, the rounding, the strike; a person confirms it. */
export function FixingDialog(props: {
  readonly contract: ForwardStartValue;
  readonly onClose: () => void;
}): ReactNode {
  const { contract, onClose } = props;
  const { contractId } = contract.terms;
  const proposal = useWorkstation((state) => state.fixing);
  const { loadFixing } = useActions();
  useEffect(() => {
    void loadFixing(contractId, 'first');
  }, [contractId, loadFixing]);
  const found = proposal.value?.contractId === contractId ? proposal.value : null;
  if (found === null || proposal.status === 'loading') return null;
  return <Confirm contract={contract} proposal={found} onClose={onClose} />;
}

function Confirm(props: {
  readonly contract: ForwardStartValue;
  readonly proposal: FixingProposal;
  readonly onClose: () => void;
}): ReactNode {
  const { contract, proposal, onClose } = props;
  const { terms, fixings } = contract;
  const [typed, setTyped] = useState<readonly string[]>(() =>
    proposal.prices.map(({ price }) => plainNumber(price)),
  );
  const [reason, setReason] = useState('');
  const { fixContract } = useActions();
  const isCorrection = contract.state !== 'fixing-due';
  const prices = proposal.prices.map((row, at) => ({
    date: row.date,
    what: row.what,
    price: parseNumber(typed[at] ?? ''),
  }));
  const known = prices.flatMap(({ price, ...row }) =>
    price !== null && price > 0 ? [{ ...row, price }] : [],
  );
  const isWhole = known.length === prices.length;
  const result = isWhole ? fixingOfPrices(terms, known) : null;
  const confirm = async () => {
    if (result === null) return;
    if (await fixContract({ contractId: terms.contractId, prices: known, reason })) onClose();
  };
  return (
    <Dialog
      title={`${isCorrection ? 'Correct the fixing of' : 'Fix'} ${terms.contractId}`}
      confirm={isCorrection ? 'Correct the fixing' : 'Fix the strike'}
      canConfirm={result !== null && (!isCorrection || reason.trim() !== '')}
      onConfirm={() => void confirm()}
      onClose={onClose}
      wide
    >
      <p>
        {proposal.underlying}, first reference date {date(proposal.referenceDate)}.
        {isCorrection && ` Its strike is ${strike(terms.fixedStrike)} now.`}
        {!proposal.isDue && ' The market of that day is not on the desk yet.'}
      </p>
      <table className="plain-table" aria-label="Prices of the fixing">
        <thead>
          <tr>
            <th>Session</th>
            <th>Price</th>
            <th>Level</th>
            <th className="left">From</th>
          </tr>
        </thead>
        <tbody>
          {proposal.prices.map((row, at) => (
            <tr key={`${row.date} ${row.what}`}>
              <td>{date(row.date)}</td>
              <td>{row.what}</td>
              <td>
                <input
                  type="text"
                  inputMode="decimal"
                  aria-label={`${row.what} of ${date(row.date)}`}
                  autoFocus={at === 0}
                  value={typed[at] ?? ''}
                  onChange={(event) => setTyped(typed.with(at, event.target.value))}
                />
              </td>
              <td className={row.price === null ? 'left warning' : 'left dim'}>
                {plainNumber(row.price) === typed[at] ? row.note : 'typed by hand'}
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td colSpan={2}>Average</td>
            <td>{decimal(result?.average, 6)}</td>
            <td className="left dim">of {prices.length}</td>
          </tr>
          <tr>
            <td colSpan={2}>Fixing</td>
            <td>
              <strong>{decimal(result?.level, 4)}</strong>
            </td>
            <td className="left dim">
              {terms.fixingRoundTo === 0
                ? 'not rounded'
                : `rounded to ${plainNumber(terms.fixingRoundTo)}, halves up`}
            </td>
          </tr>
          <tr>
            <td colSpan={2}>{(result?.strikes.length ?? 1) > 1 ? 'Strikes, put and call' : 'Strike'}</td>
            <td>
              <strong>{result === null ? '—' : result.strikes.map(strike).join(' / ')}</strong>
            </td>
            <td className="left dim">
              multiplier × fixing{terms.strikeOffset === 0 ? '' : ` + ${decimal(terms.strikeOffset, 2)}`}
            </td>
          </tr>
        </tfoot>
      </table>
      <label>
        {isCorrection ? 'Why it is corrected (needed); the fixing before stays in the log' : 'Remark'}
        <input type="text" value={reason} onChange={(event) => setReason(event.target.value)} />
      </label>
      {fixings.length > 0 && (
        <ol className="fixing-log" aria-label="Fixings so far">
          {fixings.map((fixing) => (
            <li key={fixing.at}>
              {strike(fixing.level)}{' '}
              <span className="dim">
                by {fixing.actor}, {instant(fixing.at)}
              </span>
              {fixing.prices.length > 1 && (
                <span className="dim">
                  {' '}
                  from {fixing.prices.map(({ price }) => plainNumber(price)).join(', ')}
                </span>
              )}
              {fixing.reason !== '' && <span> — {fixing.reason}</span>}
            </li>
          ))}
        </ol>
      )}
    </Dialog>
  );
}
