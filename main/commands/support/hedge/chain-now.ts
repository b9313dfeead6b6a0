import type { IsoDate } from '../../../../shared/dates.ts';
import { analyzeChain } from '../../../../shared/quant/chain/chain-analysis.ts';
import { ratesImpliedBy } from '../../../../shared/quant/chain/chain-forward.ts';
import { ok, type Result } from '../../../../shared/result.ts';
import type { Readers } from '../../../store/index.ts';
import { chainDay } from '../market/as-of.ts';
import type { AnalyzedChain } from '../market/chain-desk.ts';
import { rateIndexOf } from '../market/day-inputs.ts';
import { chainSource } from '../market/chain-input.ts';

/** Analyzed chains for mutations, which cannot wait for the pool: the same digits, computed where they are asked for. */
export type ChainNow = (
  read: Readers,
  symbol: string,
  asOf: IsoDate | undefined,
) => Result<AnalyzedChain & { readonly day: IsoDate }>;

const kept = 100;

/** Keeps what it computed until the data change. */
export function createChainNow(): ChainNow {
  const held = new Map<string, AnalyzedChain>();
  let revision = -1;
  const analyzed = (read: Readers, symbol: string, day: IsoDate): AnalyzedChain => {
    const now = read.desk.dataRevision();
    if (now !== revision) held.clear();
    revision = now;
    const key = `${symbol}|${day}`;
    const known = held.get(key);
    if (known !== undefined) return known;
    const { input, ...source } = chainSource(read, symbol, day, 'mid');
    const index =
      input.exercise === 'american' && input.rates === null ? rateIndexOf(read, symbol, day) : null;
    const rates = index === null ? input.rates : ratesImpliedBy(analyzed(read, index, day).analysis);
    const made = { analysis: analyzeChain({ ...input, rates }), source, spot: input.spot };
    held.set(key, made);
    const [oldest] = held.keys();
    if (held.size > kept && oldest !== undefined) held.delete(oldest);
    return made;
  };
  return (read, symbol, asOf) => {
    const day = chainDay(read, symbol, asOf);
    return day.ok ? ok({ ...analyzed(read, symbol, day.value), day: day.value }) : day;
  };
}
