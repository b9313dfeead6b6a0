import type { HedgeConstraint, HedgeProposal, Suggestion } from '../../../shared/contract/hedge.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import type { LineModel } from '../../charts/line-chart.ts';
import { compact, integer, money, percent, signedMoney, signedPercent, volPoints } from '../../format.ts';
import type { HedgeSlice } from '../../state/hedge.ts';

type Totals = HedgeProposal['before'];

/** One line of what the hedge does: without it, with it. */
export interface EffectRow {
  readonly key: string;
  readonly label: string;
  readonly unit: string;
  readonly tip: string;
  /** A part of the line above. */
  readonly isPart: boolean;
  readonly before: number;
  readonly after: number;
  readonly text: (value: number) => string;
  readonly signed: (value: number) => string;
}

const inMoney = {
  isPart: false,
  text: (value: number): string => money(value),
  signed: (value: number): string => signedMoney(value),
} as const;

/** Vega by what it is on: the index, or the names; null in what older versions made. */
const partsOf = ({ vegaPerVolPoint, indexVegaPerVolPoint: index }: Totals) =>
  index === undefined ? null : { index, names: vegaPerVolPoint - index };

/** The same of the legs alone; rejected legs count nothing. */
function vegaParts({ legs, index }: HedgeProposal): { readonly index: number; readonly names: number } {
  const of = (isIndex: boolean): number =>
    legs
      .filter((leg) => leg.decision !== 'rejected' && (leg.symbol === index) === isIndex)
      .reduce(
        (sum, leg) =>
          sum + (leg.side === 'sell' ? -1 : 1) * leg.quantity * leg.multiplier * leg.vegaPerVolPoint,
        0,
      );
  return { index: of(true), names: of(false) };
}

const scenarioText = (worst: { readonly spotMove: number; readonly volShift: number }): string =>
  `index ${signedPercent(worst.spotMove, 0)} %, volatilities ${volPoints(worst.volShift)} points`;

/** What the hedge does, a row a number, in the account's currency. */
export function effectRows(proposal: HedgeProposal): readonly EffectRow[] {
  const { before, after, currency, scenarios } = proposal;
  const of = (key: Exclude<keyof Totals, 'indexVegaPerVolPoint'>) => ({
    key,
    before: before[key],
    after: after[key],
  });
  const [vegaBefore, vegaAfter] = [partsOf(before), partsOf(after) ?? vegaParts(proposal)];
  return [
    {
      ...inMoney,
      ...of('deltaDollar'),
      label: 'Delta',
      unit: currency,
      tip: 'What the position gains where the index gains 100 %: Σ β · price · delta · units',
    },
    {
      ...of('deltaFraction'),
      isPart: false,
      label: 'Delta of basket',
      unit: '%',
      tip: 'Delta over the basket’s value',
      text: (value) => percent(value, 2),
      signed: (value) => signedPercent(value, 2),
    },
    {
      ...inMoney,
      ...of('gammaDollar1Pct'),
      label: 'Gamma per 1 %',
      unit: currency,
      tip: 'Change of delta where the underlying moves 1 %',
    },
    {
      ...inMoney,
      ...of('vegaPerVolPoint'),
      label: 'Vega per vol pt',
      unit: currency,
      tip: 'Change of value where volatility rises one point',
    },
    {
      ...inMoney,
      key: 'vegaIndex',
      isPart: true,
      label: `on ${proposal.index}`,
      unit: '',
      before: vegaBefore?.index ?? 0,
      after: vegaAfter.index,
      tip: 'Vega of the options on the index, held and suggested: Σ vega · contracts · multiplier',
    },
    {
      ...inMoney,
      key: 'vegaNames',
      isPart: true,
      label: 'on the names',
      unit: '',
      before: vegaBefore?.names ?? 0,
      after: vegaAfter.names,
      tip: 'Vega of the options on the names, held and suggested: Σ vega · contracts · multiplier',
    },
    {
      ...inMoney,
      ...of('thetaPerDay'),
      label: 'Theta per day',
      unit: currency,
      tip: 'Change of value over one calendar day',
    },
    {
      ...inMoney,
      ...of('premium'),
      label: 'Premium',
      unit: currency,
      tip: 'Received less paid, commission counted',
    },
    ...(scenarios === undefined
      ? []
      : [
          {
            ...inMoney,
            key: 'worst',
            label: 'Worst scenario',
            unit: currency,
            before: scenarios.worstBefore.profit,
            after: scenarios.worstAfter.profit,
            tip: `Lowest profit of ${scenarios.spotMoves.length * scenarios.volShifts.length} standard scenarios, everything valued again.\nBefore: ${scenarioText(scenarios.worstBefore)}\nAfter: ${scenarioText(scenarios.worstAfter)}${
              scenarios.left.length === 0 ? '' : `\nNot in it: ${scenarios.left.join(', ')}`
            }`,
          },
        ]),
  ];
}

/** What is to be known of legs before they are sent, with the legs: in the money, ex-dividend, early assignment. */
export function flaggedLegs({ legs }: HedgeProposal): readonly { flag: string; legs: readonly string[] }[] {
  const byFlag = new Map<string, string[]>();
  for (const { flags, contract, decision } of legs) {
    if (decision === 'rejected') continue;
    for (const flag of flags) byFlag.set(flag, [...(byFlag.get(flag) ?? []), contract]);
  }
  return [...byFlag].map(([flag, contracts]) => ({ flag, legs: contracts }));
}

