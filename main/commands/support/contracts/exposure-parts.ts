import { regularSessions } from '../../../../shared/calendar.ts';
import type { Exposure } from '../../../../shared/contract/exposure.ts';
import { addDays, yearsBetween, type IsoDate } from '../../../../shared/dates.ts';
import { blackGreeks } from '../../../../shared/quant/european/black.ts';
import {
  forwardStartItem,
  listedOptionItem,
  volContractItem,
} from '../../../../shared/quant/contracts/exposure-items.ts';
import type { ExposureItem } from '../../../../shared/quant/contracts/exposure.ts';
import { contractValue, markVolContract } from '../../../../shared/quant/contracts/vol-contract.ts';
import type { PeriodProgress } from '../../../../shared/quant/contracts/vol-contract.ts';
import {
  gammaDollar1Pct,
  gammaFromDollar1Pct,
  perVolFromVolPoint,
  perVolPoint,
} from '../../../../shared/quant/risk-units.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import type { OptionType } from '../../../../shared/units.ts';
import type { Readers, StoredForwardStart, StoredRealizedVol } from '../../../store/index.ts';
import type { AnalyzedChain } from '../market/chain-desk.ts';
import { calendarOfSymbol } from '../market/prices.ts';
import type { TermStructure } from '../market/term-structure.ts';
import { proposeFixing } from './fixing-proposal.ts';
import { forwardStartMarket, type ContractStructures } from './forward-start-market.ts';
import { forwardStartState, labelOf, standingTerms } from './forward-start-terms.ts';
import { priceUnit } from './forward-start-value.ts';
import { observationsOf, progressOf, remainingVolOf } from './realized-vol-value.ts';

type Held = Exposure['contracts'][number];

/** One position's part of the ladder, and the row that names it. */
export interface ExposurePart {
  readonly item: ExposureItem;
  readonly held: Held;
  /** What was taken for granted to value it. */
  readonly assumed: string | null;
}

/** The day a ladder is for, and the day its market is of; equal, or `on` later. */
export interface LadderDays {
  readonly marketDate: IsoDate;
  readonly on: IsoDate;
}

function part(
  item: ExposureItem,
  held: Omit<Held, 'vegaPerVolPoint' | 'gammaDollar1Pct'>,
  assumed: string | null = null,
): Result<ExposurePart, string> {
  const vega = item.spans.reduce((sum, span) => sum + span.vegaPerVol, 0);
  return ok({
    item,
    held: {
      ...held,
      vegaPerVolPoint: perVolPoint(vega),
      gammaDollar1Pct: gammaDollar1Pct(item.gammaTimesSpotSquared, 1),
    },
    assumed,
  });
}

/**
 * A fixing that has come but is not confirmed counts at the level its stored prices give; one that comes
 * between the market's day and a later one at today's forward. Neither is written down.
 */
function withFixing(
  contract: StoredForwardStart,
  days: LadderDays,
  today: TermStructure,
  read: Readers,
): { readonly contract: StoredForwardStart; readonly assumed: string | null } {
  const { terms } = contract;
  if (forwardStartState(contract, days.on).state !== 'fixing-due') return { contract, assumed: null };
  const proposed =
    terms.firstReferenceDate <= days.marketDate ? proposeFixing(read, contract, 'first').level : null;
  const isAhead = terms.firstReferenceDate > days.marketDate;
  const ahead = today.forwardAt(Math.max(0, yearsBetween(days.marketDate, terms.firstReferenceDate)));
  const level = proposed ?? ahead;
  if (level === null) return { contract, assumed: null };
  const event = {
    kind: 'fixed',
    happenedAt: days.on,
    actor: '',
    level,
    vol: null,
    amount: null,
    reason: '',
    prices: [],
  } as const;
  return {
    contract: { ...contract, events: [...contract.events, event] },
    assumed: isAhead
      ? `${terms.contractId}: fixed at the forward to ${terms.firstReferenceDate}, as this day lies past it`
      : `${terms.contractId}: fixing not confirmed, counted at ${proposed === null ? 'the spot' : 'its stored prices'}`,
  };
}

