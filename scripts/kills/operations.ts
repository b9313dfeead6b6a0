import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ask } from '../../main/hosts/ask.ts';

/** What operations need to know of the desk: the contracts of a spread that can be approved. */
export interface Ground {
  readonly folder: string;
  readonly index: string;
  readonly asOf: string;
  readonly bought: string;
  readonly sold: string;
}

/** Where an operation stands on the desk: all of it, nothing, or a sentence on what is wrong. */
export type Standing = 'present' | 'absent' | { readonly broken: string };

export interface Operation {
  readonly name: string;
  /** Does it for one round; false where the desk refused. */
  readonly apply: (
    ask: Ask,
    ground: Ground,
    round: number,
    register: (path: string) => Promise<string>,
  ) => Promise<boolean>;
  readonly standing: (ask: Ask, ground: Ground, round: number) => Promise<Standing>;
}

const rows = 300;
const presentIf = (holds: boolean): Standing => (holds ? 'present' : 'absent');
const broken = (sentence: string): Standing => ({ broken: sentence });

/** `symbol,date,…` of a name of this round alone. */
function pricesOf(round: number): string {
  const lines = Array.from({ length: rows }, (_, at) => {
    const date = new Date(Date.UTC(2025, 0, 1 + at)).toISOString().slice(0, 10);
    return `K${round},${date},10,11,9,${10 + (at % 7) / 10},100`;
  });
  return `symbol,date,open,high,low,close,volume\n${lines.join('\n')}\n`;
}

const draftOf = async (ask: Ask, round: number) => {
  const listed = await ask('suggestion.list', {});
  if (!listed.ok) return null;
  for (const { suggestionId, basket } of listed.value.suggestions) {
    if (basket !== `K${round}`) continue;
    const found = await ask('suggestion.read', { suggestionId });
    return found.ok ? found.value : null;
  }
  return null;
};

const contractOf = async (ask: Ask, round: number) => {
  const listed = await ask('contracts.list', {});
  return listed.ok
    ? (listed.value.forwardStarts.find(({ terms }) => terms.contractId === `K${round}`) ?? null)
    : null;
};

const volContractOf = async (ask: Ask, round: number) => {
  const listed = await ask('contracts.list', {});
  return listed.ok
    ? (listed.value.realizedVols.find(({ terms }) => terms.contractId === `V${round}`) ?? null)
    : null;
};

