import type { BasketResult } from '../../../shared/contract/basket.ts';
import { fail, ok } from '../../../shared/result.ts';
import { inWords } from './basket-conflict.ts';
import { wrongUsage } from './arguments.ts';
import { cliCommand, type CliCommand } from './command.ts';
import { fixed, percent, textFacts, textTable } from './text.ts';

const bySymbol = <Value>(
  result: BasketResult,
  value: (name: BasketResult['names'][number]) => Value,
): Record<string, Value> => Object.fromEntries(result.names.map((name) => [name.symbol, value(name)]));

function basketJson(result: BasketResult, saved: { basketId: number; version: number } | null) {
  const { inSample, holdout } = result;
  return {
    basketId: saved?.basketId ?? null,
    version: saved?.version ?? null,
    index: result.index,
    asOf: result.asOf,
    names: result.names.map(({ symbol }) => symbol),
    weights: bySymbol(result, ({ weight }) => weight),
    shares: bySymbol(result, ({ shares }) => shares),
    notional: result.notional,
    rSquared: inSample.rSquared,
    rSquaredHoldout: holdout?.rSquared ?? null,
    trackingError: inSample.trackingError,
    beta: inSample.beta,
    inSample,
    holdout,
    indexShareByName: result.indexShareByName,
    indexShareByWeight: result.indexShareByWeight,
    indexVol: result.indexVol,
    basketVol: result.basketVol,
    volDifferentials: bySymbol(result, ({ volDifferential }) => volDifferential),
    swaps: result.swaps,
    checks: result.checks,
    leftOut: result.leftOut,
    warnings: result.warnings,
  };
}

function basketText(result: BasketResult, name: string | undefined): string {
  const { inSample, holdout } = result;
  const fit = (one: typeof inSample) =>
    `r² ${fixed(one.rSquared, 4)}, beta ${fixed(one.beta, 3)}, tracking error ${percent(one.trackingError)} ` +
    `(${one.from} to ${one.to})`;
  return [
    textFacts([
      ['basket', `${name ?? 'not saved'}: ${result.names.length} names of ${result.index}`],
      ['in sample', fit(inSample)],
      ['holdout', holdout === null ? 'none' : fit(holdout)],
      [
        'index share',
        `${percent(result.indexShareByName)} by name, ${percent(result.indexShareByWeight)} by weight`,
      ],
      ['notional', fixed(result.notional, 0)],
    ]),
    textTable(result.names, [
      { heading: 'name', text: (row) => row.symbol, left: true },
      { heading: 'weight', text: (row) => percent(row.weight, 2) },
      { heading: 'shares', text: (row) => fixed(row.shares, 0) },
      { heading: 'price', text: (row) => fixed(row.price) },
      { heading: 'beta', text: (row) => fixed(row.beta) },
      { heading: 'volatility', text: (row) => percent(row.vol) },
    ]),
    ...result.checks.map(
      ({ rule, limit, value, met }) => `${met ? 'met' : 'NOT MET'}  ${rule}: ${value} (${limit})`,
    ),
    ...result.leftOut.map(({ symbol, reason }) => `${symbol} is left out: ${reason}`),
    ...result.warnings,
  ].join('\n');
}

export const basketCliCommands: readonly CliCommand[] = [
  cliCommand({
    words: ['basket', 'build'],
    usage:
      'INDEX [--save NAME] [--accept REASON] [--note TEXT] [--names S,…] [--max-names K] [--min-r2 X] [--min-vol-differential X] [--vol-differential-share X] [--max-index-share X] [--max-weight-overlap X] [--from D] [--to D] [--holdout D] [--weekly] [--capital X] [--lot-size N] [--listed-lots] [--min-weight X] [--max-weight X] [--sector-caps NAME:X,…] [--lock S,…] [--exclude S,…]',
    summary: 'a tracking basket by rules',
    options: {
      save: 'text',
      accept: 'text',
      note: 'text',
      weekly: 'flag',
      names: 'list',
      'max-names': 'integer',
      'min-r2': 'number',
      'min-vol-differential': 'number',
      'vol-differential-share': 'number',
      'max-index-share': 'number',
      'max-weight-overlap': 'number',
      from: 'date',
      to: 'date',
      holdout: 'date',
      capital: 'number',
      'lot-size': 'integer',
      'listed-lots': 'flag',
      'min-weight': 'number',
      'max-weight': 'number',
      'sector-caps': 'list',
      lock: 'list',
      exclude: 'list',
    },
    positionals: { least: 1, most: 1 },
    writes: true,
    run: async ({ positionals: [index = ''], values }, desk) => {
      const caps = values['sector-caps']?.map((text) => {
        const at = text.lastIndexOf(':');
        return { sector: text.slice(0, at), max: Number(text.slice(at + 1)) };
      });
      const unclear = caps?.some(({ sector, max }) => sector === '' || !(max >= 0 && max <= 1));
      if (unclear === true) {
        return wrongUsage('voldesk basket build', '--sector-caps takes sectors such as Technology:0.2');
      }
      const [min, max] = [values['min-weight'], values['max-weight']];
      const built = await desk.ask('basket.build', {
        index: index.toUpperCase(),
        names: upper(values.names),
        maxNames: values['max-names'],
        minRSquared: values['min-r2'],
        minVolDifferential: values['min-vol-differential'],
        volDifferentialShare: values['vol-differential-share'],
        maxIndexShare: values['max-index-share'],
        maxWeightOverlap: values['max-weight-overlap'],
        from: values.from,
        to: values.to,
        holdoutFrom: values.holdout,
        frequency: values.weekly === true ? 'weekly' : undefined,
        capital: values.capital,
        lotSize: values['lot-size'],
        lots: values['listed-lots'] === true ? 'listed' : undefined,
        nameBounds: min === undefined && max === undefined ? undefined : { min, max },
        sectorBounds:
          caps === undefined
            ? undefined
            : Object.fromEntries(caps.map(({ sector, max: most }) => [sector, { max: most }])),
        lock: upper(values.lock),
        exclude: upper(values.exclude),
        asOf: desk.asOf,
      });
      if (!built.ok) return fail(inWords(built.error));
      const result = built.value;
      if (values.save === undefined) {
        return ok({ json: basketJson(result, null), text: basketText(result, undefined) });
      }
      const saved = await desk.ask('basket.save', {
        name: values.save,
        result,
        note: values.note,
        acceptance: values.accept,
      });
      if (!saved.ok) {
        // What was built is said before what kept it from being saved.
        return saved.error.code === 'basket-rules-unmet'
          ? ok({
              json: basketJson(result, null),
              text: `${basketText(result, undefined)}\nSave it all the same with --accept REASON.`,
              refusal: saved.error,
            })
          : saved;
      }
      const name = `${values.save}, version ${saved.value.version}`;
      return ok({ json: basketJson(result, saved.value), text: basketText(result, name) });
    },
  }),
];

const upper = (symbols: readonly string[] | undefined): string[] | undefined =>
  symbols?.map((symbol) => symbol.toUpperCase());
