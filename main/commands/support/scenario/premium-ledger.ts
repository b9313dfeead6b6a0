import type { ReportTable } from '../../../../shared/contract/pnl.ts';
import type { Readers } from '../../../store/index.ts';

interface Cycle {
  readonly name: string;
  readonly state: string;
  received: number;
  paid: number;
  boughtBack: number;
  soldBack: number;
  commission: number;
}

/** Premiums of each hedge as it was traded: options sold and bought to open, and what closing them cost or gave. */
export function premiumTable(read: Readers): ReportTable {
  const cycles = read.suggestions.list().flatMap((suggestion): Cycle[] => {
    const fills = read.suggestions.fills(suggestion.suggestionId);
    if (fills.length === 0) return [];
    const { proposal, state, suggestionId } = suggestion;
    const legs = new Map(proposal.legs.map((leg) => [leg.legId, leg]));
    const cycle: Cycle = {
      name: `${suggestionId} ${proposal.basket}, ${proposal.asOf} to ${proposal.expiry}`,
      state,
      received: 0,
      paid: 0,
      boughtBack: 0,
      soldBack: 0,
      commission: 0,
    };
    for (const { legId, side, quantity, price, commission } of fills) {
      const leg = legs.get(legId);
      const premium = quantity * price * (leg?.multiplier ?? 1);
      const closes = leg?.effect === 'close';
      if (side === 'sell' && !closes) cycle.received += premium;
      else if (side === 'buy' && !closes) cycle.paid += premium;
      else if (side === 'buy') cycle.boughtBack += premium;
      else cycle.soldBack += premium;
      cycle.commission += commission;
    }
    return [cycle];
  });
  const net = ({ received, paid, boughtBack, soldBack, commission }: Cycle): number =>
    received - paid - boughtBack + soldBack - commission;
  const money = (heading: string) => ({ heading, kind: 'money' as const });
  return {
    title: 'Premium ledger',
    columns: [
      { heading: 'Suggestion', kind: 'text' },
      { heading: 'State', kind: 'text' },
      money('Sold'),
      money('Bought'),
      money('Bought back'),
      money('Sold back'),
      money('Commissions'),
      money('Net premium'),
    ],
    rows: cycles.map((cycle) => [
      cycle.name,
      cycle.state,
      cycle.received,
      -cycle.paid,
      -cycle.boughtBack,
      cycle.soldBack,
      -cycle.commission,
      net(cycle),
    ]),
    totals: false,
  };
}
