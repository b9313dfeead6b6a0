import type { BookLine, ExpiryRow, Readers } from '../../../store/index.ts';
import { contractOf } from '../contracts/held-contracts.ts';

const moneyLine = (book: string, currency: string): BookLine => ({
  book,
  symbol: currency,
  instrument: 'cash',
  contract: currency,
  optionType: null,
  expiryDate: null,
  root: null,
  strike: null,
  quantity: 0,
  multiplier: 1,
  costPrice: null,
  adjusted: false,
});

/** Shares onto a line: more of the same side averages the price, less keeps it, the other side begins anew. */
function withShares(line: BookLine, shares: number, price: number): BookLine {
  const quantity = line.quantity + shares;
  const isNew = line.quantity === 0;
  const grows = Math.sign(line.quantity) === Math.sign(shares);
  const crosses = !grows && Math.abs(shares) > Math.abs(line.quantity);
  const costPrice =
    isNew || crosses
      ? price
      : !grows
        ? line.costPrice
        : line.costPrice === null
          ? null
          : (line.costPrice * line.quantity + price * shares) / quantity;
  return { ...line, quantity, costPrice };
}

/**
 * Every book that rows touch, whole, as it is after them: options gone, shares at the strike, money beside
 * them. A book keeps its line of money even at zero, so that it never vanishes and an older layer returns.
 */
export function booksAfter(read: Readers, rows: readonly ExpiryRow[]): readonly BookLine[] {
  const books = new Set(rows.map(({ book }) => book));
  const lines = new Map<string, BookLine>();
  const keyOf = ({ book, symbol, contract }: Pick<BookLine, 'book' | 'symbol' | 'contract'>): string =>
    `${book}\n${symbol}\n${contract}`;
  for (const { positionId: _, ...line } of read.positions.list()) {
    if (books.has(line.book)) lines.set(keyOf(line), line);
  }
  for (const row of rows) {
    const { book, symbol, stockQuantity, cash, strike } = row;
    for (const [key, line] of lines) {
      if (
        line.book !== book ||
        line.symbol !== symbol ||
        contractOf({ ...line, positionId: 0 }) !== row.contract
      )
        continue;
      lines.set(key, { ...line, quantity: line.quantity - row.quantity });
    }
    const currency = read.underliers.find(symbol)?.currency ?? 'USD';
    const money = moneyLine(book, currency);
    const held = lines.get(keyOf(money)) ?? money;
    lines.set(keyOf(money), { ...held, quantity: held.quantity + cash });
    if (stockQuantity === 0) continue;
    const stock: BookLine = {
      ...money,
      symbol,
      contract: symbol,
      instrument: 'stock',
    };
    lines.set(keyOf(stock), withShares(lines.get(keyOf(stock)) ?? stock, stockQuantity, strike));
  }
  return [...lines.values()].filter(({ quantity, instrument }) => quantity !== 0 || instrument === 'cash');
}
