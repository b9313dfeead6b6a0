// Source: reference/04_forward_start.json, forward_vol and strips_rms: 30-digit values. Tolerance 1e-14.
import { describe, expect, it } from 'vitest';
import { rootMeanSquare } from '../../../shared/quant/history/realized-vol.ts';
import { forwardVol } from '../../../shared/quant/surface/surface.ts';
import { referenceTable } from '../../support/reference.ts';

interface Table {
  readonly forward_vol: readonly {
    readonly v1: number;
    readonly T1: number;
    readonly v2: number;
    readonly T2: number;
    readonly forward_vol: number | null;
  }[];
  readonly strips_rms: readonly {
    readonly vols: readonly number[];
    readonly taus: readonly number[];
    readonly strip_vol: number;
  }[];
}
const table = referenceTable<Table>('04_forward_start.json');

describe.skipIf(table === null)('volatility across time', () => {
  it('agrees with 30-digit forward volatilities and refuses negative variance', () => {
    for (const { v1, T1, v2, T2, forward_vol } of table!.forward_vol) {
      const result = forwardVol({ nearVol: v1, nearTime: T1, farVol: v2, farTime: T2 });
      if (forward_vol === null)
        expect(result).toEqual({
          ok: false,
          error: {
            code: 'negative-forward-variance',
            detail: { nearVol: v1, nearTime: T1, farVol: v2, farTime: T2 },
          },
        });
      else expect(result.ok && result.value).toBeCloseTo(forward_vol, 14);
    }
  });

  it('combines strips by root mean square', () => {
    for (const { vols, taus, strip_vol } of table!.strips_rms) {
      const result = rootMeanSquare({ parts: vols.map((vol, i) => ({ vol, weight: taus[i]! })) });
      expect(result.ok && result.value).toBeCloseTo(strip_vol, 14);
    }
  });
});
