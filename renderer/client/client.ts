import type { CommandName, InputOf, OutputOf } from '../../shared/contract/index.ts';
import type { DeskEvent, Progress } from '../../shared/contract/messages.ts';
import type { Failure } from '../../shared/failure.ts';
import type { Result } from '../../shared/result.ts';

export interface RequestOptions {
  /** Aborting it stops the desk's work; the result is then the failure `cancelled`. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface Client {
  request<Name extends CommandName>(
    name: Name,
    input: InputOf<Name>,
    options?: RequestOptions,
  ): Promise<Result<OutputOf<Name>, Failure>>;
  /** Facts announced by the desk. Returns its undo. */
  subscribe(listener: (event: DeskEvent) => void): () => void;
  /** Hands a file to the host; the id is what `imports.stage` takes. */
  addFile(file: File): Promise<Result<{ readonly fileId: string }, Failure>>;
  /** Lets the user keep a text as a file. */
  saveText(fileName: string, mediaType: string, text: string): Promise<void>;
}

/** Offers a text as a download of this window. */
export function downloadText(fileName: string, mediaType: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: mediaType }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
