import { useMemo, type ReactNode } from 'react';
import { FormRows } from '../../components/FormRows.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { Panel } from '../../components/Panel.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { counted, date, daysToGo } from '../../format.ts';
import { savedBasketInFront, type HedgeSlice } from '../../state/hedge.ts';
import { useActions, useWorkstation } from '../workstation.ts';
import { balanceRows, candidateRows, deltaRanges, limitRows } from './allowed-rows.ts';
import { HedgeObjectives } from './HedgeObjectives.tsx';
import { StructureButton, StructureChoice, StructureForm } from './HedgeStructure.tsx';

/** What a hedge may be: every constraint by slider or number. */
export function HedgeAllowed(props: { readonly currency: string; readonly index: string | null }): ReactNode {
  const isRunning = useWorkstation((state) => state.hedge.status === 'loading');
  const basket = useWorkstation(savedBasketInFront);
  const { runHedge, cancelHedge } = useActions();
  const kind = useWorkstation((state) => state.structureKind);
  if (kind !== 'programme')
    return (
      <Panel title="Allowed" tip="What the hedge must keep to">
        <div className="scroll sentences">
          <What index={props.index} />
          <StructureForm kind={kind} />
        </div>
        <div className="form-actions">
          <StructureButton kind={kind} />
        </div>
      </Panel>
    );
  return (
    <Panel title="Allowed" tip="What the hedge must keep to">
      <div className="scroll sentences">
        <What index={props.index} />
        <Limits currency={props.currency} />
        <Preferences />
        <Candidates currency={props.currency} />
      </div>
      <div className="form-actions">
        {isRunning ? (
          <button type="button" onClick={cancelHedge}>
            Cancel
          </button>
        ) : (
          <button
            type="button"
            className="primary"
            disabled={basket === null}
            data-tip={
              basket === null
                ? 'Build and save a basket first'
                : 'Solves and keeps what is found as a draft for review'
            }
            onClick={() => void runHedge()}
          >
            Suggest hedge
          </button>
        )}
      </div>
    </Panel>
  );
}

type Change = Partial<HedgeSlice['hedgeRequest']>;
const useRequest = () => {
  const request = useWorkstation((state) => state.hedgeRequest);
  const { changeHedgeRequest } = useActions();
  return [request, (change: Change) => changeHedgeRequest(change)] as const;
};

function What(props: { readonly index: string | null }): ReactNode {
  const [request, change] = useRequest();
  const basket = useWorkstation(savedBasketInFront);
  const names = useWorkstation((state) => [
    ...new Set((state.baskets.value?.baskets ?? []).map((item) => item.name)),
  ]);
  const products = useWorkstation((state) =>
    (state.desk.value?.underliers ?? [])
      .filter((item) => item.kind !== 'stock' && item.chainDates.length > 0)
      .map((item) => item.symbol),
  );
  const expiries = useWorkstation((state) => state.hedgeExpiries.value?.expiries ?? []);
  const kind = useWorkstation((state) => state.structureKind);
  const { focus } = useActions();
  return (
    <fieldset>
      <legend>What</legend>
      <StructureChoice />
      <div className="sentence">
        hedge
        <select
          aria-label="Basket"
          value={basket?.name ?? ''}
          onChange={(event) => {
            focus({ basket: event.target.value });
            change({ indexProduct: null, expiry: null });
          }}
        >
          {names.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        {kind !== 'collars' && (
          <>
            with puts on
            <select
              aria-label="Index product"
              value={request.indexProduct ?? props.index ?? ''}
              onChange={(event) => change({ indexProduct: event.target.value, expiry: null })}
            >
              {products.map((symbol) => (
                <option key={symbol}>{symbol}</option>
              ))}
            </select>
          </>
        )}
        {kind === 'programme' && (
          <>
            of
            <select
              aria-label="Expiry"
              value={request.expiry ?? ''}
              onChange={(event) => change({ expiry: event.target.value === '' ? null : event.target.value })}
            >
              <option value="">the first in 20 to 60 days</option>
              {[...new Map(expiries.map((item) => [item.expiry, item])).values()].map((item) => (
                <option key={item.expiry} value={item.expiry}>
                  {date(item.expiry)}, {daysToGo(item.days)}
                </option>
              ))}
            </select>
          </>
        )}
      </div>
    </fieldset>
  );
}

function Limits(props: { readonly currency: string }): ReactNode {
  const [request, change] = useRequest();
  const rows = useMemo(() => limitRows(props.currency), [props.currency]);
  return (
    <fieldset>
      <legend>Limits</legend>
      <FormRows rows={rows} values={request} onChange={change} />
    </fieldset>
  );
}

function Preferences(): ReactNode {
  const [request, change] = useRequest();
  return (
    <fieldset>
      <legend>Preference</legend>
      <FormRows rows={balanceRows} values={request} onChange={change} />
      <HedgeObjectives />
      <div className="sentence">
        <span data-tip="β: each name’s delta weighs by its beta to the index; 1: as it is">
          deltas weighed by
        </span>
        <Segmented
          label="Weights of deltas"
          choices={[
            { value: 'beta', label: 'β' },
            { value: 'one', label: '1' },
          ]}
          value={request.useBeta ? 'beta' : 'one'}
          onChange={(value) => change({ useBeta: value === 'beta' })}
        />
      </div>
    </fieldset>
  );
}

function Candidates(props: { readonly currency: string }): ReactNode {
  const [request, change] = useRequest();
  const rows = useMemo(() => candidateRows(props.currency), [props.currency]);
  return (
    <fieldset>
      <legend>Candidates and costs</legend>
      {deltaRanges.map(({ key, what }) => {
        const [low, high] = request[key];
        return (
          <div className="sentence" key={key}>
            {what} of delta{' '}
            <DeltaField
              label={`Lowest delta of ${what}`}
              value={low}
              onChange={(value) => change({ [key]: [value, high] })}
            />
            to{' '}
            <DeltaField
              label={`Highest delta of ${what}`}
              value={high}
              onChange={(value) => change({ [key]: [low, value] })}
            />
          </div>
        );
      })}
      <FormRows rows={rows} values={request} onChange={change} />
      {request.excludeContracts.length > 0 && (
        <div className="sentence" data-tip={request.excludeContracts.join('\n')}>
          {counted(request.excludeContracts.length, 'contract')} left out by hand
          <button type="button" className="quiet" onClick={() => change({ excludeContracts: [] })}>
            allow again
          </button>
        </div>
      )}
    </fieldset>
  );
}

function DeltaField(props: {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
}): ReactNode {
  return <NumberField {...props} kind="decimal" digits={2} least={0} most={1} width={4} />;
}
