import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import type { HedgeSource, ProfileHedge } from '../../../shared/contract/exposure.ts';
import { createSliceChart } from '../../charts/slice-chart.ts';
import { Facts } from '../../components/Facts.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { RemoteView } from '../../components/RemoteView.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { decimal, shortDate, signedDecimal, signedInteger, signedMoney, volPercent } from '../../format.ts';
import { currencyOf } from '../../state/desk.ts';
import type { ProfileRequest } from '../../state/forward-starts.ts';
import { useContractRevision } from '../contracts/use-contract-revision.ts';
import { ChartPane } from '../parts/ChartPane.tsx';
import { RememberedSplit } from '../parts/RememberedSplit.tsx';
import { useActions, useWorkstation } from '../workstation.ts';
import { LadderNotes } from './LadderPane.tsx';
import { targetModel } from './target-models.ts';

const restMilliseconds = 120;

const cuts = [
  { value: 'contracts', label: 'contracts held', tip: 'At the reference dates of the contracts held' },
  { value: 'quarters', label: 'quarters', tip: 'At calendar quarters from today' },
  { value: 'months', label: 'months', tip: 'At calendar months from today' },
  { value: 'expiries', label: 'expiries', tip: 'At the ends held: listed expiries and contracts' },
] as const;

/** Contracts per slice that bring a book's vega to zero, or to a profile typed or dragged. */
export function TargetPane(props: { readonly symbol: string }): ReactNode {
  const { symbol } = props;
  const request = useWorkstation((state) => state.profileRequest);
  const hedge = useWorkstation((state) => state.profileHedge);
  const [asOf, revision] = useWorkstation((state) => [state.asOf, state.desk.value?.dataRevision ?? 0]);
  const changes = useContractRevision();
  const { loadProfileHedge, aimAt } = useActions();
  useEffect(() => {
    // A target on its way is followed at once; the hedge is solved when it rests a moment.
    const timer = setTimeout(() => void loadProfileHedge(symbol), restMilliseconds);
    return () => clearTimeout(timer);
  }, [symbol, request, asOf, revision, changes, loadProfileHedge]);
  return (
    <>
      <SourceBar symbol={symbol} request={request} />
      <RemoteView
        remote={hedge}
        what={`the hedge of ${symbol}`}
        onRetry={() => void loadProfileHedge(symbol)}
        isEmpty={(value) => value.slices.length === 0}
        empty={
          <>
            <p>Nothing of {symbol} is in this book, so there is nothing to hedge.</p>
            <button type="button" onClick={() => aimAt({ source: { kind: 'book' } })}>
              Take everything held
            </button>
          </>
        }
      >
        {(value) => <Profile hedge={value} />}
      </RemoteView>
    </>
  );
}

const sourceKey = (source: HedgeSource): string =>
  source.kind === 'suggestion' ? `suggestion ${source.suggestionId}` : source.kind;

function SourceBar(props: { readonly symbol: string; readonly request: ProfileRequest }): ReactNode {
  const { symbol, request } = props;
  const suggestions = useWorkstation((state) => state.suggestions.value?.suggestions ?? null);
  const currency = useWorkstation((state) => currencyOf(state, [symbol]));
  const { aimAt, loadSuggestions } = useActions();
  useEffect(() => {
    if (suggestions === null) void loadSuggestions();
  }, [suggestions, loadSuggestions]);
  const choose = (key: string) => {
    const suggestionId = Number(key.split(' ')[1]);
    aimAt(
      key === 'book' || key === 'listed'
        ? { source: { kind: key }, cut: key === 'book' ? 'contracts' : 'quarters', targets: {} }
        : { source: { kind: 'suggestion', suggestionId }, cut: 'quarters', targets: {} },
    );
  };
  return (
    <div className="toolbar">
      <label>
        Book{' '}
        <select
          aria-label="Book to hedge"
          value={sourceKey(request.source)}
          onChange={(event) => choose(event.target.value)}
        >
          <option value="book">all that is held</option>
          <option value="listed">listed options held</option>
          {(suggestions ?? []).map((item) => (
            <option key={item.suggestionId} value={`suggestion ${item.suggestionId}`}>
              suggestion {item.suggestionId}, {item.state}
            </option>
          ))}
        </select>
      </label>
      <span className="tool-label dim">Slices at</span>
      <Segmented
        label="Where time is cut"
        choices={cuts}
        value={request.cut}
        onChange={(cut) => aimAt({ cut, targets: {} })}
      />
      <label data-tip="Account currency per 1.00 of payoff of the straddle that the numbers count in">
        Straddles of{' '}
        <NumberField
          label="Amount of one straddle"
          kind="decimal"
          digits={0}
          width={10}
          least={1}
          unit={currency}
          value={request.amount}
          onChange={(amount) => aimAt({ amount })}
        />
      </label>
      <span className="spacer" />
      <button
        type="button"
        className="quiet"
        disabled={Object.keys(request.targets).length === 0}
        onClick={() => aimAt({ targets: {} })}
      >
        All to zero
      </button>
    </div>
  );
}

