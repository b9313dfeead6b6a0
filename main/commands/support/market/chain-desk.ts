import type { IsoDate } from '../../../../shared/dates.ts';
import { failure, sentenceOf } from '../../../../shared/failure.ts';
import type { ChainAnalysis } from '../../../../shared/quant/chain/chain-analysis.ts';
import { ratesImpliedBy } from '../../../../shared/quant/chain/chain-forward.ts';
import type { ChainClock, ChainInput, MarkChoice } from '../../../../shared/quant/chain/chain-input.ts';
import type { DatedSeries } from '../../../../shared/quant/dispersion/correlation.ts';
import {
  dispersionGrid,
  type DispersionDay,
} from '../../../../shared/quant/dispersion/dispersion-history.ts';
import { skewDayOf, type SkewDay } from '../../../../shared/quant/surface/skew-day.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import type { QueryContext } from '../../handlers.ts';
import { chainSource, usualTerms, type ChainSource } from './chain-input.ts';
import type { Composition } from './composition.ts';
import { rateIndexOf } from './day-inputs.ts';
import { ivInputs, keepIvDay, keptIvDay, keptIvDays, type ImpliedVol, type IvTerms } from './iv-days.ts';
import { closesOf, unusableReturnsOf } from './prices.ts';

export interface AnalyzedChain {
  readonly analysis: ChainAnalysis;
  readonly source: Omit<ChainSource, 'input'>;
  readonly spot: number | null;
}

/** Analyzed chains of the desk, computed in the pool once for each state of the data. */
export interface ChainDesk {
  /** The chain of that very day. Failure: `missing-chain`, `cancelled`. */
  readonly analyzed: (
    context: QueryContext,
    symbol: string,
    day: IsoDate,
    mark: MarkChoice,
    clock?: ChainClock,
  ) => Promise<Result<AnalyzedChain>>;
  /** Volatility and skew of that very day, for a history; null where it cannot be computed. */
  readonly skewDay: (context: QueryContext, symbol: string, day: IsoDate) => Promise<SkewDay | null>;
  /** IV Index of each name for a term on a day: from its chain, else from stored volatilities. */
  readonly impliedVols: (
    context: QueryContext,
    symbols: readonly string[],
    day: IsoDate,
    termDays: number,
  ) => Promise<ReadonlyMap<string, ImpliedVol>>;
  /** Each name's implied volatilities of a term up to a day, the newest `most` of them. */
  readonly volHistories: (
    context: QueryContext,
    symbols: readonly string[],
    day: IsoDate,
    termDays: number,
    most: number,
  ) => Promise<readonly DatedSeries[]>;
  /** Keeps the implied volatilities of every name's newest days, one chain at a time. Failure: `cancelled`. */
  readonly keepDays: (
    context: QueryContext,
  ) => Promise<Result<{ readonly names: number; readonly days: number; readonly computed: number }>>;
  /** The dispersion measures of every stored day up to and without `day`. */
  readonly measureHistory: (
    context: QueryContext,
    request: {
      readonly index: string;
      readonly termDays: number;
      readonly day: IsoDate;
      readonly composition: Composition;
      /** The newest so many; two years where absent. */
      readonly sessions?: number | undefined;
    },
  ) => Promise<readonly DispersionDay[]>;
}

/** Sessions of implied-volatility correlations in the history of the measures. */
const volWindow = 252;
const fewestVolObservations = 10;
/** Sessions of history that measures are read against: two years. */
const historySessions = 504;
const keptChains = 600;
const keptHistories = 60;

/** The usual terms where the one asked for is among them, so that one analysis serves them all. */
const termsWith = (asked: number): readonly number[] => (usualTerms.includes(asked) ? usualTerms : [asked]);

const chainKey = (symbol: string, day: IsoDate, mark: MarkChoice, clock?: ChainClock): string =>
  clock === undefined || clock.kind === 'calendar'
    ? `${symbol}|${day}|${mark}`
    : `${symbol}|${day}|${mark}|${JSON.stringify(clock)}`;

const byTerm = (terms: ChainAnalysis['ivIndex']): IvTerms =>
  new Map(
    terms.map(({ termDays, vol, optionsUsed, note }) => [
      termDays,
      { vol, optionsUsed, reason: vol === null ? (note ?? 'No usable option.') : null },
    ]),
  );

interface Memory<T> {
  /** What is known under a key; made, and kept where `keep` says so, where nothing is. */
  readonly recall: (
    revision: number,
    key: string,
    make: () => Promise<T>,
    keep: (value: T) => boolean,
  ) => Promise<T>;
  readonly known: (revision: number, key: string) => Promise<T> | null;
}

