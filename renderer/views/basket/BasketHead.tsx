import { useState, type ReactNode } from 'react';
import { Facts } from '../../components/Facts.tsx';
import { decimal, integer, money, none, percent } from '../../format.ts';
import { indexInFront } from '../../state/basket.ts';
import { useActions, useWorkstation } from '../workstation.ts';

/** The basket in front in one line: which it is, how well it tracks, and saving it. */
export function BasketHead(props: { readonly currency: string }): ReactNode {
  const result = useWorkstation((state) => state.basketResult.value);
  const shown = useWorkstation((state) => state.basketShown);
  if (result === null) return null;
  const { inSample, holdout } = result;
  return (
    <div className="toolbar">
      <Facts
        label="The basket in front"
        facts={[
          {
            label: shown === null ? 'Not saved' : 'Saved',
            value: shown === null ? result.index : `${shown.name} ${integer(shown.version)}`,
            tone: shown === null ? 'warning' : 'strong',
            tip: shown === null ? 'Built, not saved: save it as a version to hedge it' : 'Name and version',
          },
          {
            label: 'r²',
            value: decimal(inSample.rSquared, 4),
            tone: 'strong',
            tip: 'Share of the index’s variance explained in sample, whole lots included',
          },
          {
            label: 'holdout',
            value: holdout === null ? none : decimal(holdout.rSquared, 4),
            tone: holdout === null ? 'dim' : 'strong',
            tip:
              holdout === null
                ? 'No holdout was set: name its first day among the rules.'
                : 'r² over the days that took no part in the fit',
          },
          {
            label: 'Tracking error',
            value: percent(inSample.trackingError, 2),
            unit: '% a year',
            tip: 'Standard deviation of the return difference in sample',
          },
          { label: 'Value', value: money(result.notional), unit: props.currency },
        ]}
      />
      <span className="spacer" />
      <SaveBasket />
    </div>
  );
}

function SaveBasket(): ReactNode {
  const [basket, shown] = useWorkstation((state) => [state.basket, state.basketShown]);
  const index = useWorkstation(indexInFront);
  const { saveBasket, openView } = useActions();
  const [name, setName] = useState<string | null>(null);
  const isOfIndex = useWorkstation(
    (state) =>
      state.baskets.value?.baskets.some((item) => item.name === basket && item.result.index === index) ??
      false,
  );
  const typed = (name ?? (isOfIndex ? basket : null) ?? `${index ?? ''} basket`).trim();
  return (
    <>
      <input
        type="text"
        className="search"
        aria-label="Name of the basket"
        value={name ?? typed}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => event.key === 'Enter' && typed !== '' && void saveBasket(typed)}
      />
      <button
        type="button"
        className={shown === null ? 'primary' : ''}
        disabled={typed === '' || shown?.name === typed}
        data-tip={
          shown?.name === typed
            ? 'What is shown is saved under this name'
            : 'A new version under this name; earlier versions stay'
        }
        onClick={() => void saveBasket(typed)}
      >
        Save version
      </button>
      {shown !== null && (
        <button type="button" className="primary" onClick={() => openView('hedge')}>
          Hedge it
        </button>
      )}
    </>
  );
}
