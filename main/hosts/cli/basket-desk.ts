import { ok } from '../../../shared/result.ts';
import { cliCommand, type CliCommand } from './command.ts';
import { fixed, percent, textTable, word } from './text.ts';

export const basketDeskCliCommands: readonly CliCommand[] = [
  cliCommand({
    words: ['basket', 'frontier'],
    usage: 'INDEX [--sizes K,…] [--from D] [--to D] [--holdout D] [--max-index-share X] [--max-weight X]',
    summary: 'r² by the number of names',
    options: {
      sizes: 'list',
      from: 'date',
      to: 'date',
      holdout: 'date',
      'max-index-share': 'number',
      'max-weight': 'number',
    },
    positionals: { least: 1, most: 1 },
    writes: false,
    run: async ({ positionals: [index = ''], values }, desk) => {
      const answer = await desk.ask('basket.frontier', {
        rules: {
          index: index.toUpperCase(),
          from: values.from,
          to: values.to,
          holdoutFrom: values.holdout,
          maxIndexShare: values['max-index-share'],
          nameBounds: values['max-weight'] === undefined ? undefined : { max: values['max-weight'] },
          asOf: desk.asOf,
        },
        sizes: values.sizes?.map(Number),
      });
      if (!answer.ok) return answer;
      const text = textTable(answer.value.points, [
        { heading: 'at most', text: (row) => String(row.maxNames) },
        { heading: 'names', text: (row) => fixed(row.names, 0) },
        { heading: 'r²', text: (row) => fixed(row.rSquared, 4) },
        { heading: 'holdout r²', text: (row) => fixed(row.rSquaredHoldout, 4) },
        { heading: 'tracking error', text: (row) => percent(row.trackingError, 2) },
        { heading: 'reason', text: (row) => row.reason ?? '', left: true },
      ]);
      return ok({ json: answer.value, text });
    },
  }),
  cliCommand({
    words: ['basket', 'versions'],
    usage: 'NAME',
    summary: 'the versions of a basket, newest first',
    options: {},
    positionals: { least: 1, most: 1 },
    writes: false,
    run: async ({ positionals: [name = ''] }, desk) => {
      const answer = await desk.ask('basket.versions', { name });
      if (!answer.ok) return answer;
      const text = textTable(answer.value.versions, [
        { heading: 'version', text: (row) => String(row.version) },
        { heading: 'index', text: (row) => row.index, left: true },
        { heading: 'as of', text: (row) => row.asOf, left: true },
        { heading: 'names', text: (row) => fixed(row.names, 0) },
        { heading: 'r²', text: (row) => fixed(row.rSquared, 4) },
        { heading: 'holdout r²', text: (row) => fixed(row.rSquaredHoldout, 4) },
        { heading: 'tracking error', text: (row) => percent(row.trackingError, 2) },
        { heading: 'saved', text: (row) => row.savedAt, left: true },
        {
          heading: 'remark',
          text: (row) =>
            [row.accepted === null ? null : `accepted: ${row.accepted.reason}`, row.note]
              .filter((part) => part !== null)
              .join('; '),
          left: true,
        },
      ]);
      return ok({ json: answer.value, text });
    },
  }),
  cliCommand({
    words: ['basket', 'compare'],
    usage: 'NAME [NAME] [--before V] [--after V]',
    summary: 'two versions of a basket, or two baskets',
    options: { before: 'integer', after: 'integer' },
    positionals: { least: 1, most: 2 },
    writes: false,
    run: async ({ positionals: [name = '', other], values }, desk) => {
      const answer = await desk.ask('basket.compare', {
        before: { name, version: values.before },
        after: { name: other ?? name, version: values.after },
      });
      if (!answer.ok) return answer;
      const { before, after, rows, turnover } = answer.value;
      const head = `${before.name} ${before.version} (r² ${fixed(before.rSquared, 4)}) to ${after.name} ${after.version} (r² ${fixed(after.rSquared, 4)}): ${percent(turnover)} turned over`;
      const table = textTable(rows, [
        { heading: 'name', text: (row) => row.symbol, left: true },
        { heading: '', text: (row) => row.change, left: true },
        { heading: 'weight before', text: (row) => percent(row.weightBefore, 2) },
        { heading: 'after', text: (row) => percent(row.weightAfter, 2) },
        { heading: 'shares before', text: (row) => fixed(row.sharesBefore, 0) },
        { heading: 'after', text: (row) => fixed(row.sharesAfter, 0) },
      ]);
      return ok({ json: answer.value, text: `${head}\n${table}` });
    },
  }),
  cliCommand({
    words: ['basket', 'trades'],
    usage: 'NAME [--version V] [--book B] [--sell-others] [--whole-lots]',
    summary: 'from the shares held to those of a basket',
    options: { version: 'integer', book: 'text', 'sell-others': 'flag', 'whole-lots': 'flag' },
    positionals: { least: 1, most: 1 },
    writes: false,
    run: async ({ positionals: [name = ''], values }, desk) => {
      const answer = await desk.ask('basket.trades', {
        name,
        version: values.version,
        book: values.book,
        others: values['sell-others'] === true ? 'sell' : 'keep',
        wholeLots: values['whole-lots'] === true,
        asOf: desk.asOf,
      });
      if (!answer.ok) return answer;
      const { rows, bought, sold, net, warnings } = answer.value;
      const table = textTable(rows, [
        { heading: 'name', text: (row) => row.symbol, left: true },
        { heading: 'held', text: (row) => fixed(row.held, 0) },
        { heading: 'target', text: (row) => fixed(row.target, 0) },
        { heading: 'trade', text: (row) => fixed(row.trade, 0) },
        { heading: 'price', text: (row) => fixed(row.price) },
        { heading: 'value', text: (row) => fixed(row.value, 0) },
        { heading: '', text: (row) => row.note ?? '', left: true },
      ]);
      const sums = `bought ${fixed(bought, 0)}, sold ${fixed(sold, 0)}, net ${fixed(net, 0)}`;
      return ok({ json: answer.value, text: [table, sums, ...warnings].join('\n') });
    },
  }),
  cliCommand({
    words: ['basket', 'drift'],
    usage: 'NAME [--version V]',
    summary: 'the rules of a basket on every day since',
    options: { version: 'integer' },
    positionals: { least: 1, most: 1 },
    writes: false,
    run: async ({ positionals: [name = ''], values }, desk) => {
      const answer = await desk.ask('basket.drift', { name, version: values.version, asOf: desk.asOf });
      if (!answer.ok) return answer;
      const { days, firstBroken, warnings } = answer.value;
      const table = textTable(days, [
        { heading: 'day', text: (row) => row.date, left: true },
        { heading: 'r²', text: (row) => fixed(row.rSquared, 4) },
        { heading: 'since', text: (row) => fixed(row.rSquaredSince, 4) },
        { heading: 'overlap', text: (row) => percent(row.weightOverlap) },
        { heading: 'differentials kept', text: (row) => percent(row.differentialShare) },
        { heading: 'broken', text: (row) => word(row.broken.join(', ') || null), left: true },
      ]);
      const first = firstBroken.map(({ date, sentence }) => `${date}: ${sentence}`);
      return ok({ json: answer.value, text: [table, ...first, ...warnings].join('\n') });
    },
  }),
];
