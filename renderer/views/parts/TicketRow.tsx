import type { ReactNode } from 'react';

/** One line of a ticket: what it is, and its field. */
export function TicketRow(props: {
  readonly label: string;
  readonly tip?: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div className="ticket-row">
      <span {...(props.tip === undefined ? {} : { 'data-tip': props.tip })}>{props.label}</span>
      <div>{props.children}</div>
    </div>
  );
}
