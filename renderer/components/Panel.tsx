import type { ReactNode } from 'react';

/** A titled area of a view: one thin line of title and tools, then the content to the edge. */
export function Panel(props: {
  readonly title: string;
  readonly tip?: string;
  readonly tools?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
}): ReactNode {
  return (
    <section className={`panel ${props.className ?? ''}`} aria-label={props.title}>
      <header className="panel-head">
        <h2 {...(props.tip === undefined ? {} : { 'data-tip': props.tip })}>{props.title}</h2>
        {props.tools !== undefined && <div className="panel-tools">{props.tools}</div>}
      </header>
      <div className="panel-body">{props.children}</div>
    </section>
  );
}
