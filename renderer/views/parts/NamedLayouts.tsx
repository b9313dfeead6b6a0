import { useState, type ReactNode } from 'react';
import { gridLayoutFrom, type GridLayout } from '../../grids/layout.ts';
import { useActions, useWorkstation } from '../workstation.ts';

/** Columns, order, filter and search of a grid, kept under names of the user's own. */
export function NamedLayouts(props: {
  /** The grid's name, as `GridPane` has it. */
  readonly name: string;
  readonly layout: () => GridLayout | null;
  readonly onApply: (layout: GridLayout) => void;
}): ReactNode {
  const key = `layouts.${props.name}`;
  const kept = useWorkstation((state) => state.preferences[key]);
  const { remember, tell } = useActions();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const layouts = layoutsFrom(kept);
  const close = () => setOpen(false);
  const save = () => {
    const layout = props.layout();
    const name = typed.trim();
    if (layout === null || name === '') return;
    remember(key, { ...layouts, [name]: layout });
    tell('done', `Saved as ${name}: columns, order, filter and search.`);
    setTyped('');
    close();
  };
  return (
    <div
      className="chooser"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        event.stopPropagation();
        event.preventDefault();
        close();
      }}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && close()}
    >
      <button
        type="button"
        className="quiet"
        aria-haspopup="true"
        aria-expanded={open}
        data-tip="Keep these columns, their order, the filter and the search under a name, or bring a kept one back"
        onClick={() => setOpen(!open)}
      >
        Layouts
      </button>
      {open && (
        <div className="chooser-list" role="group" aria-label="Layouts" tabIndex={-1}>
          {Object.entries(layouts).map(([name, layout]) => (
            <div key={name} className="layout-line">
              <button
                type="button"
                className="quiet"
                onClick={() => {
                  props.onApply(layout);
                  close();
                }}
              >
                {name}
              </button>
              <button
                type="button"
                className="quiet"
                aria-label={`Forget ${name}`}
                data-tip={`Forget ${name}`}
                onClick={() => {
                  const { [name]: _gone, ...rest } = layouts;
                  remember(key, rest);
                }}
              >
                ✕
              </button>
            </div>
          ))}
          <form
            className="layout-line"
            onSubmit={(event) => {
              event.preventDefault();
              save();
            }}
          >
            <input
              aria-label="Name of the layout"
              placeholder="Name"
              value={typed}
              size={14}
              onChange={(event) => setTyped(event.target.value)}
            />
            <button type="submit" disabled={typed.trim() === ''}>
              Save
            </button>
          </form>
        </div>
      )}
    </div>
  );
}

function layoutsFrom(value: unknown): Readonly<Record<string, GridLayout>> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, layout]) => {
      const read = gridLayoutFrom(layout);
      return read === null ? [] : [[name, read]];
    }),
  );
}
