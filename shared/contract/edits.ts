import { z } from 'zod';
import { mutation, query } from './define.ts';

const editId = z.number().int().positive();

/** Something a person changed that can be taken back. */
export const edit = z.object({
  editId,
  at: z.string(),
  actor: z.string(),
  /** What was done, in a few words: `Leave out MERI 2026-11-27 4700 C`. */
  title: z.string(),
  /** Whether it stands or was taken back. */
  state: z.enum(['done', 'undone']),
});
export type Edit = z.infer<typeof edit>;

export const editCommands = {
  /** Newest first, and the ones that undo and redo would take now. Kept with the desk, across restarts. */
  'edit.list': query({
    input: z.object({ limit: z.number().int().min(1).max(500).default(30) }),
    output: z.object({ edits: z.array(edit), undo: edit.nullable(), redo: edit.nullable() }),
  }),
  /** Takes back the newest edit that stands, or the one named. Refused where something since rests on it. */
  'edit.undo': mutation({ input: z.object({ editId: editId.optional() }), output: edit }),
  /** Does again what was taken back last, or the one named. A new edit ends what could be redone. */
  'edit.redo': mutation({ input: z.object({ editId: editId.optional() }), output: edit }),
};
