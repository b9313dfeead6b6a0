import type { Progress } from '../../shared/contract/messages.ts';

/** What a job may use beside its input. */
export interface JobContext {
  /** Progress for the asker; call it a few times a second at most. */
  readonly progress: (progress: Progress) => void;
}

/** What workers can do. Add a line per job: `(input, context) => output`, plain data in and out. */
export const jobs = {} satisfies Record<string, (input: never, context: JobContext) => unknown>;

type Jobs = typeof jobs;
export type JobName = keyof Jobs & string;
type JobOf<Name extends JobName> = Jobs[Name] extends (...args: never[]) => unknown ? Jobs[Name] : never;
export type JobInput<Name extends JobName> = Parameters<JobOf<Name>>[0];
export type JobOutput<Name extends JobName> = Awaited<ReturnType<JobOf<Name>>>;
