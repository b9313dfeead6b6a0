import { ok } from '../../../shared/result.ts';
import { wrongUsage } from './arguments.ts';
import { cliCommand, type CliCommand } from './command.ts';
import { fixed, percent, textFacts, textTable } from './text.ts';

/** The marks of a realized-volatility contract, and what it is made of, on the command line. */
export const volContractCliCommands: readonly CliCommand[] = [
  cliCommand({
    words: ['contracts', 'observe'],
    usage: 'ID --date D [--time HH:MM] --mark X | --disrupted | --stored [--reason R]',
    summary: 'corrects a mark, or declares a session disrupted',
    options: {
      date: 'date',
      time: 'text',
      mark: 'number',
      disrupted: 'flag',
      stored: 'flag',
      reason: 'text',
    },
    positionals: { least: 1, most: 1 },
    writes: true,
    run: async ({ positionals: [contractId = ''], values }, desk) => {
      const { date, time, mark, disrupted, stored, reason } = values;
      const said = [mark !== undefined, disrupted === true, stored === true].filter(Boolean).length;
      if (date === undefined || said !== 1) {
        const needs = 'it needs --date D and one of --mark X, --disrupted and --stored';
        return wrongUsage('voldesk contracts observe', needs);
      }
      const status = mark !== undefined ? 'marked' : disrupted === true ? 'disrupted' : 'stored';
      const answer = await desk.ask('contracts.observe', {
        contractId,
        observations: [{ date, time: time ?? null, status, mark: mark ?? null }],
        reason: reason ?? '',
      });
      if (!answer.ok) return answer;
      return ok({ json: answer.value, text: `The mark of ${contractId} on ${date} is ${status}.` });
    },
  }),
  cliCommand({
    words: ['contracts', 'analyze'],
    usage: 'ID [--convexity]',
    summary: 'estimators on its observations, its strip, the equal variance swap',
    options: { convexity: 'flag' },
    positionals: { least: 1, most: 1 },
    writes: false,
    run: async ({ positionals: [contractId = ''], values: { convexity } }, desk) => {
      const answer = await desk.ask('contracts.volAnalysis', {
        contractId,
        asOf: desk.asOf,
        convexity: convexity === true ? 'secondOrder' : 'none',
      });
      if (!answer.ok) return answer;
      const { estimators, strip, variance, fairVol, reason } = answer.value;
      const text = [
        textFacts([
          ['contract', contractId],
          ['fair', fairVol === null ? (reason ?? '') : percent(fairVol, 2)],
          ['strip', strip.reason ?? percent(strip.combinedVol, 2)],
          ['rich', strip.reason ?? `${fixed(strip.richTicks, 1)} ticks, ${fixed(strip.rich, 0)} a contract`],
          [
            'variance swap',
            variance === null ? '' : `${fixed(variance.variancePerVolPointSquared)} per point²`,
          ],
        ]),
        textTable(estimators, [
          { heading: 'estimator', text: (row) => row.estimator, left: true },
          { heading: 'realized', text: (row) => percent(row.vol, 2) },
          { heading: 'ticks', text: (row) => fixed(row.differenceTicks, 0) },
          { heading: 'difference', text: (row) => fixed(row.difference, 0) },
          { heading: 'remark', text: (row) => row.reason ?? '', left: true },
        ]),
        textTable(strip.parts, [
          { heading: 'from', text: (row) => row.startDate, left: true },
          { heading: 'to', text: (row) => row.endDate, left: true },
          { heading: 'observations', text: (row) => fixed(row.observations, 0) },
          { heading: 'volatility', text: (row) => percent(row.vol, 2) },
          { heading: 'a whole', text: (row) => fixed(row.contractsPerWhole) },
        ]),
      ];
      return ok({ json: answer.value, text: text.join('\n') });
    },
  }),
];
