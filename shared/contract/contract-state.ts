import { z } from 'zod';

/** Where a contract of either kind stands in its life. */
export const contractState = z.enum([
  'anticipatory',
  'fixing-due',
  'exercise-due',
  'live',
  'settling',
  'settled',
]);
