// Source: data/nse, a whole real day. Asserted is that the analysis of a chain is a function of its input alone:
// the same to the last bit in a fresh worker, after other names, with its expiries and futures in another order.
import { describe, expect, it } from 'vitest';
import { createComputePool } from '../../../main/compute/pool.ts';
import { entryUrl } from '../../../main/entries.ts';
import { analyzeChain } from '../../../shared/quant/chain/chain-analysis.ts';
import type { ChainInput } from '../../../shared/quant/chain/chain-input.ts';
import { indianChains } from '../../support/real-chains.ts';
import { fileBeside } from '../../support/reference.ts';

const derivatives = fileBeside('data/nse/fo_2026-02-25_2026-03-27.csv.gz');

/** JSON keeps every bit of a double; typed columns as plain ones. */
const bitsOf = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) =>
    ArrayBuffer.isView(one) ? Array.from(one as Float64Array) : one,
  );

/** A name's analysis in one fresh worker, after the names before it. */
async function inFreshWorker(chains: readonly ChainInput[]): Promise<Map<string, string>> {
  const pool = createComputePool({ worker: entryUrl('compute-worker'), size: 1 });
  try {
    const found = await Promise.all(
      chains.map(async (chain) => {
        const result = await pool.run('analyzeChain', chain);
        if (!result.ok) throw new Error(result.error.code);
        return [chain.symbol, bitsOf(result.value)] as const;
      }),
    );
    return new Map(found);
  } finally {
    await pool.close();
  }
}

describe.skipIf(derivatives === null)('the analysis of a chain', () => {
  // index and stocks, European and American, of many and of few quotes
  const chains = (): readonly ChainInput[] => {
    const all = indianChains(derivatives!, '2026-03-27');
    return all
      .filter(({ symbol }, i) => symbol === 'NIFTY' || i % 10 === 0)
      .map((chain, i) => ({ ...chain, exercise: i % 2 === 0 ? ('american' as const) : chain.exercise }));
  };

  it('is the same to the last bit in a fresh worker, whatever was analyzed before', async () => {
    const given = chains();
    expect(given.length).toBeGreaterThan(6);
    const forth = await inFreshWorker(given);
    const back = await inFreshWorker(given.toReversed());
    for (const chain of given) {
      expect(back.get(chain.symbol) === forth.get(chain.symbol), chain.symbol).toBe(true);
      expect(bitsOf(analyzeChain(chain)) === forth.get(chain.symbol), chain.symbol).toBe(true);
    }
  });

  it('does not depend on the order of its expiries and futures', () => {
    for (const chain of chains()) {
      const turned = { ...chain, expiries: chain.expiries.toReversed(), futures: chain.futures.toReversed() };
      expect(bitsOf(analyzeChain(turned)) === bitsOf(analyzeChain(chain)), chain.symbol).toBe(true);
    }
  });

  it('gives the IV Index the same with and without fitted smiles', () => {
    for (const chain of chains()) {
      const alone = analyzeChain({ ...chain, withoutFits: true, rowKeys: [] });
      expect(bitsOf(alone.ivIndex)).toBe(bitsOf(analyzeChain(chain).ivIndex));
    }
  });
});
