import type { ReactNode } from 'react';
import { FormRows, type FormRow } from '../../components/FormRows.tsx';
import { RemoteView } from '../../components/RemoteView.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { counted, date } from '../../format.ts';
import { savedBasketInFront } from '../../state/hedge.ts';
import type { StructureKind, StructureSlice } from '../../state/structure.ts';
import { GridPane } from '../parts/GridPane.tsx';
import { useActions, useWorkstation } from '../workstation.ts';
import { structureColumns, type StructureLeg } from './structure-columns.ts';
import { prose } from '../../prose.ts';

const kinds = [
  {
    value: 'programme',
    label: 'Calls and index puts',
    tip: 'Calls sold on the names pay for puts bought on the index: the best package within the limits',
  },
  {
    value: 'collars',
    label: 'Collars',
    tip: 'On each name: a put bought, and the call sold that pays for it',
  },
  { value: 'put-spread', label: 'Put spread', tip: 'On the index: a put bought, one further down sold' },
] as const;

/** What the basket is hedged with. */
export function StructureChoice(): ReactNode {
  const kind = useWorkstation((state) => state.structureKind);
  const { chooseStructure } = useActions();
  return (
    <div className="sentence">
      <Segmented<StructureKind> label="Structure" choices={kinds} value={kind} onChange={chooseStructure} />
    </div>
  );
}

type Row = FormRow<StructureSlice['structureRequest']>;
const delta = { kind: 'decimal', digits: 2, least: 0, most: 1, width: 5 } as const;
const days: Row = {
  key: 'targetDays',
  label: 'Days to expiry',
  tip: 'The expiry nearest to so many days is taken',
  before: 'expiry in about',
  kind: 'integer',
  unit: 'days',
  least: 1,
  most: 1000,
  width: 5,
};
const bought: Row = {
  ...delta,
  key: 'putDelta',
  label: 'Delta of the put bought',
  tip: 'Absolute delta; the nearest quoted put is taken',
  before: 'put bought at delta',
};
const rows: Readonly<Record<Exclude<StructureKind, 'programme'>, readonly Row[]>> = {
  collars: [
    days,
    bought,
    {
      ...delta,
      key: 'callDelta',
      label: 'Delta of the call sold',
      tip: 'Taken where no call pays for the put in full',
      before: 'call sold at delta',
      after: 'where none pays for the put',
    },
    {
      key: 'share',
      label: 'Share of each holding',
      before: 'on',
      after: 'of each holding',
      kind: 'percent',
      unit: '%',
      least: 0,
      most: 1,
      width: 5,
    },
  ],
  'put-spread': [
    days,
    bought,
    { ...delta, key: 'soldDelta', label: 'Delta of the put sold', before: 'put sold at delta' },
    {
      key: 'share',
      label: 'Share of the basket',
      before: 'for',
      after: 'of the basket’s value',
      kind: 'percent',
      unit: '%',
      least: 0,
      most: 2,
      width: 5,
    },
  ],
};

/** The numbers of a structure. */
export function StructureForm(props: { readonly kind: Exclude<StructureKind, 'programme'> }): ReactNode {
  const request = useWorkstation((state) => state.structureRequest);
  const { changeStructure } = useActions();
  return (
    <fieldset>
      <legend>Structure</legend>
      <FormRows rows={rows[props.kind]} values={request} onChange={changeStructure} />
    </fieldset>
  );
}

const names = { collars: 'collars', 'put-spread': 'put spread' } as const;

/** Looks for the structure, or stops looking. */
export function StructureButton(props: { readonly kind: Exclude<StructureKind, 'programme'> }): ReactNode {
  const isRunning = useWorkstation((state) => state.structure.status === 'loading');
  const basket = useWorkstation(savedBasketInFront);
  const { findStructure, cancelStructure } = useActions();
  return isRunning ? (
    <button type="button" onClick={cancelStructure}>
      Cancel
    </button>
  ) : (
    <button
      type="button"
      className="primary"
      disabled={basket === null}
      data-tip={basket === null ? 'Build and save a basket first' : 'Lists the legs; nothing is kept yet'}
      onClick={() => void findStructure()}
    >
      Find {names[props.kind]}
    </button>
  );
}

const rowId = (leg: StructureLeg): string => `${leg.side}:${leg.contract}`;

/** The legs that were found, and the way to a draft. */
export function StructureFound(props: { readonly kind: Exclude<StructureKind, 'programme'> }): ReactNode {
  const structure = useWorkstation((state) => state.structure);
  const { findStructure, cancelStructure, draftStructure, focus } = useActions();
  if (structure.status === 'idle')
    return (
      <div className="state">
        <p>Set expiry and deltas, then let the {names[props.kind]} be found.</p>
        <StructureButton kind={props.kind} />
      </div>
    );
  return (
    <RemoteView
      remote={structure}
      what={`the ${names[props.kind]}`}
      onCancel={cancelStructure}
      onRetry={() => void findStructure()}
    >
      {({ basket, asOf, legs, warnings }, isStale) => (
        <>
          {warnings.map((warning) => (
            <div className="note-line" key={warning}>
              <span aria-hidden="true">△</span>
              <span>{prose(warning)}</span>
            </div>
          ))}
          <GridPane
            title={`${basket}, ${date(asOf)}: ${counted(legs.length, 'leg')}`}
            name="hedge.structure"
            columns={structureColumns}
            rows={legs}
            rowId={rowId}
            fit
            onSelect={(leg) => leg.symbol !== undefined && focus({ symbol: leg.symbol })}
            tools={
              <button
                type="button"
                className="primary"
                disabled={isStale}
                data-tip="Prices the legs, checks them against the basket and opens them in the review"
                onClick={() => void draftStructure()}
              >
                Make a draft
              </button>
            }
          />
        </>
      )}
    </RemoteView>
  );
}
