import { useEffect, useMemo, type ReactNode } from 'react';
import type { Dispersion } from '../../../shared/contract/dispersion.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { createHistoryChart } from '../../charts/history-chart.ts';
import { createLineChart } from '../../charts/line-chart.ts';
import { Facts } from '../../components/Facts.tsx';
import { Panel } from '../../components/Panel.tsx';
import { RemoteView } from '../../components/RemoteView.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { integer, percent, signedDecimal } from '../../format.ts';
import { pastRanges, type MeasureName, type PastRange } from '../../state/dispersion-choices.ts';
import { ChartPane } from '../parts/ChartPane.tsx';
import { GridPane } from '../parts/GridPane.tsx';
import { RememberedSplit } from '../parts/RememberedSplit.tsx';
import { useChart } from '../parts/use-chart.ts';
import { useActions, useWorkstation } from '../workstation.ts';
import { termColumns } from './dispersion-columns.ts';
import { dispersionMeasures, measureSpec } from './dispersion-measures.ts';
import { acrossModel, measureHistory, readingIn } from './dispersion-models.ts';

const rangeLabels: Readonly<Record<PastRange, string>> = {
  '3 months': '3m',
  '6 months': '6m',
  '1 year': '1y',
  '2 years': '2y',
  all: 'all',
};
const rangeChoices = pastRanges.map((range) => ({
  value: range,
  label: rangeLabels[range],
  tip: range === 'all' ? 'All of the past on the desk, ten years at most' : `The past ${range}`,
}));
const chartChoices = [
  { value: 'past', label: 'Past', tip: 'The measure on past days with its lowest, highest and middle half' },
  { value: 'terms', label: 'Terms', tip: 'The measure across all terms, each against its own past' },
] as const;

/** The measure in front: through its past, or across terms. */
export function DispersionPast(props: { readonly cell: Dispersion }): ReactNode {
  const chart = useWorkstation((state) => state.dispersionChoices.chart);
  return chart === 'past' ? <Past cell={props.cell} /> : <Across cell={props.cell} />;
}

function Tools(props: { readonly hasOverlay: boolean }): ReactNode {
  const { chart, range, measure, overlay } = useWorkstation((state) => state.dispersionChoices);
  const { chooseDispersion } = useActions();
  return (
    <>
      <Segmented
        label="What is drawn"
        choices={chartChoices}
        value={chart}
        onChange={(next) => chooseDispersion({ chart: next })}
      />
      <Segmented
        label="Range of the past"
        choices={rangeChoices}
        value={range}
        onChange={(next) => chooseDispersion({ range: next })}
      />
      <MeasureChoice
        label="Measure"
        value={measure}
        onChange={(next) => next !== null && chooseDispersion({ measure: next })}
      />
      {props.hasOverlay && (
        <MeasureChoice
          label="Second measure, drawn over it"
          none="no second"
          value={overlay}
          onChange={(next) => chooseDispersion({ overlay: next })}
        />
      )}
    </>
  );
}

function MeasureChoice(props: {
  readonly label: string;
  readonly none?: string;
  readonly value: MeasureName | null;
  readonly onChange: (value: MeasureName | null) => void;
}): ReactNode {
  return (
    <select
      className="measure-choice"
      aria-label={props.label}
      data-tip={props.label}
      value={props.value ?? ''}
      onChange={(event) =>
        props.onChange(dispersionMeasures.find(({ key }) => key === event.target.value)?.key ?? null)
      }
    >
      {props.none !== undefined && <option value="">{props.none}</option>}
      {dispersionMeasures.map((item) => (
        <option key={item.key} value={item.key}>
          {item.title}
        </option>
      ))}
    </select>
  );
}

type History = OutputOf<'dispersion.history'>;

/** The past that belongs to the cell, not one of another index, term or day. */
const pastOf = (history: History | null, cell: Dispersion): History | null =>
  history !== null &&
  history.index === cell.index &&
  history.termDays === cell.termDays &&
  history.asOf === cell.asOf
    ? history
    : null;

