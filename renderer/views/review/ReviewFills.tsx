import { useEffect, useMemo, useRef, type DragEvent, type ReactNode } from 'react';
import type { Suggestion } from '../../../shared/contract/hedge.ts';
import { Facts } from '../../components/Facts.tsx';
import { RemoteView } from '../../components/RemoteView.tsx';
import { counted, integer, money, signedMoney } from '../../format.ts';
import type { StagedFills } from '../../state/fills.ts';
import { GridPane } from '../parts/GridPane.tsx';
import { useActions, useWorkstation } from '../workstation.ts';
import { legFillColumns, previewColumns } from './fill-columns.ts';
import { prose } from '../../prose.ts';

/** What came back from the market: a file is looked at before it counts, then each leg's fills and slippage. */
export function ReviewFills(props: { readonly suggestion: Suggestion }): ReactNode {
  const { suggestionId, state } = props.suggestion;
  const staged = useWorkstation((at) => at.stagedFills);
  const input = useRef<HTMLInputElement>(null);
  const { stageFills, loadFills } = useActions();
  useEffect(() => void loadFills(suggestionId), [suggestionId, state, loadFills]);
  const isSent = state === 'exported' || state === 'part-filled' || state === 'filled';
  const read = (file: File | undefined) => {
    if (file !== undefined && isSent) void stageFills(suggestionId, file);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault(); // a file dropped here is a file of fills, not one to import
    read(event.dataTransfer.files[0]);
  };
  return (
    <div className="drop-pane" onDrop={drop}>
      <div className="toolbar">
        <input
          ref={input}
          type="file"
          hidden
          aria-label="File of fills"
          accept=".csv,.txt,.tsv"
          onChange={(event) => {
            read(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
        <button
          type="button"
          className={state === 'exported' && staged.value === null ? 'primary' : ''}
          disabled={!isSent}
          data-tip={
            isSent
              ? 'Our own layout (suggestion_id, contract, side, quantity, price, time, commission) or an IBKR statement; looked at before it counts'
              : `It is ${state}: nothing was sent`
          }
          onClick={() => input.current?.click()}
        >
          Choose a file of fills …
        </button>
        <span className="dim">or drop it here</span>
      </div>
      {staged.status === 'idle' ? (
        <Filled suggestion={props.suggestion} />
      ) : (
        <RemoteView remote={staged} what="the file of fills" remedies={<BackToFills />}>
          {(value) => <Preview staged={value} currency={props.suggestion.proposal.currency} />}
        </RemoteView>
      )}
    </div>
  );
}

function BackToFills(): ReactNode {
  const { discardFills } = useActions();
  return (
    <button type="button" onClick={discardFills}>
      Back to the fills
    </button>
  );
}

function Preview(props: { readonly staged: StagedFills; readonly currency: string }): ReactNode {
  const { staged, currency } = props;
  const { commitFills, discardFills } = useActions();
  const columns = useMemo(() => previewColumns(currency), [currency]);
  const of = (state: StagedFills['rows'][number]['state']) =>
    staged.rows.filter((row) => row.state === state).length;
  const matched = of('matched');
  return (
    <>
      <div className="toolbar">
        <strong>{staged.fileName}</strong>
        <span>
          {integer(matched)} matched, {integer(of('duplicate'))} known already, {integer(of('refused'))}{' '}
          refused, {integer(staged.rejections.length)} unreadable
        </span>
        <span className="spacer" />
        <button
          type="button"
          className="primary"
          disabled={matched === 0}
          data-tip={
            matched === 0 ? 'No row fits a leg that is open' : 'What is refused is kept in the audit by name'
          }
          onClick={() => void commitFills()}
        >
          Count {counted(matched, 'fill')}
        </button>
        <button type="button" onClick={discardFills}>
          Discard
        </button>
      </div>
      {staged.rejections.slice(0, 4).map((one) => (
        <div className="note-line" key={one.line}>
          <span aria-hidden="true">△</span>
          <span>
            Line {integer(one.line)}: {prose(one.reason)}
          </span>
        </div>
      ))}
      <GridPane
        bare
        title="Fills in the file"
        name="review.preview"
        columns={columns}
        rows={staged.rows}
        rowId={(row) => String(row.line)}
      />
    </>
  );
}

function Filled(props: { readonly suggestion: Suggestion }): ReactNode {
  const { suggestionId, proposal } = props.suggestion;
  const fills = useWorkstation((state) => state.fills);
  const { loadFills } = useActions();
  const columns = useMemo(() => legFillColumns(proposal.currency), [proposal.currency]);
  return (
    <RemoteView remote={fills} what="the fills" onRetry={() => void loadFills(suggestionId)}>
      {({ report, fills: executions }) => {
        const [sent, filled] = report.legs.reduce(
          ([all, done], leg) => [all + leg.ordered, done + leg.filled],
          [0, 0],
        );
        return (
          <>
            <Facts
              label="Fills in all"
              facts={[
                {
                  label: 'Filled',
                  value: `${integer(filled)} of ${integer(sent)}`,
                  unit: 'contracts',
                  tone: 'strong',
                  tip: counted(executions.length, 'execution'),
                },
                {
                  label: 'Premium',
                  value: signedMoney(report.premium),
                  unit: proposal.currency,
                  tip: 'Received (+) or paid (−), before fees',
                },
                {
                  label: 'Slip to limit',
                  value: signedMoney(report.slippageToLimitMoney),
                  unit: proposal.currency,
                  tip: 'Worse (+) or better (−) than the reviewed limits',
                },
                {
                  label: 'Slip to mid',
                  value: signedMoney(report.slippageToMidMoney),
                  unit: proposal.currency,
                  tip: 'Worse (+) or better (−) than the middle of the reviewed quotes',
                },
                { label: 'Fees', value: money(report.commission, 2), unit: proposal.currency },
              ]}
            />
            <GridPane
              bare
              title="Fills by leg"
              name="review.fills"
              columns={columns}
              rows={report.legs}
              rowId={(row) => row.legId}
            />
          </>
        );
      }}
    </RemoteView>
  );
}
