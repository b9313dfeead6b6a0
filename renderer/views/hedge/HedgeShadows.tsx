import type { ReactNode } from 'react';
import type { HedgeProposal } from '../../../shared/contract/hedge.ts';
import { sentenceOf } from '../../../shared/failure.ts';
import { signedMoney, signedPercent } from '../../format.ts';
import { shadowsFor } from '../../state/hedge.ts';
import { useActions, useWorkstation } from '../workstation.ts';

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

/** A line a limit: what one step looser would buy, and what it does to premium and net delta. */
export function Shadows(props: { readonly proposal: HedgeProposal }): ReactNode {
  const { request, currency } = props.proposal;
  const found = useWorkstation((state) => shadowsFor(state, request));
  if (found.status === 'idle') return null;
  if (found.status === 'failed')
    return (
      <div className="note-line" role="alert">
        <span className="error" aria-hidden="true">
          ▲
        </span>
        <span>{sentenceOf(found.error)}</span>
      </div>
    );
  if (found.value === null)
    return (
      <div className="note-line" role="status">
        <span aria-hidden="true">…</span>
        <span>{found.status === 'loading' ? (found.progress?.label ?? 'Solving again') : ''}</span>
        <progress aria-label="Solving again with looser limits" />
      </div>
    );
  return (
    <>
      <p className="section-title">One step looser</p>
      <ul className="checklist" aria-label="What looser limits would buy">
        {found.value.shadows.map((shadow) => (
          <li
            key={shadow.constraint}
            data-tip={`Net premium ${signedMoney(shadow.netPremium)} ${currency}, net delta ${signedPercent(shadow.netDeltaFraction, 2)} % of the basket, coverage ${signedPercent(shadow.coverage, 1)} %${shadow.proven ? '' : '; the time ended before a proof'}`}
          >
            <span className="check-mark" aria-hidden="true">
              {shadow.sentence.includes('would buy nothing') ? '○' : '▹'}
            </span>
            <span className="check-text">{shadow.sentence}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
