import { useEffect, useState, type ReactNode } from 'react';
import type { ForwardStartValue, RollProposal } from '../../../shared/contract/forward-starts.ts';
import { DateField } from '../../components/DateField.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { FailureLine } from '../../components/RemoteView.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { date, decimal, shortDate, signedDecimal, signedMoney, volPercent, volPoints } from '../../format.ts';
import { currencyOf, dayInFront } from '../../state/desk.ts';
import { useActions, useWorkstation } from '../workstation.ts';
import { unitOf, unitPriceText } from './forward-start-columns.ts';

/** Leaves a contract before its fixing and enters the next one, with the basis between them stated. */
export function RollDialog(props: {
  readonly contract: ForwardStartValue;
  readonly onClose: () => void;
}): ReactNode {
  const { contract, onClose } = props;
  const { contractId } = contract.terms;
  const roll = useWorkstation((state) => state.contractRoll);
  const day = useWorkstation(dayInFront);
  const { loadContractRoll } = useActions();
  const [period, setPeriod] = useState<{ readonly first?: string; readonly second?: string }>({});
  useEffect(() => {
    void loadContractRoll({
      contractId,
      ...(period.first === undefined ? {} : { firstReferenceDate: period.first }),
      ...(period.second === undefined ? {} : { secondReferenceDate: period.second }),
    });
  }, [contractId, period, loadContractRoll]);
  const proposal = roll.value?.from.contractId === contractId ? roll.value : null;
  if (proposal === null)
    return roll.status === 'failed' ? (
      <Dialog title={`Roll ${contractId}`} confirm="Close" canConfirm onConfirm={onClose} onClose={onClose}>
        <FailureLine error={roll.error} />
      </Dialog>
    ) : null;
  return (
    <Confirm
      contract={contract}
      proposal={proposal}
      onClose={onClose}
      dates={
        <>
          <label>
            First fixing of the next
            <DateField
              label="First fixing of the next"
              from={day}
              value={proposal.to.firstReferenceDate}
              onChange={(first) => setPeriod({ ...period, first })}
            />
          </label>
          <label>
            Second fixing of the next
            <DateField
              label="Second fixing of the next"
              from={day}
              value={proposal.to.secondReferenceDate}
              onChange={(second) => setPeriod({ ...period, second })}
            />
          </label>
          {roll.status === 'failed' && <FailureLine error={roll.error} />}
        </>
      }
    />
  );
}

function Confirm(props: {
  readonly contract: ForwardStartValue;
  readonly proposal: RollProposal;
  readonly dates: ReactNode;
  readonly onClose: () => void;
}): ReactNode {
  const { contract, proposal, dates, onClose } = props;
  const { terms, discountFactor } = contract;
  const { from, to, basisHistory } = proposal;
  const [by, setBy] = useState<'held' | 'vega'>('held');
  const [typed, setTyped] = useState<number | null>(null);
  const [reason, setReason] = useState('');
  const currency = useWorkstation((state) => currencyOf(state, [terms.underlying]));
  const { rollContract } = useActions();
  const quantity = typed ?? (by === 'held' ? proposal.quantityAsHeld : proposal.quantityForVega);
  const unit = unitOf(terms.family);
  const confirm = async () => {
    const asked = {
      contractId: terms.contractId,
      price: from.agreedPrice,
      reason,
      into: {
        contractId: to.contractId,
        firstReferenceDate: to.firstReferenceDate,
        secondReferenceDate: to.secondReferenceDate,
        quantity,
        tradePrice: to.agreedPrice,
      },
    };
    if (await rollContract(asked)) onClose();
  };
  const rows = [
    [
      'Reference period',
      `${shortDate(from.firstReferenceDate)} – ${shortDate(from.secondReferenceDate)}`,
      `${shortDate(to.firstReferenceDate)} – ${shortDate(to.secondReferenceDate)}`,
    ],
    ['Forward volatility, %', volPercent(from.vol), volPercent(to.vol)],
    [`Price, ${unit}`, unitPriceText(terms.family, from.price), unitPriceText(terms.family, to.price)],
    [`Value of ${decimal(terms.quantity, 0)}, ${currency}`, signedMoney(from.value), signedMoney(to.value)],
    ['Vega, per vol pt', signedMoney(from.vegaPerVolPoint), signedMoney(to.vegaPerVolPoint)],
  ] as const;
  return (
    <Dialog
      title={`Roll ${terms.contractId} into ${to.contractId}`}
      confirm="Roll"
      canConfirm={quantity !== 0 && discountFactor !== null}
      onConfirm={() => void confirm()}
      onClose={onClose}
      wide
    >
      {dates}
      <table className="plain-table" aria-label="The contract left and the one entered">
        <thead>
          <tr>
            <th className="left" />
            <th>Left</th>
            <th>Entered</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([label, left, entered]) => (
            <tr key={label}>
              <td className="left dim">{label}</td>
              <td>{left}</td>
              <td>{entered}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        Basis {volPoints(proposal.volBasis)} vol pts between the two periods; {signedMoney(proposal.cost)}{' '}
        {currency} to change as many.{' '}
        {basisHistory === null ? (
          <span className="warning">△ {proposal.note}</span>
        ) : (
          <span>
            Over {basisHistory.days} days to {date(basisHistory.to)} it averaged{' '}
            {volPoints(basisHistory.mean)} with a standard deviation of{' '}
            {volPercent(basisHistory.standardDeviation)} vol pts; daily changes of the two correlate{' '}
            {decimal(basisHistory.correlation, 2)}.
          </span>
        )}
      </p>
      <div className="form-line">
        <Segmented
          label="Quantity entered"
          choices={[
            { value: 'held', label: `as held, ${decimal(proposal.quantityAsHeld, 0)}` },
            { value: 'vega', label: `same vega, ${signedDecimal(proposal.quantityForVega, 2)}` },
          ]}
          value={by}
          onChange={(next) => {
            setBy(next);
            setTyped(null);
          }}
        />{' '}
        <NumberField
          label="Quantity entered"
          kind="decimal"
          digits={0}
          width={7}
          value={quantity}
          onChange={setTyped}
        />
      </div>
      <label>
        Remark
        <input type="text" value={reason} onChange={(event) => setReason(event.target.value)} />
      </label>
    </Dialog>
  );
}
