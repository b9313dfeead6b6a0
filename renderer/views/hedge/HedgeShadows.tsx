import type { ReactNode } from 'react';
import type { HedgeProposal } from '../../../shared/contract/hedge.ts';
import { sentenceOf } from '../../../shared/failure.ts';
import { shadowsFor } from '../../state/hedge.ts';
import { useActions, useWorkstation } from '../workstation.ts';
import { Constraints } from './HedgeEffect.tsx';

/** Asks what one step looser of each limit would buy, or stops asking. */
export function ShadowsButton(props: { readonly proposal: HedgeProposal }): ReactNode {
  const { request } = props.proposal;
  const status = useWorkstation((state) => shadowsFor(state, request).status);
  const { loadShadows, cancelShadows } = useActions();
  if (status === 'loading')
    return (
      <button type="button" onClick={cancelShadows}>
        Cancel
      </button>
    );
  return (
    <button
      type="button"
      className="quiet"
      data-tip="Solves again with each limit one step looser, all else as it is; takes some seconds"
      onClick={() => void loadShadows(request)}
    >
      {status === 'ready' ? 'Look again' : 'What would looser limits buy?'}
    </button>
  );
}

/** The constraints with what looser ones would buy, once that was asked for. */
export function ConstraintsAndLooser(props: { readonly proposal: HedgeProposal }): ReactNode {
  const { proposal } = props;
  const found = useWorkstation((state) => shadowsFor(state, proposal.request));
  return (
    <>
      {found.status === 'failed' && (
        <div className="note-line" role="alert">
          <span className="error" aria-hidden="true">
            ▲
          </span>
          <span>{sentenceOf(found.error)}</span>
        </div>
      )}
      {found.status === 'loading' && (
        <div className="note-line" role="status">
          <span aria-hidden="true">…</span>
          <span>{found.progress?.label ?? 'Solving again'}</span>
        </div>
      )}
      <Constraints proposal={proposal} {...(found.value === null ? {} : { looser: found.value.shadows })} />
    </>
  );
}
