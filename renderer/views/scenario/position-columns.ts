import type { ScenarioRow } from '../../../shared/contract/scenario.ts';
import { decimal, integer, shortDate, strike } from '../../format.ts';
import type { ColumnSpec } from '../../grids/column.ts';
import { groupWords } from './result-models.ts';
import { quantityText } from './scenario-models.ts';

const changeWords = { same: '', added: '+ added', changed: '± changed', removed: '− removed' } as const;

/** The session's book; what differs from the frozen one is outlined and says so. */
export const scenarioPositionColumns: readonly ColumnSpec<ScenarioRow>[] = [
  {
    key: 'label',
    header: 'Position',
    note: { what: 'what is held in the session' },
    align: 'left',
    value: (row) => row.label,
    text: (row) => row.label,
    tones: { strong: () => true },
    pinned: 'left',
    width: 188,
  },
  {
    key: 'change',
    header: 'Against the book',
    note: { what: 'whether the row is as it was frozen' },
    align: 'left',
    value: (row) => row.change,
    text: (row) => changeWords[row.change],
    tones: { strong: () => true },
    width: 100,
  },
  {
    key: 'symbol',
    header: 'Name',
    note: { what: 'underlying' },
    align: 'left',
    value: (row) => row.symbol,
    text: (row) => row.symbol,
    width: 62,
  },
  {
    key: 'family',
    header: 'Kind',
    note: { what: 'family of the contract' },
    align: 'left',
    value: (row) => row.family,
    text: (row) => groupWords(row.family),
    tones: { dim: () => true },
    width: 104,
  },
  {
    key: 'expiry',
    header: 'Expiry',
    note: { what: 'day the contract ends' },
    value: (row) => row.expiry,
    text: (row) => (row.expiry === null ? '' : shortDate(row.expiry)),
    width: 78,
  },
  {
    key: 'strike',
    header: 'Strike',
    note: { what: 'strike of the option' },
    value: (row) => row.strike,
    text: (row) => (row.strike === null ? '' : strike(row.strike)),
    width: 72,
  },
  {
    key: 'quantity',
    header: 'Quantity',
    note: { what: 'held in the session; below zero is sold', unit: 'shares or contracts' },
    value: (row) => (row.change === 'removed' ? 0 : row.quantity),
    text: (row) => (row.change === 'removed' ? '0' : quantityText(row.quantity)),
    tones: {
      strong: () => true,
      loss: (row) => row.quantity < 0 && row.change !== 'removed',
    },
    width: 84,
  },
  {
    key: 'frozenQuantity',
    header: 'In the book',
    note: { what: 'held in the frozen book', unit: 'shares or contracts' },
    value: (row) => row.frozenQuantity,
    text: (row) => (row.frozenQuantity === null ? '—' : quantityText(row.frozenQuantity)),
    reason: (row) => (row.frozenQuantity === null ? 'The frozen book does not hold it.' : null),
    tones: { dim: (row) => row.change === 'same' },
    width: 84,
  },
  {
    key: 'multiplier',
    header: '×',
    note: { what: 'units of the underlying that one contract stands for' },
    value: (row) => row.multiplier,
    text: (row) =>
      row.multiplier === null
        ? ''
        : Number.isInteger(row.multiplier)
          ? integer(row.multiplier)
          : decimal(row.multiplier, 2),
    tones: { dim: () => true },
    width: 66,
  },
  {
    key: 'book',
    header: 'Book',
    note: { what: 'account or portfolio' },
    align: 'left',
    value: (row) => row.book,
    text: (row) => row.book ?? '',
    tones: { dim: () => true },
    grow: true,
    width: 90,
  },
];
