import { useEffect, useRef, useState, type ReactNode } from 'react';
import { prose } from '../prose.ts';

interface Tip {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly above: boolean;
}

const delay = 350;

/** One layer for every hover text of the window: any element with `data-tip`, on hover and on focus. */
export function Tooltips(): ReactNode {
  const [tip, setTip] = useState<Tip | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => {
    const clear = () => {
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
      setTip(null);
    };
    const show = (event: Event) => {
      const owner = event.target instanceof Element ? event.target.closest('[data-tip]') : null;
      if (timer.current !== null) clearTimeout(timer.current);
      if (owner === null) return clear();
      // A click focuses too: only focus that came by key asks for the text.
      if (event.type === 'focusin' && !owner.matches(':focus-visible')) return;
      timer.current = setTimeout(() => {
        const text = owner.getAttribute('data-tip');
        if (!text || !owner.isConnected) return setTip(null);
        const box = owner.getBoundingClientRect();
        if (owner.closest('.rail') !== null)
          return setTip({ text, x: box.right + 4, y: box.top + 2, above: false });
        const above = box.bottom > window.innerHeight - 120;
        setTip({
          text,
          x: Math.min(Math.max(8, box.left), window.innerWidth - 340),
          y: above ? box.top - 6 : box.bottom + 6,
          above,
        });
      }, delay);
    };
    const escape = (event: KeyboardEvent) => event.key === 'Escape' && clear();
    document.addEventListener('pointerover', show);
    document.addEventListener('focusin', show);
    document.addEventListener('pointerdown', clear);
    document.addEventListener('scroll', clear, true);
    document.addEventListener('keydown', escape);
    return () => {
      clear();
      document.removeEventListener('pointerover', show);
      document.removeEventListener('focusin', show);
      document.removeEventListener('pointerdown', clear);
      document.removeEventListener('scroll', clear, true);
      document.removeEventListener('keydown', escape);
    };
  }, []);
  if (tip === null) return null;
  return (
    <div
      className="tooltip"
      role="tooltip"
      style={{ left: tip.x, top: tip.y, transform: tip.above ? 'translateY(-100%)' : 'none' }}
    >
      {prose(tip.text)}
    </div>
  );
}
