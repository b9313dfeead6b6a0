import type { StateCreator } from 'zustand/vanilla';
import type { WorkstationState } from './store.ts';

export const viewNames = [
  'chain',
  'scan',
  'volatility',
  'surface',
  'dispersion',
  'basket',
  'hedge',
  'review',
  'reassess',
  'ledger',
  'forward-starts',
  'vol-contracts',
  'scenarios',
  'profit',
  'positions',
  'imports',
  'health',
  'audit',
] as const;
export type ViewName = (typeof viewNames)[number];
export type Theme = 'dark' | 'light';
export type Scheme = 'blue-orange' | 'green-red' | 'red-green';

/** What all panes follow: the day, the name, the expiry, the basket; and how the window looks. */
export interface ContextSlice {
  readonly view: ViewName;
  /** Where Esc goes back to. */
  readonly trail: readonly ViewName[];
  /** The market day looked at; null: the newest of the desk. */
  readonly asOf: string | null;
  readonly symbol: string | null;
  /** Key of the expiry in front, for example `2026-03-27:SPXW`; null: the first. */
  readonly expiryKey: string | null;
  readonly strike: number | null;
  readonly basket: string | null;
  readonly suggestionId: number | null;
  readonly theme: Theme;
  readonly scheme: Scheme;
  openView(view: ViewName): void;
  goBack(): void;
  /** Moves every linked pane; what is left out stays. */
  focus(
    change: Partial<
      Pick<ContextSlice, 'asOf' | 'symbol' | 'expiryKey' | 'strike' | 'basket' | 'suggestionId'>
    >,
  ): void;
  setAppearance(change: { readonly theme?: Theme; readonly scheme?: Scheme }): void;
}

const remembered = ['view', 'asOf', 'symbol', 'basket', 'theme', 'scheme'] as const;

export const createContextSlice = (): StateCreator<WorkstationState, [], [], ContextSlice> => (set, get) => {
  const keep = () => {
    const state = get();
    state.remember('context', Object.fromEntries(remembered.map((name) => [name, state[name]])));
  };
  return {
    view: 'chain',
    trail: [],
    asOf: null,
    symbol: null,
    expiryKey: null,
    strike: null,
    basket: null,
    suggestionId: null,
    theme: 'dark',
    scheme: 'blue-orange',
    openView(view) {
      if (view === get().view) return;
      set((state) => ({ view, trail: [...state.trail.slice(-19), state.view] }));
      keep();
    },
    goBack() {
      const trail = get().trail;
      const last = trail.at(-1);
      if (last === undefined) return;
      set({ view: last, trail: trail.slice(0, -1) });
      keep();
    },
    focus(change) {
      const leavesName = change.symbol !== undefined && change.symbol !== get().symbol;
      set({ ...(leavesName ? { expiryKey: null, strike: null } : {}), ...change });
      keep();
    },
    setAppearance(change) {
      set(change);
      keep();
    },
  };
};

/** The remembered context, as far as it still makes sense. */
export function contextFrom(value: unknown): Partial<ContextSlice> {
  if (typeof value !== 'object' || value === null) return {};
  const saved = value as Partial<Record<(typeof remembered)[number], unknown>>;
  const text = (item: unknown) => (typeof item === 'string' ? item : null);
  const view = viewNames.find((name) => name === saved.view);
  return {
    ...(view === undefined ? {} : { view }),
    symbol: text(saved.symbol),
    basket: text(saved.basket),
    ...(saved.theme === 'light' || saved.theme === 'dark' ? { theme: saved.theme } : {}),
    ...(saved.scheme === 'green-red' || saved.scheme === 'red-green' ? { scheme: saved.scheme } : {}),
  };
}
