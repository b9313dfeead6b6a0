import type { ForwardStartTerms } from '../../../shared/contract/forward-starts.ts';
import { namingLines, quantityLine, type TicketField, type TicketSection } from '../contracts/TicketForm.tsx';

type Field = TicketField<ForwardStartTerms>;

/** One of a closed list of words, or the first of them for anything else. */
const oneOf = <Word extends string>(words: readonly [Word, ...Word[]], value: string): Word =>
  words.find((word) => word === value) ?? words[0];
const choicesOf = (words: readonly string[], labels: readonly string[] = words) =>
  words.map((value, at) => ({ value, label: labels[at] ?? value }));

const types = ['call', 'put', 'straddle', 'strangle'] as const;
const families = ['relative', 'absolute'] as const;
const kinds = ['price', 'index', 'future', 'yield'] as const;
const fixingPrices = ['close', 'open-close', 'high-low'] as const;
const settlements = ['cash', 'physical', 'listed'] as const;
const premiums = ['deferred', 'paid'] as const;
const none = 'none';
/** A strangle opens as wide apart as one does: five per cent on either side. */
const strangleWidth = 0.05;

const typeOf = (terms: ForwardStartTerms): string =>
  terms.optionType === 'straddle' && terms.putStrikeMultiplier !== null ? 'strangle' : terms.optionType;

function chooseType(word: string): Partial<ForwardStartTerms> {
  const type = oneOf(types, word);
  if (type !== 'strangle') return { optionType: type, putStrikeMultiplier: null };
  return {
    optionType: 'straddle',
    strikeMultiplier: 1 + strangleWidth,
    putStrikeMultiplier: 1 - strangleWidth,
  };
}

const multiplier: Field = {
  kind: 'number',
  label: 'Strike multiplier',
  number: 'percent',
  digits: 0,
  width: 6,
  least: 0.0001,
  unit: (terms) => (typeOf(terms) === 'strangle' ? '% F₁, call' : '% F₁ +'),
  value: (terms) => terms.strikeMultiplier,
  change: (strikeMultiplier) => ({ strikeMultiplier }),
};

/** A factor by hand; a dash leaves it to the market. */
const byHand = (label: string, key: 'carryFactor' | 'discountFactor'): Field[] => [
  {
    kind: 'choice',
    label: `${label} from`,
    choices: choicesOf(['market', 'hand'], ['market', 'by hand']),
    value: (terms) => (terms[key] === null ? 'market' : 'hand'),
    change: (value) => ({ [key]: value === 'hand' ? 1 : null }),
  },
  {
    kind: 'number',
    label,
    number: 'decimal',
    digits: 4,
    width: 8,
    least: 0.0001,
    value: (terms) => terms[key] ?? Number.NaN,
    change: (value) => ({ [key]: value }),
  },
];

const rightPrice: Field = {
  kind: 'number',
  label: 'Contract price of the right',
  number: 'decimal',
  digits: 5,
  width: 9,
  least: 0,
  unit: (terms) => (terms.family === 'relative' ? 'per 1.00 of payoff' : 'points'),
  value: (terms) => terms.option?.contractPrice ?? Number.NaN,
  change: (contractPrice, { option }) => ({ option: option === null ? null : { ...option, contractPrice } }),
};

