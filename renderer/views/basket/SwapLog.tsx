import { useMemo, useState, type ReactNode } from 'react';
import type { BasketResult } from '../../../shared/contract/basket.ts';
import { counted, decimal, integer } from '../../format.ts';
import { swapColumns, swapRowsOf } from './basket-columns.ts';
import { namesAfter } from './basket-models.ts';
import { GridPane } from '../parts/GridPane.tsx';

/** The search step by step: what came and went, r² after it, and the names held then. */
export function SwapLog(props: { readonly result: BasketResult }): ReactNode {
  const { result } = props;
  const rows = useMemo(() => swapRowsOf(result), [result]);
  const [chosen, setChosen] = useState<number | null>(null);
  const last = rows.length;
  const step = Math.min(chosen ?? last, last);
  const names = useMemo(() => namesAfter(result, step), [result, step]);
  const now = rows[step - 1];
  const go = (to: number) => setChosen(Math.min(last, Math.max(1, to)));
  return (
    <div
      className="swap-log"
      onKeyDown={(event) => {
        const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        if (by === undefined || !event.altKey) return;
        event.preventDefault();
        go(step + by);
      }}
    >
      {now !== undefined && (
        <div className="toolbar">
          <button
            type="button"
            className="quiet"
            disabled={step <= 1}
            aria-label="First step"
            data-tip="First step"
            onClick={() => go(1)}
          >
            |◀
          </button>
          <button
            type="button"
            className="quiet"
            disabled={step <= 1}
            aria-label="Step back"
            data-tip="Step back (Alt ←)"
            onClick={() => go(step - 1)}
          >
            ◀
          </button>
          <span>
            step {integer(step)} of {integer(last)}: {counted(names.length, 'name')}, r²{' '}
            {decimal(now.rSquared, 4)}
          </span>
          <button
            type="button"
            className="quiet"
            disabled={step >= last}
            aria-label="Step forward"
            data-tip="Step forward (Alt →)"
            onClick={() => go(step + 1)}
          >
            ▶
          </button>
          <button
            type="button"
            className="quiet"
            disabled={step >= last}
            aria-label="Last step"
            data-tip="Last step: the basket"
            onClick={() => go(last)}
          >
            ▶|
          </button>
        </div>
      )}
      {now !== undefined && (
        <div className="swap-names" aria-live="polite">
          {names.map((name) => (
            <span key={name} className={name === now.in ? 'gain strong' : ''}>
              {name === now.in ? `+${name}` : name}
            </span>
          ))}
          {now.out !== null && <s className="loss">{now.out}</s>}
        </div>
      )}
      <GridPane
        bare
        title="Swaps"
        name="basket.swaps"
        columns={swapColumns}
        rows={rows}
        rowId={(row) => String(row.step)}
        selectedId={now === undefined ? null : String(step)}
        onSelect={(row) => setChosen(row.step)}
        emptyText="The names were typed in; nothing was searched."
      />
    </div>
  );
}
