import { useEffect, useMemo, useState, type ReactNode } from 'react';
import type { HedgeReassessment, LegDecision } from '../../../shared/contract/reassess.ts';
import { sentenceOf } from '../../../shared/failure.ts';
import { NumberField } from '../../components/NumberField.tsx';
import { Panel } from '../../components/Panel.tsx';
import { RemoteView } from '../../components/RemoteView.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { date, integer } from '../../format.ts';
import { reassessLegInFront } from '../../state/reassess.ts';
import { legName } from '../hedge/hedge-columns.ts';
import { GridPane } from '../parts/GridPane.tsx';
import { useActions, useWorkstation } from '../workstation.ts';
import { useCurrency } from './use-currency.ts';
import { actionText, rollColumns, type RollRow } from './reassess-columns.ts';
import { prose } from '../../prose.ts';

/** The leg in front: what is proposed and why, a part to trade, and the contracts it can be rolled into. */
export function RollBuilder(props: { readonly found: HedgeReassessment }): ReactNode {
  const leg = useWorkstation(reassessLegInFront);
  if (leg === null)
    return (
      <div className="state">
        <p>No option is held.</p>
      </div>
    );
  return <Builder key={leg.leg} leg={leg} asOf={props.found.asOf} />;
}

function Builder(props: { readonly leg: LegDecision; readonly asOf: string }): ReactNode {
  const { leg, asOf } = props;
  const rules = useWorkstation((state) => state.rollRules);
  const { loadRoll } = useActions();
  const isExpired = leg.daysToExpiry < 0;
  useEffect(() => {
    if (!isExpired) void loadRoll();
  }, [leg.leg, asOf, rules, isExpired, loadRoll]);
  return (
    <Panel
      title={`${legName(leg)}, ${date(leg.expiry)}`}
      tools={<span className={leg.action === 'keep' ? 'dim' : 'warning'}>{actionText(leg.action)}</span>}
    >
      <p className="leg-why">{prose(leg.reason)}</p>
      <TradePart leg={leg} />
      <RollForm />
      {isExpired ? (
        <div className="state">
          <p>It has expired: post what became of it on the expiry day.</p>
        </div>
      ) : (
        <Rolls leg={leg} />
      )}
    </Panel>
  );
}

function TradePart(props: { readonly leg: LegDecision }): ReactNode {
  const { leg } = props;
  const { takeReassessOrder } = useActions();
  const proposed = leg.action === 'trade-part' ? leg.trade : null;
  const closing = leg.side === 'sold' ? 1 : -1;
  const direction = Math.sign(proposed ?? closing) || closing;
  const [contracts, setContracts] = useState(Math.abs(proposed ?? Math.max(1, Math.round(leg.quantity / 2))));
  const verb = direction > 0 ? (leg.side === 'sold' ? 'buy back' : 'buy more') : 'sell';
  const most = direction === closing ? leg.quantity : 1_000_000;
  return (
    <div className="toolbar">
      <span className="dim">Trade part:</span> {verb}
      <NumberField
        label="Contracts to trade"
        kind="integer"
        unit={direction === closing ? `of ${integer(leg.quantity)}` : 'contracts'}
        least={1}
        most={most}
        width={4}
        value={contracts}
        onChange={setContracts}
      />
      <button
        type="button"
        className={proposed === null ? '' : 'primary'}
        onClick={() => takeReassessOrder({ kind: 'trade', leg, trade: direction * contracts })}
      >
        Take for review
      </button>
    </div>
  );
}

