/** Decimal prices as whole numbers and logarithms to forty digits: arithmetic that shares nothing with doubles. */
const digits = 40n;
export const exactOne = 10n ** digits;

/** A decimal number as written, over 10^8. */
export function exactPrice(text: string): bigint {
  const [whole = '0', part = ''] = text.split('.');
  return BigInt(whole) * 10n ** 8n + BigInt(part.padEnd(8, '0').slice(0, 8));
}

/** ln(a/b) = 2·artanh((a − b)/(a + b)), by its series, in units of 10^-40. */
export function exactLog(a: bigint, b: bigint): bigint {
  const ratio = ((a - b) * exactOne) / (a + b);
  const square = (ratio * ratio) / exactOne;
  let power = ratio;
  let sum = 0n;
  for (let odd = 1n; power !== 0n; odd += 2n) {
    sum += power / odd;
    power = (power * square) / exactOne;
  }
  return 2n * sum;
}

export const exactProduct = (a: bigint, b: bigint): bigint => (a * b) / exactOne;

/** The root of a number in units of 10^-40, in the same units, by Newton's method on whole numbers. */
export function exactRoot(value: bigint): bigint {
  if (value <= 0n) return 0n;
  const target = value * exactOne;
  let root = 1n << BigInt(Math.ceil(target.toString(2).length / 2) + 1);
  for (;;) {
    const next = (root + target / root) / 2n;
    if (next >= root) return root;
    root = next;
  }
}
