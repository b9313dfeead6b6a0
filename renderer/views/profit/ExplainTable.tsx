import { useMemo, useState, type ReactNode } from 'react';
import type { ScenarioExplanation } from '../../../shared/contract/scenario-value.ts';
import { Facts } from '../../components/Facts.tsx';
import { Segmented, type Choice } from '../../components/Segmented.tsx';
import { counted, date, shortDate, signedCents } from '../../format.ts';
import { GridPane } from '../parts/GridPane.tsx';
import { RememberedSplit } from '../parts/RememberedSplit.tsx';
import { groupWords } from '../scenario/result-models.ts';
import { useActions } from '../workstation.ts';
import { explainColumns } from './explain-columns.ts';
import { groupRows, partsMiss, positionRows, type ExplainGroup } from './explain-models.ts';

const groups: readonly Choice<ExplainGroup>[] = [
  { value: 'book', label: 'Books' },
  { value: 'name', label: 'Names' },
  { value: 'family', label: 'Families' },
];
const headers = { book: 'Book', name: 'Name', family: 'Family' } as const;

/** Where a change of value comes from: parts by book, name, family or position, and the sum that proves them. */
export function ExplainTable(props: {
  readonly name: string;
  readonly title: string;
  readonly explained: ScenarioExplanation;
  readonly currency: string;
}): ReactNode {
  const { name, title, explained, currency } = props;
  const [group, setGroup] = useState<ExplainGroup>('book');
  const [key, setKey] = useState<string | null>(null);
  const { focus } = useActions();
  const columns = useMemo(() => explainColumns(currency, headers[group]), [currency, group]);
  const detailColumns = useMemo(() => explainColumns(currency, 'Position'), [currency]);
  const rows = useMemo(() => groupRows(explained, group, groupWords), [explained, group]);
  const details = useMemo(() => positionRows(explained, group, key), [explained, group, key]);
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
      <RememberedSplit
        name={name}
        direction="column"
        share={0.36}
        first={
          <GridPane
            title={title}
            tip="Parts and residual add up to the total to the cent, row by row; a click on a group shows its positions below"
            name={`${name}.groups`}
            columns={columns}
            rows={rows}
            rowId={(row) => row.id}
            rowClass={(row) => (row.isTotal ? 'sum-row' : '')}
            selectedId={key ?? 'total'}
            onSelect={(row) => setKey(row.isTotal ? null : row.id)}
            tools={
              <Segmented
                label="Rows of the explanation"
                choices={groups}
                value={group}
                onChange={(next) => {
                  setKey(null);
                  setGroup(next);
                }}
              />
            }
          />
        }
        second={
          <GridPane
            title={`${key === null ? 'All' : groupWords(key)}: ${counted(details.length - 1, 'position')}, the least explained first`}
            name={`${name}.positions`}
            columns={detailColumns}
            rows={details}
            rowId={(row) => row.id}
            rowClass={(row) => (row.isTotal ? 'sum-row' : '')}
            onSelect={(row) => row.symbol !== null && focus({ symbol: row.symbol })}
            search
          />
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