function RollForm(): ReactNode {
  const rules = useWorkstation((state) => state.rollRules);
  const currency = useCurrency();
  const { changeRollRules } = useActions();
  return (
    <div className="toolbar" role="group" aria-label="How a roll is looked for">
      <span className="dim">Roll:</span> keep
      <Segmented
        label="What stays"
        choices={[
          { value: 'strike', label: 'strike' },
          { value: 'delta', label: 'delta' },
        ]}
        value={rules.keep}
        onChange={(keep) => changeRollRules({ keep })}
      />
      in
      <NumberField
        label="Target days"
        kind="integer"
        unit="days"
        least={1}
        most={1000}
        width={3}
        value={rules.targetDays}
        onChange={(targetDays) => changeRollRules({ targetDays })}
      />
      <label>
        <input
          type="checkbox"
          checked={rules.creditOnly}
          onChange={(event) => changeRollRules({ creditOnly: event.target.checked })}
        />
        credit only, at least
      </label>
      <NumberField
        label="Least credit"
        kind="decimal"
        digits={2}
        unit={`${currency} a unit`}
        least={0}
        width={5}
        disabled={!rules.creditOnly}
        value={rules.minCredit}
        onChange={(minCredit) => changeRollRules({ minCredit })}
      />
      <NumberField
        label="Share of the spread"
        tip="0 trades at the far sides of the market; 50 % in the middle"
        kind="percent"
        unit="% of the spread inside"
        least={0}
        most={1}
        width={3}
        value={rules.spreadShare}
        onChange={(spreadShare) => changeRollRules({ spreadShare })}
      />
    </div>
  );
}

function Rolls(props: { readonly leg: LegDecision }): ReactNode {
  const { leg } = props;
  const roll = useWorkstation((state) => state.roll);
  const currency = useCurrency();
  const { loadRoll, takeReassessOrder } = useActions();
  const [quantity, setQuantity] = useState(leg.quantity);
  const [chosen, setChosen] = useState<string | null>(null);
  const columns = useMemo(() => rollColumns(currency), [currency]);
  const found = roll.value?.best.from.contract === leg.leg ? roll.value : null;
  const rows = useMemo(
    (): readonly RollRow[] =>
      found === null
        ? []
        : [found.best, ...found.others].map((one, at) => ({
            ...one,
            isBest: at === 0,
            creditMoney: one.credit * quantity * found.multiplier,
          })),
    [found, quantity],
  );
  const row = rows.find((one) => one.to.contract === chosen) ?? rows[0];
  const take = (one: RollRow | undefined) => {
    if (one !== undefined) takeReassessOrder({ kind: 'roll', leg, roll: one, quantity });
  };
  // Nothing fits is an answer, not a failure: what would do stands beside it.
  if (roll.status === 'failed' && roll.error.code === 'no-candidates')
    return <NoRoll sentence={prose(sentenceOf(roll.error))} />;
  return (
    <RemoteView remote={roll} what="what it can be rolled into" onRetry={() => void loadRoll()}>
      {(value) => (
        <>
          <div className="toolbar">
            <span className="clip dim" data-tip={`${value.reason}\n${value.quoteModel}`}>
              {value.reason}
            </span>
            <span className="spacer" />
            <NumberField
              label="Contracts to roll"
              kind="integer"
              unit={`of ${integer(leg.quantity)}`}
              least={1}
              most={leg.quantity}
              width={4}
              value={quantity}
              onChange={setQuantity}
            />
            <button
              type="button"
              className={leg.action === 'roll' ? 'primary' : ''}
              disabled={row === undefined}
              data-tip="The closing and the opening leg go to review together"
              onClick={() => take(row)}
            >
              Take the roll
            </button>
          </div>
          <GridPane
            bare
            title="Rolls"
            name="reassess.rolls"
            columns={columns}
            rows={rows}
            rowId={(one) => one.to.contract}
            selectedId={row?.to.contract ?? null}
            onSelect={(one) => setChosen(one.to.contract)}
            onOpen={take}
          />
        </>
      )}
    </RemoteView>
  );
}

function NoRoll(props: { readonly sentence: string }): ReactNode {
  const rules = useWorkstation((state) => state.rollRules);
  const { changeRollRules } = useActions();
  return (
    <div className="state">
      <p>{props.sentence}</p>
      <div className="leg-actions">
        {rules.creditOnly && (
          <button type="button" onClick={() => changeRollRules({ creditOnly: false })}>
            Allow a debit
          </button>
        )}
        {rules.keep === 'strike' && (
          <button type="button" onClick={() => changeRollRules({ keep: 'delta' })}>
            Keep the delta instead
          </button>
        )}
      </div>
    </div>
  );
}
