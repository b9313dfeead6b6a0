import type { OutputOf } from '../../../shared/contract/index.ts';
import { ok } from '../../../shared/result.ts';
import { cliCommand, type CliCommand } from './command.ts';
import { fixed, textTable } from './text.ts';

const centsPerUnit = 100;
const moneyOfCents = (cents: number): number => cents / centsPerUnit;

type Explained = OutputOf<'pnl.explain'>;
type Parts = Explained['total'];

const partNames = [
  'delta',
  'gamma',
  'vega',
  'theta',
  'vanna',
  'volga',
  'carry',
  'trades',
  'fixings',
  'residual',
  'total',
] as const satisfies readonly (keyof Parts)[];

const money = (parts: Parts): Record<(typeof partNames)[number], number> =>
  Object.fromEntries(partNames.map((name) => [name, moneyOfCents(parts[name])])) as Record<
    (typeof partNames)[number],
    number
  >;

/** Whole cents as money, for programs. */
const jsonOf = ({
  total,
  byBook,
  byName,
  byFamily,
  positions,
  vegaBySlice,
  ...rest
}: Explained): unknown => ({
  ...rest,
  vegaSmile: moneyOfCents(rest.vegaSmile),
  total: money(total),
  byBook: byBook.map((one) => ({ group: one.group, ...money(one) })),
  byName: byName.map((one) => ({ group: one.group, ...money(one) })),
  byFamily: byFamily.map((one) => ({ group: one.group, ...money(one) })),
  vegaBySlice: vegaBySlice.map((slice) => ({ ...slice, vega: moneyOfCents(slice.vega) })),
  positions: positions.map(({ positionId, symbol, label, book, family, note, ...parts }) => ({
    positionId,
    symbol,
    label,
    book,
    family,
    note,
    ...money(parts),
  })),
});

export const pnlCliCommands: readonly CliCommand[] = [
  cliCommand({
    words: ['pnl'],
    usage: '[--from D] [--to D] [--book B]',
    summary: "the live book's profit between two stored days, in parts",
    options: { from: 'date', to: 'date', book: 'text' },
    positionals: { least: 0, most: 0 },
    writes: false,
    run: async ({ values: { from, to, book } }, desk) => {
      const answer = await desk.ask('pnl.explain', { from, to: to ?? desk.asOf, book });
      if (!answer.ok) return answer;
      const { byBook, total, basis, notValued } = answer.value;
      const rows = [...byBook, { group: 'total', ...total }];
      const text = [
        `${answer.value.from} to ${answer.value.to}`,
        textTable(rows, [
          { heading: 'book', text: ({ group }) => group, left: true },
          ...partNames.map((name) => ({
            heading: name,
            text: (row: Parts) => fixed(moneyOfCents(row[name]), 2),
          })),
        ]),
        ...basis,
        ...notValued.map(({ label, reason }) => `${label} is left out: ${reason}`),
      ].join('\n');
      return ok({ json: jsonOf(answer.value), text });
    },
  }),
  cliCommand({
    words: ['snapshot', 'take'],
    usage: '',
    summary: 'keeps value and risk of the live book for its history',
    options: {},
    positionals: { least: 0, most: 0 },
    writes: true,
    run: async (_, desk) => {
      const taken = await desk.ask('snapshot.take', { asOf: desk.asOf });
      if (!taken.ok) return taken;
      const answer = await desk.ask('snapshot.keep', { freezeId: taken.value.freezeId });
      if (!answer.ok) return answer;
      const { asOf, total, positions } = answer.value;
      return ok({
        json: answer.value,
        text: `${asOf}: ${positions} positions, value ${fixed(total.value)}.`,
      });
    },
  }),
  cliCommand({
    words: ['snapshot', 'list'],
    usage: '[--from D] [--to D]',
    summary: 'value and risk of the days that were kept',
    options: { from: 'date', to: 'date' },
    positionals: { least: 0, most: 0 },
    writes: false,
    run: async ({ values: { from, to } }, desk) => {
      const answer = await desk.ask('snapshot.list', { from, to });
      if (!answer.ok) return answer;
      const { days } = answer.value;
      const text =
        days.length === 0
          ? 'No day was kept yet.'
          : textTable(days, [
              { heading: 'day', text: ({ asOf }) => asOf, left: true },
              { heading: 'positions', text: ({ positions }) => fixed(positions, 0) },
              { heading: 'value', text: ({ total }) => fixed(total.value, 0) },
              { heading: 'delta', text: ({ total }) => fixed(total.deltaDollar, 0) },
              { heading: 'gamma per 1%', text: ({ total }) => fixed(total.gammaDollar1Pct, 0) },
              { heading: 'vega per point', text: ({ total }) => fixed(total.vegaPerVolPoint, 0) },
              { heading: 'theta per day', text: ({ total }) => fixed(total.thetaPerDay, 0) },
              { heading: 'not valued', text: ({ notValued }) => fixed(notValued.length, 0) },
            ]);
      return ok({ json: answer.value, text });
    },
  }),
];
