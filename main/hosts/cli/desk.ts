import { resolve } from 'node:path';
import { ok } from '../../../shared/result.ts';
import { cliCommand, type CliCommand } from './command.ts';
import { fixed, textTable } from './text.ts';

export const deskCliCommands: readonly CliCommand[] = [
  cliCommand({
    words: ['backup'],
    usage: 'FILE',
    summary: 'writes a verified copy of the desk',
    options: {},
    positionals: { least: 1, most: 1 },
    writes: false,
    run: async ({ positionals: [file = ''] }, desk) => {
      const answer = await desk.ask('desk.backup', { file: resolve(file) });
      if (!answer.ok) return answer;
      const { bytes } = answer.value;
      return ok({ json: answer.value, text: `${answer.value.file}: ${fixed(bytes, 0)} bytes, checked.` });
    },
  }),
  cliCommand({
    words: ['health'],
    usage: '',
    summary: 'checks the desk and its data',
    options: {},
    positionals: { least: 0, most: 0 },
    writes: false,
    run: async (_, desk) => {
      const answer = await desk.ask('desk.health', { asOf: desk.asOf });
      if (!answer.ok) return answer;
      const { findings } = answer.value;
      const text =
        findings.length === 0
          ? 'Nothing found.'
          : textTable(findings, [
              { heading: 'severity', text: ({ severity }) => severity, left: true },
              { heading: 'subject', text: ({ subject }) => subject, left: true },
              { heading: 'finding', text: ({ sentence }) => sentence, left: true },
            ]);
      return ok({ json: answer.value, text });
    },
  }),
];
