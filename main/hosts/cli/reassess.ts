import { ok } from '../../../shared/result.ts';
import { wrongUsage } from './arguments.ts';
import { cliCommand, type CliCommand } from './command.ts';
import { fixed, percent, textFacts, textTable } from './text.ts';

export const reassessCliCommands: readonly CliCommand[] = [
  cliCommand({
    words: ['reassess'],
    usage:
      'BASKET [--net-delta X] [--days N] [--captured X] [--implied-to-historical X] [--index-move X] [--r2-drop X] [--no-votes] [--dry-run]',
    summary: 'what to do with each leg of the hedge that is on, and by which rule',
    options: {
      'net-delta': 'number',
      days: 'integer',
      captured: 'number',
      'implied-to-historical': 'number',
      'index-move': 'number',
      'r2-drop': 'number',
      'no-votes': 'flag',
      'dry-run': 'flag',
    },
    positionals: { least: 1, most: 1 },
    writes: false,
    run: async ({ positionals: [basket = ''], values }, desk) => {
      const asked = {
        netDeltaLimit: values['net-delta'],
        daysToExpiry: values.days,
        capturedShare: values.captured,
        impliedToHistorical: values['implied-to-historical'],
        indexMove: values['index-move'],
        rSquaredDrop: values['r2-drop'],
        dispersionVotes: values['no-votes'] === true ? false : undefined,
      };
      const rules = Object.fromEntries(
        Object.entries(asked).filter(([, value]) => value !== undefined),
      ) as typeof asked;
      const answer = await desk.ask('hedge.reassess', { basket, asOf: desk.asOf, rules });
      if (!answer.ok) return answer;
      const found = answer.value;
      let runId: number | null = null;
      if (values['dry-run'] !== true) {
        const kept = await desk.ask('reassess.save', { result: found, rules, cause: 'hand' });
        if (!kept.ok) return kept;
        ({ runId } = kept.value);
      }
      const text = [
        textFacts([
          ['basket', `${found.basket} on ${found.asOf}, notional ${fixed(found.notional, 0)}`],
          [
            'net delta',
            `${fixed(found.netDelta, 0)} (${percent(found.netDeltaFraction, 2)} of the notional)`,
          ],
          [
            'legs from',
            found.source === 'positions' ? 'positions' : `suggestion ${found.suggestionId ?? ''}, as sent`,
          ],
        ]),
        textTable(found.actions, [
          { heading: 'action', text: (leg) => leg.action, left: true },
          { heading: 'leg', text: (leg) => leg.leg, left: true },
          { heading: 'held', text: (leg) => fixed((leg.side === 'sold' ? -1 : 1) * leg.quantity, 0) },
          { heading: 'trade', text: (leg) => fixed(leg.trade, 0) },
          { heading: 'days', text: (leg) => fixed(leg.daysToExpiry, 0) },
          { heading: 'opened at', text: (leg) => fixed(leg.openPrice) },
          { heading: 'now', text: (leg) => fixed(leg.mark) },
          { heading: 'rule', text: (leg) => leg.rule, left: true },
          {
            heading: 'reason',
            text: (leg) => (leg.note === null ? leg.reason : `${leg.reason} ${leg.note}`),
            left: true,
          },
        ]),
        'Not fired:',
        ...found.unfired.map(({ rule, reason }) => `  ${rule}: ${reason}`),
        ...found.warnings,
        runId === null ? 'Not kept in the log.' : `Kept in the log as run ${runId}.`,
      ].join('\n');
      return ok({ json: { ...found, runId }, text });
    },
  }),
  cliCommand({
    words: ['roll'],
    usage:
      'SYMBOL CONTRACT [--bought] [--quantity N] [--keep strike, delta] [--target-days N] [--min-credit X] [--any-debit] [--min-open-interest N] [--max-spread X]',
    summary: 'the contract that replaces one held',
    options: {
      bought: 'flag',
      quantity: 'integer',
      keep: 'text',
      'target-days': 'integer',
      'min-credit': 'number',
      'any-debit': 'flag',
      'min-open-interest': 'number',
      'max-spread': 'number',
    },
    positionals: { least: 2, most: 2 },
    writes: false,
    run: async ({ positionals: [symbol = '', contract = ''], values }, desk) => {
      const keep = values.keep ?? 'strike';
      if (keep !== 'strike' && keep !== 'delta')
        return wrongUsage('voldesk roll', '--keep takes strike, delta');
      const answer = await desk.ask('hedge.roll', {
        symbol: symbol.toUpperCase(),
        contract: contract.toUpperCase(),
        asOf: desk.asOf,
        side: values.bought === true ? 'bought' : 'sold',
        quantity: values.quantity,
        keep,
        targetDays: values['target-days'],
        minCredit: values['min-credit'],
        creditOnly: values['any-debit'] !== true,
        minOpenInterest: values['min-open-interest'],
        maxSpreadFraction: values['max-spread'],
      });
      if (!answer.ok) return answer;
      const { best, others, reason, creditMoney } = answer.value;
      const text = [
        `${best.from.contract} into ${best.to.contract}: ${fixed(creditMoney, 2)}`,
        reason,
        textTable(
          [best, ...others],
          [
            { heading: 'into', text: ({ to }) => to.contract, left: true },
            { heading: 'days', text: ({ to }) => fixed(to.days, 0) },
            { heading: 'delta', text: ({ to }) => fixed(to.delta, 3) },
            { heading: 'closed at', text: ({ closePrice }) => fixed(closePrice) },
            { heading: 'opened at', text: ({ openPrice }) => fixed(openPrice) },
            { heading: 'credit', text: ({ credit }) => fixed(credit) },
          ],
        ),
      ].join('\n');
      return ok({ json: answer.value, text });
    },
  }),
];
