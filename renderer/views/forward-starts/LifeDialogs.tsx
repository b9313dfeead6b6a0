import { useState, type ReactNode } from 'react';
import type { ForwardStartValue } from '../../../shared/contract/forward-starts.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { date, decimal, parseNumber, plainNumber, signedMoney } from '../../format.ts';
import { currencyOf } from '../../state/desk.ts';
import { useActions, useWorkstation } from '../workstation.ts';
import { unitOf, unitPriceText } from './forward-start-columns.ts';

interface LifeProps {
  readonly contract: ForwardStartValue;
  readonly onClose: () => void;
}

/** Whether the right on a contract is used: what it is worth at its market volatility against its price. */
export function ExerciseDialog({ contract, onClose }: LifeProps): ReactNode {
  const { terms } = contract;
  const [use, setUse] = useState<'use' | 'lapse'>('use');
  const [reason, setReason] = useState('');
  const { exerciseContract } = useActions();
  const { option } = terms;
  if (option === null) return null;
  const confirm = async () => {
    if (await exerciseContract({ contractId: terms.contractId, exercised: use === 'use', reason })) onClose();
  };
  return (
    <Dialog
      title={`The right on ${terms.contractId}`}
      confirm={use === 'use' ? 'Use it' : 'Let it lapse'}
      canConfirm
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>
        The right to {option.optionType === 'call' ? 'buy' : 'sell'} it at{' '}
        {unitPriceText(terms.family, option.contractPrice)} {unitOf(terms.family)} ended on{' '}
        {date(option.expiryDate)}. Used, it is held as a contract from then on; its strike is fixed on{' '}
        {date(terms.firstReferenceDate)}.
      </p>
      <Segmented
        label="What is done"
        choices={[
          { value: 'use', label: 'use it' },
          { value: 'lapse', label: 'let it lapse' },
        ]}
        value={use}
        onChange={setUse}
      />
      <label>
        Remark
        <input type="text" value={reason} onChange={(event) => setReason(event.target.value)} />
      </label>
    </Dialog>
  );
}

/** Carry and discount factor by hand; blank goes back to the market. */
export function MarkDialog({ contract, onClose }: LifeProps): ReactNode {
  const { terms, carryFactor, discountFactor, carryPer1Pct } = contract;
  const [carry, setCarry] = useState(plainNumber(terms.carryFactor));
  const [discount, setDiscount] = useState(plainNumber(terms.discountFactor));
  const [reason, setReason] = useState('');
  const currency = useWorkstation((state) => currencyOf(state, [terms.underlying]));
  const { markContract } = useActions();
  const read = (text: string): number | null | undefined => {
    if (text.trim() === '') return null;
    const value = parseNumber(text);
    return value !== null && value > 0 ? value : undefined;
  };
  const [carryRead, discountRead] = [read(carry), read(discount)];
  const confirm = async () => {
    if (carryRead === undefined || discountRead === undefined) return;
    const asked = {
      contractId: terms.contractId,
      carryFactor: carryRead,
      discountFactor: discountRead,
      reason,
    };
    if (await markContract(asked)) onClose();
  };
  return (
    <Dialog
      title={`Factors of ${terms.contractId}`}
      confirm="Value it so"
      canConfirm={carryRead !== undefined && discountRead !== undefined}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>
        Now R {decimal(carryFactor, 4)}, discount {decimal(discountFactor, 4)}; {signedMoney(carryPer1Pct)}{' '}
        {currency} for 1 % more of R. A call less a put is D (R − m): pure carry.
      </p>
      <label>
        Carry factor R; blank takes the market’s
        <input
          type="text"
          inputMode="decimal"
          autoFocus
          aria-invalid={carryRead === undefined}
          value={carry}
          onChange={(event) => setCarry(event.target.value)}
        />
      </label>
      <label>
        Discount factor to the payment; blank takes the market’s
        <input
          type="text"
          inputMode="decimal"
          aria-invalid={discountRead === undefined}
          value={discount}
          onChange={(event) => setDiscount(event.target.value)}
        />
      </label>
      <label>
        Remark
        <input type="text" value={reason} onChange={(event) => setReason(event.target.value)} />
      </label>
    </Dialog>
  );
}
