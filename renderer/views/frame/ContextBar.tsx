import { useState, type ReactNode } from 'react';
import { daysBetween } from '../../../shared/dates.ts';
import { age, date, instant } from '../../format.ts';
import { dayInFront, symbolInFront } from '../../state/desk.ts';
import { useActions, useWorkstation } from '../workstation.ts';

/** Views whose numbers are those of a scenario, not of the live book. */
const scenarioViews: readonly string[] = ['scenarios'];

/** Desk, market day with its age, name, basket: what every pane follows. */
export function ContextBar(props: { readonly onPalette: () => void }): ReactNode {
  const desk = useWorkstation((state) => state.desk.value);
  const asOf = useWorkstation(dayInFront);
  const symbol = useWorkstation(symbolInFront);
  const basket = useWorkstation((state) => state.basket);
  const scenario = useWorkstation((state) =>
    scenarioViews.includes(state.view) ? (state.scenarioOpen.value?.head ?? null) : null,
  );
  const { focus } = useActions();
  const newest = desk?.marketDates[0] ?? null;
  const days = asOf === null || newest === null ? null : daysBetween(asOf, newest);
  return (
    <header className={scenario === null ? 'context-bar' : 'context-bar in-scenario'}>
      <strong
        className="desk-name"
        data-tip={desk === null ? 'The desk is being read' : `${desk.deskFile}\nVoldesk ${desk.version}`}
      >
        {desk?.deskName ?? 'Voldesk'}
        {desk?.isDemo === true && <span className="badge">demo</span>}
      </strong>
      {desk !== null && asOf !== null && (
        <label className="context-item" data-tip="The market day that every number on screen is for">
          <span>As of</span>
          <select
            value={asOf}
            onChange={(event) =>
              focus({ asOf: event.target.value === newest ? null : event.target.value, expiryKey: null })
            }
          >
            {desk.marketDates.map((day) => (
              <option key={day} value={day}>
                {date(day)}
              </option>
            ))}
          </select>
          <span
            className={days !== null && days > 0 ? 'stale' : 'dim'}
            data-tip={`Newest quotes of the desk: ${instant(desk.newestQuotedAt)}`}
          >
            {days !== null && days > 0 ? age(days) : 'newest day'}
          </span>
        </label>
      )}
      {desk !== null && desk.underliers.length > 0 && <SymbolField symbol={symbol} />}
      {basket !== null && (
        <span className="context-item">
          <span>Basket</span> {basket}
        </span>
      )}
      {scenario !== null && (
        <span
          className="context-item scenario-item"
          role="status"
          data-tip="Not the live book: a frozen copy with changes"
        >
          <span>Scenario</span>
          <b className="clip">
            {scenario.name}
            {scenario.unsaved ? ' *' : ''}
          </b>
        </span>
      )}
      <span className="spacer" />
      <button type="button" className="palette-button" onClick={props.onPalette}>
        Find a view, name, expiry or action <kbd>Ctrl K</kbd>
      </button>
    </header>
  );
}

function SymbolField(props: { readonly symbol: string | null }): ReactNode {
  const underliers = useWorkstation((state) => state.desk.value?.underliers ?? []);
  const { focus } = useActions();
  const [typed, setTyped] = useState<string | null>(null);
  const name = underliers.find((item) => item.symbol === props.symbol)?.name ?? '';
  const choose = (text: string) => {
    const found =
      underliers.find((item) => item.symbol.toLowerCase() === text.trim().toLowerCase()) ??
      underliers.find((item) => item.symbol.toLowerCase().startsWith(text.trim().toLowerCase())) ??
      underliers.find((item) => item.name.toLowerCase().includes(text.trim().toLowerCase()));
    if (found !== undefined && text.trim() !== '') focus({ symbol: found.symbol });
    setTyped(null);
  };
  return (
    <label className="context-item" data-tip="The name in front; all linked panes follow it">
      <span>Underlying</span>
      <input
        list="underliers"
        id="symbol-field"
        value={typed ?? props.symbol ?? ''}
        onFocus={(event) => event.target.select()}
        onChange={(event) => {
          const text = event.target.value;
          if (underliers.some((item) => item.symbol === text) && text !== props.symbol) choose(text);
          else setTyped(text);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            choose(event.currentTarget.value);
            event.currentTarget.blur();
          }
          if (event.key === 'Escape') setTyped(null);
        }}
        onBlur={() => setTyped(null)}
      />
      <span className="dim clip">{name === props.symbol ? '' : name}</span>
      <datalist id="underliers">
        {underliers.map((item) => (
          <option key={item.symbol} value={item.symbol}>
            {item.name}
          </option>
        ))}
      </datalist>
    </label>
  );
}
