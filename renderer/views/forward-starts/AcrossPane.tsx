import { useEffect, useMemo, type ReactNode } from 'react';
import type { ExposureAcross, VegaRule } from '../../../shared/contract/exposure.ts';
import { createSliceChart, type SliceModel } from '../../charts/slice-chart.ts';
import { RemoteView } from '../../components/RemoteView.tsx';
import { compact, counted, integer, money, signedMoney } from '../../format.ts';
import type { ColumnSpec } from '../../grids/column.ts';
import { useContractRevision } from '../contracts/use-contract-revision.ts';
import { ChartPane } from '../parts/ChartPane.tsx';
import { GridPane } from '../parts/GridPane.tsx';
import { RememberedSplit } from '../parts/RememberedSplit.tsx';
import { useActions, useWorkstation } from '../workstation.ts';
import { vegaUnit } from './exposure-models.ts';

type Row = ExposureAcross['underlyings'][number];

const signedCompact = (value: number): string => (value > 0 ? `+${compact(value)}` : compact(value));
/** Names drawn in a color of their own; the rest share one. */
const namesDrawn = 7;

function acrossModel(across: ExposureAcross, rule: VegaRule): SliceModel | null {
  if (across.months.length === 0) return null;
  const largest = across.underlyings
    .toSorted((a, b) => Math.abs(b.vegaPerVolPoint) - Math.abs(a.vegaPerVolPoint))
    .map((row) => row.underlying);
  const placeOf = (name: string) => {
    const place = largest.indexOf(name);
    return place < namesDrawn ? place : namesDrawn;
  };
  const bars = (value: (part: ExposureAcross['months'][number]['byUnderlying'][number]) => number) =>
    across.months.map(({ start, end, byUnderlying }) => ({
      start,
      end,
      kind: 'slice' as const,
      parts: byUnderlying
        .toSorted((a, b) => placeOf(a.underlying) - placeOf(b.underlying))
        .map((part) => ({
          id: part.underlying,
          label: placeOf(part.underlying) < namesDrawn ? part.underlying : 'other names',
          value: value(part),
          color: placeOf(part.underlying),
        })),
    }));
  const currency = across.currencies.join(' and ');
  return {
    asOf: across.asOf,
    lanes: [],
    lit: [],
    panes: [
      {
        title: `Vega by month, ${currency} ${vegaUnit(rule)}`,
        formatY: signedCompact,
        bars: bars((part) => part.adjustedVegaPerVolPoint),
      },
      {
        title: `Gamma by month, ${currency} per 1 %`,
        formatY: signedCompact,
        bars: bars((part) => part.gammaDollar1Pct),
      },
    ],
  };
}

const number = (
  key: 'premium' | 'vegaPerVolPoint' | 'adjustedVegaPerVolPoint' | 'gammaDollar1Pct',
  header: string,
  what: string,
  unit?: string,
): ColumnSpec<Row> => ({
  key,
  header,
  ...(unit === undefined ? {} : { unit }),
  note: { what },
  value: (row) => row[key],
  text: (row) => (key === 'premium' ? money(row[key]) : signedMoney(row[key])),
  tones: { loss: (row) => row[key] < 0, strong: () => key === 'vegaPerVolPoint' },
  width: 120,
});

const count = (
  key: 'contracts' | 'listedOptions' | 'gaps' | 'overlaps' | 'notIncluded',
  header: string,
  what: string,
): ColumnSpec<Row> => ({
  key,
  header,
  note: { what },
  value: (row) => row[key],
  text: (row) => integer(row[key]),
  tones: {
    dim: (row) => row[key] === 0,
    warning: (row) => (key === 'gaps' || key === 'notIncluded') && row[key] > 0,
  },
  width: 92,
});

const columns: readonly ColumnSpec<Row>[] = [
  {
    key: 'underlying',
    header: 'Name',
    note: { what: 'underlying; a double click or Enter opens its ladder' },
    align: 'left',
    value: (row) => row.underlying,
    text: (row) => row.underlying,
    tones: { strong: () => true },
    pinned: 'left',
    width: 96,
  },
  {
    key: 'currency',
    header: 'Currency',
    note: { what: 'of its numbers; names of several currencies are not converted' },
    align: 'left',
    value: (row) => row.currency,
    text: (row) => row.currency,
    tones: { dim: () => true },
    width: 80,
  },
  count('contracts', 'Contracts', 'forward-start and realized-volatility contracts that are valued'),
  count('listedOptions', 'Listed', 'listed option positions that are valued'),
  number('vegaPerVolPoint', 'Vega', 'for one point in every slice', 'per vol pt'),
  number('adjustedVegaPerVolPoint', 'Adjusted', 'each month at the factor chosen above', 'per vol pt'),
  number('gammaDollar1Pct', 'Gamma', 'change of the dollar delta when the underlying moves 1 %', 'per 1 %'),
  number('premium', 'Premium', 'value of all positions, discounted'),
  count('gaps', 'Gaps', 'stretches between today and the last end held that no contract covers'),
  count('overlaps', 'Overlaps', 'stretches that several reference periods cover'),
  count('notIncluded', 'Left out', 'positions without a value; the name’s ladder says why'),
];

/** Every name's exposure together: by calendar month, and one row a name. */
export function AcrossPane(props: { readonly onOpen: (symbol: string) => void }): ReactNode {
  const across = useWorkstation((state) => state.across);
  const [asOf, revision, listed, day] = useWorkstation((state) => [
    state.asOf,
    state.desk.value?.dataRevision ?? 0,
    state.includesListed,
    state.ladderDay,
  ]);
  const rule = useWorkstation((state) => state.vegaRule);
  const changes = useContractRevision();
  const { loadAcross } = useActions();
  useEffect(() => {
    void loadAcross();
  }, [asOf, revision, listed, day, rule, changes, loadAcross]);
  return (
    <RemoteView
      remote={across}
      what="the exposure of all names"
      onRetry={() => void loadAcross()}
      isEmpty={(value) => value.underlyings.length === 0}
      empty={<p>Nothing with a volatility is held: enter a contract or import positions.</p>}
    >
      {(value) => <Across across={value} rule={rule} onOpen={props.onOpen} />}
    </RemoteView>
  );
}

function Across(props: {
  readonly across: ExposureAcross;
  readonly rule: VegaRule;
  readonly onOpen: (symbol: string) => void;
}): ReactNode {
  const { across, rule, onOpen } = props;
  const model = useMemo(() => acrossModel(across, rule), [across, rule]);
  return (
    <>
      {across.currencies.length > 1 && (
        <div className="note-line">
          <span aria-hidden="true">△</span>
          <span>
            Names of {across.currencies.join(' and ')} stand side by side; their money is not converted.
          </span>
        </div>
      )}
      <RememberedSplit
        name="forward-starts.across"
        direction="column"
        share={0.55}
        first={
          <ChartPane
            title="All names: vega and gamma by calendar month"
            tip="Every position's vega in the months it spans, stacked by name; gamma stands in the month that has begun"
            create={(container) => createSliceChart(container)}
            model={model}
          />
        }
        second={
          <GridPane
            title={counted(across.underlyings.length, 'name')}
            name="forward-starts.across"
            columns={columns}
            rows={across.underlyings}
            rowId={(row) => row.underlying}
            onOpen={(row) => onOpen(row.underlying)}
            emptyText="No name holds a contract or an option"
            fit
          />
        }
      />
    </>
  );
}
