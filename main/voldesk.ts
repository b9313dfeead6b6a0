import process from 'node:process';

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
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(name, () => {
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
