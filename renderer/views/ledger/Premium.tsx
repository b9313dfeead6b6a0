import { useMemo, type ReactNode } from 'react';
import type { LedgerCycle, LedgerLine, LedgerName, LedgerSums } from '../../../shared/contract/ledger.ts';
import { Facts, type Fact } from '../../components/Facts.tsx';
import { RemoteView } from '../../components/RemoteView.tsx';
import { date, money, percent, shortDate, signedMoney } from '../../format.ts';
import { cycleKey, ledgerCycleInFront } from '../../state/ledger.ts';
import { GridPane } from '../parts/GridPane.tsx';
import { RememberedSplit } from '../parts/RememberedSplit.tsx';
import { useActions, useWorkstation } from '../workstation.ts';
import { cycleColumns, ledgerLineColumns, ledgerNameColumns } from './ledger-columns.ts';

const lineId = (line: LedgerLine) => `${line.contract}|${line.side}|${line.from}`;
const nameId = (name: LedgerName) => name.symbol;

/** Premium by hedge cycle; of the cycle in front every contract, and what its names realized. */
export function Premium(): ReactNode {
  const ledger = useWorkstation((state) => state.ledger);
  const { loadLedger, openView } = useActions();
  return (
    <RemoteView
      remote={ledger}
      what="the premium ledger"
      onRetry={() => void loadLedger()}
      isEmpty={(value) => value.cycles.length === 0}
      empty={
        <>
          <p>Nothing was sold or bought yet: the ledger begins with a suggestion that is exported.</p>
          <button type="button" className="primary" onClick={() => openView('hedge')}>
            Suggest a hedge
          </button>
        </>
      }
    >
      {(value) => <Cycles cycles={value.cycles} totals={value.totals} />}
    </RemoteView>
  );
}

function Cycles(props: {
  readonly cycles: readonly LedgerCycle[];
  readonly totals: readonly { readonly currency: string; readonly sums: LedgerSums }[];
}): ReactNode {
  const { cycles, totals } = props;
  const inFront = useWorkstation(ledgerCycleInFront);
  const { chooseLedgerCycle, focus } = useActions();
  const columns = useMemo(() => cycleColumns(), []);
  return (
    <>
      {totals.map(({ currency, sums }) => (
        <Facts key={currency} label={`All cycles, ${currency}`} facts={sumFacts(sums, currency)} />
      ))}
      <RememberedSplit
        name="ledger"
        direction="column"
        share={0.36}
        first={
          <GridPane
            title="Hedge cycles"
            tip="A cycle ends with the expiry of its options; a roll begins another"
            name="ledger.cycles"
            columns={columns}
            rows={cycles}
            rowId={cycleKey}
            selectedId={inFront === null ? null : cycleKey(inFront)}
            onSelect={(cycle) => {
              chooseLedgerCycle(cycleKey(cycle));
              if (cycle.source !== 'positions') focus({ basket: cycle.basket });
            }}
            fit
          />
        }
        second={inFront === null ? <div /> : <Cycle cycle={inFront} />}
      />
    </>
  );
}

const sumFacts = (sums: LedgerSums, currency: string): readonly Fact[] => [
  {
    label: 'Sold',
    value: money(sums.sold),
    unit: currency,
    tip: 'Premium received for options sold to open, all cycles',
  },
  {
    label: 'Kept',
    value: signedMoney(sums.kept),
    unit: sums.keptShare === null ? '' : `${percent(sums.keptShare)} %`,
    tone: sums.kept < 0 ? 'loss' : 'gain',
    tip: 'Of premium sold on what is over: less what was bought back and what endings took',
  },
  { label: 'Bought back', value: money(sums.boughtBack), tip: 'Paid to close what was sold' },
  { label: 'Paid', value: money(sums.paid), tip: 'Premium paid for options bought to open' },
  {
    label: 'Back from bought',
    value: signedMoney(sums.recovered + sums.settledOnBought),
    tip: 'Sold again, and settled at expiry',
  },
  { label: 'Fees', value: money(sums.fees), tip: 'Commissions of executions' },
  {
    label: 'Open',
    value: signedMoney(sums.openValue),
    tip:
      sums.openValue === null
        ? 'Some open option has no price'
        : 'Options open still at their marks; below zero is what closing would cost',
  },
  {
    label: 'Result',
    value: signedMoney(sums.result),
    unit: currency,
    tone: (sums.result ?? 0) < 0 ? 'loss' : 'strong',
    tip: 'Cash so far and what is open at its mark',
  },
];

function Cycle(props: { readonly cycle: LedgerCycle }): ReactNode {
  const { cycle } = props;
  const columns = useMemo(() => ledgerLineColumns(cycle.currency), [cycle.currency]);
  const nameColumns = useMemo(() => ledgerNameColumns(cycle.currency), [cycle.currency]);
  const symbol = useWorkstation((state) => state.symbol);
  const { focus } = useActions();
  const period =
    cycle.from === null
      ? `to ${date(cycle.expiry)}`
      : `${shortDate(cycle.from)} to ${date(cycle.to ?? cycle.expiry)}`;
  return (
    <RememberedSplit
      name="ledger.cycle"
      direction="row"
      share={0.6}
      first={
        <GridPane
          title={`Contracts of ${cycle.basket}, ${period}`}
          name="ledger.lines"
          columns={columns}
          rows={cycle.lines}
          rowId={lineId}
          onSelect={(line) => focus({ symbol: line.symbol, strike: line.strike })}
        />
      }
      second={
        <GridPane
          title="Implied against realized by name"
          name="ledger.names"
          columns={nameColumns}
          rows={cycle.names}
          rowId={nameId}
          selectedId={symbol}
          onSelect={(row) => focus({ symbol: row.symbol })}
        />
      }
    />
  );
}
