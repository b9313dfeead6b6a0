import { useState, type ReactNode } from 'react';
import type { ScenarioName } from '../../../shared/contract/scenario-value.ts';
import { addDays, daysBetween } from '../../../shared/dates.ts';
import { DateField } from '../../components/DateField.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { Segmented, type Choice } from '../../components/Segmented.tsx';
import { date, strike } from '../../format.ts';
import { symbolInFront } from '../../state/desk.ts';
import type { ScenarioEditAsked } from '../../state/scenario.ts';
import { useActions, useWorkstation } from '../workstation.ts';

type Instrument = 'option' | 'stock' | 'future' | 'cash' | 'forward-start' | 'realized-vol';

const instruments: readonly Choice<Instrument>[] = [
  { value: 'option', label: 'Option' },
  { value: 'stock', label: 'Stock' },
  { value: 'future', label: 'Future' },
  { value: 'forward-start', label: 'Forward start' },
  { value: 'realized-vol', label: 'Vol contract' },
  { value: 'cash', label: 'Cash' },
];

/** One line that adds a position: listed options by their expiry and strike, and everything else that is traded. */
export function AddPosition(): ReactNode {
  const names = useWorkstation((state) => state.scenarioMarket.value?.names ?? null);
  const day = useWorkstation((state) => state.scenarioOpen.value?.head.date ?? null);
  const linked = useWorkstation(symbolInFront);
  const { editScenario } = useActions();
  const [instrument, setInstrument] = useState<Instrument>('option');
  const [symbol, setSymbol] = useState<string | null>(null);
  const [expiryKey, setExpiryKey] = useState<string | null>(null);
  const [chosenStrike, setStrike] = useState<number | null>(null);
  const [type, setType] = useState<'call' | 'put'>('put');
  const [quantity, setQuantity] = useState(1);
  const [dates, setDates] = useState<readonly [string, string] | null>(null);
  if (names === null || day === null) return null;
  const name =
    names.find((one) => one.symbol === symbol) ??
    names.find((one) => one.symbol === linked) ??
    names.find((one) => one.expiries.length > 0);
  if (name === undefined) return null;
  const expiry = name.expiries.find((one) => one.key === expiryKey) ?? name.expiries[0];
  const atStrike = nearest(expiry?.strikes ?? [], chosenStrike ?? expiry?.forward ?? name.spot);
  const [start, end] = dates ?? [addDays(day, 30), addDays(day, 60)];
  const item = itemOf({ instrument, name, expiry, atStrike, type, quantity, start, end });
  const isPeriod = instrument === 'forward-start' || instrument === 'realized-vol';
  return (
    <div className="toolbar" role="group" aria-label="Add a position">
      <Segmented label="What to add" choices={instruments} value={instrument} onChange={setInstrument} />
      {instrument !== 'cash' && (
        <select
          aria-label="Name to add"
          value={name.symbol}
          onChange={(event) => setSymbol(event.target.value)}
        >
          {names.map((one) => (
            <option key={one.symbol}>{one.symbol}</option>
          ))}
        </select>
      )}
      {(instrument === 'option' || instrument === 'future') && (
        <select
          aria-label="Expiry to add"
          value={expiry?.key ?? ''}
          onChange={(event) => setExpiryKey(event.target.value)}
        >
          {name.expiries.map((one) => (
            <option key={one.key} value={one.key}>
              {one.root === name.symbol ? '' : `${one.root} `}
              {date(one.expiry)}
            </option>
          ))}
        </select>
      )}
      {instrument === 'option' && (
        <select
          aria-label="Strike to add"
          value={atStrike ?? ''}
          onChange={(event) => setStrike(Number(event.target.value))}
        >
          {(expiry?.strikes ?? []).map((one) => (
            <option key={one} value={one}>
              {strike(one)}
            </option>
          ))}
        </select>
      )}
      {(instrument === 'option' || instrument === 'forward-start') && (
        <Segmented
          label="Call or put"
          choices={[
            { value: 'call', label: 'Call' },
            { value: 'put', label: 'Put' },
          ]}
          value={type}
          onChange={setType}
        />
      )}
      {isPeriod && (
        <>
          <DateField
            label="First day"
            value={start}
            from={day}
            onChange={(first) => setDates([first, end])}
          />
          <DateField label="Last day" value={end} from={day} onChange={(last) => setDates([start, last])} />
        </>
      )}
      <label>
        {instrument === 'cash' ? 'Amount' : 'Quantity'}
        <NumberField
          label="Quantity to add"
          kind="decimal"
          digits={0}
          width={8}
          tip="Below zero is sold"
          value={quantity}
          onChange={setQuantity}
        />
      </label>
      <button
        type="button"
        className="primary"
        disabled={item === null || quantity === 0}
        onClick={() => item !== null && void editScenario([{ kind: 'add', item }])}
      >
        Add
      </button>
    </div>
  );
}

type Expiry = ScenarioName['expiries'][number];

function nearest(strikes: readonly number[], to: number): number | null {
  return strikes.reduce<number | null>(
    (best, one) => (best === null || Math.abs(one - to) < Math.abs(best - to) ? one : best),
    null,
  );
}

type AddRequest = Extract<ScenarioEditAsked, { readonly kind: 'add' }>['item'];

const daysPerMonth = 30.4375;
const whatIf = 'What-if';

function itemOf(parts: {
  readonly instrument: Instrument;
  readonly name: ScenarioName;
  readonly expiry: Expiry | undefined;
  readonly atStrike: number | null;
  readonly type: 'call' | 'put';
  readonly quantity: number;
  readonly start: string;
  readonly end: string;
}): AddRequest | null {
  const { instrument, name, expiry, atStrike, type, quantity, start, end } = parts;
  const { symbol } = name;
  switch (instrument) {
    case 'stock':
      return { instrument, book: whatIf, symbol, quantity };
    case 'cash':
      return { instrument, book: whatIf, symbol: 'Cash', quantity };
    case 'future':
      return expiry === undefined
        ? null
        : { instrument, book: whatIf, symbol, expiry: expiry.expiry, quantity, multiplier: 1 };
    case 'option':
      return expiry === undefined || atStrike === null
        ? null
        : {
            instrument,
            book: whatIf,
            symbol,
            contract: `${expiry.root} ${expiry.expiry} ${atStrike} ${type === 'call' ? 'C' : 'P'}`,
            quantity,
          };
    case 'forward-start':
      return {
        instrument,
        book: whatIf,
        terms: {
          contractId: `WI ${symbol} ${start}`,
          underlying: symbol,
          firstReferenceDate: start,
          secondReferenceDate: end,
          optionType: type,
          family: 'relative',
          power: 1,
          quantity,
        },
      };
    case 'realized-vol':
      return {
        instrument,
        book: whatIf,
        terms: {
          contractId: `WI ${symbol} vol ${start}`,
          underlying: symbol,
          kind: 'custom',
          startDate: start,
          endDate: end,
          months: Math.max(1, Math.round(daysBetween(start, end) / daysPerMonth)),
          quantity,
        },
      };
  }
}
