import type { OutputOf } from '../../../shared/contract/index.ts';
import type { PaletteEntry } from '../../components/CommandPalette.tsx';
import { counted, date, daysToGo } from '../../format.ts';
import type { WorkstationState } from '../../state/store.ts';
import { views } from '../registry.tsx';

/** Everything that can be reached by a few letters, from what is on the desk now. */
export function paletteEntries(
  state: WorkstationState,
  suggestions: OutputOf<'suggestion.list'>['suggestions'],
): PaletteEntry[] {
  const { openView, focus, setAppearance, openDemoMarket } = state;
  const entries: PaletteEntry[] = views.map((view) => ({
    id: `view.${view.name}`,
    kind: 'View',
    title: view.title,
    detail: view.about,
    shortcut: `Alt ${view.key.toUpperCase()}`,
    run: () => openView(view.name),
  }));
  const action = (title: string, run: () => void, detail = '') =>
    entries.push({ id: `action.${title}`, kind: 'Action', title, detail, run });
  action('Import files', () => openView('imports'), 'drop or choose files');
  action(state.theme === 'dark' ? 'Use the light theme' : 'Use the dark theme', () =>
    setAppearance({ theme: state.theme === 'dark' ? 'light' : 'dark' }),
  );
  action(
    'Colors: blue and orange',
    () => setAppearance({ scheme: 'blue-orange' }),
    'safe for color blindness',
  );
  action('Colors: green gains, red losses', () => setAppearance({ scheme: 'green-red' }));
  action('Colors: red gains, green losses', () => setAppearance({ scheme: 'red-green' }));
  const { undo = null, redo = null } = state.edits.value ?? {};
  if (undo !== null) action(`Undo: ${undo.title}`, () => void state.undoEdit(), 'Ctrl Z');
  if (redo !== null) action(`Redo: ${redo.title}`, () => void state.redoEdit(), 'Ctrl Shift Z');
  action('Go back', state.goBack, 'Esc');
  if (state.desk.value?.isEmpty === true)
    action('Open the demo market', () => void openDemoMarket(), 'a synthetic market on an empty desk');
  for (const item of state.desk.value?.underliers ?? [])
    entries.push({
      id: `name.${item.symbol}`,
      kind: 'Name',
      title: item.symbol,
      detail: item.name === item.symbol ? item.kind : item.name,
      run: () => focus({ symbol: item.symbol }),
    });
  for (const item of suggestions)
    entries.push({
      id: `suggestion.${item.suggestionId}`,
      kind: 'Review',
      title: `Suggestion ${item.suggestionId} of ${item.basket}`,
      detail: `${item.state}, expiry ${date(item.expiry)}, ${counted(item.legs, 'leg')}`,
      run: () => {
        focus({ suggestionId: item.suggestionId });
        openView('review');
      },
    });
  for (const expiry of state.chain.value?.expiries ?? [])
    entries.push({
      id: `expiry.${expiry.key}`,
      kind: 'Expiry',
      title: `${expiry.root} ${date(expiry.expiry)}`,
      detail: daysToGo(expiry.days),
      run: () => {
        focus({ expiryKey: expiry.key });
        openView('chain');
      },
    });
  for (const day of state.desk.value?.marketDates.slice(0, 40) ?? [])
    entries.push({
      id: `day.${day}`,
      kind: 'Day',
      title: `As of ${date(day)}`,
      run: () => focus({ asOf: day === state.desk.value?.marketDates[0] ? null : day, expiryKey: null }),
    });
  return entries;
}
