import type { Exposure } from '../../../../shared/contract/contracts.ts';
import { yearsBetween, type IsoDate } from '../../../../shared/dates.ts';
import {
  forwardStartItem,
  listedOptionItem,
  volContractItem,
} from '../../../../shared/quant/contracts/exposure-items.ts';
import { bookExposure, type ExposureItem } from '../../../../shared/quant/contracts/exposure.ts';
import {
  hedgeNumbers,
  straddleOfPeriod,
  type HedgeContract,
} from '../../../../shared/quant/contracts/hedge-numbers.ts';
import { gammaFromDollar1Pct, perVolFromVolPoint } from '../../../../shared/quant/risk-units.ts';
import {
  cutIntoSlices,
  priceSlices,
  type PricedSlice,
  type ReferencePeriod,
} from '../../../../shared/quant/contracts/slices.ts';
import { markVolContract } from '../../../../shared/quant/contracts/vol-contract.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import type {
  StoredContract,
  StoredForwardStart,
  StoredPosition,
  StoredRealizedVol,
} from '../../../store/index.ts';
import type { QueryContext } from '../../handlers.ts';
import { chainDay } from '../market/as-of.ts';
import type { AnalyzedChain, ChainDesk } from '../market/chain-desk.ts';
import { forwardStartMarket, forwardStartState, priceUnit } from './forward-start-value.ts';
import { contractOf } from './held-contracts.ts';
import { observationsOf, progressOf, remainingVolOf } from './realized-vol-value.ts';
import { termStructure, type TermStructure } from '../market/term-structure.ts';

/** Currency per 1.00 of payoff of the straddle that hedge numbers count in. */
const hedgeAmount = 1_000_000;

type Held = Exposure['contracts'][number];
interface Part {
  readonly item: ExposureItem;
  readonly held: Held;
}

const dayMonth = (date: IsoDate): string => date.slice(2);

function forwardStartPart(
  contract: StoredForwardStart,
  asOf: IsoDate,
  structure: TermStructure,
): Result<Part, string> {
  const { terms } = contract;
  const { state, stateNote } = forwardStartState(contract, asOf);
  if (state === 'settled' || state === 'settling') return fail(stateNote);
  const market = forwardStartMarket(contract, asOf, structure);
  if (!market.ok) return market;
  if (!market.value.marketVol.ok) return market.value.marketVol;
  const price = priceUnit(terms, market.value, market.value.marketVol.value);
  if (!price.ok) return price;
  const { forward, timeToEnd, timeToStart } = market.value;
  return ok({
    item: forwardStartItem({
      contractId: terms.contractId,
      price: price.value,
      scale: terms.quantity * terms.amount,
      forward,
      timeToStart,
      timeToEnd,
    }),
    held: {
      contractId: terms.contractId,
      instrument: 'forward-start',
      label: `${terms.family} ${terms.power === 2 ? 'quadratic ' : ''}${terms.optionType}`,
      start: terms.firstReferenceDate,
      end: terms.secondReferenceDate,
      quantity: terms.quantity,
    },
  });
}

function realizedVolPart(
  contract: StoredRealizedVol,
  asOf: IsoDate,
  structure: TermStructure,
  context: QueryContext,
): Result<Part, string> {
  const { terms, events } = contract;
  if (events.some(({ kind }) => kind === 'settled') || asOf >= terms.endDate)
    return fail(`Ended on ${terms.endDate}.`);
  const progress = progressOf(observationsOf(context.read, terms, asOf));
  if (progress === null)
    return fail(`A session of its period has no price. Import the prices of ${terms.underlying}.`);
  const remaining = remainingVolOf(terms, asOf, structure);
  if (!remaining.ok) return remaining;
  const timeToStart = Math.max(0, yearsBetween(asOf, terms.startDate));
  return ok({
    item: volContractItem({
      contractId: terms.contractId,
      mark: markVolContract({ progress, remainingVol: remaining.value }),
      progress,
      scale: terms.multiplier * terms.months * terms.quantity,
      timeToStart,
      timeToEnd: yearsBetween(asOf, terms.endDate),
      begun: timeToStart === 0,
    }),
    held: {
      contractId: terms.contractId,
      instrument: 'realized-vol',
      label: `${terms.kind} realized volatility`,
      start: terms.startDate,
      end: terms.endDate,
      quantity: terms.quantity,
    },
  });
}

function listedPart(held: StoredPosition, chain: AnalyzedChain, asOf: IsoDate): Result<Part, string> {
  const contract = contractOf(held);
  const { spot } = chain;
  for (const { rows, expiry, multiplier } of chain.analysis.expiries) {
    const side = held.optionType === null ? undefined : rows?.[held.optionType];
    const at = contract === null ? -1 : (side?.contract.indexOf(contract) ?? -1);
    if (contract === null || side === undefined || at < 0) continue;
    const [vega, gamma] = [side.vegaPerVolPoint[at] ?? null, side.gammaDollar1Pct[at] ?? null];
    if (vega === null || gamma === null || spot === null || spot <= 0) {
      return fail(side.reason[at] ?? `${contract} has no greeks.`);
    }
    return ok({
      item: listedOptionItem({
        contractId: contract,
        vegaPerVol: perVolFromVolPoint(vega),
        gammaSpot: gammaFromDollar1Pct(gamma, spot),
        spot,
        scale: held.quantity * multiplier,
        timeToExpiry: yearsBetween(asOf, expiry),
      }),
      held: {
        contractId: contract,
        instrument: 'listed-option',
        label: contract,
        start: asOf,
        end: expiry,
        quantity: held.quantity,
      },
    });
  }
  return fail(`It is not in the chain of ${chain.analysis.asOf}.`);
}