/** Answers kept by key, the oldest dropped when there are too many, all dropped when the data changes. */
function createMemory<T>(most: number): Memory<T> {
  const held = new Map<string, Promise<T>>();
  let heldRevision = -1;
  const known: Memory<T>['known'] = (revision, key) =>
    revision === heldRevision ? (held.get(key) ?? null) : null;
  const recall: Memory<T>['recall'] = (revision, key, make, keep) => {
    const found = known(revision, key);
    // Somebody else's work may be cancelled by them: then it is made again for whoever still asks.
    if (found !== null)
      return found.then((value) => (keep(value) ? value : recall(revision, key, make, keep)));
    if (revision !== heldRevision) held.clear();
    heldRevision = revision;
    const made = make();
    held.set(key, made);
    const [oldest] = held.keys();
    if (held.size > most && oldest !== undefined) held.delete(oldest);
    const forget = (): void => {
      if (held.get(key) === made) held.delete(key);
    };
    made.then((value) => {
      if (!keep(value)) forget();
    }, forget);
    return made;
  };
  return { known, recall };
}

export function createChainDesk(): ChainDesk {
  const chains = createMemory<Result<AnalyzedChain>>(keptChains);
  const ivs = createMemory<IvTerms>(keptChains * 20);
  const histories = createMemory<Result<readonly DispersionDay[]>>(keptHistories);

  const analyzed: ChainDesk['analyzed'] = (context, symbol, day, mark, clock) =>
    chains.recall(
      context.read.desk.dataRevision(),
      chainKey(symbol, day, mark, clock),
      async () => {
        if (!context.read.quotes.chainDates(symbol).includes(day)) {
          return fail(failure('missing-chain', symbol, { asOf: day }));
        }
        const { input, ...source } = chainSource(context.read, symbol, day, mark);
        const timed = clock === undefined ? input : { ...input, clock };
        const outcome = await context.compute.run('analyzeChain', await withRates(context, timed), {
          signal: context.signal,
        });
        return outcome.ok ? ok({ analysis: outcome.value, source, spot: input.spot }) : outcome;
      },
      (result) => result.ok,
    );

  /** A stock's chain cannot tell the rate that early exercise hangs on: an index of its market can. */
  const withRates = async (context: QueryContext, input: ChainInput): Promise<ChainInput> => {
    if (input.exercise !== 'american' || input.rates !== null) return input;
    const index = rateIndexOf(context.read, input.symbol, input.asOf);
    const chain = index === null ? null : await analyzed(context, index, input.asOf, 'mid');
    return chain?.ok === true ? { ...input, rates: ratesImpliedBy(chain.value.analysis) } : input;
  };

  /** The IV Index of every term from a chain, without fitting smiles: what a long history is made of. */
  const ivsOfChain = (
    context: QueryContext,
    symbol: string,
    day: IsoDate,
    terms: readonly number[],
    kept: (day: IsoDate) => IvTerms | null,
  ): Promise<IvTerms> =>
    ivs.recall(
      context.read.desk.dataRevision(),
      `${symbol}|${day}|${terms.join(',')}`,
      async () => {
        const isUsual = terms === usualTerms;
        const known = isUsual ? kept(day) : null;
        if (known !== null) return known;
        const inputs = isUsual ? ivInputs(context.read, symbol, day) : '';
        const found = await computedIvs(context, symbol, day, terms);
        if (isUsual && found.size > 0) keepIvDay(context, symbol, day, inputs, found);
        return found;
      },
      (found) => found.size > 0,
    );

  const computedIvs = async (
    context: QueryContext,
    symbol: string,
    day: IsoDate,
    terms: readonly number[],
  ): Promise<IvTerms> => {
    const whole = chains.known(context.read.desk.dataRevision(), chainKey(symbol, day, 'mid'));
    const analysis = whole === null || terms !== usualTerms ? null : await whole;
    if (analysis?.ok === true) return byTerm(analysis.value.analysis.ivIndex);
    const { input } = chainSource(context.read, symbol, day, 'mid');
    const outcome = await context.compute.run(
      'chainIvIndex',
      { ...(await withRates(context, input)), ivTerms: terms },
      { signal: context.signal },
    );
    return outcome.ok ? byTerm(outcome.value) : new Map();
  };

  const impliedVol = async (
    context: QueryContext,
    symbol: string,
    day: IsoDate,
    termDays: number,
    hasChain: boolean,
    kept: (day: IsoDate) => IvTerms | null,
  ): Promise<ImpliedVol> => {
    if (hasChain) {
      const found = (await ivsOfChain(context, symbol, day, termsWith(termDays), kept)).get(termDays);
      if (found !== undefined && found.vol !== null) return found;
      if (found !== undefined) return storedVol(context, symbol, day, termDays) ?? found;
    }
    return (
      storedVol(context, symbol, day, termDays) ?? {
        vol: null,
        optionsUsed: null,
        reason: sentenceOf(failure('missing-vols', symbol, { term: termDays, asOf: day })),
      }
    );
  };

  const volHistories: ChainDesk['volHistories'] = async (context, symbols, day, termDays, most) =>
    Promise.all(
      symbols.map(async (symbol) => {
        const stored = context.read.vols.history(symbol, termDays, day);
        const byDate = new Map(stored.date.map((date, i) => [date, stored.vol[i] ?? null]));
        const chainDays = context.read.quotes.chainDates(symbol).filter((date) => date <= day);
        const kept = keptIvDays(context, symbol);
        const computed = await Promise.all(
          chainDays.slice(0, most).map(async (date) => {
            const { vol } = await impliedVol(context, symbol, date, termDays, true, kept);
            return [date, vol] as const;
          }),
        );
        for (const [date, vol] of computed) if (vol !== null) byDate.set(date, vol);
        const days = [...byDate.keys()].sort().slice(-most);
        const known = days.flatMap((date) => {
          const vol = byDate.get(date) ?? null;
          return vol === null ? [] : [{ date, vol }];
        });
        return { name: symbol, dates: known.map(({ date }) => date), values: known.map(({ vol }) => vol) };
      }),
    );

  const skewDay: ChainDesk['skewDay'] = async (context, symbol, day) => {
    const whole = await chains.known(context.read.desk.dataRevision(), chainKey(symbol, day, 'mid'));
    if (whole?.ok === true) return skewDayOf(whole.value.analysis);
    const { input } = chainSource(context.read, symbol, day, 'mid');
    const outcome = await context.compute.run('skewDay', await withRates(context, input), {
      signal: context.signal,
    });
    return outcome.ok ? outcome.value : null;
  };

  const keepDays: ChainDesk['keepDays'] = async (context) => {
    const names = context.read.underliers.holdings().filter(({ chainDates }) => chainDates.length > 0);
    let [days, computed] = [0, 0];
    for (const [done, { symbol, chainDates }] of names.entries()) {
      context.progress({ label: `Past volatilities of ${symbol}`, done, total: names.length });
      const wanted = chainDates.slice(0, historySessions + volWindow);
      const kept = keptIvDays(context, symbol);
      const missing = wanted.filter((day) => kept(day) === null);
      for (const day of missing) {
        if (context.signal.aborted) return fail(failure('cancelled', 'The request'));
        await ivsOfChain(context, symbol, day, usualTerms, (date) => keptIvDay(context, symbol, date));
      }
      days += wanted.length;
      computed += missing.length;
    }
    return ok({ names: names.length, days, computed });
  };

  return {
    analyzed,
    skewDay,
    volHistories,
    keepDays,
    impliedVols: async (context, symbols, day, termDays) => {
      let done = 0;
      const label = `Implied volatilities of ${day}`;
      return new Map(
        await Promise.all(
          symbols.map(async (symbol) => {
            const hasChain = context.read.quotes.chainDates(symbol).includes(day);
            const vol = await impliedVol(context, symbol, day, termDays, hasChain, (date) =>
              keptIvDay(context, symbol, date),
            );
            done += 1;
            context.progress({ label, done, total: symbols.length });
            return [symbol, vol] as const;
          }),
        ),
      );
    },
    measureHistory: async (context, { index, termDays, day, composition, sessions = historySessions }) => {
      const { read } = context;
      const found = await histories.recall(
        read.desk.dataRevision(),
        `${index}|${termDays}|${day}|${sessions}`,
        async () => {
          const symbols = composition.components.map(({ symbol }) => symbol);
          const [indexVol, ...componentVols] = await volHistories(
            context,
            [index, ...symbols],
            day,
            termDays,
            sessions + volWindow,
          );
          const closes = [index, ...symbols].map((symbol) => closesOf(read, symbol, day));
          const [indexCloses, ...componentCloses] = closes;
          return context.compute.run(
            'dispersionHistory',
            dispersionGrid({
              components: composition.components.map(({ symbol, weight }) => ({ symbol, weight })),
              indexVol: indexVol ?? { name: index, dates: [], values: [] },
              componentVols,
              indexCloses: indexCloses ?? { name: index, dates: [], values: [] },
              componentCloses,
              unusableReturns: new Map(closes.map((one) => [one.name, unusableReturnsOf(read, one)])),
              window: termDays,
              volWindow,
              fewestVolObservations,
            }),
            { signal: context.signal },
          );
        },
        (result) => result.ok,
      );
      return found.ok ? found.value.filter(({ date }) => date < day).slice(-sessions) : [];
    },
  };
}

/** A volatility that was imported as such, for that day and term. */
function storedVol(context: QueryContext, symbol: string, day: IsoDate, termDays: number): ImpliedVol | null {
  const found = context.read.vols.on(symbol, day).find((entry) => entry.termDays === termDays);
  return found === undefined ? null : { vol: found.vol, optionsUsed: null, reason: null };
}
