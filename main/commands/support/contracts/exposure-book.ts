import { yearsBetween, type IsoDate } from '../../../../shared/dates.ts';
import { failure, sentenceOf } from '../../../../shared/failure.ts';
import { agedTerm } from '../../../../shared/quant/contracts/aged-term.ts';
import {
  cutIntoSlices,
  priceSlices,
  type PricedSlice,
  type ReferencePeriod,
} from '../../../../shared/quant/contracts/slices.ts';
import { fail, type Result } from '../../../../shared/result.ts';
import type { Readers, StoredContract, StoredPosition } from '../../../store/index.ts';
import type { QueryContext } from '../../handlers.ts';
import { chainDay } from '../market/as-of.ts';
import type { ChainDesk } from '../market/chain-desk.ts';
import type { TermStructure } from '../market/term-structure.ts';
import { structuresOn } from './contract-structures.ts';
import {
  chainPlaces,
  forwardStartPart,
  listedPart,
  realizedVolPart,
  type ExposurePart,
  type LadderDays,
  type ListedHolding,
} from './exposure-parts.ts';
import { contractOf } from './held-contracts.ts';

/** What is held in one underlying, ready to be cut into slices. */
export interface ExposureBook {
  readonly underlying: string;
  readonly days: LadderDays;
  /** As of `days.on`. */
  readonly structure: TermStructure;
  readonly parts: readonly ExposurePart[];
  readonly notIncluded: { readonly subject: string; readonly reason: string }[];
}

/** What a book holds in one underlying. */
export interface Holdings {
  readonly contracts: readonly StoredContract[];
  readonly listed: readonly ListedHolding[];
}

/** Everything held, by underlying; read once for all of them. */
export function holdingsByUnderlying(read: Readers, includeListed: boolean): ReadonlyMap<string, Holdings> {
  const all = new Map<string, { contracts: StoredContract[]; listed: ListedHolding[] }>();
  const of = (symbol: string) => {
    const found = all.get(symbol) ?? { contracts: [], listed: [] };
    all.set(symbol, found);
    return found;
  };
  for (const contract of read.contracts.list()) of(contract.terms.underlying).contracts.push(contract);
  if (includeListed) {
    for (const held of read.positions.list()) {
      const listed = listedHolding(held);
      if (listed !== null) of(held.symbol).listed.push(listed);
    }
  }
  return all;
}

function listedHolding(held: StoredPosition): ListedHolding | null {
  const contract = contractOf(held);
  return contract === null ? null : { contract, quantity: held.quantity };
}

/** Readers that read a name's prices and facts once: every contract of a book asks for the same. */
function readOnce(read: Readers): Readers {
  const [prices, underliers] = [
    new Map<string, ReturnType<Readers['prices']['upTo']>>(),
    new Map<string, ReturnType<Readers['underliers']['find']>>(),
  ];
  return {
    ...read,
    prices: {
      ...read.prices,
      upTo: (symbol, to, limit) => {
        const key = `${symbol} ${to} ${limit ?? ''}`;
        const found = prices.get(key) ?? read.prices.upTo(symbol, to, limit);
        prices.set(key, found);
        return found;
      },
    },
    underliers: {
      ...read.underliers,
      find: (symbol) => {
        const found = underliers.has(symbol)
          ? (underliers.get(symbol) ?? null)
          : read.underliers.find(symbol);
        underliers.set(symbol, found);
        return found;
      },
    },
  };
}

/** Values each position of one underlying on a day; what cannot be valued is listed with its reason. */
export async function exposureBook(
  underlying: string,
  holdings: Holdings,
  days: LadderDays,
  context: QueryContext,
  chains: ChainDesk,
): Promise<ExposureBook> {
  const read = readOnce(context.read);
  const structures = structuresOn(days.marketDate, context, chains);
  const elapsed = yearsBetween(days.marketDate, days.on);
  const aged = (structure: TermStructure): TermStructure =>
    elapsed === 0
      ? structure
      : {
          ...structure,
          ...agedTerm(structure, elapsed),
          spot: structure.forwardAt(elapsed) ?? structure.spot,
        };
  const today = await structures.of(underlying);
  const structure = aged(today);
  const parts: ExposurePart[] = [];
  const notIncluded: { subject: string; reason: string }[] = [];
  const take = (subject: string, part: Result<ExposurePart, string>): void => {
    if (part.ok) parts.push(part.value);
    else notIncluded.push({ subject, reason: part.error });
  };
  for (const contract of holdings.contracts) {
    if (contract.kind === 'realized-vol') {
      take(contract.contractId, realizedVolPart(contract, days, structure, read));
      continue;
    }
    const { first, second } = await structures.forTerms(contract.terms);
    const own = { first: aged(first), second: aged(second) };
    take(contract.contractId, forwardStartPart(contract, days, own, first, read));
  }
  if (holdings.listed.length > 0) {
    const day = chainDay(read, underlying, days.marketDate);
    const chain = day.ok ? await chains.analyzed(context, underlying, day.value, 'mid') : day;
    const places = chain.ok ? chainPlaces(chain.value) : null;
    for (const held of holdings.listed) {
      take(
        held.contract,
        places === null || !chain.ok
          ? fail(`There is no chain of ${underlying} to value it with.`)
          : listedPart(held, places, chain.value.spot, days),
      );
    }
  }
  return { underlying, days, structure, parts, notIncluded };
}

/** A book's reference periods: those of its contracts, listed options have none. */
export const periodsOf = (book: ExposureBook): readonly ReferencePeriod[] =>
  book.parts
    .filter(({ held }) => held.instrument !== 'listed-option')
    .map(({ held }) => ({ start: held.start, end: held.end }));

/** Slices cut at periods, up to the last end held, with their forward volatilities. */
export function slicesOf(
  book: ExposureBook,
  periods: readonly ReferencePeriod[],
): { readonly slices: readonly PricedSlice[]; readonly problems: ExposureBook['notIncluded'] } {
  const asOf = book.days.on;
  const horizon = book.parts.reduce<IsoDate | null>(
    (latest, { held }) => (latest === null || held.end > latest ? held.end : latest),
    null,
  );
  const slices = priceSlices({
    slices: cutIntoSlices({ asOf, periods, horizon }),
    volAt: book.structure.volAt,
  });
  const problems = slices.flatMap(({ start, end, reason }) => {
    if (reason?.code !== 'negative-forward-variance') return [];
    const subject = `${book.underlying} ${start} to ${end}`;
    return [
      {
        subject: `forward volatility ${start} to ${end}`,
        reason: sentenceOf(failure(reason.code, subject, reason.detail)),
      },
    ];
  });
  return { slices, problems };
}
