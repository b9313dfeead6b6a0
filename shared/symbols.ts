import { isIsoDate } from './dates.ts';
import type { IsoDate } from './dates.ts';
import { fail, ok } from './result.ts';
import type { Result } from './result.ts';
import type { OptionType } from './units.ts';

/** A listed option's identity. The root is not always the underlying: SPXW is on SPX, NVDA1 on NVDA. */
export interface OptionSymbol {
  readonly root: string;
  readonly expiry: IsoDate;
  readonly optionType: OptionType;
  /** Underlier currency, > 0. */
  readonly strike: number;
}

/**
 * - `osi`          `NFLX  260424C00090000`, 21 characters, the clearing house's form
 * - `compact`      `NVDA251219C00010000`, the same without blanks (Cboe, vendors)
 * - `ibkr`         `TQQQ 24AUG26 70 P`
 * - `thinkorswim`  `.AMZN260410C200`
 * - `schwab`       `AAPL 12/20/2024 150.00 C`
 * - `fidelity`     `-AAPL241220C150`
 * - `readable`     `SPXW 2022-02-07 2400 C`, ours: it has room for any root and strike
 */
export type SymbolStyle = 'osi' | 'compact' | 'ibkr' | 'thinkorswim' | 'schwab' | 'fidelity' | 'readable';

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

const osiPattern = /^([A-Z0-9.]{1,6}?)(\d{2})(\d{2})(\d{2})([CP])(\d{8})$/;
const shortPattern = /^([A-Z0-9.]{1,6}?)(\d{2})(\d{2})(\d{2})([CP])(\d{1,7}(?:\.\d{1,6})?)$/;
const ibkrPattern = /^(\S+) +(\d{1,2})([A-Z]{3})(\d{2}) +(\d+(?:\.\d+)?) +([CP])$/;
const schwabPattern = /^(\S+) +(\d{2})\/(\d{2})\/(\d{4}) +(\d+(?:\.\d+)?) +([CP])$/;
const readablePattern = /^(\S+) (\d{4}-\d{2}-\d{2}) (\d+(?:\.\d+)?) ([CP])$/;

const typeOf = (letter: string | undefined): OptionType => (letter === 'C' ? 'call' : 'put');
const letterOf = (type: OptionType): string => (type === 'call' ? 'C' : 'P');

function checked(
  root: string | undefined,
  expiry: IsoDate,
  letter: string | undefined,
  strike: number,
): OptionSymbol | null {
  if (root === undefined || !isIsoDate(expiry) || !(strike > 0)) return null;
  return { root, expiry, optionType: typeOf(letter), strike };
}

/** OSI with or without blanks, and the shorter forms built on it: `.AMZN260410C200`, `-AAPL241220C150`. */
function parseDense(text: string): OptionSymbol | null {
  const dense = text.replace(/^O:/, '').replace(/^[.-]/, '').replace(/ /g, '');
  const osi = osiPattern.exec(dense);
  const match = osi ?? shortPattern.exec(dense);
  if (match === null) return null;
  const [, root, year, month, day, letter, digits] = match;
  const strike = osi === null ? Number(digits) : Number(digits) / 1000;
  return /[A-Z]/.test(root ?? '') ? checked(root, `20${year}-${month}-${day}`, letter, strike) : null;
}

function parseSpaced(text: string): OptionSymbol | null {
  const readable = readablePattern.exec(text);
  if (readable !== null) return checked(readable[1], readable[2] ?? '', readable[4], Number(readable[3]));
  const schwab = schwabPattern.exec(text);
  if (schwab !== null) {
    const [, root, month, day, year, strike, letter] = schwab;
    return checked(root?.replaceAll('/', ''), `${year}-${month}-${day}`, letter, Number(strike));
  }
  const ibkr = ibkrPattern.exec(text);
  if (ibkr !== null) {
    const [, root, day, name, year, strike, letter] = ibkr;
    const month = String(months.indexOf(name ?? '') + 1).padStart(2, '0');
    return checked(root, `20${year}-${month}-${day?.padStart(2, '0')}`, letter, Number(strike));
  }
  return null;
}

