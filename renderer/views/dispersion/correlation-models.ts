import type { CorrelationTable } from '../../../shared/contract/dispersion-desk.ts';
import type { HeatMapModel } from '../../charts/heat-map.ts';
import { date, decimal, integer, percent, plainNumber } from '../../format.ts';

const words = {
  levels: 'implied volatilities on levels',
  changes: 'implied volatilities on changes',
  logReturns: 'price returns',
} as const;

/** `0.62` as `.62`, where a cell is narrow; 1 stays 1. */
const short = (value: number): string => {
  const text = decimal(value, 2);
  return Math.abs(value) >= 0.995 ? decimal(value, 0) : text.replace('0.', '.');
};

/** The matrix as a heat map: blue above no correlation, orange below, the diagonal in full. */
export function correlationModel(table: CorrelationTable, inFront: string | null): HeatMapModel {
  const { names, values, observations } = table;
  const low = values.flat().reduce((least, value) => Math.min(least, value), 0);
  return {
    rows: names,
    columns: names,
    rowTitle: 'name',
    columnTitle: 'name',
    valueTitle: `Correlation of ${words[table.observed]}, ${table.sort === 'cluster' ? 'by cluster' : 'by weight'}`,
    values,
    format: (value) => decimal(value, 2),
    formatShort: short,
    // One scale a side, so that −0.3 is as strong a color as 0.3.
    domain: { low: Math.min(-1, low), center: 0, high: 1 },
    remark: (row, column) =>
      row === column
        ? `weight ${percent(table.weights[row], 2)} %`
        : `${integer(observations)} observations, ${date(table.from)} to ${date(table.to)}`,
    inFront,
  };
}

/** The matrix for a spreadsheet: names and weights, then the pairs. */
export function correlationTable(table: CorrelationTable): string {
  const head = ['name', 'weight', ...table.names];
  const rows = table.names.map((name, row) => [
    name,
    plainNumber(table.weights[row]),
    ...(table.values[row] ?? []).map((value) => plainNumber(value)),
  ]);
  return [head, ...rows].map((row) => row.join(',')).join('\r\n');
}

/** What is not in the matrix, in sentences. */
export const matrixNotes = (table: CorrelationTable): readonly string[] => [
  ...(table.reason === null ? [] : [table.reason]),
  ...table.leftOut.map(({ symbol, reason }) => `${symbol} is left out. ${reason}`),
];