function Past(props: { readonly cell: Dispersion }): ReactNode {
  const { cell } = props;
  const history = useWorkstation((state) => state.dispersionHistory);
  const { range, measure, overlay } = useWorkstation((state) => state.dispersionChoices);
  const { loadDispersionHistory } = useActions();
  const isAll = range === 'all';
  useEffect(() => void loadDispersionHistory(cell.index), [cell, isAll, loadDispersionHistory]);
  const past = pastOf(history.value, cell);
  const model = useMemo(
    () => (past === null ? null : measureHistory(past, cell, measure, range, overlay)),
    [past, cell, measure, range, overlay],
  );
  const reading = past === null ? null : readingIn(past, measure, range);
  const spec = measureSpec(measure);
  return (
    <>
      <ChartPane
        title="Past"
        tip="The measure on past days with its lowest, median, highest and middle half"
        create={createHistoryChart}
        model={model}
        empty={
          history.status === 'loading'
            ? 'Computing the past of the measures …'
            : history.status === 'failed'
              ? 'The past could not be computed.'
              : 'The desk holds too few days of this measure.'
        }
        tools={<Tools hasOverlay />}
      />
      {spec !== undefined && (
        <Facts
          label="Today against its past"
          facts={[
            { label: 'Today', value: spec.text(spec.value(cell)), unit: spec.unit, tone: 'strong' },
            {
              label: 'Percentile',
              value: percent(reading?.percentile, 0),
              tip: 'Share of past days below today, ties counted half',
              tone: 'strong',
            },
            {
              label: 'z',
              value: signedDecimal(reading?.zScore, 2),
              tip: 'Standard deviations that today stands from the mean of its past',
            },
            { label: 'Lowest', value: spec.text(reading?.min ?? null) },
            { label: 'Highest', value: spec.text(reading?.max ?? null) },
            { label: 'Mean', value: spec.text(reading?.mean ?? null) },
            { label: 'Days', value: integer(reading?.days), tip: 'Days of the range that have the measure' },
          ]}
        />
      )}
    </>
  );
}

function Across(props: { readonly cell: Dispersion }): ReactNode {
  const { cell } = props;
  const across = useWorkstation((state) => state.dispersionAcross);
  const { range, measure, term } = useWorkstation((state) => state.dispersionChoices);
  const { loadDispersionAcross, chooseDispersion } = useActions();
  const isAll = range === 'all';
  const { index, asOf } = cell;
  useEffect(() => void loadDispersionAcross(index), [index, asOf, measure, isAll, loadDispersionAcross]);
  const found =
    across.value?.index === index && across.value.measure === measure && across.value.asOf === asOf
      ? across.value
      : null;
  const model = useMemo(() => (found === null ? null : acrossModel(found, range)), [found, range]);
  const columns = useMemo(() => termColumns(measure, range), [measure, range]);
  const { container } = useChart(createLineChart, model);
  return (
    <Panel
      title="Terms"
      tip="The measure today over its terms, each against its own past; a click on a row brings the term to the front"
      tools={<Tools hasOverlay={false} />}
    >
      <RememberedSplit
        name="dispersion.terms"
        direction="row"
        share={0.5}
        first={
          <div className="terms-chart">
            <div className="chart-box" ref={container} />
            {model === null && (
              <div className="state state-over">
                {across.status === 'loading'
                  ? 'Computing every term …'
                  : 'Fewer than two terms have the measure.'}
              </div>
            )}
          </div>
        }
        second={
          <RemoteView
            remote={across}
            what={`${index} across terms`}
            onRetry={() => void loadDispersionAcross(index)}
          >
            {() => (
              <GridPane
                title={measureSpec(measure)?.title ?? measure}
                name="dispersion.terms"
                columns={columns}
                rows={found?.terms ?? noTerms}
                rowId={(row) => String(row.termDays)}
                selectedId={String(term)}
                onSelect={(row) => chooseDispersion({ term: row.termDays })}
                emptyText="No terms"
              />
            )}
          </RemoteView>
        }
      />
    </Panel>
  );
}

const noTerms: OutputOf<'dispersion.terms'>['terms'] = [];
