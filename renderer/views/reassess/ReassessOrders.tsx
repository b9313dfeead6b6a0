import type { ReactNode } from 'react';
import type { HedgeReassessment } from '../../../shared/contract/reassess.ts';
import { Panel } from '../../components/Panel.tsx';
import { counted } from '../../format.ts';
import { useActions, useWorkstation } from '../workstation.ts';
import { useCurrency } from './use-currency.ts';
import { orderCredit, orderText } from './reassess-columns.ts';

/** What was taken, on its way to one draft. */
export function ReassessOrders(props: { readonly found: HedgeReassessment }): ReactNode {
  const orders = useWorkstation((state) => state.reassessOrders);
  const currency = useCurrency();
  const { takeReassessOrder, dropReassessOrder, draftReassessOrders } = useActions();
  const parts = props.found.actions.filter(
    (leg) =>
      leg.action === 'trade-part' &&
      leg.trade !== null &&
      leg.trade !== 0 &&
      !orders.some((order) => order.leg.leg === leg.leg),
  );
  const takeParts = () => {
    for (const leg of parts) takeReassessOrder({ kind: 'trade', leg, trade: leg.trade ?? 0 });
  };
  return (
    <Panel
      title={`For review: ${counted(orders.length, 'leg')}`}
      tip="Becomes one draft suggestion with closing and opening legs"
    >
      <ul className="scroll order-lines" aria-label="Taken for review">
        {orders.length === 0 && (
          <li className="dim">Take a roll or a part to trade; what is taken becomes one draft.</li>
        )}
        {orders.map((order) => (
          <li key={order.leg.leg}>
            <span>{orderText(order, currency)}</span>
            <button
              type="button"
              className="quiet"
              aria-label={`Leave out ${order.leg.leg}`}
              onClick={() => dropReassessOrder(order.leg.leg)}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      <div className="form-actions">
        {parts.length > 0 && (
          <button
            type="button"
            data-tip="Every part that a rule wants traded, as proposed"
            onClick={takeParts}
          >
            Take {counted(parts.length, 'proposed part')}
          </button>
        )}
        <button
          type="button"
          className="primary"
          disabled={orders.length === 0}
          data-tip={
            orders.length === 0
              ? 'Nothing was taken yet'
              : `Makes a draft; the rolls in it bring in ${orderCredit(orders)} ${currency}`
          }
          onClick={() => void draftReassessOrders()}
        >
          Add to review
        </button>
      </div>
    </Panel>
  );
}
