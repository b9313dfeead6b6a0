import { describe, expect, it } from 'vitest';
import { cfiCode, fixList, fixMultileg } from '../../../main/tickets/fix.ts';
import { leg, suggestionWith } from '../../support/suggestion.ts';

const put = leg({
  legId: 'leg-2',
  side: 'buy',
  symbol: 'SPX',
  contract: 'SPXW 2026-12-18 4900 P',
  type: 'put',
  strike: 4900,
  quantity: 2,
  price: 55.3,
});
const sold = leg({ quantity: 4 });
const suggestion = suggestionWith([sold, put]);

type Pair = readonly [tag: string, value: string];

/** Reads a message as a receiver does: by bytes, knowing nothing of how it was written. */
function receive(text: string): readonly Pair[] {
  const bytes = Buffer.from(text, 'latin1');
  expect(bytes.at(-1)).toBe(1);
  const pairs = bytes
    .subarray(0, -1)
    .toString('latin1')
    .split('\u0001')
    .map((field): Pair => {
      const at = field.indexOf('=');
      expect(field.slice(0, at)).toMatch(/^[1-9]\d*$/);
      expect(field.length, field).toBeGreaterThan(at + 1);
      return [field.slice(0, at), field.slice(at + 1)];
    });
  expect(pairs.slice(0, 3).map(([tag]) => tag)).toEqual(['8', '9', '35']);
  const start = bytes.indexOf('35=', 0, 'latin1');
  const end = bytes.lastIndexOf('\u000110=', undefined, 'latin1') + 1;
  expect(Number(pairs[1]?.[1])).toBe(end - start);
  const sum = bytes.subarray(0, end).reduce((total, byte) => (total + byte) & 255, 0);
  expect(pairs.at(-1)).toEqual(['10', String(sum).padStart(3, '0')]);
  return pairs;
}

/** The members of a repeating group, each opened by its first tag, in FIX's order of members. */
function groupOf(pairs: readonly Pair[], count: string, first: string, order: readonly string[]) {
  const from = pairs.findIndex(([tag]) => tag === count) + 1;
  const entries: Record<string, string>[] = [];
  let last = -1;
  for (const [tag, value] of pairs.slice(from)) {
    if (tag === first) {
      entries.push({});
      last = -1;
    }
    const place = order.indexOf(tag);
    if (place < 0) break;
    expect(place, `tag ${tag} stands in its place`).toBeGreaterThan(last);
    last = place;
    (entries.at(-1) ?? {})[tag] = value;
  }
  expect(entries).toHaveLength(Number(pairs[from - 1]?.[1]));
  return entries;
}

// Members of ListOrdGrp and LegOrdGrp that we send, in the order of the FIX 4.4 specification.
const orderMembers = '11 67 1 21 55 461 167 200 541 201 202 231 54 60 38 40 423 44 15 59 77 203'.split(' ');
const legMembers = '600 608 609 610 611 612 614 623 624 687 564 565 654 566'.split(' ');

