import type { RealizedVolTerms } from '../../../shared/contract/vol-contracts.ts';
import { namingLines, quantityLine, type TicketSection } from './TicketForm.tsx';
import { estimatorWords } from './vol-contract-columns.ts';

const monthsOf = { monthly: 1, quarterly: 3, annual: 12 } as const;
const kinds = ['monthly', 'quarterly', 'annual', 'custom'] as const;
const estimators = Object.keys(estimatorWords) as RealizedVolTerms['estimator'][];

function chooseKind(word: string): Partial<RealizedVolTerms> {
  const kind = kinds.find((item) => item === word) ?? 'custom';
  return { kind, ...(kind === 'custom' ? {} : { months: monthsOf[kind] }) };
}

/** The ticket of a realized-volatility contract. */
export const volContractSections = (names: readonly string[]): readonly TicketSection<RealizedVolTerms>[] => [
  {
    lines: [
      ...namingLines<RealizedVolTerms>(names),
      {
        label: 'Period',
        fields: [
          {
            kind: 'select',
            label: 'Kind of period',
            choices: kinds.map((value) => ({ value, label: value })),
            value: (terms) => terms.kind,
            change: chooseKind,
          },
        ],
      },
      {
        label: 'From',
        tip: 'The mark of this day, or of the session before it, is the base',
        fields: [
          {
            kind: 'date',
            label: 'Start of the period',
            value: (terms) => terms.startDate,
            change: (startDate) => ({ startDate }),
          },
        ],
      },
      {
        label: 'To',
        tip: 'The mark of this day is the last',
        fields: [
          {
            kind: 'date',
            label: 'End of the period',
            value: (terms) => terms.endDate,
            change: (endDate) => ({ endDate }),
          },
        ],
      },
    ],
  },
  {
    lines: [
      {
        label: 'Estimator',
        tip: 'Formula of realized volatility that settles the contract',
        fields: [
          {
            kind: 'select',
            label: 'Estimator',
            choices: estimators.map((value) => ({ value, label: estimatorWords[value] })),
            value: (terms) => terms.estimator,
            change: (value, terms) => ({
              estimator: estimators.find((item) => item === value) ?? terms.estimator,
            }),
          },
        ],
      },
      {
        label: 'Returns',
        fields: [
          {
            kind: 'select',
            label: 'Returns',
            choices: [
              { value: 'log', label: 'logarithmic' },
              { value: 'simple', label: 'simple' },
            ],
            value: (terms) => terms.returns,
            change: (value) => ({ returns: value === 'simple' ? 'simple' : 'log' }),
          },
        ],
      },
      {
        label: 'Sessions a year',
        tip: 'Annualizes the variance; 245 to 262',
        fields: [
          {
            kind: 'number',
            label: 'Sessions a year',
            number: 'integer',
            width: 5,
            least: 245,
            most: 262,
            value: (terms) => terms.periodsPerYear,
            change: (periodsPerYear) => ({ periodsPerYear }),
          },
        ],
      },
      {
        label: 'Multiplier',
        tip: 'Currency for 100 % of volatility and one month',
        fields: [
          {
            kind: 'number',
            label: 'Multiplier',
            number: 'decimal',
            digits: 0,
            width: 9,
            value: (terms) => terms.multiplier,
            change: (multiplier) => ({ multiplier }),
          },
        ],
      },
      {
        label: 'Months',
        fields: [
          {
            kind: 'number',
            label: 'Months',
            number: 'decimal',
            digits: 0,
            width: 5,
            value: (terms) => terms.months,
            change: (months) => ({ months, kind: 'custom' }),
          },
        ],
      },
      {
        label: 'Tick',
        tip: 'Smallest step of the volatility',
        fields: [
          {
            kind: 'number',
            label: 'Tick',
            number: 'percent',
            digits: 2,
            width: 5,
            least: 0.000001,
            unit: () => '%',
            value: (terms) => terms.tick,
            change: (tick) => ({ tick }),
          },
        ],
      },
    ],
  },
  {
    lines: [
      quantityLine<RealizedVolTerms>(),
      {
        label: 'Trade vol',
        tip: 'Volatility agreed',
        fields: [
          {
            kind: 'number',
            label: 'Trade volatility',
            number: 'percent',
            digits: 2,
            width: 8,
            least: 0,
            unit: () => '%',
            value: (terms) => terms.tradeVol ?? Number.NaN,
            change: (tradeVol) => ({ tradeVol }),
          },
        ],
      },
    ],
  },
];
