import type { HealthFinding } from '../../../../shared/contract/desk.ts';
import { daysBetween, type IsoDate } from '../../../../shared/dates.ts';
import { inPercent } from '../../../../shared/quant/words.ts';
import { dueFindings } from '../contracts/due-findings.ts';
import type { OptionQuoteColumns, Readers } from '../../../store/index.ts';

/** Calendar days after which a chain beside a newer market is called stale. */
const staleAfterDays = 5;
/** Daily prices that the default windows of historical volatility and correlation need. */
const wantedPrices = 61;

interface Counts {
  crossed: number;
  zeroBid: number;
  oneSided: number;
  adjusted: number;
  expired: number;
  quotes: number;
}

function countQuotes(chain: OptionQuoteColumns): Counts {
  const counts: Counts = { crossed: 0, zeroBid: 0, oneSided: 0, adjusted: 0, expired: 0, quotes: chain.rows };
  for (let row = 0; row < chain.rows; row += 1) {
    const [bid, ask] = [chain.bid[row] ?? null, chain.ask[row] ?? null];
    if (bid !== null && ask !== null && bid > ask) counts.crossed += 1;
    if (bid === 0) counts.zeroBid += 1;
    if ((bid === null) !== (ask === null)) counts.oneSided += 1;
    if (chain.adjusted[row] === true) counts.adjusted += 1;
    if ((chain.expiryDate[row] ?? '') < chain.tradeDate) counts.expired += 1;
  }
  return counts;
}

const countOf = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`;

/** What a person should know before trusting the day, with what else was found: one row a rule and name, the worst first. */
export function healthFindings(
  read: Readers,
  asOf: IsoDate,
  others: readonly HealthFinding[] = [],
): HealthFinding[] {
  const findings: HealthFinding[] = [];
  const add = (
    severity: HealthFinding['severity'],
    subject: string,
    rule: string,
    count: number,
    sentence: string,
  ): void => {
    if (count > 0) findings.push({ severity, subject, rule, count, sentence });
  };

  for (const holding of read.underliers.holdings()) {
    const { symbol } = holding;
    const day = holding.chainDates.find((date) => date <= asOf);
    if (day !== undefined) {
      const counts = countQuotes(read.quotes.chain(symbol, day));
      add(
        'error',
        symbol,
        'crossed quotes',
        counts.crossed,
        `${symbol} has ${countOf(counts.crossed, 'quote')} with the bid above the ask on ${day}. They are left out; exclude or correct them.`,
      );
      add(
        'note',
        symbol,
        'zero bids',
        counts.zeroBid,
        `${symbol} has ${countOf(counts.zeroBid, 'quote')} without a bid on ${day}. They give no bid volatility and cannot be sold.`,
      );
      add(
        'warning',
        symbol,
        'one-sided quotes',
        counts.oneSided,
        `${symbol} has ${countOf(counts.oneSided, 'quote')} with one side only on ${day}. They are not used for forwards.`,
      );
      add(
        'warning',
        symbol,
        'adjusted contracts',
        counts.adjusted,
        `${symbol} has ${countOf(counts.adjusted, 'contract')} with a non-standard deliverable on ${day}. They are never suggested.`,
      );
      const age = daysBetween(day, asOf);
      if (age > staleAfterDays) {
        add(
          'warning',
          symbol,
          'stale chain',
          age,
          `${symbol}'s newest chain is ${age} days older than ${asOf}. Import a newer one.`,
        );
      }
    }
    if (holding.kind !== 'unknown' && holding.priceCount < wantedPrices) {
      add(
        'warning',
        symbol,
        'short price history',
        holding.priceCount === 0 ? 1 : holding.priceCount,
        `${symbol} has ${holding.priceCount} daily prices and ${wantedPrices} are needed for its historical volatilities. Import its prices.`,
      );
    }
  }

  for (const index of read.weights.indices()) {
    const composition = read.weights.asOf(index, asOf) ?? read.weights.oldest(index);
    if (composition === null) continue;
    const sum = composition.components.reduce(
      (total, component) => total + (component.weightFraction ?? 0),
      0,
    );
    if (Math.abs(sum - 1) > 0.02) {
      add(
        'warning',
        index,
        'weights do not sum to 100 %',
        1,
        `${index}'s weights of ${composition.asOf} sum to ${inPercent(sum, 2)}. They are renormalized; check the file.`,
      );
    }
    if (composition.asOf > asOf) {
      add(
        'warning',
        index,
        'weights of a later day',
        1,
        `${index} has no weights on or before ${asOf}; those of ${composition.asOf} stand in. Import older weights.`,
      );
    }
  }

  const negative = read.positions.list().filter((held) => held.instrument === 'stock' && held.quantity < 0);
  for (const held of negative) {
    add(
      'warning',
      held.symbol,
      'short stock',
      1,
      `${held.symbol} is held short (${held.quantity}) in ${held.book}. Calls cannot be sold against it.`,
    );
  }
  findings.push(...dueFindings(read, asOf), ...others);
  const rank = { error: 0, warning: 1, note: 2 } as const;
  return findings.sort((a, b) => rank[a.severity] - rank[b.severity] || b.count - a.count);
}
