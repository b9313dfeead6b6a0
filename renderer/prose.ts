import { date } from './format.ts';

/**
 * A sentence of the desk as the window writes it: days as `18 Dec 2026`, a true minus before a number.
 * Names of files and instants keep what they are called.
 */
export const prose = (sentence: string): string =>
  sentence
    .replace(/(?<![\w/-]|\w\.)\d{4}-\d{2}-\d{2}(?![\w/-]|\.\w)/g, (iso) => date(iso))
    .replace(/(?<=[\s(])-(?=\d)/g, '−');
