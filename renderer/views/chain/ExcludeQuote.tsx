import { useState, type ReactNode } from 'react';
import type { Chain } from '../../../shared/contract/chain.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { date } from '../../format.ts';
import { useActions } from '../workstation.ts';
import type { MenuQuote } from './ChainMenu.tsx';

/** Asks why a quote is left out, and for which days. */
export function ExcludeQuote(props: {
  readonly chain: Chain;
  readonly quote: MenuQuote;
  readonly onClose: () => void;
}): ReactNode {
  const { chain, quote, onClose } = props;
  const [reason, setReason] = useState('');
  const [everyDay, setEveryDay] = useState(false);
  const { excludeQuote, loadInputsByHand, tell } = useActions();
  const exclude = async () => {
    const done = await excludeQuote({
      symbol: chain.underlying,
      contract: quote.contract,
      tradeDate: everyDay ? null : chain.asOf,
      reason: reason.trim(),
    });
    onClose();
    if (!done) return;
    tell('done', `${quote.name} is left out of forwards, fits and suggestions.`);
    await loadInputsByHand(chain.underlying);
  };
  return (
    <Dialog
      title={`Leave out ${quote.name}`}
      confirm="Leave out"
      canConfirm={reason.trim() !== ''}
      onConfirm={() => void exclude()}
      onClose={onClose}
    >
      <p>
        {quote.contract} will not count in the forward, the smile, the IV index or suggestions. The quote
        stays in the chain, struck through, and can be taken back.
      </p>
      <label className="dialog-row">
        Why
        <input autoFocus value={reason} size={36} onChange={(event) => setReason(event.target.value)} />
      </label>
      <label className="dialog-row">
        <input type="checkbox" checked={everyDay} onChange={(event) => setEveryDay(event.target.checked)} />
        On every day, not only on {date(chain.asOf)}
      </label>
    </Dialog>
  );
}
