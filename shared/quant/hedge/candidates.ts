import type { IsoDate } from '../../dates.ts';
import type { Fraction, OptionType, Vol } from '../../units.ts';

/** An option as the chain shows it. Prices per unit; null where there is none. */
export interface OptionRow {
  readonly id: string;
  readonly symbol: string;
  readonly optionType: OptionType;
  readonly expiry: IsoDate;
  readonly strike: number;
  readonly bid: number | null;
  readonly ask: number | null;
  readonly vol: Vol | null;
  /** Of one long option, per unit of the underlying. */
  readonly delta: number | null;
  /** At-the-money-forward volatility of the expiry. */
  readonly atmVol: Vol | null;
  /** The fitted smile at this strike. */
  readonly fitVol: Vol | null;
  /** Of the underlying, over the window that matches the maturity. */
  readonly historicalVol: Vol | null;
  readonly openInterest: number | null;
  readonly isStale: boolean;
  /** A non-standard deliverable after a corporate action. */
  readonly isAdjusted: boolean;
  /** Taken out by hand. */
  readonly isExcluded?: boolean;
}

export interface CandidateFilters {
  /** Absolute delta. */
  readonly deltaRange: readonly [number, number];
  readonly minOpenInterest: number;
  /** (ask − bid) / mid. */
  readonly maxSpreadFraction: Fraction;
  /** Of the price that would be traded; default 0. */
  readonly minPremium?: number;
  readonly excludeContracts?: readonly string[];
  /** 0 sells at the bid and buys at the ask; 0.5 trades at mid. Default 0. */
  readonly spreadShare?: Fraction;
  /** Most contracts as a share of open interest; absent: no limit from it. */
  readonly maxOpenInterestShare?: Fraction | null;
}

export type CandidateFilter =
  | 'adjusted'
  | 'excluded'
  | 'no-bid'
  | 'no-ask'
  | 'crossed'
  | 'stale'
  | 'no-volatility'
  | 'delta'
  | 'spread'
  | 'open-interest'
  | 'premium';

export interface Candidate extends OptionRow {
  readonly vol: Vol;
  readonly delta: number;
  readonly bid: number;
  readonly ask: number;
  /** What a trade would count with. */
  readonly price: number;
  /** First set: σ(K, T) / σ_ATM(T) − 1. */
  readonly skewPremium: Fraction | null;
  /** First set, second look: σ(K, T) / fitted smile − 1. */
  readonly fitPremium: Fraction | null;
  /** Second set: implied over historical volatility. */
  readonly impliedToHistorical: number | null;
  /** Contracts, from open interest; null without a limit. */
  readonly limit: number | null;
}

export interface CandidateSet {
  readonly candidates: readonly Candidate[];
  /** How many fell to each filter; an option counts once, at the first it fails. */
  readonly filtered: Readonly<Partial<Record<CandidateFilter, number>>>;
  readonly rejected: readonly { readonly id: string; readonly filter: CandidateFilter }[];
}

/**
 * The options that may be traded on one side, with the numbers of both sets.
 *
 * Source: math §9, Candidates. Proof: test/unit/quant/hedge-candidates.test.ts
 */
export function candidatesOf(input: {
  readonly rows: readonly OptionRow[];
  readonly side: 'sell' | 'buy';
  readonly filters: CandidateFilters;
}): CandidateSet {
  const { rows, side, filters } = input;
  const candidates: Candidate[] = [];
  const rejected: { id: string; filter: CandidateFilter }[] = [];
  const filtered: Partial<Record<CandidateFilter, number>> = {};
  for (const row of rows) {
    const judged = judge(row, side, filters);
    if (typeof judged === 'string') {
      filtered[judged] = (filtered[judged] ?? 0) + 1;
      rejected.push({ id: row.id, filter: judged });
    } else candidates.push(judged);
  }
  return { candidates, filtered, rejected };
}

/** What a trade counts with: the far side of the market, moved towards mid by a share of the spread. */
export function tradePrice(quote: {
  readonly bid: number;
  readonly ask: number;
  readonly side: 'sell' | 'buy';
  readonly spreadShare: Fraction;
}): number {
  const concession = quote.spreadShare * (quote.ask - quote.bid);
  return quote.side === 'sell' ? quote.bid + concession : quote.ask - concession;
}

function judge(row: OptionRow, side: 'sell' | 'buy', filters: CandidateFilters): Candidate | CandidateFilter {
  const { deltaRange, minOpenInterest, maxSpreadFraction, minPremium = 0, spreadShare = 0 } = filters;
  if (row.isAdjusted) return 'adjusted';
  if (row.isExcluded === true || filters.excludeContracts?.includes(row.id) === true) return 'excluded';
  const { bid, ask, vol, delta } = row;
  if (ask === null || ask <= 0) return 'no-ask';
  if (bid === null || (side === 'sell' && bid <= 0)) return 'no-bid';
  if (bid > ask) return 'crossed';
  if (row.isStale) return 'stale';
  if (vol === null || delta === null) return 'no-volatility';
  if (Math.abs(delta) < deltaRange[0] || Math.abs(delta) > deltaRange[1]) return 'delta';
  if ((ask - bid) / ((ask + bid) / 2) > maxSpreadFraction + 1e-12) return 'spread';
  if (minOpenInterest > 0 && (row.openInterest ?? 0) < minOpenInterest) return 'open-interest';
  const price = tradePrice({ bid, ask, side, spreadShare });
  if (price < minPremium) return 'premium';
  const share = filters.maxOpenInterestShare ?? null;
  return {
    ...row,
    bid,
    ask,
    vol,
    delta,
    price,
    skewPremium: over(vol, row.atmVol, 1),
    fitPremium: over(vol, row.fitVol, 1),
    impliedToHistorical: over(vol, row.historicalVol, 0),
    limit: share === null || row.openInterest === null ? null : Math.floor(share * row.openInterest + 1e-9),
  };
}

const over = (vol: Vol, base: Vol | null, less: number): number | null =>
  base === null || base <= 0 ? null : vol / base - less;
