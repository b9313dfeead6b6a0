import { resolve } from 'node:path';
import { ok } from '../shared/result.ts';
import type { OwnCommand } from './hosts/cli.ts';
import { wrongUsage } from './hosts/cli/arguments.ts';
import { serve } from './serve.ts';
import { restoreDesk } from './store/index.ts';

const highestPort = 65_535;

/** Commands that need more than a service on a desk: one is a host itself, one puts another file in its place. */
export function ownCommands(parts: {
  readonly signal: AbortSignal;
  readonly say: (text: string) => void;
}): readonly OwnCommand[] {
  return [
    {
      words: ['serve'],
      usage: '[--port N] [--open] [--demo]',
      summary: 'the application in a browser, on this machine only; prints its address',
      options: { port: 'integer', open: 'flag', demo: 'flag' },
      positionals: { least: 0, most: 0 },
      run: async ({ values }, deskFile) => {
        const port = typeof values['port'] === 'number' ? values['port'] : 0;
        if (port < 0 || port > highestPort) {
          return wrongUsage('voldesk serve', `--port takes a number up to ${highestPort}`);
        }
        const ended = await serve({
          deskFile,
          port,
          openBrowser: values['open'] === true,
          demoIfEmpty: values['demo'] === true,
          onReady: (url) => {
            process.stdout.write(values['json'] === true ? `${JSON.stringify({ url })}\n` : `${url}\n`);
          },
          say: (line) => {
            parts.say(`${line}\n`);
          },
          signal: parts.signal,
        });
        return ended.ok ? ok(null) : ended;
      },
    },
    {
      words: ['restore'],
      usage: 'FILE',
      summary: 'puts a checked backup in the desk’s place and keeps what was there',
      options: {},
      positionals: { least: 1, most: 1 },
      run: async ({ positionals: [file = ''] }, deskFile) => {
        const now = `${new Date().toISOString().slice(0, 19)}Z`;
        const restored = restoreDesk({ backup: resolve(file), desk: deskFile, now });
        if (!restored.ok) return restored;
        const { keptAs } = restored.value;
        const kept = keptAs === null ? '' : ` The desk before it is kept as ${keptAs}.`;
        return ok({ json: restored.value, text: `${deskFile} is restored.${kept}` });
      },
    },
  ];
}
