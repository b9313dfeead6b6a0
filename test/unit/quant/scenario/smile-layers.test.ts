import { describe, expect, test } from 'vitest';
import { flatSmile } from '../../../../shared/quant/scenario/book.ts';
import type { ExpiryMarket } from '../../../../shared/quant/scenario/book.ts';
import { shockBook } from '../../../../shared/quant/scenario/shock-book.ts';
import { shockOf } from '../../../../shared/quant/scenario/shock.ts';
import type { Shock } from '../../../../shared/quant/scenario/shock.ts';
import { atmVolOf, leastVol, volAtStrike } from '../../../../shared/quant/scenario/smile-layers.ts';
import { expiryKey, madeBook } from '../../../support/scenario-book.ts';

const book = madeBook();

function indexExpiry(shock: Partial<Shock>, days = 81): ExpiryMarket {
  const shocked = shockBook({ book, shock: shockOf(shock) });
  if (!shocked.ok) throw new Error(String(shocked.error.detail['reason']));
  const name = shocked.value.book.names.find(({ symbol }) => symbol === 'IDX')!;
  return name.expiries.find(({ key }) => key === expiryKey(days))!;
}

const base = indexExpiry({});
const strikes = [4200, 4700, 5000, 5300, 5900];
const down = { spot: [{ kind: 'move', target: { kind: 'all' }, move: -0.1 }] } as const;
const all = { kind: 'all' } as const;

describe('the rule of a smile', () => {
  test('sticky strike keeps the volatility of every strike to the bit, whatever spot and date do', () => {
    const moved = indexExpiry({ ...down, daysForward: 20 });
    for (const strike of strikes) expect(volAtStrike(moved, strike)).toBe(volAtStrike(base, strike));
  });

  test('sticky delta keeps the volatility of a moneyness when the spot moves', () => {
    const moved = indexExpiry({ ...down, smileRule: { kind: 'stickyDelta' } });
    for (const strike of strikes)
      expect(volAtStrike(moved, (strike * moved.forward) / base.forward)).toBeCloseTo(
        volAtStrike(base, strike)!,
        12,
      );
  });

  test('sticky delta keeps the volatility of ln(K/F)/√T when days pass', () => {
    const moved = indexExpiry({ smileRule: { kind: 'stickyDelta' }, daysForward: 30 });
    for (const y of [-0.4, -0.1, 0, 0.2]) {
      const [was, is] = [base, moved].map((expiry) =>
        volAtStrike(expiry, expiry.forward * Math.exp(y * Math.sqrt(expiry.timeToExpiry))),
      );
      expect(is).toBeCloseTo(was!, 12);
    }
  });

  test('a skew stickiness of 1 is sticky strike and of 0 sticky delta', () => {
    for (const [ratio, kind] of [
      [1, 'stickyStrike'],
      [0, 'stickyDelta'],
    ] as const) {
      const [byRatio, byName] = [
        indexExpiry({ ...down, smileRule: { kind: 'skewStickiness', ratio } }),
        indexExpiry({ ...down, smileRule: { kind } }),
      ];
      for (const strike of strikes) expect(volAtStrike(byRatio, strike)).toBe(volAtStrike(byName, strike));
    }
  });

  test('the at-the-money volatility moves by ratio × slope × ln of the spot move, for a small one', () => {
    const bump = 1e-5;
    const slope =
      (volAtStrike(base, base.forward * (1 + bump))! - volAtStrike(base, base.forward * (1 - bump))!) /
      (2 * bump);
    for (const ratio of [0, 0.5, 1, 2]) {
      const moved = indexExpiry({
        spot: [{ kind: 'move', target: all, move: 1e-5 }],
        smileRule: { kind: 'skewStickiness', ratio },
      });
      expect(atmVolOf(moved)! - atmVolOf(base)!).toBeCloseTo(ratio * slope * 1e-5, 8);
    }
  });
});

describe('changes of volatility', () => {
  test('parallel adds the same points at every strike, relative the same share', () => {
    const parallel = indexExpiry({ vol: [{ kind: 'parallel', target: all, change: 0.02 }] });
    const relative = indexExpiry({ vol: [{ kind: 'relative', target: all, change: 0.25 }] });
    for (const strike of strikes) {
      const was = volAtStrike(base, strike)!;
      expect(volAtStrike(parallel, strike)).toBeCloseTo(was + 0.02, 14);
      expect(volAtStrike(relative, strike)).toBeCloseTo(1.25 * was, 14);
    }
  });

  test('a tilt adds its points at 90 % of the forward, nothing at it, and is held three times as far', () => {
    const tilted = indexExpiry({ vol: [{ kind: 'skewTilt', target: all, change: 0.01 }] });
    const more = (share: number): number =>
      volAtStrike(tilted, share * base.forward)! - volAtStrike(base, share * base.forward)!;
    expect(more(0.9)).toBeCloseTo(0.01, 12);
    expect(more(1)).toBeCloseTo(0, 12);
    expect(more(1 / 0.9)).toBeCloseTo(-0.01, 12);
    expect(more(0.9 ** 3)).toBeCloseTo(0.03, 12);
    expect(more(0.4)).toBeCloseTo(0.03, 12);
  });

  test('no shock takes a volatility below a tenth of a point', () => {
    const sunk = indexExpiry({ vol: [{ kind: 'parallel', target: all, change: -0.9 }] });
    for (const strike of strikes) expect(volAtStrike(sunk, strike)).toBe(leastVol);
  });

  test('a shocked smile can be shocked again: two halves make the whole', () => {
    const half = shockOf({ vol: [{ kind: 'parallel', target: all, change: 0.01 }] });
    const once = shockBook({ book, shock: half });
    const twice = once.ok ? shockBook({ book: once.value.book, shock: half }) : once;
    if (!twice.ok) throw new Error('no shock');
    const name = twice.value.book.names.find(({ symbol }) => symbol === 'IDX')!;
    const whole = indexExpiry({ vol: [{ kind: 'parallel', target: all, change: 0.02 }] });
    for (const strike of strikes)
      expect(
        volAtStrike(
          name.expiries.find(({ key }) => key === whole.key)!,
          strike,
        ),
      ).toBeCloseTo(volAtStrike(whole, strike)!, 14);
  });
});

test('a smile on the trading clock spreads its total variance over calendar time', () => {
  const smile = flatSmile({ vol: 0.2, timeToExpiry: 0.3, forward: base.forward });
  const expiry = { ...base, smile, timeToExpiry: 0.27 };
  expect(volAtStrike(expiry, 5000)! ** 2 * 0.27).toBeCloseTo(0.2 ** 2 * 0.3, 14);
});

test('an expiry without a smile has no volatility', () => {
  expect(volAtStrike({ ...base, smile: null, smileReason: 'No quotes.' }, 5000)).toBeNull();
});
