import { useEffect, type ReactNode } from 'react';
import { Segmented } from '../../components/Segmented.tsx';
import { NeedsData } from '../parts/NeedsData.tsx';
import { useActions, useWorkstation } from '../workstation.ts';
import { ExpiryDay } from './ExpiryDay.tsx';
import { Premium } from './Premium.tsx';

/** What became of what was sold and bought: the premium by cycle, and the day options end. */
export function Ledger(): ReactNode {
  return (
    <NeedsData>
      <LedgerParts />
    </NeedsData>
  );
}

function LedgerParts(): ReactNode {
  const part = useWorkstation((state) => state.ledgerPart);
  const [asOf, revision] = useWorkstation((state) => [state.asOf, state.desk.value?.dataRevision ?? 0]);
  const announced = useWorkstation((state) =>
    state.lastEvent?.event.type === 'suggestions.changed' ? state.lastEvent.count : 0,
  );
  const due = useWorkstation((state) => state.expiry.value?.rows.length ?? 0);
  const { showLedgerPart, loadLedger, loadExpiry } = useActions();
  useEffect(() => {
    void loadLedger();
    void loadExpiry();
  }, [asOf, revision, announced, loadLedger, loadExpiry]);
  return (
    <>
      <div className="toolbar">
        <Segmented
          label="Part of the ledger"
          value={part}
          choices={[
            { value: 'ledger', label: 'Premium', tip: 'Sold, paid, kept and bought back by hedge cycle' },
            {
              value: 'expiry',
              label: due === 0 ? 'Expiry day' : `Expiry day · ${due} due`,
              tip: 'What becomes of options at their expiry: confirmed by a person, posted, undone',
            },
          ]}
          onChange={showLedgerPart}
        />
      </div>
      {part === 'ledger' ? <Premium /> : <ExpiryDay />}
    </>
  );
}
