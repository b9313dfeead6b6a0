import type { ReactNode } from 'react';

/** One line of a ticket: what it is, and its field. */
export function TicketRow(props: {
  readonly label: string;
  readonly tip?: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div className="ticket-row" {...(props.tip === undefined ? {} : { 'data-tip': props.tip })}>
      <span>{props.label}</span>
      <div>{props.children}</div>
    </div>
  );
}

export function DateField(props: {
  readonly label: string;
  readonly value: string;
  readonly least?: string;
  readonly onChange: (value: string) => void;
}): ReactNode {
  return (
    <input
      type="date"
      aria-label={props.label}
      value={props.value}
      {...(props.least === undefined ? {} : { min: props.least })}
      onChange={(event) => {
        if (event.target.value !== '') props.onChange(event.target.value);
      }}
    />
  );
}
