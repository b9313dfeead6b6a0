import { describe, expect, it } from 'vitest';
import { failure, failureCodes, sentenceOf } from '../../shared/failure.ts';

describe('failure', () => {
  it('says the thing, the fact and the next step in one sentence of each code', () => {
    for (const code of failureCodes) {
      const sentence = sentenceOf(failure(code, 'The thing', { reason: 'a reason', next: 'Do this.' }));
      expect(sentence, code).toMatch(/^The thing\b/);
      expect(sentence, code).toMatch(/[.]$/);
      expect(sentence.split(/[.:] /).length, code).toBeGreaterThan(1);
    }
  });

  it('puts the numbers of an unsolvable quote into the sentence', () => {
    expect(
      sentenceOf(
        failure('price-below-intrinsic', 'SPX 18 Dec 2026 4200 put', { price: 0.05, intrinsic: 1.2 }),
      ),
    ).toBe(
      'SPX 18 Dec 2026 4200 put has no implied volatility: price 0.05 is below intrinsic 1.2. Correct the quote or exclude it.',
    );
  });
});
