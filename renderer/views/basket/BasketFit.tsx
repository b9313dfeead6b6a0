import { useMemo, useState, type ReactNode } from 'react';
import type { BasketResult } from '../../../shared/contract/basket.ts';
import { createLineChart } from '../../charts/line-chart.ts';
import { Checklist } from '../../components/Checklist.tsx';
import { Facts } from '../../components/Facts.tsx';
import { Panel } from '../../components/Panel.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { date, decimal, integer, money, none, percent, signedPercent, volPercent } from '../../format.ts';
import { leftOutColumns } from './basket-columns.ts';
import { fitModel, residualModel } from './basket-models.ts';
import { SwapLog } from './SwapLog.tsx';
import { unmetRules } from '../../state/basket.ts';
import { ChartPane } from '../parts/ChartPane.tsx';
import { GridPane } from '../parts/GridPane.tsx';
import { RememberedSplit } from '../parts/RememberedSplit.tsx';

type Tab = 'checks' | 'swaps' | 'left-out';

/** Index against basket, then the fit in numbers, the rules, the search and who was left out. */
export function BasketFit(props: { readonly result: BasketResult; readonly currency: string }): ReactNode {
  const { result } = props;
  const [drawn, setDrawn] = useState<'cumulative' | 'residual'>('cumulative');
  const model = useMemo(
    () => (drawn === 'cumulative' ? fitModel(result) : residualModel(result)),
    [result, drawn],
  );
  return (
    <RememberedSplit
      name="basket.chart"
      direction="column"
      share={0.55}
      first={
        <ChartPane
          title={`${result.index} and basket`}
          tip={
            drawn === 'cumulative'
              ? 'Cumulative returns of what would be held, whole lots included, and their difference'
              : 'Return of the basket less that of the index, period by period, with two standard deviations of the fit'
          }
          tools={
            <Segmented<'cumulative' | 'residual'>
              label="What is drawn"
              choices={[
                { value: 'cumulative', label: 'cumulative' },
                { value: 'residual', label: 'residual' },
              ]}
              value={drawn}
              onChange={setDrawn}
            />
          }
          create={createLineChart}
          model={model}
          empty="Too few common days to draw."
        />
      }
      second={<Proof result={result} currency={props.currency} />}
    />
  );
}

function Proof(props: { readonly result: BasketResult; readonly currency: string }): ReactNode {
  const { result } = props;
  const [tab, setTab] = useState<Tab>('checks');
  const unmet = unmetRules(result).length;
  return (
    <Panel
      title="Fit and rules"
      tools={
        <Segmented<Tab>
          label="What is shown"
          choices={[
            { value: 'checks', label: unmet === 0 ? 'Fit ✓' : `Fit ▲ ${integer(unmet)}` },
            { value: 'swaps', label: `Swaps ${integer(result.swaps.length)}` },
            { value: 'left-out', label: `Left out ${integer(result.leftOut.length)}` },
          ]}
          value={tab}
          onChange={setTab}
        />
      }
    >
      {tab === 'swaps' ? (
        <SwapLog result={result} />
      ) : tab === 'left-out' ? (
        <GridPane
          bare
          title="Left out"
          name="basket.leftOut"
          columns={leftOutColumns}
          rows={result.leftOut}
          rowId={(row) => row.symbol}
          emptyText="Every name of the index could take part."
        />
      ) : (
        <div className="scroll">
          <FitTable result={result} />
          <Checklist
            label="Rules"
            items={result.checks.map((check) => ({
              id: check.rule,
              state: check.met ? 'met' : check.reported === true ? 'warning' : 'failed',
              ...(check.reported === true
                ? { tip: 'Reported, not asked for: the holdout takes no part in the choice' }
                : {}),
              text: `${check.rule}: ${check.limit}`,
              detail: check.value,
            }))}
          />
          <Facts
            label="Basket"
            facts={[
              { label: 'Value', value: money(result.notional), unit: props.currency },
              {
                label: 'Of the index by name',
                value: percent(result.indexShareByName, 1),
                unit: '%',
                tip: 'Selected names over the names of the index',
              },
              {
                label: 'by weight',
                value: percent(result.indexShareByWeight, 1),
                unit: '%',
                tip: 'Index weight of the selected names',
              },
              { label: 'σ index', value: volPercent(result.indexVol), unit: '%' },
              { label: 'σ basket', value: volPercent(result.basketVol), unit: '%' },
            ]}
          />
        </div>
      )}
    </Panel>
  );
}

function FitTable(props: { readonly result: BasketResult }): ReactNode {
  const { inSample, holdout } = props.result;
  const noHoldout = 'No holdout was set: name its first day among the rules.';
  const cell = (text: string) =>
    holdout === null ? (
      <td className="dim" data-tip={noHoldout}>
        {none}
      </td>
    ) : (
      <td>{text}</td>
    );
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>Fit</th>
          <th>Unit</th>
          <th>In sample</th>
          <th>Holdout</th>
        </tr>
      </thead>
      <tbody>
        <tr data-tip="Share of the index’s variance that the basket explains">
          <td>r²</td>
          <td className="dim">ratio</td>
          <td className="strong">{decimal(inSample.rSquared, 4)}</td>
          {cell(decimal(holdout?.rSquared, 4))}
        </tr>
        <tr data-tip="Slope of the index’s returns against the basket’s">
          <td>β</td>
          <td className="dim">ratio</td>
          <td>{decimal(inSample.beta, 3)}</td>
          {cell(decimal(holdout?.beta, 3))}
        </tr>
        <tr data-tip="What the basket gained over β times the index, a year">
          <td>α</td>
          <td className="dim">% a year</td>
          <td>{signedPercent(inSample.alpha, 2)}</td>
          {cell(signedPercent(holdout?.alpha, 2))}
        </tr>
        <tr data-tip="Standard deviation of the return difference, a year">
          <td>Tracking error</td>
          <td className="dim">% a year</td>
          <td>{percent(inSample.trackingError, 2)}</td>
          {cell(percent(holdout?.trackingError, 2))}
        </tr>
        <tr>
          <td>Returns</td>
          <td className="dim">count</td>
          <td>{integer(inSample.observations)}</td>
          {cell(integer(holdout?.observations))}
        </tr>
        <tr>
          <td>From</td>
          <td />
          <td>{date(inSample.from)}</td>
          {cell(date(holdout?.from))}
        </tr>
        <tr>
          <td>To</td>
          <td />
          <td>{date(inSample.to)}</td>
          {cell(date(holdout?.to))}
        </tr>
      </tbody>
    </table>
  );
}
