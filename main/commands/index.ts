import type { Commands } from '../../shared/contract/index.ts';
import { basketDeskHandlers } from './basket-desk.ts';
import { basketHandlers } from './basket.ts';
import { contractHandlers } from './contracts.ts';
import { chainHandlers } from './chain.ts';
import { deskHandlers } from './desk.ts';
import { dispersionDeskHandlers } from './dispersion-desk.ts';
import { dispersionHandlers } from './dispersion.ts';
import { fillHandlers } from './fills.ts';
import type { HandlersFor } from './handlers.ts';
import { hedgeHandlers } from './hedge.ts';
import { importHandlers } from './imports.ts';
import { positionHandlers } from './positions.ts';
import { reassessHandlers } from './reassess.ts';
import { reviewHandlers } from './review.ts';
import { overrideHandlers } from './overrides.ts';
import { surfaceHandlers } from './surface.ts';
import { createChainDesk } from './support/market/chain-desk.ts';
import { createSkewHistories } from './support/market/skew-histories.ts';

/** Every handler by its command's name, with memories of its own: one set a service. */
export function createHandlers(): HandlersFor<Commands> {
  const chains = createChainDesk();
  const histories = createSkewHistories(chains);
  return {
    ...deskHandlers,
    ...importHandlers,
    ...chainHandlers(chains, histories),
    ...surfaceHandlers(chains, histories),
    ...overrideHandlers,
    ...dispersionHandlers(chains),
    ...dispersionDeskHandlers(chains),
    ...basketHandlers(chains),
    ...basketDeskHandlers(chains),
    ...hedgeHandlers(chains),
    ...reviewHandlers(),
    ...reassessHandlers(chains),
    ...fillHandlers,
    ...positionHandlers(chains),
    ...contractHandlers(chains),
  };
}
