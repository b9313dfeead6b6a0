import { describe, expect, it } from 'vitest';
import {
  reassessChanges,
  type LoggedDecision,
  type LoggedRun,
} from '../../../shared/quant/hedge/reassess-diff.ts';

const leg = (name: string, changes: Partial<LoggedDecision> = {}): LoggedDecision => ({
  leg: name,
  action: 'keep',
  rule: 'none',
  reason: 'nothing asks for a change',
  quantity: 10,
  mark: 1,
  delta: 0.2,
  ...changes,
});
const run = (changes: Partial<LoggedRun>): LoggedRun => ({
  actions: [],
  fired: [],
  unfired: [],
  netDelta: 0,
  netDeltaFraction: 0,
  ...changes,
});

describe('reassessChanges', () => {
  it('names the weightiest change of each leg, and leaves out what stayed', () => {
    const before = run({ actions: [leg('A'), leg('B'), leg('C'), leg('D'), leg('E')] });
    const after = run({
      actions: [
        leg('A'),
        leg('B', { action: 'roll', rule: 'days-to-expiry', mark: 2 }),
        leg('C', { quantity: 4, mark: 2 }),
        leg('D', { delta: 0.3 }),
        leg('F'),
      ],
    });
    const { legs } = reassessChanges(before, after);
    expect(Object.fromEntries(legs.map((one) => [one.leg, one.change]))).toEqual({
      B: 'decision',
      C: 'quantity',
      D: 'numbers',
      F: 'new',
      E: 'gone',
    });
    expect(legs.find((one) => one.leg === 'B')).toMatchObject({
      actionBefore: 'keep',
      actionAfter: 'roll',
      mark: { before: 1, after: 2 },
    });
    expect(legs.find((one) => one.leg === 'E')).toMatchObject({ actionAfter: null, delta: { after: null } });
  });

  it('tells rules that came to fire from those that fell quiet', () => {
    const [near, wide] = [
      { rule: 'net-delta', reason: 'over' },
      { rule: 'index-move', reason: 'moved' },
    ];
    const before = run({ fired: [near], unfired: [wide], netDelta: 5, netDeltaFraction: 0.05 });
    const after = run({ fired: [wide], unfired: [near], netDelta: 1, netDeltaFraction: 0.01 });
    const found = reassessChanges(before, after);
    expect(found.nowFired).toEqual([wide]);
    expect(found.nowQuiet).toEqual([near]);
    expect(found.netDelta).toEqual({ before: 5, after: 1 });
  });
});
