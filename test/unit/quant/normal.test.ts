// Values: 60-digit arithmetic, rounded; the bivariate ones by 40-digit quadrature of the density.
import { describe, expect, test } from 'vitest';
import {
  bivariateNormCdf,
  erfcx,
  inverseCentralMass,
  inverseNormCdf,
  millsRatio,
  normCdf,
  normCdfAbsolute,
  normPdf,
  normRatio,
} from '../../../shared/quant/math/normal.ts';

const relative = (got: number, want: number): number => Math.abs(got / want - 1);
/** A few units in the last place. */
const lastPlaces = 2e-15;

describe('normCdf', () => {
  test('keeps its digits in both tails', () => {
    const cases = [
      [-37.5, 4.605353009581954843827969e-308],
      [-20, 2.753624118606233695075623e-89],
      [-8, 6.220960574271784123515995e-16],
      [-3.25, 0.0005770250423907670429169193],
      [-1, 0.1586552539314570514147675],
      [-0.5, 0.3085375387259868963622954],
      [-0.1, 0.4601721627229710163310661],
      [0.3, 0.6179114221889526330722736],
      [1.5, 0.933192798731141933995506],
      [4, 0.9999683287581668800787462],
      [6.5, 0.9999999999598399941614088],
    ] as const;
    for (const [z, want] of cases) expect(relative(normCdf(z), want), `Φ(${z})`).toBeLessThan(lastPlaces);
  });

  test('is 0 and 1 at the ends', () => {
    expect([normCdf(-40), normCdf(40), normCdf(-Infinity), normCdf(Infinity)]).toEqual([0, 1, 0, 1]);
  });

  test('is met by the cheaper one to 2e-16, in its order', () => {
    let before = 0;
    for (let i = -4000; i <= 4000; i++) {
      const value = normCdfAbsolute(i / 100);
      expect(Math.abs(value - normCdf(i / 100))).toBeLessThanOrEqual(2.3e-16);
      expect(value).toBeGreaterThanOrEqual(before - 2.3e-16);
      before = value;
    }
    expect([normCdfAbsolute(-Infinity), normCdfAbsolute(Infinity)]).toEqual([0, 1]);
  });

  test('has the density as its slope', () => {
    for (const z of [-6, -2, -0.66, 0, 0.4, 3])
      expect((normCdf(z + 1e-5) - normCdf(z - 1e-5)) / 2e-5).toBeCloseTo(normPdf(z), 9);
  });
});

describe('normPdf', () => {
  test('does not lose digits to the rounding of z²', () => {
    expect(relative(normPdf(-37.5), 1.728233732284105220750793e-306)).toBeLessThan(lastPlaces);
    expect(relative(normPdf(6.5), 2.669556614762851916702431e-10)).toBeLessThan(lastPlaces);
    expect(normPdf(50)).toBe(0);
  });
});

describe('erfcx', () => {
  test('matches 25-digit values in all its regions', () => {
    const cases = [
      [-3, 16205.98885399958662546957],
      [-0.3, 1.453749232842765551248682],
      [0.1, 0.8964569799691266366633883],
      [0.46, 0.6367873838327130291355984],
      [0.5, 0.6156903441929258748707934],
      [1, 0.4275835761558070044107503],
      [3.9, 0.1403141816006897356794651],
      [4.1, 0.1338341164186519937287522],
      [10, 0.05614099274382258585751739],
      [100, 0.005641613782989432903556457],
    ] as const;
    for (const [y, want] of cases) expect(relative(erfcx(y), want), `erfcx(${y})`).toBeLessThan(lastPlaces);
  });
});

describe('normRatio', () => {
  test('is Φ/φ on both sides and Mills’ ratio on the left', () => {
    for (const z of [-20, -3, -0.2, 0, 0.7, 4]) {
      expect(relative(normRatio(z), normCdf(z) / normPdf(z)), `z = ${z}`).toBeLessThan(1e-14);
      if (z <= 0) expect(millsRatio(-z)).toBe(normRatio(z));
    }
  });
});

describe('inverseNormCdf', () => {
  test('matches 25-digit values from 1e-300 to 0.999', () => {
    const cases = [
      [1e-300, -37.04709629936119923654704],
      [1e-100, -21.27345356096532429417952],
      [1e-5, -4.264890793922824610233749],
      [0.01, -2.326347874040841093075096],
      [0.07, -1.475791028179170685608678],
      [0.2, -0.8416212335729141655224906],
      [0.49999, -0.00002506628274896000852684996],
      [0.6, 0.2533471031357997413246887],
      [0.975, 1.959963984540053855604431],
      [0.999, 3.090232306167813277758202],
    ] as const;
    for (const [p, want] of cases)
      expect(relative(inverseNormCdf(p), want), `Φ⁻¹(${p})`).toBeLessThan(lastPlaces);
  });

  test('refuses what is not a probability', () => {
    for (const p of [0, 1, -0.1, 1.1, Number.NaN]) expect(() => inverseNormCdf(p)).toThrow(/probability/);
  });
});

describe('inverseCentralMass', () => {
  test('finds the half width that holds a mass, tiny masses included', () => {
    for (const mass of [1e-200, 1e-12, 0.3, 0.8499, 0.8501, 0.99]) {
      const z = inverseCentralMass(mass);
      const back = mass < 1e-6 ? 2 * z * normPdf(0) : normCdf(z) - normCdf(-z);
      expect(relative(back, mass), `mass ${mass}`).toBeLessThan(1e-13);
    }
  });
});

describe('bivariateNormCdf', () => {
  test('matches 22-digit quadratures', () => {
    const cases = [
      [-1, 0.5, 0.3, 0.1332561354499511071764],
      [0.4, -1.2, -0.7, 0.0178469638460903882483],
      [1.5, 2, 0.92, 0.9314972382052281400383],
      [0.5, 0.6, 0.95, 0.6630874384716208149298],
      [-1, 1.1, -0.95, 0.04192233730718571639908],
      [0.3, 0.31, 0.999, 0.6128516998204163940551],
      [-2.5, -2, -0.4, 0.000002164854322225625116755],
      [2, -0.5, -0.999, 0.285787406777807689162],
      [-4, -5, 0.8, 1.703560429803132745931e-7],
    ] as const;
    for (const [x, y, correlation, want] of cases)
      expect(
        Math.abs(bivariateNormCdf({ x, y, correlation }) - want),
        `${x} ${y} ${correlation}`,
      ).toBeLessThan(1e-15);
  });

  test('is exact at correlation −1, 0 and 1 and at infinity', () => {
    const [x, y] = [-0.3, 0.8];
    expect(bivariateNormCdf({ x, y, correlation: 0 })).toBeCloseTo(normCdf(x) * normCdf(y), 16);
    expect(bivariateNormCdf({ x, y, correlation: 1 })).toBeCloseTo(normCdf(x), 16);
    expect(bivariateNormCdf({ x, y, correlation: -1 })).toBeCloseTo(normCdf(x) - normCdf(-y), 16);
    expect(bivariateNormCdf({ x: Infinity, y, correlation: 0.5 })).toBe(normCdf(y));
    expect(bivariateNormCdf({ x: -Infinity, y, correlation: 0.5 })).toBe(0);
  });

  test('refuses a correlation outside its bounds', () => {
    expect(() => bivariateNormCdf({ x: 0, y: 0, correlation: 1.01 })).toThrow(/correlation/);
  });
});
