import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { createElectronClient, type VoldeskBridge } from './client/electron.ts';
import { createWebClient } from './client/web.ts';
import { viewNames } from './state/context.ts';
import { createWorkstation, openWorkstation } from './state/store.ts';
import './tokens.css';
import './styles/base.css';
import './styles/frame.css';
import './styles/parts.css';
import './styles/views.css';
import './styles/decisions.css';
import './styles/book.css';
import './styles/heat-map.css';
import './styles/dispersion.css';
import './styles/basket.css';
import './styles/scenario.css';

declare global {
  interface Window {
    readonly voldesk?: VoldeskBridge;
  }
}

const client = window.voldesk === undefined ? createWebClient() : createElectronClient(window.voldesk);
const workstation = createWorkstation(client);
const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<App workstation={workstation} />);

/** The view in front when the desk behind the window was replaced: the new desk remembers another. */
const keptView = 'voldesk.view';
void openWorkstation(workstation, client, {
  onReplaced: () => {
    sessionStorage.setItem(keptView, workstation.getState().view);
    window.location.reload();
  },
}).then(() => {
  const kept = viewNames.find((name) => name === sessionStorage.getItem(keptView));
  sessionStorage.removeItem(keptView);
  if (kept !== undefined) workstation.getState().openView(kept);
});
