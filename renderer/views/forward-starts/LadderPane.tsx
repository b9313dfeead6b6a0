import { useMemo, useState, type ReactNode } from 'react';
import type { Exposure } from '../../../shared/contract/exposure.ts';
import { createSliceChart } from '../../charts/slice-chart.ts';
import { date } from '../../format.ts';
import { currencyOf } from '../../state/desk.ts';
import { ChartPane } from '../parts/ChartPane.tsx';
import { useActions, useWorkstation } from '../workstation.ts';
import { contractsIn, exposureModel, type SliceRow } from './exposure-models.ts';
import { prose } from '../../prose.ts';

/** Contracts on the axis of time, vega and gamma by slice under them; what is left out and what is assumed above. */
export function LadderPane(props: {
  readonly exposure: Exposure;
  readonly slice: SliceRow | null;
}): ReactNode {
  const { exposure, slice } = props;
  const contractId = useWorkstation((state) => state.contractId);
  const rule = useWorkstation((state) => state.vegaRule);
  const currency = useWorkstation((state) => currencyOf(state, [exposure.underlying]));
  const { chooseContract } = useActions();
  const [hovered, setHovered] = useState<readonly string[]>([]);
  const lit = useMemo(() => {
    if (hovered.length > 0) return hovered;
    if (slice !== null) return contractsIn(exposure, slice);
    return exposure.contracts.filter((item) => item.contractId === contractId).map((item) => item.contractId);
  }, [hovered, slice, contractId, exposure]);
  const model = useMemo(() => exposureModel(exposure, lit, currency, rule), [exposure, lit, currency, rule]);
  const isLater = exposure.asOf !== exposure.marketDate;
  return (
    <>
      <LadderNotes exposure={exposure} />
      <ChartPane
        title={`${exposure.underlying}: contracts, vega and gamma by slice${isLater ? `, as of ${date(exposure.asOf)}` : ''}`}
        tip="Contracts on their reference periods; under each slice what they add to vega and gamma. A hovered bar lights its contracts; a click keeps one. A dashed frame is a gap that no contract covers."
        create={(container) =>
          createSliceChart(container, {
            onHover: (ids) => setHovered((before) => (same(before, ids) ? before : ids)),
            onPick: (ids) => chooseContract(ids[0] ?? null),
          })
        }
        model={model}
      />
    </>
  );
}

/** Notes that can still be read one by one. */
const mostNotes = 8;

export function LadderNotes(props: {
  readonly exposure: Pick<Exposure, 'notIncluded'> & { readonly assumed?: readonly string[] };
}): ReactNode {
  const { notIncluded, assumed = [] } = props.exposure;
  if (notIncluded.length === 0 && assumed.length === 0) return null;
  return (
    <div className="notes" aria-label="Not included and assumed">
      {notIncluded.slice(0, mostNotes).map((item) => (
        <div className="note-line" key={`${item.subject} ${item.reason}`}>
          <span aria-hidden="true">△</span>
          <span>
            <strong>{item.subject}</strong> is not included: {prose(item.reason)}
          </span>
        </div>
      ))}
      {notIncluded.length > mostNotes && (
        <div className="pane-foot dim">
          and {notIncluded.length - mostNotes} more are not included, for reasons like these
        </div>
      )}
      {assumed.slice(0, mostNotes).map((sentence) => (
        <div className="pane-foot dim" key={sentence}>
          <span aria-hidden="true">○ </span>
          {sentence}
        </div>
      ))}
    </div>
  );
}

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id, index) => id === b[index]);
