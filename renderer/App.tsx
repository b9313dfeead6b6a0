import { useEffect, useMemo, useState, type DragEvent, type ReactNode } from 'react';
import { CommandPalette } from './components/CommandPalette.tsx';
import { Tooltips } from './components/Tooltips.tsx';
import type { Workstation } from './state/store.ts';
import { ContextBar } from './views/frame/ContextBar.tsx';
import { paletteEntries } from './views/frame/palette-entries.ts';
import { Rail } from './views/frame/Rail.tsx';
import { StatusLine } from './views/frame/StatusLine.tsx';
import { views } from './views/registry.tsx';
import { useActions, useStoreItself, useWorkstation, WorkstationProvider } from './views/workstation.ts';

/** The window: rail, context bar, the view in front, status line, palette. */
export function App(props: { readonly workstation: Workstation }): ReactNode {
  return (
    <WorkstationProvider value={props.workstation}>
      <Window />
      <Tooltips />
    </WorkstationProvider>
  );
}

function Window(): ReactNode {
  const store = useStoreItself();
  const { addFiles, openView, goBack, loadHealth, loadSuggestions } = useActions();
  const [view, theme, scheme, loaded] = useWorkstation((state) => [
    state.view,
    state.theme,
    state.scheme,
    state.preferencesLoaded,
  ]);
  const [isFinding, setFinding] = useState(false);
  const [isOver, setOver] = useState(false);
  const [asOf, revision] = useWorkstation((state) => [state.asOf, state.desk.value?.dataRevision ?? null]);

  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
    document.documentElement.dataset['scheme'] = scheme;
  }, [theme, scheme]);
  useEffect(() => {
    if (revision !== null) void loadHealth();
  }, [asOf, revision, loadHealth]);
  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        setFinding((open) => !open);
        return;
      }
      if (event.altKey && !event.ctrlKey && !event.metaKey) {
        const pressed = event.code.replace(/^(Digit|Key)/, '').toLowerCase();
        const entry = views.find((item) => item.key === pressed);
        if (entry === undefined) return;
        event.preventDefault();
        openView(entry.name);
        return;
      }
      const inField =
        event.target instanceof Element &&
        event.target.closest('input, select, textarea, dialog, [role="dialog"]');
      if (event.key === 'Escape' && !event.defaultPrevented && !inField) goBack();
      if (event.key === '/' && !inField) {
        event.preventDefault();
        document.getElementById('symbol-field')?.focus();
      }
    };
    window.addEventListener('keydown', keys);
    return () => window.removeEventListener('keydown', keys);
  }, [openView, goBack]);

  const suggestions = useWorkstation((state) => state.suggestions.value);
  useEffect(() => {
    if (isFinding) void loadSuggestions();
  }, [isFinding, loadSuggestions]);
  // Suggestions arrive while one types.
  const entries = useMemo(
    () => (isFinding ? paletteEntries(store.getState(), suggestions?.suggestions ?? []) : []),
    [isFinding, store, suggestions],
  );
  const View = views.find((entry) => entry.name === view)?.View ?? views[0]?.View;
  const drop = (event: DragEvent) => {
    const isTaken = event.defaultPrevented; // by the pane it was dropped on
    event.preventDefault();
    setOver(false);
    if (isTaken) return;
    const files = [...event.dataTransfer.files];
    if (files.length === 0) return;
    openView('imports');
    void addFiles(files);
  };
  return (
    <div
      className="window"
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => event.currentTarget === event.target && setOver(false)}
      onDrop={drop}
    >
      <Rail />
      <ContextBar onPalette={() => setFinding(true)} />
      <main className="view" key={view}>
        {loaded && View !== undefined && <View />}
      </main>
      <StatusLine />
      {isOver && <div className="drop-veil">Drop the files to look at them before they are imported</div>}
      {isFinding && <CommandPalette entries={entries} onClose={() => setFinding(false)} />}
    </div>
  );
}
