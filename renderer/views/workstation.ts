import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { Workstation, WorkstationState } from '../state/store.ts';

const WorkstationContext = createContext<Workstation | null>(null);
export const WorkstationProvider = WorkstationContext.Provider;

export function useStoreItself(): Workstation {
  const workstation = useContext(WorkstationContext);
  if (workstation === null) throw new Error('precondition broken: a view stands inside WorkstationProvider');
  return workstation;
}

/** A part of the state; the view is drawn again when it changes, members compared one by one. */
export function useWorkstation<T>(selector: (state: WorkstationState) => T): T {
  return useStore(useStoreItself(), useShallow(selector));
}

/** The slices' actions; they never change. */
export const useActions = (): WorkstationState => useStoreItself().getState();
