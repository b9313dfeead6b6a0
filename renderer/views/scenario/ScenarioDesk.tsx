import { useEffect, type ReactNode } from 'react';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { Facts } from '../../components/Facts.tsx';
import { FailureLine } from '../../components/RemoteView.tsx';
import { Segmented, type Choice } from '../../components/Segmented.tsx';
import { counted, date, money, signedMoney } from '../../format.ts';
import { scenarioRevision } from '../../state/scenario.ts';
import { scenarioChoices, type ScenarioTab } from '../../state/scenario-choices.ts';
import { useActions, useWorkstation } from '../workstation.ts';
import { CompareTab } from './CompareTab.tsx';
import { CurvesTab } from './CurvesTab.tsx';
import { ExplainTab } from './ExplainTab.tsx';
import { GridTab } from './GridTab.tsx';
import { MarketTab } from './MarketTab.tsx';
import { PositionsTab } from './PositionsTab.tsx';
import { ReplayTab } from './ReplayTab.tsx';
import { ResultTab } from './ResultTab.tsx';
import { ScenarioHead } from './ScenarioHead.tsx';
import { useScenarioCurrency } from './use-scenario-currency.ts';

const tabs: readonly Choice<ScenarioTab>[] = [
  { value: 'result', label: 'Result', tip: 'Every position repriced under the shock' },
  { value: 'grid', label: 'Grid', tip: 'Two shocks against each other' },
  { value: 'curves', label: 'Curves', tip: 'Profit and loss against one shock, for several dates' },
  { value: 'positions', label: 'Positions', tip: 'Add, change, remove' },
  { value: 'market', label: 'Market', tip: 'Prices, volatilities, dividends and rates by hand' },
  { value: 'explain', label: 'Explain', tip: 'Where the difference from the book comes from' },
  { value: 'compare', label: 'Compare', tip: 'Scenarios side by side with their differences' },
  { value: 'replay', label: 'Replay', tip: 'The book through the moves of stored days' },
];

const panes: Readonly<Record<ScenarioTab, () => ReactNode>> = {
  result: ResultTab,
  grid: GridTab,
  curves: CurvesTab,
  positions: PositionsTab,
  market: MarketTab,
  explain: ExplainTab,
  compare: CompareTab,
  replay: ReplayTab,
};

/** The session in front: its name and actions, what it comes to, and one of the tabs. */
export function ScenarioDesk(props: { readonly open: OutputOf<'scenario.open'> }): ReactNode {
  const { open } = props;
  const { tab } = useWorkstation(scenarioChoices);
  const revision = useWorkstation(scenarioRevision);
  const { chooseScenarioView, loadScenarioValue } = useActions();
  useEffect(() => {
    if (revision !== '') void loadScenarioValue();
  }, [revision, loadScenarioValue]);
  const Pane = panes[tab];
  return (
    <>
      <ScenarioHead open={open} />
      <Totals />
      <NotValued open={open} />
      <div className="toolbar">
        <Segmented
          label="What is shown"
          choices={tabs}
          value={tab}
          onChange={(next) => chooseScenarioView({ tab: next })}
        />
      </div>
      <div className="scenario-pane">
        <Pane />
      </div>
    </>
  );
}

/** Profit and risk of the session under its shock, always over the tabs. */
function Totals(): ReactNode {
  const value = useWorkstation((state) => state.scenarioValue);
  const currency = useScenarioCurrency();
  const { loadScenarioValue } = useActions();
  const found = value.value;
  const stale = value.status === 'loading' ? ('dim' as const) : undefined;
  const tone = (amount: number | undefined) => (amount === undefined || amount >= 0 ? 'gain' : 'loss');
  return (
    <>
      {value.status === 'failed' && (
        <FailureLine error={value.error} onRetry={() => void loadScenarioValue()} />
      )}
      <Facts
        label="The scenario in sum"
        facts={[
          {
            label: 'P&L of the shock',
            value: signedMoney(found?.profit),
            unit: currency,
            tone: stale ?? tone(found?.profit),
            tip: 'Value under the shock less value without it, every position repriced in full',
          },
          {
            label: 'Value',
            value: money(found?.total.value),
            unit: currency,
            ...(stale === undefined ? {} : { tone: stale }),
            tip: 'Of everything that could be valued, under the shock',
          },
          {
            label: 'without the shock',
            value: money(found?.baseValue),
            tip: 'The same positions in the session’s market, nothing moved',
          },
          {
            label: 'Delta',
            value: signedMoney(found?.total.deltaDollar),
            unit: currency,
            tip: 'Exposure to the underlyings in money',
          },
          {
            label: 'Gamma',
            value: signedMoney(found?.total.gammaDollar1Pct),
            unit: 'per 1 %',
            tip: 'Change of dollar delta when the underlyings move 1 %',
          },
          {
            label: 'Vega',
            value: signedMoney(found?.total.vegaPerVolPoint),
            unit: 'per vol pt',
            tip: 'Change of value for one volatility point',
          },
          {
            label: 'Theta',
            value: signedMoney(found?.total.thetaPerDay),
            unit: 'per day',
            tip: 'Change of value by one calendar day',
          },
          { label: 'On', value: date(found?.asOf), tip: 'The day that is valued, days forward included' },
        ]}
      />
    </>
  );
}

/** What is missing from every number above and below, with the reason; never left out in silence. */
function NotValued(props: { readonly open: OutputOf<'scenario.open'> }): ReactNode {
  const value = useWorkstation((state) => state.scenarioValue.value);
  const missing = [...props.open.notIncluded, ...(value?.notValued ?? [])];
  const notes = value?.notes ?? [];
  if (missing.length + notes.length === 0) return null;
  return (
    <details className="not-valued">
      <summary className={missing.length > 0 ? 'warning' : 'dim'}>
        {missing.length > 0
          ? `△ ${counted(missing.length, 'position')} could not be valued and ${missing.length === 1 ? 'is' : 'are'} in no number here: ${missing[0]?.label ?? ''}${missing.length > 1 ? ' …' : ''}`
          : counted(notes.length, 'note')}
        {missing.length > 0 && notes.length > 0 && (
          <span className="dim"> · {counted(notes.length, 'note')}</span>
        )}
      </summary>
      <ul>
        {missing.map((one) => (
          <li key={one.positionId}>
            <b>{one.label}</b>: {one.reason}
          </li>
        ))}
        {notes.map((note) => (
          <li key={note} className="dim">
            {note}
          </li>
        ))}
      </ul>
    </details>
  );
}
