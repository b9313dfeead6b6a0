/** Rows that memory holds at once: few enough to stay in the nearest cache. */
export const rowsAtOnce = 512;

const bytesOfColumn = rowsAtOnce * Float64Array.BYTES_PER_ELEMENT;
const nth = (n: number): number => n * bytesOfColumn;

/** Where each column starts in the module's memory, bytes. */
export const columns = {
  /** +1 for a call, −1 for a put. */
  sign: nth(0),
  forward: nth(1),
  strike: nth(2),
  time: nth(3),
  discountFactor: nth(4),
  /** Prices of the inverse, volatilities of the greeks. */
  given: nth(5),
  /** Volatilities of the inverse, prices of the greeks; NaN where the row is not ordinary. */
  found: nth(6),
  deltaForward: nth(7),
  gammaForward: nth(8),
  vegaPerVol: nth(9),
  thetaPerYear: nth(10),
} as const;

/** What lies behind the columns: constants. */
export const endOfColumns = nth(11);
