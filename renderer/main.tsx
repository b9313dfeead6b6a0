import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { createElectronClient, type VoldeskBridge } from './client/electron.ts';
import { createWebClient } from './client/web.ts';
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

declare global {
  interface Window {
    readonly voldesk?: VoldeskBridge;
  }
}

const client = window.voldesk === undefined ? createWebClient() : createElectronClient(window.voldesk);
const workstation = createWorkstation(client);
const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<App workstation={workstation} />);
void openWorkstation(workstation, client, { onReplaced: () => window.location.reload() });
