/** One line of the log, as JSON on standard error or in a file. */
export interface LogEntry {
  readonly at: string;
  readonly level: 'info' | 'error';
  readonly message: string;
  readonly incident?: string;
  readonly stack?: string;
}

export interface Log {
  readonly info: (message: string) => void;
  /** Records a bug and gives the id the user is told. */
  readonly incident: (message: string, error: unknown) => string;
}

/** A structured log; the moment, the ids and the place to write are passed in. */
export function createLog(request: {
  readonly now: () => string;
  readonly randomId: () => string;
  readonly write: (entry: LogEntry) => void;
}): Log {
  const { now, randomId, write } = request;
  return {
    info: (message) => {
      write({ at: now(), level: 'info', message });
    },
    incident: (message, error) => {
      const incident = randomId().slice(0, 8);
      const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
      write({ at: now(), level: 'error', message, incident, stack });
      return incident;
    },
  };
}
