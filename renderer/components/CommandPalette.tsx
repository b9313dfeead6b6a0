import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';

export interface PaletteEntry {
  readonly id: string;
  /** `View`, `Name`, `Expiry`, `Suggestion`, `Action`. */
  readonly kind: string;
  readonly title: string;
  readonly detail?: string;
  readonly shortcut?: string;
  readonly run: () => void;
}

const shown = 60;

/** Every word typed must begin a word of the entry or stand in its title; earlier matches rank higher. */
export function rankEntries(entries: readonly PaletteEntry[], text: string): readonly PaletteEntry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return entries.slice(0, shown);
  const scored: { entry: PaletteEntry; score: number }[] = [];
  for (const entry of entries) {
    const title = entry.title.toLowerCase();
    const rest = `${entry.kind} ${entry.detail ?? ''}`.toLowerCase();
    let score = 0;
    for (const word of words) {
      const at = title.indexOf(word);
      if (title === word) score += 0;
      else if (at === 0) score += 1;
      else if (at > 0 && /\W/.test(title[at - 1] ?? '')) score += 2;
      else if (at > 0) score += 4;
      else if (rest.includes(word)) score += 6;
      else score = Infinity;
    }
    if (score !== Infinity) scored.push({ entry, score });
  }
  return scored
    .sort((a, b) => a.score - b.score || a.entry.title.length - b.entry.title.length)
    .slice(0, shown)
    .map((item) => item.entry);
}

/** Finds views, names, expiries, suggestions and actions by a few letters. */
export function CommandPalette(props: {
  readonly entries: readonly PaletteEntry[];
  readonly onClose: () => void;
}): ReactNode {
  const [text, setText] = useState('');
  const [index, setIndex] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const found = useMemo(() => rankEntries(props.entries, text), [props.entries, text]);
  useEffect(() => {
    list.current?.children[index]?.scrollIntoView({ block: 'nearest' });
  }, [index]);
  const run = (entry: PaletteEntry | undefined) => {
    if (entry === undefined) return;
    props.onClose();
    entry.run();
  };
  return (
    <div className="overlay" onPointerDown={props.onClose}>
      <div
        className="palette"
        role="dialog"
        aria-label="Command palette"
        onPointerDown={(event) => event.stopPropagation()}
        onKeyDown={(event) => {
          if (event.key === 'Escape') props.onClose();
          else if (event.key === 'ArrowDown') setIndex(Math.min(index + 1, found.length - 1));
          else if (event.key === 'ArrowUp') setIndex(Math.max(index - 1, 0));
          else if (event.key === 'Enter') run(found[index]);
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      >
        <input
          autoFocus
          value={text}
          placeholder="Type a view, a name, an expiry, an action"
          aria-label="Find"
          role="combobox"
          aria-expanded="true"
          aria-controls="palette-list"
          onChange={(event) => {
            setText(event.target.value);
            setIndex(0);
          }}
        />
        <ul id="palette-list" ref={list} role="listbox">
          {found.map((entry, position) => (
            <li
              key={entry.id}
              role="option"
              aria-selected={position === index}
              onPointerMove={() => setIndex(position)}
              onClick={() => run(entry)}
            >
              <span className="palette-kind">{entry.kind}</span>
              <span className="palette-title">{entry.title}</span>
              <span className="palette-detail">{entry.detail}</span>
              {entry.shortcut !== undefined && <kbd>{entry.shortcut}</kbd>}
            </li>
          ))}
          {found.length === 0 && <li className="dim">Nothing by that name.</li>}
        </ul>
      </div>
    </div>
  );
}
