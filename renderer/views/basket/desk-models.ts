import type { BasketDrift, BasketFrontier } from '../../../shared/contract/basket-desk.ts';
import type { BasketRules } from '../../../shared/contract/basket.ts';
import type { LineModel } from '../../charts/line-chart.ts';
import { date, decimal, integer, percent } from '../../format.ts';

type DriftRule = BasketDrift['firstBroken'][number]['rule'];

export const ruleWords: Readonly<Record<DriftRule, string>> = {
  rSquared: 'r²',
  maxIndexShare: 'share of names',
  maxWeightOverlap: 'overlap',
  minVolDifferential: 'σ differential',
};

/** r² by number of names, in sample and in the holdout, with the present choice; null without a point. */
export function frontierModel(
  frontier: BasketFrontier,
  choice: { readonly maxNames: number | null; readonly minRSquared: number | null },
): LineModel | null {
  const points = frontier.points.filter((point) => point.rSquared !== null);
  const [first] = points;
  if (first === undefined) return null;
  const x = points.map((point) => point.maxNames);
  const holdout = points.map((point) => point.rSquaredHoldout);
  return {
    xKind: 'number',
    xTitle: 'Names at most; a click builds that basket',
    yTitle: 'r²',
    formatX: (value) => integer(Math.round(value)),
    formatY: (value) => decimal(value, 3),
    lowX: 0,
    lines: [
      { label: 'r² in sample', color: 0, x, y: points.map((point) => point.rSquared) },
      ...(holdout.some((value) => value !== null)
        ? [{ label: 'in the holdout', color: 1, style: 'dashed' as const, x, y: holdout }]
        : []),
    ],
    ...(choice.minRSquared === null ? {} : { levels: [{ y: choice.minRSquared, label: 'asked for' }] }),
    ...(choice.maxNames === null || choice.maxNames > (x.at(-1) ?? 0)
      ? {}
      : { uprights: [{ x: choice.maxNames, label: integer(choice.maxNames) }] }),
  };
}

export const driftMeasures = ['rSquared', 'overlap', 'differential', 'trackingError'] as const;
export type DriftMeasure = (typeof driftMeasures)[number];

interface Drawn {
  readonly yTitle: string;
  readonly formatY: (value: number) => string;
  readonly lines: readonly {
    readonly label: string;
    readonly of: (day: BasketDrift['days'][number]) => number | null;
  }[];
  readonly limits: readonly { readonly y: number | null; readonly label: string }[];
  readonly rules: readonly DriftRule[];
}

const drawn = (measure: DriftMeasure, rules: BasketRules): Drawn => {
  if (measure === 'rSquared')
    return {
      yTitle: 'r²',
      formatY: (value) => decimal(value, 3),
      lines: [
        { label: 'r² over the fit’s length', of: (day) => day.rSquared },
        { label: 'since the basket’s day', of: (day) => day.rSquaredSince },
      ],
      limits: [{ y: rules.minRSquared, label: 'at least' }],
      rules: ['rSquared'],
    };
  if (measure === 'overlap')
    return {
      yTitle: 'Of the index, %',
      formatY: (value) => percent(value, 1),
      lines: [
        { label: 'weight overlap', of: (day) => day.weightOverlap },
        { label: 'share of its names', of: (day) => day.indexShareByName },
      ],
      limits: [
        { y: rules.maxWeightOverlap, label: 'overlap below' },
        { y: rules.maxIndexShare, label: 'names below' },
      ],
      rules: ['maxWeightOverlap', 'maxIndexShare'],
    };
  if (measure === 'differential')
    return {
      yTitle: 'Names that keep their σ differential, %',
      formatY: (value) => percent(value, 0),
      lines: [{ label: 'names that keep it', of: (day) => day.differentialShare }],
      limits: [
        { y: rules.minVolDifferential === null ? null : rules.volDifferentialShare, label: 'at least' },
      ],
      rules: ['minVolDifferential'],
    };
  return {
    yTitle: 'Tracking error, % a year',
    formatY: (value) => percent(value, 2),
    lines: [{ label: 'tracking error', of: (day) => day.trackingError }],
    limits: [],
    rules: [],
  };
};

/** One measure of a basket on every day since, its limits, and the first day one broke; null without a day. */
export function driftModel(drift: BasketDrift, measure: DriftMeasure): LineModel | null {
  const { yTitle, formatY, lines, limits, rules } = drawn(measure, drift.rules);
  const x = drift.days.map((day) => day.date);
  const filled = lines.filter(({ of }) => drift.days.some((day) => of(day) !== null));
  if (x.length < 2 || filled.length === 0) return null;
  return {
    xKind: 'date',
    xTitle: 'Market day',
    yTitle,
    formatY,
    lines: [
      ...filled.map(({ label, of }, at) => ({ label, color: at, x, y: drift.days.map(of) })),
      // As lines, so that a limit is always in sight.
      ...limits.flatMap(({ y, label }) =>
        y === null
          ? []
          : [
              {
                label: `${label} ${formatY(y)}`,
                color: 'warning' as const,
                style: 'dashed' as const,
                width: 1 as const,
                x: [x[0] ?? '', x.at(-1) ?? ''],
                y: [y, y],
              },
            ],
      ),
    ],
    uprights: drift.firstBroken
      .filter(({ rule }) => rules.includes(rule))
      .map((first) => ({ x: first.date, label: `${ruleWords[first.rule]} broke ${date(first.date)}` })),
  };
}

/** Whether the newest day still breaks a rule, and what to say of it in the head of the basket. */
export function driftAlert(
  drift: BasketDrift,
): { readonly state: 'broken' | 'recovered'; readonly sentence: string } | null {
  const [first] = drift.firstBroken;
  const last = drift.days.at(-1);
  if (first === undefined || last === undefined) return null;
  const { name, version } = drift.basket;
  const more = drift.firstBroken.length - 1;
  const rest =
    more === 0 ? '' : ` And ${more === 1 ? 'one other rule' : `${integer(more)} other rules`} broke since.`;
  const now =
    last.broken.length > 0
      ? `${last.broken.map((rule) => ruleWords[rule]).join(', ')} broken on ${date(last.date)}`
      : `all rules hold again on ${date(last.date)}`;
  return {
    state: last.broken.length > 0 ? 'broken' : 'recovered',
    sentence: `${name} ${integer(version)} broke a rule first on ${date(first.date)}: ${first.sentence}${rest} Now ${now}.`,
  };
}