export function forwardStartPart(
  held: StoredForwardStart,
  days: LadderDays,
  structures: ContractStructures,
  today: TermStructure,
  read: Readers,
): Result<ExposurePart, string> {
  const { contract, assumed } = withFixing(held, days, today, read);
  const terms = standingTerms(contract);
  const { state, stateNote } = forwardStartState(contract, days.on);
  if (state === 'settled' || state === 'settling' || state === 'exercise-due') return fail(stateNote);
  const market = forwardStartMarket(contract, days.on, structures);
  if (!market.ok) return market;
  const { forward, timeToEnd, timeToStart, marketVol, volScale } = market.value;
  if (!marketVol.ok) return marketVol;
  const price = priceUnit(terms, market.value, marketVol.value);
  if (!price.ok) return price;
  const scale = terms.quantity * terms.amount;
  // Against the underlying price's own volatility and level, which the slices are of.
  const perPrice = {
    ...price.value,
    vegaPerVol: price.value.vegaPerVol * volScale,
    vegaToStartPerVol: price.value.vegaToStartPerVol * volScale,
    gammaForward: price.value.gammaForward * volScale * volScale,
  };
  return part(
    forwardStartItem({
      contractId: terms.contractId,
      price: perPrice,
      scale,
      forward,
      timeToStart,
      timeToEnd,
    }),
    {
      contractId: terms.contractId,
      instrument: 'forward-start',
      label: labelOf(terms),
      start: terms.firstReferenceDate,
      end: terms.secondReferenceDate,
      quantity: terms.quantity,
      premium: scale * price.value.price,
    },
    assumed,
  );
}

/** Progress on a later day: the sessions between are taken to realize the volatility left. */
function agedProgress(progress: PeriodProgress, remainingVol: number, sessions: number): PeriodProgress {
  const more = Math.min(sessions, progress.observationsExpected - progress.observationsDone);
  if (more <= 0) return progress;
  const done = progress.observationsDone + more;
  const squares = progress.observationsDone * progress.realizedVol ** 2 + more * remainingVol ** 2;
  return { ...progress, observationsDone: done, realizedVol: Math.sqrt(squares / done) };
}

export function realizedVolPart(
  contract: StoredRealizedVol,
  days: LadderDays,
  structure: TermStructure,
  read: Readers,
): Result<ExposurePart, string> {
  const { terms, events } = contract;
  if (events.some(({ kind }) => kind === 'settled') || days.on >= terms.endDate)
    return fail(`Ended on ${terms.endDate}.`);
  const known = progressOf(observationsOf(read, terms, days.marketDate));
  if (known === null)
    return fail(`A session of its period has no price. Import the prices of ${terms.underlying}.`);
  const remaining = remainingVolOf(terms, days.on, structure);
  if (!remaining.ok) return remaining;
  const from = terms.startDate > days.marketDate ? terms.startDate : days.marketDate;
  const sessions =
    from < days.on
      ? regularSessions({
          calendar: calendarOfSymbol(read, terms.underlying),
          from: addDays(from, 1),
          to: days.on,
        }).length * Math.max(1, terms.observationTimes.length)
      : 0;
  const progress = agedProgress(known, remaining.value, sessions);
  const timeToStart = Math.max(0, yearsBetween(days.on, terms.startDate));
  const mark = markVolContract({ progress, remainingVol: remaining.value });
  const size = { multiplier: terms.multiplier, months: terms.months, tick: terms.tick };
  return part(
    volContractItem({
      contractId: terms.contractId,
      mark,
      progress,
      scale: terms.multiplier * terms.months * terms.quantity,
      timeToStart,
      timeToEnd: yearsBetween(days.on, terms.endDate),
      begun: timeToStart === 0,
    }),
    {
      contractId: terms.contractId,
      instrument: 'realized-vol',
      label: `${terms.kind} realized volatility`,
      start: terms.startDate,
      end: terms.endDate,
      quantity: terms.quantity,
      premium: contractValue({ ...size, vol: mark.fairVol }).value * terms.quantity,
    },
    sessions > 0 ? `${terms.contractId}: sessions to ${days.on} at the volatility left` : null,
  );
}

