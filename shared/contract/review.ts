import { z } from 'zod';
import { finite, mutation, query } from './define.ts';
import { suggestion } from './hedge.ts';

const ofSuggestion = z.object({ suggestionId: z.number() });

export const reviewCommands = {
  /**
   * Another listed contract of the same underlying in the place of a leg, priced from the chain of the
   * suggestion's day; side and, unless told, quantity stay. The new leg is undecided; all is checked again.
   */
  'suggestion.replaceLeg': mutation({
    input: z.object({
      suggestionId: z.number(),
      legId: z.string(),
      contract: z.string().min(1).max(64),
      quantity: z.number().int().min(1).optional(),
      /** Per unit; absent: the side of the market a trade meets. */
      price: finite.min(0).optional(),
    }),
    output: suggestion,
  }),
  /** A remark that stays with the leg; empty takes it away. */
  'suggestion.noteLeg': mutation({
    input: z.object({ suggestionId: z.number(), legId: z.string(), note: z.string().max(1000) }),
    output: suggestion,
  }),
  /** Takes back the last change of a leg that still stands; the content is what it was, to the last digit. */
  'suggestion.undo': mutation({ input: ofSuggestion, output: suggestion }),
  /** Makes the change again that was taken back last. */
  'suggestion.redo': mutation({ input: ofSuggestion, output: suggestion }),
  /** What was done to it, oldest first, and what undo and redo would do now; null: nothing. */
  'suggestion.trail': query({
    input: ofSuggestion,
    output: z.object({
      suggestionId: z.number(),
      events: z.array(
        z.object({
          at: z.string(),
          actor: z.string(),
          kind: z.string(),
          sentence: z.string(),
          hash: z.string(),
        }),
      ),
      undo: z.string().nullable(),
      redo: z.string().nullable(),
      /** Legs whose contract, quantity or limit is no longer what was proposed. */
      changed: z.array(z.string()),
    }),
  }),
};
