import type { ReactNode } from 'react';
import type { Chain } from '../../../shared/contract/chain.ts';
import { Menu, type MenuItem } from '../../components/Menu.tsx';
import { date, price, strike } from '../../format.ts';
import { useActions, useWorkstation } from '../workstation.ts';
import { legAt, type ChainRow } from './chain-rows.ts';

/** A cell of the chain that a menu was asked for. */
export interface ChainSpot {
  readonly row: ChainRow;
  readonly columnKey: string;
  readonly at: { readonly x: number; readonly y: number };
}

export interface MenuQuote {
  readonly contract: string;
  readonly name: string;
  readonly excluded: boolean;
  readonly optionType: 'call' | 'put';
}

/** What can be done with a quote: pick it as a leg, leave it out, take it back, keep it out of suggestions, copy its symbol. */
export function ChainMenu(props: {
  readonly chain: Chain;
  readonly spot: ChainSpot;
  readonly onExclude: (quote: MenuQuote) => void;
  readonly onClose: () => void;
}): ReactNode {
  const { chain, spot, onExclude, onClose } = props;
  const exclusions = useWorkstation((state) => state.exclusions.value?.exclusions ?? null);
  const left = useWorkstation((state) => state.hedgeRequest.excludeContracts ?? []);
  const { restoreQuote, loadInputsByHand, changeHedgeRequest, tell, focus, pickLeg } = useActions();
  const quotes = quotesAt(spot);
  const items: MenuItem[] = [];
  for (const quote of quotes) {
    const { contract, name } = quote;
    const found = (exclusions ?? []).filter(
      (one) => one.contract === contract && (one.tradeDate === null || one.tradeDate === chain.asOf),
    );
    for (const side of ['sell', 'buy'] as const) {
      const leg = legAt(chain, spot.row, quote.optionType, side);
      const where = side === 'sell' ? 'bid' : 'ask';
      items.push({
        label: `${side === 'sell' ? 'Sell' : 'Buy'} 1 ${name} at ${where}${leg === null ? '' : ` ${price(leg.price)}`}`,
        ...(leg === null ? { disabled: `It has no ${where}.` } : {}),
        onChoose: () => {
          if (leg !== null) pickLeg(leg);
        },
      });
    }
    if (!quote.excluded) items.push({ label: `Leave out ${name} …`, onChoose: () => onExclude(quote) });
    else
      items.push({
        label: `Take back ${name}`,
        ...(found.length === 0
          ? { disabled: 'An adjusted contract: it stays out of fits and suggestions.' }
          : {}),
        onChoose: () => {
          const lift = async () => {
            for (const one of found) if (!(await restoreQuote(one.exclusionId))) return;
            tell('done', `${name} counts again.`);
            await loadInputsByHand(chain.underlying);
          };
          void lift();
        },
      });
    items.push(
      left.includes(contract)
        ? {
            label: `Allow ${name} in suggestions`,
            onChoose: () => changeHedgeRequest({ excludeContracts: left.filter((one) => one !== contract) }),
          }
        : {
            label: `Keep ${name} out of suggestions`,
            onChoose: () => {
              changeHedgeRequest({ excludeContracts: [...left, contract] });
              tell('done', `${name} will not be suggested; the hedge view lists what is left out.`);
            },
          },
      {
        label: `Copy ${contract}`,
        onChoose: () => void navigator.clipboard.writeText(contract),
      },
    );
  }
  items.push({
    label: `Show ${date(spot.row.expiry.expiry)} in the smile`,
    onChoose: () => focus({ expiryKey: spot.row.expiry.key, strike: spot.row.strike }),
  });
  return <Menu label="Quote" at={spot.at} items={items} onClose={onClose} />;
}

/** The quotes meant: of the side pointed at, or both from the strike. */
function quotesAt(spot: ChainSpot): MenuQuote[] {
  const { row, columnKey } = spot;
  const sides = columnKey.startsWith('call.')
    ? (['call'] as const)
    : columnKey.startsWith('put.')
      ? (['put'] as const)
      : (['call', 'put'] as const);
  return sides.flatMap((side) => {
    const contract = row[side].contract[row.index] ?? null;
    if (contract === null) return [];
    return [
      {
        contract,
        name: `${strike(row.strike)} ${side}`,
        excluded: row[side].excluded[row.index] === true,
        optionType: side,
      },
    ];
  });
}
