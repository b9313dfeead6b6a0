/** One field: its tag and value; null leaves it out, for FIX knows no empty fields. */
export type FixField = readonly [tag: number, value: string | number | null];

const separator = '\u0001';

/** Printable ASCII, so that no value ends its field and lengths in characters are lengths in bytes. */
const plain = (value: string | number): string => String(value).replace(/[^\x20-\x7e]/g, '');

const written = (fields: readonly FixField[]): string =>
  fields
    .map(([tag, value]) => [tag, value === null ? '' : plain(value)] as const)
    .filter(([, value]) => value !== '')
    .map(([tag, value]) => `${tag}=${value}${separator}`)
    .join('');

/** Sum of all bytes before the field, modulo 256, three digits. */
const checkSumOf = (text: string): string => {
  let sum = 0;
  for (let at = 0; at < text.length; at += 1) sum += text.charCodeAt(at);
  return String(sum % 256).padStart(3, '0');
};

/** `YYYYMMDD-HH:MM:SS`, from an instant in UTC. */
export const fixTimestamp = (instant: string): string =>
  instant.replace(/^(\d{4})-(\d{2})-(\d{2})T(\d{2}:\d{2}:\d{2}).*$/, '$1$2$3-$4');

/**
 * A FIX 4.4 message: `8`, the length of the body, the type, the body in the order given, the check sum.
 * Source: FIX 4.4 volume 1, message format: BodyLength counts from after its own field up to and with the
 * separator before CheckSum. Proof: test/unit/tickets/fix.test.ts
 */
export function fixMessage(type: string, fields: readonly FixField[]): string {
  const body = written([[35, type], ...fields]);
  const head = written([
    [8, 'FIX.4.4'],
    [9, body.length],
  ]);
  const text = `${head}${body}`;
  return `${text}${written([[10, checkSumOf(text)]])}`;
}
