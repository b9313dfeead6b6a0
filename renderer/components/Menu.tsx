import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';

export interface MenuItem {
  readonly label: string;
  /** Why it cannot be chosen now; it stays readable. */
  readonly disabled?: string;
  readonly onChoose: () => void;
}

/** A menu at a place on the screen: arrows walk it, Enter chooses, Esc or a click elsewhere leaves it. */
export function Menu(props: {
  readonly label: string;
  /** Pixels of the window, of its corner. */
  readonly at: { readonly x: number; readonly y: number };
  readonly items: readonly MenuItem[];
  readonly onClose: () => void;
}): ReactNode {
  const { at, items, onClose } = props;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const menu = box.current;
    if (menu === null) return;
    const from = document.activeElement;
    // Kept inside the window: a click low on the screen opens it upwards.
    const { width, height } = menu.getBoundingClientRect();
    menu.style.left = `${Math.max(0, Math.min(at.x, window.innerWidth - width - 4))}px`;
    menu.style.top = `${Math.max(0, Math.min(at.y, window.innerHeight - height - 4))}px`;
    menu.querySelector<HTMLElement>('[role=menuitem]')?.focus();
    return () => {
      if (from instanceof HTMLElement) from.focus();
    };
  }, [at]);
  const walk = (event: KeyboardEvent) => {
    const entries = [...(box.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    const now = entries.indexOf(document.activeElement as HTMLElement);
    const go = (index: number) => entries[(index + entries.length) % entries.length]?.focus();
    if (event.key === 'Escape' || event.key === 'Tab') onClose();
    else if (event.key === 'ArrowDown') go(now + 1);
    else if (event.key === 'ArrowUp') go(now - 1);
    else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(entries.length - 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="menu-ground" onPointerDown={(event) => event.target === event.currentTarget && onClose()}>
      <div ref={box} className="menu" role="menu" aria-label={props.label} onKeyDown={walk}>
        {items.map((item) => (
          <button
            key={item.label}
            type="button"
            role="menuitem"
            aria-disabled={item.disabled !== undefined}
            {...(item.disabled === undefined ? {} : { 'data-tip': item.disabled })}
            onClick={() => {
              if (item.disabled !== undefined) return;
              onClose();
              item.onChoose();
            }}
          >
            {item.label}
          </button>
        ))}
      </div>
    </div>
  );
}
