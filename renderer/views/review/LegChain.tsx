import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { HedgeLeg, HedgeProposal } from '../../../shared/contract/hedge.ts';
import { RemoteView } from '../../components/RemoteView.tsx';
import { date, daysToGo, integer } from '../../format.ts';
import { legName } from '../hedge/hedge-columns.ts';
import { GridPane } from '../parts/GridPane.tsx';
import { useActions, useWorkstation } from '../workstation.ts';
import { legChainColumns, legChoices, type LegChoice } from './leg-chain-columns.ts';
import { useKeys } from './use-keys.ts';

/** The chain beside a leg: another contract of the same name and type takes its place, and all is checked again. */
export function LegChain(props: { readonly proposal: HedgeProposal; readonly leg: HedgeLeg }): ReactNode {
  const { proposal, leg } = props;
  const chain = useWorkstation((state) => state.legChain);
  const { loadLegChain, replaceLeg, openReviewPane } = useActions();
  const [key, setKey] = useState<string | null>(null);
  const [picked, setPicked] = useState<string | null>(null);
  const { symbol, expiry } = leg;
  const { asOf } = proposal;
  const load = useCallback(
    () => void loadLegChain({ symbol, asOf, expiry, expiryKey: key }),
    [symbol, asOf, expiry, key, loadLegChain],
  );
  useEffect(load, [load]);
  const expiries = chain.value?.underlying === symbol ? chain.value.expiries : [];
  const own = expiries.find((one) => (key === null ? one.expiry === expiry : one.key === key));
  const rows = useMemo(() => legChoices(own, leg, proposal.legs), [own, leg, proposal.legs]);
  const columns = useMemo(() => legChainColumns(proposal.currency), [proposal.currency]);
  const row = rows.find((one) => one.contract === picked) ?? null;
  const take = (one: LegChoice | null) => {
    if (one !== null && one.reason === null) void replaceLeg(one.contract);
  };
  useKeys({ escape: () => openReviewPane('leg') });
  const center = own?.rows == null ? null : { id: leg.contract, token: `${leg.legId}.${own.key}` };
  return (
    <>
      <div className="toolbar">
        <span>
          Instead of{' '}
          <strong>
            {integer(leg.quantity)} × {legName(leg)}
          </strong>
        </span>
        <label>
          in
          <select
            aria-label="Expiry"
            value={own?.key ?? ''}
            onChange={(event) => {
              setKey(event.target.value);
              event.target.blur();
            }}
          >
            {expiries.map((one) => (
              <option key={one.key} value={one.key}>
                {date(one.expiry)} {one.root === symbol ? '' : one.root} {daysToGo(one.days)}
              </option>
            ))}
          </select>
        </label>
        <span className="spacer" />
        <button
          type="button"
          className="primary"
          disabled={row === null || row.reason !== null}
          data-tip={row?.reason ?? 'The leg becomes this contract, undecided; a double click does the same'}
          onClick={() => take(row)}
        >
          Replace the leg
        </button>
        <button type="button" onClick={() => openReviewPane('leg')}>
          Back <kbd>Esc</kbd>
        </button>
      </div>
      <RemoteView remote={chain} what={`the chain of ${symbol}`} onRetry={load}>
        {() => (
          <GridPane
            bare
            title={`Contracts instead of ${legName(leg)}`}
            name="review.chain"
            columns={columns}
            rows={rows}
            rowId={(one) => one.contract}
            selectedId={picked ?? leg.contract}
            center={center}
            onSelect={(one) => setPicked(one.contract)}
            onOpen={take}
          />
        )}
      </RemoteView>
    </>
  );
}
