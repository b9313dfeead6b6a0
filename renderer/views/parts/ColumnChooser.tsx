import { useState, type ReactNode } from 'react';
import type { ColumnChoice } from '../../grids/data-grid.ts';

/** Which columns a grid shows. */
export function ColumnChooser(props: {
  readonly choices: () => readonly ColumnChoice[];
  readonly onShow: (key: string, visible: boolean) => void;
  readonly onReset: () => void;
}): ReactNode {
  const [choices, setChoices] = useState<readonly ColumnChoice[] | null>(null);
  const close = () => setChoices(null);
  return (
    <div
      className="chooser"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || choices === null) return;
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
        aria-expanded={choices !== null}
        data-tip="Choose the columns; drag a header to move it, its edge to size it"
        onClick={() => setChoices(choices === null ? props.choices() : null)}
      >
        Columns
      </button>
      {choices !== null && (
        <div className="chooser-list" role="group" aria-label="Columns" tabIndex={-1}>
          {choices.map((choice) => (
            <label key={choice.key}>
              <input
                type="checkbox"
                checked={choice.visible}
                onChange={(event) => {
                  props.onShow(choice.key, event.target.checked);
                  setChoices(props.choices());
                }}
              />
              {choice.label}
            </label>
          ))}
          <button
            type="button"
            onClick={() => {
              props.onReset();
              setChoices(props.choices());
            }}
          >
            As they were
          </button>
        </div>
      )}
    </div>
  );
}
