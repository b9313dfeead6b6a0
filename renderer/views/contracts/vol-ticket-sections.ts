import type { OutputOf } from '../../../shared/contract/index.ts';
import type { RealizedVolTerms } from '../../../shared/contract/vol-contracts.ts';
import { shortDate } from '../../format.ts';
import { namingLines, quantityLine, type TicketField, type TicketSection } from './TicketForm.tsx';
import { estimatorWords } from './vol-contract-columns.ts';

const monthsOf = { monthly: 1, quarterly: 3, annual: 12 } as const;
const kinds = ['monthly', 'quarterly', 'annual', 'custom'] as const;
const estimators = Object.keys(estimatorWords) as RealizedVolTerms['estimator'][];

function chooseKind(word: string): Partial<RealizedVolTerms> {
  const kind = kinds.find((item) => item === word) ?? 'custom';
  return { kind, ...(kind === 'custom' ? {} : { months: monthsOf[kind] }) };
}

/** Sizes that are listed: currency for 100 % and a month, and the step of the volatility. */
const sizes = {
  usual: { multiplier: 100_000, tick: 0.0001 },
  agricultural: { multiplier: 10_000, tick: 0.0005 },
} as const;
const isOfSize = (terms: RealizedVolTerms, { multiplier, tick }: (typeof sizes)[keyof typeof sizes]) =>
  terms.multiplier === multiplier && terms.tick === tick;

/** The year's contract on a harvest ticks finer than its months. */
function chooseSize(word: string, { kind }: RealizedVolTerms): Partial<RealizedVolTerms> {
  if (word === 'usual') return sizes.usual;
  if (word !== 'agricultural') return {};
  return kind === 'annual' ? { ...sizes.agricultural, tick: sizes.usual.tick } : sizes.agricultural;
}
const sizeOf = (terms: RealizedVolTerms): string =>
  isOfSize(terms, sizes.usual)
    ? 'usual'
    : terms.multiplier === sizes.agricultural.multiplier &&
        terms.tick === (chooseSize('agricultural', terms).tick ?? 0)
      ? 'agricultural'
      : 'own';

/** Times of the marks within a session, at the exchange. */
const schedules = {
  close: [],
  'new-york': ['10:00', '11:00', '12:00', '13:00', '14:00', '15:00', '16:00'],
  mumbai: ['10:00', '11:00', '12:00', '13:00', '14:00', '15:00', '15:30'],
} as const;
const scheduleOf = ({ observationTimes }: RealizedVolTerms): string =>
  observationTimes.length === 0 ? 'close' : observationTimes.at(-1) === '15:30' ? 'mumbai' : 'new-york';

type Expiries = OutputOf<'contracts.volSpec'>['expiries'];
const expiryChoices = (expiries: Expiries) => [
  { value: '', label: 'listed expiry…' },
  ...expiries.map(({ date, isMonthly }) => ({
    value: date,
    label: isMonthly ? `${shortDate(date)} monthly` : shortDate(date),
  })),
];

/** The ticket of a realized-volatility contract. */
export const volContractSections = (
  names: readonly string[],
  expiries: Expiries,
  currency: string,
): readonly TicketSection<RealizedVolTerms>[] => [
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
          {
            kind: 'select',
            label: 'Start with a listed expiry',
            choices: expiryChoices(expiries),
            value: (terms) => (expiries.some(({ date }) => date === terms.startDate) ? terms.startDate : ''),
            change: (startDate) => (startDate === '' ? {} : { startDate }),
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
            change: (endDate) => ({ endDate, expiryDate: null }),
          },
          {
            kind: 'select',
            label: 'End with a listed expiry',
            choices: expiryChoices(expiries),
            value: (terms) => terms.expiryDate ?? '',
            change: (date) => (date === '' ? { expiryDate: null } : { endDate: date, expiryDate: date }),
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
        label: 'Size',
        tip: 'Usual: 100,000 and 0.01 %; agricultural: 10,000 and 0.05 %, of the year 0.01 %',
        fields: [
          {
            kind: 'select',
            label: 'Size',
            choices: [
              { value: 'usual', label: 'usual' },
              { value: 'agricultural', label: 'agricultural' },
              { value: 'own', label: 'of its own' },
            ],
            value: sizeOf,
            change: chooseSize,
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
        label: 'Bond',
        tip: 'Performance bond of one contract, bought and sold; the quote shows the one of the side taken',
        fields: [
          bondField('Bond of one contract bought', `${currency} bought`, 'longBond'),
          bondField('Bond of one contract sold', `${currency} sold`, 'shortBond'),
        ],
      },
    ],
  },
  {
    title: 'Observation',
    lines: [
      {
        label: 'Marks',
        tip: 'The close, or marks by the hour of one’s own with the close as the last',
        fields: [
          {
            kind: 'select',
            label: 'Times of observation',
            choices: [
              { value: 'close', label: 'the close' },
              { value: 'new-york', label: 'hourly, 10:00 to 16:00' },
              { value: 'mumbai', label: 'hourly, 10:00 to 15:30' },
            ],
            value: scheduleOf,
            change: (word) => ({
              observationTimes: [...(schedules[word as keyof typeof schedules] ?? schedules.close)],
            }),
          },
        ],
      },
      {
        label: 'Disrupted',
        tip: 'A session declared disrupted is left out; its return falls to the next mark',
        fields: [
          {
            kind: 'select',
            label: 'Disrupted sessions',
            choices: [
              { value: 'lowerCount', label: 'lower the count' },
              { value: 'keepCount', label: 'stay in the count' },
            ],
            value: (terms) => terms.disruptedDays,
            change: (word) => ({ disruptedDays: word === 'keepCount' ? 'keepCount' : 'lowerCount' }),
          },
        ],
      },
    ],
  },
];

const bondField = (
  label: string,
  unit: string,
  key: 'longBond' | 'shortBond',
): TicketField<RealizedVolTerms> => ({
  kind: 'number',
  label,
  number: 'decimal',
  digits: 0,
  width: 7,
  least: 0,
  unit: () => unit,
  value: (terms) => terms[key] ?? Number.NaN,
  change: (bond) => (key === 'longBond' ? { longBond: bond } : { shortBond: bond }),
});
