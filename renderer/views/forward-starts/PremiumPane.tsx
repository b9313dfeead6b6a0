import { useMemo, useRef, type ReactNode } from 'react';
import type { Exposure } from '../../../shared/contract/exposure.ts';
import { createLineChart, type LineModel } from '../../charts/line-chart.ts';
import { compact } from '../../format.ts';
import { currencyOf } from '../../state/desk.ts';
import { ChartPane } from '../parts/ChartPane.tsx';
import { useActions, useWorkstation } from '../workstation.ts';
import { instrumentColors, instrumentWords } from './exposure-models.ts';

function premiumModel(exposure: Exposure, currency: string): LineModel | null {
  if (exposure.contracts.length === 0) return null;
  const instruments = [...new Set(exposure.contracts.map((item) => item.instrument))];
  return {
    xKind: 'number',
    xTitle: `Value of the position, ${currency}`,
    yTitle: `Vega, ${currency} per vol pt`,
    formatX: compact,
    formatY: compact,
    lines: instruments.map((instrument) => {
      const own = exposure.contracts
        .filter((item) => item.instrument === instrument)
        .toSorted((a, b) => a.premium - b.premium);
      return {
        label: instrumentWords[instrument],
        color: instrumentColors[instrument],
        style: 'dots' as const,
        x: own.map((item) => item.premium),
        y: own.map((item) => item.vegaPerVolPoint),
      };
    }),
    levels: [{ y: 0, label: '' }],
    uprights: [{ x: 0, label: '' }],
  };
}

/** What each position costs against the vega it gives: the further from the origin along vega, the cheaper. */
export function PremiumPane(props: { readonly exposure: Exposure }): ReactNode {
  const { exposure } = props;
  const currency = useWorkstation((state) => currencyOf(state, [exposure.underlying]));
  const { chooseContract } = useActions();
  const latest = useRef(exposure);
  latest.current = exposure;
  const model = useMemo(() => premiumModel(exposure, currency), [exposure, currency]);
  return (
    <ChartPane
      title={`${exposure.underlying}: premium against vega, one point a position`}
      tip="A point far up for little premium is vega bought cheaply. Click a point to choose its contract."
      create={(container) =>
        createLineChart(container, {
          onPick: (x) => {
            const found = latest.current.contracts.find((item) => item.premium === x);
            if (found !== undefined) chooseContract(found.contractId);
          },
        })
      }
      model={model}
    />
  );
}
