import { parseOptionSymbol } from '../../symbols.ts';

/** A leg as it was sent. Prices per unit. */
export interface SentLeg {
  readonly legId: string;
  readonly contract: string;
  readonly symbol: string;
  readonly side: 'sell' | 'buy';
  readonly quantity: number;
  readonly multiplier: number;
  /** The reviewed limit. */
  readonly limit: number;
  /** The middle of the reviewed quote. */
  readonly mid: number | null;
}

/** One execution as a file tells it. */
export interface FillRow {
  readonly line: number;
  readonly contract: string;
  readonly side: 'sell' | 'buy';
  /** Contracts, > 0. */
  readonly quantity: number;
  readonly price: number;
  /** Paid (+), account currency, of the whole row. */
  readonly commission: number;
  readonly tradedAt: string;
}

export interface MatchedFill extends FillRow {
  readonly legId: string;
  /** The execution itself: the same row of the same file again has the same key. */
  readonly key: string;
}

export interface RefusedFill {
  readonly line: number;
  readonly contract: string;
  readonly reason: string;
}

export interface FillMatch {
  readonly matched: readonly MatchedFill[];
  readonly duplicates: number;
  readonly refused: readonly RefusedFill[];
}

/** The leg of a contract and side; a broker may write the underlying where we write the root (SPX for SPXW). */
function legOf(legs: readonly SentLeg[], fill: FillRow): SentLeg | null {
  const sameSide = legs.filter(({ side }) => side === fill.side);
  const exact = sameSide.find(({ contract }) => contract === fill.contract);
  if (exact !== undefined) return exact;
  const told = parseOptionSymbol(fill.contract);
  if (!told.ok) return null;
  const alike = sameSide.filter(({ contract, symbol }) => {
    const own = parseOptionSymbol(contract);
    return (
      own.ok &&
      symbol === told.value.root &&
      own.value.expiry === told.value.expiry &&
      own.value.strike === told.value.strike &&
      own.value.optionType === told.value.optionType
    );
  });
  return alike.length === 1 ? (alike[0] ?? null) : null;
}

function noLeg(legs: readonly SentLeg[], { contract, side }: FillRow): string {
  const other = legs.find((leg) => leg.contract === contract);
  return other === undefined
    ? `no leg is ${contract}`
    : `the leg ${contract} was sent to ${other.side}, not to ${side}`;
}

/**
 * Puts executions to the legs they fill, by contract and side. What was read before counts once more
 * nowhere; what fits no leg or is more than is open is refused with the reason.
 *
 * @param request.knownKeys  executions counted already
 * @param request.filled     contracts filled already, by leg
 * Source: features L6. Proof: test/unit/quant/hedge-fills.test.ts
 */
export function matchFills(request: {
  readonly legs: readonly SentLeg[];
  readonly fills: readonly FillRow[];
  readonly knownKeys: ReadonlySet<string>;
  readonly filled: ReadonlyMap<string, number>;
}): FillMatch {
  const { legs, knownKeys } = request;
  const filled = new Map(request.filled);
  const seen = new Map<string, number>();
  const matched: MatchedFill[] = [];
  const refused: RefusedFill[] = [];
  let duplicates = 0;
  for (const fill of request.fills) {
    const refuse = (reason: string): void => {
      refused.push({ line: fill.line, contract: fill.contract, reason });
    };
    const leg = legOf(legs, fill);
    if (leg === null) {
      refuse(noLeg(legs, fill));
      continue;
    }
    // Two equal executions in one file are two; the file read again brings the same two.
    const words = [leg.legId, fill.quantity, fill.price, fill.tradedAt].join('|');
    const nth = (seen.get(words) ?? 0) + 1;
    seen.set(words, nth);
    const key = `${words}|${nth}`;
    if (knownKeys.has(key)) {
      duplicates += 1;
      continue;
    }
    const done = filled.get(leg.legId) ?? 0;
    if (done + fill.quantity > leg.quantity) {
      refuse(`${fill.quantity} are more than the ${leg.quantity - done} open of ${leg.quantity} sent`);
      continue;
    }
    filled.set(leg.legId, done + fill.quantity);
    matched.push({ ...fill, legId: leg.legId, key });
  }
  return { matched, duplicates, refused };
}

export interface LegFills {
  readonly legId: string;
  readonly contract: string;
  readonly side: 'sell' | 'buy';
  readonly ordered: number;
  readonly filled: number;
  readonly open: number;
  readonly averagePrice: number | null;
  readonly limit: number;
  readonly mid: number | null;
  /** Per unit, worse than the reference (+): of the limit, and of the middle of the reviewed quote. */
  readonly slippageToLimit: number | null;
  readonly slippageToMid: number | null;
  /** Of all contracts filled, account currency. */
  readonly slippageToLimitMoney: number;
  readonly slippageToMidMoney: number | null;
  readonly commission: number;
}

export interface FillReport {
  readonly state: 'exported' | 'part-filled' | 'filled';
  readonly legs: readonly LegFills[];
  readonly slippageToLimitMoney: number;
  /** Of the legs that had a middle. */
  readonly slippageToMidMoney: number;
  readonly commission: number;
  /** Received (+) or paid (−) before commissions. */
  readonly premium: number;
}

/** Where an exported hedge stands: filled, open and slippage by leg. Source: features L6. */
export function fillReport(
  legs: readonly SentLeg[],
  fills: readonly Pick<MatchedFill, 'legId' | 'quantity' | 'price' | 'commission'>[],
): FillReport {
  let premium = 0;
  const reported = legs.map((leg): LegFills => {
    const own = fills.filter(({ legId }) => legId === leg.legId);
    const filled = own.reduce((sum, { quantity }) => sum + quantity, 0);
    const worth = own.reduce((sum, { quantity, price }) => sum + quantity * price, 0);
    const averagePrice = filled === 0 ? null : worth / filled;
    const sign = leg.side === 'sell' ? 1 : -1;
    premium += sign * worth * leg.multiplier;
    const worse = (reference: number | null): number | null =>
      averagePrice === null || reference === null ? null : sign * (reference - averagePrice);
    const [toLimit, toMid] = [worse(leg.limit), worse(leg.mid)];
    const units = filled * leg.multiplier;
    return {
      legId: leg.legId,
      contract: leg.contract,
      side: leg.side,
      ordered: leg.quantity,
      filled,
      open: leg.quantity - filled,
      averagePrice,
      limit: leg.limit,
      mid: leg.mid,
      slippageToLimit: toLimit,
      slippageToMid: toMid,
      slippageToLimitMoney: (toLimit ?? 0) * units,
      slippageToMidMoney: leg.mid === null ? null : (toMid ?? 0) * units,
      commission: own.reduce((sum, { commission }) => sum + commission, 0),
    };
  });
  const total = (of: (leg: LegFills) => number): number => reported.reduce((sum, leg) => sum + of(leg), 0);
  const some = reported.some(({ filled }) => filled > 0);
  return {
    state: reported.every(({ open }) => open === 0) ? 'filled' : some ? 'part-filled' : 'exported',
    legs: reported,
    slippageToLimitMoney: total((leg) => leg.slippageToLimitMoney),
    slippageToMidMoney: total((leg) => leg.slippageToMidMoney ?? 0),
    commission: total((leg) => leg.commission),
    premium,
  };
}
