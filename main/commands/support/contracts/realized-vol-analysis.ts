import { sessionOnOrBefore } from '../../../../shared/calendar.ts';
import type { OutputOf, ParsedInputOf } from '../../../../shared/contract/index.ts';
import type { RealizedVolTerms } from '../../../../shared/contract/vol-contracts.ts';
import type { IsoDate } from '../../../../shared/dates.ts';
import { failure, sentenceOf } from '../../../../shared/failure.ts';
import { compareEstimators } from '../../../../shared/quant/contracts/vol-contract-comparison.ts';
import { observeVolContract } from '../../../../shared/quant/contracts/vol-contract-observations.ts';
import {
  varianceBeyondVol,
  varianceEquivalent,
  volStrip,
} from '../../../../shared/quant/contracts/vol-contract-strip.ts';
import { markVolContract, type VolContractMark } from '../../../../shared/quant/contracts/vol-contract.ts';
import { perVolPoint } from '../../../../shared/quant/risk-units.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import type { Readers, StoredRealizedVol } from '../../../store/index.ts';
import { calendarOfSymbol } from '../market/prices.ts';
import type { TermStructure } from '../market/term-structure.ts';
import { isRealizedVol } from './contract-entry.ts';
import { addMonths } from './realized-vol-spec.ts';
import { observationFailure, progressOf, remainingVolOf } from './realized-vol-value.ts';
import { observationWindow, toldInForce } from './realized-vol-window.ts';

type Analysis = OutputOf<'contracts.volAnalysis'>;
type Asked = ParsedInputOf<'contracts.volAnalysis'>;
interface Market {
  readonly asOf: IsoDate;
  readonly structure: TermStructure;
  readonly read: Readers;
}

/** Volatility points from the strike that the equal variance swap is compared at. */
const swings = [-0.1, -0.05, -0.025, 0.025, 0.05, 0.1, 0.2] as const;
/** Above this many months a contract is taken apart into quarters, below it into months. */
const quarterMonths = 3;

/** A mark of a period with its count of observations, or why there is none. */
function markOf(
  terms: RealizedVolTerms,
  { asOf, structure, read }: Market,
  convexity: Pick<Asked, 'convexity' | 'volUncertainty'>,
  told: StoredTold,
): Result<VolContractMark & { readonly observations: number }, string> {
  const observations = observeVolContract(observationWindow(read, terms, asOf, told));
  const progress = progressOf(observations);
  if (progress === null) return fail(sentenceOf(observationFailure(terms, observations)));
  const remaining = asOf >= terms.endDate ? ok(0) : remainingVolOf(terms, asOf, structure);
  if (!remaining.ok) return remaining;
  return ok({
    ...markVolContract({ progress, remainingVol: remaining.value, ...convexity }),
    observations: observations.observationsExpected,
  });
}
type StoredTold = ReturnType<Readers['contracts']['observations']>;

interface Part {
  readonly startDate: IsoDate;
  readonly endDate: IsoDate;
  readonly months: number;
  readonly contractId: string | null;
}

/** Held contracts that follow one another through a whole period; empty where they do not. */
function heldParts({ contractId, underlying, startDate, endDate }: RealizedVolTerms, read: Readers): Part[] {
  const inside = read.contracts
    .list()
    .filter(isRealizedVol)
    .map(({ terms }) => terms)
    .filter((one) => one.underlying === underlying && one.contractId !== contractId)
    .filter((one) => one.startDate >= startDate && one.endDate <= endDate)
    .filter((one) => one.endDate < endDate || one.startDate > startDate)
    .sort((a, b) => a.endDate.localeCompare(b.endDate));
  const parts: Part[] = [];
  let at = startDate;
  while (at < endDate) {
    const next = inside.find((one) => one.startDate === at);
    if (next === undefined) return [];
    parts.push({ ...next });
    at = next.endDate;
  }
  return parts;
}

/** A period cut into quarters, or into months where it is no longer than one. */
function cutParts({ startDate, endDate, months, underlying }: RealizedVolTerms, read: Readers): Part[] {
  const step = months > quarterMonths ? quarterMonths : 1;
  const count = Math.round(months / step);
  if (count < 2) return [];
  const calendar = calendarOfSymbol(read, underlying);
  const bounds = Array.from({ length: count + 1 }, (_, i) =>
    i === 0 ? startDate : i === count ? endDate : sessionOnOrBefore(calendar, addMonths(startDate, i * step)),
  );
  return bounds.slice(1).flatMap((end, i) => {
    const start = bounds[i] ?? startDate;
    return start < end ? [{ startDate: start, endDate: end, months: step, contractId: null }] : [];
  });
}

