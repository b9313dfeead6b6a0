import { savedBasketInFront } from '../../state/hedge.ts';
import { useWorkstation } from '../workstation.ts';

/** Currency of the basket in front. */
export function useCurrency(): string {
  return useWorkstation((state) => {
    const index = savedBasketInFront(state)?.result.index ?? null;
    return state.desk.value?.underliers.find((item) => item.symbol === index)?.currency ?? '';
  });
}
