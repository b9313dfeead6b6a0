import { hedgeRequest, type HedgeLeg, type HedgeProposal } from '../../../../shared/contract/hedge.ts';
import type { SavedBasket } from '../../../../shared/contract/basket.ts';
import type { ParsedInputOf } from '../../../../shared/contract/index.ts';
import type { IsoDate } from '../../../../shared/dates.ts';
import { failure } from '../../../../shared/failure.ts';
import { conventionsOf } from '../../../../shared/option-roots.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import { parseOptionSymbol, readableSymbol, type OptionSymbol } from '../../../../shared/symbols.ts';
import type { Readers } from '../../../store/index.ts';
import { marketDay } from '../market/as-of.ts';
import type { AnalyzedChain } from '../market/chain-desk.ts';
import type { ChainNow } from './chain-now.ts';
import { checkSeverities } from './check-severities.ts';
import { existingOn, type HeldOption } from './existing-options.ts';
import { legFromChain } from './leg-from-chain.ts';
import { levelOn, productNotes } from './index-product.ts';
import { openHedge, type OpenLeg } from './held-legs.ts';
import { reviewedProposal } from './hedge-review.ts';

type Request = ParsedInputOf<'suggestion.draft'>;
type AskedLeg = Request['legs'][number];

const noExposure = {
  deltaDollar: 0,
  deltaFraction: 0,
  gammaDollar1Pct: 0,
  vegaPerVolPoint: 0,
  thetaPerDay: 0,
  premium: 0,
};

/** The underlying whose chain lists an option: the one told, what its root stands for, or the root itself. */
function underlyingOfContract(read: Readers, told: string | undefined, option: OptionSymbol): string {
  if (told !== undefined) return told;
  const { underlying } = conventionsOf(option.root);
  return read.quotes.chainDates(underlying).length > 0 ? underlying : option.root;
}

/** One leg a contract and side: asked for twice at the same price it is one of both; at two prices its name comes back. */
function merged(legs: readonly HedgeLeg[]): readonly HedgeLeg[] | string {
  const byKey = new Map<string, HedgeLeg>();
  for (const leg of legs) {
    const before = byKey.get(leg.legId);
    if (before !== undefined && before.price !== leg.price) return leg.contract;
    byKey.set(
      leg.legId,
      before === undefined
        ? leg
        : {
            ...before,
            quantity: before.quantity + leg.quantity,
            reasons: [...new Set([...before.reasons, ...leg.reasons])],
          },
    );
  }
  return [...byKey.values()];
}

interface BasketSide {
  readonly holdings: HedgeProposal['holdings'];
  readonly held: readonly HeldOption[];
  readonly existingNetDelta: number;
  readonly existingProtection: number;
  readonly open: readonly OpenLeg[];
  readonly warnings: readonly string[];
}

const noBasket: BasketSide = {
  holdings: [],
  held: [],
  existingNetDelta: 0,
  existingProtection: 0,
  open: [],
  warnings: [],
};

