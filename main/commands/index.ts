import type { Commands } from '../../shared/contract/index.ts';
import { basketDeskHandlers } from './basket-desk.ts';
import { basketHandlers } from './basket.ts';
import { contractHandlers } from './contracts.ts';
import { chainHandlers } from './chain.ts';
import { deskHandlers } from './desk.ts';
import { dispersionDeskHandlers } from './dispersion-desk.ts';
import { dispersionHandlers } from './dispersion.ts';
import type { HandlersFor } from './handlers.ts';
import { hedgeHandlers } from './hedge.ts';
import { importHandlers } from './imports.ts';
import { positionHandlers } from './positions.ts';
import { reassessHandlers } from './reassess.ts';
import { createChainDesk } from './support/chain-desk.ts';

/** Every handler by its command's name, with memories of its own: one set a service. */
export function createHandlers(): HandlersFor<Commands> {
  const chains = createChainDesk();
  return {
    ...deskHandlers,
    ...importHandlers,
    ...chainHandlers(chains),
    ...dispersionHandlers(chains),
    ...dispersionDeskHandlers(chains),
    ...basketHandlers(chains),
    ...basketDeskHandlers(chains),
    ...hedgeHandlers(chains),
    ...reassessHandlers(chains),
    ...positionHandlers(chains),
    ...contractHandlers(chains),
  };
}
