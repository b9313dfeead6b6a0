import { gaussLegendreNodes } from './numeric.ts';
import { assertThat } from '../../result.ts';

const sqrtTwo = Math.SQRT2;
const inverseSqrtPi = 0.5641895835477563;
const inverseSqrtTwoPi = 0.3989422804014327;
export const sqrtTwoPi = 2.5066282746310002;
const sqrtHalfPi = 1.2533141373155001;

/** e^(−z²/2) to full precision: z² is split so that its rounding does not reach the exponent. */
function gaussian(z: number): number {
  const a = Math.abs(z);
  if (a < 1) return Math.exp(-0.5 * z * z);
  if (a > 38.7) return 0;
  const coarse = Math.trunc(a * 16) / 16;
  return Math.exp(-0.5 * coarse * coarse) * Math.exp(-0.5 * (a - coarse) * (a + coarse));
}

/**
 * Scaled complementary error function e^(y²)·erfc(y).
 *
 * Limits: y below about −26.6 overflows to Infinity; large y behaves as 1/(y√π).
 * Source: Cody (1969), Math. Comp. 23, rational approximations 1–3.
 * Proof:  test/unit/quant/normal.test.ts (40-digit values)
 */
export function erfcx(y: number): number {
  return y >= 0 ? erfcxPositive(y) : 2 * Math.exp(y * y) - erfcxPositive(-y);
}

function erfcxPositive(y: number): number {
  if (y <= 0.46875) return erfcxCentral(y);
  if (y <= 4) {
    const top =
      (((((((2.15311535474403846e-8 * y + 5.64188496988670089e-1) * y + 8.88314979438837594) * y +
        6.61191906371416295e1) *
        y +
        2.98635138197400131e2) *
        y +
        8.8195222124176909e2) *
        y +
        1.71204761263407058e3) *
        y +
        2.05107837782607147e3) *
        y +
      1.23033935479799725e3;
    const bottom =
      (((((((y + 1.57449261107098347e1) * y + 1.17693950891312499e2) * y + 5.37181101862009858e2) * y +
        1.62138957456669019e3) *
        y +
        3.29079923573345963e3) *
        y +
        4.36261909014324716e3) *
        y +
        3.43936767414372164e3) *
        y +
      1.23033935480374942e3;
    return top / bottom;
  }
  const r = 1 / (y * y);
  const top =
    ((((1.63153871373020978e-2 * r + 3.05326634961232344e-1) * r + 3.60344899949804439e-1) * r +
      1.25781726111229246e-1) *
      r +
      1.60837851487422766e-2) *
      r +
    6.58749161529837803e-4;
  const bottom =
    ((((r + 2.56852019228982242) * r + 1.87295284992346725) * r + 5.27905102951428412e-1) * r +
      6.05183413124413191e-2) *
      r +
    2.33520497626869185e-3;
  return (inverseSqrtPi - (r * top) / bottom) / y;
}

/** On −0.625 ≤ y ≤ 0.46875: own rational fit, relative error 5e-18, so that no exponential is needed. */
function erfcxCentral(y: number): number {
  const top =
    (((((5.6557400529512520743e-4 * y + 9.4346874224797041178e-3) * y + 7.0468679053435140824e-2) * y +
      3.0079732768812547382e-1) *
      y +
      7.927119152980795643e-1) *
      y +
      1.2266025534315879024) *
      y +
    1;
  const bottom =
    ((((((1.0016002919255262361e-3 * y + 1.6737114406429068012e-2) * y + 1.252694499516123327e-1) * y +
      5.4238121406175731082e-1) *
      y +
      1.4626246825634708154) *
      y +
      2.4500242276316075772) *
      y +
      2.354981720527100571) *
      y +
    1;
  return top / bottom;
}

/** erf on |y| ≤ 0.46875. */
function erfSmall(y: number): number {
  const r = y * y;
  const top =
    (((1.85777706184603153e-1 * r + 3.1611237438705656) * r + 1.13864154151050156e2) * r +
      3.77485237685302021e2) *
      r +
    3.20937758913846947e3;
  const bottom =
    (((r + 2.36012909523441209e1) * r + 2.44024637934444173e2) * r + 1.28261652607737228e3) * r +
    2.84423683343917062e3;
  return (y * top) / bottom;
}

/**
 * Φ(z)/φ(z): for negative z Mills' ratio, for positive z growing as e^(z²/2).
 * The building stone of normalized Black prices, free of underflow in the lower tail.
 */
export function normRatio(z: number): number {
  if (z <= 0) return sqrtHalfPi * erfcxPositive(-z / sqrtTwo);
  if (z <= 0.85) return sqrtHalfPi * erfcxCentral(-z / sqrtTwo);
  return sqrtTwoPi * Math.exp(0.5 * z * z) - sqrtHalfPi * erfcxPositive(z / sqrtTwo);
}