/** The basket's holdings at the day's prices, with the options that are on. */
function basketSide(
  read: Readers,
  chains: ChainNow,
  basket: SavedBasket,
  request: Request,
  facts: { readonly index: string; readonly day: IsoDate; readonly legs: readonly HedgeLeg[] },
): Result<BasketSide> {
  const { index, day, legs } = facts;
  const names = basket.result.names.filter(({ shares }) => shares > 0);
  if (names.length === 0) return fail(failure('basket-without-shares', `Basket ${basket.name}`));
  const { legs: open } = openHedge(read, {
    basket: basket.name,
    symbols: new Set([...names.map(({ symbol }) => symbol), index]),
    day,
    sentOnly: true,
  });
  const warnings: string[] = [];
  const held: HeldOption[] = [];
  let [existingNetDelta, existingProtection] = [0, 0];
  const noted = (chain: AnalyzedChain, contracts: readonly string[]): void => {
    for (const contract of contracts)
      warnings.push(`${contract} is on but has no delta on ${chain.analysis.asOf}: it is not counted.`);
  };
  const holdings = names.map((name) => {
    const { symbol } = name;
    const isNeeded = [...legs, ...open].some((one) => one.symbol === symbol);
    const chain = isNeeded ? chains(read, symbol, day) : null;
    const spot =
      (chain?.ok === true ? chain.value.spot : null) ??
      read.quotes.spot(symbol, day)?.spot ??
      read.prices.closeOn(symbol, day)?.close ??
      name.price;
    const beta = request.useBeta ? (name.beta ?? 1) : 1;
    const existing = chain?.ok === true ? existingOn(chain.value, open, { beta, asOf: day }) : null;
    if (chain?.ok === true && existing !== null) {
      existingNetDelta += existing.deltaUnits * spot * beta;
      held.push(...existing.held);
      noted(chain.value, existing.unknown);
    }
    const multiplier = [...legs, ...open].find((one) => one.symbol === symbol)?.multiplier ?? 100;
    return { symbol, shares: name.shares, spot, beta, multiplier, shortCalls: existing?.shortCalls ?? 0 };
  });
  const indexChain = open.some(({ symbol }) => symbol === index) ? chains(read, index, day) : null;
  if (indexChain?.ok === true) {
    const existing = existingOn(indexChain.value, open, { beta: 1, asOf: day });
    const level = indexChain.value.spot ?? 0;
    existingNetDelta += existing.deltaUnits * level;
    existingProtection += existing.putUnits * level;
    held.push(...existing.held);
    noted(indexChain.value, existing.unknown);
  }
  return ok({ holdings, held, existingNetDelta, existingProtection, open, warnings });
}

/** Whether a leg ends what is on: the other side of at least as many. */
const closes = (leg: HedgeLeg, open: readonly OpenLeg[]): boolean => {
  const held = open.find(({ contract }) => contract === leg.contract)?.quantity ?? 0;
  return leg.side === 'buy' ? -held >= leg.quantity : held >= leg.quantity;
};

function pricedLeg(
  read: Readers,
  chains: ChainNow,
  asked: AskedLeg,
  request: Request,
): Result<{
  readonly leg: HedgeLeg;
  readonly price: number | null;
  readonly currency: string;
  readonly chain: AnalyzedChain;
}> {
  const parsed = parseOptionSymbol(asked.contract);
  if (!parsed.ok) return fail(failure('not-found', `The option ${asked.contract}`));
  const symbol = underlyingOfContract(read, asked.symbol, parsed.value);
  if (conventionsOf(parsed.value.root).adjusted)
    return fail(failure('adjusted-contract', readableSymbol(parsed.value)));
  const chain = chains(read, symbol, request.asOf);
  if (!chain.ok) return chain;
  const leg = legFromChain(read, chain.value, parsed.value, { ...asked, spreadShare: request.spreadShare });
  if (!leg.ok) return leg;
  const { spot, source } = chain.value;
  const price = spot ?? leg.value.valuation?.underlyingPrice ?? null;
  return ok({ leg: leg.value, price, currency: source.currency, chain: chain.value });
}

/**
 * A proposal of legs named one by one, priced from the newest chains up to the day. Of a basket: counted with
 * its holdings and the options that are on, and closing what is held where a leg is the other side of it.
 */
