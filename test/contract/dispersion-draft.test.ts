import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dispersionDraft } from '../../renderer/state/dispersion-desk.ts';
import { openDemoService } from '../support/demo-desk.ts';
import { valueOf, type TestService } from '../support/service.ts';

/** The dispersion desk's trade as a suggestion, in both directions. */
let service: TestService;
const asOf = '2026-11-20';

beforeAll(() => {
  service = openDemoService();
});
afterAll(() => service.port.close());

describe('a dispersion trade', () => {
  it.each([
    ['dispersion', 'Dispersion on MERI', 'sell'],
    ['reverse', 'Reverse dispersion on MERI', 'buy'],
  ] as const)(
    'on the side %s becomes a draft that is approved and exported',
    async (side, title, indexSide) => {
      const trade = valueOf(
        await service.ask('dispersion.trade', {
          index: 'MERI',
          side,
          asOf,
          maxNames: 6,
          indexContracts: 20,
        }),
      );
      const draft = valueOf(await service.ask('suggestion.draft', dispersionDraft(trade)));
      const { proposal, suggestionId } = draft;
      expect(proposal).toMatchObject({ origin: 'dispersion', basket: title, holdings: [] });
      expect(proposal.legs).toHaveLength(trade.orders.length);
      for (const order of trade.orders) {
        const leg = proposal.legs.find(({ contract }) => contract === order.contract);
        expect(leg).toMatchObject({
          side: order.side,
          quantity: order.quantity,
          multiplier: order.multiplier,
        });
        expect(leg?.side === indexSide).toBe(order.symbol === 'MERI');
        // A trade meets the far side of the market.
        expect(leg?.price).toBe(order.side === 'sell' ? leg?.quote.bid : leg?.quote.ask);
        expect(leg?.reasons[0]).toContain(title);
      }
      // What is left on the whole is what the desk showed, as far as both count the same options.
      const size = Math.abs(trade.net.index.vegaPerVolPoint);
      expect(Math.abs(proposal.after.vegaPerVolPoint - trade.net.total.vegaPerVolPoint) / size).toBeLessThan(
        1e-9,
      );
      expect(Math.abs(proposal.after.vegaPerVolPoint) / size).toBeLessThan(0.1);
      // Straddles sold win where nothing moves, bought ones where all does.
      const { worstAfter } = proposal.scenarios ?? {};
      expect(worstAfter?.profit ?? 0).toBeLessThan(0);
      const approved = valueOf(
        await service.ask('suggestion.approve', {
          suggestionId,
          acceptUndecided: true,
          overrideReason: 'straddles are sold without shares on purpose',
        }),
      );
      expect(approved.state).toBe('approved');
      const { text } = valueOf(
        await service.ask('suggestion.export', { suggestionId, format: 'baskettrader' }),
      );
      expect(text.trim().split('\n')).toHaveLength(trade.orders.length + 1);
    },
    60_000,
  );
});
