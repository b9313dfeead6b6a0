import { describe, expect, it } from 'vitest';
import { modelledQuote } from '../../../shared/quant/chain/spread-model.ts';

const held = { openInterest: 5000, tick: 0.05, deepOpenInterest: 5000 };

describe('modelledQuote', () => {
  it('is a quarter of a volatility point each way for a well-held contract', () => {
    expect(modelledQuote({ ...held, mark: 100, vegaPerVolPoint: 20 })).toEqual({ bid: 95, ask: 105 });
  });

  it('is wider for a contract nobody holds', () => {
    const quote = modelledQuote({ ...held, openInterest: 0, mark: 100, vegaPerVolPoint: 20 });
    expect(quote).toEqual({ bid: 70, ask: 130 });
    expect(modelledQuote({ ...held, openInterest: null, mark: 100, vegaPerVolPoint: 20 })).toEqual(quote);
  });

  it('is at least a tick and one per cent, at most forty per cent of the price, on the tick', () => {
    expect(modelledQuote({ ...held, mark: 1, vegaPerVolPoint: 0 })).toEqual({ bid: 0.95, ask: 1.05 });
    const onePercent = modelledQuote({ ...held, mark: 200, vegaPerVolPoint: 0 });
    expect(onePercent.bid).toBeCloseTo(198, 10);
    expect(onePercent.ask).toBeCloseTo(202, 10);
    const capped = modelledQuote({ ...held, mark: 10, vegaPerVolPoint: 1000 });
    expect(capped.bid).toBeCloseTo(6, 10);
    expect(capped.ask).toBeCloseTo(14, 10);
  });

  it('never bids below zero', () => {
    expect(modelledQuote({ ...held, mark: 0.05, vegaPerVolPoint: 0.01 }).bid).toBe(0);
  });
});
