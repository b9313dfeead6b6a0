import { useEffect, useMemo, type ReactNode } from 'react';
import type { DispersionTrade as Trade } from '../../../shared/contract/dispersion-desk.ts';
import { NumberField } from '../../components/NumberField.tsx';
import { Panel } from '../../components/Panel.tsx';
import { RemoteView } from '../../components/RemoteView.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { counted, date, integer, percent, signedMoney } from '../../format.ts';
import { dispersionInFront } from '../../state/dispersion.ts';
import type { TradeRequest } from '../../state/dispersion-desk.ts';
import { GridPane } from '../parts/GridPane.tsx';
import { RememberedSplit } from '../parts/RememberedSplit.tsx';
import { TicketRow } from '../parts/TicketRow.tsx';
import { useActions, useWorkstation } from '../workstation.ts';
import { legColumns, netHeads, netRows, ordersTable, selectionColumns } from './trade-columns.ts';
import { prose } from '../../prose.ts';

const sideChoices = [
  {
    value: 'dispersion',
    label: 'Dispersion',
    tip: 'Sell straddles on the index, buy straddles on the names',
  },
  { value: 'reverse', label: 'Reverse', tip: 'Buy straddles on the index, sell straddles on the names' },
] as const;
const weightingChoices = [
  {
    value: 'vega',
    label: 'Vega',
    tip: 'All names together have the index’s vega: neutral to a parallel move of volatilities',
  },
  { value: 'theta', label: 'Theta', tip: 'No decay on the whole: a position in correlation alone' },
  {
    value: 'gamma',
    label: 'Gamma',
    tip: 'All names together have the index’s gamma: neutral to the size of moves',
  },
] as const;

/** Who is in the trade and why, how many straddles of each, and what is left on the whole. */
export function DispersionTrade(props: { readonly index: string; readonly asOf: string }): ReactNode {
  const { index, asOf } = props;
  const trade = useWorkstation((state) => state.dispersionTrade);
  const request = useWorkstation((state) => state.tradeRequest);
  const term = useWorkstation((state) => state.dispersionChoices.term);
  const { loadDispersionTrade, cancelDispersionTrade, changeTrade } = useActions();
  useEffect(() => void loadDispersionTrade(index), [index, asOf, term, request, loadDispersionTrade]);
  return (
    <RememberedSplit
      name="dispersion.trade"
      direction="row"
      share={0.2}
      first={<TradeForm />}
      second={
        <RemoteView
          remote={trade}
          what={`the dispersion trade on ${index}`}
          onCancel={cancelDispersionTrade}
          onRetry={() => void loadDispersionTrade(index)}
          remedies={
            request.names === null ? undefined : (
              <button type="button" onClick={() => changeTrade({ names: null })}>
                Let the score choose the names
              </button>
            )
          }
        >
          {(value) => <TradeFound trade={value} />}
        </RemoteView>
      }
    />
  );
}

function TradeForm(): ReactNode {
  const request = useWorkstation((state) => state.tradeRequest);
  const cell = useWorkstation(dispersionInFront);
  const { changeTrade } = useActions();
  const change = (next: Partial<TradeRequest>) => changeTrade(next);
  const score = (part: keyof TradeRequest['score'], label: string, tip: string) => (
    <TicketRow label={label} tip={tip}>
      <NumberField
        label={`How much ${label} counts`}
        kind="decimal"
        digits={1}
        value={request.score[part]}
        least={0}
        most={10}
        width={4}
        onChange={(value) => change({ score: { ...request.score, [part]: value }, names: null })}
      />
    </TicketRow>
  );
  return (
    <Panel title="Trade" tip="Straddles of one expiry: the index against its names">
      <div className="scroll trade-form sentences">
        <Segmented
          label="Side"
          choices={sideChoices}
          value={request.side}
          onChange={(side) => change({ side, names: null })}
        />
        {cell !== null && (
          <p className={cell.verdict.side === request.side ? 'gain' : 'dim'}>
            {cell.verdict.side === 'wait'
              ? 'The votes say to wait.'
              : cell.verdict.side === request.side
                ? '✓ The votes favor this side.'
                : `✕ The votes favor ${cell.verdict.side === 'reverse' ? 'the reverse' : 'dispersion'}.`}
          </p>
        )}
        {request.side === 'reverse' && (
          <p className="dim">This is the side of the product’s own hedge: long the index, short the names.</p>
        )}
        <div className="trade-weighting" data-tip="Which exposure of the index the names together match">
          <span className="dim">Weighted by</span>
          <Segmented
            label="Weighting"
            choices={weightingChoices}
            value={request.weighting}
            onChange={(weighting) => change({ weighting })}
          />
        </div>
        <TicketRow
          label="Index straddles"
          tip="Whole contracts of the index leg; the names are sized against it"
        >
          <NumberField
            label="Index straddles"
            kind="integer"
            value={request.indexContracts}
            least={1}
            most={1_000_000}
            onChange={(indexContracts) => change({ indexContracts })}
          />
        </TicketRow>
        <TicketRow label="Names by score" tip="As many of the best names are taken">
          <NumberField
            label="Names by score"
            kind="integer"
            value={request.maxNames}
            least={1}
            most={500}
            onChange={(maxNames) => change({ maxNames, names: null })}
          />
        </TicketRow>
        <fieldset>
          <legend>What counts for a name</legend>
          {score('price', 'Price', 'Cheap against its own history for what is bought, dear for what is sold')}
          {score('contribution', 'Contribution', 'Share of the index variance')}
          {score('liquidity', 'Liquidity', 'Open interest and spread near the money')}
        </fieldset>
        {request.names !== null && (
          <p>
            {counted(request.names.length, 'name')} chosen by hand{' '}
            <button type="button" className="quiet" onClick={() => change({ names: null })}>
              By score again
            </button>
          </p>
        )}
      </div>
    </Panel>
  );
}

