import type { ReactNode } from 'react';
import type { HedgeRequest } from '../../../shared/contract/hedge.ts';
import { useActions, useWorkstation } from '../workstation.ts';

type Objective = HedgeRequest['objective'][number];
const objectives: Readonly<Record<Objective, string>> = {
  'net-delta': 'least net delta',
  score: 'most collected score',
  credit: 'most net premium',
};
const all = Object.keys(objectives) as Objective[];

/** What is aimed at, in order: each is found with the earlier ones held. */
export function HedgeObjectives(): ReactNode {
  const objective = useWorkstation((state) => state.hedgeRequest.objective);
  const { changeHedgeRequest } = useActions();
  const change = (next: readonly Objective[]) => changeHedgeRequest({ objective: [...next] });
  const place = (one: Objective, at: number) => {
    const rest = objective.filter((item) => item !== one);
    change([...rest.slice(0, at), one, ...rest.slice(at)]);
  };
  const next = all.find((item) => !objective.includes(item));
  return (
    <>
      {objective.map((one, at) => (
        <div className="sentence" key={one}>
          {at === 0 ? 'first' : 'then'}
          <select
            aria-label={`Objective ${at + 1}`}
            value={one}
            onChange={(event) => place(event.target.value as Objective, at)}
          >
            {all.map((item) => (
              <option key={item} value={item}>
                {objectives[item]}
              </option>
            ))}
          </select>
          {objective.length > 1 && (
            <button
              type="button"
              className="quiet"
              aria-label={`Remove ${objectives[one]}`}
              onClick={() => change(objective.filter((item) => item !== one))}
            >
              ×
            </button>
          )}
        </div>
      ))}
      {next !== undefined && (
        <button type="button" className="quiet" onClick={() => change([...objective, next])}>
          + another objective
        </button>
      )}
    </>
  );
}
