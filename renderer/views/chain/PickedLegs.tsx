import type { ReactNode } from 'react';
import { integer, price, signedDecimal, signedMoney } from '../../format.ts';
import { pickedLegsOf, pickedSums } from '../../state/picked-legs.ts';
import { useActions, useWorkstation } from '../workstation.ts';

/** Contracts picked from chains, with their sums; nothing while there are none. */
export function PickedLegs(): ReactNode {
  const legs = useWorkstation(pickedLegsOf);
  const { changePickedLeg, dropPickedLeg, clearPickedLegs, draftPickedLegs } = useActions();
  if (legs.length === 0) return null;
  const { premium, deltaDollar, vegaPerVolPoint, currency, reason } = pickedSums(legs);
  const blank = reason ?? '';
  return (
    <div className="toolbar picked-legs" role="group" aria-label="Legs picked">
      <b>Legs picked</b>
      {legs.map((leg, index) => (
        <span className="picked-leg" key={`${leg.contract} ${leg.side}`}>
          <span className={leg.side === 'sell' ? 'bid' : 'ask'}>{leg.side === 'sell' ? 'Sell' : 'Buy'}</span>
          <input
            type="number"
            min={1}
            step={1}
            value={leg.quantity}
            aria-label={`Contracts of ${leg.contract}`}
            onChange={(event) => changePickedLeg(index, Number(event.target.value))}
          />
          {leg.contract}
          <span className="dim" data-tip={`Price a unit in ${leg.currency} when it was picked, ${leg.asOf}`}>
            {price(leg.price)}
          </span>
          <button
            type="button"
            className="quiet"
            aria-label={`Drop ${leg.contract}`}
            data-tip="Takes this leg out"
            onClick={() => dropPickedLeg(index)}
          >
            ✕
          </button>
        </span>
      ))}
      <span className="push" />
      <span data-tip={`Σ price × contracts × multiplier: received +, paid −. ${blank}`}>
        Premium <b>{signedMoney(premium)}</b> {currency}
      </span>
      <span data-tip={`Σ delta × spot × contracts × multiplier, in ${currency}. ${blank}`}>
        Δ$ <b>{signedMoney(deltaDollar)}</b>
      </span>
      <span data-tip={`Σ vega a volatility point × contracts × multiplier, in ${currency}. ${blank}`}>
        Vega <b>{signedDecimal(vegaPerVolPoint, 0)}</b> /pt
      </span>
      <button
        type="button"
        className="primary"
        data-tip={`Saves ${integer(legs.length)} leg(s) as a draft at the market of the day and opens the review`}
        onClick={() => void draftPickedLegs()}
      >
        Make a draft
      </button>
      <button type="button" className="quiet" onClick={clearPickedLegs}>
        Clear
      </button>
    </div>
  );
}
