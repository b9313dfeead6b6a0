import type { StateCreator } from 'zustand/vanilla';
import type { Surface } from '../../shared/contract/surface.ts';
import type { Client } from '../client/client.ts';
import { idle, type Remote } from '../remote.ts';
import { createLoader } from './loader.ts';
import type { WorkstationState } from './store.ts';

export type SurfaceClock = 'calendar' | 'trading';

export interface SurfaceSlice {
  readonly surface: Remote<Surface>;
  /** How time to expiry is counted in the surface. */
  readonly surfaceClock: SurfaceClock;
  loadSurface(symbol: string): Promise<void>;
  chooseSurfaceClock(clock: SurfaceClock): void;
}

export const createSurfaceSlice =
  (client: Client): StateCreator<WorkstationState, [], [], SurfaceSlice> =>
  (set, get) => {
    const loader = createLoader({
      client,
      name: 'surface.read',
      jobs: get,
      seat: { get: () => get().surface, set: (remote) => set({ surface: remote }) },
    });
    return {
      surface: idle,
      surfaceClock: 'calendar',
      loadSurface(symbol) {
        const { surface, asOf, surfaceClock } = get();
        if (surface.value !== null && surface.value.symbol !== symbol) set({ surface: idle });
        return loader.load(
          { symbol, clock: { kind: surfaceClock }, ...(asOf === null ? {} : { asOf }) },
          `Reading the surface of ${symbol}`,
        );
      },
      chooseSurfaceClock: (surfaceClock) => set({ surfaceClock }),
    };
  };
