import { useState, type ReactNode } from 'react';
import type { RealizedVolTerms } from '../../../shared/contract/vol-contracts.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { date, decimal, parseNumber, plainNumber } from '../../format.ts';
import { useActions } from '../workstation.ts';
import type { Observation } from './vol-contract-columns.ts';

type Said = 'marked' | 'disrupted' | 'stored';
const ranges = ['open', 'high', 'low'] as const;
const usesRange = ({ estimator }: RealizedVolTerms): boolean =>
  estimator !== 'zeroMean' && estimator !== 'sampleMean';

/** One mark told by a person: a price, a disrupted session, or back to the store. The old one stays in the log. */
export function ObservationDialog(props: {
  readonly terms: RealizedVolTerms;
  readonly row: Observation;
  readonly isBase: boolean;
  readonly onClose: () => void;
}): ReactNode {
  const { terms, row, isBase, onClose } = props;
  const isTold = row.status === 'corrected' || row.status === 'disrupted';
  const [said, setSaid] = useState<Said>(isTold ? 'stored' : 'marked');
  const [typed, setTyped] = useState(() => plainNumber(row.mark));
  const [range, setRange] = useState<Readonly<Record<(typeof ranges)[number], string>>>({
    open: '',
    high: '',
    low: '',
  });
  const [reason, setReason] = useState('');
  const { observeContract } = useActions();
  const mark = parseNumber(typed);
  const priceOf = (key: (typeof ranges)[number]): number | null => parseNumber(range[key]);
  const isWhole =
    said !== 'marked' ||
    (mark !== null && mark > 0 && ranges.every((key) => range[key].trim() === '' || priceOf(key) !== null));
  const confirm = async () => {
    const prices =
      said === 'marked' ? { mark, open: priceOf('open'), high: priceOf('high'), low: priceOf('low') } : {};
    const told = { date: row.date, time: row.time, status: said, ...prices };
    if (await observeContract({ contractId: terms.contractId, observations: [told], reason })) onClose();
  };
  const when = row.time === null ? date(row.date) : `${date(row.date)} ${row.time}`;
  return (
    <Dialog
      title={`Mark of ${terms.contractId}, ${when}`}
      confirm={
        said === 'marked' ? 'Take this mark' : said === 'disrupted' ? 'Leave it out' : 'Take the stored mark'
      }
      canConfirm={isWhole && reason.trim() !== ''}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>
        {row.mark === null ? 'It has no mark now' : `Its mark is ${decimal(row.mark, 4)} now`}
        {row.storedMark === null ? '.' : `; the store has ${decimal(row.storedMark, 4)}.`} What is told here
        is added to the log; settlement uses the newest.
      </p>
      <Segmented
        label="What is told"
        choices={[
          { value: 'marked', label: 'a price' },
          ...(isBase
            ? []
            : [
                {
                  value: 'disrupted' as const,
                  label: 'disrupted',
                  tip: 'Left out; its return falls to the next mark',
                },
              ]),
          ...(isTold
            ? [{ value: 'stored' as const, label: 'the stored one', tip: 'Takes back what was told' }]
            : []),
        ]}
        value={said}
        onChange={setSaid}
      />
      {said === 'marked' && (
        <label>
          Price as traded
          <input
            type="text"
            inputMode="decimal"
            autoFocus
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
      )}
      {said === 'marked' &&
        usesRange(terms) &&
        ranges.map((key) => (
          <label key={key}>
            {key === 'open' ? 'Open' : key === 'high' ? 'High' : 'Low'}
            <input
              type="text"
              inputMode="decimal"
              value={range[key]}
              onChange={(event) => setRange({ ...range, [key]: event.target.value })}
            />
          </label>
        ))}
      <label>
        Why (needed)
        <input type="text" value={reason} onChange={(event) => setReason(event.target.value)} />
      </label>
    </Dialog>
  );
}
