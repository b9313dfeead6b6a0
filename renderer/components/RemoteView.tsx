import { useState, type ReactNode } from 'react';
import { sentenceOf, type Failure } from '../../shared/failure.ts';
import { integer } from '../format.ts';
import type { Remote } from '../remote.ts';
import { prose } from '../prose.ts';

interface RemoteViewProps<T> {
  readonly remote: Remote<T>;
  /** What is being read, for the loading line: `the chain of SPX`. */
  readonly what: string;
  readonly isEmpty?: (value: T) => boolean;
  /** Drawn where there is nothing: a sentence and the action that fills it. */
  readonly empty?: ReactNode;
  readonly onCancel?: () => void;
  readonly onRetry?: () => void;
  /** Other ways out of a failure, beside trying again. */
  readonly remedies?: ReactNode;
  readonly children: (value: T, isStale: boolean) => ReactNode;
}

/** Draws every state of something asked for. A value that is there stays while it is asked again. */
export function RemoteView<T>(props: RemoteViewProps<T>): ReactNode {
  const { remote, what, isEmpty, empty, onCancel, onRetry, remedies, children } = props;
  if (remote.value !== null && !(isEmpty?.(remote.value) ?? false))
    return (
      <div className="remote" data-status={remote.status}>
        {remote.status === 'failed' && <FailureLine error={remote.error} {...(onRetry ? { onRetry } : {})} />}
        {remote.status === 'loading' && <div className="remote-bar" role="progressbar" aria-label={what} />}
        {children(remote.value, remote.status !== 'ready')}
      </div>
    );
  if (remote.status === 'failed')
    return (
      <div className="state" role="alert">
        <FailureLine error={remote.error} {...(onRetry ? { onRetry } : {})} />
        {remedies}
      </div>
    );
  if (remote.status === 'ready') return <div className="state">{empty ?? <p>Nothing here.</p>}</div>;
  return <LoadingState what={what} remote={remote} {...(onCancel ? { onCancel } : {})} />;
}

function LoadingState(props: { what: string; remote: Remote<unknown>; onCancel?: () => void }): ReactNode {
  const progress = props.remote.status === 'loading' ? props.remote.progress : null;
  return (
    <div className="state state-loading" role="status">
      <p>
        Reading {props.what}
        {progress === null ? ' …' : `: ${progress.label}`}
        {progress !== null && progress.total !== null && (
          <span className="dim">
            {' '}
            {integer(progress.done)} of {integer(progress.total)}
          </span>
        )}
      </p>
      {progress !== null && progress.total !== null && (
        <progress value={progress.done} max={progress.total} aria-label={props.what} />
      )}
      {props.onCancel !== undefined && (
        <button type="button" onClick={props.onCancel}>
          Cancel
        </button>
      )}
    </div>
  );
}

/** The thing, the fact, the next step, and an incident number that can be copied. */
export function FailureLine(props: { readonly error: Failure; readonly onRetry?: () => void }): ReactNode {
  const [copied, setCopied] = useState(false);
  const incident = props.error.detail['incident'];
  return (
    <div className="failure-line" role="alert">
      <span aria-hidden="true">▲</span>
      <span>{prose(sentenceOf(props.error))}</span>
      {incident !== undefined && (
        <button
          type="button"
          onClick={() => void navigator.clipboard.writeText(String(incident)).then(() => setCopied(true))}
        >
          {copied ? 'Copied' : 'Copy incident number'}
        </button>
      )}
      {props.onRetry !== undefined && (
        <button type="button" onClick={props.onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}
