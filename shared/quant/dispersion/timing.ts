import type { Fraction } from '../../units.ts';
import type { DispersionMeasure } from './dispersion.ts';
import { inDecimals, inPercent } from '../words.ts';

/** Sell index and buy components; the reverse; neither; or too little history to say. */
export type Vote = 'dispersion' | 'reverse' | 'wait' | 'no-data';
export type SpeaksFor = 'all' | 'long-dated' | 'short-dated';

/** A number read against its own history. */
export interface HistoryReading {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** (value − mean) / sample standard deviation; null where history does not vary. */
  readonly zScore: number | null;
  /** Share of the history below the value, ties counted half: 0 to 1. */
  readonly percentile: Fraction;
  readonly days: number;
}

export interface TimingVote {
  readonly rule: TimingRule;
  readonly sentence: string;
  readonly value: number | null;
  readonly percentile: Fraction | null;
  readonly historyDays: number;
  readonly threshold: string;
  /** The threshold as numbers: the end of history that speaks for dispersion, how near it, and beyond which level. */
  readonly dispersionEnd: 'high' | 'low';
  readonly extreme: Fraction;
  readonly level: number | null;
  readonly vote: Vote;
  readonly speaksFor: SpeaksFor;
}

export interface TimingVerdict {
  readonly side: 'dispersion' | 'reverse' | 'wait';
  readonly sentence: string;
  readonly counts: Readonly<Record<Vote, number>>;
}

export type TimingRule = Extract<
  DispersionMeasure,
  'impliedToHistorical' | 'impliedCorrelation' | 'firstCoefficient' | 'secondCoefficient' | 'thirdCoefficient'
>;

/** What one rule asks for; absent fields keep the usual ones. */
export interface TimingThreshold {
  /** How near an end of its history counts as high or low: 0.2 is the top or bottom fifth. */
  readonly extreme?: Fraction | undefined;
  /** The level that the value must be above or below as well; null asks for none. */
  readonly level?: number | null | undefined;
}

interface RuleText {
  readonly title: string;
  /** Which end of its history speaks for selling the index and buying the components. */
  readonly dispersionEnd: 'high' | 'low';
  /** Besides the percentile: the level that the value must be beyond; null asks for none. */
  readonly level: number | null;
  readonly speaksFor: SpeaksFor;
}

const rules: Readonly<Record<TimingRule, RuleText>> = {
  impliedToHistorical: {
    title: 'Index implied over historical volatility',
    dispersionEnd: 'high',
    level: 1,
    speaksFor: 'all',
  },
  impliedCorrelation: {
    title: 'Implied index correlation',
    dispersionEnd: 'high',
    level: null,
    speaksFor: 'all',
  },
  firstCoefficient: { title: 'First coefficient', dispersionEnd: 'low', level: null, speaksFor: 'all' },
  secondCoefficient: {
    title: 'Second coefficient',
    dispersionEnd: 'low',
    level: 1,
    speaksFor: 'long-dated',
  },
  thirdCoefficient: {
    title: 'Third coefficient',
    dispersionEnd: 'low',
    level: 1,
    speaksFor: 'short-dated',
  },
};
/** What the rules ask for where nobody said otherwise. */
export const usualTiming = {
  historyDays: 504,
  minHistoryDays: 60,
  minVotes: 2,
  extreme: 0.2,
} as const;
export const timingRules = Object.keys(rules) as readonly TimingRule[];

/** Where a value lies in its history; null for an empty history. */
export function readHistory(value: number, history: readonly number[]): HistoryReading | null {
  const days = history.length;
  if (days === 0) return null;
  let [below, equal, sum, min, max] = [0, 0, 0, Infinity, -Infinity];
  for (const past of history) {
    if (past < value) below++;
    else if (past === value) equal++;
    sum += past;
    min = Math.min(min, past);
    max = Math.max(max, past);
  }
  const mean = sum / days;
  const squares = history.reduce((total, past) => total + (past - mean) ** 2, 0);
  const deviation = days > 1 ? Math.sqrt(squares / (days - 1)) : 0;
  return {
    min,
    max,
    mean,
    zScore: deviation > 0 ? (value - mean) / deviation : null,
    percentile: (below + equal / 2) / days,
    days,
  };
}

/**
 * The timing rules of math §7, each as a vote with its number and percentile.
 *
 * @param input.values  the day's measures; null or absent gives `no-data`
 * @param input.histories  each measure's own past over the chosen window (one and two years are usual),
 *   the day itself left out
 * @param input.extreme  how near an end counts as high or low: 0.2 means the top or bottom fifth
 * @param input.thresholds  a rule's own, in place of `extreme` and of its usual level
 * @param input.minHistoryDays  fewer days of history give `no-data`, never a guess
 * Source: math §7, Timing.
 * Proof:  test/unit/quant/timing.test.ts
 */