/**
 * Reads an option's name in any of the styles above, case-insensitive, blanks and the prefixes `O:`, `.`
 * and `-` allowed. Two-digit years are 2000 to 2099.
 *
 * Failures: `not-an-option-symbol`, also for a day that does not exist or a strike of zero.
 * Source: OCC option symbology initiative, 2010 (root 6, yymmdd, C/P, strike × 1000 in 8 digits).
 * Proof: test/unit/symbols.test.ts, test/property/feeds/symbols.test.ts
 */
export function parseOptionSymbol(text: string): Result<OptionSymbol, 'not-an-option-symbol'> {
  const upper = text.trim().toUpperCase();
  const symbol = parseSpaced(upper) ?? parseDense(upper);
  return symbol === null ? fail('not-an-option-symbol') : ok(symbol);
}

/** A strike without exponent or superfluous zeros, to six places. */
const plainStrike = (strike: number): string => {
  const whole = String(strike);
  return whole.includes('e') ? String(Number(strike.toFixed(6))) : whole;
};

/** Our own form, for any root and strike. */
export const readableSymbol = (option: OptionSymbol): string =>
  `${option.root} ${option.expiry} ${plainStrike(option.strike)} ${letterOf(option.optionType)}`;

/** Strike × 1000 in eight digits; null where it has more places or is too large. */
function osiStrike(strike: number): string | null {
  const thousandths = Math.round(strike * 1000);
  const exact = Math.abs(strike * 1000 - thousandths) < 1e-6 * Math.max(1, strike);
  return exact && thousandths > 0 && thousandths < 1e8 ? String(thousandths).padStart(8, '0') : null;
}

/** True where a dense form can be read back: letters, digits and dots, at most six, not ending the date early. */
const isDenseRoot = (root: string): boolean => /^(?:\d?[A-Z][A-Z.]*\d?)$/.test(root) && root.length <= 6;

/** Written in a style; null where the style has no room for the root, the year or the strike. */
function written(option: OptionSymbol, style: SymbolStyle): string | null {
  const { root, expiry } = option;
  if (style === 'readable') return readableSymbol(option);
  const [year = '', month = '', day = ''] = expiry.split('-');
  const letter = letterOf(option.optionType);
  const strike = osiStrike(option.strike);
  if (strike === null || !year.startsWith('20') || !isDenseRoot(root)) return null;
  const shortYear = year.slice(2);
  const date = `${shortYear}${month}${day}`;
  const plain = plainStrike(option.strike);
  switch (style) {
    case 'osi':
      return `${root.padEnd(6)}${date}${letter}${strike}`;
    case 'compact':
      return `${root}${date}${letter}${strike}`;
    case 'ibkr':
      return `${root} ${day}${months[Number(month) - 1]}${shortYear} ${plain} ${letter}`;
    case 'thinkorswim':
      return `.${root}${date}${letter}${plain}`;
    case 'fidelity':
      return `-${root}${date}${letter}${plain}`;
    case 'schwab': {
      const cents = Math.round(option.strike * 100) / 100 === option.strike;
      return `${root} ${month}/${day}/${year} ${cents ? option.strike.toFixed(2) : plain} ${letter}`;
    }
    default:
      return null;
  }
}

/**
 * Writes an option's name in a style.
 *
 * Failures: `not-representable`: a root of more than six letters, a year outside 2000–2099, or a strike
 * beyond eight digits with three places, in any style but `readable`.
 */
export function writeOptionSymbol(request: {
  readonly option: OptionSymbol;
  readonly style: SymbolStyle;
}): Result<string, 'not-representable'> {
  const text = written(request.option, request.style);
  return text === null ? fail('not-representable') : ok(text);
}
