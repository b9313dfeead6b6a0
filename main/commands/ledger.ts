import type { ledgerCommands, LedgerCycle, LedgerSums } from '../../shared/contract/ledger.ts';
import { ok } from '../../shared/result.ts';
import type { HandlersFor } from './handlers.ts';
import { chainDay, newestDay } from './support/market/as-of.ts';
import type { ChainDesk } from './support/market/chain-desk.ts';
import { chainOptions } from './support/market/chain-option.ts';
import { modelMark } from './support/hedge/model-mark.ts';
import { ledgerCycles, ledgerTrades } from './support/hedge/ledger-reader.ts';

const plus = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a + b);

const together = (a: LedgerSums, b: LedgerSums): LedgerSums => {
  const kept = a.kept + b.kept;
  const base = (sums: LedgerSums): number =>
    sums.keptShare === null || sums.keptShare === 0 ? 0 : sums.kept / sums.keptShare;
  const premium = base(a) + base(b);
  return {
    sold: a.sold + b.sold,
    boughtBack: a.boughtBack + b.boughtBack,
    paid: a.paid + b.paid,
    recovered: a.recovered + b.recovered,
    settledOnSold: a.settledOnSold + b.settledOnSold,
    settledOnBought: a.settledOnBought + b.settledOnBought,
    fees: a.fees + b.fees,
    kept,
    keptShare: premium > 0 ? kept / premium : null,
    realized: a.realized + b.realized,
    openValue: plus(a.openValue, b.openValue),
    result: plus(a.result, b.result),
  };
};

function totalsOf(cycles: readonly LedgerCycle[]): { currency: string; sums: LedgerSums }[] {
  const found = new Map<string, LedgerSums>();
  for (const { currency, sums } of cycles) {
    const before = found.get(currency);
    found.set(currency, before === undefined ? sums : together(before, sums));
  }
  return [...found].map(([currency, sums]) => ({ currency, sums }));
}

export const ledgerHandlers = (chains: ChainDesk): HandlersFor<typeof ledgerCommands> => ({
  'ledger.read': async ({ basket, asOf }, context) => {
    const { read } = context;
    const day = asOf ?? newestDay(read);
    if (day === null) return ok({ asOf: null, cycles: [], totals: [] });
    const traded = ledgerTrades(read, day).flatMap(({ trades }) => trades);
    const live = traded.filter(({ expiry }) => expiry >= day);
    const symbols = new Set(live.map(({ symbol }) => symbol));
    const marks = new Map<string, number>();
    await Promise.all(
      [...symbols].map(async (symbol) => {
        const on = chainDay(read, symbol, day);
        const chain = on.ok ? await chains.analyzed(context, symbol, on.value, 'mid') : on;
        if (!chain.ok) return;
        const quoted = new Map(chainOptions(chain.value).map(({ contract, mark }) => [contract, mark]));
        for (const { contract, symbol: of } of live) {
          if (of !== symbol) continue;
          const found = quoted.get(contract) ?? modelMark(chain.value, contract)?.mark ?? null;
          if (found !== null) marks.set(contract, found);
        }
      }),
    );
    const cycles = ledgerCycles(read, { asOf: day, basket: basket ?? null, marks });
    return ok({ asOf: day, cycles: [...cycles], totals: totalsOf(cycles) });
  },
});
