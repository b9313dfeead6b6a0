import type { ReassessDue, ReassessSchedule } from '../../../shared/contract/reassess.ts';
import { ok } from '../../../shared/result.ts';
import { wrongUsage } from './arguments.ts';
import { cliCommand, type CliCommand } from './command.ts';
import { fixed, percent, textTable } from './text.ts';

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];

const dueText = (baskets: readonly ReassessDue[]): string =>
  baskets.length === 0
    ? 'No hedge is on.'
    : textTable(baskets, [
        { heading: 'basket', text: ({ basket }) => basket, left: true },
        { heading: 'due', text: ({ due }) => (due ? 'yes' : 'no'), left: true },
        { heading: 'why', text: ({ sentence }) => sentence, left: true },
      ]);

const runNumber = (given: string): number | null => {
  const id = Number(given);
  return Number.isSafeInteger(id) && id > 0 ? id : null;
};

/** The log of re-assessments, what changed between two of them, and when the next is due. */
export const reassessLogCliCommands: readonly CliCommand[] = [
  cliCommand({
    words: ['reassess', 'log'],
    usage: '[BASKET]',
    summary: 'the runs of the re-assessment that were kept, newest first',
    options: {},
    positionals: { least: 0, most: 1 },
    writes: false,
    run: async ({ positionals: [basket] }, desk) => {
      const answer = await desk.ask('reassess.runs', { basket });
      if (!answer.ok) return answer;
      const text = textTable(answer.value.runs, [
        { heading: 'run', text: ({ runId }) => fixed(runId, 0) },
        { heading: 'basket', text: (run) => run.basket, left: true },
        { heading: 'day', text: ({ asOf }) => asOf, left: true },
        { heading: 'cause', text: ({ cause }) => cause, left: true },
        { heading: 'net delta', text: ({ netDeltaFraction }) => percent(netDeltaFraction, 2) },
        { heading: 'to act on', text: ({ toAct, legs }) => `${toAct} of ${legs}` },
        { heading: 'fired', text: ({ fired }) => fired.join(', '), left: true },
      ]);
      return ok({ json: answer.value, text });
    },
  }),
  cliCommand({
    words: ['reassess', 'diff'],
    usage: 'RUN [AGAINST]',
    summary: 'what a run says that the one before it did not',
    options: {},
    positionals: { least: 1, most: 2 },
    writes: false,
    run: async ({ positionals: [run = '', other] }, desk) => {
      const [runId, against] = [runNumber(run), other === undefined ? undefined : runNumber(other)];
      if (runId === null || against === null)
        return wrongUsage('voldesk reassess diff', 'RUN and AGAINST are numbers of the log');
      const answer = await desk.ask('reassess.compare', { runId, against });
      if (!answer.ok) return answer;
      const { before, after, nowFired, nowQuiet, legs } = answer.value;
      const text = [
        `Run ${after.runId} of ${after.asOf} against run ${before.runId} of ${before.asOf}`,
        `net delta ${percent(before.netDeltaFraction, 2)} to ${percent(after.netDeltaFraction, 2)}`,
        ...nowFired.map(({ rule, reason }) => `now fires: ${rule}: ${reason}`),
        ...nowQuiet.map(({ rule, reason }) => `quiet again: ${rule}: ${reason}`),
        textTable(legs, [
          { heading: 'leg', text: ({ leg }) => leg, left: true },
          { heading: 'change', text: ({ change }) => change, left: true },
          { heading: 'was', text: ({ actionBefore }) => actionBefore ?? '', left: true },
          { heading: 'is', text: ({ actionAfter }) => actionAfter ?? '', left: true },
          { heading: 'mark', text: ({ mark }) => `${fixed(mark.before)} to ${fixed(mark.after)}` },
          { heading: 'delta', text: ({ delta }) => `${fixed(delta.before, 3)} to ${fixed(delta.after, 3)}` },
        ]),
      ].join('\n');
      return ok({ json: answer.value, text });
    },
  }),
  cliCommand({
    words: ['reassess', 'due'],
    usage: '',
    summary: 'which hedges are to be looked at again, and why',
    options: {},
    positionals: { least: 0, most: 0 },
    writes: false,
    run: async (_, desk) => {
      const answer = await desk.ask('reassess.due', {});
      return answer.ok ? ok({ json: answer.value, text: dueText(answer.value.baskets) }) : answer;
    },
  }),
  cliCommand({
    words: ['reassess', 'schedule'],
    usage: 'BASKET [--every SESSIONS] [--weekly monday, tuesday, …] [--off]',
    summary: 'when a hedge is to be looked at again without any event',
    options: { every: 'integer', weekly: 'text', off: 'flag' },
    positionals: { least: 1, most: 1 },
    writes: true,
    run: async ({ positionals: [basket = ''], values }, desk) => {
      const words = 'voldesk reassess schedule';
      const given = [values.every, values.weekly, values.off].filter((value) => value !== undefined).length;
      if (given !== 1) return wrongUsage(words, 'give one of --every, --weekly and --off');
      const weekday = values.weekly === undefined ? 0 : weekdays.indexOf(values.weekly.toLowerCase());
      if (weekday < 0) return wrongUsage(words, `--weekly takes ${weekdays.join(', ')}`);
      const schedule: ReassessSchedule = {
        kind: values.off === true ? 'off' : values.every === undefined ? 'weekly' : 'sessions',
        every: values.every ?? 5,
        weekday: weekday + 1,
      };
      const answer = await desk.ask('reassess.setSchedule', { basket, schedule });
      return answer.ok ? ok({ json: answer.value, text: dueText([answer.value]) }) : answer;
    },
  }),
];
