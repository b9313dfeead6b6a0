import { useEffect, useMemo, type ReactNode } from 'react';
import { RemoteView } from '../../components/RemoteView.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { Facts } from '../../components/Facts.tsx';
import { date, integer, money, percent, signedMoney } from '../../format.ts';
import { savedVersionInFront } from '../../state/basket-desk.ts';
import { tradeColumns } from './trade-columns.ts';
import { PaneStrip } from './PaneStrip.tsx';
import { GridPane } from '../parts/GridPane.tsx';
import { useActions, useWorkstation } from '../workstation.ts';
import { prose } from '../../prose.ts';

/** What to buy and sell so that the books hold the saved basket in front. */
export function TradesPane(props: { readonly currency: string }): ReactNode {
  const version = useWorkstation(savedVersionInFront);
  const trades = useWorkstation((state) => state.basketTrades);
  const choice = useWorkstation((state) => state.basketTradeChoice);
  const [asOf, revision] = useWorkstation((state) => [state.asOf, state.desk.value?.dataRevision ?? 0]);
  const { loadBasketTrades, chooseBasketTrades } = useActions();
  useEffect(
    () => void loadBasketTrades(),
    [version?.name, version?.version, choice, asOf, revision, loadBasketTrades],
  );
  const columns = useMemo(() => tradeColumns(props.currency), [props.currency]);
  if (version === null)
    return (
      <>
        <PaneStrip />
        <div className="state">
          <p>Save a basket: the trades from what is held to it stand here.</p>
        </div>
      </>
    );
  return (
    <>
      <PaneStrip>
        <select
          aria-label="Book"
          data-tip="Whose shares count as held"
          value={choice.book ?? ''}
          onChange={(event) =>
            chooseBasketTrades({ book: event.target.value === '' ? null : event.target.value })
          }
        >
          <option value="">all books</option>
          {[
            ...new Set([...(trades.value?.allBooks ?? []), ...(choice.book === null ? [] : [choice.book])]),
          ].map((book) => (
            <option key={book}>{book}</option>
          ))}
        </select>
        <Segmented
          label="Names outside the basket"
          choices={[
            { value: 'keep', label: 'keep others', tip: 'Shares of names outside the basket stay' },
            {
              value: 'sell',
              label: 'sell others',
              tip: 'Shares of names outside the basket are sold',
            },
          ]}
          value={choice.others}
          onChange={(others) => chooseBasketTrades({ others })}
        />
        <Segmented
          label="Rounding of trades"
          choices={[
            { value: 'exact', label: 'exact', tip: 'To the target’s very shares' },
            {
              value: 'lots',
              label: 'whole lots',
              tip: 'Each trade rounded to whole lots of its name',
            },
          ]}
          value={choice.wholeLots ? 'lots' : 'exact'}
          onChange={(value_) => chooseBasketTrades({ wholeLots: value_ === 'lots' })}
        />
      </PaneStrip>
      <RemoteView
        remote={trades}
        what={`the trades to ${version.name}`}
        onRetry={() => void loadBasketTrades()}
      >
        {(value) => (
          <>
            <GridPane
              title={`From what is held to ${version.name} ${integer(version.version)}, ${date(value.asOf)}`}
              tip="Target: the shares of the saved basket, splits since its day taken in"
              name="basket.trades"
              columns={columns}
              rows={value.rows}
              rowId={(row) => row.symbol}
              emptyText="Nothing is held and nothing is wanted."
            />
            <Facts
              label="Sums of the trades"
              facts={[
                { label: 'Bought', value: money(value.bought), unit: props.currency },
                { label: 'Sold', value: money(value.sold), unit: props.currency },
                {
                  label: 'Net',
                  value: signedMoney(value.net),
                  unit: props.currency,
                  tip: 'Bought − sold: what it costs',
                },
                {
                  label: 'Turnover',
                  value: percent(value.turnover, 1),
                  unit: '%',
                  tip: 'The larger of bought and sold over the basket’s value',
                },
              ]}
            />
            {value.warnings.map((warning) => (
              <div className="note-line" key={warning}>
                <span aria-hidden="true">△</span>
                <span>{prose(warning)}</span>
              </div>
            ))}
          </>
        )}
      </RemoteView>
    </>
  );
}
