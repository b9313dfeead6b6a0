import { useEffect, useRef, type ReactNode } from 'react';
import type { Chain, ChainExpiry } from '../../../shared/contract/chain.ts';
import { daysToGo, decimal, shortDate, volPercent } from '../../format.ts';
import { colorPlace } from './chain-smile.ts';
import { useActions, useWorkstation } from '../workstation.ts';

/** One tab an expiry: days to go, forward, at-the-money volatility, and a tick that lays its smile over. */
export function ExpiryTabs(props: { readonly chain: Chain; readonly front: ChainExpiry | null }): ReactNode {
  const { chain, front } = props;
  const overlays = useWorkstation((state) => state.overlays);
  const { focus, toggleOverlay } = useActions();
  const strip = useRef<HTMLDivElement>(null);
  useEffect(() => {
    strip.current
      ?.querySelector('[aria-selected="true"]')
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [front?.key]);
  const move = (step: number) => {
    const next = chain.expiries[chain.expiries.findIndex((expiry) => expiry.key === front?.key) + step];
    if (next !== undefined) focus({ expiryKey: next.key });
  };
  return (
    <div
      className="expiry-tabs"
      role="tablist"
      aria-label="Expiries"
      ref={strip}
      onKeyDown={(event) => {
        if (event.key === 'ArrowRight') move(1);
        else if (event.key === 'ArrowLeft') move(-1);
        else if (event.key === ' ' && front !== null) toggleOverlay(front.key);
        else return;
        event.preventDefault();
      }}
    >
      {chain.expiries.map((expiry) => {
        const isFront = expiry.key === front?.key;
        const isOn = isFront || overlays.includes(expiry.key);
        return (
          <button
            key={expiry.key}
            type="button"
            role="tab"
            className="expiry-tab"
            aria-selected={isFront}
            tabIndex={isFront ? 0 : -1}
            style={{ ['--tab-color' as string]: `var(--series-${colorPlace(chain, expiry.key) + 1})` }}
            onClick={() => focus({ expiryKey: expiry.key })}
            data-tip={`${expiry.root} ${expiry.settlement} settled, ${expiry.rowCount} strikes\n${expiry.forwardNote}`}
          >
            <span>
              {shortDate(expiry.expiry)}
              {chain.expiries.some((other) => other.expiry === expiry.expiry && other.key !== expiry.key)
                ? ` ${expiry.root}`
                : ''}{' '}
              <span className="dim">{daysToGo(expiry.days)}</span>
            </span>
            <small>
              F {decimal(expiry.forward, 2)} · {volPercent(expiry.skew.atmVol)} %
            </small>
            <span
              className="tick"
              role="checkbox"
              aria-checked={isOn}
              aria-label={`Lay the smile of ${shortDate(expiry.expiry)} over`}
              data-on={isOn}
              data-tip="Lay this smile over the one in front"
              onClick={(event) => {
                event.stopPropagation();
                if (!isFront) toggleOverlay(expiry.key);
              }}
            >
              {isOn ? '✓' : ''}
            </span>
          </button>
        );
      })}
    </div>
  );
}
