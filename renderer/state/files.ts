import type { StateCreator } from 'zustand/vanilla';
import type { Client } from '../client/client.ts';
import type { WorkstationState } from './store.ts';

export interface FilesSlice {
  /** Lets the user keep a text as a file: a table, a ticket. */
  saveText(fileName: string, mediaType: string, text: string): Promise<void>;
}

export const createFilesSlice =
  (client: Client): StateCreator<WorkstationState, [], [], FilesSlice> =>
  () => ({ saveText: (fileName, mediaType, text) => client.saveText(fileName, mediaType, text) });