/** One straddle a slice, as the contract that hedge numbers count in. */
function hedgeContracts(slices: readonly PricedSlice[], structure: TermStructure): HedgeContract[] {
  return slices.flatMap((slice) => {
    if (slice.forwardVol === null) return [];
    const made = straddleOfPeriod({
      contract: `straddle ${dayMonth(slice.start)} to ${dayMonth(slice.end)}`,
      startTime: slice.startTime,
      endTime: slice.endTime,
      vol: slice.forwardVol,
      amount: hedgeAmount,
      carryFactor: (structure.forwardAt(slice.endTime) ?? 1) / (structure.forwardAt(slice.startTime) ?? 1),
      discountFactor: structure.discountAt(slice.endTime),
    });
    return made.ok ? [made.value] : [];
  });
}

function hedgesOf(
  slices: readonly PricedSlice[],
  items: readonly ExposureItem[],
  structure: TermStructure,
): Exposure['hedges'] {
  const exposure = bookExposure({ slices, items });
  const contracts = hedgeContracts(slices, structure);
  const found = contracts.length === 0 ? null : hedgeNumbers({ slices, exposure, contracts });
  return slices.map((slice, at) => {
    const number =
      found?.ok === true
        ? found.value.numbers.find(
            ({ startTime, endTime }) => startTime === slice.startTime && endTime === slice.endTime,
          )
        : undefined;
    return {
      start: slice.start,
      end: slice.end,
      contract: number?.contract ?? 'none',
      byVega: number?.byVega ?? null,
      byGamma: number?.byGamma ?? null,
      whole: number?.whole ?? null,
      leftVegaPerVolPoint: found?.ok === true ? (found.value.leftVegaPerVolPoint[at] ?? null) : null,
    };
  });
}

/** Vega and gamma of one underlying's book by time slice, and how many contracts flatten each (math §10). */
export async function exposureOf(
  underlying: string,
  contracts: readonly StoredContract[],
  asOf: IsoDate,
  includeListed: boolean,
  context: QueryContext,
  chains: ChainDesk,
): Promise<Exposure> {
  const { read } = context;
  const structure = await termStructure(underlying, asOf, context, chains);
  const notIncluded: Exposure['notIncluded'] = [];
  const parts: Part[] = [];
  const take = (subject: string, part: Result<Part, string>): void => {
    if (part.ok) parts.push(part.value);
    else notIncluded.push({ subject, reason: part.error });
  };
  for (const contract of contracts) {
    take(
      contract.contractId,
      contract.kind === 'forward-start'
        ? forwardStartPart(contract, asOf, structure)
        : realizedVolPart(contract, asOf, structure, context),
    );
  }
  const options = includeListed
    ? read.positions.list().filter((held) => held.symbol === underlying && held.instrument === 'option')
    : [];
  if (options.length > 0) {
    const day = chainDay(read, underlying, asOf);
    const chain = day.ok ? await chains.analyzed(context, underlying, day.value, 'mid') : day;
    for (const held of options) {
      take(
        held.contract,
        chain.ok
          ? listedPart(held, chain.value, asOf)
          : fail(`There is no chain of ${underlying} to value it with.`),
      );
    }
  }
  const isContract = ({ held }: Part): boolean => held.instrument !== 'listed-option';
  const periods: ReferencePeriod[] = parts
    .filter(isContract)
    .map(({ held }) => ({ start: held.start, end: held.end }));
  const horizon = parts.reduce<IsoDate | null>(
    (latest, { held }) => (latest === null || held.end > latest ? held.end : latest),
    null,
  );
  const slices = priceSlices({ slices: cutIntoSlices({ asOf, periods, horizon }), volAt: structure.volAt });
  const items = parts.map(({ item }) => item);
  const book = bookExposure({ slices, items });
  for (const { start, end, reason } of slices) {
    if (reason?.code === 'negative-forward-variance') {
      notIncluded.push({
        subject: `forward volatility ${start} to ${end}`,
        reason:
          'The term structure has negative forward variance there: an arbitrage between its two quotes.',
      });
    }
  }
  return {
    underlying,
    asOf,
    spot: structure.spot,
    slices: book.slices.map(
      ({ start, end, kind, forwardVol, vegaPerVolPoint, gammaDollar1Pct, byContract }) => ({
        start,
        end,
        kind,
        forwardVol,
        vegaPerVolPoint,
        gammaDollar1Pct,
        byContract: byContract.map((row) => ({ ...row })),
      }),
    ),
    contracts: parts.map(({ held }) => held),
    totals: book.totals,
    hedges: hedgesOf(slices, items, structure),
    notIncluded,
  };
}
