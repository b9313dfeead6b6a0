import { useEffect, useMemo, type ReactNode } from 'react';
import type { HedgeLeg, Suggestion } from '../../../shared/contract/hedge.ts';
import { Panel } from '../../components/Panel.tsx';
import { RemoteView } from '../../components/RemoteView.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { integer, percent, signedMoney, signedPercent } from '../../format.ts';
import { legInFront, type ReviewPane } from '../../state/review.ts';
import { reviewColumns } from '../hedge/hedge-columns.ts';
import { BeforeAfter, Checks, Constraints, Flags } from '../hedge/HedgeEffect.tsx';
import { GridPane } from '../parts/GridPane.tsx';
import { NeedsData } from '../parts/NeedsData.tsx';
import { RememberedSplit } from '../parts/RememberedSplit.tsx';
import { suggestionColumns } from './review-columns.ts';
import { ReviewHead } from './ReviewHead.tsx';
import { paneInFront, ReviewPanes } from './ReviewPanes.tsx';
import { Compare } from './Compare.tsx';
import { useKeys } from './use-keys.ts';
import { Facts } from '../../components/Facts.tsx';
import { useActions, useStoreItself, useWorkstation } from '../workstation.ts';
import { prose } from '../../prose.ts';

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
  const { loadSuggestions, loadSuggestion, loadSecondPerson, openView } = useActions();
  useEffect(() => void loadSecondPerson(), [loadSecondPerson]);
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
  const newest = useWorkstation((state) => state.suggestions.value?.suggestions[0]?.suggestionId ?? null);
  const { loadSuggestion, focus } = useActions();
  return (
    <RemoteView
      remote={suggestion}
      what="the suggestion"
      onRetry={() => {
        const id = suggestion.value?.suggestionId;
        if (id !== undefined) void loadSuggestion(id);
      }}
      remedies={
        newest === null ? undefined : (
          <button type="button" onClick={() => focus({ suggestionId: newest })}>
            Open suggestion {integer(newest)} instead
          </button>
        )
      }
    >
      {(value) => <UnderReview suggestion={value} />}
    </RemoteView>
  );
}

const wide: Partial<Record<ReviewPane, true>> = { drift: true, fills: true, log: true };

function UnderReview(props: { readonly suggestion: Suggestion }): ReactNode {
  const { suggestion } = props;
  const isComparing = useWorkstation((state) => state.reviewList === 'all' && state.comparedIds.length > 1);
  // Tables of many columns have the room of the package beside them.
  const isWide = useWorkstation((state) => paneInFront(state.reviewPane, suggestion) in wide);
  const { stepReviewLeg, undoReview, redoReview } = useActions();
  useKeys({
    j: () => stepReviewLeg(1),
    k: () => stepReviewLeg(-1),
    u: () => void undoReview(),
    'ctrl+z': () => void undoReview(),
    'ctrl+shift+z': () => void redoReview(),
    'ctrl+y': () => void redoReview(),
  });
  return (
    <>
      <ReviewHead suggestion={suggestion} />
      <RememberedSplit
        name="review.legs"
        direction="row"
        share={0.285}
        first={<Lists suggestion={suggestion} />}
        second={
          isComparing ? (
            <Compare />
          ) : isWide ? (
            <ReviewPanes suggestion={suggestion} />
          ) : (
            <RememberedSplit
              name="review.leg"
              direction="row"
              share={0.55}
              first={<ReviewPanes suggestion={suggestion} />}
              second={<Whole suggestion={suggestion} />}
            />
          )
        }
      />
    </>
  );
}

/** The legs of what is under review, or all suggestions to choose from and to set side by side. */
function Lists(props: { readonly suggestion: Suggestion }): ReactNode {
  const list = useWorkstation((state) => state.reviewList);
  const { openReviewList } = useActions();
  const count = useWorkstation((state) => state.suggestions.value?.suggestions.length ?? 0);
  const tools = (
    <Segmented<'legs' | 'all'>
      label="What is listed"
      choices={[
        { value: 'legs', label: 'Legs' },
        {
          value: 'all',
          label: `All ${integer(count)}`,
          tip: 'All suggestions; mark two to four to see them side by side',
        },
      ]}
      value={list}
      onChange={openReviewList}
    />
  );
  return list === 'legs' ? (
    <LegList suggestion={props.suggestion} tools={tools} />
  ) : (
    <AllSuggestions tools={tools} />
  );
}

function LegList(props: { readonly suggestion: Suggestion; readonly tools: ReactNode }): ReactNode {
  const { proposal } = props.suggestion;
  const inFront = useWorkstation((state) => legInFront(state)?.legId ?? null);
  const changed = useWorkstation((state) => state.reviewTrail?.changed ?? noLegs);
  const { chooseReviewLeg, focus } = useActions();
  const columns = useMemo(() => reviewColumns(proposal.currency, changed), [proposal.currency, changed]);
  const decided = proposal.legs.filter((item) => item.decision !== 'undecided').length;
  const choose = (item: HedgeLeg) => {
    chooseReviewLeg(item.legId);
    focus({ symbol: item.symbol, strike: item.strike });
  };
  return (
    <GridPane
      title={`Legs: ${integer(decided)} of ${integer(proposal.legs.length)} decided`}
      name="review.legs"
      fit
      columns={columns}
      rows={proposal.legs}
      rowId={(item) => item.legId}
      selectedId={inFront}
      onSelect={choose}
      tools={props.tools}
    />
  );
}

const noLegs: readonly string[] = [];

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
        <Flags proposal={proposal} />
        <Constraints proposal={proposal} />
        <Checks proposal={proposal} />
        {proposal.warnings.map((warning) => (
          <div className="note-line" key={warning}>
            <span aria-hidden="true">△</span>
            <span>{prose(warning)}</span>
          </div>
        ))}
        <p className="section-title">Quotes: {proposal.quoteModel}</p>
      </div>
    </Panel>
  );
}

const rowId = (row: { readonly suggestionId: number }): string => String(row.suggestionId);

function AllSuggestions(props: { readonly tools: ReactNode }): ReactNode {
  const rows = useWorkstation((state) => state.suggestions.value?.suggestions ?? []);
  const shown = useWorkstation((state) => state.suggestion.value?.suggestionId ?? null);
  const compared = useWorkstation((state) => state.comparedIds);
  const columns = useMemo(() => suggestionColumns(compared), [compared]);
  const { focus, toggleCompared } = useActions();
  const refused = useWorkstation((state) => state.suggestions.value?.refused ?? []);
  return (
    <>
      {refused.map(({ suggestionId, sentence }) => (
        <div className="note-line" role="alert" key={suggestionId}>
          <span className="error" aria-hidden="true">
            ▲
          </span>
          <span>{sentence}</span>
        </div>
      ))}
      <GridPane
        title="Suggestions"
        name="review.all"
        columns={columns}
        rows={rows}
        rowId={rowId}
        selectedId={shown === null ? null : String(shown)}
        onSelect={(row) => focus({ suggestionId: row.suggestionId })}
        onCellClick={(row, key) => {
          if (key === 'compare') toggleCompared(row.suggestionId);
        }}
        tools={props.tools}
      />
    </>
  );
}
