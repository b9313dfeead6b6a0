import { useRef } from 'react';
import { useWorkstation } from '../workstation.ts';

/** Grows when anybody changes a contract; what the contract views read again upon. */
export function useContractRevision(): number {
  const latest = useRef(0);
  const count = useWorkstation((state) =>
    state.lastEvent?.event.type === 'contracts.changed' ? state.lastEvent.count : 0,
  );
  latest.current = Math.max(latest.current, count);
  return latest.current;
}
