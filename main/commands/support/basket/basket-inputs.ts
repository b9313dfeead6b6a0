import type { BasketRules } from '../../../../shared/contract/basket.ts';
import { addDays, type IsoDate } from '../../../../shared/dates.ts';
import { failure } from '../../../../shared/failure.ts';
import { seriesFaults } from '../../../../shared/quant/basket/basket-screen.ts';
import type { DatedSeries } from '../../../../shared/quant/dispersion/correlation.ts';
import { inPercent } from '../../../../shared/quant/words.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import type { QueryContext } from '../../handlers.ts';
import { marketDay } from '../market/as-of.ts';
import type { ChainDesk } from '../market/chain-desk.ts';
import { compositionOf } from '../market/composition.ts';
import { closesOf, historicalVol } from '../market/prices.ts';
import { returnPanel, type ReturnPanel } from '../market/return-panel.ts';

type LeftOut = { readonly symbol: string; readonly reason: string };

/** What a basket is built from: whom it may hold, their returns in and out of sample, their volatilities. */
export interface BasketInputs {
  readonly asOf: IsoDate;
  /** The day after the fit's last; null: nothing is kept apart. */
  readonly holdoutFrom: IsoDate | null;
  readonly weightOf: ReadonlyMap<string, number>;
  readonly sectors: ReadonlyMap<string, string | null>;
  readonly index: DatedSeries;
  /** Names that can take part, each with closes. */
  readonly usable: readonly DatedSeries[];
  readonly inSample: ReturnPanel;
  readonly vols: ReadonlyMap<string, number | null>;
  readonly indexVol: number | null;
  readonly leftOut: readonly LeftOut[];
  readonly warnings: readonly string[];
}

const fewestReturns = 20;

/** The volatility of the index and of each name that the differential rule looks at. */
async function differentialVols(
  rules: BasketRules,
  symbols: readonly string[],
  day: IsoDate,
  context: QueryContext,
  chains: ChainDesk,
): Promise<ReadonlyMap<string, number | null>> {
  if (rules.volDifferentialKind === 'implied') {
    const implied = await chains.impliedVols(context, symbols, day, rules.termDays);
    return new Map(symbols.map((symbol) => [symbol, implied.get(symbol)?.vol ?? null]));
  }
  return new Map(
    symbols.map((symbol) => [symbol, historicalVol(context.read, symbol, rules.termDays, day).vol]),
  );
}

/** Names of the index that cannot take part, and what the others hold of it. */
function coverageWarning(
  weightOf: ReadonlyMap<string, number>,
  usable: ReadonlySet<string>,
  leftOut: readonly LeftOut[],
): readonly string[] {
  const missing = leftOut.filter(({ symbol }) => weightOf.has(symbol)).map(({ symbol }) => symbol);
  if (missing.length === 0) return [];
  const inside = [...weightOf].filter(([symbol]) => usable.has(symbol));
  const weight = inside.reduce((sum, [, share]) => sum + share, 0);
  const named =
    missing.slice(0, 8).join(', ') + (missing.length > 8 ? ` and ${missing.length - 8} more` : '');
  return [
    `${named} cannot take part: the other ${inside.length} of ${weightOf.size} names hold ${inPercent(weight)} of the index.`,
  ];
}

/**
 * Cuts the estimation window and the holdout apart and screens the names: without prices, too short, not
 * adjusted for a split, not moving, or the same as another, each is left out by name; one locked in by hand
 * is a failure where it has no prices, and is taken as it is where they only look wrong.
 */
export async function basketInputs(
  rules: BasketRules,
  context: QueryContext,
  chains: ChainDesk,
): Promise<Result<BasketInputs>> {
  const { read, progress } = context;
  const day = marketDay(read, rules.asOf);
  if (!day.ok) return day;
  const asOf = day.value;
  const composition = compositionOf(read, rules.index, asOf);
  if (!composition.ok) return composition;
  const { components, concern } = composition.value;
  const lastDay = rules.to ?? (rules.holdoutFrom === undefined ? asOf : addDays(rules.holdoutFrom, -1));
  const after = rules.holdoutFrom ?? (rules.to === undefined ? undefined : addDays(rules.to, 1));
  const subject = `The basket for ${rules.index}`;
  const wrong = (reason: string): Result<never> => fail(failure('invalid-input', subject, { reason }));
  if (rules.from !== undefined && rules.from >= lastDay) {
    return wrong(`its window starts on ${rules.from}, not before its end on ${lastDay}`);
  }
  if (after !== undefined && after <= lastDay) {
    return wrong(`its holdout starts on ${after}, inside the window that ends on ${lastDay}`);
  }
  const weightOf = new Map(components.map(({ symbol, weight }) => [symbol, weight]));
  // A name locked in by hand may stand outside the index.
  const byHand = new Set(rules.names ?? rules.lock);
  const wanted = rules.names ?? [...new Set([...weightOf.keys(), ...rules.lock])];

  const index = closesOf(read, rules.index, asOf);
  if (index.dates.length < 30) {
    return fail(failure('missing-prices', rules.index, { have: index.dates.length, need: 30, asOf }));
  }
  const { frequency } = rules;
  const series = wanted.map((symbol) => closesOf(read, symbol, asOf));
  const unpriced = series.filter(({ dates }) => dates.length === 0).map(({ name }) => name);
  const priced = series.filter(({ dates }) => dates.length > 0);
  const whole = returnPanel({ index, names: priced, from: rules.from, to: asOf, frequency });
  const known = priced.filter(({ name }) => Object.hasOwn(whole.stocks, name));
  const faults = seriesFaults(whole).filter(({ symbol }) => !byHand.has(symbol));
  const faulty = new Set(faults.map(({ symbol }) => symbol));
  const usable = known.filter(({ name }) => !faulty.has(name));
  const leftOut: readonly LeftOut[] = [
    ...unpriced.map((symbol) => ({ symbol, reason: 'has no prices' })),
    ...whole.leftOut,
    ...faults,
  ];

  const inSample = returnPanel({ index, names: usable, from: rules.from, to: lastDay, frequency });
  const symbols = new Set(Object.keys(inSample.stocks));
  const haveOf = (symbol: string): number => series.find(({ name }) => name === symbol)?.dates.length ?? 0;
  const [alone] = symbols.size === 0 ? wanted : [];
  if (alone !== undefined) {
    return fail(
      failure('missing-prices', alone, { have: haveOf(alone), need: fewestReturns + 1, asOf: lastDay }),
    );
  }
  if (inSample.index.length < fewestReturns) {
    const have = inSample.index.length;
    return fail(
      failure('missing-prices', `The window of ${rules.index}'s names`, {
        have,
        need: fewestReturns,
        asOf: lastDay,
      }),
    );
  }
  const unusable = [...byHand].find((symbol) => !symbols.has(symbol));
  if (unusable !== undefined) {
    const [have, need] = [haveOf(unusable), inSample.index.length + 1];
    return fail(failure('missing-prices', unusable, { have, need, asOf: lastDay }));
  }

  progress({ label: 'Volatilities', done: 0, total: null });
  const vols = await differentialVols(rules, [rules.index, ...symbols], lastDay, context, chains);
  return ok({
    asOf,
    holdoutFrom: after === undefined || after > asOf ? null : after,
    weightOf,
    sectors: new Map(components.map(({ symbol, sector }) => [symbol, sector])),
    index,
    usable,
    inSample,
    vols,
    indexVol: vols.get(rules.index) ?? null,
    leftOut,
    warnings: [...(concern === null ? [] : [concern]), ...coverageWarning(weightOf, symbols, leftOut)],
  });
}
