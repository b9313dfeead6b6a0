import type { ReactNode } from 'react';
import { DateField } from '../../components/DateField.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { lotsFrom, textOfLots } from './rule-texts.ts';
import { TypedField } from './RuleParts.tsx';
import { useActions, useWorkstation } from '../workstation.ts';

/** Which returns are fitted and which are kept apart. */
export function Window(): ReactNode {
  const rules = useWorkstation((state) => state.basketRules);
  const { changeBasketRules } = useActions();
  const day = (key: 'from' | 'to' | 'holdoutFrom', label: string, blank: string) => (
    <DateField
      label={label}
      value={rules[key] ?? ''}
      from={null}
      blank={blank}
      onChange={(value) => changeBasketRules({ [key]: value === '' ? undefined : value })}
    />
  );
  return (
    <fieldset>
      <legend>Returns it is fitted to</legend>
      <div className="sentence">
        <Segmented
          label="Frequency of returns"
          choices={[
            { value: 'daily', label: 'daily' },
            { value: 'weekly', label: 'weekly', tip: 'From week end to week end' },
          ]}
          value={rules.frequency ?? 'daily'}
          onChange={(frequency) => changeBasketRules({ frequency })}
        />
        from {day('from', 'First day of the window', 'the first day')}
        to{' '}
        {day(
          'to',
          'Last day of the window',
          rules.holdoutFrom === undefined ? 'the day in front' : 'the holdout',
        )}
      </div>
      <div
        className="sentence"
        data-tip="The holdout takes no part in the fit; it runs to the day in front. With a last day of the window and no first day here, it starts the day after that."
      >
        holdout from{' '}
        {day('holdoutFrom', 'First day of the holdout', rules.to === undefined ? 'none' : 'the day after')}
      </div>
    </fieldset>
  );
}

/** What is spent and in which lots. */
export function Money(props: { readonly currency: string }): ReactNode {
  const rules = useWorkstation((state) => state.basketRules);
  const { changeBasketRules } = useActions();
  return (
    <fieldset>
      <legend>Size</legend>
      <div className="sentence">
        for
        <NumberField
          label="Capital"
          kind="integer"
          unit={props.currency}
          least={1}
          width={12}
          value={rules.capital ?? 0}
          onChange={(capital) => changeBasketRules({ capital })}
        />
        in lots of
        <NumberField
          label="Lot size"
          kind="integer"
          unit="shares"
          least={1}
          width={4}
          value={rules.lotSize ?? 1}
          onChange={(lotSize) => changeBasketRules({ lotSize })}
        />
      </div>
      <label
        className="sentence"
        data-tip="A name’s lot is what one of its option contracts stands for, so that calls can cover it whole; the lot above where it has no options"
      >
        <input
          type="checkbox"
          checked={rules.lots === 'listed'}
          onChange={(event) => changeBasketRules({ lots: event.target.checked ? 'listed' : undefined })}
        />
        lots as options have them
      </label>
      <div className="sentence">
        except
        <TypedField
          label="Lots by name"
          hint="AVLN 50, BLZA 25"
          tip="A name and its shares a lot, with commas between"
          text={textOfLots(rules.lotSizes ?? {})}
          read={lotsFrom}
          onChange={(lotSizes) =>
            changeBasketRules({ lotSizes: Object.keys(lotSizes).length === 0 ? undefined : lotSizes })
          }
        />
      </div>
    </fieldset>
  );
}
