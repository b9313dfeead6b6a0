import { useEffect, type ReactNode } from 'react';
import type { BasketComparison } from '../../../shared/contract/basket-desk.ts';
import { Panel } from '../../components/Panel.tsx';
import { RemoteView } from '../../components/RemoteView.tsx';
import { counted, date, decimal, integer, money, none, percent } from '../../format.ts';
import { savedVersionInFront, type VersionName } from '../../state/basket-desk.ts';
import { compareColumns } from './desk-columns.ts';
import { ruleLabel } from './basket-models.ts';
import { PaneStrip } from './PaneStrip.tsx';
import { GridPane } from '../parts/GridPane.tsx';
import { RememberedSplit } from '../parts/RememberedSplit.tsx';
import { useActions, useWorkstation } from '../workstation.ts';

const idOf = ({ name, version }: VersionName): string => `${name}:${version}`;

/** Two saved baskets: names in and out, weights moved, the fit and the rules that differ. */
export function ComparePane(): ReactNode {
  const inFront = useWorkstation(savedVersionInFront);
  const versions = useWorkstation((state) => state.basketVersions);
  const baskets = useWorkstation((state) => state.baskets.value?.baskets ?? []);
  const compared = useWorkstation((state) => state.basketCompared);
  const comparison = useWorkstation((state) => state.basketComparison);
  const announced = useWorkstation((state) =>
    state.lastEvent?.event.type === 'baskets.changed' ? state.lastEvent.count : 0,
  );
  const { loadBasketVersions, compareBasketVersions } = useActions();
  const name = inFront?.name ?? null;
  useEffect(() => {
    if (name !== null) void loadBasketVersions(name);
  }, [name, announced, loadBasketVersions]);

  const own: readonly VersionName[] = (versions.value?.versions ?? []).filter((one) => one.name === name);
  const choices = [...own, ...baskets.filter((one) => one.name !== name)].map(({ name: of, version }) => ({
    name: of,
    version,
  }));
  const known =
    compared !== null &&
    [compared.before, compared.after].every((one) => choices.some((c) => idOf(c) === idOf(one)));
  const after = known ? compared.after : (choices[0] ?? null);
  const before = known ? compared.before : (choices[1] ?? null);
  useEffect(() => {
    if (before !== null && after !== null) void compareBasketVersions(before, after);
    // By what they name: both are made anew at every draw.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [before === null ? '' : idOf(before), after === null ? '' : idOf(after), compareBasketVersions]);

  if (before === null || after === null)
    return (
      <>
        <PaneStrip />
        <div className="state">
          <p>
            {name === null
              ? 'No basket is saved yet.'
              : `${name} has one version: change a rule, build again and save it, and the two stand side by side here.`}
          </p>
        </div>
      </>
    );
  const select = (label: string, value: VersionName, onChange: (version: VersionName) => void) => (
    <select
      aria-label={label}
      value={idOf(value)}
      onChange={(event) => {
        const chosen = choices.find((one) => idOf(one) === event.target.value);
        if (chosen !== undefined) onChange(chosen);
      }}
    >
      {choices.map((one) => (
        <option key={idOf(one)} value={idOf(one)}>
          {one.name} {integer(one.version)}
        </option>
      ))}
    </select>
  );
  return (
    <>
      <PaneStrip>
        <span>
          from {select('Earlier version', before, (one) => void compareBasketVersions(one, after))} to{' '}
          {select('Later version', after, (one) => void compareBasketVersions(before, one))}
        </span>
      </PaneStrip>
      <RemoteView
        remote={comparison}
        what="the two versions"
        onRetry={() => void compareBasketVersions(before, after)}
      >
        {(value) => (
          <RememberedSplit
            name="basket.compare"
            direction="row"
            share={0.6}
            first={
              <GridPane
                title={titleOf(value)}
                name="basket.compare"
                columns={compareColumns}
                rows={value.rows}
                rowId={(row) => row.symbol}
              />
            }
            second={<Sides comparison={value} />}
          />
        )}
      </RemoteView>
    </>
  );
}

const titleOf = ({ rows, turnover }: BasketComparison): string => {
  const came = rows.filter(({ change }) => change === 'in').length;
  const went = rows.filter(({ change }) => change === 'out').length;
  return `${integer(came)} in, ${integer(went)} out, ${percent(turnover, 1)} % turned over`;
};

function Sides(props: { readonly comparison: BasketComparison }): ReactNode {
  const { before, after, rules } = props.comparison;
  const row = (label: string, unit: string, of: (head: typeof before) => string) => (
    <tr>
      <td>{label}</td>
      <td className="dim">{unit}</td>
      <td>{of(before)}</td>
      <td>{of(after)}</td>
    </tr>
  );
  return (
    <Panel title="Fit and rules">
      <div className="scroll">
        <table className="plain-table">
          <thead>
            <tr>
              <th>Fit</th>
              <th>Unit</th>
              <th>{`${before.name} ${integer(before.version)}`}</th>
              <th>{`${after.name} ${integer(after.version)}`}</th>
            </tr>
          </thead>
          <tbody>
            {row('r²', 'ratio', (head) => decimal(head.rSquared, 4))}
            {row('Holdout r²', 'ratio', (head) => decimal(head.rSquaredHoldout, 4))}
            {row('Tracking error', '% a year', (head) => percent(head.trackingError, 2))}
            {row('Names', 'count', (head) => integer(head.names))}
            {row('Value', '', (head) => money(head.notional))}
            {row('As of', '', (head) => date(head.asOf))}
          </tbody>
        </table>
        <table className="plain-table">
          <thead>
            <tr>
              <th>
                {rules.length === 0 ? 'Every rule is the same' : `${counted(rules.length, 'rule')} differ`}
              </th>
              {rules.length > 0 && <th>before</th>}
              {rules.length > 0 && <th>after</th>}
            </tr>
          </thead>
          <tbody>
            {rules.map((rule) => (
              <tr key={rule.rule}>
                <td>{ruleLabel(rule.rule)}</td>
                <td>{rule.before || none}</td>
                <td>{rule.after || none}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