/** Mills' ratio Φ(−z)/φ(z) for z ≥ 0. */
export const millsRatio = (z: number): number => sqrtHalfPi * erfcxPositive(z / sqrtTwo);

/** Standard normal density φ(z). */
export function normPdf(z: number): number {
  return inverseSqrtTwoPi * gaussian(z);
}

/**
 * Standard normal distribution Φ(z), to a few units in the last place in both tails.
 *
 * Limits: underflows to 0 below about −38.5; 1 above 8.3.
 * Source: Cody (1969), Math. Comp. 23.
 * Proof:  test/unit/quant/normal.test.ts (40-digit values)
 */
export function normCdf(z: number): number {
  const a = Math.abs(z);
  if (a < 0.6629126073623882) return 0.5 + 0.5 * erfSmall(z / sqrtTwo);
  const tail = 0.5 * gaussian(a) * erfcxPositive(a / sqrtTwo);
  return z < 0 ? tail : 1 - tail;
}

/**
 * Φ(z) with an error of 2e-16 at most: the tails' own digits are given up for one exponential instead of two.
 * For sums of terms near 1, where `normCdf` would be twice as dear for nothing.
 */
export function normCdfAbsolute(z: number): number {
  const tail = inverseSqrtTwoPi * Math.exp(-0.5 * z * z) * millsRatio(Math.abs(z));
  return z < 0 ? tail : 1 - tail;
}

/** Wichura's rational for |q| ≤ 0.425, q = p − ½; odd in q and accurate down to the smallest q. */
function inverseCentral(q: number): number {
  const r = 0.180625 - q * q;
  const top =
    ((((((2.509080928730122672e3 * r + 3.3430575583588128105e4) * r + 6.7265770927008700853e4) * r +
      4.5921953931549871457e4) *
      r +
      1.3731693765509461125e4) *
      r +
      1.9715909503065514427e3) *
      r +
      1.3314166789178437745e2) *
      r +
    3.387132872796366608;
  const bottom =
    ((((((5.226495278852854561e3 * r + 2.8729085735721942674e4) * r + 3.930789580009271061e4) * r +
      2.1213794301586595867e4) *
      r +
      5.3941960214247511077e3) *
      r +
      6.871870074920579083e2) *
      r +
      4.2313330701600911252e1) *
      r +
    1;
  return (q * top) / bottom;
}

/** −Φ⁻¹(p) for a tail probability p ≤ 0.075, by Wichura's two tail rationals. */
function inverseTail(p: number): number {
  let r = Math.sqrt(-Math.log(p));
  if (r <= 5) {
    r -= 1.6;
    const top =
      ((((((7.7454501427834140764e-4 * r + 2.27238449892691845833e-2) * r + 2.4178072517745061177e-1) * r +
        1.27045825245236838258) *
        r +
        3.64784832476320460504) *
        r +
        5.7694972214606914055) *
        r +
        4.6303378461565452959) *
        r +
      1.42343711074968357734;
    const bottom =
      ((((((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r + 1.51986665636164571966e-2) * r +
        1.4810397642748007459e-1) *
        r +
        6.8976733498510000455e-1) *
        r +
        1.6763848301838038494) *
        r +
        2.05319162663775882187) *
        r +
      1;
    return top / bottom;
  }
  r -= 5;
  const top =
    ((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 1.2426609473880784386e-3) * r +
      2.6532189526576123093e-2) *
      r +
      2.9656057182850489123e-1) *
      r +
      1.7848265399172913358) *
      r +
      5.4637849111641143699) *
      r +
    6.6579046435011037772;
  const bottom =
    ((((((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r + 1.8463183175100546818e-5) * r +
      7.868691311456132591e-4) *
      r +
      1.48753612908506148525e-2) *
      r +
      1.3692988092273580531e-1) *
      r +
      5.9983220655588793769e-1) *
      r +
    1;
  return top / bottom;
}

/** Φ⁻¹ without the polishing step, relative error about 1e-15; positional, for hot loops. */
export function inverseNormCdfFast(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return inverseCentral(q);
  return q < 0 ? -inverseTail(p) : inverseTail(1 - p);
}

/** The z with Φ(z) − Φ(−z) = mass, for mass in [0, 1); keeps its digits when the mass is tiny. */
export function inverseCentralMass(mass: number): number {
  return mass <= 0.85 ? inverseCentral(0.5 * mass) : inverseTail(0.5 * (1 - mass));
}

/**
 * Inverse of the standard normal distribution.
 *
 * @param p probability, strictly between 0 and 1
 * @throws if p is outside (0, 1): the caller's bug
 *
 * Source: Wichura (1988), AS 241, Applied Statistics 37; then one Halley step on Φ.
 * Proof:  test/unit/quant/normal.test.ts (40-digit values, round trip)
 */
