import { currencyOf } from '../../state/desk.ts';
import { useWorkstation } from '../workstation.ts';

/** Currency of what the session holds. */
export const useScenarioCurrency = (): string =>
  useWorkstation((state) =>
    currencyOf(
      state,
      (state.scenarioOpen.value?.rows ?? []).map((row) => row.symbol),
    ),
  );
