import type { ReactNode } from 'react';
import type { Suggestion } from '../../../shared/contract/hedge.ts';
import { Panel } from '../../components/Panel.tsx';
import { Segmented, type Choice } from '../../components/Segmented.tsx';
import { integer } from '../../format.ts';
import { legInFront, type ReviewPane } from '../../state/review.ts';
import { useActions, useWorkstation } from '../workstation.ts';
import { UndoRedo } from './LegActions.tsx';
import { LegChain } from './LegChain.tsx';
import { ReviewDrift } from './ReviewDrift.tsx';
import { ReviewFills } from './ReviewFills.tsx';
import { ReviewLeg } from './ReviewLeg.tsx';
import { ReviewLog } from './ReviewLog.tsx';

const ofDraft: readonly Choice<ReviewPane>[] = [
  { value: 'leg', label: 'Leg' },
  { value: 'replace', label: 'Replace', tip: 'Another contract of the same name, from the chain (C)' },
  { value: 'drift', label: 'Prices', tip: 'Each leg’s price now against the reviewed one' },
  { value: 'log', label: 'Log', tip: 'What was done to it, by whom' },
];
const ofSent: readonly Choice<ReviewPane>[] = [
  { value: 'leg', label: 'Leg' },
  { value: 'drift', label: 'Prices', tip: 'Each leg’s price now against the reviewed one' },
  { value: 'fills', label: 'Fills', tip: 'What came back from the market' },
  { value: 'log', label: 'Log', tip: 'What was done to it, by whom' },
];

const choicesOf = ({ state }: Suggestion) => (state === 'draft' || state === 'reviewed' ? ofDraft : ofSent);

/** The pane asked for, or the leg where a suggestion in this state has no such pane. */
export const paneInFront = (asked: ReviewPane, suggestion: Suggestion): ReviewPane =>
  choicesOf(suggestion).some((choice) => choice.value === asked) ? asked : 'leg';

/** The middle of the review: the leg in front, what could replace it, prices since, fills, the log. */
export function ReviewPanes(props: { readonly suggestion: Suggestion }): ReactNode {
  const { suggestion } = props;
  const { proposal, state } = suggestion;
  const isOpen = state === 'draft' || state === 'reviewed';
  const choices = choicesOf(suggestion);
  const pane = paneInFront(
    useWorkstation((at) => at.reviewPane),
    suggestion,
  );
  const leg = useWorkstation(legInFront);
  const { openReviewPane, stepReviewLeg } = useActions();
  const at = proposal.legs.findIndex((item) => item.legId === leg?.legId) + 1;
  return (
    <Panel
      title={
        pane === 'leg' || pane === 'replace'
          ? `Leg ${integer(at)} of ${integer(proposal.legs.length)}`
          : titles[pane]
      }
      tools={
        <>
          {(pane === 'leg' || pane === 'replace') && (
            <>
              <button
                type="button"
                className="quiet"
                aria-label="Previous leg"
                data-tip="Previous leg"
                onClick={() => stepReviewLeg(-1)}
              >
                ‹ <kbd>K</kbd>
              </button>
              <button
                type="button"
                className="quiet"
                aria-label="Next leg"
                data-tip="Next leg"
                onClick={() => stepReviewLeg(1)}
              >
                <kbd>J</kbd> ›
              </button>
            </>
          )}
          {isOpen && <UndoRedo />}
          <Segmented<ReviewPane>
            label="What is shown"
            choices={choices}
            value={pane}
            onChange={openReviewPane}
          />
        </>
      }
    >
      {pane === 'drift' ? (
        <ReviewDrift suggestion={suggestion} />
      ) : pane === 'fills' ? (
        <ReviewFills suggestion={suggestion} />
      ) : pane === 'log' ? (
        <ReviewLog />
      ) : leg === null ? (
        <div className="state">
          <p>The suggestion has no legs.</p>
        </div>
      ) : pane === 'replace' ? (
        <LegChain key={leg.legId} proposal={proposal} leg={leg} />
      ) : (
        <ReviewLeg key={leg.legId} proposal={proposal} leg={leg} isOpen={isOpen} />
      )}
    </Panel>
  );
}

const titles = { drift: 'Prices since review', fills: 'Fills', log: 'What was done' } as const;
