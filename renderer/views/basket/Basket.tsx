import { useEffect, useMemo, type ReactNode } from 'react';
import type { BasketResult } from '../../../shared/contract/basket.ts';
import { sentenceOf } from '../../../shared/failure.ts';
import { RemoteView } from '../../components/RemoteView.tsx';
import { counted, integer } from '../../format.ts';
import { indexInFront } from '../../state/basket.ts';
import { basketColumns, basketRowsOf } from './basket-columns.ts';
import { BasketDesk, DriftLine } from './BasketDesk.tsx';
import { BasketHead } from './BasketHead.tsx';
import { BasketFit } from './BasketFit.tsx';
import { conflictSentence } from './basket-models.ts';
import { BasketRulesForm } from './BasketRulesForm.tsx';
import { GridPane } from '../parts/GridPane.tsx';
import { NeedsData } from '../parts/NeedsData.tsx';
import { RememberedSplit } from '../parts/RememberedSplit.tsx';
import { useActions, useWorkstation } from '../workstation.ts';
import { prose } from '../../prose.ts';

/** Rules on the left, the names they give in the middle, how well they track on the right. */
export function Basket(): ReactNode {
  return (
    <NeedsData>
      <BasketBench />
    </NeedsData>
  );
}

const useCurrency = (): string =>
  useWorkstation((state) => {
    const index = indexInFront(state);
    return state.desk.value?.underliers.find((item) => item.symbol === index)?.currency ?? '';
  });

function BasketBench(): ReactNode {
  const index = useWorkstation(indexInFront);
  const currency = useCurrency();
  const announced = useWorkstation((state) =>
    state.lastEvent?.event.type === 'baskets.changed' ? state.lastEvent.count : 0,
  );
  const { loadBaskets, openView } = useActions();
  useEffect(() => void loadBaskets(), [announced, loadBaskets]);
  if (index === null)
    return (
      <div className="state">
        <p>No index has weights: import an index weights file to build a basket for it.</p>
        <button type="button" className="primary" onClick={() => openView('imports')}>
          Import index weights
        </button>
      </div>
    );
  return (
    <RememberedSplit
      name="basket"
      direction="row"
      share={0.235}
      first={<BasketRulesForm currency={currency} />}
      second={
        <RememberedSplit
          name="basket.result"
          direction="column"
          share={0.68}
          first={
            <>
              <BasketHead currency={currency} />
              <DriftLine />
              <Result index={index} currency={currency} />
            </>
          }
          second={<BasketDesk currency={currency} />}
        />
      }
    />
  );
}

function Result(props: { readonly index: string; readonly currency: string }): ReactNode {
  const result = useWorkstation((state) => state.basketResult);
  const { buildBasket, cancelBasket } = useActions();
  if (result.status === 'idle')
    return (
      <div className="state">
        <p>No basket yet: set the rules and build one for {props.index}.</p>
        <button type="button" className="primary" onClick={() => void buildBasket()}>
          Build basket
        </button>
      </div>
    );
  const conflict = result.status === 'failed' ? conflictSentence(result.error) : null;
  if (result.status === 'failed' && conflict !== null)
    return (
      <div className="state" role="alert">
        <div className="failure-line">
          <span aria-hidden="true">▲</span>
          <span>{conflict}</span>
        </div>
        <p className="dim" data-tip={sentenceOf(result.error)}>
          Change a rule on the left and build again; the basket before it is not lost if it was saved.
        </p>
      </div>
    );
  return (
    <RemoteView
      remote={result}
      what={`the basket for ${props.index}`}
      onCancel={cancelBasket}
      onRetry={() => void buildBasket()}
    >
      {(value) => <Built result={value} currency={props.currency} />}
    </RemoteView>
  );
}

function Built(props: { readonly result: BasketResult; readonly currency: string }): ReactNode {
  const { result, currency } = props;
  const { lock, exclude } = useWorkstation((state) => ({
    lock: state.basketRules.lock ?? [],
    exclude: state.basketRules.exclude ?? [],
  }));
  const symbol = useWorkstation((state) => state.symbol);
  const shown = useWorkstation((state) => state.basketShown);
  const { focus, fixBasketName } = useActions();
  const rows = useMemo(() => basketRowsOf(result, lock, exclude), [result, lock, exclude]);
  const columns = useMemo(() => basketColumns(currency), [currency]);
  const changed =
    [...lock].sort().join() !== [...result.rules.lock].sort().join() ||
    [...exclude].sort().join() !== [...result.rules.exclude].sort().join();
  return (
    <>
      {result.warnings.map((warning) => (
        <div className="note-line" key={warning}>
          <span aria-hidden="true">△</span>
          <span>{prose(warning)}</span>
        </div>
      ))}
      <RememberedSplit
        name="basket.fit"
        direction="row"
        share={0.63}
        first={
          <>
            <GridPane
              title={`${shown === null ? `Basket for ${result.index}` : `${shown.name}, version ${integer(shown.version)}`}: ${counted(result.names.length, 'name')}`}
              name="basket.names"
              columns={columns}
              rows={rows}
              rowId={(row) => row.symbol}
              selectedId={symbol}
              onSelect={(row) => focus({ symbol: row.symbol })}
              onCellClick={(row, key) => {
                if (key !== 'lock' && key !== 'exclude') return;
                fixBasketName(row.symbol, row.fixed === key ? 'free' : key);
              }}
            />
            {changed && (
              <div className="note-line">
                <span aria-hidden="true">△</span>
                <span>Names were kept or dropped since: build again to see the basket with them.</span>
              </div>
            )}
          </>
        }
        second={<BasketFit result={result} currency={currency} />}
      />
    </>
  );
}
