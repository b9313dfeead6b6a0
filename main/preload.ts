import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron';
import type { ClientMessage, ServiceMessage } from '../shared/contract/messages.ts';

// Request and subscribe, a file in, a text out (docs/wire-protocol.md). This file does not grow.
contextBridge.exposeInMainWorld('voldesk', {
  post: (message: ClientMessage): void => {
    ipcRenderer.send('voldesk:post', message);
  },
  listen: (listener: (message: ServiceMessage) => void): (() => void) => {
    const receive = (_event: IpcRendererEvent, message: ServiceMessage): void => {
      listener(message);
    };
    ipcRenderer.on('voldesk:message', receive);
    return () => {
      ipcRenderer.off('voldesk:message', receive);
    };
  },
  registerFile: (file: File): Promise<unknown> =>
    ipcRenderer.invoke('voldesk:register-file', { path: webUtils.getPathForFile(file), name: file.name }),
  saveFile: (request: { fileName: string; text: string }): Promise<unknown> =>
    ipcRenderer.invoke('voldesk:save-file', { fileName: request.fileName, text: request.text }),
});
