import type { StateCreator } from 'zustand/vanilla';
import type { OutputOf } from '../../shared/contract/index.ts';
import type { Client } from '../client/client.ts';
import { idle, type Remote } from '../remote.ts';
import { createLoader } from './loader.ts';
import type { WorkstationState } from './store.ts';

/** Rows read at once; the desk searches all of them, the window shows the newest that match. */
export const auditLimit = 5000;

export interface AuditSlice {
  readonly audit: Remote<OutputOf<'audit.list'>>;
  /** What is looked for in all entries of the desk. */
  readonly auditSearch: string;
  loadAudit(): Promise<void>;
  searchAudit(search: string): Promise<void>;
}

export const createAuditSlice =
  (client: Client): StateCreator<WorkstationState, [], [], AuditSlice> =>
  (set, get) => {
    const list = createLoader({
      client,
      name: 'audit.list',
      jobs: get,
      seat: { get: () => get().audit, set: (remote) => set({ audit: remote }) },
    });
    return {
      audit: idle,
      auditSearch: '',
      loadAudit: () => list.load({ search: get().auditSearch, limit: auditLimit }, 'Reading the audit'),
      searchAudit(search) {
        set({ auditSearch: search });
        return get().loadAudit();
      },
    };
  };
