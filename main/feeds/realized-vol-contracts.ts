import { realizedVolTerms } from '../../shared/contract/vol-contracts.ts';
import { ok } from '../../shared/result.ts';
import type { FeedFormat, FeedParser } from './feed-format.ts';
import { columnIndexes, detectHeader, headerOf } from './header.ts';
import { nameSome } from './option-quotes.ts';
import { RowReader } from './row-reader.ts';
import type { RealizedVolRow } from './staged-feed.ts';

const aliases = {
  contractId: ['contract_id'],
  underlying: ['underlying'],
  kind: ['kind'],
  start: ['start'],
  end: ['end'],
  formula: ['formula', 'estimator'],
  returns: ['return', 'returns'],
  periods: ['P', 'periods_per_year'],
  multiplier: ['multiplier'],
  months: ['months'],
  tick: ['tick'],
  quantity: ['quantity'],
  price: ['price'],
};

const kinds = new Map([
  ['m', { kind: 'monthly', months: 1 }],
  ['monthly', { kind: 'monthly', months: 1 }],
  ['q', { kind: 'quarterly', months: 3 }],
  ['quarterly', { kind: 'quarterly', months: 3 }],
  ['a', { kind: 'annual', months: 12 }],
  ['annual', { kind: 'annual', months: 12 }],
  ['custom', { kind: 'custom', months: null }],
]);

const estimators = new Map([
  ['zero_mean', 'zeroMean'],
  ['sample', 'sampleMean'],
  ['high_low', 'highLow'],
  ['parkinson', 'parkinson'],
  ['ohlc', 'garmanKlass'],
  ['garman_klass', 'garmanKlass'],
  ['rogers_satchell', 'rogersSatchell'],
]);

/** Above 300 % a price is more likely per cent without its sign. */
const highestVol = 3;

const given = (value: number): number | undefined => (Number.isNaN(value) ? undefined : value);

function parserOf(header: readonly string[]): FeedParser {
  const at = columnIndexes(header, aliases);
  const contracts = new Map<string, RealizedVolRow>();
  const row = new RowReader();
  let duplicates = 0;
  return {
    take: (record) => {
      row.start(record.fields);
      const kind = kinds.get(row.text(at.kind)?.toLowerCase() ?? '');
      if (kind === undefined) row.fail(`kind is none of M, Q, A, custom: ${row.raw(at.kind)}`);
      const formula = row.text(at.formula)?.toLowerCase();
      const estimator = formula === undefined ? undefined : estimators.get(formula);
      if (formula !== undefined && estimator === undefined)
        row.fail(`formula is none of ${[...estimators.keys()].join(', ')}: ${formula}`);
      const returns = row.text(at.returns)?.toLowerCase();
      if (returns !== undefined && returns !== 'log' && returns !== 'simple')
        row.fail(`return is neither log nor simple: ${returns}`);
      const startDate = row.requiredDate(at.start, 'start');
      const endDate = row.requiredDate(at.end, 'end');
      if (row.problem === null && endDate <= startDate)
        row.fail(`end ${endDate} is not after start ${startDate}`);
      const months = given(row.number(at.months, 'months')) ?? kind?.months ?? undefined;
      if (months === undefined || months <= 0) row.fail('months is missing or not above zero');
      const price = row.fraction(at.price, 'price');
      if (price < 0) row.fail(`price is negative: ${price}`);
      if (price > highestVol)
        row.fail(`price ${price} is above ${highestVol}: write 0.2 or 20% for 20 per cent`);
      const terms = realizedVolTerms.safeParse({
        contractId: row.requiredText(at.contractId, 'contract_id'),
        underlying: row.requiredSymbol(at.underlying, 'underlying'),
        kind: kind?.kind,
        startDate,
        endDate,
        estimator,
        returns,
        periodsPerYear: given(row.number(at.periods, 'P')),
        multiplier: given(row.number(at.multiplier, 'multiplier')),
        months,
        tick: given(row.fraction(at.tick, 'tick')),
        quantity: row.requiredNumber(at.quantity, 'quantity'),
        tradeVol: given(price),
      });
      if (row.problem !== null) return row.problem;
      if (!terms.success)
        return terms.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
      if (contracts.has(terms.data.contractId)) duplicates += 1;
      contracts.set(terms.data.contractId, { ...terms.data, line: record.line });
      return null;
    },
    finish: () => {
      const rows = [...contracts.values()];
      return {
        tables: { realizedVolContracts: rows },
        counts: { 'realized-vol-contract': rows.length },
        duplicates,
        summary: `${rows.length} realized-volatility contracts on ${nameSome([...new Set(rows.map((r) => r.underlying))])}`,
        asOf: null,
        quotedAt: null,
        warnings: [],
      };
    },
  };
}

/** Our template of realized-volatility contracts. */
export const realizedVolContracts: FeedFormat = {
  format: 'realized-vol-contracts',
  expects: 'contract_id, underlying, kind, start, end, quantity',
  detect: (head) =>
    detectHeader(
      head,
      [aliases.contractId, aliases.kind, aliases.start, aliases.end, aliases.quantity],
      'its header has a contract_id, a kind, a start and an end',
      1,
    ),
  open: (head, detection) => ok(parserOf(headerOf(head, detection))),
};
