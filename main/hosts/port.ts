import type { ClientMessage, DeskEvent, Progress, ServiceMessage } from '../../shared/contract/messages.ts';
import type { Failure } from '../../shared/failure.ts';
import type { Result } from '../../shared/result.ts';

export interface PortRequestOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

export interface KnownFile {
  readonly fileId: string;
  readonly fileName: string;
}

/** The service as a host sees it, wherever it runs. */
export interface ServicePort {
  readonly request: (name: string, input: unknown, options?: PortRequestOptions) => Promise<Result<unknown>>;
  readonly registerFile: (path: string, fileName: string) => Promise<KnownFile>;
  /** Returns its undo. */
  readonly subscribe: (listener: (event: DeskEvent) => void) => () => void;
  readonly close: () => Promise<void>;
}

/** What a desk is opened with, in the process that runs the service. */
export interface OpenOrder {
  readonly deskFile: string;
  readonly use: 'window' | 'command';
}

/** From a host to a service elsewhere. `open` comes first, once. */
export type HostMessage =
  | ClientMessage
  | { readonly type: 'open'; readonly order: OpenOrder }
  | {
      readonly type: 'register-file';
      readonly id: number;
      readonly path: string;
      readonly fileName: string;
    }
  | { readonly type: 'close' };

/** From a service elsewhere to its host. */
export type HostReply =
  | ServiceMessage
  | { readonly type: 'opened'; readonly result: Result<null, Failure> }
  | { readonly type: 'file-registered'; readonly id: number; readonly file: KnownFile }
  | { readonly type: 'closed' };
