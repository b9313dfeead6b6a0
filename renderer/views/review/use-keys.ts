import { useEffect, useRef } from 'react';

/** A key as views name it: `a`, `ctrl+z`, `ctrl+shift+z`. */
export function keyName(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>,
): string | null {
  if (event.altKey) return null;
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey) return `ctrl+${event.shiftKey ? 'shift+' : ''}${key}`;
  return key;
}

/** Keys of a view while nothing is being typed; a key that is not there is left alone. */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const inField =
        event.target instanceof Element &&
        event.target.closest('input, select, textarea, dialog, [role="dialog"]') !== null;
      const name = keyName(event);
      const run = inField || name === null ? undefined : latest.current[name];
      if (run === undefined || event.defaultPrevented) return;
      event.preventDefault();
      run();
    };
    // Before the window's own keys: here Ctrl Z takes back a change of the review, and Esc leaves a pane first.
    window.addEventListener('keydown', press, true);
    return () => window.removeEventListener('keydown', press, true);
  }, []);
}
