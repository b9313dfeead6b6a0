import type { ReactNode } from 'react';

/** A value with the reason why it is blank, or a remark, on hover and on focus. */
export function Reason(props: { readonly reason: string | null; readonly children: ReactNode }): ReactNode {
  if (props.reason === null) return <span>{props.children}</span>;
  return (
    <span className="reason" data-tip={props.reason} tabIndex={0}>
      {props.children}
    </span>
  );
}
