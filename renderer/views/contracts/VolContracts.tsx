import { useEffect, useMemo, type ReactNode } from 'react';
import type { RealizedVolValue } from '../../../shared/contract/vol-contracts.ts';
import { createLineChart } from '../../charts/line-chart.ts';
import { Facts } from '../../components/Facts.tsx';
import { RemoteView } from '../../components/RemoteView.tsx';
import { counted, date } from '../../format.ts';
import { currencyOf, dayInFront, symbolInFront } from '../../state/desk.ts';
import { ContractActions } from './ContractActions.tsx';
import { ChartPane } from '../parts/ChartPane.tsx';
import { GridPane } from '../parts/GridPane.tsx';
import { NeedsData } from '../parts/NeedsData.tsx';
import { RememberedSplit } from '../parts/RememberedSplit.tsx';
import { useContractRevision } from './use-contract-revision.ts';
import { observationColumns, volContractColumns, type Observation } from './vol-contract-columns.ts';
import { volContractFacts, volContractModel } from './vol-contract-models.ts';
import { VolContractTicket } from './VolContractTicket.tsx';
import { useActions, useWorkstation } from '../workstation.ts';

const contractRowId = (row: RealizedVolValue) => row.terms.contractId;
const observationId = (row: Observation) => row.date;

/** Realized-volatility contracts, one of them as a line with its observations. */
export function VolContracts(): ReactNode {
  return (
    <NeedsData>
      <VolContractBook />
    </NeedsData>
  );
}

function VolContractBook(): ReactNode {
  const contracts = useWorkstation((state) => state.contracts);
  const [asOf, revision, hasTicket] = useWorkstation((state) => [
    state.asOf,
    state.desk.value?.dataRevision ?? 0,
    state.volTicket !== null,
  ]);
  const changes = useContractRevision();
  const { loadContracts, openVolTicket } = useActions();
  useEffect(() => void loadContracts(), [asOf, revision, changes, loadContracts]);
  const book = (
    <RemoteView
      remote={contracts}
      what="the contracts"
      onRetry={() => void loadContracts()}
      isEmpty={(value) => value.realizedVols.length === 0}
      empty={
        <>
          <p>No realized-volatility contract is on the book: enter one, or import the contracts template.</p>
          <button type="button" className="primary" onClick={openVolTicket}>
            New contract
          </button>
        </>
      }
    >
      {(value) => <Contracts rows={value.realizedVols} />}
    </RemoteView>
  );
  if (!hasTicket) return book;
  return (
    <RememberedSplit
      name="vol-contracts.ticket"
      direction="row"
      share={0.76}
      first={book}
      second={<VolContractTicket />}
    />
  );
}

function Contracts(props: { readonly rows: readonly RealizedVolValue[] }): ReactNode {
  const { rows } = props;
  const [contractId, hasTicket] = useWorkstation((state) => [state.contractId, state.volTicket !== null]);
  const { chooseContract, focus, openVolTicket } = useActions();
  const symbol = useWorkstation(symbolInFront);
  const shown =
    rows.find((row) => row.terms.contractId === contractId) ??
    rows.find((row) => row.terms.underlying === symbol && row.state !== 'anticipatory') ??
    rows.find((row) => row.state !== 'anticipatory') ??
    rows[0] ??
    null;
  const currency = useWorkstation((state) =>
    currencyOf(
      state,
      rows.map((row) => row.terms.underlying),
    ),
  );
  const columns = useMemo(() => volContractColumns(currency), [currency]);
  return (
    <RememberedSplit
      name="vol-contracts"
      direction="column"
      share={0.24}
      first={
        <GridPane
          title={`Realized-volatility contracts: ${counted(rows.length, 'contract')}`}
          name="vol-contracts"
          columns={columns}
          rows={rows}
          rowId={contractRowId}
          selectedId={shown?.terms.contractId ?? null}
          onSelect={(row) => {
            chooseContract(row.terms.contractId);
            focus({ symbol: row.terms.underlying });
          }}
          tools={
            <>
              <ContractActions contract={shown} kind="realized-vol" />
              <button type="button" className="primary" disabled={hasTicket} onClick={openVolTicket}>
                New contract
              </button>
            </>
          }
        />
      }
      second={shown === null ? null : <OneContract contract={shown} />}
    />
  );
}

function OneContract(props: { readonly contract: RealizedVolValue }): ReactNode {
  const { contract } = props;
  const { terms } = contract;
  const day = useWorkstation(dayInFront);
  const model = useMemo(() => volContractModel(contract, day), [contract, day]);
  const next = contract.observations.find((row) => row.status === 'expected')?.date ?? null;
  return (
    <>
      {[...contract.warnings, ...(contract.reason === null ? [] : [contract.reason])].map((warning) => (
        <div className="note-line" key={warning}>
          <span aria-hidden="true">△</span>
          <span>
            <strong>{terms.contractId}</strong>: {warning}
          </span>
        </div>
      ))}
      <Facts label={`Numbers of ${terms.contractId}`} facts={volContractFacts(contract)} />
      <RememberedSplit
        name="vol-contracts.one"
        direction="row"
        share={0.57}
        first={
          <ChartPane
            title={`${terms.contractId}: ${terms.underlying}, ${date(terms.startDate)} to ${date(terms.endDate)}`}
            tip="Realized volatility of the period so far, what the market gives the rest, and what the rest must do for the trade to break even"
            create={createLineChart}
            model={model}
          />
        }
        second={
          <GridPane
            title={`Observations of ${terms.contractId}`}
            tip="Every session of the period with its mark; settlement uses these and no others"
            name="vol-contracts.observations"
            columns={observationColumns}
            rows={contract.observations}
            rowId={observationId}
            fit
            center={next === null ? null : { id: next, token: `${terms.contractId} ${next}` }}
          />
        }
      />
    </>
  );
}
