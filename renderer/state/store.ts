import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../client/client.ts';
import { createAuditSlice, type AuditSlice } from './audit.ts';
import { createBasketDeskSlice, type BasketDeskSlice } from './basket-desk.ts';
import { createBackupsSlice, type BackupsSlice } from './backups.ts';
import { createBasketSlice, type BasketSlice } from './basket.ts';
import { chainChoicesFrom, createChainSlice, type ChainSlice } from './chain.ts';
import { createCompareSlice, type CompareSlice } from './compare.ts';
import { contextFrom, createContextSlice, type ContextSlice } from './context.ts';
import { createContractsSlice, type ContractsSlice } from './contracts.ts';
import { createDeskSlice, type DeskSlice } from './desk.ts';
import { createDispersionDeskSlice, type DispersionDeskSlice } from './dispersion-desk.ts';
import { createDispersionSlice, type DispersionSlice } from './dispersion.ts';
import { createEditsSlice, type EditsSlice } from './edits.ts';
import { createFilesSlice, type FilesSlice } from './files.ts';
import { createFillsSlice, type FillsSlice } from './fills.ts';
import { createForwardStartsSlice, type ForwardStartsSlice } from './forward-starts.ts';
import { createHedgeSlice, type HedgeSlice } from './hedge.ts';
import { createImportsSlice, type ImportsSlice } from './imports.ts';
import { createInputsByHandSlice, type InputsByHandSlice } from './inputs-by-hand.ts';
import { createJobsSlice, type JobsSlice } from './jobs.ts';
import { createLegChainSlice, type LegChainSlice } from './leg-chain.ts';
import { createPickedLegsSlice, type PickedLegsSlice } from './picked-legs.ts';
import { createPositionsSlice, type PositionsSlice } from './positions.ts';
import { createPreferencesSlice, type PreferencesSlice } from './preferences.ts';
import { createProfitSlice, type ProfitSlice } from './profit.ts';
import { createReassessLogSlice, type ReassessLogSlice } from './reassess-log.ts';
import { createLedgerSlice, type LedgerSlice } from './ledger.ts';
import { createReassessSlice, type ReassessSlice } from './reassess.ts';
import { createReviewSlice, type ReviewSlice } from './review.ts';
import { createScanSlice, type ScanSlice } from './scan.ts';
import { createScenarioRunsSlice, type ScenarioRunsSlice } from './scenario-runs.ts';
import { createScenarioSlice, type ScenarioSlice } from './scenario.ts';
import { createStructureSlice, type StructureSlice } from './structure.ts';
import { createSurfaceSlice, type SurfaceSlice } from './surface.ts';
import { createVolContractsSlice, type VolContractsSlice } from './vol-contracts.ts';

export interface WorkstationState
  extends
    ContextSlice,
    DeskSlice,
    JobsSlice,
    PreferencesSlice,
    FilesSlice,
    ChainSlice,
    ScanSlice,
    SurfaceSlice,
    DispersionSlice,
    DispersionDeskSlice,
    BasketSlice,
    BasketDeskSlice,
    HedgeSlice,
    StructureSlice,
    ReviewSlice,
    FillsSlice,
    LegChainSlice,
    CompareSlice,
    ReassessSlice,
    LedgerSlice,
    ReassessLogSlice,
    ContractsSlice,
    VolContractsSlice,
    ForwardStartsSlice,
    PickedLegsSlice,
    PositionsSlice,
    ScenarioSlice,
    ScenarioRunsSlice,
    ProfitSlice,
    AuditSlice,
    ImportsSlice,
    BackupsSlice,
    EditsSlice,
    InputsByHandSlice {}

const settleTime = 250;

export type Workstation = StoreApi<WorkstationState>;

/** Joins the slices over one client. A new subject adds its slice here and nowhere else. */
export function createWorkstation(client: Client): Workstation {
  return createStore<WorkstationState>()((...of) => ({
    ...createContextSlice()(...of),
    ...createDeskSlice(client)(...of),
    ...createJobsSlice()(...of),
    ...createPreferencesSlice(client)(...of),
    ...createFilesSlice(client)(...of),
    ...createChainSlice(client)(...of),
    ...createScanSlice(client)(...of),
    ...createSurfaceSlice(client)(...of),
    ...createDispersionSlice(client)(...of),
    ...createDispersionDeskSlice(client)(...of),
    ...createBasketSlice(client)(...of),
    ...createBasketDeskSlice(client)(...of),
    ...createHedgeSlice(client)(...of),
    ...createStructureSlice(client)(...of),
    ...createReviewSlice(client)(...of),
    ...createFillsSlice(client)(...of),
    ...createLegChainSlice(client)(...of),
    ...createCompareSlice(client)(...of),
    ...createReassessSlice(client)(...of),
    ...createLedgerSlice(client)(...of),
    ...createReassessLogSlice(client)(...of),
    ...createContractsSlice(client)(...of),
    ...createVolContractsSlice(client)(...of),
    ...createForwardStartsSlice(client)(...of),
    ...createPickedLegsSlice(client)(...of),
    ...createPositionsSlice(client)(...of),
    ...createScenarioSlice(client)(...of),
    ...createScenarioRunsSlice(client)(...of),
    ...createProfitSlice(client)(...of),
    ...createAuditSlice(client)(...of),
    ...createImportsSlice(client)(...of),
    ...createBackupsSlice(client)(...of),
    ...createEditsSlice(client)(...of),
    ...createInputsByHandSlice(client)(...of),
  }));
}

/** Reads what was remembered and what is on the desk, then follows the desk's announcements. */
export async function openWorkstation(
  workstation: Workstation,
  client: Client,
  options: { readonly onReplaced: () => void } = { onReplaced: () => undefined },
): Promise<() => void> {
  const { loadPreferences, loadDesk } = workstation.getState();
  await loadPreferences();
  const { preferences } = workstation.getState();
  workstation.setState({
    ...contextFrom(preferences['context']),
    chainChoices: chainChoicesFrom(preferences['chain']),
  });
  await loadDesk();
  let settling: ReturnType<typeof setTimeout> | null = null;
  return client.subscribe((event) => {
    // Another desk lies behind the window now: nothing that it remembers of the old one may stay.
    if (event.type === 'desk.replaced') return options.onReplaced();
    const state = workstation.getState();
    // A demo market or five files come as a row of changes: the desk is read once they have settled.
    if (event.type === 'data.changed') {
      if (settling !== null) clearTimeout(settling);
      settling = setTimeout(() => void state.loadDesk(), settleTime);
    }
    workstation.setState({ lastEvent: { event, count: (state.lastEvent?.count ?? 0) + 1 } });
  });
}
