import { useEffect, useMemo, type ReactNode } from 'react';
import type { Surface as SurfaceData } from '../../../shared/contract/surface.ts';
import { createLineChart } from '../../charts/line-chart.ts';
import { RemoteView } from '../../components/RemoteView.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { date } from '../../format.ts';
import { symbolInFront } from '../../state/desk.ts';
import { ChartPane } from '../parts/ChartPane.tsx';
import { GridPane } from '../parts/GridPane.tsx';
import { NeedsData } from '../parts/NeedsData.tsx';
import { RememberedSplit } from '../parts/RememberedSplit.tsx';
import { densityModel, smilesModel, structureModel, surfaceColumns } from './surface-models.ts';
import { useActions, useWorkstation } from '../workstation.ts';

/** A name's whole surface: smiles over each other, the term structure, densities, and how each was fitted. */
export function Surface(): ReactNode {
  return (
    <NeedsData>
      <SurfaceOfName />
    </NeedsData>
  );
}

function SurfaceOfName(): ReactNode {
  const symbol = useWorkstation(symbolInFront);
  const surface = useWorkstation((state) => state.surface);
  const [asOf, clock] = useWorkstation((state) => [state.asOf, state.surfaceClock]);
  const revision = useWorkstation((state) => state.desk.value?.dataRevision ?? 0);
  const { loadSurface } = useActions();
  useEffect(() => {
    if (symbol !== null) void loadSurface(symbol);
  }, [symbol, asOf, clock, revision, loadSurface]);
  if (symbol === null)
    return (
      <div className="state">
        <p>No name is on the desk: import an option chain.</p>
      </div>
    );
  return (
    <RemoteView
      remote={surface}
      what={`the surface of ${symbol}`}
      onRetry={() => void loadSurface(symbol)}
      isEmpty={(value) => value.expiries.length === 0}
      empty={<p>Every expiry of this chain has settled.</p>}
    >
      {(value) => <SurfaceBody surface={value} />}
    </RemoteView>
  );
}

function SurfaceBody(props: { readonly surface: SurfaceData }): ReactNode {
  const { surface } = props;
  const clock = useWorkstation((state) => state.surfaceClock);
  const { chooseSurfaceClock } = useActions();
  const smiles = useMemo(() => smilesModel(surface), [surface]);
  const structure = useMemo(() => structureModel(surface), [surface]);
  const densities = useMemo(() => densityModel(surface), [surface]);
  const columns = useMemo(() => surfaceColumns(surface), [surface]);
  const { symbol } = surface;
  return (
    <>
      <div className="toolbar">
        <Segmented
          label="Clock"
          choices={[
            { value: 'calendar', label: 'Calendar' },
            { value: 'trading', label: 'Trading' },
          ]}
          value={clock}
          onChange={chooseSurfaceClock}
        />
        <span className="dim">{surface.clock.note}</span>
      </div>
      <RememberedSplit
        name="surface"
        direction="column"
        share={0.62}
        first={
          <RememberedSplit
            name="surface.charts"
            direction="row"
            share={0.5}
            first={
              <ChartPane
                title={`${symbol}: smiles by expiry`}
                tip="Fitted smiles over each other, over the quotes and a tenth beyond; free of butterfly and calendar arbitrage"
                create={createLineChart}
                model={smiles}
                empty="No expiry has a smile."
              />
            }
            second={
              <RememberedSplit
                name="surface.right"
                direction="column"
                share={0.5}
                first={
                  <ChartPane
                    title={`${symbol}: term structure and forward volatilities`}
                    tip="At-the-money volatility of each expiry, the IV index, and the volatility between neighbors"
                    create={createLineChart}
                    model={structure}
                    empty="No expiry has a volatility at the money."
                  />
                }
                second={
                  <ChartPane
                    title={`${symbol}: implied densities`}
                    tip="Density of ln(price at expiry / forward) that each smile implies"
                    create={createLineChart}
                    model={densities}
                    empty="No expiry has a smile."
                  />
                }
              />
            }
          />
        }
        second={
          <GridPane
            title={`Surface of ${symbol} on ${date(surface.asOf)}`}
            name="surface.expiries"
            columns={columns}
            rows={surface.expiries}
            rowId={(row) => row.key}
          />
        }
      />
    </>
  );
}