function Profile(props: { readonly hedge: ProfileHedge }): ReactNode {
  const { hedge } = props;
  const currency = useWorkstation((state) => currencyOf(state, [hedge.underlying]));
  const request = useWorkstation((state) => state.profileRequest);
  const { aimAt } = useActions();
  const model = useMemo(
    () => targetModel(hedge, request.targets, currency),
    [hedge, request.targets, currency],
  );
  const targets = useRef(request.targets);
  targets.current = request.targets;
  const aim = (start: string, vega: number) => aimAt({ targets: { ...targets.current, [start]: vega } });
  const { gamma } = hedge;
  const chart = (
    <ChartPane
      title={`${hedge.underlying}: vega by slice against a target, ${hedge.source}`}
      tip="Drag a target up or down in its slice, or type it below. Under it what is left after whole contracts."
      create={(container) =>
        createSliceChart(container, {
          onTarget: (start, level) => aim(start, Math.round(level)),
        })
      }
      model={model}
    />
  );
  const table = (
    <div className="scroll">
      <LadderNotes exposure={hedge} />
      <table className="plain-table" aria-label="Hedge by slice">
        <thead>
          <tr>
            <th>From</th>
            <th>To</th>
            <th data-tip="slice, gap or overlap of the reference periods held">Kind</th>
            <th data-tip="Volatility of the slice alone, %">Fwd vol %</th>
            <th data-tip={`Held, ${currency} per vol pt`}>Vega</th>
            <th data-tip={`Aimed at, ${currency} per vol pt; arrows step it`}>Target</th>
            <th data-tip="Vega of one straddle of the slice">One straddle</th>
            <th data-tip="Contracts that reach the target together, solved over all slices; below zero is to sell">
              Exact
            </th>
            <th data-tip="Whole contracts that leave the least">Whole</th>
            <th data-tip={`Vega less target after the whole contracts, ${currency} per vol pt`}>Left</th>
          </tr>
        </thead>
        <tbody>
          {hedge.slices.map((slice) => (
            <tr key={slice.start}>
              <td>{shortDate(slice.start)}</td>
              <td>{shortDate(slice.end)}</td>
              <td className={slice.kind === 'slice' ? 'dim' : 'warning'}>{slice.kind}</td>
              <td>{volPercent(slice.forwardVol)}</td>
              <td className={slice.vegaPerVolPoint < 0 ? 'loss' : ''}>
                {signedMoney(slice.vegaPerVolPoint)}
              </td>
              <td>
                <NumberField
                  label={`Target from ${shortDate(slice.start)}`}
                  kind="decimal"
                  digits={0}
                  width={9}
                  value={request.targets[slice.start] ?? 0}
                  onChange={(vega) => aim(slice.start, vega)}
                />
              </td>
              <td className="dim">{signedMoney(slice.contractVegaPerVolPoint)}</td>
              <td>{signedDecimal(slice.exact, 2)}</td>
              <td>
                <strong>{signedInteger(slice.whole)}</strong>
              </td>
              <td className="dim">{signedMoney(slice.leftVegaPerVolPoint)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
  return (
    <>
      <Facts
        label="Gamma beside the hedge"
        facts={[
          { label: 'Gamma held', value: signedMoney(gamma.before), unit: 'per 1 %', tip: 'Dollar gamma now' },
          {
            label: 'After the hedge',
            value: signedMoney(gamma.after),
            unit: 'per 1 %',
            tone: 'strong',
            tip: 'With the whole contracts',
          },
          {
            label: 'Near straddles for vega',
            value: signedDecimal(gamma.byVega, 2),
            tip: 'Contracts of the near slice that bring its vega to the target',
          },
          {
            label: 'for gamma',
            value: signedDecimal(gamma.byGamma, 2),
            tip:
              gamma.byGamma === null
                ? 'No slice begins today, so none has gamma'
                : 'Contracts of the near slice that bring gamma to its target',
          },
          {
            label: 'Difference',
            value: signedDecimal(gamma.difference, 2),
            tip: '∂X/∂σ₀ = σ₀ S² Γ Δt for every European claim: the two numbers are one where all ends with the slice; what ends later has vega left in it',
          },
          {
            label: 'Identity',
            value: decimal(
              hedge.nearTerm.reduce((most, row) => Math.max(most, Math.abs(row.difference)), 0),
              2,
            ),
            unit: `${currency} at most`,
            tone: 'dim',
            tip: hedge.nearTerm
              .slice(0, 12)
              .map(
                (row) =>
                  `${row.contractId}: near vega ${signedMoney(row.vegaPerVolPoint)}, from gamma ${signedMoney(row.fromGammaPerVolPoint)}`,
              )
              .join('\n'),
          },
        ]}
      />
      <RememberedSplit
        name="forward-starts.target"
        direction="column"
        share={0.55}
        first={chart}
        second={table}
      />
    </>
  );
}
