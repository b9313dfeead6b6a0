import { useState, type ReactNode } from 'react';
import type { VegaRule } from '../../../shared/contract/exposure.ts';
import { Facts } from '../../components/Facts.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { decimal, signedMoney } from '../../format.ts';
import { exposureOfName, usualVegaCurve } from '../../state/forward-starts.ts';
import { useActions, useWorkstation } from '../workstation.ts';
import { DateStepper } from './DateStepper.tsx';
import { vegaUnit } from './exposure-models.ts';

export type Lens = 'ladder' | 'premium' | 'payout' | 'target' | 'rich' | 'dates' | 'across';

export const lenses: readonly { readonly value: Lens; readonly label: string; readonly tip: string }[] = [
  { value: 'ladder', label: 'Ladder', tip: 'Contracts on the axis of time, vega and gamma by slice' },
  { value: 'premium', label: 'Premium', tip: 'What each position costs against the vega it gives' },
  { value: 'payout', label: 'Payout', tip: 'Payoff of any mix of contracts against F₂ ÷ F₁' },
  { value: 'target', label: 'Hedge', tip: 'Contracts per slice that bring vega to zero or to a profile' },
  { value: 'rich', label: 'Rich or cheap', tip: 'The contract chosen against the chain and against history' },
  {
    value: 'dates',
    label: 'Dates',
    tip: 'Expiries, fixings, observation periods, dividends, and what is due',
  },
  { value: 'across', label: 'All names', tip: 'Every name by calendar month, and one row a name' },
];

/** Lenses whose ladder may be stepped forward and whose vega may be brought to one term. */
const stepped: readonly Lens[] = ['ladder', 'premium', 'across'];

/** What is looked at, in whose terms, and on which day. */
export function BookBar(props: {
  readonly symbol: string | null;
  readonly names: readonly string[];
  readonly lens: Lens;
  readonly onLens: (lens: Lens) => void;
}): ReactNode {
  const { symbol, names, lens, onLens } = props;
  const [listed, hasTicket] = useWorkstation((state) => [state.includesListed, state.forwardTicket !== null]);
  const rule = useWorkstation((state) => state.vegaRule);
  const { focus, includeListed, openForwardTicket } = useActions();
  return (
    <>
      <div className="toolbar">
        <label>
          Underlying{' '}
          <select
            aria-label="Underlying"
            value={symbol ?? ''}
            onChange={(event) => focus({ symbol: event.target.value })}
          >
            {(symbol === null || names.includes(symbol) ? names : [symbol, ...names]).map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label data-tip="Stacks the listed options held of this name on its contracts">
          <input type="checkbox" checked={listed} onChange={(event) => includeListed(event.target.checked)} />
          Listed options held
        </label>
        {stepped.includes(lens) && lens !== 'across' && <Totals symbol={symbol} />}
        <span className="spacer" />
        <button type="button" className="primary" disabled={hasTicket} onClick={openForwardTicket}>
          New contract
        </button>
      </div>
      <div className="toolbar">
        <Segmented label="What is shown" choices={lenses} value={lens} onChange={onLens} />
        <span className="spacer" />
        {stepped.includes(lens) && (
          <>
            <VegaRuleChoice rule={rule} />
            <DateStepper symbol={symbol} />
          </>
        )}
      </div>
    </>
  );
}

function Totals(props: { readonly symbol: string | null }): ReactNode {
  const exposure = useWorkstation((state) => exposureOfName(state, props.symbol));
  const rule = useWorkstation((state) => state.vegaRule);
  if (exposure === null) return null;
  return (
    <Facts
      label="Exposure in total"
      facts={[
        { label: 'Spot', value: decimal(exposure.spot, 2), tip: 'Price of the underlying on the day' },
        {
          label: 'Vega',
          value: signedMoney(exposure.totals.adjustedVegaPerVolPoint),
          unit: vegaUnit(rule),
          tone: 'strong',
          tip: 'Change of value when the volatility of every slice moves one point; adjusted: each slice at its factor\n= Σ vega by slice\nUnit: currency per vol pt',
        },
        {
          label: 'Gamma',
          value: signedMoney(exposure.totals.gammaDollar1Pct),
          unit: 'per 1 %',
          tone: 'strong',
          tip: 'Change of the dollar delta when the underlying moves 1 %\nOnly fixed contracts and listed options have any\nUnit: currency',
        },
        {
          label: 'Premium',
          value: signedMoney(exposure.totals.premium),
          tip: 'Value of all positions, discounted\nUnit: currency',
        },
      ]}
    />
  );
}

function VegaRuleChoice(props: { readonly rule: VegaRule }): ReactNode {
  const { rule } = props;
  const { chooseVegaRule } = useActions();
  const [isOpen, setIsOpen] = useState(false);
  const choose = (kind: VegaRule['kind']) => {
    setIsOpen(kind === 'curve');
    chooseVegaRule(
      kind === 'raw' ? { kind } : kind === 'root-time' ? { kind, termDays: 30 } : usualVegaCurve,
    );
  };
  return (
    <span className="vega-rule">
      <span className="tool-label dim">Vega</span>
      <Segmented
        label="How vega is counted"
        choices={[
          { value: 'raw', label: 'raw', tip: 'Each slice for one point of its own volatility' },
          {
            value: 'root-time',
            label: '√(30/T)',
            tip: 'Near volatilities move more: vega × √(30 days ÷ T), T to the middle of the slice',
          },
          { value: 'curve', label: 'curve', tip: 'Factors by hand, by days to the middle of the slice' },
        ]}
        value={rule.kind}
        onChange={choose}
      />
      {rule.kind === 'curve' && (
        <button type="button" className="quiet" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          Edit…
        </button>
      )}
      {rule.kind === 'curve' && isOpen && (
        <span className="vega-curve" role="group" aria-label="Factors of vega by days">
          {rule.points.map((point, place) => (
            <label key={point.days}>
              <span className="dim">{point.days} d</span>
              <NumberField
                label={`Factor at ${point.days} days`}
                kind="decimal"
                digits={2}
                width={5}
                least={0}
                most={100}
                value={point.factor}
                onChange={(factor) =>
                  chooseVegaRule({ kind: 'curve', points: rule.points.with(place, { ...point, factor }) })
                }
              />
            </label>
          ))}
        </span>
      )}
    </span>
  );
}
