// A hedge over one month of real chains: suggested, approved and filled on the first day, looked at on every
// session, rolled by its rules, ended by the expiry wizard, and read from the ledger. Part of npm run proof.
import type { CommandName, InputOf, OutputOf } from '../shared/contract/index.ts';

/** How the proof talks to a desk and to whoever reads. */
export interface ProofParts {
  readonly ask: <Name extends CommandName>(name: Name, input: InputOf<Name>) => Promise<OutputOf<Name>>;
  readonly say: (line: string) => void;
  readonly within: (what: string, value: number | null, low: number, high: number) => void;
}

type Suggestion = OutputOf<'suggestion.read'>;
type Decision = OutputOf<'hedge.reassess'>['actions'][number];

const basket = 'NIFTY month';
const firstDay = '2026-02-25';
const marchExpiry = '2026-03-30';
const sessions = 21;
/** Rupees a contract, paid with each fill. */
const commission = 20;

const money = (value: number | null): string =>
  value === null ? '—' : Math.round(value).toLocaleString('en-US');
const percent = (value: number | null, digits = 2): string =>
  value === null ? '—' : `${(value * 100).toFixed(digits)} %`;

/** Approves a draft as it stands, sends it, and fills it at its limits. */
async function tradeAll({ ask }: ProofParts, suggestionId: number, day: string): Promise<Suggestion> {
  const approved = await ask('suggestion.approve', {
    suggestionId,
    acceptUndecided: true,
    overrideReason: 'settlement prices stand in for quotes in this data',
  });
  await ask('suggestion.export', { suggestionId, format: 'baskettrader' });
  const legs = approved.proposal.legs.filter(({ quantity }) => quantity > 0);
  await ask('fills.import', {
    fileName: `fills of ${day}`,
    suggestionId,
    fills: legs.map(({ contract, side, quantity, price }, at) => ({
      line: at + 2,
      suggestionId,
      contract,
      side,
      quantity,
      price,
      commission: commission * quantity,
      tradedAt: `${day}T10:00:00Z`,
    })),
  });
  return ask('suggestion.read', { suggestionId });
}