describe('fixList', () => {
  it('is a list that waits for its release, an order for each leg', () => {
    const pairs = receive(fixList(suggestion));
    const head = Object.fromEntries(
      pairs.slice(
        0,
        pairs.findIndex(([tag]) => tag === '73'),
      ),
    );
    expect(head).toMatchObject({
      8: 'FIX.4.4',
      35: 'E',
      52: '20261120-16:05:00',
      66: 'VD7-a1b2c3d4e5f6',
      394: '3',
      433: '2',
      68: '2',
    });
    expect(groupOf(pairs, '73', '11', orderMembers)).toEqual([
      {
        11: 'VD7-a1b2c3d4e5f6-001',
        67: '1',
        21: '3',
        55: 'ACME',
        461: 'OCASPS',
        167: 'OPT',
        200: '202612',
        541: '20261218',
        201: '1',
        202: '105',
        231: '100',
        54: '2',
        60: '20261120-16:05:00',
        38: '4',
        40: '2',
        44: '1.25',
        15: 'USD',
        59: '0',
        77: 'O',
        203: '0',
      },
      {
        11: 'VD7-a1b2c3d4e5f6-002',
        67: '2',
        21: '3',
        55: 'SPX',
        461: 'OPEICS',
        167: 'OPT',
        200: '202612',
        541: '20261218',
        201: '0',
        202: '4900',
        231: '100',
        54: '1',
        60: '20261120-16:05:00',
        38: '2',
        40: '2',
        44: '55.30',
        15: 'USD',
        59: '0',
        77: 'O',
      },
    ]);
  });

  it('gives the same bytes again and leaves out what was not accepted', () => {
    expect(fixList(suggestion)).toBe(fixList(structuredClone(suggestion)));
    const pairs = receive(fixList(suggestionWith([{ ...sold, decision: 'rejected' }, put])));
    expect(groupOf(pairs, '73', '11', orderMembers).map((order) => order['55'])).toEqual(['SPX']);
  });

  it('lets no name break a field or the length', () => {
    const odd = fixList(suggestionWith([leg({ symbol: 'AC\u000135=D\u0001Mü' })]));
    expect(receive(odd).find(([tag]) => tag === '55')?.[1]).toBe('AC35=DM');
  });
});

describe('position effect', () => {
  it('closes what is held and opens the rest, in lists and in packages', () => {
    const rolled = suggestionWith([
      leg({ legId: 'back', side: 'buy', effect: 'close' }),
      leg({ legId: 'again', contract: 'ACME 2027-01-15 105 C', effect: 'open' }),
    ]);
    const effects = (message: string, tag: string): string[] =>
      message.split('\u0001').filter((field) => field.startsWith(`${tag}=`));
    expect(effects(fixList(rolled), '77')).toEqual(['77=C', '77=O']);
    expect(effects(fixMultileg(rolled), '564')).toEqual(['564=C', '564=O']);
  });
});

describe('fixMultileg', () => {
  it('is one package: ratios in lowest terms, its money signed, a price on each leg', () => {
    const pairs = receive(fixMultileg(suggestion));
    const all = Object.fromEntries(pairs);
    // Two puts at 55.30 paid less four calls at 1.25 received, times 100, for two packages.
    expect(all).toMatchObject({ 35: 'AB', 54: 'B', 167: 'MLEG', 38: '2', 423: '3', 44: '5280.00' });
    const legs = groupOf(pairs, '555', '600', legMembers);
    expect(
      legs.map((one) => [one['600'], one['623'], one['624'], one['687'], one['565'], one['566']]),
    ).toEqual([
      ['ACME', '2', '2', '4', '0', '1.25'],
      ['SPX', '1', '1', '2', undefined, '55.30'],
    ]);
  });

  it('prices a package that brings money in below nothing', () => {
    const all = Object.fromEntries(receive(fixMultileg(suggestionWith([sold]))));
    expect(all).toMatchObject({ 38: '4', 44: '-125.00' });
  });
});

describe('cfiCode', () => {
  const proposal = suggestion.proposal;
  it.each([
    [leg(), 'USD', 'OCASPS'],
    [leg(), 'INR', 'OCESPS'],
    [put, 'USD', 'OPEICS'],
    [{ ...put, symbol: 'OEX', contract: 'OEX 2026-12-18 4900 P' }, 'USD', 'OPAICS'],
    [{ ...put, symbol: 'MERI', contract: 'MERI 2026-12-18 4900 P' }, 'USD', 'OPXXXS'],
    [leg({ contract: 'ACME1 2026-12-18 105 C' }), 'USD', 'OCASPN'],
  ])('%#: says what is known of a contract, and X for the rest', (one, currency, code) => {
    expect(cfiCode(one, { ...proposal, currency })).toBe(code);
  });
});
