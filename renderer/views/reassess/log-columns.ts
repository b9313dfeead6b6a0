import type { ReassessDifference, ReassessRunHead } from '../../../shared/contract/reassess.ts';
import { date, instantSeconds, integer, price, signedDecimal, signedPercent } from '../../format.ts';
import type { ColumnSpec } from '../../grids/column.ts';
import { ruleTitle } from './reassess-rules.ts';

const causes = { hand: 'by hand', schedule: 'schedule', import: 'import', start: 'start' } as const;

/** Every look that was kept, newest first. */
export const runColumns: readonly ColumnSpec<ReassessRunHead>[] = [
  {
    key: 'runId',
    header: 'Run',
    note: { what: 'number of the run' },
    value: (run) => run.runId,
    text: (run) => integer(run.runId),
    sort: 'desc',
    width: 54,
  },
  {
    key: 'asOf',
    header: 'As of',
    note: { what: 'market day it looked at' },
    value: (run) => run.asOf,
    text: (run) => date(run.asOf),
    width: 92,
  },
  {
    key: 'cause',
    header: 'Cause',
    note: { what: 'by hand, by the schedule, after an import, or when the desk was opened' },
    align: 'left',
    value: (run) => run.cause,
    text: (run) => causes[run.cause],
    width: 66,
  },
  {
    key: 'netDelta',
    header: 'Net Δ',
    unit: '%',
    note: { what: 'net delta over the basket’s value' },
    value: (run) => run.netDeltaFraction,
    text: (run) => signedPercent(run.netDeltaFraction, 2),
    reason: (run) => (run.netDeltaFraction === null ? 'Some option had no delta that day.' : null),
    width: 66,
  },
  {
    key: 'toAct',
    header: 'To act',
    note: { what: 'legs that are not kept as they are, of all', unit: 'legs' },
    value: (run) => run.toAct,
    text: (run) => `${integer(run.toAct)} of ${integer(run.legs)}`,
    tones: { warning: (run) => run.toAct > 0 },
    width: 66,
  },
  {
    key: 'fired',
    header: 'Fired',
    note: { what: 'rules that fired' },
    align: 'left',
    value: (run) => run.fired.join(', '),
    text: (run) => (run.fired.length === 0 ? 'none' : run.fired.map(ruleTitle).join(', ')),
    tones: { dim: (run) => run.fired.length === 0 },
    grow: true,
    width: 120,
  },
  {
    key: 'runBy',
    header: 'Who',
    note: { what: 'who looked' },
    align: 'left',
    value: (run) => run.runBy,
    text: (run) => run.runBy,
    width: 66,
  },
  {
    key: 'runAt',
    header: 'When',
    unit: 'UTC',
    note: { what: 'when it was kept' },
    align: 'left',
    value: (run) => run.runAt,
    text: (run) => instantSeconds(run.runAt),
    tones: { dim: () => true },
    width: 142,
  },
];

type LegChange = ReassessDifference['legs'][number];
type NumberChange = LegChange['mark'];

const changes = {
  new: '+ new',
  gone: '− gone',
  decision: '▲ decided otherwise',
  quantity: '± quantity',
  numbers: 'numbers',
} as const;

const both = (change: NumberChange, text: (value: number | null) => string): string =>
  change.before === change.after ? text(change.after) : `${text(change.before)} → ${text(change.after)}`;

/** What a run says of legs that the one before it did not. */
export const changeColumns: readonly ColumnSpec<LegChange>[] = [
  {
    key: 'leg',
    header: 'Leg',
    note: { what: 'option held' },
    align: 'left',
    value: (row) => row.leg,
    text: (row) => row.leg,
    tones: { strong: () => true },
    pinned: 'left',
    width: 174,
  },
  {
    key: 'change',
    header: 'Changed',
    note: { what: 'the weightiest of what changed' },
    align: 'left',
    value: (row) => row.change,
    text: (row) => changes[row.change],
    tones: { warning: (row) => row.change === 'decision', dim: (row) => row.change === 'numbers' },
    width: 142,
  },
  {
    key: 'action',
    header: 'Proposed',
    note: { what: 'before → after' },
    align: 'left',
    value: (row) => row.actionAfter,
    text: (row) =>
      row.actionBefore === row.actionAfter
        ? (row.actionAfter ?? '')
        : [row.actionBefore, row.actionAfter].filter((text) => text !== null).join(' → '),
    reason: (row) => row.reason,
    tones: { said: () => true },
    width: 138,
  },
  {
    key: 'quantity',
    header: 'Qty',
    note: { what: 'contracts, before → after', unit: 'contracts' },
    value: (row) => row.quantity.after,
    text: (row) => both(row.quantity, integer),
    width: 74,
  },
  {
    key: 'mark',
    header: 'Mark',
    note: { what: 'mark, before → after', unit: 'underlier currency' },
    value: (row) => row.mark.after,
    text: (row) => both(row.mark, price),
    width: 118,
  },
  {
    key: 'delta',
    header: 'Δ',
    note: { what: 'delta of one option, long, before → after' },
    value: (row) => row.delta.after,
    text: (row) => both(row.delta, (value) => signedDecimal(value, 3)),
    width: 120,
  },
];
