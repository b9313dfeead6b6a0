import { conventionsOf } from '../../../../shared/option-roots.ts';
import type { IsoDate } from '../../../../shared/dates.ts';
import type { OptionType, Vol } from '../../../../shared/units.ts';
import type { AnalyzedChain } from './chain-desk.ts';

/** One listed option as the chain of a day has it. Greeks per unit of one long option. */
export interface ChainOption {
  readonly contract: string;
  readonly optionType: OptionType;
  readonly expiry: IsoDate;
  readonly days: number;
  readonly strike: number;
  readonly multiplier: number;
  readonly bid: number | null;
  readonly ask: number | null;
  readonly mark: number | null;
  readonly vol: Vol | null;
  readonly delta: number | null;
  readonly openInterest: number | null;
  /** What it delivers is not standard: never suggested. */
  readonly isAdjusted: boolean;
}

/** Every listed option of a chain, by expiry and strike. */
export const chainOptions = ({ analysis }: AnalyzedChain): readonly ChainOption[] =>
  analysis.expiries.flatMap((expiry) => {
    const { rows, days, multiplier } = expiry;
    if (rows === null) return [];
    const isAdjusted = conventionsOf(expiry.root).adjusted;
    return (['call', 'put'] as const).flatMap((optionType) => {
      const side = rows[optionType];
      return rows.strikes.flatMap((strike, at): ChainOption[] => {
        const contract = side.contract[at] ?? null;
        if (contract === null) return [];
        return [
          {
            contract,
            optionType,
            expiry: expiry.expiry,
            days,
            strike,
            multiplier,
            bid: side.bid[at] ?? null,
            ask: side.ask[at] ?? null,
            mark: side.mark[at] ?? null,
            vol: side.markVol[at] ?? null,
            delta: side.delta[at] ?? null,
            openInterest: side.openInterest[at] ?? null,
            isAdjusted,
          },
        ];
      });
    });
  });
