import { useState, type ReactNode } from 'react';
import { namesFrom } from './rule-texts.ts';

/** A rule with a box that switches it off; what it says stays in sight. */
export function Switched(props: {
  readonly label: string;
  readonly on: boolean;
  readonly onSwitch: (on: boolean) => void;
  readonly tip?: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div
      className={`sentence ${props.on ? '' : 'off'}`}
      {...(props.tip === undefined ? {} : { 'data-tip': props.tip })}
    >
      <input
        type="checkbox"
        aria-label={props.label}
        checked={props.on}
        onChange={(event) => props.onSwitch(event.target.checked)}
      />
      {props.children}
    </div>
  );
}

/** Names as people type them; taken on Enter or on leaving. */
export function NamesField(props: {
  readonly label: string;
  readonly names: readonly string[];
  readonly onChange: (names: string[]) => void;
}): ReactNode {
  const [typed, setTyped] = useState<string | null>(null);
  const commit = () => {
    if (typed !== null) props.onChange(namesFrom(typed));
    setTyped(null);
  };
  return (
    <input
      type="text"
      className="names"
      aria-label={props.label}
      placeholder="none"
      value={typed ?? props.names.join(' ')}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        commit();
      }}
    />
  );
}

/** A short list typed as people type it; a text that cannot be read stays red and changes nothing. */
export function TypedField<T>(props: {
  readonly label: string;
  readonly hint: string;
  readonly tip: string;
  readonly text: string;
  /** null where the text cannot be read. */
  readonly read: (text: string) => T | null;
  readonly onChange: (value: T) => void;
}): ReactNode {
  const [typed, setTyped] = useState<string | null>(null);
  const isWrong = typed !== null && props.read(typed) === null;
  const commit = () => {
    if (typed === null) return;
    const value = props.read(typed);
    if (value === null) return;
    props.onChange(value);
    setTyped(null);
  };
  return (
    <input
      type="text"
      className="names"
      aria-label={props.label}
      aria-invalid={isWrong}
      data-tip={props.tip}
      placeholder={props.hint}
      value={typed ?? props.text}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setTyped(null);
        if (event.key !== 'Enter') return;
        event.preventDefault();
        commit();
      }}
    />
  );
}
