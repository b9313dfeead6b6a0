import { americanCalcs } from './american-calcs.ts';
import type { Calc } from './define-calc.ts';
import { dispersionCalcs } from './dispersion-calcs.ts';
import { europeanCalcs } from './european-calcs.ts';
import { forwardStartCalcs } from './forward-start-calcs.ts';
import { selectionCalcs } from './selection-calcs.ts';
import { surfaceCalcs } from './surface-calcs.ts';
import { volCalcs } from './vol-calcs.ts';

const calcs: Readonly<Record<string, Calc>> = {
  ...europeanCalcs,
  ...americanCalcs,
  ...forwardStartCalcs,
  ...volCalcs,
  ...dispersionCalcs,
  ...surfaceCalcs,
  ...selectionCalcs,
};

/** Every calc by its name. A Map: a name such as `constructor` finds nothing. */
export const calcTable: ReadonlyMap<string, Calc> = new Map(Object.entries(calcs));
