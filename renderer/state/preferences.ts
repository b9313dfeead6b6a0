import type { StateCreator } from 'zustand/vanilla';
import type { Client } from '../client/client.ts';
import type { WorkstationState } from './store.ts';

const key = 'window';
const saveDelay = 400;

/** What the window remembers between starts, as one JSON object of named texts. */
export interface PreferencesSlice {
  readonly preferences: Readonly<Record<string, unknown>>;
  readonly preferencesLoaded: boolean;
  loadPreferences(): Promise<void>;
  /** Remembers a JSON value under a name such as `columns.chain`; written to the desk a moment later. */
  remember(name: string, value: unknown): void;
}

export const createPreferencesSlice =
  (client: Client): StateCreator<WorkstationState, [], [], PreferencesSlice> =>
  (set, get) => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const save = () => {
      timer = null;
      void client.request('preference.save', { key, value: JSON.stringify(get().preferences) });
    };
    return {
      preferences: {},
      preferencesLoaded: false,
      async loadPreferences() {
        const result = await client.request('preference.read', { key });
        const text = result.ok ? result.value.value : null;
        set({ preferences: parsed(text), preferencesLoaded: true });
      },
      remember(name, value) {
        if (JSON.stringify(get().preferences[name]) === JSON.stringify(value)) return;
        set((state) => ({ preferences: { ...state.preferences, [name]: value } }));
        timer ??= setTimeout(save, saveDelay);
      },
    };
  };

function parsed(text: string | null): Readonly<Record<string, unknown>> {
  if (text === null) return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : {};
  } catch {
    return {}; // a preference that cannot be read is as good as none
  }
}
