import { useEffect, useState, type ReactNode } from 'react';
import type { ScenarioShock } from '../../../shared/contract/scenario-shock.ts';
import { NumberField } from '../../components/NumberField.tsx';
import { Panel } from '../../components/Panel.tsx';
import { addDays } from '../../../shared/dates.ts';
import { date } from '../../format.ts';
import { currencyOf } from '../../state/desk.ts';
import { firstIndex } from '../../state/scenario-runs.ts';
import { useActions, useWorkstation } from '../workstation.ts';
import { NameDialog } from './NameDialog.tsx';
import { CorrelationLine, SpotLine, VolLine } from './ShockLines.tsx';
import { emptyShock, isNoShock, sessionsAfter, withPart } from './shock-models.ts';

/** The shock the session stands under, as sentences. */
export function ShockForm(): ReactNode {
  const open = useWorkstation((state) => state.scenarioOpen.value);
  const index = useWorkstation(firstIndex);
  const { shockScenario } = useActions();
  if (open === null) return <Panel title="Shock">{null}</Panel>;
  const shock = open.shock ?? emptyShock;
  const change = (part: Partial<ScenarioShock>, field: string) => {
    const next = { ...shock, ...part };
    void shockScenario(
      isNoShock(next) && next.smileRule.kind === 'stickyStrike' ? null : next,
      `shock.${field}`,
    );
  };
  return (
    <Panel
      title="Shock"
      tip="Everything that moves at once, in this order: spot; date; rates and dividends; the smile by its rule; volatility; correlation"
      tools={<StressTools shock={open.shock} onTake={(next) => void shockScenario(next)} />}
    >
      <div className="sentences shock-form">
        <fieldset>
          <legend>Spot</legend>
          {shock.spot.map((part, at) => (
            <SpotLine
              key={at}
              part={part}
              onChange={(next) => change({ spot: withPart(shock.spot, at, next) }, `spot.${at}`)}
            />
          ))}
          <div className="add-line">
            <button
              type="button"
              className="quiet"
              onClick={() =>
                change(
                  { spot: [...shock.spot, { kind: 'move', target: { kind: 'all' }, move: -0.05 }] },
                  'spot.add',
                )
              }
            >
              + Spot
            </button>
            {index !== null && (
              <button
                type="button"
                className="quiet"
                data-tip="The index moves, each name by its beta times that"
                onClick={() =>
                  change(
                    { spot: [...shock.spot, { kind: 'byBeta', index, move: -0.05, own: {} }] },
                    'spot.add',
                  )
                }
              >
                + By beta
              </button>
            )}
          </div>
        </fieldset>
        <fieldset>
          <legend>Volatility</legend>
          {shock.vol.map((part, at) => (
            <VolLine
              key={at}
              part={part}
              onChange={(next) => change({ vol: withPart(shock.vol, at, next) }, `vol.${at}`)}
            />
          ))}
          <SmileRule shock={shock} onChange={(part) => change(part, 'smile')} />
          <div className="add-line">
            <button
              type="button"
              className="quiet"
              onClick={() =>
                change(
                  {
                    vol: [...shock.vol, { kind: 'termWeighted', target: { kind: 'all' }, change: 0.05 }],
                  },
                  'vol.add',
                )
              }
            >
              + Volatility
            </button>
          </div>
        </fieldset>
        {index !== null && (
          <fieldset>
            <legend>Correlation</legend>
            {shock.correlation.map((part, at) => (
              <CorrelationLine
                key={at}
                part={part}
                onChange={(next) =>
                  change({ correlation: withPart(shock.correlation, at, next) }, `correlation.${at}`)
                }
              />
            ))}
            <div className="add-line">
              <button
                type="button"
                className="quiet"
                onClick={() =>
                  change(
                    {
                      correlation: [
                        ...shock.correlation,
                        { index, change: { kind: 'add', correlation: 0.1 }, moves: 'index' },
                      ],
                    },
                    'correlation.add',
                  )
                }
              >
                + Correlation
              </button>
            </div>
          </fieldset>
        )}
        <Time shock={shock} day={open.head.date} onChange={(days) => change({ daysForward: days }, 'days')} />
        <Carry shock={shock} onChange={change} />
      </div>
    </Panel>
  );
}

function SmileRule(props: {
  readonly shock: ScenarioShock;
  readonly onChange: (part: Partial<ScenarioShock>) => void;
}): ReactNode {
  const { smileRule } = props.shock;
  return (
    <div className="sentence">
      The smile is
      <select
        aria-label="Smile rule"
        data-tip={
          'How the smile goes with the spot: sticky strike keeps the volatility of a strike,\nsticky delta that of ln(K/F) ÷ √T'
        }
        value={smileRule.kind}
        onChange={(event) =>
          props.onChange({
            smileRule:
              event.target.value === 'skewStickiness'
                ? { kind: 'skewStickiness', ratio: 1.5 }
                : { kind: event.target.value === 'stickyDelta' ? 'stickyDelta' : 'stickyStrike' },
          })
        }
      >
        <option value="stickyStrike">sticky by strike</option>
        <option value="stickyDelta">sticky by delta</option>
        <option value="skewStickiness">skew-sticky</option>
      </select>
      {smileRule.kind === 'skewStickiness' && (
        <NumberField
          label="Skew stickiness ratio"
          kind="decimal"
          value={smileRule.ratio}
          digits={1}
          width={4}
          tip="1 is sticky strike, 0 sticky delta, 2 about what local volatility does"
          onChange={(ratio) => props.onChange({ smileRule: { kind: 'skewStickiness', ratio } })}
        />
      )}
    </div>
  );
}