export function timingVotes(input: {
  readonly values: Readonly<Partial<Record<TimingRule, number | null>>>;
  readonly histories: Readonly<Partial<Record<TimingRule, readonly number[]>>>;
  readonly extreme?: Fraction | undefined;
  readonly thresholds?: Readonly<Partial<Record<TimingRule, TimingThreshold | undefined>>> | undefined;
  readonly minHistoryDays?: number | undefined;
}): readonly TimingVote[] {
  const { values, histories, thresholds = {}, minHistoryDays = usualTiming.minHistoryDays } = input;
  return timingRules.map((rule) => {
    const own = thresholds[rule] ?? {};
    const extreme = own.extreme ?? input.extreme ?? usualTiming.extreme;
    const text = own.level === undefined ? rules[rule] : { ...rules[rule], level: own.level };
    const value = values[rule] ?? null;
    const history = histories[rule] ?? [];
    const base = {
      rule,
      value,
      historyDays: history.length,
      threshold: thresholdOf(text, extreme),
      dispersionEnd: text.dispersionEnd,
      extreme,
      level: text.level,
      speaksFor: text.speaksFor,
    };
    if (value === null) {
      return {
        ...base,
        percentile: null,
        vote: 'no-data',
        sentence: `${text.title} cannot be computed on this day.`,
      };
    }
    const reading = history.length < minHistoryDays ? null : readHistory(value, history);
    if (reading === null) {
      const sentence = `${text.title} is ${inDecimals(value)}; ${history.length} days of history are too few to judge it, ${minHistoryDays} are needed.`;
      return { ...base, percentile: null, vote: 'no-data', sentence };
    }
    const vote = voteOf(text, value, reading.percentile, extreme);
    const sentence = `${text.title} is ${inDecimals(value)}, above ${inPercent(reading.percentile, 0)} of its last ${reading.days} days (${inDecimals(reading.min)} to ${inDecimals(reading.max)}): ${consequence(vote, text)}.`;
    return { ...base, percentile: reading.percentile, vote, sentence };
  });
}

/**
 * The votes counted. A side needs at least `minVotes` of its own and more than the other side;
 * otherwise wait. The sentence always carries the count.
 */
export function timingVerdict(
  votes: readonly TimingVote[],
  minVotes: number = usualTiming.minVotes,
): TimingVerdict {
  const counts: Record<Vote, number> = { dispersion: 0, reverse: 0, wait: 0, 'no-data': 0 };
  for (const { vote } of votes) counts[vote]++;
  const tally = `${counts.dispersion} for dispersion, ${counts.reverse} for the reverse, ${counts.wait} wait, ${counts['no-data']} without data`;
  if (counts.dispersion >= minVotes && counts.dispersion > counts.reverse) {
    return { side: 'dispersion', counts, sentence: `Sell index options, buy component options: ${tally}.` };
  }
  if (counts.reverse >= minVotes && counts.reverse > counts.dispersion) {
    return { side: 'reverse', counts, sentence: `Buy index options, sell component options: ${tally}.` };
  }
  return { side: 'wait', counts, sentence: `No side has ${minVotes} votes and the majority: ${tally}.` };
}

/**
 * The votes counted for longer (vega) and for shorter (gamma) maturities: those that speak for all of them,
 * and their own.
 */
export const verdictsByMaturity = (
  votes: readonly TimingVote[],
  minVotes?: number,
): { readonly longDated: TimingVerdict; readonly shortDated: TimingVerdict } => ({
  longDated: timingVerdict(
    votes.filter(({ speaksFor }) => speaksFor !== 'short-dated'),
    minVotes,
  ),
  shortDated: timingVerdict(
    votes.filter(({ speaksFor }) => speaksFor !== 'long-dated'),
    minVotes,
  ),
});

/**
 * The product's own hedge against a verdict. It sells calls on the names and buys puts on the index: long
 * index volatility, short the names', which is the reverse trade whatever the verdict says.
 * Source: math §7 (the last timing rule) and §9. Proof: test/unit/quant/timing.test.ts
 */
export function ownHedgeAgainst(side: TimingVerdict['side']): {
  readonly side: 'reverse';
  readonly agrees: boolean | null;
  readonly sentence: string;
} {
  const hedge = 'The hedge buys index options and sells calls on the names: the reverse trade';
  if (side === 'wait') {
    return {
      side: 'reverse',
      agrees: null,
      sentence: `${hedge}; the votes neither favor it nor speak against it.`,
    };
  }
  return side === 'reverse'
    ? { side: 'reverse', agrees: true, sentence: `${hedge}, and so says the verdict.` }
    : {
        side: 'reverse',
        agrees: false,
        sentence: `${hedge}; the verdict favors the opposite: its index options are dear and its calls cheap against their history.`,
      };
}

function voteOf(text: RuleText, value: number, percentile: Fraction, extreme: Fraction): Vote {
  const high = percentile >= 1 - extreme && (text.level === null || value > text.level);
  const low = percentile <= extreme && (text.level === null || value < text.level);
  if (!high && !low) return 'wait';
  return (text.dispersionEnd === 'high') === high ? 'dispersion' : 'reverse';
}

function thresholdOf(text: RuleText, extreme: Fraction): string {
  const [top, bottom] = [inPercent(1 - extreme, 0), inPercent(extreme, 0)];
  const level = text.level === null ? '' : String(text.level);
  const [above, below] = level === '' ? ['', ''] : [` and above ${level}`, ` and below ${level}`];
  const [sell, buy] =
    text.dispersionEnd === 'high'
      ? [`percentile from ${top}${above}`, `percentile up to ${bottom}${below}`]
      : [`percentile up to ${bottom}${below}`, `percentile from ${top}${above}`];
  return `dispersion: ${sell}; reverse: ${buy}`;
}

function consequence(vote: Vote, text: RuleText): string {
  const dated = text.speaksFor === 'all' ? '' : `${text.speaksFor} `;
  if (vote === 'dispersion') return `speaks for selling ${dated}index options`;
  if (vote === 'reverse') return `speaks for buying ${dated}index options`;
  return 'no extreme, wait';
}
