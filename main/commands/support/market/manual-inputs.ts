import type { IsoDate } from '../../../../shared/dates.ts';
import type { ChainInput, ExpiryQuotes } from '../../../../shared/quant/chain/chain-input.ts';
import type { Readers } from '../../../store/index.ts';

export type ManualInputs = Required<Pick<ChainInput, 'manualForwards' | 'manualRates' | 'manualYields'>> & {
  readonly price: { readonly value: number; readonly reason: string } | null;
};

/** What was set by hand for a name's chain of a day. One expiry's goes before the name's, one day's before every day's. */
export function manualInputs(
  read: Readers,
  symbol: string,
  day: IsoDate,
  expiries: readonly Pick<ExpiryQuotes, 'key' | 'expiry'>[],
): ManualInputs {
  const forwards: Record<string, number> = {};
  const rates: Record<string, number> = {};
  const yields: Record<string, number> = {};
  let price: ManualInputs['price'] = null;
  const inForce = read.overrides.on(symbol, day);
  const wholeNameFirst = [
    ...inForce.filter(({ expiry }) => expiry === null),
    ...inForce.filter(({ expiry }) => expiry !== null),
  ];
  for (const { kind, expiry, value, reason } of wholeNameFirst) {
    if (kind === 'price') {
      price = { value, reason };
      continue;
    }
    const into = kind === 'forward' ? forwards : kind === 'rate' ? rates : yields;
    for (const one of expiries)
      if (expiry === null || expiry === one.expiry || expiry === one.key) into[one.key] = value;
  }
  return { manualForwards: forwards, manualRates: rates, manualYields: yields, price };
}