const unitTexts: Readonly<Record<HedgeConstraint['unit'], (value: number, currency: string) => string>> = {
  money: (value, currency) => `${money(value)} ${currency}`,
  fraction: (value) => `${percent(value, 2)} %`,
  contracts: (value) => `${integer(value)} contracts`,
  legs: (value) => `${integer(value)} legs`,
  shares: (value) => `${integer(value)} shares`,
};
/** A constraint's number with its unit. */
export const constraintText = (unit: HedgeConstraint['unit'], value: number, currency: string): string =>
  unitTexts[unit](value, currency);

/** Room left as a share of the larger of limit and value, 0 to 1; of a broken one, how far beyond. */
export function slackShare(constraint: Pick<HedgeConstraint, 'limit' | 'value' | 'slack'>): number {
  const size = Math.max(Math.abs(constraint.limit), Math.abs(constraint.value));
  return size === 0 ? 0 : Math.min(1, Math.abs(constraint.slack) / size);
}

type Request = HedgeSlice['hedgeRequest'];
const relaxDigits = 4;
const up = (value: number): number =>
  Number((Math.ceil(value * 10 ** relaxDigits) / 10 ** relaxDigits).toFixed(relaxDigits));
const down = (value: number): number =>
  Number((Math.floor(value * 10 ** relaxDigits) / 10 ** relaxDigits).toFixed(relaxDigits));

export interface Relaxation {
  readonly label: string;
  readonly change: Partial<Request>;
}

/** The change of the request that would do for a conflict; null where no single number can. */
export function relaxationOf(conflict: HedgeProposal['conflict'][number]): Relaxation | null {
  const { constraint, relaxTo } = conflict;
  if (relaxTo === null) return null;
  switch (constraint) {
    case 'coverage':
      return { label: `Cover ${percent(down(relaxTo), 2)} %`, change: { coverage: down(relaxTo) } };
    case 'maxCoverage':
      return {
        label: `Allow coverage of ${percent(up(relaxTo), 2)} %`,
        change: { maxCoverage: up(relaxTo) },
      };
    case 'minCredit':
      return {
        label: `Accept a credit of ${money(Math.floor(relaxTo))}`,
        change: { minCredit: Math.floor(relaxTo) },
      };
    case 'netDeltaLimit':
      return {
        label: `Allow net delta of ${percent(up(relaxTo), 2)} %`,
        change: { netDeltaLimit: up(relaxTo) },
      };
    case 'maxLegs':
      return { label: `Allow ${integer(Math.ceil(relaxTo))} legs`, change: { maxLegs: Math.ceil(relaxTo) } };
    case 'maxPutLegs':
      return {
        label: `Allow ${integer(Math.ceil(relaxTo))} different puts`,
        change: { maxPutLegs: Math.ceil(relaxTo) },
      };
    case 'overwrite':
      return relaxTo > 1
        ? null
        : { label: `Overwrite ${percent(up(relaxTo), 2)} %`, change: { overwrite: up(relaxTo) } };
    default:
      return null;
  }
}

/** The most premium there is at each limit of net delta, and where the hedge shown stands. */
export function frontierModel(
  frontier: OutputOf<'hedge.frontier'>,
  proposal: HedgeProposal | null,
  chosen: number | null = null,
): LineModel | null {
  const points = frontier.points.filter((point) => point.netPremium !== null);
  if (points.length === 0) return null;
  const hasPoint = proposal !== null && proposal.legs.length > 0;
  return {
    xKind: 'number',
    xTitle: 'Net delta at most, % of the basket; a click chooses a point',
    yTitle: `Net premium, ${proposal?.currency ?? 'account currency'}`,
    formatX: (value) => percent(value, 1),
    formatY: compact,
    lowX: 0,
    uprights: chosen === null ? [] : [{ x: chosen, label: `≤ ${percent(chosen, 1)} %` }],
    lines: [
      {
        label: 'Most premium within the limit',
        color: 0,
        x: points.map((point) => point.netDeltaLimit),
        y: points.map((point) => point.netPremium),
      },
      ...(hasPoint
        ? [
            {
              label: 'This hedge',
              color: 1,
              style: 'dots' as const,
              x: [Math.abs(proposal.netDeltaFraction)],
              y: [proposal.netPremium],
            },
          ]
        : []),
    ],
  };
}

/** Why a suggestion cannot be approved yet; empty where nothing stands in the way. */
export function obstaclesOf(suggestion: Suggestion): {
  readonly undecided: number;
  readonly accepted: number;
  readonly broken: readonly string[];
} {
  const { legs, checks, constraints } = suggestion.proposal;
  return {
    undecided: legs.filter((leg) => leg.decision === 'undecided').length,
    accepted: legs.filter((leg) => leg.decision === 'accepted' && leg.quantity > 0).length,
    broken: [
      ...checks.filter((check) => check.severity === 'blocking' && !check.passed),
      ...constraints.filter((constraint) => !constraint.met),
    ].map((item) => item.sentence),
  };
}
