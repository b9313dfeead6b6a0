import type { Suggestion } from '../../../shared/contract/hedge.ts';
import { isIsoDate } from '../../../shared/dates.ts';
import {
  date,
  decimal,
  integer,
  money,
  none,
  percent,
  price,
  signedMoney,
  signedPercent,
} from '../../format.ts';
import type { ComparedCases } from '../../state/compare.ts';

export interface CompareCell {
  readonly text: string;
  /** Against the first case; empty where it is the same or the first. */
  readonly difference: string;
  readonly isChanged: boolean;
}

export interface CompareRow {
  readonly label: string;
  readonly unit: string;
  readonly tip: string;
  readonly cells: readonly CompareCell[];
}

interface Total {
  readonly name: string;
  readonly label: string;
  readonly unit: 'money' | 'percent' | 'count';
  readonly tip: string;
}

const totals: readonly Total[] = [
  { name: 'netDeltaFraction', label: 'Net delta', unit: 'percent', tip: 'Over the basket’s value' },
  { name: 'netPremium', label: 'Net premium', unit: 'money', tip: 'Received less paid' },
  { name: 'premiumReceived', label: 'Received', unit: 'money', tip: 'Premium of what is sold' },
  { name: 'premiumPaid', label: 'Paid', unit: 'money', tip: 'Premium of what is bought' },
  {
    name: 'coverage',
    label: 'Coverage',
    unit: 'percent',
    tip: 'Puts × multiplier × level over the basket’s value',
  },
  {
    name: 'gammaDollar1Pct',
    label: 'Gamma per 1 %',
    unit: 'money',
    tip: 'Change of delta where the underlying moves 1 %',
  },
  {
    name: 'vegaPerVolPoint',
    label: 'Vega per vol pt',
    unit: 'money',
    tip: 'Change of value where volatility rises a point',
  },
  { name: 'thetaPerDay', label: 'Theta per day', unit: 'money', tip: 'Change of value over a calendar day' },
  { name: 'legs', label: 'Legs', unit: 'count', tip: 'Legs that are not rejected' },
  { name: 'contracts', label: 'Contracts', unit: 'count', tip: 'Contracts of all legs' },
];

const texts = {
  money: { plain: (value: number) => money(value), signed: (value: number) => signedMoney(value) },
  percent: {
    plain: (value: number) => percent(value, 2),
    signed: (value: number) => signedPercent(value, 2),
  },
  count: { plain: (value: number) => integer(value), signed: (value: number) => signedMoney(value) },
} as const;

function numberRow(
  { label, unit, tip }: Omit<Total, 'name'>,
  currency: string,
  values: readonly (number | null)[],
): CompareRow {
  const { plain, signed } = texts[unit];
  const first = values[0] ?? null;
  return {
    label,
    tip,
    unit: unit === 'money' ? currency : unit === 'percent' ? '%' : '',
    cells: values.map((value, place) => {
      const difference = place === 0 || value === null || first === null ? 0 : value - first;
      const isChanged = difference !== 0 && signed(difference) !== signed(0);
      return {
        text: value === null ? none : plain(value),
        difference: isChanged ? signed(difference) : '',
        isChanged,
      };
    }),
  };
}

/** Totals of the cases, a row a number, each against the first. */
export function totalRows({ cases, pairs }: ComparedCases): readonly CompareRow[] {
  const currency = cases[0]?.proposal.currency ?? '';
  const of = (name: string): readonly number[] => {
    const compared = pairs.map((pair) => pair.totals.find((one) => one.name === name));
    return [compared[0]?.a ?? 0, ...compared.map((one) => one?.b ?? 0)];
  };
  const worst = cases.map(({ proposal }) => proposal.scenarios?.worstAfter.profit ?? null);
  return [
    ...totals.map((total) => numberRow(total, currency, of(total.name))),
    ...(worst.some((one) => one !== null)
      ? [
          numberRow(
            {
              label: 'Worst scenario',
              unit: 'money',
              tip: 'Lowest profit among the standard scenarios, basket and options',
            },
            currency,
            worst,
          ),
        ]
      : []),
  ];
}

const failing = ({ proposal }: Suggestion) => [
  ...proposal.constraints.filter((one) => !one.met).map((one) => `▲ ${one.sentence}`),
  ...proposal.checks
    .filter((one) => !one.passed && one.severity === 'blocking')
    .map((one) => `▲ ${one.sentence}`),
  ...proposal.checks
    .filter((one) => !one.passed && one.severity === 'warning')
    .map((one) => `△ ${one.sentence}`),
];

