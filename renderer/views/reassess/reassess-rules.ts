import type { HedgeReassessment } from '../../../shared/contract/reassess.ts';
import type { ReassessRules } from '../../../shared/quant/hedge/reassess.ts';
import type { FormRow } from '../../components/FormRows.tsx';

export type RuleName = HedgeReassessment['fired'][number]['rule'];

interface RuleText {
  readonly rule: RuleName;
  readonly title: string;
  readonly tip: string;
  readonly rows: readonly FormRow<ReassessRules>[];
}

/** Every rule with its thresholds, from the most pressing to the least; where several fire the first decides. */
export const ruleTexts: readonly RuleText[] = [
  {
    rule: 'early-exercise',
    title: 'Early exercise',
    tip: 'A call sold that is in the money with a time value below its next dividend may be exercised early',
    rows: [
      {
        key: 'timeValueShare',
        label: 'Time value that is nearly none',
        before: 'time value below the dividend, or at most',
        kind: 'percent',
        digits: 2,
        unit: '% of spot',
        least: 0,
        most: 1,
        width: 5,
        usual: 0.001,
      },
    ],
  },
  {
    rule: 'days-to-expiry',
    title: 'Days to expiry',
    tip: 'A leg this near its expiry is rolled; a sold one of little delta is left to expire',
    rows: [
      {
        key: 'daysToExpiry',
        label: 'Days to expiry',
        before: 'at most',
        kind: 'integer',
        unit: 'days',
        least: 0,
        most: 365,
        width: 4,
        usual: 7,
      },
      {
        key: 'letExpireDelta',
        label: 'Delta to let expire',
        before: 'let expire at |Δ| of at most',
        kind: 'decimal',
        digits: 2,
        least: 0,
        most: 1,
        width: 4,
      },
    ],
  },
  {
    rule: 'premium-captured',
    title: 'Premium captured',
    tip: '1 − price now ÷ price sold at',
    rows: [
      {
        key: 'capturedShare',
        label: 'Share of the premium captured',
        before: 'at least',
        kind: 'percent',
        unit: '% of the premium',
        least: 0,
        most: 1,
        width: 4,
        usual: 0.8,
      },
    ],
  },
  {
    rule: 'net-delta',
    title: 'Net delta',
    tip: 'Σ β · price · delta · units of stocks and options, over the basket’s value, either way',
    rows: [
      {
        key: 'netDeltaLimit',
        label: 'Net delta',
        before: 'over',
        kind: 'percent',
        digits: 1,
        unit: '% of the notional',
        least: 0,
        most: 1,
        width: 5,
        usual: 0.05,
      },
    ],
  },
  {
    rule: 'implied-to-historical',
    title: 'IV ÷ HV back under',
    tip: 'Implied over realized volatility of the matching window, of options sold while it was above',
    rows: [
      {
        key: 'impliedToHistorical',
        label: 'Implied over historical volatility',
        before: 'below',
        kind: 'decimal',
        digits: 2,
        least: 0,
        most: 5,
        width: 4,
        usual: 1,
      },
    ],
  },
  {
    rule: 'index-move',
    title: 'Index move',
    tip: 'Index level now over its level on the day of the trade, less one, either way',
    rows: [
      {
        key: 'indexMove',
        label: 'Index move',
        before: 'at least',
        kind: 'percent',
        digits: 1,
        unit: '% since the trade',
        least: 0,
        most: 1,
        width: 5,
        usual: 0.05,
      },
    ],
  },
  {
    rule: 'dispersion-votes',
    title: 'Dispersion votes turned',
    tip: 'The timing votes of 30 days, then and now',
    rows: [],
  },
  {
    rule: 'tracking',
    title: 'Tracking lost',
    tip: 'r² of the basket against its index, when it was built less now',
    rows: [
      {
        key: 'rSquaredDrop',
        label: 'Drop of r²',
        before: 'r² lower by at least',
        kind: 'decimal',
        digits: 2,
        least: 0,
        most: 1,
        width: 4,
        usual: 0.1,
      },
    ],
  },
];

/** What "trade part" means where a rule does not say how many. */
export const partRow: FormRow<ReassessRules> = {
  key: 'part',
  label: 'Part of a leg',
  before: 'a part of a leg is',
  kind: 'percent',
  unit: '% of it, where a rule does not say how many',
  least: 0.01,
  most: 1,
  width: 4,
};

const titles = new Map<string, string>(ruleTexts.map(({ rule, title }) => [rule, title]));
export const ruleTitle = (rule: string): string => titles.get(rule) ?? rule;

const thresholds = new Map<string, string>(
  [...ruleTexts.flatMap(({ rows }) => rows), partRow].map(({ key, label }) => [key, label]),
);
/** A threshold by its name in the settings. */
export const thresholdLabel = (name: string): string =>
  name === 'dispersionVotes' ? ruleTitle('dispersion-votes') : (thresholds.get(name) ?? name);

export interface RuleLine extends RuleText {
  /** `waiting`: nothing was looked at, so nothing can be said. */
  readonly state: 'fired' | 'quiet' | 'unknown' | 'off' | 'waiting';
  readonly reason: string;
}

const stateOf = (reason: string): RuleLine['state'] =>
  reason.startsWith('Switched off') ? 'off' : reason.startsWith('Cannot be told') ? 'unknown' : 'quiet';

/** Every rule with what it said, fired or not and why. */
export const ruleLines = (found: HedgeReassessment | null): readonly RuleLine[] =>
  ruleTexts.map((text) => {
    const fired = found?.fired.find((one) => one.rule === text.rule);
    const unfired = found?.unfired.find((one) => one.rule === text.rule);
    const reason = fired?.reason ?? unfired?.reason ?? '';
    const state = found === null ? 'waiting' : fired === undefined ? stateOf(reason) : 'fired';
    return { ...text, reason, state };
  });

/** Rules of which the numbers are shares, shown in per cent. */
export const isShare = (rule: string): boolean =>
  rule === 'net-delta' || rule === 'premium-captured' || rule === 'index-move';
