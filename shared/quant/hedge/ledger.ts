import type { IsoDate } from '../../dates.ts';
import type { Fraction, OptionType, Vol } from '../../units.ts';

/** One trade of one option of a hedge. Prices per unit, account currency. */
export interface LedgerTrade {
  readonly contract: string;
  readonly symbol: string;
  readonly optionType: OptionType;
  readonly expiry: IsoDate;
  readonly strike: number;
  readonly multiplier: number;
  /** Signed contracts: sold is negative. */
  readonly quantity: number;
  readonly price: number;
  /** Paid (+), money of the whole trade. */
  readonly fee: number;
  readonly date: IsoDate;
  /** Implied volatility it was traded at; null where it is not known. */
  readonly vol: Vol | null;
}

/** How some contracts ended at their expiry. */
export interface LedgerEnding {
  readonly contract: string;
  /** Signed contracts that ended. */
  readonly quantity: number;
  readonly outcome: string;
  readonly date: IsoDate;
  /** Worth a unit at the end, ≥ 0; null where no settlement price is known. */
  readonly intrinsic: number | null;
}

/** One contract from its first trade to its end. Money in account currency, received (+) or paid (−). */
export interface LedgerLine {
  readonly contract: string;
  readonly symbol: string;
  readonly optionType: OptionType;
  readonly expiry: IsoDate;
  readonly strike: number;
  readonly side: 'sold' | 'bought';
  /** Contracts opened, closed by a trade, ended at expiry, and open still; each ≥ 0. */
  readonly opened: number;
  readonly closed: number;
  readonly ended: number;
  readonly open: number;
  readonly outcome: string | null;
  readonly openPrice: number;
  readonly closePrice: number | null;
  /** Premium of opening trades, of closing trades, and what the ending was worth. */
  readonly openMoney: number;
  readonly closeMoney: number;
  readonly endMoney: number;
  readonly fees: number;
  /** What it would cost to close what is open, at the mark; null where it has none. */
  readonly openValue: number | null;
  /** All of these together. */
  readonly result: number | null;
  readonly from: IsoDate;
  /** The last trade or ending; null while it is open. */
  readonly to: IsoDate | null;
  /** Of the opening trades, weighted by contracts; null where none is known. */
  readonly openVol: Vol | null;
}

export interface LedgerSums {
  /** Premium received for what was sold to open, and paid to buy it back. */
  readonly sold: number;
  readonly boughtBack: number;
  /** Premium paid for what was bought to open, and received when it was sold again. */
  readonly paid: number;
  readonly recovered: number;
  /** What endings were worth: paid on sold options (−), received on bought ones (+). */
  readonly settledOnSold: number;
  readonly settledOnBought: number;
  readonly fees: number;
  /** Of what was sold: left after buying back and what its endings took. */
  readonly kept: number;
  readonly keptShare: Fraction | null;
  /** Cash so far: everything but what is open. */
  readonly realized: number;
  readonly openValue: number | null;
  readonly result: number | null;
}

interface Building {
  readonly first: LedgerTrade;
  open: number;
  opened: number;
  openMoney: number;
  closed: number;
  closeMoney: number;
  ended: number;
  endMoney: number;
  isEndKnown: boolean;
  outcome: string | null;
  fees: number;
  last: IsoDate;
  vols: number;
  volWeight: number;
}

