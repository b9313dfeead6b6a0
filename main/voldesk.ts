import process from 'node:process';

/** A second interrupt after this long ends what does not end by itself. */
const impatienceMilliseconds = 1500;

/** The command line's start: answers with an exit status and keeps standard output for the answer alone. */
async function start(argv: readonly string[]): Promise<number> {
  // `calc` is a filter over streams and opens no desk: nothing else is loaded for it.
  if (argv[0] === 'calc') {
    const { runCalc } = await import('./calc/run-calc.ts');
    await runCalc(process.stdin, process.stdout);
    return 0;
  }
  const [{ runCli }, { openInProcess }, { defaultDeskFile }, { ownCommands }] = await Promise.all([
    import('./hosts/cli.ts'),
    import('./service-client.ts'),
    import('./desk-place.ts'),
    import('./own-commands.ts'),
  ]);
  const interrupted = new AbortController();
  let since = 0;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      // A terminal sends it to us and to who started us, who passes it on: the same wish twice. Later, it is another.
      if (interrupted.signal.aborted && performance.now() - since > impatienceMilliseconds) process.exit(1);
      if (!interrupted.signal.aborted) since = performance.now();
      interrupted.abort();
    });
  }
  const say = (text: string): void => {
    process.stderr.write(text);
  };
  return runCli(argv, {
    defaultDesk: defaultDeskFile(),
    open: async (order) => openInProcess(order),
    out: (text) => {
      process.stdout.write(`${text}\n`);
    },
    err: say,
    showsProgress: process.stderr.isTTY,
    signal: interrupted.signal,
    ownCommands: ownCommands({ signal: interrupted.signal, say }),
  });
}

// A reader that closes the pipe early (head) has all it wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await start(process.argv.slice(2));
