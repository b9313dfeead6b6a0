import type { ReactNode } from 'react';
import { DateField } from '../../components/DateField.tsx';
import { NumberField, type NumberKind } from '../../components/NumberField.tsx';
import { Segmented, type Choice } from '../../components/Segmented.tsx';
import { TicketRow } from '../parts/TicketRow.tsx';

/** One field of a ticket as data: what it is called, what it shows of the terms, what it changes in them. */
export type TicketField<Terms> = { readonly label: string } & (
  | {
      readonly kind: 'text';
      readonly value: (terms: Terms) => string;
      readonly change: (value: string, terms: Terms) => Partial<Terms>;
    }
  | {
      readonly kind: 'date';
      readonly value: (terms: Terms) => string;
      readonly change: (value: string, terms: Terms) => Partial<Terms>;
    }
  | {
      readonly kind: 'number';
      readonly number: NumberKind;
      readonly digits?: number;
      readonly width: number;
      readonly least?: number;
      readonly most?: number;
      readonly unit?: (terms: Terms) => string;
      /** NaN shows a dash. */
      readonly value: (terms: Terms) => number;
      readonly change: (value: number, terms: Terms) => Partial<Terms>;
    }
  | {
      readonly kind: 'choice' | 'select';
      readonly choices: readonly Choice<string>[];
      readonly value: (terms: Terms) => string;
      readonly change: (value: string, terms: Terms) => Partial<Terms>;
    }
  | { readonly kind: 'word'; readonly value: (terms: Terms) => string }
);

export interface TicketLine<Terms> {
  readonly label: string;
  readonly tip?: string;
  readonly fields: readonly TicketField<Terms>[];
  /** Shown only for such terms. */
  readonly when?: (terms: Terms) => boolean;
}

/** Lines between two rules; a titled section opens and closes. */
export interface TicketSection<Terms> {
  readonly title?: string;
  /** A titled section that is open from the start for such terms. */
  readonly opened?: (terms: Terms) => boolean;
  readonly lines: readonly TicketLine<Terms>[];
}

/** A name of a contract and its underlying: what every ticket begins with. */
export const namingLines = <Terms extends { readonly contractId: string; readonly underlying: string }>(
  names: readonly string[],
): readonly TicketLine<Terms>[] => [
  {
    label: 'Name',
    tip: 'Name of the contract on the book',
    fields: [
      {
        kind: 'text',
        label: 'Name of the contract',
        value: (terms) => terms.contractId,
        change: (contractId) => ({ contractId }) as Partial<Terms>,
      },
    ],
  },
  {
    label: 'Underlying',
    fields: [
      {
        kind: 'select',
        label: 'Underlying of the ticket',
        choices: names.map((name) => ({ value: name, label: name })),
        value: (terms) => terms.underlying,
        change: (underlying) => ({ underlying }) as Partial<Terms>,
      },
    ],
  },
];

/** Contracts bought or sold. */
export const quantityLine = <Terms extends { readonly quantity: number }>(): TicketLine<Terms> => ({
  label: 'Quantity',
  tip: 'Contracts; below zero sells',
  fields: [
    {
      kind: 'number',
      label: 'Quantity',
      number: 'decimal',
      digits: 0,
      width: 8,
      unit: (terms) => (terms.quantity < 0 ? 'contracts, sold' : 'contracts, bought'),
      value: (terms) => terms.quantity,
      change: (quantity) => ({ quantity }) as Partial<Terms>,
    },
  ],
});

const longestName = 60;

/** A ticket drawn from its description. */
export function TicketForm<Terms>(props: {
  readonly sections: readonly TicketSection<Terms>[];
  readonly terms: Terms;
  /** Days to go are counted from here. */
  readonly day: string | null;
  readonly onChange: (change: Partial<Terms>) => void;
}): ReactNode {
  const { sections, terms } = props;
  return sections.map((section, place) => {
    const lines = section.lines
      .filter((line) => line.when?.(terms) ?? true)
      .map((line) => (
        <TicketRow key={line.label} label={line.label} {...(line.tip === undefined ? {} : { tip: line.tip })}>
          {line.fields.map((field) => (
            <FieldOf key={field.label} {...props} field={field} />
          ))}
        </TicketRow>
      ));
    if (section.title === undefined)
      return (
        <div className="ticket-section" key={place}>
          {lines}
        </div>
      );
    return (
      <details className="ticket-section" key={place} open={section.opened?.(terms) ?? false}>
        <summary>{section.title}</summary>
        {lines}
      </details>
    );
  });
}

function FieldOf<Terms>(props: {
  readonly field: TicketField<Terms>;
  readonly terms: Terms;
  readonly day: string | null;
  readonly onChange: (change: Partial<Terms>) => void;
}): ReactNode {
  const { field, terms, day, onChange } = props;
  switch (field.kind) {
    case 'word':
      return <span>{field.value(terms)}</span>;
    case 'text':
      return (
        <input
          type="text"
          aria-label={field.label}
          value={field.value(terms)}
          maxLength={longestName}
          onChange={(event) => onChange(field.change(event.target.value, terms))}
        />
      );
    case 'date':
      return (
        <DateField
          label={field.label}
          from={day}
          value={field.value(terms)}
          onChange={(value) => onChange(field.change(value, terms))}
        />
      );
    case 'number':
      return (
        <>
          <NumberField
            label={field.label}
            kind={field.number}
            width={field.width}
            value={field.value(terms)}
            {...(field.digits === undefined ? {} : { digits: field.digits })}
            {...(field.least === undefined ? {} : { least: field.least })}
            {...(field.most === undefined ? {} : { most: field.most })}
            {...(field.unit === undefined ? {} : { unit: field.unit(terms) })}
            onChange={(value) => onChange(field.change(value, terms))}
          />{' '}
        </>
      );
    case 'choice':
      return (
        <Segmented
          label={field.label}
          choices={field.choices}
          value={field.value(terms)}
          onChange={(value) => onChange(field.change(value, terms))}
        />
      );
    case 'select':
      return (
        <select
          aria-label={field.label}
          value={field.value(terms)}
          onChange={(event) => onChange(field.change(event.target.value, terms))}
        >
          {field.choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      );
  }
}