/** Trades of one contract in one direction; a trade through zero closes the line and opens another. */
function linesOf(
  trades: readonly LedgerTrade[],
  endings: readonly LedgerEnding[],
  mark: number | null,
): LedgerLine[] {
  const lines: Building[] = [];
  const events = [
    ...trades.map((trade, at) => ({ date: trade.date, at, trade, ending: null })),
    ...endings.map((ending, at) => ({ date: ending.date, at: trades.length + at, trade: null, ending })),
  ].sort((a, b) => (a.date === b.date ? a.at - b.at : a.date < b.date ? -1 : 1));
  let current: Building | null = null;
  const openLine = (trade: LedgerTrade): Building => {
    const line: Building = {
      first: trade,
      open: 0,
      opened: 0,
      openMoney: 0,
      closed: 0,
      closeMoney: 0,
      ended: 0,
      endMoney: 0,
      isEndKnown: true,
      outcome: null,
      fees: 0,
      last: trade.date,
      vols: 0,
      volWeight: 0,
    };
    lines.push(line);
    return line;
  };
  const take = (trade: LedgerTrade, quantity: number): void => {
    const share = quantity / trade.quantity;
    if (current === null || current.open === 0) current = openLine(trade);
    const money = -quantity * trade.multiplier * trade.price;
    const grows = current.open === 0 || Math.sign(quantity) === Math.sign(current.open);
    current.open += quantity;
    current.fees += trade.fee * share;
    current.last = trade.date;
    if (grows) {
      current.opened += Math.abs(quantity);
      current.openMoney += money;
      if (trade.vol !== null) {
        current.vols += trade.vol * Math.abs(quantity);
        current.volWeight += Math.abs(quantity);
      }
    } else {
      current.closed += Math.abs(quantity);
      current.closeMoney += money;
    }
  };
  for (const { trade, ending } of events) {
    if (trade !== null) {
      const held: number = (current as Building | null)?.open ?? 0;
      const crosses = held * trade.quantity < 0 && Math.abs(trade.quantity) > Math.abs(held);
      if (crosses) take(trade, -held);
      take(trade, crosses ? trade.quantity + held : trade.quantity);
    } else if (current !== null) {
      const line: Building = current;
      // Another hedge may hold the same contract: no more ends here than is open here.
      const quantity = Math.sign(line.open) * Math.min(Math.abs(line.open), Math.abs(ending.quantity));
      if (quantity === 0 || Math.sign(quantity) !== Math.sign(ending.quantity)) continue;
      line.open -= quantity;
      line.ended += Math.abs(quantity);
      line.outcome = line.outcome === null ? ending.outcome : `${line.outcome}, ${ending.outcome}`;
      line.last = ending.date;
      if (ending.outcome === 'worthless') continue;
      if (ending.intrinsic === null) line.isEndKnown = false;
      else line.endMoney += quantity * line.first.multiplier * ending.intrinsic;
    }
  }
  return lines.map((line): LedgerLine => {
    const { first, open, opened, closed, openMoney, closeMoney, endMoney, fees } = line;
    const openValue = open === 0 ? 0 : mark === null ? null : open * first.multiplier * mark;
    const settled = openMoney + closeMoney + endMoney - fees;
    return {
      contract: first.contract,
      symbol: first.symbol,
      optionType: first.optionType,
      expiry: first.expiry,
      strike: first.strike,
      side: first.quantity < 0 ? 'sold' : 'bought',
      opened,
      closed,
      ended: line.ended,
      open: Math.abs(open),
      outcome: line.outcome,
      openPrice: Math.abs(openMoney) / (opened * first.multiplier),
      closePrice: closed === 0 ? null : Math.abs(closeMoney) / (closed * first.multiplier),
      openMoney,
      closeMoney,
      endMoney,
      fees,
      openValue,
      result: openValue === null || !line.isEndKnown ? null : settled + openValue,
      from: first.date,
      to: open === 0 ? line.last : null,
      openVol: line.volWeight === 0 ? null : line.vols / line.volWeight,
    };
  });
}

/**
 * What became of every option of a hedge: opened, bought back or sold again, ended at expiry, open still.
 *
 * @param request.marks  of contracts open still, per unit
 * @returns lines by first trade; a contract that was closed and traded anew has a line for each time
 * Source: features K3. Proof: test/unit/quant/hedge-ledger.test.ts
 */
export function ledgerLines(request: {
  readonly trades: readonly LedgerTrade[];
  readonly endings: readonly LedgerEnding[];
  readonly marks: ReadonlyMap<string, number>;
}): readonly LedgerLine[] {
  const { trades, endings, marks } = request;
  const contracts = [...new Set(trades.map(({ contract }) => contract))];
  return contracts
    .flatMap((contract) =>
      linesOf(
        trades.filter((trade) => trade.contract === contract && trade.quantity !== 0),
        endings.filter((ending) => ending.contract === contract),
        marks.get(contract) ?? null,
      ),
    )
    .sort((a, b) => (a.from === b.from ? (a.contract < b.contract ? -1 : 1) : a.from < b.from ? -1 : 1));
}

/** Sums of lines: premium sold, paid, kept, bought back, fees. Source: features K3. */
export function ledgerSums(lines: readonly LedgerLine[]): LedgerSums {
  const sum = (pick: (line: LedgerLine) => number): number =>
    lines.reduce((total, line) => total + pick(line), 0);
  const ofSold = (pick: (line: LedgerLine) => number) => (line: LedgerLine) =>
    line.side === 'sold' ? pick(line) : 0;
  const ofBought = (pick: (line: LedgerLine) => number) => (line: LedgerLine) =>
    line.side === 'bought' ? pick(line) : 0;
  const sold = sum(ofSold(({ openMoney }) => openMoney));
  const boughtBack = 0 - sum(ofSold(({ closeMoney }) => closeMoney));
  const settledOnSold = sum(ofSold(({ endMoney }) => endMoney));
  // Premium of contracts open still is not kept yet.
  const openPremium = sum(
    ofSold(({ openMoney, open, opened }) => (opened === 0 ? 0 : (openMoney * open) / opened)),
  );
  const kept = sold - openPremium - boughtBack + settledOnSold;
  const ended = sold - openPremium;
  const values = lines.map(({ openValue }) => openValue);
  const openValue = values.some((value) => value === null)
    ? null
    : values.reduce<number>((total, value) => total + (value ?? 0), 0);
  const realized = sum((line) => line.openMoney + line.closeMoney + line.endMoney - line.fees);
  const isKnown = lines.every(({ result }) => result !== null);
  return {
    sold,
    boughtBack,
    paid: 0 - sum(ofBought(({ openMoney }) => openMoney)),
    recovered: sum(ofBought(({ closeMoney }) => closeMoney)),
    settledOnSold,
    settledOnBought: sum(ofBought(({ endMoney }) => endMoney)),
    fees: sum(({ fees }) => fees),
    kept,
    keptShare: ended > 0 ? kept / ended : null,
    realized,
    openValue,
    result: isKnown && openValue !== null ? realized + openValue : null,
  };
}
