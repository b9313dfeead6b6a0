import type { DeskDate } from '../../../../shared/contract/contracts.ts';
import { addDays, type IsoDate } from '../../../../shared/dates.ts';
import type { Readers } from '../../../store/index.ts';
import { nextDividend } from '../hedge/dividend-facts.ts';
import { dueOf, hasHedge } from '../hedge/reassess-log.ts';
import { isSettled } from './contract-entry.ts';
import { forwardStartState, labelOf, standingTerms } from './forward-start-terms.ts';

/** Every date of the book from what is waiting today to so many days ahead, ascending; what is due comes first. */
export function deskCalendar(read: Readers, asOf: IsoDate, days: number): DeskDate[] {
  const last = addDays(asOf, days);
  const dates: DeskDate[] = [];
  const add = (date: IsoDate, row: Omit<DeskDate, 'date' | 'status'>, isOpen = false): void => {
    if (date > last || (date < asOf && !isOpen)) return;
    dates.push({ ...row, date, status: isOpen && date <= asOf ? 'due' : date < asOf ? 'done' : 'coming' });
  };
  for (const contract of read.contracts.list()) {
    if (isSettled(contract)) continue;
    const subject = contract.contractId;
    if (contract.kind === 'realized-vol') {
      const { underlying, startDate, endDate } = contract.terms;
      const note = `${contract.terms.kind} realized volatility`;
      add(startDate, { kind: 'observation-start', subject, underlying, note });
      add(endDate, { kind: 'observation-end', subject, underlying, note }, asOf >= endDate);
      continue;
    }
    const terms = standingTerms(contract);
    const { underlying, firstReferenceDate, secondReferenceDate, option } = terms;
    const { state } = forwardStartState(contract, asOf);
    const note = labelOf(terms);
    if (option !== null) {
      const right = `the right to ${option.optionType === 'call' ? 'buy' : 'sell'} it ends`;
      add(
        option.expiryDate,
        { kind: 'contract-option-expiry', subject, underlying, note: right },
        state === 'exercise-due',
      );
    }
    add(firstReferenceDate, { kind: 'first-fixing', subject, underlying, note }, state === 'fixing-due');
    add(secondReferenceDate, { kind: 'second-fixing', subject, underlying, note }, state === 'settling');
  }
  const held = new Map<string, Map<IsoDate, number>>();
  const stocks = new Set<string>();
  for (const { symbol, instrument, expiryDate, quantity } of read.positions.list()) {
    if (instrument === 'stock' && quantity !== 0) stocks.add(symbol);
    if (instrument !== 'option' || expiryDate === null || quantity === 0) continue;
    const own = held.get(symbol) ?? new Map<IsoDate, number>();
    own.set(expiryDate, (own.get(expiryDate) ?? 0) + 1);
    held.set(symbol, own);
  }
  for (const [underlying, expiries] of held) {
    for (const [date, count] of expiries) {
      const note = `${count} listed option${count === 1 ? '' : 's'} held`;
      add(date, { kind: 'option-expiry', subject: underlying, underlying, note }, date <= asOf);
    }
  }
  for (const symbol of new Set([...stocks, ...held.keys()])) {
    const found = nextDividend(read, { symbol, expiry: last }, asOf, []);
    if (found === null) continue;
    const note = `about ${found.amount} a share, as its past dividends suggest`;
    add(found.exDate, { kind: 'ex-dividend', subject: symbol, underlying: symbol, note });
  }
  for (const { name, result } of read.baskets.list()) {
    if (!hasHedge(read, name)) continue;
    const { due, nextOn, sentence } = dueOf(read, name);
    if (!due && nextOn === null) continue;
    const row = { kind: 're-assessment', subject: name, underlying: result.index, note: sentence } as const;
    add(due && (nextOn === null || nextOn > asOf) ? asOf : (nextOn ?? asOf), row, due);
  }
  const rank = { due: 0, done: 1, coming: 1 } as const;
  return dates.sort(
    (a, b) =>
      rank[a.status] - rank[b.status] ||
      a.date.localeCompare(b.date) ||
      a.underlying.localeCompare(b.underlying) ||
      a.subject.localeCompare(b.subject),
  );
}
