import { useEffect, useMemo, useState, type ReactNode } from 'react';
import type { ScenarioMarketEdit } from '../../../shared/contract/scenario-edits.ts';
import type { ScenarioName } from '../../../shared/contract/scenario-value.ts';
import { NumberField } from '../../components/NumberField.tsx';
import { RemoteView } from '../../components/RemoteView.tsx';
import { counted, date } from '../../format.ts';
import { symbolInFront } from '../../state/desk.ts';
import { scenarioRevision } from '../../state/scenario.ts';
import { GridPane } from '../parts/GridPane.tsx';
import { useActions, useWorkstation } from '../workstation.ts';
import { marketColumns } from './market-columns.ts';

type Input = ScenarioMarketEdit['input'];

const inputs: readonly { readonly value: Input; readonly label: string }[] = [
  { value: 'spot', label: 'Spot' },
  { value: 'vol', label: 'At-the-money volatility' },
  { value: 'volShift', label: 'Shift of all volatilities' },
  { value: 'dividendYield', label: 'Dividend yield' },
  { value: 'rate', label: 'Rate' },
];

/** Prices, volatilities, dividends and rates of the session's own, in place of the frozen ones. */
export function MarketTab(): ReactNode {
  const remote = useWorkstation((state) => state.scenarioMarket);
  const revision = useWorkstation(scenarioRevision);
  const edits = useWorkstation((state) => state.scenarioOpen.value?.market ?? null);
  const linked = useWorkstation(symbolInFront);
  const { loadScenarioMarket, focus } = useActions();
  useEffect(() => void loadScenarioMarket(), [revision, loadScenarioMarket]);
  const columns = useMemo(() => marketColumns(edits ?? []), [edits]);
  return (
    <RemoteView
      remote={remote}
      what="the market of the scenario"
      onRetry={() => void loadScenarioMarket()}
      isEmpty={(value) => value.names.length === 0}
      empty={<p>The frozen book holds nothing that has a market.</p>}
    >
      {(value) => (
        <>
          <GridPane
            title={`Market of the scenario: ${counted(value.names.length, 'name')}`}
            tip="As frozen, with what was set by hand in it; the shock comes on top"
            name="scenarios.market"
            columns={columns}
            rows={value.names}
            rowId={(row) => row.symbol}
            selectedId={linked}
            onSelect={(row) => focus({ symbol: row.symbol })}
            search
          />
          <SetInput names={value.names} />
        </>
      )}
    </RemoteView>
  );
}

function SetInput(props: { readonly names: readonly ScenarioName[] }): ReactNode {
  const { names } = props;
  const linked = useWorkstation(symbolInFront);
  const { editScenario, focus } = useActions();
  const [input, setInput] = useState<Input>('spot');
  const [expiry, setExpiry] = useState<string | null>(null);
  const name = names.find((one) => one.symbol === linked) ?? names[0];
  if (name === undefined) return null;
  const hasExpiry = input === 'vol' || input === 'volShift';
  const chosen = hasExpiry ? (name.expiries.find((one) => one.expiry === expiry) ?? null) : null;
  const now: Readonly<Record<Input, number>> = {
    spot: name.spot,
    vol: (chosen ?? name.expiries[0])?.atmVol ?? 0,
    volShift: 0,
    dividendYield: name.dividendYield ?? 0,
    rate: name.rate ?? 0,
  };
  return (
    <div className="toolbar" role="group" aria-label="Set an input">
      <select
        aria-label="Input"
        value={input}
        onChange={(event) =>
          setInput(inputs.find((one) => one.value === event.target.value)?.value ?? 'spot')
        }
      >
        {inputs.map((one) => (
          <option key={one.value} value={one.value}>
            {one.label}
          </option>
        ))}
      </select>
      of
      <select
        aria-label="Name"
        value={name.symbol}
        onChange={(event) => focus({ symbol: event.target.value })}
      >
        {names.map((one) => (
          <option key={one.symbol}>{one.symbol}</option>
        ))}
      </select>
      {hasExpiry && (
        <select
          aria-label="Expiry"
          value={chosen?.expiry ?? ''}
          onChange={(event) => setExpiry(event.target.value === '' ? null : event.target.value)}
        >
          <option value="">at every expiry</option>
          {[...new Set(name.expiries.map((one) => one.expiry))].map((one) => (
            <option key={one} value={one}>
              {date(one)}
            </option>
          ))}
        </select>
      )}
      is
      <NumberField
        key={`${name.symbol}.${input}`}
        label="Value of the input"
        kind={input === 'spot' ? 'decimal' : input === 'volShift' ? 'points' : 'percent'}
        unit={input === 'spot' ? '' : input === 'volShift' ? 'vol pts' : '%'}
        digits={2}
        width={9}
        {...(input === 'spot' ? { least: 0.01 } : {})}
        value={now[input]}
        onChange={(value) =>
          void editScenario([
            { kind: 'market', symbol: name.symbol, input, expiry: chosen?.expiry ?? null, value },
          ])
        }
      />
      <span className="dim">taken on Enter; the differences at the left take it back</span>
    </div>
  );
}
