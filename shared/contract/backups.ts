import { z } from 'zod';
import { nothing, query } from './define.ts';

export const backupCause = z.enum(['start', 'hour', 'by-hand', 'before-restore', 'before-migration']);
export type BackupCause = z.infer<typeof backupCause>;

/** A copy of the desk that was opened and checked when it was made. */
export const backup = z.object({
  /** Its file's name, which says when and why it was made. */
  name: z.string(),
  at: z.string(),
  cause: backupCause,
  bytes: z.number(),
});
export type Backup = z.infer<typeof backup>;

export const backupCommands = {
  /** Newest first; none on a desk in memory. */
  'backup.list': query({
    input: nothing,
    output: z.object({ folder: z.string().nullable(), backups: z.array(backup) }),
  }),
  /** A copy now, opened and checked. */
  'backup.make': query({ input: nothing, output: backup }),
  /**
   * Puts a backup in the desk's place, after it was checked and what is there was kept as a backup of its own:
   * restoring that one is the way back. Every window reads the desk anew.
   */
  'backup.restore': query({
    input: z.object({ name: z.string().min(1).max(200) }),
    output: z.object({ restored: z.string(), kept: z.string() }),
  }),
};
