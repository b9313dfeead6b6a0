import { useEffect, useMemo, type ReactNode } from 'react';
import type { RealizedVolValue } from '../../../shared/contract/vol-contracts.ts';
import { RemoteView } from '../../components/RemoteView.tsx';
import { counted } from '../../format.ts';
import { currencyOf, symbolInFront } from '../../state/desk.ts';
import { ContractActions } from './ContractActions.tsx';
import { GridPane } from '../parts/GridPane.tsx';
import { NeedsData } from '../parts/NeedsData.tsx';
import { RememberedSplit } from '../parts/RememberedSplit.tsx';
import { useContractRevision } from './use-contract-revision.ts';
import { OneVolContract } from './OneVolContract.tsx';
import { volContractColumns } from './vol-contract-columns.ts';
import { VolContractTicket } from './VolContractTicket.tsx';
import { useActions, useWorkstation } from '../workstation.ts';

const contractRowId = (row: RealizedVolValue) => row.terms.contractId;

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
      second={shown === null ? null : <OneVolContract contract={shown} />}
    />
  );
}
