// Source: data/us-index-chains, the exchange's own quote tables of two days, and data/nse. What is asserted
// is what no-arbitrage markets must show, not values from another program: forwards near the spot, curves
// inside the quotes, and the exchange's volatility index of the day as printed in the press (VIX 66.04 on
// 2020-03-20, 23.22 on 2022-02-04; ours uses other minutes and rates, hence two points and one).
import { describe, expect, it } from 'vitest';
import { analyzeChain } from '../../../shared/quant/chain/chain-analysis.ts';
import { butterflyAt, smileVolAt } from '../../../shared/quant/surface/smile-shape.ts';
import { indianChains, quoteTable } from '../../support/real-chains.ts';
import { fileBeside } from '../../support/reference.ts';

const tables = [
  {
    file: 'spx_quotedata_2020-03-20_close.dat',
    symbol: 'SPX',
    asOf: '2020-03-20',
    index: 66.04,
    within: 2.5,
  },
  { file: 'spx_quotedata_2022-02-04_close.csv', symbol: 'SPX', asOf: '2022-02-04', index: 23.22, within: 1 },
  {
    file: 'ndx_quotedata_2022-02-04_close.csv',
    symbol: 'NDX',
    asOf: '2022-02-04',
    index: null,
    within: null,
  },
].map((table) => ({ ...table, path: fileBeside(`data/us-index-chains/${table.file}`) }));

describe.each(tables.filter((table) => table.path !== null))('$symbol of $asOf as quoted', (table) => {
  const input = quoteTable(table.path!, table.symbol, table.asOf);
  const chain = analyzeChain(input);
  const quoted = chain.expiries.filter((one) => one.rows!.put.bid.some((bid) => bid !== null && bid > 0));

  it('has a parity forward near the spot for every quoted expiry', () => {
    expect(quoted.length).toBeGreaterThanOrEqual(34);
    for (const one of quoted) {
      expect(one.forwardSource, one.key).toBe('parity');
      expect(Math.abs(Math.log(one.forward! / input.spot!)), one.key).toBeLessThan(
        0.01 + 0.02 * one.timeToExpiry,
      );
      expect(one.forwardStandardError! / one.forward!, one.key).toBeLessThan(1e-3);
    }
  });

  it('fits each expiry without butterfly arbitrage, at least nine quotes in ten inside bid and ask', () => {
    for (const one of quoted) {
      expect(one.fit!.arbitrageFree, one.key).toBe(true);
      expect(one.fit!.insideSpreadShare, one.key).toBeGreaterThanOrEqual(0.9);
    }
  });

  it('has no negative density between the points that the fit itself checks', () => {
    for (const one of quoted) {
      const { shape, curve } = one.fit!;
      const reach = 8 * smileVolAt(shape, 0) * Math.sqrt(one.timeToExpiry);
      const [low, high] = [
        Math.min(-reach, curve.logMoneyness[0]!),
        Math.max(reach, curve.logMoneyness.at(-1)!),
      ];
      let lowest = Infinity;
      for (let i = 0; i <= 4000; i += 1)
        lowest = Math.min(lowest, butterflyAt(shape, low + ((high - low) * i) / 4000));
      expect(lowest, one.key).toBeGreaterThanOrEqual(0);
    }
  });

  it('gives a reason for every listed option without a volatility, and none for the others', () => {
    for (const one of chain.expiries) {
      for (const side of [one.rows!.call, one.rows!.put])
        for (const [i, reason] of side.reason.entries())
          expect(reason === null).toBe(side.markVol[i] !== null);
    }
  });

  it('has sixteen options behind each IV Index and a model-free volatility near the published index', () => {
    for (const row of chain.ivIndex) expect(row.optionsUsed).toBe(16);
    if (table.index !== null)
      expect(Math.abs(100 * chain.modelFreeVol30! - table.index)).toBeLessThan(table.within);
  });
});

const derivatives = fileBeside('data/nse/fo_2026-02-25_2026-03-27.csv.gz');

describe.skipIf(derivatives === null).each(['2026-02-25', '2026-03-27'])('NSE names on %s', (asOf) => {
  const chains = derivatives === null ? [] : indianChains(derivatives, asOf).map(analyzeChain);

  it('are 61, each with a 30-day IV Index, modelled quotes said to be so, and no arbitrage in any smile', () => {
    expect(chains).toHaveLength(61);
    for (const chain of chains) {
      expect(chain.quoteModel.kind, chain.symbol).toBe('spread-model');
      expect(chain.ivIndex[0]!.vol, chain.symbol).toBeGreaterThan(0.05);
      expect(chain.ivIndex[0]!.vol, chain.symbol).toBeLessThan(1.2);
      for (const one of chain.expiries) {
        if (one.fit === null) expect(one.fitReason).not.toBeNull();
        else {
          expect(one.fit.arbitrageFree, one.key).toBe(true);
          expect(one.fit.insideSpreadShare, one.key).toBeNull();
        }
      }
    }
  });

  it('take the future of the month for the forward, and parity agrees to half a per cent in NIFTY', () => {
    const nifty = chains.find((chain) => chain.symbol === 'NIFTY')!;
    const months = nifty.expiries.filter(
      (one) => one.forwardSource === 'future' && one.forwardNote.startsWith('Future'),
    );
    expect(months).toHaveLength(3);
    for (const one of months) {
      const gap = Number(/differs by (-?[\d.]+)%/.exec(one.forwardNote)![1]);
      expect(Math.abs(gap), one.forwardNote).toBeLessThan(0.5);
    }
  });
});

describe('the real chains', () => {
  it('lie beside the checkout whole or not at all', () => {
    const found = tables.filter((table) => table.path !== null).length;
    expect([0, tables.length]).toContain(found);
  });
});