/** What stands in the way of each case, as counts with the sentences on hover. */
export const checkCells = (cases: readonly Suggestion[]): readonly { text: string; tip: string }[] =>
  cases.map((one) => {
    const found = failing(one);
    const blocking = found.filter((text) => text.startsWith('▲')).length;
    const warnings = found.length - blocking;
    return {
      text:
        found.length === 0
          ? '✓ all met'
          : `${blocking > 0 ? `▲ ${integer(blocking)} ` : ''}${warnings > 0 ? `△ ${integer(warnings)}` : ''}`.trim(),
      tip: found.length === 0 ? 'Every limit and check is met' : found.join('\n'),
    };
  });

export interface CompareLeg {
  readonly contract: string;
  readonly side: 'sell' | 'buy';
  readonly cells: readonly CompareCell[];
}

/** Every contract of any case, with quantity and limit in each; what differs from the first is marked. */
export function legRows({ pairs }: ComparedCases): readonly CompareLeg[] {
  const rows = new Map<string, { contract: string; side: 'sell' | 'buy'; cells: Map<number, string> }>();
  const sizes = pairs.length + 1;
  const said = (side: 'sell' | 'buy', quantity: number, at: number | null): string =>
    quantity === 0 ? none : `${side === 'sell' ? '−' : '+'}${integer(quantity)} at ${price(at)}`;
  pairs.forEach((pair, place) => {
    for (const leg of pair.legs) {
      const key = `${leg.side} ${leg.contract}`;
      const row = rows.get(key) ?? {
        contract: leg.contract,
        side: leg.side,
        cells: new Map<number, string>(),
      };
      if (leg.quantityA > 0) row.cells.set(0, said(leg.side, leg.quantityA, leg.priceA));
      if (leg.quantityB > 0) row.cells.set(place + 1, said(leg.side, leg.quantityB, leg.priceB));
      rows.set(key, row);
    }
  });
  return [...rows.values()].map(({ contract, side, cells }) => {
    const base = cells.get(0) ?? none;
    return {
      contract,
      side,
      cells: Array.from({ length: sizes }, (_, place) => {
        const text = cells.get(place) ?? none;
        return { text, difference: '', isChanged: place > 0 && text !== base };
      }),
    };
  });
}

const settingNames: Readonly<Record<string, string>> = {
  netDeltaLimit: 'Net delta at most',
  coverage: 'Coverage at least',
  maxCoverage: 'Coverage at most',
  minCredit: 'Net credit at least',
  overwrite: 'Overwrite',
  balance: 'Balance λ',
  objective: 'Objectives',
  maxLegs: 'Legs at most',
  minOpenInterest: 'Open interest at least',
  maxSpreadFraction: 'Spread at most',
  callDeltaRange: 'Delta of calls',
  putDeltaRange: 'Delta of puts',
  useBeta: 'Beta-weighted',
  spreadShare: 'Share of the spread',
  commissionPerContract: 'Commission a contract',
  excludeContracts: 'Left out by hand',
  asOf: 'As of',
  expiry: 'Expiry',
  indexProduct: 'Index product',
  basket: 'Basket',
};

const sharesOf: ReadonlySet<string> = new Set([
  'netDeltaLimit',
  'coverage',
  'maxCoverage',
  'overwrite',
  'maxSpreadFraction',
  'spreadShare',
]);

/** A setting as it was asked, in words: shares in per cent, lists by commas. */
export function settingText(name: string, asked: string): string {
  if (asked === '' || asked === 'null') return none;
  const value: unknown = JSON.parse(asked);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return sharesOf.has(name) ? `${percent(value, 2)} %` : decimal(value, 2);
  if (typeof value === 'string') return isIsoDate(value) ? date(value) : value;
  return Array.isArray(value)
    ? value.map((item) => settingText(name, JSON.stringify(item))).join(', ') || none
    : asked;
}

/** Settings that differ from the first in any case, as they were asked. */
export function settingRows({ cases, pairs }: ComparedCases): readonly CompareRow[] {
  const names = [...new Set(pairs.flatMap((pair) => pair.settings.map((setting) => setting.name)))];
  return names.map((name) => {
    const found = pairs.map((pair) => pair.settings.find((setting) => setting.name === name));
    const first = found.find((setting) => setting !== undefined)?.a ?? '';
    return {
      label: settingNames[name] ?? name,
      unit: '',
      tip: `Setting ${name} of the request`,
      cells: cases.map((_, place) => {
        const setting = place === 0 ? undefined : found[place - 1];
        const text = setting === undefined ? first : setting.b;
        return { text: settingText(name, text), difference: '', isChanged: setting !== undefined };
      }),
    };
  });
}
