import type { SkewMeasure } from '../../../shared/contract/surface.ts';
import { failure, type Failure } from '../../../shared/failure.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { wrongUsage } from './arguments.ts';
import { cliCommand, type CliCommand, type CliDesk, type CliOutput } from './command.ts';
import { fixed, percent, textTable, word } from './text.ts';

const titles: Readonly<Record<SkewMeasure, string>> = {
  iv30: 'IV Index, 30 days',
  atmVol: 'at the money',
  riskReversal25: '25-delta risk reversal',
  butterfly25: '25-delta butterfly',
  skew90110: '90 to 110 skew',
  slope: 'slope at the money',
  ivMinusHv: 'implied less realized',
};

const shown = (measure: SkewMeasure, value: number | null): string =>
  measure === 'slope' ? fixed(value, 3) : percent(value, 2);

/** `skew SYMBOL… --history`: every stored chain day's measures, with the last day's percentile and rank. */
export async function skewHistoryOutput(
  symbols: readonly string[],
  desk: CliDesk,
): Promise<Result<CliOutput, Failure>> {
  const json = [];
  const blocks: string[] = [];
  for (const symbol of symbols) {
    const answer = await desk.ask('skew.history', { symbol, asOf: desk.asOf });
    if (!answer.ok) return answer;
    const { asOf, measures } = answer.value;
    json.push(answer.value);
    const table = textTable(measures, [
      { heading: 'measure', text: (row) => titles[row.measure], left: true },
      { heading: 'value', text: (row) => shown(row.measure, row.reading.value) },
      { heading: 'percentile', text: (row) => percent(row.reading.percentile, 0) },
      { heading: 'rank', text: (row) => percent(row.reading.rank, 0) },
      { heading: 'lowest', text: (row) => shown(row.measure, row.reading.lowest) },
      { heading: 'median', text: (row) => shown(row.measure, row.reading.median) },
      { heading: 'highest', text: (row) => shown(row.measure, row.reading.highest) },
      { heading: 'days', text: (row) => String(row.reading.days) },
      { heading: 'reason', text: (row) => row.reading.reason ?? '', left: true },
    ]);
    blocks.push(`${symbol} on ${asOf}\n${table}`);
  }
  return ok({ json, text: blocks.join('\n\n') });
}

const kinds = ['forward', 'rate', 'yield', 'price'] as const;
const kindOf = (text: string): (typeof kinds)[number] | null => kinds.find((kind) => kind === text) ?? null;

