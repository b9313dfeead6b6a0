import type { ReactNode } from 'react';
import type { Suggestion } from '../../../shared/contract/hedge.ts';
import { date, instant, integer } from '../../format.ts';
import { useActions, useWorkstation } from '../workstation.ts';
import { shortHash } from './review-columns.ts';
import { ReviewDecide } from './ReviewDecide.tsx';
import { ReviewExport } from './ReviewExport.tsx';

/** What is under review, its state and hash, and the decisions on the whole: approve, reject, export. */
export function ReviewHead(props: { readonly suggestion: Suggestion }): ReactNode {
  const { suggestion } = props;
  const { proposal, state, hash, note } = suggestion;
  const { tell } = useActions();
  const copy = async () => {
    await navigator.clipboard.writeText(hash);
    tell('done', 'The hash is copied.');
  };
  const about = [
    `As of ${date(proposal.asOf)}; made ${instant(suggestion.createdAt)} with version ${suggestion.version}`,
    ...(note === '' ? [] : [note]),
  ].join('\n');
  const by = suggestion.approvedBy === null ? '' : ` by ${suggestion.approvedBy}`;
  const approved =
    suggestion.approvedAt === null
      ? 'Not approved yet'
      : `Approved ${instant(suggestion.approvedAt)}${by}${suggestion.exportedAt === null ? '' : `\nExported ${instant(suggestion.exportedAt)}`}`;
  return (
    <div className="review-head">
      <Choice suggestion={suggestion} />
      <span className={`state-tag state-${state}`} data-tip={approved}>
        {state}
      </span>
      <span className="clip review-about" data-tip={about}>
        {proposal.basket}
        {proposal.basketVersion > 0 && ` v${integer(proposal.basketVersion)}`}, expiry {date(proposal.expiry)}
      </span>
      <button
        type="button"
        className="quiet mono"
        data-tip={`SHA-256 of inputs, legs, decisions, settings and version\n${hash}\nA click copies it`}
        aria-label="Copy the hash"
        onClick={() => void copy()}
      >
        #{shortHash(hash)}
      </button>
      {state === 'draft' || state === 'reviewed' ? (
        <ReviewDecide suggestion={suggestion} />
      ) : (
        <ReviewExport suggestion={suggestion} />
      )}
    </div>
  );
}

/** Flips between suggestions without leaving the leg list. */
function Choice(props: { readonly suggestion: Suggestion }): ReactNode {
  const rows = useWorkstation((state) => state.suggestions.value?.suggestions ?? []);
  const { focus } = useActions();
  const { suggestionId } = props.suggestion;
  const listed = rows.some((row) => row.suggestionId === suggestionId);
  return (
    <select
      className="review-choice"
      style={{ width: `calc(${String(suggestionId).length}ch + 114px)` }}
      aria-label="Suggestion"
      value={suggestionId}
      onChange={(event) => {
        focus({ suggestionId: Number(event.target.value) });
        event.target.blur(); // the keys of the review go on
      }}
    >
      {!listed && <option value={suggestionId}>Suggestion {integer(suggestionId)}</option>}
      {rows.map((row) => (
        <option key={row.suggestionId} value={row.suggestionId}>
          Suggestion {row.suggestionId}
          {'\u2003'}
          {row.state}, {row.basket}
        </option>
      ))}
    </select>
  );
}
