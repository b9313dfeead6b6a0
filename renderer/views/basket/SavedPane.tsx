import { useEffect, type ReactNode } from 'react';
import { RemoteView } from '../../components/RemoteView.tsx';
import { counted } from '../../format.ts';
import { savedColumns } from './basket-columns.ts';
import { versionColumns } from './desk-columns.ts';
import { PaneStrip } from './PaneStrip.tsx';
import { GridPane } from '../parts/GridPane.tsx';
import { RememberedSplit } from '../parts/RememberedSplit.tsx';
import { useActions, useWorkstation } from '../workstation.ts';

/** Every basket by name, and every version of the one in front; a click opens one. */
export function SavedPane(): ReactNode {
  const saved = useWorkstation((state) => state.baskets);
  const shown = useWorkstation((state) => state.basketShown);
  const inFront = useWorkstation((state) => state.basket);
  const { loadBaskets, showBasket } = useActions();
  const rows = saved.value?.baskets ?? [];
  const name = shown?.name ?? rows.find((row) => row.name === inFront)?.name ?? rows[0]?.name ?? null;
  return (
    <>
      <PaneStrip />
      <RememberedSplit
        name="basket.saved"
        direction="row"
        share={0.54}
        first={
          <RemoteView remote={saved} what="the saved baskets" onRetry={() => void loadBaskets()}>
            {(value) => (
              <GridPane
                title={`Saved baskets: ${counted(value.baskets.length, 'name')}`}
                name="basket.saved"
                columns={savedColumns}
                rows={value.baskets}
                rowId={(row) => `${row.name}:${row.version}`}
                selectedId={shown === null ? null : `${shown.name}:${shown.version}`}
                onSelect={showBasket}
                emptyText="No basket is saved yet: build one above and save it."
              />
            )}
          </RemoteView>
        }
        second={<Versions name={name} />}
      />
    </>
  );
}

function Versions(props: { readonly name: string | null }): ReactNode {
  const { name } = props;
  const versions = useWorkstation((state) => state.basketVersions);
  const shown = useWorkstation((state) => state.basketShown);
  const announced = useWorkstation((state) =>
    state.lastEvent?.event.type === 'baskets.changed' ? state.lastEvent.count : 0,
  );
  const { loadBasketVersions, openBasketVersion } = useActions();
  useEffect(() => {
    if (name !== null) void loadBasketVersions(name);
  }, [name, announced, loadBasketVersions]);
  if (name === null) return <div className="state">Versions of a basket stand here once one is saved.</div>;
  return (
    <RemoteView
      remote={versions}
      what={`the versions of ${name}`}
      onRetry={() => void loadBasketVersions(name)}
    >
      {(value) => (
        <GridPane
          title={`${name}: ${counted(value.versions.length, 'version')}`}
          name="basket.versions"
          columns={versionColumns}
          rows={value.versions}
          rowId={(row) => `${row.name}:${row.version}`}
          selectedId={shown === null ? null : `${shown.name}:${shown.version}`}
          onSelect={(row) => void openBasketVersion(row)}
        />
      )}
    </RemoteView>
  );
}
