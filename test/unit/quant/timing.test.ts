import { describe, expect, test } from 'vitest';
import {
  ownHedgeAgainst,
  readHistory,
  timingRules,
  timingVerdict,
  timingVotes,
  verdictsByMaturity,
} from '../../../shared/quant/dispersion/timing.ts';

const ramp = (from: number, to: number, days = 100): number[] =>
  Array.from({ length: days }, (_, i) => from + ((to - from) * i) / (days - 1));

describe('readHistory', () => {
  test('counts ties half', () => {
    expect(readHistory(2, [1, 2, 2, 3])).toMatchObject({ percentile: 0.5, min: 1, max: 3, mean: 2, days: 4 });
    expect(readHistory(5, [1, 2, 3])?.percentile).toBe(1);
    expect(readHistory(0, [1, 2, 3])?.percentile).toBe(0);
  });
  test('has no z-score without variation and no reading without history', () => {
    expect(readHistory(1, [1, 1, 1])?.zScore).toBeNull();
    expect(readHistory(3, [1, 2, 3])?.zScore).toBe(1);
    expect(readHistory(1, [])).toBeNull();
  });
});

describe('verdictsByMaturity', () => {
  test('counts the rules that speak for all maturities and those of its own, never those of the other', () => {
    const history = ramp(0.5, 1.5);
    const votes = timingVotes({
      values: {
        impliedToHistorical: 1,
        secondCoefficient: 0.5,
        thirdCoefficient: 1.5,
        impliedCorrelation: 1.5,
      },
      histories: {
        impliedToHistorical: history,
        impliedCorrelation: history,
        secondCoefficient: history,
        thirdCoefficient: history,
      },
    });
    const { longDated, shortDated } = verdictsByMaturity(votes);
    expect(longDated).toMatchObject({ side: 'dispersion', counts: { dispersion: 2, reverse: 0, wait: 1 } });
    expect(shortDated).toMatchObject({ side: 'wait', counts: { dispersion: 1, reverse: 1, wait: 1 } });
    expect(verdictsByMaturity(votes, 3).longDated.side).toBe('wait');
  });
});

describe('timingVotes', () => {
  const histories = {
    impliedToHistorical: ramp(0.7, 1.5),
    impliedCorrelation: ramp(0.2, 0.8),
    firstCoefficient: ramp(1.1, 1.6),
    secondCoefficient: ramp(0.4, 1.3),
    thirdCoefficient: ramp(0.8, 1.1),
  };
  const voteOf = (values: Record<string, number | null>, rule: string): string =>
    timingVotes({ values, histories }).find((vote) => vote.rule === rule)!.vote;

  test('the published readings for selling the index all vote for dispersion', () => {
    const values = {
      impliedToHistorical: 1.45,
      impliedCorrelation: 0.79,
      firstCoefficient: 1.11,
      secondCoefficient: 0.45,
      thirdCoefficient: 0.82,
    };
    const votes = timingVotes({ values, histories });
    expect(votes.map(({ vote }) => vote)).toEqual([
      'dispersion',
      'dispersion',
      'dispersion',
      'dispersion',
      'dispersion',
    ]);
    expect(timingVerdict(votes).side).toBe('dispersion');
    expect(votes.map(({ speaksFor }) => speaksFor)).toEqual([
      'all',
      'all',
      'all',
      'long-dated',
      'short-dated',
    ]);
    expect(votes[0]!.sentence).toMatch(
      /1\.45, above 93% of its last 100 days \(0\.70 to 1\.50\): speaks for selling index options/,
    );
  });

  test('the opposite readings vote for the reverse trade', () => {
    const values = {
      impliedToHistorical: 0.75,
      impliedCorrelation: 0.22,
      firstCoefficient: 1.58,
      secondCoefficient: 1.25,
      thirdCoefficient: 1.09,
    };
    const votes = timingVotes({ values, histories });
    expect(new Set(votes.map(({ vote }) => vote))).toEqual(new Set(['reverse']));
    expect(timingVerdict(votes).side).toBe('reverse');
  });

  test('high is not enough where the rule also asks for above 1', () => {
    const low = ramp(0.5, 0.9);
    const [vote] = timingVotes({
      values: { impliedToHistorical: 0.89 },
      histories: { impliedToHistorical: low },
    });
    expect(vote).toMatchObject({ vote: 'wait', percentile: 0.97 });
    expect(voteOf({ secondCoefficient: 1.02 }, 'secondCoefficient')).toBe('wait');
    const high = timingVotes({
      values: { thirdCoefficient: 1.01 },
      histories: { thirdCoefficient: ramp(1, 2) },
    });
    expect(high.at(-1)!.vote).toBe('wait');
  });

  test('too little history, or no value, is no data and never a vote', () => {
    const votes = timingVotes({
      values: { impliedCorrelation: 0.9 },
      histories: { impliedCorrelation: ramp(0.2, 0.8, 21) },
    });
    expect(votes.map(({ vote }) => vote)).toEqual(timingRules.map(() => 'no-data'));
    expect(votes[1]).toMatchObject({ percentile: null, historyDays: 21, value: 0.9 });
    expect(votes[1]!.sentence).toMatch(/21 days of history are too few to judge it, 60 are needed/);
    expect(timingVerdict(votes)).toMatchObject({ side: 'wait', counts: { 'no-data': 5 } });
  });

  test('a single vote decides nothing, and every verdict carries its count', () => {
    const votes = timingVotes({ values: { impliedCorrelation: 0.79, firstCoefficient: 1.3 }, histories });
    expect(timingVerdict(votes)).toMatchObject({
      side: 'wait',
      sentence: expect.stringContaining('1 for dispersion'),
    });
  });
});

describe('the hedge of the product against the verdict', () => {
  test('is the reverse trade, whatever the votes say', () => {
    expect(ownHedgeAgainst('reverse')).toMatchObject({ side: 'reverse', agrees: true });
    expect(ownHedgeAgainst('dispersion')).toMatchObject({ side: 'reverse', agrees: false });
    expect(ownHedgeAgainst('wait').agrees).toBeNull();
  });
});
