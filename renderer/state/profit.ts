import type { StateCreator } from 'zustand/vanilla';
import type { OutputOf } from '../../shared/contract/index.ts';
import type { ReportSection } from '../../shared/contract/pnl.ts';
import { sentenceOf } from '../../shared/failure.ts';
import type { Client } from '../client/client.ts';
import { idle, type Remote } from '../remote.ts';
import { createLoader } from './loader.ts';
import type { WorkstationState } from './store.ts';

/** Where the live book's profit comes from, its value day by day, and the report. */
export interface ProfitSlice {
  readonly profit: Remote<OutputOf<'pnl.explain'>>;
  readonly snapshots: Remote<OutputOf<'snapshot.list'>>;
  readonly report: Remote<OutputOf<'report.build'>>;
  /** null: the last stored day before, and the newest. */
  readonly profitFrom: string | null;
  readonly profitTo: string | null;
  readonly profitBook: string | null;
  chooseProfit(change: {
    readonly profitFrom?: string | null;
    readonly profitTo?: string | null;
    readonly profitBook?: string | null;
  }): void;
  loadProfit(): Promise<void>;
  cancelProfit(): void;
  loadSnapshots(): Promise<void>;
  /** Values the live book of a day and keeps it. */
  keepSnapshot(asOf?: string): Promise<void>;
  buildReport(request: {
    readonly title: string;
    readonly sections: readonly ReportSection[];
    readonly scenarioIds: readonly number[];
  }): Promise<void>;
  cancelReport(): void;
}

export const createProfitSlice =
  (client: Client): StateCreator<WorkstationState, [], [], ProfitSlice> =>
  (set, get) => {
    const profit = createLoader({
      client,
      name: 'pnl.explain',
      jobs: get,
      seat: { get: () => get().profit, set: (remote) => set({ profit: remote }) },
    });
    const snapshots = createLoader({
      client,
      name: 'snapshot.list',
      jobs: get,
      seat: { get: () => get().snapshots, set: (remote) => set({ snapshots: remote }) },
    });
    const report = createLoader({
      client,
      name: 'report.build',
      jobs: get,
      seat: { get: () => get().report, set: (remote) => set({ report: remote }) },
    });
    const days = () => {
      const { profitFrom, profitTo } = get();
      return {
        ...(profitFrom === null ? {} : { from: profitFrom }),
        ...(profitTo === null ? {} : { to: profitTo }),
      };
    };
    return {
      profit: idle,
      snapshots: idle,
      report: idle,
      profitFrom: null,
      profitTo: null,
      profitBook: null,
      chooseProfit: (change) => set(change),
      async loadProfit() {
        const { profitBook } = get();
        await profit.load(
          { ...days(), ...(profitBook === null ? {} : { book: profitBook }) },
          'Explaining profit and loss',
        );
      },
      cancelProfit: () => profit.cancel(),
      loadSnapshots: () => snapshots.load({}, 'Reading the kept days'),
      async keepSnapshot(asOf) {
        const job = get().startJob('Valuing the book', null);
        const taken = await client.request('snapshot.take', asOf === undefined ? {} : { asOf });
        get().endJob(job);
        if (!taken.ok) return get().tell('failed', sentenceOf(taken.error));
        const kept = await client.request('snapshot.keep', {
          freezeId: taken.value.freezeId,
          reason: 'hand',
        });
        if (!kept.ok) return get().tell('failed', sentenceOf(kept.error));
        await get().loadSnapshots();
        get().tell('done', 'Value and risk of the day are kept.');
      },
      async buildReport({ title, sections, scenarioIds }) {
        await report.load(
          { title, sections: [...sections], scenarioIds: [...scenarioIds], ...days() },
          'Building the report',
        );
      },
      cancelReport: () => report.cancel(),
    };
  };
