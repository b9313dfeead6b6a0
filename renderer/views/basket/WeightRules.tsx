import type { ReactNode } from 'react';
import { NumberField } from '../../components/NumberField.tsx';
import { counted, percent } from '../../format.ts';
import { boundsFrom, textOfBounds, type ShareLimits } from './rule-texts.ts';
import { Switched, TypedField } from './RuleParts.tsx';
import { useActions, useWorkstation } from '../workstation.ts';

const isOpen = (limits: ShareLimits): boolean => limits.min === undefined && limits.max === undefined;
const usual = { min: 0.01, max: 0.1 };

/** Least and most weight of every name, of names by themselves, of sectors. */
export function WeightRules(): ReactNode {
  const rules = useWorkstation((state) => state.basketRules);
  const { changeBasketRules } = useActions();
  const all = rules.nameBounds;
  return (
    <fieldset>
      <legend data-tip="With any of these the weights are fitted under the bounds and sum to 100 %">
        Weights
      </legend>
      <Switched
        label="bound the weight of every name"
        on={all !== undefined}
        onSwitch={(on) => changeBasketRules({ nameBounds: on ? usual : undefined })}
        tip="Of every name that is in the basket"
      >
        every name from
        <Limit
          label="Least weight of a name"
          limits={all ?? usual}
          of="min"
          isOff={all === undefined}
          onChange={(nameBounds) => changeBasketRules({ nameBounds })}
        />
        to
        <Limit
          label="Most weight of a name"
          limits={all ?? usual}
          of="max"
          isOff={all === undefined}
          onChange={(nameBounds) => changeBasketRules({ nameBounds })}
        />
      </Switched>
      <div className="sentence">
        except
        <TypedField
          label="Bounds by name"
          hint="AVLN 2–8, BLZA –5"
          tip="A name with its least and most weight in %, with commas between: AVLN 2–8, or –8 for a most alone"
          text={textOfBounds(rules.boundsBySymbol ?? {})}
          read={boundsFrom}
          onChange={(bounds) =>
            changeBasketRules({ boundsBySymbol: Object.keys(bounds).length === 0 ? undefined : bounds })
          }
        />
      </div>
      <Sectors />
    </fieldset>
  );
}

function Sectors(): ReactNode {
  const bounds = useWorkstation((state) => state.basketRules.sectorBounds ?? {});
  const sectors = useWorkstation((state) => state.basketUniverse.value?.sectors ?? []);
  const { changeBasketRules } = useActions();
  const change = (sector: string, limits: ShareLimits | undefined) => {
    const { [sector]: _, ...others } = bounds;
    const next = limits === undefined || isOpen(limits) ? others : { ...others, [sector]: limits };
    changeBasketRules({ sectorBounds: Object.keys(next).length === 0 ? undefined : next });
  };
  const chosen = Object.keys(bounds);
  const free = sectors.filter(({ sector }) => !chosen.includes(sector));
  return (
    <>
      {chosen.map((sector) => {
        const limits = bounds[sector] ?? {};
        const known = sectors.find((item) => item.sector === sector);
        return (
          <Switched
            key={sector}
            label={`bound the weight of ${sector}`}
            on
            onSwitch={() => change(sector, undefined)}
            tip={
              known === undefined
                ? `No name of the index is known to be of ${sector}.`
                : `${counted(known.names, 'name')} of the index, ${percent(known.weight, 1)} % of its weight`
            }
          >
            {sector} from
            <Limit
              label={`Least weight of ${sector}`}
              limits={limits}
              of="min"
              onChange={(next) => change(sector, next)}
            />
            to
            <Limit
              label={`Most weight of ${sector}`}
              limits={limits}
              of="max"
              onChange={(next) => change(sector, next)}
            />
          </Switched>
        );
      })}
      {free.length > 0 ? (
        <div className="sentence">
          <select
            aria-label="Bound a sector"
            value=""
            onChange={(event) => event.target.value !== '' && change(event.target.value, { max: 0.25 })}
          >
            <option value="">bound a sector …</option>
            {free.map(({ sector, weight }) => (
              <option key={sector} value={sector}>
                {sector}, {percent(weight, 1)} % of the index
              </option>
            ))}
          </select>
        </div>
      ) : (
        sectors.length === 0 && (
          <div className="sentence dim">The index weights name no sectors: none can be bounded.</div>
        )
      )}
    </>
  );
}

/** One end of a range of weights; 0 % at the low end and 100 % at the high end are open. */
function Limit(props: {
  readonly label: string;
  readonly limits: ShareLimits;
  readonly of: 'min' | 'max';
  readonly isOff?: boolean;
  readonly onChange: (limits: ShareLimits) => void;
}): ReactNode {
  const { label, limits, of, isOff = false, onChange } = props;
  const open = of === 'min' ? 0 : 1;
  const other = of === 'min' ? limits.max : limits.min;
  return (
    <NumberField
      label={label}
      kind="percent"
      unit="%"
      digits={1}
      width={4}
      least={of === 'min' ? 0 : (other ?? 0)}
      most={of === 'max' ? 1 : (other ?? 1)}
      disabled={isOff}
      value={limits[of] ?? open}
      onChange={(value) => {
        const { [of]: _, ...rest } = limits;
        onChange(value === open ? rest : { ...rest, [of]: value });
      }}
    />
  );
}
