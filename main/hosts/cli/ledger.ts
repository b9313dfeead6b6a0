import type { ExpiryProposal } from '../../../shared/contract/expiry-day.ts';
import type { LedgerCycle } from '../../../shared/contract/ledger.ts';
import { ok } from '../../../shared/result.ts';
import { wrongUsage } from './arguments.ts';
import { cliCommand, type CliCommand } from './command.ts';
import { fixed, percent, textFacts, textTable } from './text.ts';

const whole = (value: number | null): string => fixed(value, 0);

function cycleText({ basket, expiry, currency, source, state, sums, lines, names }: LedgerCycle): string {
  return [
    textFacts([
      ['cycle', `${basket}, ${expiry} (${state}, ${source}, ${currency})`],
      [
        'sold',
        `${whole(sums.sold)}, bought back ${whole(sums.boughtBack)}, kept ${whole(sums.kept)} (${percent(sums.keptShare)})`,
      ],
      ['bought', `${whole(sums.paid)}, sold again ${whole(sums.recovered)}`],
      ['endings', `on sold ${whole(sums.settledOnSold)}, on bought ${whole(sums.settledOnBought)}`],
      ['fees', whole(sums.fees)],
      ['result', `${whole(sums.result)}: cash ${whole(sums.realized)}, open ${whole(sums.openValue)}`],
    ]),
    textTable(lines, [
      { heading: 'contract', text: ({ contract }) => contract, left: true },
      { heading: 'side', text: ({ side }) => side, left: true },
      { heading: 'opened', text: ({ opened }) => whole(opened) },
      { heading: 'at', text: ({ openPrice }) => fixed(openPrice) },
      { heading: 'closed', text: ({ closed }) => whole(closed) },
      { heading: 'at', text: ({ closePrice }) => fixed(closePrice) },
      {
        heading: 'ended',
        text: ({ ended, outcome }) => (ended === 0 ? '' : `${whole(ended)} ${outcome ?? ''}`),
        left: true,
      },
      { heading: 'open', text: ({ open }) => whole(open) },
      { heading: 'result', text: ({ result }) => whole(result) },
    ]),
    textTable(names, [
      { heading: 'name', text: ({ symbol }) => symbol, left: true },
      { heading: 'premium', text: ({ premium }) => whole(premium) },
      { heading: 'implied', text: ({ impliedVol }) => percent(impliedVol) },
      { heading: 'realized', text: ({ realizedVol }) => percent(realizedVol) },
      { heading: 'sessions', text: ({ sessions }) => whole(sessions) },
      { heading: 'captured', text: ({ captured }) => percent(captured) },
      { heading: 'result', text: ({ result }) => whole(result) },
    ]),
  ].join('\n');
}

const expiryTable = (rows: readonly ExpiryProposal[]): string =>
  textTable(rows, [
    { heading: 'book', text: ({ book }) => book, left: true },
    { heading: 'contract', text: ({ contract }) => contract, left: true },
    { heading: 'held', text: ({ quantity }) => whole(quantity) },
    { heading: 'outcome', text: ({ outcome }) => outcome ?? 'to be told', left: true },
    { heading: 'stock', text: ({ stockQuantity }) => whole(stockQuantity) },
    { heading: 'cash', text: ({ cash }) => fixed(cash) },
    { heading: 'reason', text: ({ reason }) => reason, left: true },
  ]);

/** The premium ledger, and what becomes of options at their expiry. */
export const ledgerCliCommands: readonly CliCommand[] = [
  cliCommand({
    words: ['ledger'],
    usage: '[BASKET]',
    summary: 'premium by hedge cycle: sold, paid, kept, bought back, fees; implied against realized by name',
    options: {},
    positionals: { least: 0, most: 1 },
    writes: false,
    run: async ({ positionals: [basket] }, desk) => {
      const answer = await desk.ask('ledger.read', { basket, asOf: desk.asOf });
      if (!answer.ok) return answer;
      const { cycles } = answer.value;
      const text =
        cycles.length === 0 ? 'No option was sold or bought yet.' : cycles.map(cycleText).join('\n\n');
      return ok({ json: answer.value, text });
    },
  }),
  cliCommand({
    words: ['expiry'],
    usage: '[--early CONTRACT,…] [--confirm]',
    summary: 'how options at their expiry end; --confirm posts what is proposed',
    options: { early: 'list', confirm: 'flag' },
    positionals: { least: 0, most: 0 },
    writes: true,
    run: async ({ values }, desk) => {
      const proposed = await desk.ask('expiry.propose', { asOf: desk.asOf, early: values.early?.slice() });
      if (!proposed.ok) return proposed;
      const { rows, warnings, nextExpiry } = proposed.value;
      const later = nextExpiry === null ? '' : ` The next expiry is ${nextExpiry}.`;
      const shown = rows.length === 0 ? `Nothing is at its expiry.${later}` : expiryTable(rows);
      if (values.confirm !== true) return ok({ json: proposed.value, text: [shown, ...warnings].join('\n') });
      const known = rows.flatMap(({ key, outcome }) => (outcome === null ? [] : [{ key, outcome }]));
      if (known.length === 0) return wrongUsage('voldesk expiry', 'no row has a known outcome to confirm');
      const posted = await desk.ask('expiry.post', { asOf: desk.asOf, rows: known });
      if (!posted.ok) return posted;
      const left = rows.length - known.length;
      const done = `Posted ${known.length} as posting ${posted.value.postingId}.${left > 0 ? ` ${left} have no settlement price and wait.` : ''}`;
      return ok({ json: posted.value, text: [shown, done, ...warnings].join('\n') });
    },
  }),
  cliCommand({
    words: ['expiry', 'undo'],
    usage: 'POSTING',
    summary: 'takes a posting back, exactly',
    options: {},
    positionals: { least: 1, most: 1 },
    writes: true,
    run: async ({ positionals: [given = ''] }, desk) => {
      const postingId = Number(given);
      if (!Number.isSafeInteger(postingId) || postingId < 1)
        return wrongUsage('voldesk expiry undo', `"${given}" is not the number of a posting`);
      const answer = await desk.ask('expiry.undo', { postingId });
      return answer.ok ? ok({ json: answer.value, text: `Posting ${postingId} is undone.` }) : answer;
    },
  }),
];
