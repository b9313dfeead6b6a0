import { ordinary } from '../../../shared/quant/european/ordinary-coefficients.ts';
import { columns } from './columns.ts';
import { expOfMinus, logOrdinary, mills, momentSum, moments, notMask } from './elementary-lanes.ts';
import type { LaneCode } from './lane-code.ts';

const inverseSqrtTwoPi = 0.3989422804014327;

/** `ordinaryGreeks` of `shared/quant/european/ordinary-greeks.ts` in lanes: the formulas and their reasons stand there. */
export function greeksLanes(code: LaneCode): void {
  const { add, divide, multiply, subtract, and, less, greater, select } = code;
  const forward = code.load(columns.forward);
  const strike = code.load(columns.strike);
  const vol = code.load(columns.given);
  const discountFactor = code.load(columns.discountFactor);
  const rootTime = code.root(code.load(columns.time));
  const product = multiply(forward, strike);
  const s = multiply(vol, rootTime);
  const x = logOrdinary(code, forward, strike);
  const inverse = divide(1, s);
  const a = multiply(code.abs(x), inverse);
  const t = multiply(0.5, s);
  const expand = less(t, ordinary.smallHalfDeviation);
  const y = mills(code, select(expand, a, subtract(a, t)));
  const odd = code.variable(0);
  const even = code.variable(0);
  code.whereAny(expand, () => {
    const moment = moments(code, a, y);
    const w = multiply(t, t);
    code.assign(odd, multiply(s, momentSum(code, moment, { from: 1, to: 13 }, w)));
    code.assign(even, momentSum(code, moment, { from: 0, to: 12 }, w));
  });
  const direct = notMask(code, expand);
  code.whereAny(direct, () => {
    const lower = mills(code, add(a, t));
    code.assign(odd, select(direct, subtract(y, lower), odd));
    code.assign(even, select(direct, multiply(0.5, add(y, lower)), even));
  });

  const exponent = multiply(0.5, add(multiply(a, a), multiply(t, t)));
  const density = multiply(multiply(discountFactor, inverseSqrtTwoPi), expOfMinus(code, exponent));
  const weight = multiply(density, code.root(product));
  const difference = subtract(forward, strike);
  const sign = code.load(columns.sign);
  const calls = greater(sign, 0);
  const inMoney = greater(multiply(sign, difference), 0);
  const intrinsic = and(inMoney, code.abs(difference));
  const price = add(multiply(discountFactor, intrinsic), multiply(weight, odd));

  const under = code.atMost(x, 0);
  const half = multiply(0.5, odd);
  const near = select(under, add(even, half), subtract(even, half));
  const tail = divide(multiply(weight, near), forward);
  const whole = select(under, code.without(code.negate(discountFactor), calls), and(discountFactor, calls));
  const isOrdinary = and(
    and(
      and(greater(product, 1 / ordinary.mostProduct), less(product, ordinary.mostProduct)),
      and(greater(forward, 0), and(greater(s, 0), less(s, ordinary.mostDeviation))),
    ),
    and(less(multiply(x, x), ordinary.mostSquaredLog), less(a, ordinary.mostDistance)),
  );
  code.store(columns.found, select(isOrdinary, price, Number.NaN));
  code.store(columns.deltaForward, select(under, add(whole, tail), subtract(whole, tail)));
  code.store(columns.gammaForward, divide(multiply(weight, inverse), multiply(forward, forward)));
  code.store(columns.vegaPerVol, multiply(weight, rootTime));
  code.store(columns.thetaPerYear, divide(multiply(multiply(-0.5, weight), vol), rootTime));
}
