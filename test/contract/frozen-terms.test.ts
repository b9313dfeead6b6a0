import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dividendsKnown } from '../../main/commands/support/scenario/freeze-names.ts';
import { copyDemoDesk } from '../support/demo-desk.ts';
import { openTestService, temporaryFolder, valueOf, type TestService } from '../support/service.ts';
import { openTestStore } from '../support/store.ts';

/** What a session takes over of contracts and dividends, on the market that ships. */
const folder = temporaryFolder();
const file = join(folder.path, 'terms.voldesk');
let service: TestService;

const common = {
  underlying: 'MERI',
  firstReferenceDate: '2026-12-18',
  secondReferenceDate: '2027-03-19',
  optionType: 'straddle',
  family: 'relative',
  power: 1,
  quantity: 2,
  tradePrice: 0.07,
} as const;

beforeAll(async () => {
  copyDemoDesk(file);
  service = openTestService(file);
  for (const own of [
    { contractId: 'FS-STRANGLE', strikeMultiplier: 1.05, putStrikeMultiplier: 0.95 },
    { contractId: 'FS-STRADDLE' },
    { contractId: 'FS-AVERAGE', fixingDays: 3 },
    { contractId: 'FS-BY-HAND', carryFactor: 1.02, discountFactor: 0.97 },
  ])
    valueOf(await service.ask('contracts.addForwardStart', { ...common, ...own }));
  // Dividends of a name on two days, the second the newest the desk has.
  const prices = join(folder.path, 'dividends.csv');
  writeFileSync(
    prices,
    'symbol,date,close,dividend\nDLNT,2026-11-18,330,0.5\nDLNT,2026-11-19,331,\nDLNT,2026-11-20,332,0.75\n',
  );
  await service.importFile(prices);
}, 120_000);
afterAll(async () => {
  await service.port.close();
  folder.remove();
});

describe('a session of the desk', () => {
  it('values a strangle as its put and its call, not as a straddle', async () => {
    const { freezeId } = valueOf(await service.ask('scenario.freeze', {}));
    const { scenarioId } = valueOf(await service.ask('scenario.create', { freezeId, name: 'Terms' }));
    const { rows } = valueOf(await service.ask('scenario.open', { scenarioId }));
    const labels = rows.map(({ label }) => label).filter((label) => label.startsWith('FS-STR'));
    expect(labels.sort()).toEqual(['FS-STRADDLE', 'FS-STRANGLE call', 'FS-STRANGLE put']);
    const of = { kind: 'session', scenarioId } as const;
    const { positions } = valueOf(await service.ask('scenario.value', { of }));
    const ids = (start: string) =>
      rows.flatMap(({ label, positionId }) => (label.startsWith(start) ? [positionId] : []));
    const valueOfRows = (start: string): number =>
      positions
        .filter(({ positionId }) => ids(start).includes(positionId))
        .reduce((sum, { measures }) => sum + (measures?.value ?? Number.NaN), 0);
    expect(valueOfRows('FS-STRANGLE')).toBeGreaterThan(0);
    expect(valueOfRows('FS-STRANGLE')).toBeLessThan(valueOfRows('FS-STRADDLE'));
  }, 60_000);

  it('says which terms of a contract it does not follow', async () => {
    const { quality } = valueOf(await service.ask('scenario.freeze', {}));
    const said = quality.filter((line) => /^FS-(STR|AVERAGE|BY-HAND)/.test(line));
    expect(said).toEqual([
      'FS-AVERAGE is fixed by an average of 3 days; sessions value it at its reference dates alone.',
      "FS-BY-HAND has its carry and discount factor set by hand; sessions take the market's.",
    ]);
  }, 60_000);

  it('knows the cash dividends that came after its day, and none after the newest', () => {
    const store = openTestStore(file);
    expect(dividendsKnown(store.read, 'DLNT', '2026-11-17')).toEqual([
      { exDate: '2026-11-18', amount: 0.5 },
      { exDate: '2026-11-20', amount: 0.75 },
    ]);
    expect(dividendsKnown(store.read, 'DLNT', '2026-11-18')).toEqual([
      { exDate: '2026-11-20', amount: 0.75 },
    ]);
    expect(dividendsKnown(store.read, 'DLNT', '2026-11-20')).toEqual([]);
    store.close();
  });
});
