import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sentenceOf } from '../../../shared/failure.ts';
import { contractNameInFront, contractNames, volTicketSize } from '../../../renderer/state/contracts.ts';
import { exposureOfName } from '../../../renderer/state/forward-starts.ts';
import { currencyOf } from '../../../renderer/state/desk.ts';
import { createWorkstation, openWorkstation, type Workstation } from '../../../renderer/state/store.ts';
import { volContractModel } from '../../../renderer/views/contracts/vol-contract-models.ts';
import { openTestService, type TestService } from '../../support/service.ts';
import { windowClient } from '../../support/window-client.ts';

describe('the book of contracts and positions, over the real service and the demo market', () => {
  let service: TestService;
  let client: ReturnType<typeof windowClient>;
  let desk: Workstation;
  const now = () => desk.getState();
  const heldOf = (contractId: string) =>
    now().contracts.value?.forwardStarts.find((item) => item.terms.contractId === contractId);

  beforeAll(async () => {
    service = openTestService();
    client = windowClient(service);
    desk = createWorkstation(client);
    await openWorkstation(desk, client);
    await now().openDemoMarket();
    await now().loadDesk();
    await Promise.all([now().loadContracts(), now().loadPositions()]);
  }, 60_000);
  afterAll(async () => {
    client.close();
    await service.port.close();
  });

  test('names with contracts come before names with listed options only', () => {
    const names = contractNames(now());
    expect(names.slice(0, 3).toSorted()).toEqual(['BRYX', 'DLNT', 'MERI']);
    expect(names).toContain('CMPO');
    expect(contractNameInFront(now())).toBe('MERI');
    now().focus({ symbol: 'ARBO' });
    expect(names).toContain(contractNameInFront(now()));
    now().focus({ symbol: 'MERI' });
    expect(currencyOf(now(), ['MERI', 'BRYX'])).toBe('USD');
    expect(currencyOf(now(), [])).toBe('currency');
  });

  test('listed options are in the exposure or out of it as chosen', async () => {
    const listed = () =>
      exposureOfName(now(), 'MERI')?.contracts.filter((item) => item.instrument === 'listed-option').length;
    await now().loadExposure('MERI');
    expect(listed()).toBe(1);
    now().includeListed(false);
    await now().loadExposure('MERI');
    expect(listed()).toBe(0);
    now().includeListed(true);
  });

  test('a ticket starts at the market, and volatility and price answer each other', async () => {
    now().openForwardTicket();
    await now().quoteTicket();
    const market = now().quote.value;
    expect(market?.vol).toBe(market?.marketVol);
    expect(market?.price).toBe(market?.marketPrice);
    await now().quoteTicket({ by: 'vol', vol: 0.25 });
    const price = now().quote.value?.price ?? 0;
    expect(price).toBeGreaterThan(market?.price ?? 1);
    await now().quoteTicket({ by: 'price', price });
    expect(now().quote.value?.vol).toBeCloseTo(0.25, 9);
    expect(now().jobs).toEqual([]);
  });

  test('a price that no volatility gives fails and cannot be entered', async () => {
    await now().quoteTicket({ by: 'price', price: 5 });
    expect(now().quote.status).toBe('failed');
    expect(await now().enterForwardStart()).toBe(false);
  });

  test('the contract entered carries the price typed, and the market says the volatility agreed', async () => {
    await now().quoteTicket({ by: 'price', price: 0.05 });
    const agreed = now().quote.value?.vol ?? 0;
    expect(await now().enterForwardStart()).toBe(true);
    expect(now().forwardTicket).toBeNull();
    const entered = heldOf('FS-MERI-1');
    expect(entered?.terms.tradePrice).toBe(0.05);
    expect(entered?.tradeImpliedVol).toBeCloseTo(agreed, 9);
    now().openForwardTicket();
    expect(now().forwardTicket?.terms.contractId).toBe('FS-MERI-2');
    now().closeTickets();
  });

  test('a fixing is confirmed, corrected only with a reason, and the contract settles once', async () => {
    now().openForwardTicket();
    now().changeForwardTicket({
      contractId: 'FS-PAST',
      firstReferenceDate: '2026-09-18',
      secondReferenceDate: '2026-11-20',
    });
    const terms = now().forwardTicket?.terms;
    now().closeTickets();
    if (terms === undefined) throw new Error('the ticket did not open');
    const refused = await client.request('contracts.addForwardStart', terms);
    expect(refused.ok ? '' : sentenceOf(refused.error)).toBe(
      'Contract FS-PAST cannot be computed: its first reference date 2026-09-18 has passed and no fixed strike is given with it. Correct the input.',
    );
    const today = {
      contractId: 'FS-TODAY',
      firstReferenceDate: '2026-11-20',
      secondReferenceDate: '2027-02-19',
    };
    await client.request('contracts.addForwardStart', { ...terms, ...today });
    await client.request('contracts.addForwardStart', { ...terms, fixedStrike: 5000 });
    await now().loadContracts();
    expect(heldOf('FS-TODAY')?.state).toBe('fixing-due');
    expect(await now().fixContract({ contractId: 'FS-TODAY', level: 5000 })).toBe(true);
    expect(heldOf('FS-TODAY')?.state).toBe('live');
    expect(heldOf('FS-PAST')?.state).toBe('settling');
    expect(await now().fixContract({ contractId: 'FS-PAST', level: 5100 })).toBe(false);
    expect(now().notice?.tone).toBe('failed');
    expect(await now().fixContract({ contractId: 'FS-PAST', level: 5100, reason: 'misread' })).toBe(true);
    expect(heldOf('FS-PAST')?.fixings.map((fixing) => [fixing.level, fixing.reason])).toEqual([
      [5100, 'misread'],
    ]);
    expect(await now().settleContract({ contractId: 'FS-PAST' })).toBe(true);
    expect(heldOf('FS-PAST')?.state).toBe('settled');
    expect(await now().settleContract({ contractId: 'FS-PAST' })).toBe(false);
  });

  test('a contract leaves the book with a reason only', async () => {
    expect(await now().removeContract({ contractId: 'FS-MERI-1', reason: '' })).toBe(false);
    expect(await now().removeContract({ contractId: 'FS-MERI-1', reason: 'entered twice' })).toBe(true);
    expect(heldOf('FS-MERI-1')).toBeUndefined();
  });

  test('a quarterly contract at 11.22 % is worth 33,660 and its tick 30', async () => {
    now().openVolTicket();
    now().changeVolTicket({ tradeVol: 0.1122 });
    const terms = now().volTicket;
    expect(terms === null ? null : volTicketSize(terms)).toEqual({ tickValue: 30, contractValue: 33_660 });
    expect(await now().enterRealizedVol()).toBe(true);
    expect(now().volTicket).toBeNull();
    expect(now().contractId).toBe('RV-MERI-1');
  });

  test('a running contract draws what is realized up to today and the rest from today on', () => {
    const contract = now().contracts.value?.realizedVols.find(
      (row) => row.terms.contractId === 'RV-MERI-Q-DEC',
    );
    const model = contract === undefined ? null : volContractModel(contract, '2026-11-20');
    const lines = new Map(model?.lines.map((line) => [line.label, line]));
    expect(lines.get('Realized so far')?.y).toHaveLength(45);
    expect(lines.get('Remaining, implied')?.x).toEqual(['2026-11-20', '2026-12-18']);
    expect(lines.get('Trade')?.y).toEqual([0.1725, 0.1725]);
  });

  test('the audit is searched in the desk and shows what was refused', async () => {
    await now().searchAudit('FS-PAST');
    const found = now().audit.value?.entries ?? [];
    expect(found.map((item) => `${item.command} ${item.outcome}`)).toContain('contracts.settle refused');
    expect(found.every((item) => `${item.subject}${item.detail}`.includes('FS-PAST'))).toBe(true);
    await now().searchAudit('');
    expect(now().audit.value?.total).toBeGreaterThan(found.length);
  });
});