const mostSessions = 756;

function Time(props: {
  readonly shock: ScenarioShock;
  readonly day: string;
  readonly onChange: (days: number) => void;
}): ReactNode {
  const { shock, day, onChange } = props;
  const currency = useWorkstation((state) =>
    currencyOf(
      state,
      (state.scenarioOpen.value?.rows ?? []).map((row) => row.symbol),
    ),
  );
  const sessions = sessionsAfter(day, currency, mostSessions);
  const next = sessions.find((one) => one.days > shock.daysForward);
  const before = sessions.findLast((one) => one.days < shock.daysForward);
  return (
    <fieldset>
      <legend>Time</legend>
      <div className="sentence">
        <NumberField
          label="Days forward"
          kind="integer"
          unit="days forward"
          value={shock.daysForward}
          least={0}
          most={3660}
          width={4}
          tip="Calendar days; expiries and fixings happen on the way"
          onChange={onChange}
        />
        <button
          type="button"
          className="quiet"
          aria-label="One trading day back"
          data-tip="One trading day back"
          disabled={before === undefined}
          onClick={() => before !== undefined && onChange(before.days)}
        >
          ◂
        </button>
        <button
          type="button"
          className="quiet"
          aria-label="One trading day on"
          data-tip="One trading day on"
          disabled={next === undefined}
          onClick={() => next !== undefined && onChange(next.days)}
        >
          ▸
        </button>
        <span className="dim">{date(addDays(day, shock.daysForward))}</span>
      </div>
    </fieldset>
  );
}

function Carry(props: {
  readonly shock: ScenarioShock;
  readonly onChange: (part: Partial<ScenarioShock>, field: string) => void;
}): ReactNode {
  const { shock, onChange } = props;
  const field = (
    label: string,
    key: 'rateShift' | 'yieldShift' | 'dividendChange',
    unit: string,
    tip: string,
  ): ReactNode => (
    <div className="sentence">
      <span className="shock-label">{label}</span>
      <NumberField
        label={label}
        kind="percent"
        unit={unit}
        digits={2}
        width={5}
        value={shock[key]}
        tip={tip}
        onChange={(value) => onChange({ [key]: value }, key)}
      />
    </div>
  );
  return (
    <fieldset>
      <legend>Rates and dividends</legend>
      {field(
        'Rates',
        'rateShift',
        'points',
        'Added to every continuously compounded rate; dividend yields stay',
      )}
      {field('Dividend yields', 'yieldShift', 'points', 'Added to every dividend and borrow yield')}
      {field('Cash dividends', 'dividendChange', '% of themselves', 'Known cash dividends times 1 + this')}
    </fieldset>
  );
}

/** The library: take a stress, keep the shock in front as one's own, drop one's own. */
function StressTools(props: {
  readonly shock: ScenarioShock | null;
  readonly onTake: (shock: ScenarioShock | null) => void;
}): ReactNode {
  const { shock, onTake } = props;
  const stresses = useWorkstation((state) => state.scenarioStresses.value?.stresses ?? []);
  const scenarioId = useWorkstation((state) => state.scenarioOpen.value?.head.scenarioId ?? null);
  const [isNaming, setNaming] = useState(false);
  const { loadScenarioStresses, addScenarioStress, removeScenarioStress } = useActions();
  useEffect(() => void loadScenarioStresses(), [scenarioId, loadScenarioStresses]);
  const same = shock === null ? null : JSON.stringify(shock);
  const inForce = stresses.find((one) => JSON.stringify(one.shock) === same) ?? null;
  return (
    <>
      <select
        aria-label="Stress library"
        data-tip={
          inForce?.note ?? 'Past crises and your own shocks; one of them takes the place of what stands here'
        }
        value={inForce?.stressId ?? ''}
        onChange={(event) => {
          const found = stresses.find((one) => one.stressId === event.target.value);
          if (found !== undefined) onTake(found.shock);
        }}
      >
        <option value="">Stress …</option>
        {stresses.map((one) => (
          <option key={one.stressId} value={one.stressId}>
            {one.name}
            {one.own ? ' (own)' : ''}
          </option>
        ))}
      </select>
      {inForce?.own === true ? (
        <button
          type="button"
          className="quiet"
          data-tip={`Take ${inForce.name} out of the library`}
          onClick={() => void removeScenarioStress(inForce.stressId, inForce.name)}
        >
          Forget
        </button>
      ) : (
        <button
          type="button"
          className="quiet"
          disabled={shock === null || inForce !== null}
          data-tip="Keep this shock in the library under a name of your own"
          onClick={() => setNaming(true)}
        >
          Keep
        </button>
      )}
      <button
        type="button"
        className="quiet"
        disabled={shock === null}
        data-tip="Nothing moves"
        onClick={() => onTake(null)}
      >
        Clear
      </button>
      {isNaming && shock !== null && (
        <NameDialog
          title="Keep the shock in the stress library"
          confirm="Keep"
          name=""
          taken={stresses.map((one) => one.name)}
          onName={(name) => void addScenarioStress(name, shock)}
          onClose={() => setNaming(false)}
        />
      )}
    </>
  );
}
