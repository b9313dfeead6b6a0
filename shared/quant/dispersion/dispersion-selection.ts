import type { Fraction, Vol } from '../../units.ts';
import { inDecimals, inPercent, inWhole } from '../words.ts';

/** What is known of one name before it is chosen for the trade. */
export interface DispersionCandidate {
  readonly symbol: string;
  readonly weight: Fraction;
  readonly vol: Vol | null;
  readonly historicalVol: Vol | null;
  /** Share of the theoretical index variance; null where it is not known. */
  readonly varianceContribution: Fraction | null;
  /** Open interest of its options near the money of the trade's expiry, contracts; null: none listed. */
  readonly openInterest: number | null;
  /** Ask less bid over their middle, near the money; null where nothing is quoted. */
  readonly relativeSpread: Fraction | null;
  /** Said where the name cannot be traded at all. */
  readonly excluded: string | null;
}

export interface RankedCandidate {
  readonly symbol: string;
  readonly impliedToHistorical: number | null;
  /** Against the other names: dear (top third of implied over historical), cheap (bottom third). */
  readonly richness: 'rich' | 'cheap' | 'fair' | null;
  /** 0 to 1 by rank among the names, 1 best; null where the part is not known. */
  readonly parts: {
    readonly price: Fraction | null;
    readonly contribution: Fraction | null;
    readonly liquidity: Fraction | null;
  };
  /** Weighted mean of the parts, an unknown one counting 0; null where the name is excluded. */
  readonly score: Fraction | null;
  readonly picked: boolean;
  readonly reason: string;
}

/** How much each part counts; any scale. */
export interface SelectionWeights {
  readonly price: number;
  readonly contribution: number;
  readonly liquidity: number;
}

export const usualSelection: SelectionWeights = { price: 1, contribution: 1, liquidity: 1 };

/**
 * Component names for a dispersion trade, best first: those to buy should be cheap against their own
 * history, those to sell (the reverse trade) dear; either should carry much of the index's variance and
 * trade well.
 *
 * @param input.names  how many are picked
 * Limits: parts are ranks among the candidates, so that no unit outweighs another; liquidity is the mean
 *   rank of open interest and of the spread, or of the one that is known.
 * Source: math §7; features D5. Proof: test/unit/quant/dispersion-selection.test.ts
 */
export function rankCandidates(input: {
  readonly side: 'dispersion' | 'reverse';
  readonly candidates: readonly DispersionCandidate[];
  readonly names: number;
  readonly weights?: SelectionWeights;
}): readonly RankedCandidate[] {
  const { side, candidates, names, weights = usualSelection } = input;
  const free = candidates.filter(({ excluded }) => excluded === null);
  const ratioOf = ({ vol, historicalVol }: DispersionCandidate): number | null =>
    vol === null || historicalVol === null || historicalVol === 0 ? null : vol / historicalVol;
  const ratio = ranks(free, ratioOf);
  const contribution = ranks(free, (one) => one.varianceContribution);
  const interest = ranks(free, (one) => one.openInterest);
  const tightness = ranks(free, (one) => (one.relativeSpread === null ? null : -one.relativeSpread));
  const total = weights.price + weights.contribution + weights.liquidity;
  const scored = candidates.map((one) => {
    const dear = ratio.get(one.symbol) ?? null;
    const known = [interest.get(one.symbol), tightness.get(one.symbol)].filter((rank) => rank !== undefined);
    const parts = {
      price: dear === null ? null : side === 'dispersion' ? 1 - dear : dear,
      contribution: contribution.get(one.symbol) ?? null,
      liquidity: known.length === 0 ? null : known.reduce((a, b) => a + b, 0) / known.length,
    };
    const score =
      one.excluded !== null || !(total > 0)
        ? null
        : (weights.price * (parts.price ?? 0) +
            weights.contribution * (parts.contribution ?? 0) +
            weights.liquidity * (parts.liquidity ?? 0)) /
          total;
    const richness = dear === null ? null : dear >= 2 / 3 ? 'rich' : dear <= 1 / 3 ? 'cheap' : 'fair';
    return { one, impliedToHistorical: ratioOf(one), richness, parts, score } as const;
  });
  const ordered = scored.toSorted((a, b) => (b.score ?? -1) - (a.score ?? -1));
  return ordered.map(({ one, ...rest }, at) => ({
    symbol: one.symbol,
    ...rest,
    picked: rest.score !== null && at < names,
    reason: one.excluded ?? sentenceOf(one, rest.richness, rest.impliedToHistorical),
  }));
}

/** Ranks from 0 (least) to 1 (most), ties at their middle; names without a value are left out. */
function ranks(
  candidates: readonly DispersionCandidate[],
  valueOf: (one: DispersionCandidate) => number | null,
): ReadonlyMap<string, Fraction> {
  const known = candidates.flatMap((one) => {
    const value = valueOf(one);
    return value === null ? [] : [{ symbol: one.symbol, value }];
  });
  return new Map(
    known.map(({ symbol, value }) => {
      let [below, equal] = [0, 0];
      for (const other of known) {
        if (other.value < value) below++;
        else if (other.value === value) equal++;
      }
      return [symbol, known.length === 1 ? 0.5 : (below + (equal - 1) / 2) / (known.length - 1)];
    }),
  );
}

function sentenceOf(
  one: DispersionCandidate,
  richness: RankedCandidate['richness'],
  ratio: number | null,
): string {
  const price =
    ratio === null || richness === null
      ? 'no historical volatility to judge it by'
      : `${richness} at ${inDecimals(ratio)} times its historical volatility`;
  const share =
    one.varianceContribution === null ? '' : `, ${inPercent(one.varianceContribution)} of the index variance`;
  const interest =
    one.openInterest === null ? '' : `, open interest ${inWhole(one.openInterest)} near the money`;
  return `${price}${share}${interest}.`;
}
