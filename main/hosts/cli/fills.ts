import { basename, resolve } from 'node:path';
import type { FillReport } from '../../../shared/contract/fills.ts';
import type { SuggestionDrift } from '../../../shared/contract/hedge.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { wrongUsage } from './arguments.ts';
import { cliCommand, type CliCommand } from './command.ts';
import { fixed, percent, textFacts, textTable, word } from './text.ts';

function idOf(given: string, words: string): Result<number> {
  const id = Number(given);
  return Number.isSafeInteger(id) && id > 0
    ? ok(id)
    : wrongUsage(words, `"${given}" is not a suggestion number`);
}

const reportText = (report: FillReport): string =>
  [
    textFacts([
      ['suggestion', `${report.suggestionId} (${report.state})`],
      ['premium', fixed(report.premium)],
      ['commissions', fixed(report.commission)],
      ['worse than the limits by', fixed(report.slippageToLimitMoney)],
      ['worse than the middles by', fixed(report.slippageToMidMoney)],
    ]),
    textTable(report.legs, [
      { heading: 'side', text: (leg) => leg.side, left: true },
      { heading: 'contract', text: (leg) => leg.contract, left: true },
      { heading: 'sent', text: (leg) => fixed(leg.ordered, 0) },
      { heading: 'filled', text: (leg) => fixed(leg.filled, 0) },
      { heading: 'open', text: (leg) => fixed(leg.open, 0) },
      { heading: 'average', text: (leg) => fixed(leg.averagePrice, 4) },
      { heading: 'limit', text: (leg) => fixed(leg.limit) },
      { heading: 'middle', text: (leg) => fixed(leg.mid) },
      { heading: 'worse than limit', text: (leg) => fixed(leg.slippageToLimit, 4) },
      { heading: 'than middle', text: (leg) => fixed(leg.slippageToMid, 4) },
    ]),
  ].join('\n');

const driftText = (drift: SuggestionDrift): string =>
  [
    drift.sentence,
    textTable(drift.legs, [
      { heading: 'side', text: (leg) => leg.side, left: true },
      { heading: 'contract', text: (leg) => leg.contract, left: true },
      { heading: 'limit', text: (leg) => fixed(leg.reviewedPrice) },
      { heading: 'reviewed', text: (leg) => fixed(leg.reviewedQuote) },
      { heading: 'now', text: (leg) => fixed(leg.quote) },
      { heading: 'change', text: (leg) => percent(leg.changeFraction) },
      { heading: 'money', text: (leg) => fixed(leg.money, 0) },
      { heading: 'of', text: (leg) => word(leg.quotedOn), left: true },
    ]),
  ].join('\n');

export const fillCliCommands: readonly CliCommand[] = [
  cliCommand({
    words: ['suggestion', 'fills'],
    usage: 'ID [FILE]',
    summary: 'matches the executions of a file to the legs that were sent; without one, how it stands',
    options: {},
    positionals: { least: 1, most: 2 },
    writes: true,
    run: async ({ positionals: [given = '', path] }, desk) => {
      const id = idOf(given, 'voldesk suggestion fills');
      if (!id.ok) return id;
      const suggestionId = id.value;
      if (path === undefined) {
        const answer = await desk.ask('fills.list', { suggestionId });
        return answer.ok
          ? ok({
              json: { ...answer.value.report, fills: answer.value.fills },
              text: reportText(answer.value.report),
            })
          : answer;
      }
      const file = await desk.register(resolve(path));
      const staged = await desk.ask('fills.stage', { fileId: file.fileId });
      if (!staged.ok) return staged;
      const { fills, rejections, format } = staged.value;
      const taken = await desk.ask('fills.import', {
        fileName: basename(path),
        suggestionId,
        fills,
        rejections,
      });
      if (!taken.ok) return taken;
      const { accepted, duplicates, refused, suggestions } = taken.value;
      const text = [
        `${accepted} fills taken, ${duplicates} known already, ${refused.length} refused, ${rejections.length} unreadable`,
        ...refused.map(({ line, contract, reason }) => `  line ${line}: ${contract}: ${reason}`),
        ...rejections.map(({ line, reason }) => `  line ${line}: ${reason}`),
        ...suggestions.map(reportText),
      ].join('\n');
      return ok({ json: { format, ...taken.value, rejections }, text });
    },
  }),
  cliCommand({
    words: ['suggestion', 'drift'],
    usage: 'ID',
    summary: 'how prices moved since the review',
    options: {},
    positionals: { least: 1, most: 1 },
    writes: false,
    run: async ({ positionals: [given = ''] }, desk) => {
      const id = idOf(given, 'voldesk suggestion drift');
      if (!id.ok) return id;
      const answer = await desk.ask('suggestion.drift', { suggestionId: id.value, asOf: desk.asOf });
      return answer.ok ? ok({ json: answer.value, text: driftText(answer.value) }) : answer;
    },
  }),
  cliCommand({
    words: ['suggestion', 'compare'],
    usage: 'A B',
    summary: 'two cases side by side',
    options: {},
    positionals: { least: 2, most: 2 },
    writes: false,
    run: async ({ positionals: [first = '', second = ''] }, desk) => {
      const [a, b] = [idOf(first, 'voldesk suggestion compare'), idOf(second, 'voldesk suggestion compare')];
      if (!a.ok) return a;
      if (!b.ok) return b;
      const answer = await desk.ask('suggestion.compare', { a: a.value, b: b.value });
      if (!answer.ok) return answer;
      const { legs, totals, settings } = answer.value;
      const text = [
        textTable(totals, [
          { heading: 'total', text: ({ name }) => name, left: true },
          { heading: first, text: (total) => fixed(total.a, 4) },
          { heading: second, text: (total) => fixed(total.b, 4) },
          { heading: 'difference', text: ({ difference }) => fixed(difference, 4) },
        ]),
        textTable(legs, [
          { heading: 'leg', text: (leg) => `${leg.side} ${leg.contract}`, left: true },
          { heading: first, text: (leg) => `${leg.quantityA} at ${fixed(leg.priceA)}` },
          { heading: second, text: (leg) => `${leg.quantityB} at ${fixed(leg.priceB)}` },
          { heading: 'change', text: (leg) => leg.change, left: true },
        ]),
        ...settings.map((setting) => `${setting.name}: ${setting.a} and ${setting.b}`),
      ].join('\n');
      return ok({ json: answer.value, text });
    },
  }),
  cliCommand({
    words: ['suggestion', 'cancel'],
    usage: 'ID --reason REASON',
    summary: 'withdraws what is open of an exported suggestion',
    options: { reason: 'text' },
    positionals: { least: 1, most: 1 },
    writes: true,
    run: async ({ positionals: [given = ''], values }, desk) => {
      const id = idOf(given, 'voldesk suggestion cancel');
      if (!id.ok) return id;
      const answer = await desk.ask('suggestion.cancel', {
        suggestionId: id.value,
        reason: values.reason ?? '',
      });
      if (!answer.ok) return answer;
      const { suggestionId, state } = answer.value;
      return ok({ json: { suggestionId, state }, text: `Suggestion ${suggestionId} is ${state}.` });
    },
  }),
];
