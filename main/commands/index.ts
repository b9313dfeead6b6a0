import type { CommandName, Commands } from '../../shared/contract/index.ts';
import { backupHandlers } from './backups.ts';
import { basketDeskHandlers } from './basket-desk.ts';
import { basketHandlers } from './basket.ts';
import { contractHandlers } from './contracts.ts';
import { chainHandlers } from './chain.ts';
import { deskHandlers } from './desk.ts';
import { dispersionDeskHandlers } from './dispersion-desk.ts';
import { dispersionHandlers } from './dispersion.ts';
import { exposureHandlers } from './exposure.ts';
import { editHandlers } from './edits.ts';
import { expiryHandlers } from './expiry-day.ts';
import { fillHandlers } from './fills.ts';
import { forwardStartHandlers } from './forward-starts.ts';
import type { HandlersFor, MutationHandler } from './handlers.ts';
import { hedgeHandlers } from './hedge.ts';
import { importHandlers } from './imports.ts';
import { ledgerHandlers } from './ledger.ts';
import { positionHandlers } from './positions.ts';
import { reassessHandlers } from './reassess.ts';
import { reviewHandlers } from './review.ts';
import { overrideHandlers } from './overrides.ts';
import { pnlHandlers } from './pnl.ts';
import { scenarioRunHandlers } from './scenario-run.ts';
import { scenarioHandlers } from './scenario.ts';
import { surfaceHandlers } from './surface.ts';
import { volContractHandlers } from './vol-contracts.ts';
import { createFreezes } from './support/scenario/freezes.ts';
import { createScenarioBooks } from './support/scenario/scenario-books.ts';
import { createChainDesk } from './support/market/chain-desk.ts';
import { createSkewHistories } from './support/market/skew-histories.ts';

/** Every handler by its command's name, with memories of its own: one set a service. */
export function createHandlers(): HandlersFor<Commands> {
  const chains = createChainDesk();
  const histories = createSkewHistories(chains);
  const hedge = hedgeHandlers(chains);
  const ledger = ledgerHandlers(chains);
  const books = createScenarioBooks(chains);
  const freezes = createFreezes();
  const handlers: HandlersFor<Commands> = {
    ...deskHandlers,
    ...importHandlers,
    ...backupHandlers,
    ...editHandlers(
      (command) => handlers[command as CommandName] as unknown as MutationHandler<unknown, unknown>,
    ),
    ...chainHandlers(chains, histories),
    ...surfaceHandlers(chains, histories),
    ...overrideHandlers,
    ...dispersionHandlers(chains),
    ...dispersionDeskHandlers(chains),
    ...basketHandlers(chains),
    ...basketDeskHandlers(chains),
    ...hedge,
    ...reviewHandlers(),
    ...reassessHandlers(chains),
    ...fillHandlers,
    ...expiryHandlers,
    ...ledger,
    ...positionHandlers(chains),
    ...scenarioHandlers(chains, books, freezes),
    ...scenarioRunHandlers(chains, books, hedge['suggestion.draft']),
    ...pnlHandlers(books, freezes, ledger['ledger.read']),
    ...contractHandlers(chains),
    ...forwardStartHandlers(chains),
    ...volContractHandlers(chains),
    ...exposureHandlers(chains),
  };
  return handlers;
}