/** The legs that one decision asks for: a part traded, or the old closed and the new opened. */
async function legsFor({ ask, say }: ProofParts, decision: Decision, day: string) {
  const { leg, symbol, side, quantity, action, trade, reason } = decision;
  if (action === 'trade-part' && trade !== null && trade !== 0) {
    // Deep in the money nobody quotes two sides: the settlement price is the limit.
    if (decision.mark === null) return [];
    const way = trade > 0 ? ('buy' as const) : ('sell' as const);
    return [{ contract: leg, symbol, side: way, quantity: Math.abs(trade), limit: decision.mark, reason }];
  }
  if (action !== 'roll') return [];
  const rolled = await ask('hedge.roll', {
    symbol,
    contract: leg,
    side,
    quantity,
    asOf: day,
    keep: 'delta',
    targetDays: 32,
    creditOnly: false,
    maxSpreadFraction: 1,
  }).catch((error: unknown) => {
    say(`      ${leg} is not rolled: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  });
  if (rolled === null) return [];
  const { best } = rolled;
  const [close, open] = side === 'sold' ? (['buy', 'sell'] as const) : (['sell', 'buy'] as const);
  return [
    { contract: leg, symbol, side: close, quantity, limit: best.closePrice, reason },
    {
      contract: best.to.contract,
      symbol,
      side: open,
      quantity,
      limit: best.openPrice,
      reason: `In place of ${leg}.`,
    },
  ];
}

/** What the rules ask for on a day, as one suggestion: drafted, approved, filled. */
async function actOn(parts: ProofParts, actions: readonly Decision[], day: string): Promise<number> {
  const legs = [];
  for (const decision of actions) legs.push(...(await legsFor(parts, decision, day)));
  if (legs.length === 0) return 0;
  const draft = await parts.ask('suggestion.draft', { basket, asOf: day, origin: 'roll', legs });
  const { suggestionId, proposal } = draft;
  await tradeAll(parts, suggestionId, day);
  parts.say(
    `      suggestion ${suggestionId}: ${proposal.legs.length} legs, net premium ${money(proposal.netPremium)}, net delta after ${percent(proposal.netDeltaFraction)}`,
  );
  return legs.length;
}

/** Runs the month and prints its figures. */
export async function hedgedMonth(parts: ProofParts): Promise<void> {
  const { ask, say, within } = parts;
  const built = await ask('basket.build', {
    index: 'NIFTY',
    maxNames: 20,
    to: '2026-02-24',
    asOf: firstDay,
    capital: 500_000_000,
  });
  await ask('basket.save', { name: basket, result: built });
  const proposal = await ask('hedge.suggest', { basket, asOf: firstDay, expiry: marchExpiry });
  within('the month begins with a hedge', proposal.status === 'infeasible' ? 0 : 1, 1, 1);
  if (proposal.status === 'infeasible') return;
  const saved = await ask('suggestion.save', { proposal });
  const sent = await tradeAll(parts, saved.suggestionId, firstDay);
  const worst = proposal.scenarios;
  say(
    `  ${firstDay}: ${proposal.legs.length} legs to ${marchExpiry}, ${proposal.status} within ${(proposal.gap ?? 0).toExponential(1)}, received ${money(proposal.premiumReceived)}, paid ${money(proposal.premiumPaid)}, net delta ${percent(proposal.netDeltaFraction)}; worst of the standard scenarios ${money(worst?.worstBefore.profit ?? null)} before, ${money(worst?.worstAfter.profit ?? null)} after; ${sent.state}`,
  );
  within(
    'the worst scenario is eased',
    (worst?.worstAfter.profit ?? 0) - (worst?.worstBefore.profit ?? 0),
    0,
    1e12,
  );

  const chain = await ask('dispersion.history', { index: 'NIFTY', termDays: 30 });
  const days = [...new Set([...chain.dates, chain.asOf])].filter((day) => day >= firstDay).sort();
  within('sessions of the month', days.length, sessions, sessions);
  let traded = 0;
  for (const day of days) {
    const rules = { dispersionVotes: false, indexMove: null, impliedToHistorical: null, capturedShare: null };
    const found = await ask('hedge.reassess', { basket, asOf: day, rules });
    const run = await ask('reassess.save', { result: found, rules });
    say(
      `  ${day}: net delta ${percent(found.netDeltaFraction)}, ${run.toAct} of ${run.legs} legs to act on${run.fired.length === 0 ? '' : `, fired: ${run.fired.join(', ')}`}`,
    );
    if (day !== firstDay) traded += await actOn(parts, found.actions, day);
  }
  const { runs } = await ask('reassess.runs', { basket });
  within('runs in the log', runs.length, sessions, sessions);
  const [newest] = runs;
  if (newest !== undefined) {
    const change = await ask('reassess.compare', { runId: newest.runId });
    say(
      `  the last run against the one before: ${change.legs.length} legs changed, ${change.nowFired.length} rules came to fire, ${change.nowQuiet.length} fell quiet`,
    );
  }
  within('legs traded by the rules', traded, 1, 10_000);

  const expiring = await ask('expiry.propose', { asOf: marchExpiry });
  const known = expiring.rows.flatMap(({ key, outcome }) => (outcome === null ? [] : [{ key, outcome }]));
  say(
    `  ${marchExpiry}: ${expiring.rows.length} options at their expiry, ${known.length} with a settlement price`,
  );
  for (const { contract, quantity, outcome, reason } of expiring.rows)
    say(`    ${quantity} ${contract}: ${outcome ?? 'to be told'}. ${reason}`);
  within('endings that are known', known.length, expiring.rows.length, expiring.rows.length);
  if (known.length > 0) {
    const before = await ask('positions.list', { asOf: marchExpiry });
    const { postingId } = await ask('expiry.post', { asOf: marchExpiry, rows: known });
    const posted = await ask('positions.list', { asOf: marchExpiry });
    await ask('expiry.undo', { postingId });
    const undone = await ask('positions.list', { asOf: marchExpiry });
    within('undone exactly', JSON.stringify(undone) === JSON.stringify(before) ? 1 : 0, 1, 1);
    await ask('expiry.redo', { postingId });
    const again = await ask('positions.list', { asOf: marchExpiry });
    within('redone exactly', JSON.stringify(again) === JSON.stringify(posted) ? 1 : 0, 1, 1);
  }
  await readLedger(parts);
}

async function readLedger({ ask, say, within }: ProofParts): Promise<void> {
  const { cycles, totals } = await ask('ledger.read', { basket, asOf: marchExpiry });
  for (const { expiry, state, sums, names } of cycles) {
    say(
      `  cycle to ${expiry} (${state}): sold ${money(sums.sold)}, bought back ${money(sums.boughtBack)}, settled ${money(sums.settledOnSold)}, kept ${money(sums.kept)} (${percent(sums.keptShare, 1)}); paid ${money(sums.paid)}, back ${money(sums.recovered + sums.settledOnBought)}; fees ${money(sums.fees)}; open ${money(sums.openValue)}; result ${money(sums.result)}`,
    );
    for (const { symbol, premium, impliedVol, realizedVol, captured, result } of names)
      say(
        `    ${symbol}: premium ${money(premium)}, implied ${percent(impliedVol, 1)}, realized ${percent(realizedVol, 1)}, captured ${percent(captured, 1)}, result ${money(result)}`,
      );
  }
  const march = cycles.find(({ expiry }) => expiry === marchExpiry);
  within('the March cycle is closed', march?.state === 'closed' ? 1 : 0, 1, 1);
  const [total] = totals;
  const sums = total?.sums;
  const adds =
    sums === undefined
      ? null
      : sums.sold -
        sums.boughtBack +
        sums.settledOnSold -
        sums.paid +
        sums.recovered +
        sums.settledOnBought -
        sums.fees;
  within(
    'the ledger adds up',
    adds === null || sums === undefined ? null : adds - sums.realized,
    -1e-3,
    1e-3,
  );
  say(
    `  in all: cash ${money(sums?.realized ?? null)}, open ${money(sums?.openValue ?? null)}, result ${money(sums?.result ?? null)}`,
  );
}
