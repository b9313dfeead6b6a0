/**
 * Coefficients of the kernels for ordinary quotes, read by `ordinary-quotes.ts` and by the lanes of
 * `main/compute/lanes`. Lowest power first.
 *
 * Own fits except where a source stands.
 * Proof: test/unit/quant/ordinary-quotes.test.ts
 */

/** Mills' ratio Φ(−a)/φ(a) in u = a + ½ on −½ ≤ a ≤ 8½: relative error 1.4e-16. */
export const millsTop = [
  1.96401749535799388, 2.48473795795463754, 1.64833743158670563, 0.703219169519437509, 0.206882542379652165,
  0.0425729549404994916, 0.00597313588218921465, 0.000524524260499202072, 0.0000223294104581786116,
] as const;
export const millsBottom = [
  1, 2.27429069048057636, 2.38210227319359665, 1.51281684671607056, 0.644381535399009152,
  0.191790435286611577, 0.0401221857718026103, 0.00573319877036800812, 0.000513359666349574931,
  0.0000223294091256812767,
] as const;

/** 2 atanh(z)/z in z² up to z = 0.1716, where the ratio of two numbers reaches √2. Source: fdlibm e_log.c. */
export const logTerms = [
  2, 0.666666666666673513, 0.3999999999940941908, 0.2857142874366239149, 0.2222219843214978396,
  0.1818357216161805012, 0.1531383769920937332, 0.1479819860511658591,
] as const;

/** Square of the largest z that `logTerms` serve. */
export const mostSquaredShare = 0.02944;
/** The same series cut short, for a first guess. */
export const roughLogTerms = [2, 2 / 3, 2 / 5, 2 / 7] as const;

/** c(r)/r² of e^r = 1 + 2r/(2 − r + c(r)) in r², |r| ≤ ½ln 2. Source: fdlibm e_exp.c. */
export const expTerms = [
  1.66666666666666019037e-1, -2.77777777770155933842e-3, 6.61375632143793436117e-5, -1.6533902205465251539e-6,
  4.13813679705723846039e-8,
] as const;
/** ln 2 in two parts, the first with trailing zeros. */
export const logTwo = {
  high: 6.9314718036912381649e-1,
  low: 1.90821492927058770002e-10,
  inverse: Math.LOG2E,
};
/** Adding and subtracting it rounds to the nearest integer. */
export const rounder = 6755399441055744;

/**
 * First guess through Bachelier's model, whose inverse depends on time value over |F − K| alone.
 * Near the money, up to 1.55 deviations: s = (half straddle)·bottom/top in (|F − K|/half straddle)²: error 8e-6.
 */
export const nearTop = [0.398945542, -0.182308062, 0.0234592452, -0.00064277223] as const;
export const nearBottom = [1, -0.536480136, 0.0897589614, -0.00448310238] as const;
/** Time value over |F − K| at 1.55 deviations. */
export const nearShare = 0.016854403737931692;
/** Beyond, up to 8.7: distance in deviations = top/bottom in √(−ln(time value/|F − K|)): error 1.3e-5. */
export const farTop = [0.559662323, 0.180741869, -0.745394088, 0.663894896] as const;
export const farBottom = [1, -0.359483282, 0.463719714] as const;
/** sinh(x/2)/(x/2) in x². */
export const sinhTerms = [1, 1 / 24, 1 / 1920, 3.1e-6] as const;
/** s over its Bachelier guess: 1 + q·(c0 + x²·(c1 + c2·x²) + q·(c3 + c4·x² + c5·q)), q the guess squared: error 3e-6. */
export const deviationTerms = [
  0.041656854, -0.00034451822, 5.6830424e-6, 0.0036322975, -7.1239896e-5, 0.00047195504,
] as const;

/** Where the kernels hold; other quotes take the general path. */
export const ordinary = {
  /** Square of ln(F/K). */
  mostSquaredLog: 6.25,
  mostDeviation: 1,
  /** |ln(F/K)| over the deviation. */
  mostDistance: 8,
  /** Below this half deviation the difference of two ratios is summed from its moments. */
  smallHalfDeviation: 0.21,
  /** Below this one four moments do. */
  tinyHalfDeviation: 0.03,
  /** F·K must lie between 1 over it and it, so that no product leaves the doubles. */
  mostProduct: 1e200,
  /** Shares of a price by which the guess may miss it. */
  mostMiss: 0.004,
} as const;
