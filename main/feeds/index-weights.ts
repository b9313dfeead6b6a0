import { failure } from '../../shared/failure.ts';
import { fail, ok } from '../../shared/result.ts';
import { dateOf } from './cells.ts';
import { TableBuilder } from './columns.ts';
import type { FeedFormat, FeedParser } from './feed-format.ts';
import { columnIndexes, detectHeader, hasColumns, headerOf } from './header.ts';
import { nameSome, newest } from './option-quotes.ts';
import { RowReader } from './row-reader.ts';

const aliases = {
  index: ['index', 'index_symbol'],
  asOf: ['as_of', 'date', 'asof_date'],
  symbol: ['symbol', 'ticker', 'constituent'],
  weight: ['weight', 'index_weight', 'weight_pct', 'weightage'],
  shares: ['shares'],
  sector: ['sector'],
  method: ['method'],
};

/** `weight_2026_03_27`: the day stands in the header. */
const datedWeight = /^weight[_ ](\d{4})[-_ ](\d{2})[-_ ](\d{2})$/i;

function datedWeightOf(header: readonly string[]): { readonly column: number; readonly date: string } | null {
  for (const [column, name] of header.entries()) {
    const match = datedWeight.exec(name.trim());
    const date = match === null ? null : dateOf(`${match[1]}-${match[2]}-${match[3]}`);
    if (date !== null) return { column, date };
  }
  return null;
}

interface Fixed {
  readonly index: string | null;
  readonly asOf: string | null;
  readonly weightColumn: number;
}

const percent = (fraction: number): string => `${(100 * fraction).toFixed(2)} %`;

function parserOf(header: readonly string[], fixed: Fixed): FeedParser {
  const at = columnIndexes(header, aliases);
  const table = new TableBuilder({
    text: ['index', 'asOf', 'symbol', 'sector', 'method'] as const,
    number: ['weight', 'shares'] as const,
  });
  const row = new RowReader();
  const methods = new Set<string>();
  let signed = false;
  return {
    take: (record) => {
      const needed = Math.max(fixed.weightColumn, at.symbol);
      if (record.fields.length <= needed) return `has ${record.fields.length} of ${header.length} columns`;
      row.start(record.fields);
      const symbol = row.requiredSymbol(at.symbol, 'symbol');
      if (symbol.startsWith('_')) return `${symbol} is not a component`;
      const index = fixed.index ?? row.requiredSymbol(at.index, 'index');
      const asOf = fixed.asOf ?? row.requiredDate(at.asOf, 'as_of');
      const raw = row.raw(fixed.weightColumn);
      const weight = row.fraction(fixed.weightColumn, 'weight');
      if (Number.isNaN(weight)) row.fail('weight is missing');
      if (weight < 0) row.fail(`weight is negative: ${raw.trim()}`);
      const shares = row.notNegative(at.shares, 'shares');
      if (row.problem !== null) return row.problem;
      if (raw.includes('%')) signed = true;
      const method = row.text(at.method);
      if (method !== null) methods.add(method);
      const to = table.claim(`${index} ${asOf} ${symbol}`, record.line);
      table.text.index.set(to, index);
      table.text.asOf.set(to, asOf);
      table.text.symbol.set(to, symbol);
      table.text.sector.set(to, row.text(at.sector));
      table.text.method.set(to, method);
      table.number.weight.set(to, weight);
      table.number.shares.set(to, shares);
      return null;
    },
    finish: () => {
      const columns = table.finish();
      const weight = columns.weight;
      const sums = new Map<string, { sum: number; count: number }>();
      const keyOf = (at: number): string =>
        `${columns.index.dictionary[columns.index.codes[at] ?? 0]} on ${columns.asOf.dictionary[columns.asOf.codes[at] ?? 0]}`;
      for (let at = 0; at < columns.rows; at += 1) {
        const entry = sums.get(keyOf(at)) ?? { sum: 0, count: 0 };
        sums.set(keyOf(at), { sum: entry.sum + (weight[at] ?? 0), count: entry.count + 1 });
      }
      const warnings: string[] = [];
      for (const method of methods) warnings.push(`The file says how its weights were found: ${method}.`);
      // Weights without a % sign that add up to about a hundred are per cent.
      const inPercent = !signed && [...sums.values()].every(({ sum }) => sum > 50 && sum < 150);
      if (inPercent && columns.rows > 0) {
        weight.forEach((value, at) => (weight[at] = value / 100));
        warnings.push('The weights add up to about 100 and are taken as per cent.');
      }
      for (const [key, { sum }] of sums) {
        const total = inPercent ? sum / 100 : sum;
        if (Math.abs(total - 1) > 0.02)
          warnings.push(`The weights of ${key} add up to ${percent(total)}, not 100 %.`);
      }
      if (table.duplicates > 0)
        warnings.push(`${table.duplicates} rows repeat a component of an earlier row; the last one stands.`);
      const covers = [...sums].map(([key, { count }]) => `${key}: ${count} components`);
      return {
        tables: { indexWeights: columns },
        counts: { 'index-weight': columns.rows },
        duplicates: table.duplicates,
        summary: nameSome(covers),
        asOf: newest(table.text.asOf.texts()),
        quotedAt: null,
        warnings,
      };
    },
  };
}

/** Components of an index with their weights on a day. */
export const indexWeights: FeedFormat = {
  format: 'index-weights',
  expects: 'index, as_of, symbol, weight',
  detect: (head) => {
    const header = head[0]?.fields ?? [];
    if (datedWeightOf(header) !== null && hasColumns(header, [aliases.symbol]))
      return { headerIndex: 0, reason: 'its header has a symbol and a weight with its day' };
    return detectHeader(head, [aliases.symbol, aliases.weight], 'its header has a symbol and a weight', 1);
  },
  open: (head, detection, options) => {
    const header = headerOf(head, detection);
    const at = columnIndexes(header, aliases);
    const dated = datedWeightOf(header);
    const missing = [
      ...(at.index < 0 && options.index === null ? ['which index it weighs (index)'] : []),
      ...(at.asOf < 0 && dated === null && options.asOf === null
        ? ['which day its weights are of (as-of date)']
        : []),
    ];
    if (missing.length > 0)
      return fail(failure('symbol-required', options.fileName, { what: missing.join(' and ') }));
    return ok(
      parserOf(header, {
        index: at.index < 0 ? options.index : null,
        asOf: at.asOf < 0 ? (dated?.date ?? options.asOf) : null,
        weightColumn: dated?.column ?? at.weight,
      }),
    );
  },
};