function stripOf(
  terms: RealizedVolTerms,
  asked: Asked,
  market: Market,
  fairVol: number | null,
  told: StoredTold,
): Analysis['strip'] {
  const held = heldParts(terms, market.read);
  const parts = held.length > 1 ? held : cutParts(terms, market.read);
  const rows = parts.map((part, i) => {
    const mark = markOf({ ...terms, ...part, contractId: terms.contractId }, market, asked, told);
    const quotedVol = asked.partVols[i] ?? null;
    const { contractId, ...period } = part;
    return {
      ...period,
      observations: mark.ok ? mark.value.observations : 0,
      fairVol: mark.ok ? mark.value.fairVol : null,
      quotedVol,
      vol: quotedVol ?? (mark.ok ? mark.value.fairVol : null),
      source: [...(contractId === null ? [] : [contractId]), mark.ok ? '' : mark.error].join(' ').trim(),
      contractsPerWhole: null as number | null,
    };
  });
  const wholeVol = asked.wholeVol ?? fairVol;
  const blank = {
    parts: rows,
    combinedVol: null,
    wholeVol,
    wholeSource: asked.wholeVol === undefined ? 'fair' : 'quoted',
    richVol: null,
    richTicks: null,
    rich: null,
  };
  if (rows.length === 0)
    return { ...blank, reason: `${terms.contractId} is too short to be taken apart into months.` };
  const without = rows.find(({ vol }) => vol === null);
  if (without !== undefined) return { ...blank, reason: without.source };
  if (wholeVol === null) return { ...blank, reason: `${terms.contractId} has no volatility of its own.` };
  const { multiplier, months, tick } = terms;
  const found = volStrip({
    parts: rows.map(({ vol, observations, months: own }) => ({ vol: vol ?? 0, observations, months: own })),
    whole: { multiplier, months, tick, vol: wholeVol },
  });
  if (!found.ok)
    return { ...blank, reason: sentenceOf(failure(found.error.code, terms.contractId, found.error.detail)) };
  const { contractsPerWhole, ...strip } = found.value;
  return {
    ...blank,
    ...strip,
    parts: rows.map((row, i) => ({ ...row, contractsPerWhole: contractsPerWhole[i] ?? null })),
    reason: null,
  };
}

function varianceOf(
  { multiplier, months, quantity }: RealizedVolTerms,
  strikeVol: number,
): Analysis['variance'] {
  const equivalent = varianceEquivalent({ multiplier, months, quantity, strikeVol });
  if (!equivalent.ok) return null;
  const { volNotional, varianceNotional } = equivalent.value;
  return {
    strikeVol,
    vegaPerVolPoint: perVolPoint(volNotional),
    variancePerVolPointSquared: perVolPoint(perVolPoint(varianceNotional)),
    beyond: swings
      .map((swing) => strikeVol + swing)
      .filter((vol) => vol > 0)
      .map((vol) => ({
        vol,
        contract: volNotional * (vol - strikeVol),
        amount: varianceBeyondVol({ equivalent: equivalent.value, vol }),
      })),
  };
}

/** One held contract taken apart: its estimators, its strip, its variance swap, the log of its marks. */
export function analyzeRealizedVol({ terms }: StoredRealizedVol, asked: Asked, market: Market): Analysis {
  const { read, asOf } = market;
  const told = read.contracts.observations(terms.contractId);
  const mark = markOf(terms, market, asked, told);
  const window = observationWindow(read, terms, asOf, told);
  const fairVol = mark.ok ? mark.value.fairVol : null;
  const strike = terms.tradeVol ?? fairVol;
  const inForce = new Set(toldInForce(told).values());
  return {
    asOf,
    fairVol,
    convexityAdjustment: mark.ok ? mark.value.convexityAdjustment : null,
    lockedInVariance: mark.ok ? mark.value.lockedInVariance : null,
    estimators: compareEstimators({ ...window, size: terms, quantity: terms.quantity }).map(
      ({ failure: why, ...row }) => ({
        ...row,
        reason:
          why !== null
            ? sentenceOf(failure(why.code, terms.underlying, why.detail))
            : row.vol === null
              ? 'Nothing is observed yet.'
              : null,
      }),
    ),
    strip: stripOf(terms, asked, market, fairVol, told),
    variance: strike === null ? null : varianceOf(terms, strike),
    log: told
      .map((one) => {
        const { happenedAt, ...said } = one;
        return { ...said, at: happenedAt, inForce: inForce.has(one) };
      })
      .toReversed(),
    reason: mark.ok ? null : mark.error,
  };
}
