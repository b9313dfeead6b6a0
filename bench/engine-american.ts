import { americanImpliedVol } from '../shared/quant/american/american-implied-vol.ts';
import { americanPrice } from '../shared/quant/american/american.ts';
import type { StockOption } from '../shared/quant/american/american.ts';
import { americanRows } from './engine-quotes.ts';
import type { AmericanRow } from './engine-quotes.ts';
import { processorNanoseconds } from './processor-time.ts';
import type { QuantLib } from './quantlib.ts';
import type { Measurement } from './report.ts';

const part = 'engine';
/** Share of the spot that a fast price may be wrong by. */
const priceError = 1e-6;
/** The same with cash dividends. */
const cashPriceError = 1e-4;

const optionOf = ({ type, ...terms }: AmericanRow, accuracy: 'fast' | 'standard'): StockOption => ({
  ...terms,
  optionType: type,
  timeToExpiry: terms.time,
  accuracy,
});

function priceOf(option: StockOption): number {
  const price = americanPrice(option);
  if (!price.ok) throw new Error(String(price.error.detail['reason']));
  return price.value;
}

/** American prices under a yield, and volatilities of a chain with cash dividends. */
export function americanMeasurements(quantLib: QuantLib | string): readonly Measurement[] {
  const rows = americanRows();
  const lines: Measurement[] = [];
  const theirs = typeof quantLib === 'object' ? quantLib.american(rows) : null;
  const exact = theirs?.prices ?? rows.map((row) => priceOf(optionOf(row, 'standard')));
  for (const accuracy of ['fast', 'standard'] as const) {
    const options = rows.map((row) => optionOf(row, accuracy));
    const nanoseconds = processorNanoseconds(options.length, () => options.forEach(priceOf), 3);
    const worst = options.reduce(
      (most, option, i) => Math.max(most, Math.abs(priceOf(option) - (exact[i] ?? Number.NaN)) / option.spot),
      0,
    );
    const against = theirs === null ? 'our standard price' : 'QuantLib’s accurate engine is slower';
    const micro = nanoseconds / 1000;
    lines.push({
      part,
      what: `American price, ${accuracy}`,
      value: micro,
      unit: 'µs',
      ...(accuracy === 'fast'
        ? { against: `${against}; at most 20 µs`, kept: micro <= 20 && worst <= priceError }
        : { against }),
      ...(theirs === null ? {} : { ratio: theirs.microseconds / micro }),
    });
    lines.push({ part, what: '  its largest error', value: worst, unit: 'of spot' });
  }
  if (theirs !== null)
    lines.push({
      part,
      what: 'American price, QuantLib QdFp accurate',
      value: theirs.microseconds,
      unit: 'µs',
    });

  for (const [what, terms] of [
    ['dividends as a yield, as chains are analyzed', { dividendYield: 0.02 }],
    ['cash dividends', { dividends: quarterly }],
  ] as const) {
    const chain = optionChain(terms);
    const before = process.cpuUsage();
    const found = chain.map(({ option, price }) => americanImpliedVol({ ...option, price }));
    const { user, system } = process.cpuUsage(before);
    const seconds = (user + system) / 1e6;
    // back to a price, by the dearer method: where exercise is near, a price says little about the volatility
    const sampled = chain.flatMap(({ option, price }, i) => {
      const result = found[i];
      if (result === undefined || !result.ok || i % 11 !== 0) return [];
      const back = priceOf({ ...option, vol: result.value, accuracy: 'standard' });
      return [Math.abs(back - price) / option.spot];
    });
    const worst = sampled.reduce((most, error) => Math.max(most, error), 0);
    const all = found.every((result) => result.ok);
    lines.push(
      {
        part,
        what: `volatilities of ${chain.length.toLocaleString('en-US')} American options, ${what}`,
        value: seconds,
        unit: 's',
        against: 'at most 1 s of one core',
        kept: seconds <= 1 && all,
      },
      {
        part,
        what: '  the largest error of the price back, by the standard method',
        value: worst,
        unit: 'of spot',
        against: `${sampled.length} of them; at most 1e-4`,
        kept: worst <= cashPriceError,
      },
    );
  }
  return lines;
}

const quarterly = [0.1, 0.35, 0.6, 0.85].map((timeToExDate) => ({ timeToExDate, amount: 0.5 }));

/** Ten expiries of 150 strikes, calls and puts. */
function optionChain(
  dividends: Pick<StockOption, 'dividends' | 'dividendYield'>,
): readonly { readonly option: StockOption; readonly price: number }[] {
  return [0.04, 0.08, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1].flatMap((timeToExpiry) =>
    Array.from({ length: 150 }, (_, i) => i).flatMap((i) => {
      const distance = 2.5 * ((2 * i) / 149 - 1);
      const vol = 0.25 - 0.02 * distance;
      const strike = 100 * Math.exp(distance * 0.25 * Math.sqrt(timeToExpiry));
      return (['call', 'put'] as const).map((optionType) => {
        const terms = { optionType, spot: 100, strike, timeToExpiry, rate: 0.04, vol, ...dividends };
        const option: StockOption = { ...terms, accuracy: 'fast' };
        return { option, price: priceOf(option) };
      });
    }),
  );
}