/** The ticket of a forward-start contract: what every one has open, the rest under two headings. */
export const forwardStartSections = (
  names: readonly string[],
  currency: string,
): readonly TicketSection<ForwardStartTerms>[] => [
  {
    lines: [
      ...namingLines<ForwardStartTerms>(names),
      {
        label: 'First fixing',
        tip: 'First reference date: the strike is fixed',
        fields: [
          {
            kind: 'date',
            label: 'First reference date',
            value: (terms) => terms.firstReferenceDate,
            change: (firstReferenceDate) => ({ firstReferenceDate }),
          },
        ],
      },
      {
        label: 'Second fixing',
        tip: 'Second reference date: the payoff is known',
        fields: [
          {
            kind: 'date',
            label: 'Second reference date',
            value: (terms) => terms.secondReferenceDate,
            change: (secondReferenceDate) => ({ secondReferenceDate }),
          },
        ],
      },
    ],
  },
  {
    lines: [
      {
        label: 'Type',
        tip: 'X = F₂ ÷ F₁\ncall (X − 1)⁺, put (1 − X)⁺, straddle their sum, strangle a put and a call struck apart',
        fields: [
          { kind: 'choice', label: 'Type', choices: choicesOf(types), value: typeOf, change: chooseType },
        ],
      },
      {
        label: 'Pays in',
        tip: 'Relative: per cent of the first fixing; absolute: points of the underlying',
        fields: [
          {
            kind: 'choice',
            label: 'Family',
            choices: choicesOf(families, ['relative, %', 'absolute, points']),
            value: (terms) => terms.family,
            change: (value) => ({ family: oneOf(families, value) }),
          },
        ],
      },
      {
        label: 'Power',
        tip: 'Quadratic pays the square: its value goes with variance',
        fields: [
          {
            kind: 'choice',
            label: 'Power',
            choices: choicesOf(['1', '2'], ['linear', 'quadratic']),
            value: (terms) => String(terms.power),
            change: (value) => ({ power: value === '2' ? 2 : 1 }),
          },
        ],
      },
      {
        label: 'Strike',
        tip: 'Forward skew: strike = multiplier × first fixing + offset',
        fields: [
          multiplier,
          {
            kind: 'number',
            label: 'Strike offset',
            number: 'decimal',
            digits: 0,
            width: 6,
            unit: () => 'points',
            value: (terms) => terms.strikeOffset,
            change: (strikeOffset) => ({ strikeOffset }),
          },
        ],
      },
      {
        label: 'Put strike',
        tip: 'The strangle’s put is struck at this multiple of the first fixing',
        when: (terms) => typeOf(terms) === 'strangle',
        fields: [
          {
            kind: 'number',
            label: 'Put strike multiplier',
            number: 'percent',
            digits: 0,
            width: 6,
            least: 0.0001,
            unit: () => '% F₁, put',
            value: (terms) => terms.putStrikeMultiplier ?? terms.strikeMultiplier,
            change: (putStrikeMultiplier) => ({ putStrikeMultiplier }),
          },
        ],
      },
    ],
  },
  {
    lines: [
      {
        label: 'Amount',
        tip: 'Relative: currency paid per 1.00 of payoff; absolute: units of the underlying',
        fields: [
          {
            kind: 'number',
            label: 'Amount',
            number: 'decimal',
            digits: 0,
            width: 12,
            unit: (terms) => (terms.family === 'relative' ? currency : 'units'),
            value: (terms) => terms.amount,
            change: (amount) => ({ amount }),
          },
        ],
      },
      quantityLine<ForwardStartTerms>(),
      {
        label: 'Premium',
        tip: 'Paid now, or with the payoff at the end',
        fields: [
          {
            kind: 'choice',
            label: 'Premium',
            choices: choicesOf(premiums),
            value: (terms) => terms.premium,
            change: (value) => ({ premium: oneOf(premiums, value) }),
          },
        ],
      },
    ],
  },
  {
    title: 'Underlying and fixings',
    opened: (terms) =>
      terms.underlyingKind !== 'price' || terms.fixingDays > 1 || terms.secondUnderlying !== null,
    lines: [
      {
        label: 'Kind',
        tip: 'future: its price has no carry\nyield: 100 less the price of an interest-rate future; a call on it rises with the yield',
        fields: [
          {
            kind: 'choice',
            label: 'Kind of underlying',
            choices: choicesOf(kinds),
            value: (terms) => terms.underlyingKind,
            change: (value) => ({ underlyingKind: oneOf(kinds, value) }),
          },
        ],
      },
      {
        label: 'At the second',
        tip: 'A related underlying read at the second reference time, such as the index of a future; the basis between them is taken as certain',
        fields: [
          {
            kind: 'select',
            label: 'Underlying at the second reference time',
            choices: [{ value: none, label: 'the same underlying' }, ...choicesOf(names)],
            value: (terms) => terms.secondUnderlying ?? none,
            change: (value) => ({ secondUnderlying: value === none ? null : value }),
          },
        ],
      },
      {
        label: 'Averages',
        tip: 'Sessions up to and with the reference date whose prices a fixing averages',
        fields: [
          {
            kind: 'number',
            label: 'Sessions averaged',
            number: 'integer',
            width: 3,
            least: 1,
            most: 60,
            unit: (terms) => (terms.fixingDays === 1 ? 'session' : 'sessions'),
            value: (terms) => terms.fixingDays,
            change: (fixingDays) => ({ fixingDays }),
          },
          {
            kind: 'select',
            label: 'Prices averaged',
            choices: choicesOf(fixingPrices, ['closes', 'open and close', 'high and low']),
            value: (terms) => terms.fixingPrices,
            change: (value) => ({ fixingPrices: oneOf(fixingPrices, value) }),
          },
        ],
      },
      {
        label: 'Rounded to',
        tip: 'Step of the fixing, halves up; 0 leaves the average as it is',
        fields: [
          {
            kind: 'number',
            label: 'Fixing rounded to',
            number: 'decimal',
            digits: 4,
            width: 7,
            least: 0,
            unit: () => 'points, 0 is none',
            value: (terms) => terms.fixingRoundTo,
            change: (fixingRoundTo) => ({ fixingRoundTo }),
          },
        ],
      },
    ],
  },
  {
    title: 'Settlement, factors, right on it',
    opened: (terms) =>
      terms.settlement !== 'cash' ||
      terms.carryFactor !== null ||
      terms.discountFactor !== null ||
      terms.option !== null,
    lines: [
      {
        label: 'Settles',
        tip: 'cash: the payoff\nphysical: a fixed quantity (absolute) or a fixed value over F₁ (relative) is bought or sold at the strike\nlisted: becomes a listed-style option, straddle or strangle at its fixing',
        fields: [
          {
            kind: 'choice',
            label: 'Settlement',
            choices: choicesOf(settlements, ['cash', 'physical', 'into options']),
            value: (terms) => terms.settlement,
            change: (value) => ({ settlement: oneOf(settlements, value) }),
          },
        ],
      },
      {
        label: 'Carry factor',
        tip: 'R: forward over spot across the period\nA call less a put is D (R − m): carry alone',
        fields: byHand('Carry factor', 'carryFactor'),
      },
      {
        label: 'Discount',
        tip: 'From today to the payment',
        fields: byHand('Discount factor', 'discountFactor'),
      },
      {
        label: 'Right on it',
        tip: 'An option on the contract, up to its fixing: the right to buy or sell it at a price, an option on volatility',
        fields: [
          {
            kind: 'choice',
            label: 'Right on the contract',
            choices: choicesOf([none, 'call', 'put'], ['none', 'to buy it', 'to sell it']),
            value: (terms) => terms.option?.optionType ?? none,
            change: (value, terms) =>
              value === 'call' || value === 'put'
                ? {
                    option: {
                      contractPrice: terms.tradePrice ?? terms.option?.contractPrice ?? 0,
                      expiryDate: terms.firstReferenceDate,
                      volOfVol: null,
                      ...terms.option,
                      optionType: value,
                    },
                  }
                : { option: null },
          },
        ],
      },
      {
        label: 'at the price',
        tip: 'Price of the contract agreed for the right, in its payoff’s unit',
        when: (terms) => terms.option !== null,
        fields: [rightPrice],
      },
      {
        label: 'until',
        tip: 'Last day of the right, no later than the first fixing',
        when: (terms) => terms.option !== null,
        fields: [
          {
            kind: 'date',
            label: 'Last day of the right',
            value: (terms) => terms.option?.expiryDate ?? '',
            change: (expiryDate, { option }) => ({
              option: option === null ? null : { ...option, expiryDate },
            }),
          },
        ],
      },
      {
        label: 'Vol of vol',
        tip: 'Volatility of the contract’s own forward value; 0 takes volatilities as certain',
        when: (terms) => terms.option !== null,
        fields: [
          {
            kind: 'number',
            label: 'Volatility of volatility',
            number: 'percent',
            digits: 1,
            width: 6,
            least: 0,
            unit: () => '%',
            value: (terms) => terms.option?.volOfVol ?? 0,
            change: (volOfVol, { option }) => ({
              option: option === null ? null : { ...option, volOfVol: volOfVol === 0 ? null : volOfVol },
            }),
          },
        ],
      },
    ],
  },
];