/** One round: what a desk lives through in a day, each step an acknowledged change of its own. */
export const operations: readonly Operation[] = [
  {
    name: 'import',
    apply: async (ask, { folder }, round, register) => {
      const path = join(folder, `k${round}.csv`);
      writeFileSync(path, pricesOf(round));
      const staged = await ask('imports.stage', { fileId: await register(path) });
      return staged.ok && (await ask('imports.commit', { stagingId: staged.value.stagingId })).ok;
    },
    standing: async (ask, _, round) => {
      const batches = await ask('imports.list', {});
      const info = await ask('desk.info', {});
      if (!batches.ok || !info.ok) return broken('the desk cannot be read');
      const batch = batches.value.batches.find(({ fileName }) => fileName === `k${round}.csv`);
      const prices = info.value.underliers.find(({ symbol }) => symbol === `K${round}`)?.priceCount ?? 0;
      if (batch === undefined) return prices === 0 ? 'absent' : broken(`${prices} prices of no batch`);
      return prices === rows && batch.accepted === rows
        ? 'present'
        : broken(`batch of ${batch.accepted} rows, ${prices} prices, ${rows} in the file`);
    },
  },
  {
    name: 'override',
    apply: async (ask, { index }, round) =>
      (await ask('override.set', { symbol: index, kind: 'rate', value: round / 1e6, reason: `K${round}` }))
        .ok,
    standing: async (ask, { index }, round) => {
      const found = await ask('override.list', { symbol: index });
      if (!found.ok) return broken('the overrides cannot be read');
      const [one, second] = found.value.overrides.filter(({ kind }) => kind === 'rate');
      if (second !== undefined) return broken('two rates are in force');
      // A later round takes its place.
      return presentIf(one !== undefined && one.value >= round / 1e6);
    },
  },
  {
    name: 'exclusion',
    apply: async (ask, { index, asOf }, round) =>
      (
        await ask('quotes.exclude', {
          symbol: index,
          contract: `${index} K${round}`,
          tradeDate: asOf,
          reason: 'kill',
        })
      ).ok,
    standing: async (ask, { index }, round) => {
      const found = await ask('quotes.exclusions', { symbol: index });
      return found.ok
        ? presentIf(found.value.exclusions.some(({ contract }) => contract === `${index} K${round}`))
        : broken('the exclusions cannot be read');
    },
  },
  {
    name: 'draft',
    apply: async (ask, { asOf, bought, sold }, round) =>
      (
        await ask('suggestion.draft', {
          title: `K${round}`,
          asOf,
          legs: [
            { contract: bought, side: 'buy', quantity: 3 },
            { contract: sold, side: 'sell', quantity: 3 },
          ],
        })
      ).ok,
    standing: async (ask, _, round) => {
      const found = await draftOf(ask, round);
      if (found === null) return 'absent';
      return found.proposal.legs.length === 2 ? 'present' : broken('a draft without its legs');
    },
  },
  {
    name: 'edit',
    apply: async (ask, _, round) => {
      const found = await draftOf(ask, round);
      const legId = found?.proposal.legs[0]?.legId;
      if (found === null || legId === undefined) return false;
      const { suggestionId } = found;
      return (await ask('suggestion.editQuantity', { suggestionId, legId, quantity: 4 })).ok;
    },
    standing: async (ask, _, round) => {
      const found = await draftOf(ask, round);
      return presentIf(found?.proposal.legs[0]?.quantity === 4);
    },
  },
  {
    name: 'approve',
    apply: async (ask, _, round) => {
      const found = await draftOf(ask, round);
      if (found === null) return false;
      const { suggestionId } = found;
      const approved = await ask('suggestion.approve', {
        suggestionId,
        acceptUndecided: true,
        overrideReason: 'kill',
      });
      return approved.ok;
    },
    standing: async (ask, _, round) => {
      const found = await draftOf(ask, round);
      if (found === null || found.approvedAt === null)
        return found?.state === 'approved' ? broken('approved without a moment') : 'absent';
      return found.state === 'approved' &&
        found.proposal.legs.every(({ decision }) => decision === 'accepted')
        ? 'present'
        : broken('approved by halves');
    },
  },
  {
    name: 'contract',
    apply: async (ask, { index, asOf }, round) =>
      (
        await ask('contracts.addForwardStart', {
          contractId: `K${round}`,
          underlying: index,
          firstReferenceDate: asOf,
          secondReferenceDate: '2026-12-18',
          optionType: 'call',
          family: 'relative',
          power: 1,
          quantity: 1,
        })
      ).ok,
    standing: async (ask, _, round) => presentIf((await contractOf(ask, round)) !== null),
  },
  {
    name: 'fix',
    apply: async (ask, _, round) =>
      (await ask('contracts.fix', { contractId: `K${round}`, level: 4000 + round, reason: 'kill' })).ok,
    standing: async (ask, _, round) => {
      const strike = (await contractOf(ask, round))?.terms.fixedStrike ?? null;
      if (strike === null) return 'absent';
      return strike === 4000 + round ? 'present' : broken(`fixed at ${strike}`);
    },
  },
  {
    name: 'realized volatility',
    apply: async (ask, { index }, round) =>
      (
        await ask('contracts.addRealizedVol', {
          contractId: `V${round}`,
          underlying: index,
          kind: 'custom',
          startDate: '2026-08-19',
          endDate: '2026-11-19',
          months: 3,
          quantity: 1,
        })
      ).ok,
    standing: async (ask, _, round) => presentIf((await volContractOf(ask, round)) !== null),
  },
  {
    name: 'settle',
    apply: async (ask, _, round) => (await ask('contracts.settle', { contractId: `V${round}` })).ok,
    standing: async (ask, _, round) => presentIf((await volContractOf(ask, round))?.state === 'settled'),
  },
];
