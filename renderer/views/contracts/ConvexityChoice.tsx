import type { ReactNode } from 'react';
import { NumberField } from '../../components/NumberField.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { TicketRow } from '../parts/TicketRow.tsx';
import { useActions, useWorkstation } from '../workstation.ts';

const choices = [
  { value: 'none', label: 'root of variance', tip: 'Fair is the root of the expected variance' },
  {
    value: 'secondOrder',
    label: 'less convexity',
    tip: 'Expected volatility lies below the root of expected variance\n− Var(V) ⁄ (8 · E[V]^1.5)',
  },
] as const;

/** Whether fair allows for volatility being concave in variance. */
export function ConvexityChoice(): ReactNode {
  const { convexity, volUncertainty } = useWorkstation((state) => state.volConvexity);
  const { chooseConvexity } = useActions();
  return (
    <TicketRow
      label="Fair is"
      tip={'Variance adds up over time, volatility is its root\nThe switch takes the second order off'}
    >
      <Segmented
        label="Fair volatility from variance"
        choices={choices}
        value={convexity}
        onChange={(chosen) => chooseConvexity({ convexity: chosen })}
      />
      {convexity === 'secondOrder' && (
        <NumberField
          label="Uncertainty of volatility"
          tip="Standard deviation of the volatility left, as a share of it; the noise of finitely many returns is added"
          kind="percent"
          digits={0}
          width={5}
          least={0}
          most={2}
          unit="% of it"
          value={volUncertainty}
          onChange={(uncertainty) => chooseConvexity({ volUncertainty: uncertainty })}
        />
      )}
    </TicketRow>
  );
}
