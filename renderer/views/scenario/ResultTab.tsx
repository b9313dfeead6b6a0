import { useMemo, useState, type ReactNode } from 'react';
import { RemoteView } from '../../components/RemoteView.tsx';
import { Segmented, type Choice } from '../../components/Segmented.tsx';
import { counted } from '../../format.ts';
import { scenarioChoices, type ResultGroup } from '../../state/scenario-choices.ts';
import { GridPane } from '../parts/GridPane.tsx';
import { useActions, useWorkstation } from '../workstation.ts';
import { resultColumns } from './result-columns.ts';
import { groupWords, resultRows } from './result-models.ts';
import { useScenarioCurrency } from './use-scenario-currency.ts';

const groups: readonly Choice<ResultGroup>[] = [
  { value: 'position', label: 'Positions' },
  { value: 'name', label: 'Names' },
  { value: 'family', label: 'Families' },
  { value: 'role', label: 'Index / names' },
];

/** Every position repriced, by position, name or family; a group opens into its positions. */
export function ResultTab(): ReactNode {
  const remote = useWorkstation((state) => state.scenarioValue);
  const { group } = useWorkstation(scenarioChoices);
  const currency = useScenarioCurrency();
  const [within, setWithin] = useState<{ readonly group: 'name' | 'family'; readonly key: string } | null>(
    null,
  );
  const { chooseScenarioView, loadScenarioValue, focus } = useActions();
  const inside = within !== null && within.group === group ? within : null;
  const isGrouped = group !== 'position' && inside === null;
  const columns = useMemo(() => resultColumns(currency, isGrouped), [currency, isGrouped]);
  const rows = useMemo(
    () => (remote.value === null ? [] : resultRows(remote.value, group, inside)),
    [remote.value, group, inside],
  );
  return (
    <RemoteView remote={remote} what="the result" onRetry={() => void loadScenarioValue()}>
      {() => (
        <GridPane
          key={isGrouped ? 'groups' : 'positions'}
          title={
            inside !== null
              ? `${groupWords(inside.key)}: ${counted(rows.length, 'position')}`
              : `Under the shock: ${counted(rows.length, isGrouped ? 'group' : 'position')}`
          }
          name={isGrouped ? 'scenarios.groups' : 'scenarios.result'}
          columns={columns}
          rows={rows}
          rowId={(row) => row.id}
          search
          onSelect={(row) => row.symbol !== null && focus({ symbol: row.symbol })}
          onOpen={(row) => {
            if (isGrouped && (group === 'name' || group === 'family')) setWithin({ group, key: row.id });
          }}
          tools={
            <>
              {inside !== null && (
                <button type="button" className="quiet" onClick={() => setWithin(null)}>
                  ← All {group === 'name' ? 'names' : 'families'}
                </button>
              )}
              <Segmented
                label="Rows"
                choices={groups}
                value={group}
                onChange={(next) => {
                  setWithin(null);
                  chooseScenarioView({ group: next });
                }}
              />
            </>
          }
        />
      )}
    </RemoteView>
  );
}
