import { useEffect, useMemo, type ReactNode } from 'react';
import type { Suggestion, SuggestionDrift } from '../../../shared/contract/hedge.ts';
import { Facts } from '../../components/Facts.tsx';
import { RemoteView } from '../../components/RemoteView.tsx';
import { counted, date, integer, signedMoney } from '../../format.ts';
import { GridPane } from '../parts/GridPane.tsx';
import { useActions, useWorkstation } from '../workstation.ts';
import { driftColumns } from './drift-columns.ts';
import { prose } from '../../prose.ts';

/** Every leg's price now against the reviewed one, and what the move is worth in all. */
export function ReviewDrift(props: { readonly suggestion: Suggestion }): ReactNode {
  const { suggestionId, proposal } = props.suggestion;
  const drift = useWorkstation((state) => state.drift);
  const asOf = useWorkstation((state) => state.asOf);
  const revision = useWorkstation((state) => state.desk.value?.dataRevision ?? null);
  const { loadDrift } = useActions();
  useEffect(() => void loadDrift(suggestionId), [suggestionId, asOf, revision, loadDrift]);
  const columns = useMemo(() => driftColumns(proposal.currency), [proposal.currency]);
  return (
    <RemoteView remote={drift} what="the newest quotes" onRetry={() => void loadDrift(suggestionId)}>
      {(value) => (
        <>
          <DriftSummary drift={value} currency={proposal.currency} />
          <GridPane
            bare
            title="Prices since review"
            name="review.drift"
            columns={columns}
            rows={value.legs}
            rowId={(row) => row.legId}
          />
        </>
      )}
    </RemoteView>
  );
}

/** The drift in a sentence and a few numbers. */
export function DriftSummary(props: {
  readonly drift: SuggestionDrift;
  readonly currency: string;
}): ReactNode {
  const { drift, currency } = props;
  const missed = drift.legs.filter((leg) => leg.limitTrades === false).length;
  return (
    <>
      <Facts
        label="Prices since review"
        facts={[
          { label: 'Reviewed', value: date(drift.reviewedOn) },
          {
            label: 'Moved',
            value: signedMoney(drift.money),
            unit: currency,
            tone: drift.money < 0 ? 'loss' : drift.money > 0 ? 'gain' : 'dim',
            tip: 'Worth to us of all legs that have a quote: better (+), worse (−)',
          },
          {
            label: 'Limits that would not trade now',
            value: integer(missed),
            ...(missed === 0 ? {} : { tone: 'warning' as const }),
          },
          ...(drift.unknown === 0
            ? []
            : [{ label: 'Without a quote', value: counted(drift.unknown, 'leg'), tone: 'warning' as const }]),
        ]}
      />
      <p className="leg-why">{prose(drift.sentence)}</p>
    </>
  );
}
