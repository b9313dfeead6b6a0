import { forwardStartTerms } from '../../shared/contract/forward-starts.ts';
import { ok } from '../../shared/result.ts';
import type { FeedFormat, FeedParser } from './feed-format.ts';
import { columnIndexes, detectHeader, headerOf } from './header.ts';
import { nameSome } from './option-quotes.ts';
import { RowReader } from './row-reader.ts';
import type { ForwardStartRow } from './staged-feed.ts';

const aliases = {
  contractId: ['contract_id'],
  underlying: ['underlying'],
  first: ['first_ref_time', 'first_reference_date'],
  second: ['second_ref_time', 'second_reference_date'],
  type: ['type'],
  basis: ['basis', 'family'],
  strikeMultiplier: ['strike_adj_mult'],
  strikeOffset: ['strike_adj_abs'],
  normalizedBy: ['normalized_by'],
  amount: ['currency_amount', 'amount'],
  quantity: ['quantity'],
  price: ['price'],
  premium: ['premium'],
  fixedStrike: ['fixed_strike'],
  status: ['status'],
  putMultiplier: ['put_strike_mult'],
  secondUnderlying: ['second_underlying'],
  underlyingKind: ['underlying_kind'],
  fixingDays: ['fixing_days'],
  fixingPrices: ['fixing_prices'],
  fixingRoundTo: ['fixing_round_to'],
  settlement: ['settlement'],
};

const types = {
  call: { optionType: 'call', power: 1 },
  put: { optionType: 'put', power: 1 },
  straddle: { optionType: 'straddle', power: 1 },
  qcall: { optionType: 'call', power: 2 },
  qput: { optionType: 'put', power: 2 },
  qstraddle: { optionType: 'straddle', power: 2 },
} as const;

const normalizers = { first_fixing: 'firstFixing', strike: 'strike' } as const;

/** The member a word names; the word is lower-cased first. */
function member<T>(choices: Readonly<Record<string, T>>, word: string | null): T | null {
  const key = word?.toLowerCase() ?? '';
  return Object.hasOwn(choices, key) ? (choices[key] ?? null) : null;
}

const given = (value: number): number | undefined => (Number.isNaN(value) ? undefined : value);

const sameTerms = ({ line: _line, ...before }: ForwardStartRow, terms: object): boolean =>
  JSON.stringify(before) === JSON.stringify(terms);

function parserOf(header: readonly string[]): FeedParser {
  const at = columnIndexes(header, aliases);
  const contracts = new Map<string, ForwardStartRow>();
  const row = new RowReader();
  let duplicates = 0;
  let statuses = 0;
  return {
    take: (record) => {
      row.start(record.fields);
      const type = member(types, row.text(at.type));
      if (type === null) row.fail(`type is none of ${Object.keys(types).join(', ')}: ${row.raw(at.type)}`);
      const basis = row.requiredText(at.basis, 'basis').toLowerCase();
      if (basis !== 'relative' && basis !== 'absolute')
        row.fail(`basis is neither relative nor absolute: ${basis}`);
      const premium = row.text(at.premium)?.toLowerCase();
      if (premium !== undefined && premium !== 'paid' && premium !== 'deferred')
        row.fail(`premium is neither paid nor deferred: ${premium}`);
      const normalizedWord = row.text(at.normalizedBy);
      const normalizedBy = member(normalizers, normalizedWord);
      if (normalizedWord !== null && normalizedBy === null)
        row.fail(`normalized_by is neither first_fixing nor strike: ${normalizedWord}`);
      const firstReferenceDate = row.requiredDate(at.first, 'first_ref_time');
      const secondReferenceDate = row.requiredDate(at.second, 'second_ref_time');
      if (row.problem === null && secondReferenceDate <= firstReferenceDate)
        row.fail(`second_ref_time ${secondReferenceDate} is not after first_ref_time ${firstReferenceDate}`);
      const price = row.fraction(at.price, 'price');
      if (price < 0) row.fail(`price is negative: ${price}`);
      const fixedStrike = row.number(at.fixedStrike, 'fixed_strike');
      if (fixedStrike <= 0) row.fail(`fixed_strike is not above zero: ${fixedStrike}`);
      const strikeMultiplier = given(row.number(at.strikeMultiplier, 'strike_adj_mult'));
      if (strikeMultiplier !== undefined && strikeMultiplier <= 0)
        row.fail(`strike_adj_mult is not above zero: ${strikeMultiplier}`);
      const terms = forwardStartTerms.safeParse({
        contractId: row.requiredText(at.contractId, 'contract_id'),
        underlying: row.requiredSymbol(at.underlying, 'underlying'),
        firstReferenceDate,
        secondReferenceDate,
        optionType: type?.optionType,
        power: type?.power,
        family: basis,
        strikeMultiplier,
        strikeOffset: given(row.number(at.strikeOffset, 'strike_adj_abs')),
        normalizedBy: normalizedBy ?? undefined,
        amount: given(row.number(at.amount, 'currency_amount')),
        quantity: row.requiredNumber(at.quantity, 'quantity'),
        premium,
        tradePrice: given(price),
        fixedStrike: given(fixedStrike),
        putStrikeMultiplier: given(row.number(at.putMultiplier, 'put_strike_mult')),
        secondUnderlying: row.text(at.secondUnderlying)?.toUpperCase(),
        underlyingKind: row.text(at.underlyingKind)?.toLowerCase(),
        fixingDays: given(row.number(at.fixingDays, 'fixing_days')),
        fixingPrices: row.text(at.fixingPrices)?.toLowerCase(),
        fixingRoundTo: given(row.number(at.fixingRoundTo, 'fixing_round_to')),
        settlement: row.text(at.settlement)?.toLowerCase(),
      });
      if (row.problem !== null) return row.problem;
      if (!terms.success)
        return terms.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
      if (row.text(at.status) !== null) statuses += 1;
      const before = contracts.get(terms.data.contractId);
      if (before === undefined) contracts.set(terms.data.contractId, { ...terms.data, line: record.line });
      else if (sameTerms(before, terms.data)) duplicates += 1;
      else
        return `contract_id ${terms.data.contractId} stands on line ${before.line} already, with other terms`;
      return null;
    },
    finish: () => {
      const rows = [...contracts.values()];
      return {
        tables: { forwardStartContracts: rows },
        counts: { 'forward-start-contract': rows.length },
        duplicates,
        summary: `${rows.length} forward-start contracts on ${nameSome([...new Set(rows.map((r) => r.underlying))])}`,
        asOf: null,
        quotedAt: null,
        warnings:
          statuses > 0
            ? ['The status column is not kept: a status follows from the dates and the fixing.']
            : [],
      };
    },
  };
}

/** Our template of forward-start contracts. */
export const forwardStartContracts: FeedFormat = {
  format: 'forward-start-contracts',
  expects: 'contract_id, underlying, first_ref_time, second_ref_time, type, basis, quantity',
  detect: (head) =>
    detectHeader(
      head,
      [aliases.contractId, aliases.first, aliases.second, aliases.quantity],
      'its header has a contract_id and two reference times',
      1,
    ),
  open: (head, detection) => ok(parserOf(headerOf(head, detection))),
};
