import { ok } from '../../../shared/result.ts';
import { cliCommand, type CliCommand } from './command.ts';
import { fixed, percent, textFacts, textTable } from './text.ts';
import { wrongUsage } from './arguments.ts';

/** What a contract waits for, and what can be asked of it, on the command line. */
export const contractLifeCliCommands: readonly CliCommand[] = [
  cliCommand({
    words: ['contracts', 'fixing'],
    usage: 'ID [--second]',
    summary: 'prices, average and rounding that a fixing would take',
    options: { second: 'flag' },
    positionals: { least: 1, most: 1 },
    writes: false,
    run: async ({ positionals: [contractId = ''], values: { second } }, desk) => {
      const answer = await desk.ask('contracts.fixing', {
        contractId,
        which: second === true ? 'second' : 'first',
      });
      if (!answer.ok) return answer;
      const { prices, average, level, strikes, referenceDate, reason, roundTo } = answer.value;
      const table = textTable(prices, [
        { heading: 'session', text: (row) => row.date, left: true },
        { heading: 'price', text: (row) => row.what, left: true },
        { heading: 'level', text: (row) => fixed(row.price, 4) },
        { heading: 'from', text: (row) => row.note, left: true },
      ]);
      const facts = textFacts([
        ['contract', `${contractId}, ${referenceDate}`],
        ['average', fixed(average, 6)],
        ['fixing', `${fixed(level, 4)}${roundTo === 0 ? '' : `, rounded to ${roundTo}`}`],
        ['strike', strikes.map((strike) => fixed(strike, 4)).join(' / ')],
      ]);
      return ok({
        json: answer.value,
        text: [table, facts, ...(reason === null ? [] : [reason])].join('\n'),
      });
    },
  }),
  cliCommand({
    words: ['contracts', 'dates'],
    usage: '[--days N]',
    summary: 'expiries, fixings, observation periods and dividends ahead; what is due first',
    options: { days: 'number' },
    positionals: { least: 0, most: 0 },
    writes: false,
    run: async ({ values: { days } }, desk) => {
      const answer = await desk.ask('contracts.calendar', { asOf: desk.asOf, days });
      if (!answer.ok) return answer;
      const text = textTable(answer.value.dates, [
        { heading: 'date', text: (row) => row.date, left: true },
        { heading: 'status', text: (row) => row.status, left: true },
        { heading: 'what', text: (row) => row.kind, left: true },
        { heading: 'name', text: (row) => row.underlying, left: true },
        { heading: 'of', text: (row) => row.subject, left: true },
        { heading: 'remark', text: (row) => row.note, left: true },
      ]);
      return ok({ json: answer.value, text });
    },
  }),
  cliCommand({
    words: ['contracts', 'rich'],
    usage: 'ID [--years N]',
    summary: 'a contract against the chain and against past moves',
    options: { years: 'number' },
    positionals: { least: 1, most: 1 },
    writes: false,
    run: async ({ positionals: [contractId = ''], values: { years } }, desk) => {
      const answer = await desk.ask('contracts.richness', { contractId, years, asOf: desk.asOf });
      if (!answer.ok) return answer;
      const { contractVol, marketVol, breakEvens, history, reason } = answer.value;
      const text = textFacts([
        ['contract', contractId],
        ['its volatility', percent(contractVol, 2)],
        ['chain', percent(marketVol, 2)],
        ['break-even moves', breakEvens.map((move) => percent(move - 1, 2)).join(', ')],
        [
          'earned back',
          history === null
            ? (reason ?? '')
            : `${percent(history.earnedShare, 0)} of ${history.windows} windows`,
        ],
        ['independent', history === null ? '' : String(history.independentWindows)],
        ['percentile', history === null ? '' : percent(history.volPercentile, 0)],
      ]);
      return ok({ json: answer.value, text });
    },
  }),
  cliCommand({
    words: ['exposure', 'hedge'],
    usage: 'S [--suggestion N] [--listed] [--cut contracts|months|quarters|expiries] [--target START=VEGA,…]',
    summary: 'contracts per slice that bring vega to zero or to a profile',
    options: { suggestion: 'number', listed: 'flag', cut: 'text', target: 'text' },
    positionals: { least: 1, most: 1 },
    writes: false,
    run: async ({ positionals: [symbol = ''], values: { suggestion, listed, cut, target } }, desk) => {
      const cuts = ['contracts', 'months', 'quarters', 'expiries'] as const;
      const known = cuts.find((word) => word === cut);
      if (cut !== undefined && known === undefined) {
        return wrongUsage('voldesk exposure hedge', `--cut is one of ${cuts.join(', ')}`);
      }
      const targets = (target ?? '')
        .split(',')
        .filter((part) => part !== '')
        .map((part) => part.split('='))
        .map(([start = '', vega = '']) => ({ start, vegaPerVolPoint: Number(vega || Number.NaN) }));
      if (targets.some(({ vegaPerVolPoint }) => !Number.isFinite(vegaPerVolPoint))) {
        return wrongUsage('voldesk exposure hedge', '--target reads as 2026-12-18=5000,2027-03-19=0');
      }
      const held = suggestion === undefined && listed !== true;
      const answer = await desk.ask('exposure.hedge', {
        underlying: symbol.toUpperCase(),
        asOf: desk.asOf,
        source:
          suggestion !== undefined
            ? { kind: 'suggestion', suggestionId: suggestion }
            : { kind: listed === true ? 'listed' : 'book' },
        cut: known ?? (held ? 'contracts' : 'quarters'),
        targets,
      });
      if (!answer.ok) return answer;
      const { slices, gamma, source } = answer.value;
      const table = textTable(slices, [
        { heading: 'from', text: (row) => row.start, left: true },
        { heading: 'to', text: (row) => row.end, left: true },
        { heading: 'vega per point', text: (row) => fixed(row.vegaPerVolPoint, 0) },
        { heading: 'target', text: (row) => fixed(row.targetVegaPerVolPoint, 0) },
        { heading: 'straddles', text: (row) => fixed(row.exact, 2) },
        { heading: 'whole', text: (row) => fixed(row.whole, 0) },
        { heading: 'left', text: (row) => fixed(row.leftVegaPerVolPoint, 0) },
      ]);
      const facts = textFacts([
        ['of', source],
        ['gamma', `${fixed(gamma.before, 0)} per 1%, after the hedge ${fixed(gamma.after, 0)}`],
      ]);
      return ok({ json: answer.value, text: `${facts}\n${table}` });
    },
  }),
];
