/** The elementary functions of `shared/quant/european/ordinary-quotes.ts` in lanes, operation by operation the same. */
import {
  expTerms,
  logTerms,
  logTwo,
  millsBottom,
  millsTop,
  mostSquaredShare,
  roughLogTerms,
  rounder,
} from '../../../shared/quant/european/ordinary-coefficients.ts';
import type { Lane, LaneCode } from './lane-code.ts';

const bitsOf = (value: number): bigint => {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigInt64(0);
};
const placesOfFraction = 52;
const exponentBias = 1023n;
/** 2⁵² with an integer in its last bits is 2⁵² plus that integer. */
const integerCarrier = 2 ** placesOfFraction;
/** Upper words of 1 and √½, as in the twin: what turns an exponent over at √2 instead of 2. */
const fromRootHalf = (0x3ff00000n - 0x3fe6a09en) << 32n;

/** Φ(−a)/φ(a) for −½ ≤ a ≤ 8½. */
export function mills(code: LaneCode, a: Lane): Lane {
  const u = code.add(a, 0.5);
  return code.divide(code.polynomial(millsTop, u), code.polynomial(millsBottom, u));
}

/** e^(−exponent) for 0 ≤ exponent ≤ 40. */
export function expOfMinus(code: LaneCode, exponent: Lane): Lane {
  const { add, divide, multiply, subtract } = code;
  const carried = add(multiply(exponent, logTwo.inverse), rounder);
  const n = subtract(carried, rounder);
  const high = subtract(multiply(n, logTwo.high), exponent);
  const low = multiply(n, -logTwo.low);
  const r = subtract(high, low);
  const rr = multiply(r, r);
  const c = subtract(r, multiply(rr, code.polynomial(expTerms, rr)));
  const reduced = subtract(low, divide(multiply(r, c), subtract(2, c)));
  const power = code.shiftLeft(code.subtractBits(bitsOf(rounder) + exponentBias, carried), placesOfFraction);
  return multiply(subtract(1, subtract(reduced, high)), power);
}

/** Biased k of 2^k·m with √½ ≤ m < √2, as an integer. */
const biasedExponent = (code: LaneCode, value: Lane): Lane =>
  code.shiftRight(code.addBits(value, fromRootHalf), placesOfFraction);

/** k itself as a double. */
const exponentOf = (code: LaneCode, biased: Lane): Lane =>
  code.subtract(code.orBits(biased, bitsOf(integerCarrier)), integerCarrier + Number(exponentBias));

/** ln(F/K), to the last place near the money too; forward and strike above 0. */
export function logOrdinary(code: LaneCode, forward: Lane, strike: Lane): Lane {
  const { add, divide, multiply, subtract } = code;
  const shareOf = (other: Lane): Lane => divide(subtract(forward, other), add(forward, other));
  const z = code.variable(shareOf(strike));
  const k = code.variable(0);
  const near = code.less(multiply(z, z), mostSquaredShare);
  const far = notMask(code, near);
  code.whereAny(far, () => {
    const biased = biasedExponent(code, divide(forward, strike));
    const scaled = multiply(strike, code.shiftLeft(biased, placesOfFraction));
    code.assign(z, code.select(far, shareOf(scaled), z));
    code.assign(k, code.select(far, exponentOf(code, biased), 0));
  });
  const log = multiply(z, code.polynomial(logTerms, multiply(z, z)));
  return add(multiply(k, logTwo.high), add(multiply(k, logTwo.low), log));
}

/** Where a comparison is false, that of two NaN included. */
export function notMask(code: LaneCode, mask: Lane): Lane {
  const zero = code.variable(0);
  return code.without(code.equal(zero, zero), mask);
}

/** ln(value) to 3e-8; value above 0 and not subnormal. */
export function roughLog(code: LaneCode, value: Lane): Lane {
  const { add, divide, multiply, subtract } = code;
  const biased = biasedExponent(code, value);
  const k = exponentOf(code, biased);
  const shifted = code.shiftLeft(code.addBits(biased, -exponentBias), placesOfFraction);
  const m = code.subtractBits(value, shifted);
  const z = divide(subtract(m, 1), add(m, 1));
  return add(multiply(k, Math.LN2), multiply(z, code.polynomial(roughLogTerms, multiply(z, z))));
}

/** Moments I₁ … I₁₃ of Mills' ratio at a, the first entry being the ratio itself. */
export function moments(code: LaneCode, a: Lane, ratio: Lane): (order: number) => Lane {
  const known: Lane[] = [ratio, code.subtract(1, code.multiply(a, ratio))];
  return (order) => {
    for (let k = known.length; k <= order; k++) {
      const before = known[k - 2]!;
      const held = code.multiply(a, known[k - 1]!);
      known.push(code.subtract(k === 2 ? before : code.multiply(k - 1, before), held));
    }
    return known[order]!;
  };
}

/** I(from)/from! + w·I(from + 2)/(from + 2)! + … up to a last term. */
export function momentSum(
  code: LaneCode,
  moment: (order: number) => Lane,
  terms: { readonly from: number; readonly to: number; readonly tail?: Lane },
  w: Lane,
): Lane {
  const factorials = [
    1, 1, 2, 6, 24, 120, 720, 5040, 40320, 362880, 3628800, 39916800, 479001600, 6227020800,
  ];
  const share = (order: number): Lane =>
    order < 2 ? moment(order) : code.multiply(moment(order), 1 / factorials[order]!);
  let sum = terms.tail ?? share(terms.to);
  const first = terms.tail === undefined ? terms.to - 2 : terms.to;
  for (let order = first; order >= terms.from; order -= 2)
    sum = code.add(share(order), code.multiply(w, sum));
  return sum;
}