function TradeFound(props: { readonly trade: Trade }): ReactNode {
  const { trade } = props;
  const symbol = useWorkstation((state) => state.symbol);
  const currency = useWorkstation(
    (state) => state.desk.value?.underliers.find((item) => item.symbol === trade.index)?.currency ?? '',
  );
  const { focus, toggleTradeName, saveText, draftDispersionTrade } = useActions();
  const names = useMemo(() => selectionColumns(trade.side), [trade.side]);
  const legColumnsShown = useMemo(() => legColumns(currency), [currency]);
  const legs = useMemo(() => [trade.indexLeg, ...trade.legs], [trade]);
  return (
    <RememberedSplit
      name="dispersion.trade.found"
      direction="column"
      share={0.46}
      first={
        <GridPane
          title={`Names: ${integer(trade.legs.length)} in the trade, ${percent(trade.weightPicked, 1)} % of the index weight`}
          tip="Best first by the score; a click on the first cell takes a name in or out"
          name="dispersion.selection"
          columns={names}
          rows={trade.selection}
          rowId={(row) => row.symbol}
          selectedId={symbol}
          onSelect={(row) => focus({ symbol: row.symbol })}
          onOpen={(row) => row.score !== null && toggleTradeName(row.symbol)}
          onCellClick={(row, key) => key === 'picked' && row.score !== null && toggleTradeName(row.symbol)}
          search
        />
      }
      second={
        <div className="trade-result">
          <NetTable trade={trade} currency={currency} />
          <div className="trade-legs">
            <GridPane
              title={`${trade.side === 'dispersion' ? 'Sell the index, buy the names' : 'Buy the index, sell the names'}: straddles of ${date(trade.expiry)}`}
              name="dispersion.legs"
              columns={legColumnsShown}
              rows={legs}
              rowId={(row) => row.symbol}
              rowClass={(row) => (row.symbol === trade.index ? 'total' : '')}
              onSelect={(row) => focus({ symbol: row.symbol })}
              tools={
                <>
                  <button
                    type="button"
                    className="primary"
                    disabled={trade.orders.length === 0}
                    data-tip={
                      trade.orders.length === 0
                        ? 'No leg makes up a whole contract'
                        : 'Prices the single options, checks them and opens them in the review'
                    }
                    onClick={() => void draftDispersionTrade()}
                  >
                    Make a draft
                  </button>
                  <button
                    type="button"
                    className="quiet"
                    data-tip="Save the single options with side and quantity as CSV"
                    onClick={() =>
                      void saveText(
                        `dispersion-${trade.index}-${trade.side}-${trade.weighting}.csv`,
                        'text/csv',
                        ordersTable(trade),
                      )
                    }
                  >
                    Orders CSV
                  </button>
                </>
              }
            />
          </div>
          {trade.warnings.map((warning) => (
            <div className="note-line" key={warning}>
              <span aria-hidden="true">△</span>
              <span>{prose(warning)}</span>
            </div>
          ))}
        </div>
      }
    />
  );
}

const matchedBy = { vega: 'vegaPerVolPoint', theta: 'thetaPerDay', gamma: 'gammaDollar1Pct' } as const;

/** What the index, the names and the whole carry; the exposure that was matched stands out. */
function NetTable(props: { readonly trade: Trade; readonly currency: string }): ReactNode {
  const { trade, currency } = props;
  return (
    <table className="plain-table trade-net" aria-label="Exposure of the trade">
      <thead>
        <tr>
          <th scope="col">{currency}</th>
          {netHeads.map(({ key, title, per, tip }) => (
            <th
              key={key}
              scope="col"
              data-tip={key === matchedBy[trade.weighting] ? `${tip}; matched between index and names` : tip}
            >
              {title} <span className="unit">{per}</span>
              {key === matchedBy[trade.weighting] ? ' ≈' : ''}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {netRows(trade).map((row) => (
          <tr key={row.id} className={row.id === 'total' ? 'strong' : ''}>
            <th scope="row">{row.title}</th>
            {netHeads.map(({ key }) => (
              <td key={key} className={key === matchedBy[trade.weighting] ? 'held' : ''}>
                {signedMoney(row.greeks[key])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
