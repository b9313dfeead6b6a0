import { useEffect, useState, type ReactNode } from 'react';
import type { HedgeProposal } from '../../../shared/contract/hedge.ts';
import { Panel } from '../../components/Panel.tsx';
import { RemoteView } from '../../components/RemoteView.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { counted, integer } from '../../format.ts';
import { savedBasketInFront } from '../../state/hedge.ts';
import { notTakenColumns } from './hedge-columns.ts';
import { Frontier } from './Frontier.tsx';
import { HedgeAllowed } from './HedgeAllowed.tsx';
import { BeforeAfter, Checks } from './HedgeEffect.tsx';
import { HedgeProposed } from './HedgeProposed.tsx';
import { ConstraintsAndLooser, ShadowsButton } from './HedgeShadows.tsx';
import { StructureFound } from './HedgeStructure.tsx';
import { GridPane } from '../parts/GridPane.tsx';
import { NeedsData } from '../parts/NeedsData.tsx';
import { RememberedSplit } from '../parts/RememberedSplit.tsx';
import { useActions, useWorkstation } from '../workstation.ts';
import { prose } from '../../prose.ts';

/** Three columns: what is allowed, what is proposed, what it does. */
export function Hedge(): ReactNode {
  return (
    <NeedsData>
      <HedgeBench />
    </NeedsData>
  );
}

function HedgeBench(): ReactNode {
  const baskets = useWorkstation((state) => state.baskets);
  const basket = useWorkstation(savedBasketInFront);
  const product = useWorkstation((state) => state.hedgeRequest.indexProduct);
  const announced = useWorkstation((state) =>
    state.lastEvent?.event.type === 'baskets.changed' ? state.lastEvent.count : 0,
  );
  const [asOf, inFront] = useWorkstation((state) => [state.asOf, state.basket]);
  const index = product ?? basket?.result.index ?? null;
  const currency = useWorkstation(
    (state) => state.desk.value?.underliers.find((item) => item.symbol === index)?.currency ?? '',
  );
  const { loadBaskets, loadHedgeExpiries, openView, focus } = useActions();
  useEffect(() => void loadBaskets(), [announced, loadBaskets]);
  useEffect(() => {
    if (basket !== null && basket.name !== inFront) focus({ basket: basket.name });
  }, [basket, inFront, focus]);
  useEffect(() => {
    if (index !== null) void loadHedgeExpiries(index);
  }, [index, asOf, loadHedgeExpiries]);
  return (
    <RemoteView
      remote={baskets}
      what="the saved baskets"
      onRetry={() => void loadBaskets()}
      isEmpty={(value) => value.baskets.length === 0}
      empty={
        <>
          <p>No basket is saved: build and save one, then hedge it here.</p>
          <button type="button" className="primary" onClick={() => openView('basket')}>
            Build a basket
          </button>
        </>
      }
    >
      {() => (
        <RememberedSplit
          name="hedge"
          direction="row"
          share={0.225}
          first={<HedgeAllowed currency={currency} index={basket?.result.index ?? null} />}
          second={<Found />}
        />
      )}
    </RemoteView>
  );
}

function Found(): ReactNode {
  const hedge = useWorkstation((state) => state.hedge);
  const basket = useWorkstation(savedBasketInFront);
  const kind = useWorkstation((state) => state.structureKind);
  const { runHedge, cancelHedge } = useActions();
  if (kind !== 'programme') return <StructureFound kind={kind} />;
  if (hedge.status === 'idle')
    return (
      <div className="state">
        <p>Set what is allowed, then let a hedge be suggested for {basket?.name ?? 'a basket'}.</p>
        <button type="button" className="primary" onClick={() => void runHedge()}>
          Suggest hedge
        </button>
      </div>
    );
  return (
    <RemoteView remote={hedge} what="the hedge" onCancel={cancelHedge} onRetry={() => void runHedge()}>
      {(proposal) => (
        <RememberedSplit
          name="hedge.found"
          direction="row"
          share={0.575}
          first={<HedgeProposed proposal={proposal} />}
          second={<Effect proposal={proposal} />}
        />
      )}
    </RemoteView>
  );
}

function Effect(props: { readonly proposal: HedgeProposal }): ReactNode {
  const { proposal } = props;
  if (proposal.legs.length === 0) return <Behind key="none" proposal={proposal} />;
  return (
    <RememberedSplit
      name="hedge.effect"
      direction="column"
      share={0.5}
      first={
        <Panel title="What it does" tools={<ShadowsButton proposal={proposal} />}>
          <div className="scroll">
            <BeforeAfter proposal={proposal} />
            <ConstraintsAndLooser proposal={proposal} />
          </div>
        </Panel>
      }
      second={
        <RememberedSplit
          name="hedge.frontier"
          direction="column"
          share={0.5}
          first={<Frontier proposal={proposal} />}
          second={<Behind proposal={proposal} />}
        />
      }
    />
  );
}

type Tab = 'checks' | 'not-taken' | 'candidates';

function Behind(props: { readonly proposal: HedgeProposal }): ReactNode {
  const { proposal } = props;
  const [tab, setTab] = useState<Tab>(proposal.legs.length === 0 ? 'candidates' : 'checks');
  const hasLegs = proposal.legs.length > 0;
  const blocking = proposal.checks.filter((check) => !check.passed && check.severity === 'blocking').length;
  const warnings =
    proposal.checks.filter((check) => !check.passed && check.severity === 'warning').length +
    proposal.warnings.length;
  const mark = `${blocking > 0 ? ` ▲ ${integer(blocking)}` : ''}${warnings > 0 ? ` △ ${integer(warnings)}` : ''}`;
  return (
    <Panel
      title="Behind it"
      tools={
        <Segmented<Tab>
          label="What is shown"
          choices={[
            ...(hasLegs ? [{ value: 'checks' as const, label: `Checks${mark === '' ? ' ✓' : mark}` }] : []),
            { value: 'not-taken', label: `Not taken ${integer(proposal.notTaken.length)}` },
            { value: 'candidates', label: 'Candidates' },
          ]}
          value={tab}
          onChange={setTab}
        />
      }
    >
      {tab === 'not-taken' ? (
        <GridPane
          bare
          title="Not taken"
          name="hedge.notTaken"
          columns={notTakenColumns}
          rows={proposal.notTaken}
          rowId={(row) => row.contract}
          emptyText="Every candidate was taken."
        />
      ) : tab === 'candidates' ? (
        <Candidates proposal={proposal} />
      ) : (
        <div className="scroll">
          {proposal.warnings.map((warning) => (
            <div className="note-line" key={warning}>
              <span aria-hidden="true">△</span>
              <span>{prose(warning)}</span>
            </div>
          ))}
          <Checks proposal={proposal} />
        </div>
      )}
    </Panel>
  );
}

function Candidates(props: { readonly proposal: HedgeProposal }): ReactNode {
  const { calls, puts, filtered } = props.proposal.candidateCounts;
  return (
    <div className="scroll">
      <table className="plain-table">
        <tbody>
          <tr>
            <td>Calls that passed the filters</td>
            <td className="strong">{integer(calls)}</td>
          </tr>
          <tr>
            <td>Puts that passed the filters</td>
            <td className="strong">{integer(puts)}</td>
          </tr>
          {Object.entries(filtered).map(([filter, count]) => (
            <tr key={filter}>
              <td className="dim">left out: {filter}</td>
              <td>{integer(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="section-title">
        {counted(
          Object.values(filtered).reduce((sum, count) => sum + count, 0),
          'option',
        )}{' '}
        left out. Quotes: {props.proposal.quoteModel}
      </p>
    </div>
  );
}
