import { describe, expect, it } from 'vitest';
import { collarOf, putSpreadOf, type QuotedOption } from '../../../shared/quant/hedge/structures.ts';

const option = (contract: string, strike: number, bid: number, delta: number): QuotedOption => ({
  contract,
  strike,
  bid,
  ask: bid + 0.2,
  delta,
});
const puts = [option('P90', 90, 1, -0.15), option('P95', 95, 2, -0.3), option('P100', 100, 4, -0.48)];
const calls = [
  option('C100', 100, 4.5, 0.52),
  option('C105', 105, 2.4, 0.33),
  option('C110', 110, 1.1, 0.17),
];

describe('collarOf', () => {
  it('sells the highest call that pays for the put', () => {
    const found = collarOf({ calls, puts, putDelta: 0.3, callDelta: 0.2 });
    expect(found).toMatchObject({ put: { contract: 'P95' }, call: { contract: 'C105' } });
    expect(found?.credit).toBeCloseTo(2.4 - 2.2, 12);
  });

  it('falls back on the delta asked for where no call pays, and needs a call above the put', () => {
    const dear = collarOf({ calls, puts: [option('P100', 100, 5, -0.48)], putDelta: 0.5, callDelta: 0.2 });
    expect(dear).toMatchObject({ call: { contract: 'C110' } });
    expect(dear?.credit).toBeCloseTo(1.1 - 5.2, 12);
    expect(collarOf({ calls: [], puts, putDelta: 0.3, callDelta: 0.2 })).toBeNull();
    expect(collarOf({ calls, puts: [], putDelta: 0.3, callDelta: 0.2 })).toBeNull();
  });
});

describe('putSpreadOf', () => {
  it('buys and sells at the deltas, the sold one below', () => {
    const found = putSpreadOf({ puts, boughtDelta: 0.45, soldDelta: 0.15 });
    expect(found).toMatchObject({ bought: { contract: 'P100' }, sold: { contract: 'P90' }, width: 10 });
    expect(found?.cost).toBeCloseTo(4.2 - 1, 12);
    expect(putSpreadOf({ puts: puts.slice(0, 1), boughtDelta: 0.45, soldDelta: 0.15 })).toBeNull();
  });
});
