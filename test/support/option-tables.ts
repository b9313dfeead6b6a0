import { blackPrice } from '../../shared/quant/european/black.ts';
import type { GreeksTable } from '../../shared/quant/european/ordinary-greeks.ts';
import type { ImpliedVolTable } from '../../shared/quant/european/ordinary-vols.ts';

interface TableOption {
  readonly optionType: 'call' | 'put';
  readonly forward: number;
  readonly strike: number;
  readonly time: number;
  readonly vol: number;
  readonly discountFactor: number;
  readonly price: number;
  readonly outOfMoney: boolean;
}

/** Options of all sorts up to eight deviations from the money, the same for the same seed. */
export function optionTable(request: {
  readonly count: number;
  readonly seed: number;
  readonly leastDeviation: number;
  readonly mostDeviation: number;
}): readonly TableOption[] {
  let state = request.seed;
  const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const { leastDeviation, mostDeviation } = request;
  return Array.from({ length: request.count }, () => {
    const optionType = random() < 0.5 ? 'call' : 'put';
    const forward = 5 * Math.exp(8 * random());
    const deviation = leastDeviation * (mostDeviation / leastDeviation) ** random();
    const strike = forward * Math.exp(deviation * 8.2 * (2 * random() - 1));
    const time = 0.002 * 2000 ** random();
    const vol = deviation / Math.sqrt(time);
    const discountFactor = 0.8 + 0.25 * random();
    const outOfMoney = optionType === 'call' ? strike >= forward : strike <= forward;
    const price = blackPrice({ optionType, forward, strike, timeToExpiry: time, vol, discountFactor });
    return { optionType, forward, strike, time, vol, discountFactor, price, outOfMoney };
  });
}

const columnsOf = (options: readonly TableOption[]) => ({
  count: options.length,
  optionTypes: Int8Array.from(options, (option) => (option.optionType === 'call' ? 1 : -1)),
  forwards: Float64Array.from(options, (option) => option.forward),
  strikes: Float64Array.from(options, (option) => option.strike),
  times: Float64Array.from(options, (option) => option.time),
  discountFactors: Float64Array.from(options, (option) => option.discountFactor),
});

export const impliedVolTable = (options: readonly TableOption[]): ImpliedVolTable => ({
  ...columnsOf(options),
  prices: Float64Array.from(options, (option) => option.price),
  outVols: new Float64Array(options.length),
  outReasons: new Uint8Array(options.length),
});

export function greeksTable(options: readonly TableOption[]): GreeksTable {
  const column = (): Float64Array => new Float64Array(options.length);
  return {
    ...columnsOf(options),
    vols: Float64Array.from(options, (option) => option.vol),
    into: {
      price: column(),
      deltaForward: column(),
      gammaForward: column(),
      vegaPerVol: column(),
      thetaPerYear: column(),
    },
  };
}
