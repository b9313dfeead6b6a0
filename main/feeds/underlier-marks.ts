import { TableBuilder } from './columns.ts';
import type { UnderlierMarkTable } from './staged-feed.ts';

/** Spot of each symbol and day as a chain's own file states it; the first statement stands. */
export class UnderlierMarks {
  readonly #table = new TableBuilder({
    text: ['symbol', 'tradeDate', 'quotedAt', 'source', 'name'] as const,
    number: ['spot'] as const,
  });
  readonly #spots = new Map<string, number>();
  /** Symbols and days whose rows do not agree on the spot. */
  readonly disagreements = new Set<string>();

  add(mark: {
    readonly line: number;
    readonly symbol: string;
    readonly tradeDate: string;
    readonly spot: number;
    readonly quotedAt: string | null;
    readonly source: string;
    readonly name?: string | null;
  }): void {
    if (!(mark.spot > 0)) return;
    const key = `${mark.symbol} ${mark.tradeDate}`;
    const known = this.#spots.get(key);
    if (known !== undefined) {
      if (Math.abs(known - mark.spot) > 1e-9 * known) this.disagreements.add(key);
      return;
    }
    this.#spots.set(key, mark.spot);
    const { text, number } = this.#table;
    const at = this.#table.claim(key, mark.line);
    text.symbol.set(at, mark.symbol);
    text.tradeDate.set(at, mark.tradeDate);
    text.quotedAt.set(at, mark.quotedAt);
    text.source.set(at, mark.source);
    text.name.set(at, mark.name ?? null);
    number.spot.set(at, mark.spot);
  }

  /** The spot last stated for a symbol and day. */
  spotOf(symbol: string, tradeDate: string): number | null {
    return this.#spots.get(`${symbol} ${tradeDate}`) ?? null;
  }

  finish(): UnderlierMarkTable {
    return this.#table.finish();
  }
}
