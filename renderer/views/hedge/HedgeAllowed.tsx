import type { ReactNode } from 'react';
import type { HedgeRequest } from '../../../shared/contract/hedge.ts';
import { NumberField } from '../../components/NumberField.tsx';
import { Panel } from '../../components/Panel.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { SliderField } from '../../components/SliderField.tsx';
import { counted, date, daysToGo } from '../../format.ts';
import { savedBasketInFront, type HedgeSlice } from '../../state/hedge.ts';
import { useActions, useWorkstation } from '../workstation.ts';

type Objective = HedgeRequest['objective'][number];
const objectives: Readonly<Record<Objective, string>> = {
  'net-delta': 'least net delta',
  score: 'most collected score',
  credit: 'most net premium',
};
const all = Object.keys(objectives) as Objective[];

/** What a hedge may be: every constraint by slider or number. */
export function HedgeAllowed(props: { readonly currency: string; readonly index: string | null }): ReactNode {
  const isRunning = useWorkstation((state) => state.hedge.status === 'loading');
  const basket = useWorkstation(savedBasketInFront);
  const { runHedge, cancelHedge } = useActions();
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
  const { focus } = useActions();
  return (
    <fieldset>
      <legend>What</legend>
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
      </div>
    </fieldset>
  );
}

function Limits(props: { readonly currency: string }): ReactNode {
  const [request, change] = useRequest();
  return (
    <fieldset>
      <legend>Limits</legend>
      <SliderField
        label="Net delta ≤"
        tip="Net delta of basket and options either way, over the basket’s value"
        kind="percent"
        unit="%"
        from={0}
        to={0.3}
        step={0.005}
        least={0}
        most={1}
        width={5}
        value={request.netDeltaLimit}
        onChange={(netDeltaLimit) => change({ netDeltaLimit })}
      />
      <SliderField
        label="Coverage ≥"
        tip="Puts × multiplier × index level over the basket’s value, at least"
        kind="percent"
        unit="%"
        from={0}
        to={2}
        step={0.05}
        least={0}
        width={5}
        value={request.coverage}
        onChange={(coverage) => change({ coverage })}
      />
      <SliderField
        label="Coverage ≤"
        tip="The same at most: no pile of far puts for their delta alone"
        kind="percent"
        unit="%"
        from={1}
        to={5}
        step={0.05}
        least={0}
        width={5}
        value={request.maxCoverage ?? 1.5}
        disabled={request.maxCoverage === null}
        onChange={(maxCoverage) => change({ maxCoverage })}
      />
      <SliderField
        label="Overwrite ≤"
        tip="Share of each holding that calls may be sold on, calls already sold counted"
        kind="percent"
        unit="%"
        from={0}
        to={1}
        step={0.05}
        least={0}
        most={1}
        width={5}
        value={request.overwrite}
        onChange={(overwrite) => change({ overwrite })}
      />
      <div
        className="sentence"
        data-tip="Premium received at least the premium paid and this; may be negative"
      >
        net credit of at least
        <NumberField
          label="Least net credit"
          kind="integer"
          unit={props.currency}
          width={9}
          value={request.minCredit}
          onChange={(minCredit) => change({ minCredit })}
        />
      </div>
      <div className={`sentence ${request.maxLegs === null ? 'off' : ''}`}>
        <input
          type="checkbox"
          aria-label="limit the number of legs"
          checked={request.maxLegs !== null}
          onChange={(event) => change({ maxLegs: event.target.checked ? 12 : null })}
        />
        at most
        <NumberField
          label="Most legs"
          kind="integer"
          unit="legs"
          least={2}
          width={3}
          value={request.maxLegs ?? 12}
          disabled={request.maxLegs === null}
          onChange={(maxLegs) => change({ maxLegs })}
        />
      </div>
    </fieldset>
  );
}

function Preferences(): ReactNode {
  const [request, change] = useRequest();
  const place = (objective: Objective, at: number) => {
    const rest = request.objective.filter((item) => item !== objective);
    change({ objective: [...rest.slice(0, at), objective, ...rest.slice(at)] });
  };
  return (
    <fieldset>
      <legend>Preference</legend>
      <SliderField
        label="Balance λ"
        tip="0: relative implied volatility (IV ÷ HV) only; 1: skew premium only"
        kind="decimal"
        digits={2}
        from={0}
        to={1}
        step={0.05}
        least={0}
        most={1}
        width={5}
        value={request.balance}
        onChange={(balance) => change({ balance })}
      />
      {request.objective.map((objective, at) => (
        <div className="sentence" key={objective}>
          {at === 0 ? 'first' : 'then'}
          <select
            aria-label={`Objective ${at + 1}`}
            value={objective}
            onChange={(event) => place(event.target.value as Objective, at)}
          >
            {all.map((item) => (
              <option key={item} value={item}>
                {objectives[item]}
              </option>
            ))}
          </select>
          {request.objective.length > 1 && (
            <button
              type="button"
              className="quiet"
              aria-label={`Remove ${objectives[objective]}`}
              onClick={() => change({ objective: request.objective.filter((item) => item !== objective) })}
            >
              ×
            </button>
          )}
        </div>
      ))}
      {request.objective.length < all.length && (
        <button
          type="button"
          className="quiet"
          onClick={() => {
            const next = all.find((item) => !request.objective.includes(item));
            if (next !== undefined) change({ objective: [...request.objective, next] });
          }}
        >
          + another objective
        </button>
      )}
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
  const range = (key: 'callDeltaRange' | 'putDeltaRange', what: string) => {
    const [low, high] = request[key];
    const field = (label: string, value: number, onChange: (value: number) => void) => (
      <NumberField
        label={label}
        kind="decimal"
        digits={2}
        least={0}
        most={1}
        width={4}
        value={value}
        onChange={onChange}
      />
    );
    return (
      <div className="sentence">
        {what} of delta {field(`Lowest delta of ${what}`, low, (value) => change({ [key]: [value, high] }))}
        to {field(`Highest delta of ${what}`, high, (value) => change({ [key]: [low, value] }))}
      </div>
    );
  };
  return (
    <fieldset>
      <legend>Candidates and costs</legend>
      {range('callDeltaRange', 'calls')}
      {range('putDeltaRange', 'puts')}
      <div className="sentence">
        open interest of at least
        <NumberField
          label="Least open interest"
          kind="integer"
          least={0}
          width={6}
          value={request.minOpenInterest}
          onChange={(minOpenInterest) => change({ minOpenInterest })}
        />
      </div>
      <div className="sentence" data-tip="Ask less bid over their middle, at most">
        spread of at most
        <NumberField
          label="Widest spread"
          kind="percent"
          unit="% of mid"
          least={0}
          most={5}
          width={4}
          value={request.maxSpreadFraction}
          onChange={(maxSpreadFraction) => change({ maxSpreadFraction })}
        />
      </div>
      <div className="sentence" data-tip="0 sells at the bid and buys at the ask; 50 % trades in the middle">
        trade
        <NumberField
          label="Share of the spread"
          kind="percent"
          unit="%"
          least={0}
          most={1}
          width={4}
          value={request.spreadShare}
          onChange={(spreadShare) => change({ spreadShare })}
        />
        of the spread inside
      </div>
      <div className="sentence">
        commission
        <NumberField
          label="Commission"
          kind="decimal"
          digits={2}
          unit={`${props.currency} a contract`}
          least={0}
          width={5}
          value={request.commissionPerContract}
          onChange={(commissionPerContract) => change({ commissionPerContract })}
        />
      </div>
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
