import { describe, expect, test } from 'vitest';
import { conflictSentence, fitModel } from '../../../renderer/views/basket/basket-models.ts';
import { namesFrom } from '../../../renderer/views/basket/rule-texts.ts';
import { barShare } from '../../../renderer/views/dispersion/dispersion-columns.ts';
import {
  constraintText,
  frontierModel,
  obstaclesOf,
  relaxationOf,
  slackShare,
} from '../../../renderer/views/hedge/hedge-models.ts';
import { failure } from '../../../shared/failure.ts';
import { leg, suggestionWith } from '../../support/suggestion.ts';

const conflict = (constraint: string, relaxTo: number | null) =>
  relaxationOf({ constraint, sentence: '', relaxTo });

describe('what would relax a conflict', () => {
  test('a limit from above is rounded up, one from below is rounded down', () => {
    expect(conflict('netDeltaLimit', 0.051_231)?.change).toEqual({ netDeltaLimit: 0.0513 });
    expect(conflict('coverage', 0.912_39)?.change).toEqual({ coverage: 0.9123 });
    expect(conflict('minCredit', -1234.5)?.change).toEqual({ minCredit: -1235 });
    expect(conflict('maxLegs', 13)?.change).toEqual({ maxLegs: 13 });
  });
  test('the button says the number that it sets', () => {
    expect(conflict('netDeltaLimit', 0.051_231)?.label).toBe('Allow net delta of 5.13 %');
  });
  test('nothing is offered where nothing would do, or where calls would be uncovered', () => {
    expect(conflict('netDeltaLimit', null)).toBeNull();
    expect(conflict('overwrite', 1.2)).toBeNull();
    expect(conflict('limits', 2)).toBeNull();
  });
});

describe('constraints', () => {
  test('room is a share of the larger of limit and value', () => {
    expect(slackShare({ limit: 0.05, value: 0.01, slack: 0.04 })).toBeCloseTo(0.8, 12);
    expect(slackShare({ limit: 0, value: 0, slack: 0 })).toBe(0);
  });
  test('each unit is written with its name', () => {
    expect(constraintText('money', 1234, 'USD')).toBe('1,234 USD');
    expect(constraintText('fraction', 0.045, 'USD')).toBe('4.50 %');
    expect(constraintText('contracts', 12, 'USD')).toBe('12 contracts');
  });
});

describe('what keeps a suggestion from approval', () => {
  test('undecided legs are counted, accepted ones without contracts are not', () => {
    const suggestion = suggestionWith([
      leg(),
      leg({ legId: 'leg-2', decision: 'undecided' }),
      leg({ legId: 'leg-3', quantity: 0 }),
    ]);
    expect(obstaclesOf(suggestion)).toMatchObject({ undecided: 1, accepted: 1 });
  });
  test('a failed warning does not stand in the way, a failed block and a broken limit do', () => {
    const check = { check: 'x', passed: false, legIds: [] };
    const suggestion = suggestionWith([leg()], {
      checks: [
        { ...check, severity: 'warning', sentence: 'Big.' },
        { ...check, severity: 'blocking', sentence: 'Naked.' },
      ],
      constraints: [
        { name: 'a', sentence: 'Far off.', limit: 1, value: 2, slack: -1, unit: 'money', met: false },
      ],
    });
    expect(obstaclesOf(suggestion).broken).toEqual(['Naked.', 'Far off.']);
  });
});

describe('the frontier', () => {
  test('limits without a solution are left out', () => {
    const model = frontierModel(
      {
        points: [
          { netDeltaLimit: 0.01, netDeltaFraction: null, netPremium: null, status: 'unproven' },
          { netDeltaLimit: 0.05, netDeltaFraction: 0.05, netPremium: 100, status: 'optimal' },
        ],
      },
      null,
    );
    expect(model?.lines[0]?.x).toEqual([0.05]);
    expect(frontierModel({ points: [] }, null)).toBeNull();
  });
});

describe('a basket', () => {
  test('names are read however they are separated, each once', () => {
    expect(namesFrom(' tcs, infy;TCS\nm&m ')).toEqual(['TCS', 'INFY', 'M&M']);
  });
  test('a conflict of the search is told in the words of the form', () => {
    const error = failure('infeasible', 'The basket for MERI', {
      conflict: 'minR2 0.990 with minVolDifferential 0.050 with maxNames 4',
    });
    expect(conflictSentence(error)).toBe(
      'The basket for MERI cannot have r² of at least 0.990 and names with σ at least 5.00 vol pts above the index’s and at most 4 names: no choice of names meets these together. Relax one of them.',
    );
    expect(conflictSentence(failure('cancelled', 'x'))).toBeNull();
  });
  test('the chart shows the difference and shades the holdout to the last day', () => {
    const series = {
      dates: ['2026-01-02', '2026-01-05', '2026-01-06'],
      index: [0.01, 0.02, 0.03],
      basket: [0.02, 0.02, 0.05],
      holdoutFrom: '2026-01-06',
    };
    const model = fitModel({ index: 'MERI', series } as unknown as Parameters<typeof fitModel>[0]);
    expect(model?.lines[2]?.y[2]).toBeCloseTo(0.02, 12);
    expect(model?.stretches).toEqual([{ from: '2026-01-06', to: '2026-01-06', label: 'holdout' }]);
  });
});

describe('a bar in a cell', () => {
  test('is full at the largest, true to length below, and absent for nothing', () => {
    expect(barShare(0.2, 0.2)).toBe(1);
    expect(barShare(0.1, 0.2)).toBe(0.5);
    expect(barShare(0.3, 0.2)).toBe(1);
    expect(barShare(null, 0.2)).toBeNull();
  });
});
