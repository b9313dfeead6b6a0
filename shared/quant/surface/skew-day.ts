import type { IsoDate } from '../../dates.ts';
import type { Vol } from '../../units.ts';
import type { ChainAnalysis, ExpiryAnalysis } from '../chain/chain-analysis.ts';

const termDays = 30;
/** Nearer expiries say nothing about a month. */
const fewestDays = 3;

/** One name's volatility and skew of one day, as a history keeps them; decimal. */
export interface SkewDay {
  readonly date: IsoDate;
  readonly iv30: Vol | null;
  readonly atmVol: Vol | null;
  readonly riskReversal25: Vol | null;
  readonly butterfly25: Vol | null;
  readonly skew90110: Vol | null;
  readonly slope: number | null;
}

/** The expiry whose skew stands for a name: the one nearest 30 days among those with a smile. */
export const referenceExpiry = (analysis: Pick<ChainAnalysis, 'expiries'>): ExpiryAnalysis | null =>
  analysis.expiries
    .filter(({ fit, days }) => fit !== null && days >= fewestDays)
    .reduce<ExpiryAnalysis | null>(
      (best, expiry) =>
        best === null || Math.abs(expiry.days - termDays) < Math.abs(best.days - termDays) ? expiry : best,
      null,
    );

/** What a history keeps of an analyzed chain. Proof: test/unit/quant/skew.test.ts */
export function skewDayOf(analysis: ChainAnalysis): SkewDay {
  const skew = referenceExpiry(analysis)?.skew;
  return {
    date: analysis.asOf,
    iv30: analysis.ivIndex.find((one) => one.termDays === termDays)?.vol ?? null,
    atmVol: skew?.atmVol ?? null,
    riskReversal25: skew?.riskReversal25 ?? null,
    butterfly25: skew?.butterfly25 ?? null,
    skew90110: skew?.skew90110 ?? null,
    slope: skew?.slope ?? null,
  };
}
