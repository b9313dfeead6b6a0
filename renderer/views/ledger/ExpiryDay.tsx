import { useMemo, type ReactNode } from 'react';
import type { ExpiryPosting, ExpiryProposal } from '../../../shared/contract/expiry-day.ts';
import { Facts } from '../../components/Facts.tsx';
import { Panel } from '../../components/Panel.tsx';
import { RemoteView } from '../../components/RemoteView.tsx';
import { counted, date, integer, signedMoney } from '../../format.ts';
import { choiceOf, confirmedRows, expiryRowInFront } from '../../state/ledger.ts';
import { GridPane } from '../parts/GridPane.tsx';
import { RememberedSplit } from '../parts/RememberedSplit.tsx';
import { useActions, useWorkstation } from '../workstation.ts';
import { ExpiryConfirm } from './ExpiryConfirm.tsx';
import { expiryColumns } from './expiry-columns.ts';

const rowId = (row: ExpiryProposal) => row.key;

/** What is at its expiry, how it ends, and what was posted; nothing moves before a person confirmed it. */
export function ExpiryDay(): ReactNode {
  const expiry = useWorkstation((state) => state.expiry);
  const { loadExpiry } = useActions();
  return (
    <RemoteView remote={expiry} what="the expiries" onRetry={() => void loadExpiry()}>
      {(found) => (
        <>
          <ExpiryFacts rows={found.rows} asOf={found.asOf} nextExpiry={found.nextExpiry} />
          <RememberedSplit
            name="expiry"
            direction="column"
            share={0.66}
            first={<Expiring rows={found.rows} nextExpiry={found.nextExpiry} />}
            second={<Postings />}
          />
        </>
      )}
    </RemoteView>
  );
}

function ExpiryFacts(props: {
  readonly rows: readonly ExpiryProposal[];
  readonly asOf: string | null;
  readonly nextExpiry: string | null;
}): ReactNode {
  const { rows, asOf, nextExpiry } = props;
  const confirmed = useWorkstation((state) => confirmedRows(state).length);
  const open = rows.filter((row) => row.outcome === null).length;
  return (
    <Facts
      label="Expiry day"
      facts={[
        { label: 'As of', value: date(asOf) },
        {
          label: 'At their expiry',
          value: counted(rows.length, 'option'),
          tone: rows.length > 0 ? 'strong' : 'dim',
        },
        {
          label: 'To be told',
          value: integer(open),
          tone: open > 0 ? 'warning' : 'dim',
          tip: 'Without a settlement price, or adjusted: a person says what happened',
        },
        { label: 'Confirmed', value: integer(confirmed), tip: 'Rows that will be posted' },
        { label: 'Next expiry', value: date(nextExpiry), tip: 'Of options that are on' },
      ]}
    />
  );
}

function Expiring(props: {
  readonly rows: readonly ExpiryProposal[];
  readonly nextExpiry: string | null;
}): ReactNode {
  const { rows, nextExpiry } = props;
  const choices = useWorkstation((state) => state.expiryChoices);
  const inFront = useWorkstation((state) => expiryRowInFront(state)?.key ?? null);
  const sure = rows.filter((row) => row.outcome !== null && row.flags.length === 0).length;
  const columns = useMemo(() => expiryColumns((row) => choiceOf({ expiryChoices: choices }, row)), [choices]);
  const { chooseExpiryRow, confirmProposed, focus } = useActions();
  return (
    <RememberedSplit
      name="expiry.confirm"
      direction="row"
      share={0.74}
      first={
        <GridPane
          title="At their expiry"
          tip="Choose a row, confirm it on the right"
          name="expiry.rows"
          columns={columns}
          rows={rows}
          rowId={rowId}
          selectedId={inFront}
          onSelect={(row) => {
            chooseExpiryRow(row.key);
            focus({ symbol: row.symbol, strike: row.strike });
          }}
          fit
          emptyText={
            nextExpiry === null
              ? 'No option is on'
              : `Nothing is at its expiry. The next is ${date(nextExpiry)}`
          }
          tools={
            <button
              type="button"
              className="quiet"
              disabled={sure === 0}
              data-tip="Confirms every row that has a settlement price and nothing in doubt"
              onClick={confirmProposed}
            >
              Confirm {integer(sure)} as proposed
            </button>
          }
        />
      }
      second={<ExpiryConfirm />}
    />
  );
}

/** Postings that stand and that were taken back, newest first. */
function Postings(): ReactNode {
  const postings = useWorkstation((state) => state.expiryPostings.value?.postings ?? []);
  const { undoExpiry } = useActions();
  return (
    <Panel
      title={`Posted: ${counted(postings.length, 'time')}`}
      tip="Each posting is one layer of positions: undone exactly, and brought back"
    >
      <ul className="scroll order-lines" aria-label="Expiry postings">
        {postings.length === 0 && <li className="dim">Nothing was posted yet.</li>}
        {postings.map((posting) => (
          <li key={posting.postingId} className={posting.undoneAt === null ? '' : 'dim'}>
            <span data-tip={posting.rows.map(postedText).join('\n')}>
              {`${integer(posting.postingId)} · ${date(posting.asOf)} · ${counted(posting.rows.length, 'option')} · cash ${signedMoney(cashOf(posting))}`}
              {posting.note === '' ? '' : ` · ${posting.note}`}
              {posting.undoneAt === null ? '' : ' · undone'}
            </span>
            <button type="button" onClick={() => void undoExpiry(posting)}>
              {posting.undoneAt === null ? 'Undo' : 'Redo'}
            </button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const cashOf = (posting: ExpiryPosting): number => posting.rows.reduce((sum, { cash }) => sum + cash, 0);
const postedText = (row: ExpiryPosting['rows'][number]): string =>
  `${integer(row.quantity)} ${row.contract}: ${row.outcome}, stock ${integer(row.stockQuantity)}, cash ${signedMoney(row.cash, 2)}`;
