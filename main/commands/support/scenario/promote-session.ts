import type { DraftLeg } from '../../../../shared/contract/hedge.ts';
import type { ScenarioPosition } from '../../../../shared/quant/scenario/book.ts';
import type { SessionRow } from './session-state.ts';

export interface PromotedTrades {
  readonly legs: readonly DraftLeg[];
  readonly left: readonly { readonly label: string; readonly reason: string }[];
}

const notListed: Readonly<Record<Exclude<ScenarioPosition['kind'], 'option'>, string>> = {
  stock: 'Suggestions hold listed options: trade the shares apart.',
  cash: 'Money is not an order.',
  future: 'Suggestions hold listed options: trade the future apart.',
  'forward-start': 'Enter it as a contract once it is agreed.',
  'realized-vol': 'Enter it as a contract once it is agreed.',
  settled: 'It is settled.',
};

/** What a session trades against its frozen book: listed options as legs, the rest named with the reason. */
export function promotedTrades(rows: readonly SessionRow[]): PromotedTrades {
  const legs: DraftLeg[] = [];
  const left: { label: string; reason: string }[] = [];
  for (const { position, frozen, change } of rows) {
    if (change === 'same') continue;
    const { label, symbol } = position;
    const traded = (change === 'removed' ? 0 : position.quantity) - (frozen?.quantity ?? 0);
    if (traded === 0) continue;
    if (position.kind !== 'option') left.push({ label, reason: notListed[position.kind] });
    else if (!Number.isInteger(traded))
      left.push({ label, reason: `${traded} is no whole number of contracts.` });
    else {
      const reason =
        frozen === null ? 'added in the session' : `${frozen.quantity} held, ${change} in the session`;
      legs.push({
        contract: label,
        symbol,
        side: traded < 0 ? 'sell' : 'buy',
        quantity: Math.abs(traded),
        reason,
      });
    }
  }
  return { legs, left };
}
