// Source: data/us-index-chains and data/nse, whole surfaces of real days. Asserted is what the delivery asks:
// no butterfly and no calendar arbitrage on 500 log-strikes out to eight deviations, between every two expiries.
import { describe, expect, it } from 'vitest';
import { analyzeChain } from '../../../shared/quant/chain/chain-analysis.ts';
import { arbitrageOf } from '../../support/surface-grid.ts';
import { indianChains, quoteTable } from '../../support/real-chains.ts';
import { fileBeside } from '../../support/reference.ts';

const tables = [
  { file: 'spx_quotedata_2020-03-20_close.dat', symbol: 'SPX', asOf: '2020-03-20' },
  { file: 'spx_quotedata_2022-02-04_close.csv', symbol: 'SPX', asOf: '2022-02-04' },
  { file: 'ndx_quotedata_2022-02-04_close.csv', symbol: 'NDX', asOf: '2022-02-04' },
].map((table) => ({ ...table, path: fileBeside(`data/us-index-chains/${table.file}`) }));

describe.each(tables.filter((table) => table.path !== null))('the surface of $symbol on $asOf', (table) => {
  const chain = analyzeChain(quoteTable(table.path!, table.symbol, table.asOf));

  it('is free of butterfly and calendar arbitrage', () => {
    expect(arbitrageOf(chain.expiries)).toEqual([]);
  });

  it('keeps at least 95 quotes in a hundred of every expiry inside bid and ask', () => {
    for (const { key, fit } of chain.expiries) expect(fit?.insideSpreadShare ?? 1, key).toBeGreaterThan(0.95);
  });

  it('says against which expiry a curve was raised among its quotes', () => {
    const raised = chain.expiries.filter(({ calendar }) => (calendar?.raisedVolPoints ?? 0) >= 0.01);
    expect(raised.length).toBeGreaterThan(0);
    for (const { fit, calendar } of raised) expect(fit!.note).toContain(calendar!.against);
  });
});

const derivatives = fileBeside('data/nse/fo_2026-02-25_2026-03-27.csv.gz');

describe.skipIf(derivatives === null).each(['2026-02-25', '2026-03-27'])(
  'the surfaces of NSE on %s',
  (asOf) => {
    it('are free of butterfly and calendar arbitrage, all 61', () => {
      const chains = indianChains(derivatives!, asOf).map(analyzeChain);
      expect(chains).toHaveLength(61);
      for (const chain of chains) expect(arbitrageOf(chain.expiries), chain.symbol).toEqual([]);
    });
  },
);