export function inverseNormCdf(p: number): number {
  assertThat(p > 0 && p < 1, `a probability must lie strictly between 0 and 1; got ${p}`);
  if (p > 0.5) return p === 1 ? 0 : -inverseLower(1 - p);
  return inverseLower(p);
}

function inverseLower(p: number): number {
  const z = inverseNormCdfFast(p);
  if (z > -0.6629126073623882 || z < -37.5) return z;
  const ratio = normRatio(z);
  // (Φ(z) − p)/φ(z), written so that the tail does not underflow
  const newton = ratio - p / normPdf(z);
  return z - newton / (1 + 0.5 * z * newton);
}

const bivariateRule = gaussLegendreNodes(20);
/** Below this exponent a term is under 1e-43 and is left out. */
const negligibleExponent = -100;

/**
 * Standard bivariate normal distribution P(X ≤ x, Y ≤ y) with the given correlation.
 *
 * @param point.correlation between −1 and 1
 * @throws if the correlation is outside its bounds: the caller's bug
 *
 * Limits: correlation ±1 and 0 are exact; absolute error about 1e-15.
 * Source: Genz (2004), Statistics and Computing 14, after Drezner and Wesolowsky (1990).
 * Proof:  test/unit/quant/normal.test.ts (30-digit quadrature, symmetries, limits)
 */
export function bivariateNormCdf(point: {
  readonly x: number;
  readonly y: number;
  readonly correlation: number;
}): number {
  const { x, y, correlation } = point;
  assertThat(
    correlation >= -1 && correlation <= 1 && x === x && y === y,
    `correlation must lie in [-1, 1]; got ${correlation}`,
  );
  if (x === -Infinity || y === -Infinity) return 0;
  if (x === Infinity) return normCdf(y);
  if (y === Infinity) return normCdf(x);
  const value = Math.abs(correlation) < 0.925 ? moderate(-x, -y, correlation) : extreme(-x, -y, correlation);
  return Math.min(Math.max(value, 0), Math.min(normCdf(x), normCdf(y)));
}

/** P(X > h, Y > k) by integrating the density over the correlation, from 0. */
function moderate(h: number, k: number, correlation: number): number {
  const product = normCdf(-h) * normCdf(-k);
  if (correlation === 0) return product;
  const half = 0.5 * Math.asin(correlation);
  const squares = 0.5 * (h * h + k * k);
  let sum = 0;
  for (let i = 0; i < bivariateRule.nodes.length; i++) {
    const sine = Math.sin(half * (1 + bivariateRule.nodes[i]!));
    sum += bivariateRule.weights[i]! * Math.exp((sine * h * k - squares) / (1 - sine * sine));
  }
  return product + (sum * half) / (2 * Math.PI);
}

/** P(X > h, Y > k) for |correlation| near 1, from the singular end. */
function extreme(h: number, k0: number, correlation: number): number {
  const k = correlation < 0 ? -k0 : k0;
  const hk = h * k;
  let value = 0;
  const gap = (1 - correlation) * (1 + correlation);
  if (gap > 0) {
    const root = Math.sqrt(gap);
    const squared = (h - k) * (h - k);
    const c = (4 - hk) / 8;
    const d = (12 - hk) / 80;
    const exponent = -0.5 * (squared / gap + hk);
    if (exponent > negligibleExponent)
      value =
        root * Math.exp(exponent) * (1 - (c * (squared - gap) * (1 - d * squared)) / 3 + c * d * gap * gap);
    if (hk > negligibleExponent) {
      const distance = Math.sqrt(squared);
      value -=
        Math.exp(-0.5 * hk) *
        sqrtTwoPi *
        normCdf(-distance / root) *
        distance *
        (1 - (c * squared * (1 - d * squared)) / 3);
    }
    let sum = 0;
    const half = 0.5 * root;
    for (let i = 0; i < bivariateRule.nodes.length; i++) {
      const reach = half * (1 + bivariateRule.nodes[i]!);
      const xs = reach * reach;
      const term = -0.5 * (squared / xs + hk);
      if (term <= negligibleExponent) continue;
      const rs = Math.sqrt(1 - xs);
      const series = 1 + c * xs * (1 + 5 * d * xs);
      const exact = Math.exp((-0.5 * hk * xs) / ((1 + rs) * (1 + rs))) / rs;
      sum += bivariateRule.weights[i]! * Math.exp(term) * (series - exact);
    }
    value = (half * sum - value) / (2 * Math.PI);
  }
  if (correlation > 0) return value + normCdf(-Math.max(h, k));
  if (h >= k) return -value;
  return (h < 0 ? normCdf(k) - normCdf(h) : normCdf(-h) - normCdf(-k)) - value;
}