/** One option as a chain knows it. */
export interface ChainPlace {
  readonly expiry: IsoDate;
  readonly multiplier: number;
  readonly optionType: OptionType;
  readonly strike: number;
  readonly forward: number | null;
  readonly discountFactor: number;
  readonly vegaPerVolPoint: number | null;
  readonly gammaDollar1Pct: number | null;
  readonly mark: number | null;
  readonly vol: number | null;
  readonly reason: string | null;
}

const placesOfChain = new WeakMap<AnalyzedChain['analysis'], ReadonlyMap<string, ChainPlace>>();

/** Every option of an analyzed chain by its name. Kept as long as the analysis. */
export function chainPlaces(chain: AnalyzedChain): ReadonlyMap<string, ChainPlace> {
  const known = placesOfChain.get(chain.analysis);
  if (known !== undefined) return known;
  const places = new Map<string, ChainPlace>();
  for (const { rows, expiry, multiplier, forward, discountFactor } of chain.analysis.expiries) {
    for (const optionType of ['call', 'put'] as const) {
      const side = rows?.[optionType];
      side?.contract.forEach((name, at) => {
        if (name === null) return;
        places.set(name, {
          expiry,
          multiplier,
          optionType,
          strike: rows?.strikes[at] ?? 0,
          forward,
          discountFactor,
          vegaPerVolPoint: side.vegaPerVolPoint[at] ?? null,
          gammaDollar1Pct: side.gammaDollar1Pct[at] ?? null,
          mark: side.mark[at] ?? null,
          vol: side.markVol[at] ?? side.fitVol[at] ?? null,
          reason: side.reason[at] ?? null,
        });
      });
    }
  }
  placesOfChain.set(chain.analysis, places);
  return places;
}

/** A listed option in a book: its name in the chain, and contracts held, signed. */
export interface ListedHolding {
  readonly contract: string;
  readonly quantity: number;
}

/** Of a later day the option is valued by Black on its forward with its own volatility. */
export function listedPart(
  held: ListedHolding,
  places: ReadonlyMap<string, ChainPlace>,
  spot: number | null,
  days: LadderDays,
): Result<ExposurePart, string> {
  const { contract, quantity } = held;
  const place = places.get(contract);
  if (place === undefined) return fail(`It is not in the chain of ${days.marketDate}.`);
  const { vegaPerVolPoint, mark, multiplier, expiry, vol, forward, optionType, strike } = place;
  if (days.on >= expiry) return fail(`Expired on ${expiry}.`);
  if (vegaPerVolPoint === null || place.gammaDollar1Pct === null || spot === null || spot <= 0) {
    return fail(place.reason ?? `${contract} has no greeks.`);
  }
  const row = {
    contractId: contract,
    instrument: 'listed-option',
    label: contract,
    start: days.on,
    end: expiry,
    quantity,
  } as const;
  const [scale, timeToExpiry] = [quantity * multiplier, yearsBetween(days.on, expiry)];
  if (days.on === days.marketDate) {
    const item = listedOptionItem({
      contractId: contract,
      vegaPerVol: perVolFromVolPoint(vegaPerVolPoint),
      gammaSpot: gammaFromDollar1Pct(place.gammaDollar1Pct, spot),
      spot,
      scale,
      timeToExpiry,
    });
    return part(item, { ...row, premium: scale * (mark ?? 0) });
  }
  if (vol === null || forward === null)
    return fail(place.reason ?? `${contract} has no volatility to age it with.`);
  const aged = blackGreeks({
    optionType,
    forward,
    strike,
    timeToExpiry,
    vol,
    discountFactor: place.discountFactor,
  });
  const item = listedOptionItem({
    contractId: contract,
    vegaPerVol: aged.vegaPerVol,
    gammaSpot: aged.gammaForward,
    spot: forward,
    scale,
    timeToExpiry,
  });
  return part(item, { ...row, premium: scale * aged.price });
}
