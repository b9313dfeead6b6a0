import type { LedgerCycle } from '../../../../shared/contract/ledger.ts';
import type { ReportTable } from '../../../../shared/contract/pnl.ts';

const money = (heading: string): ReportTable['columns'][number] => ({ heading, kind: 'money' });

/** Premiums of each hedge cycle, from opening to what it came to. */
export const premiumTable = (cycles: readonly LedgerCycle[]): ReportTable => ({
  title: 'Premium ledger',
  columns: [
    { heading: 'Hedge', kind: 'text' },
    { heading: 'Expiry', kind: 'date' },
    money('Sold'),
    money('Bought back'),
    money('Paid'),
    money('Recovered'),
    money('Settled'),
    money('Fees'),
    money('Kept'),
    money('Realized'),
    money('Open at its mark'),
    money('Result'),
  ],
  rows: cycles.map(({ basket, expiry, sums }) => [
    basket,
    expiry,
    sums.sold,
    sums.boughtBack,
    sums.paid,
    sums.recovered,
    sums.settledOnSold + sums.settledOnBought,
    sums.fees,
    sums.kept,
    sums.realized,
    sums.openValue,
    sums.result,
  ]),
  totals: false,
});
