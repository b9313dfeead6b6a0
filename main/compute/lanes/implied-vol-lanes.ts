import {
  deviationTerms,
  farBottom,
  farTop,
  nearBottom,
  nearShare,
  nearTop,
  ordinary,
  sinhTerms,
} from '../../../shared/quant/european/ordinary-coefficients.ts';
import { columns } from './columns.ts';
import { expOfMinus, logOrdinary, mills, momentSum, moments, notMask, roughLog } from './elementary-lanes.ts';
import type { Lane, LaneCode } from './lane-code.ts';

const inverseSqrtTwoPi = 0.3989422804014327;

/** `ordinaryVols` of `shared/quant/european/ordinary-vols.ts` in lanes: the formulas and their reasons stand there. */
export function impliedVolLanes(code: LaneCode): void {
  const { add, divide, multiply, subtract, and, less, greater, select } = code;
  const forward = code.load(columns.forward);
  const strike = code.load(columns.strike);
  const time = code.load(columns.time);
  const price = code.load(columns.given);
  const discountFactor = code.load(columns.discountFactor);
  const positive = (value: Lane): Lane => and(greater(value, 0), less(value, Infinity));
  const product = multiply(forward, strike);
  const inRange = and(
    and(greater(product, 1 / ordinary.mostProduct), less(product, ordinary.mostProduct)),
    and(and(greater(forward, 0), positive(time)), positive(discountFactor)),
  );

  const difference = subtract(forward, strike);
  const gap = code.abs(difference);
  const inMoney = greater(multiply(code.load(columns.sign), difference), 0);
  const undiscounted = divide(price, discountFactor);
  const above = greater(difference, 0);
  const larger = select(above, forward, strike);
  const smaller = select(above, strike, forward);
  const kept = subtract(subtract(undiscounted, gap), subtract(subtract(larger, gap), smaller));
  const timeValue = select(inMoney, kept, undiscounted);
  const atIntrinsic = and(inMoney, code.equal(price, multiply(discountFactor, gap)));

  const x = logOrdinary(code, forward, strike);
  const square = multiply(x, x);
  const size = code.abs(x);
  const root = code.root(product);
  const guess = code.variable(0);
  const near = greater(timeValue, multiply(nearShare, gap));
  code.whereAny(near, () => {
    const straddle = add(timeValue, multiply(0.5, gap));
    const y = divide(gap, straddle);
    const w = multiply(y, y);
    const top = multiply(multiply(root, code.polynomial(nearTop, w)), code.polynomial(sinhTerms, square));
    code.assign(guess, divide(multiply(straddle, code.polynomial(nearBottom, w)), top));
  });
  const far = notMask(code, near);
  code.whereAny(far, () => {
    const h = code.root(code.negate(roughLog(code, divide(timeValue, gap))));
    const top = code.polynomial(farTop, h);
    code.assign(guess, select(far, divide(multiply(size, code.polynomial(farBottom, h)), top), guess));
  });
  const [c0, c1, c2, c3, c4, c5] = deviationTerms;
  const q = multiply(guess, guess);
  const constant = add(multiply(square, add(multiply(square, c2), c1)), c0);
  const linear = add(add(multiply(square, c4), c3), multiply(q, c5));
  const s = multiply(guess, add(multiply(q, add(constant, multiply(q, linear))), 1));

  const inverse = divide(1, s);
  const a = multiply(size, inverse);
  const t = multiply(0.5, s);
  const expand = less(t, ordinary.smallHalfDeviation);
  const y = mills(code, select(expand, a, subtract(a, t)));
  const ratio = code.variable(0);
  code.whereAny(expand, () => {
    const moment = moments(code, a, y);
    const w = multiply(t, t);
    const tail = code.variable(momentSum(code, moment, { from: 7, to: 7 }, w));
    const long = code.atLeast(t, ordinary.tinyHalfDeviation);
    code.whereAny(long, () => {
      const more = multiply(w, momentSum(code, moment, { from: 9, to: 13 }, w));
      code.assign(tail, add(tail, and(long, more)));
    });
    code.assign(ratio, multiply(s, momentSum(code, moment, { from: 1, to: 5, tail }, w)));
  });
  const direct = notMask(code, expand);
  code.whereAny(direct, () => {
    const sum = subtract(y, mills(code, add(a, t)));
    code.assign(ratio, select(direct, sum, ratio));
  });

  const exponent = multiply(0.5, add(multiply(a, a), multiply(t, t)));
  const density = multiply(inverseSqrtTwoPi, expOfMinus(code, exponent));
  const hit = divide(multiply(multiply(ratio, density), root), timeValue);
  const miss = subtract(hit, 1);
  const v = divide(miss, add(hit, 1));
  const logHit = multiply(v, code.polynomial([2, 2 / 3, 2 / 5], multiply(v, v)));
  const slope = divide(1, ratio);
  const newton = multiply(code.negate(logHit), ratio);
  const pull = multiply(multiply(a, a), inverse);
  const bend = subtract(pull, multiply(0.25, s));
  const second = subtract(bend, slope);
  const thirdOfPrice = subtract(subtract(multiply(bend, bend), multiply(multiply(3, pull), inverse)), 0.25);
  const third = add(thirdOfPrice, multiply(slope, subtract(multiply(2, slope), multiply(3, bend))));
  const above1 = multiply(newton, add(multiply(multiply(0.5, second), newton), 1));
  const below1 = add(multiply(newton, add(second, multiply(multiply(newton, third), 1 / 6))), 1);
  const vol = divide(add(s, divide(above1, below1)), code.root(time));

  const converged = less(code.abs(miss), ordinary.mostMiss);
  const inDomain = and(
    and(greater(timeValue, 0), less(square, ordinary.mostSquaredLog)),
    and(less(s, ordinary.mostDeviation), less(a, ordinary.mostDistance)),
  );
  const isOrdinary = code.without(and(inRange, and(inDomain, converged)), atIntrinsic);
  code.store(columns.found, select(isOrdinary, vol, Number.NaN));
}
