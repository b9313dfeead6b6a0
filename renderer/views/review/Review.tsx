import { useEffect, useMemo, type ReactNode } from 'react';
import type { HedgeLeg, Suggestion } from '../../../shared/contract/hedge.ts';
import { Panel } from '../../components/Panel.tsx';
import { RemoteView } from '../../components/RemoteView.tsx';
import { counted, integer, percent, signedMoney, signedPercent } from '../../format.ts';
import { legInFront } from '../../state/review.ts';
import { reviewColumns } from '../hedge/hedge-columns.ts';
import { BeforeAfter, Checks, Constraints } from '../hedge/HedgeEffect.tsx';
import { GridPane } from '../parts/GridPane.tsx';
import { NeedsData } from '../parts/NeedsData.tsx';
import { RememberedSplit } from '../parts/RememberedSplit.tsx';
import { suggestionColumns } from './review-columns.ts';
import { ReviewHead } from './ReviewHead.tsx';
import { ReviewLeg } from './ReviewLeg.tsx';
import { Facts } from '../../components/Facts.tsx';
import { useActions, useStoreItself, useWorkstation } from '../workstation.ts';

/** One leg at a time, large, the list beside it; what the decisions do to the whole, at once. */
export function Review(): ReactNode {
  return (
    <NeedsData>
      <ReviewBench />
    </NeedsData>
  );
}

function ReviewBench(): ReactNode {
  const list = useWorkstation((state) => state.suggestions);
  const announced = useWorkstation((state) =>
    state.lastEvent?.event.type === 'suggestions.changed' ? state.lastEvent.count : 0,
  );
  const chosen = useWorkstation((state) => state.suggestionId);
  const store = useStoreItself();
  const { loadSuggestions, loadSuggestion, openView } = useActions();
  useEffect(() => void loadSuggestions(), [announced, loadSuggestions]);
  const newest = list.value?.suggestions.reduce((most, row) => Math.max(most, row.suggestionId), 0) ?? 0;
  const inFront = chosen ?? (newest === 0 ? null : newest);
  useEffect(() => {
    if (inFront !== null) void loadSuggestion(inFront);
  }, [inFront, loadSuggestion]);
  // Changed in another window or by the command line: what is under review follows.
  const listed = list.value?.suggestions.find((row) => row.suggestionId === inFront);
  const [hash, state] = [listed?.hash, listed?.state];
  useEffect(() => {
    const shown = store.getState().suggestion.value;
    if (shown === null || shown.suggestionId !== inFront || hash === undefined) return;
    if (shown.hash !== hash || shown.state !== state) void loadSuggestion(inFront);
  }, [hash, state, inFront, store, loadSuggestion]);
  return (
    <RemoteView
      remote={list}
      what="the suggestions"
      onRetry={() => void loadSuggestions()}
      isEmpty={(value) => value.suggestions.length === 0}
      empty={
        <>
          <p>No hedge was suggested yet: what the hedge view finds is reviewed here.</p>
          <button type="button" className="primary" onClick={() => openView('hedge')}>
            Suggest a hedge
          </button>
        </>
      }
    >
      {() => <Bench />}
    </RemoteView>
  );
}

function Bench(): ReactNode {
  const suggestion = useWorkstation((state) => state.suggestion);
  const { loadSuggestion } = useActions();
  return (
    <RememberedSplit
      name="review"
      direction="column"
      share={0.8}
      first={
        <RemoteView
          remote={suggestion}
          what="the suggestion"
          onRetry={() => {
            const id = suggestion.value?.suggestionId;
            if (id !== undefined) void loadSuggestion(id);
          }}
        >
          {(value) => <UnderReview suggestion={value} />}
        </RemoteView>
      }
      second={<AllSuggestions />}
    />
  );
}

function UnderReview(props: { readonly suggestion: Suggestion }): ReactNode {
  const { suggestion } = props;
  const { proposal, state } = suggestion;
  const leg = useWorkstation(legInFront);
  const { chooseReviewLeg, focus } = useActions();
  const columns = useMemo(() => reviewColumns(proposal.currency), [proposal.currency]);
  const isOpen = state === 'draft' || state === 'reviewed';
  const decided = proposal.legs.filter((item) => item.decision !== 'undecided').length;
  const choose = (item: HedgeLeg) => {
    chooseReviewLeg(item.legId);
    focus({ symbol: item.symbol, strike: item.strike });
  };
  return (
    <>
      <ReviewHead suggestion={suggestion} />
      <RememberedSplit
        name="review.legs"
        direction="row"
        share={0.285}
        first={
          <GridPane
            title={`Legs: ${integer(decided)} of ${integer(proposal.legs.length)} decided`}
            name="review.legs"
            fit
            columns={columns}
            rows={proposal.legs}
            rowId={(item) => item.legId}
            selectedId={leg?.legId ?? null}
            onSelect={choose}
          />
        }
        second={
          <RememberedSplit
            name="review.leg"
            direction="row"
            share={0.5}
            first={
              leg === null ? (
                <div className="state">
                  <p>The suggestion has no legs.</p>
                </div>
              ) : (
                <ReviewLeg key={leg.legId} proposal={proposal} leg={leg} isOpen={isOpen} />
              )
            }
            second={<Whole suggestion={suggestion} />}
          />
        }
      />
    </>
  );
}

/** The package as it stands with the decisions so far; rejected legs count nothing. */
function Whole(props: { readonly suggestion: Suggestion }): ReactNode {
  const { proposal } = props.suggestion;
  return (
    <Panel
      title="With the decisions so far"
      tip="Rejected legs count nothing, undecided ones count as proposed; found again after every change"
    >
      <div className="scroll">
        <Facts
          label="The package"
          facts={[
            {
              label: 'Net delta',
              value: signedPercent(proposal.netDeltaFraction, 2),
              unit: '% of basket',
              tone: 'strong',
            },
            {
              label: 'Net premium',
              value: signedMoney(proposal.netPremium),
              unit: proposal.currency,
              tone: 'strong',
            },
            { label: 'Coverage', value: percent(proposal.coverage, 1), unit: '%', tone: 'strong' },
          ]}
        />
        <BeforeAfter proposal={proposal} />
        <Constraints proposal={proposal} />
        <Checks proposal={proposal} />
        {proposal.warnings.map((warning) => (
          <div className="note-line" key={warning}>
            <span aria-hidden="true">△</span>
            <span>{warning}</span>
          </div>
        ))}
        <p className="section-title">Quotes: {proposal.quoteModel}</p>
      </div>
    </Panel>
  );
}

const rowId = (row: { readonly suggestionId: number }): string => String(row.suggestionId);

function AllSuggestions(): ReactNode {
  const rows = useWorkstation((state) => state.suggestions.value?.suggestions ?? []);
  const shown = useWorkstation((state) => state.suggestion.value?.suggestionId ?? null);
  const { focus } = useActions();
  return (
    <GridPane
      title={`All suggestions: ${counted(rows.length, 'suggestion')}`}
      name="review.all"
      columns={suggestionColumns}
      rows={rows}
      rowId={rowId}
      selectedId={shown === null ? null : String(shown)}
      onSelect={(row) => focus({ suggestionId: row.suggestionId })}
      search
    />
  );
}