export const markCliCommands: readonly CliCommand[] = [
  cliCommand({
    words: ['quotes', 'exclude'],
    usage: 'SYMBOL CONTRACT --reason TEXT [--on D]',
    summary: 'takes a quote out of forwards and fits, on one day or on all',
    options: { reason: 'text', on: 'date' },
    positionals: { least: 2, most: 2 },
    writes: true,
    run: async ({ positionals: [symbol = '', contract = ''], values }, desk) => {
      const { reason = '', on = null } = values;
      if (reason === '') return fail(failure('reason-required', contract, { action: 'excluded' }));
      const answer = await desk.ask('quotes.exclude', {
        symbol: symbol.toUpperCase(),
        contract,
        tradeDate: on,
        reason,
      });
      if (!answer.ok) return answer;
      return ok({ json: answer.value, text: `Exclusion ${answer.value.exclusionId}: ${contract}.` });
    },
  }),
  cliCommand({
    words: ['quotes', 'restore'],
    usage: 'EXCLUSION',
    summary: 'takes an excluded quote in again',
    options: {},
    positionals: { least: 1, most: 1 },
    writes: true,
    run: async ({ positionals: [text = ''] }, desk) => {
      const exclusionId = Number(text);
      if (!Number.isInteger(exclusionId) || exclusionId <= 0)
        return wrongUsage('quotes restore', `${text} is not the number of an exclusion`);
      const answer = await desk.ask('quotes.restore', { exclusionId });
      return answer.ok ? ok({ json: answer.value, text: `${answer.value.contract} is in again.` }) : answer;
    },
  }),
  cliCommand({
    words: ['quotes', 'exclusions'],
    usage: 'SYMBOL',
    summary: 'quotes taken out by hand',
    options: {},
    positionals: { least: 1, most: 1 },
    writes: false,
    run: async ({ positionals: [symbol = ''] }, desk) => {
      const answer = await desk.ask('quotes.exclusions', { symbol: symbol.toUpperCase() });
      if (!answer.ok) return answer;
      const text = textTable(answer.value.exclusions, [
        { heading: 'number', text: (row) => String(row.exclusionId) },
        { heading: 'contract', text: (row) => row.contract, left: true },
        { heading: 'day', text: (row) => row.tradeDate ?? 'every', left: true },
        { heading: 'by', text: (row) => row.excludedBy, left: true },
        { heading: 'reason', text: (row) => row.reason, left: true },
      ]);
      return ok({ json: answer.value, text });
    },
  }),
  cliCommand({
    words: ['override', 'set'],
    usage: 'SYMBOL forward|rate|yield|price VALUE --reason TEXT [--expiry D] [--on D]',
    summary: 'sets a market input by hand until it is cleared',
    options: { reason: 'text', expiry: 'text', on: 'date' },
    positionals: { least: 3, most: 3 },
    writes: true,
    run: async ({ positionals: [symbol = '', kindText = '', valueText = ''], values }, desk) => {
      const kind = kindOf(kindText);
      const value = Number(valueText);
      if (kind === null || valueText === '' || !Number.isFinite(value))
        return wrongUsage('override set', `${kindText} ${valueText} is not ${kinds.join(', ')} and a number`);
      const { reason = '', expiry = null, on = null } = values;
      if (reason === '') return fail(failure('reason-required', symbol, { action: 'overridden' }));
      const answer = await desk.ask('override.set', {
        symbol: symbol.toUpperCase(),
        kind,
        expiry,
        tradeDate: on,
        value,
        reason,
      });
      return answer.ok
        ? ok({ json: answer.value, text: `Override ${answer.value.overrideId}: ${kind} ${value}.` })
        : answer;
    },
  }),
  cliCommand({
    words: ['override', 'clear'],
    usage: 'OVERRIDE',
    summary: 'lets the market speak again',
    options: {},
    positionals: { least: 1, most: 1 },
    writes: true,
    run: async ({ positionals: [text = ''] }, desk) => {
      const overrideId = Number(text);
      if (!Number.isInteger(overrideId) || overrideId <= 0)
        return wrongUsage('override clear', `${text} is not the number of an override`);
      const answer = await desk.ask('override.clear', { overrideId });
      return answer.ok
        ? ok({ json: answer.value, text: `${answer.value.symbol} ${answer.value.kind} cleared.` })
        : answer;
    },
  }),
  cliCommand({
    words: ['override', 'list'],
    usage: '[SYMBOL]',
    summary: 'market inputs set by hand',
    options: {},
    positionals: { least: 0, most: 1 },
    writes: false,
    run: async ({ positionals: [symbol] }, desk) => {
      const answer = await desk.ask('override.list', { symbol: symbol?.toUpperCase() });
      if (!answer.ok) return answer;
      const text = textTable(answer.value.overrides, [
        { heading: 'number', text: (row) => String(row.overrideId) },
        { heading: 'name', text: (row) => row.symbol, left: true },
        { heading: 'kind', text: (row) => row.kind, left: true },
        { heading: 'expiry', text: (row) => word(row.expiry), left: true },
        { heading: 'day', text: (row) => row.tradeDate ?? 'every', left: true },
        { heading: 'value', text: (row) => String(row.value) },
        { heading: 'by', text: (row) => row.setBy, left: true },
        { heading: 'reason', text: (row) => row.reason, left: true },
      ]);
      return ok({ json: answer.value, text });
    },
  }),
];
