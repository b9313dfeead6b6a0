import { useMemo, useState, type ReactNode } from 'react';
import type { ScenarioExplanation } from '../../../shared/contract/scenario-value.ts';
import { Facts } from '../../components/Facts.tsx';
import { Segmented, type Choice } from '../../components/Segmented.tsx';
import { counted, date, shortDate, signedCents } from '../../format.ts';
import { GridPane } from '../parts/GridPane.tsx';
import { groupWords } from '../scenario/result-models.ts';
import { explainColumns } from './explain-columns.ts';
import { explainRows, partsMiss, type ExplainGroup } from './explain-models.ts';

const groups: readonly Choice<ExplainGroup>[] = [
  { value: 'book', label: 'Books' },
  { value: 'name', label: 'Names' },
  { value: 'family', label: 'Families' },
  { value: 'position', label: 'Positions' },
];
const headers = { book: 'Book', name: 'Name', family: 'Family', position: 'Position' } as const;

type Within = { readonly group: Exclude<ExplainGroup, 'position'>; readonly key: string };

/** Where a change of value comes from: parts by book, name, family or position, and the sum that proves them. */
export function ExplainTable(props: {
  readonly name: string;
  readonly title: string;
  readonly explained: ScenarioExplanation;
  readonly currency: string;
}): ReactNode {
  const { name, title, explained, currency } = props;
  const [group, setGroup] = useState<ExplainGroup>('book');
  const [within, setWithin] = useState<Within | null>(null);
  const isGrouped = group !== 'position' && within === null;
  const columns = useMemo(
    () => explainColumns(currency, isGrouped ? headers[group] : 'Position'),
    [currency, group, isGrouped],
  );
  const rows = useMemo(() => explainRows(explained, group, within, groupWords), [explained, group, within]);
  const miss = partsMiss(explained.total);
  const worst = explained.positions.reduce<ScenarioExplanation['positions'][number] | null>(
    (most, one) => (most === null || Math.abs(one.residual) > Math.abs(most.residual) ? one : most),
    null,
  );
  return (
    <>
      <Facts
        label="The explanation in sum"
        facts={[
          { label: 'From', value: date(explained.from) },
          { label: 'to', value: date(explained.to) },
          {
            label: 'Total',
            value: signedCents(explained.total.total),
            unit: currency,
            tone: explained.total.total < 0 ? 'loss' : 'gain',
          },
          {
            label: 'Parts',
            value: signedCents(explained.total.total - explained.total.residual + miss),
            tip: 'Delta, gamma, vega, theta, vanna, volga, carry, new trades, fixings',
          },
          {
            label: 'Residual',
            value: signedCents(explained.total.residual),
            tip: 'What the parts do not explain',
          },
          {
            label: 'Parts + residual',
            value: miss === 0 ? '= total, to the cent' : `miss the total by ${signedCents(miss)}`,
            tone: miss === 0 ? 'dim' : 'warning',
          },
          ...(worst === null || worst.residual === 0
            ? []
            : [
                {
                  label: 'Largest residual',
                  value: `${worst.label} ${signedCents(worst.residual)}`,
                  tip: worst.note ?? 'The position whose change is explained least',
                },
              ]),
        ]}
      />
      <VegaSlices explained={explained} currency={currency} />
      {explained.notValued.length > 0 && (
        <details className="not-valued">
          <summary className="warning">
            △ {counted(explained.notValued.length, 'position')} could not be valued and stand in no number
            here
          </summary>
          <ul>
            {explained.notValued.map((one) => (
              <li key={one.positionId}>
                <b>{one.label}</b>: {one.reason}
              </li>
            ))}
          </ul>
        </details>
      )}
      <GridPane
        key={isGrouped ? 'groups' : 'positions'}
        title={within === null ? title : `${groupWords(within.key)}: ${counted(rows.length - 1, 'position')}`}
        tip="Parts and residual add up to the total to the cent, row by row; a double click on a group shows its positions"
        name={`${name}.${isGrouped ? 'groups' : 'positions'}`}
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        rowClass={(row) => (row.isTotal ? 'sum-row' : '')}
        onOpen={(row) => {
          if (isGrouped && !row.isTotal) setWithin({ group, key: row.id });
        }}
        tools={
          <>
            {within !== null && (
              <button type="button" className="quiet" onClick={() => setWithin(null)}>
                ← Back
              </button>
            )}
            <Segmented
              label="Rows of the explanation"
              choices={groups}
              value={group}
              onChange={(next) => {
                setWithin(null);
                setGroup(next);
              }}
            />
          </>
        }
      />
    </>
  );
}

/** Vega by stretch of time: where on the term structure volatility paid or cost. */
function VegaSlices(props: {
  readonly explained: ScenarioExplanation;
  readonly currency: string;
}): ReactNode {
  const { vegaBySlice, vegaSmile, total } = props.explained;
  const known = vegaBySlice.filter((slice) => slice.vega !== 0);
  if (known.length === 0 && vegaSmile === 0) return null;
  return (
    <details className="not-valued vega-slices">
      <summary>
        Vega {signedCents(total.vega)} {props.currency} by slice: {counted(known.length, 'slice')} and the
        smile
      </summary>
      <table className="plain-table" aria-label="Vega by slice">
        <thead>
          <tr>
            <th>Slice</th>
            <th>Vega, {props.currency}</th>
          </tr>
        </thead>
        <tbody>
          {known.map((slice) => (
            <tr key={slice.start}>
              <th>
                {shortDate(slice.start)} – {shortDate(slice.end)}
              </th>
              <td className={slice.vega < 0 ? 'loss' : ''}>{signedCents(slice.vega)}</td>
            </tr>
          ))}
          <tr>
            <th data-tip="Changes of the smile's shape at its strikes">Smile</th>
            <td className={vegaSmile < 0 ? 'loss' : ''}>{signedCents(vegaSmile)}</td>
          </tr>
        </tbody>
      </table>
    </details>
  );
}
