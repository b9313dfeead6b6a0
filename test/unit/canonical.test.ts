import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { canonicalJson } from '../../shared/canonical.ts';

describe('canonicalJson', () => {
  it('does not depend on the order in which members were written', () => {
    expect(canonicalJson({ b: 1, a: [2, { d: null, c: 'x' }] })).toBe('{"a":[2,{"c":"x","d":null}],"b":1}');
  });

  it('leaves out what is undefined and writes minus zero as zero', () => {
    expect(canonicalJson({ a: undefined, b: -0 })).toBe('{"b":0}');
  });

  it('refuses a number that JSON cannot carry', () => {
    expect(() => canonicalJson({ a: Number.NaN })).toThrow(/finite/);
  });

  it('gives the same text again after a round trip through JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        return canonicalJson(JSON.parse(text)) === text;
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});