export function draftProposal(read: Readers, request: Request, chains: ChainNow): Result<HedgeProposal> {
  const basket = request.basket === null ? null : read.baskets.find(request.basket);
  if (request.basket !== null && basket === null)
    return fail(failure('not-found', `Basket ${request.basket}`, { next: 'Build and save it first.' }));
  const day = marketDay(read, request.asOf);
  if (!day.ok) return day;
  const priced = [];
  for (const asked of request.legs) {
    const found = pricedLeg(read, chains, asked, request);
    if (!found.ok) return found;
    priced.push(found.value);
  }
  const legs = merged(priced.map(({ leg }) => leg));
  if (typeof legs === 'string')
    return fail(
      failure('invalid-input', 'The draft', { reason: `${legs} is named twice at different prices` }),
    );
  const currencies = new Set(priced.map(({ currency }) => currency));
  if (currencies.size > 1)
    return fail(
      failure('invalid-input', 'The draft', {
        reason: `its legs are in ${[...currencies].join(' and ')}; one suggestion has one currency`,
      }),
    );
  const [first] = priced;
  if (first === undefined) return fail(failure('invalid-input', 'The draft', { reason: 'it has no legs' }));
  const index = request.indexProduct ?? basket?.result.index ?? first.leg.symbol;
  const side =
    basket === null
      ? ok(noBasket)
      : basketSide(read, chains, basket, request, { index, day: day.value, legs });
  if (!side.ok) return side;
  const { holdings, held, existingNetDelta, existingProtection, open, warnings } = side.value;
  const ofIndex = priced.find(({ leg }) => leg.symbol === index);
  const indexLevel = ofIndex?.price ?? levelOn(read, index, day.value);
  if (indexLevel === null) return fail(failure('no-forward', index, { reason: 'its level is not known' }));
  const ownIndex = basket?.result.index ?? null;
  const ofProduct =
    ofIndex === undefined || ownIndex === null
      ? []
      : productNotes(
          {
            symbol: index,
            multiplier: ofIndex.leg.multiplier,
            level: indexLevel,
            currency: ofIndex.currency,
            exercise: ofIndex.chain.analysis.exercise,
          },
          { symbol: ownIndex, level: levelOn(read, ownIndex, day.value) },
        );
  const known = new Set([...holdings.map(({ symbol }) => symbol), index]);
  const beyond = new Map(
    priced.flatMap(({ leg, price }) =>
      known.has(leg.symbol) || price === null ? [] : [[leg.symbol, price] as const],
    ),
  );
  const expiries = legs.map(({ expiry }) => expiry).sort();
  const limits = request.limits;
  return reviewedProposal({
    origin: request.origin,
    ...checkSeverities(read),
    limits: {
      overwrite: limits.overwrite ?? 1,
      coverage: limits.coverage ?? 0,
      maxCoverage: limits.maxCoverage ?? null,
      minCredit: limits.minCredit ?? null,
      netDeltaLimit: limits.netDeltaLimit ?? null,
      maxLegs: limits.maxLegs ?? null,
      maxPutLegs: limits.maxPutLegs ?? null,
    },
    underlyings: [...beyond].map(([symbol, price]) => ({ symbol, price, beta: 1 })),
    held: [...held],
    request: hedgeRequest.parse({
      basket: basket?.name ?? request.title,
      asOf: day.value,
      useBeta: request.useBeta,
      spreadShare: request.spreadShare,
      commissionPerContract: request.commissionPerContract,
    }),
    basket: basket?.name ?? request.title,
    basketVersion: basket?.version ?? 0,
    index,
    asOf: day.value,
    expiry: expiries.at(-1) ?? day.value,
    indexLevel,
    indexMultiplier: ofIndex?.leg.multiplier ?? 1,
    currency: first.currency,
    holdings,
    existingNetDelta,
    existingProtection,
    status: 'feasible',
    gap: null,
    seconds: 0,
    basketNotional: 0,
    netDelta: 0,
    netDeltaFraction: 0,
    netPremium: 0,
    premiumReceived: 0,
    premiumPaid: 0,
    coverage: 0,
    legs: legs.map((leg) => ({ ...leg, effect: closes(leg, open) ? ('close' as const) : ('open' as const) })),
    constraints: [],
    conflict: [],
    before: noExposure,
    after: noExposure,
    checks: [],
    candidateCounts: { calls: 0, puts: 0, filtered: {} },
    notTaken: [],
    quoteModel: first.chain.analysis.quoteModel.note,
    warnings: [...warnings, ...ofProduct, ...staleDays(priced, day.value)],
  });
}

/** Chains older than the day of the draft, named. */
const staleDays = (priced: readonly { readonly chain: AnalyzedChain }[], day: IsoDate): readonly string[] => [
  ...new Set(
    priced.flatMap(({ chain: { analysis } }) =>
      analysis.asOf < day ? [`${analysis.symbol} is priced from its chain of ${analysis.asOf}.`] : [],
    ),
  ),
];
