import { existsSync } from 'node:fs';
import { join } from 'node:path';

const top = join(import.meta.dirname, '..');
const nse = join(top, '../shared/data/nse/fo_2026-02-25_2026-03-27.csv.gz');

/** The largest option file at hand: a month of NSE derivatives beside the checkout, else the demo market's prices. */
export const bigFile: { readonly path: string; readonly label: string } = existsSync(nse)
  ? { path: nse, label: 'NSE, 21 days' }
  : { path: join(top, 'resources/demo/prices.csv.gz'), label: 'demo prices' };

export const demoFolder = join(top, 'resources/demo');
