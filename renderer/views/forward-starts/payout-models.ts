import type { PayoutProfile, Richness } from '../../../shared/contract/forward-starts.ts';
import type { LineModel } from '../../charts/line-chart.ts';
import { compact, percent, signedPercent } from '../../format.ts';

const mostLines = 6;
const moveText = (move: number): string => percent(move, 1);

/** Payoffs against X, the sum strong and net of what is paid, each contract thin where they are few. */
export function payoutModel(profile: PayoutProfile, currency: string): LineModel | null {
  if (profile.contracts.length === 0) return null;
  const own =
    profile.contracts.length > 1 && profile.contracts.length <= mostLines
      ? profile.contracts.map((contract, place) => ({
          label: contract.contractId,
          color: place + 2,
          width: 1 as const,
          style: 'dashed' as const,
          x: profile.move,
          y: contract.payoff,
        }))
      : [];
  const hasPremium = profile.contracts.some((contract) => contract.premium !== null);
  return {
    xKind: 'number',
    xTitle: 'F₂ ÷ F₁, % of the first fixing',
    yTitle: `Payoff, ${currency}`,
    formatX: moveText,
    formatY: compact,
    lines: [
      ...own,
      { label: 'Payoff', color: 0, width: 2, x: profile.move, y: profile.total },
      ...(hasPremium
        ? [
            {
              label: 'Net of the price agreed',
              color: 'text' as const,
              width: 3 as const,
              x: profile.move,
              y: profile.net,
            },
          ]
        : []),
    ],
    levels: [{ y: 0, label: '' }],
    uprights: profile.breakEvens.map((x) => ({ x, label: `break-even ${moveText(x)} %` })),
  };
}

/** Past moves over as many sessions, cumulated, with the moves that earn the price back. */
export function richModel(richness: Richness): LineModel | null {
  const { history, breakEvens } = richness;
  if (history === null) return null;
  return {
    xKind: 'number',
    xTitle: `F₂ ÷ F₁ over ${history.sessions} sessions, % of the first`,
    yTitle: 'Share of past windows at or below, %',
    formatX: moveText,
    formatY: (share) => percent(share, 0),
    lines: [{ label: 'Past moves', color: 0, width: 2, x: history.curve.move, y: history.curve.share }],
    uprights: breakEvens.map((x) => ({ x, label: `break-even ${signedPercent(x - 1, 1)} %` })),
    levels: [{ y: 0.5, label: 'median' }],
  };
}
