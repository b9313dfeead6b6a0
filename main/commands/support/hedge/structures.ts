import type { OutputOf, ParsedInputOf } from '../../../../shared/contract/index.ts';
import { failure, sentenceOf } from '../../../../shared/failure.ts';
import { collarOf, putSpreadOf, type QuotedOption } from '../../../../shared/quant/hedge/structures.ts';
import { wholeContracts } from '../../../../shared/quant/hedge/problem.ts';
import { inDecimals } from '../../../../shared/quant/words.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import type { QueryContext } from '../../handlers.ts';
import { chainDay, marketDay } from '../market/as-of.ts';
import type { ChainDesk } from '../market/chain-desk.ts';
import { chainOptions, type ChainOption } from '../market/chain-option.ts';

type Request = ParsedInputOf<'hedge.structure'>;
type Structure = OutputOf<'hedge.structure'>;

interface Quoted extends QuotedOption {
  readonly expiry: string;
  readonly days: number;
  readonly multiplier: number;
  readonly optionType: 'call' | 'put';
}

/** What can be traded on both sides within the spread asked for; no adjusted contract. */
const quotedOf = (options: readonly ChainOption[], maxSpreadFraction: number): readonly Quoted[] =>
  options.flatMap((option) => {
    const { bid, ask, delta } = option;
    if (option.isAdjusted) return [];
    if (bid === null || ask === null || delta === null || bid <= 0 || ask < bid) return [];
    if ((ask - bid) / ((ask + bid) / 2) > maxSpreadFraction) return [];
    return [{ ...option, bid, ask, delta }];
  });

/** The options of the expiry nearest so many days away. */
function atExpiry(options: readonly Quoted[], days: number): readonly Quoted[] {
  const nearest = options.reduce<number | null>(
    (best, one) => (best === null || Math.abs(one.days - days) < Math.abs(best - days) ? one.days : best),
    null,
  );
  return options.filter((one) => one.days === nearest);
}

/** Legs of collars on a basket's names, or of a put spread on its index; a draft is made of them. */
export async function structureOf(
  request: Request,
  context: QueryContext,
  chains: ChainDesk,
): Promise<Result<Structure>> {
  const { read } = context;
  const basket = read.baskets.find(request.basket);
  if (basket === null)
    return fail(failure('not-found', `Basket ${request.basket}`, { next: 'Build and save it first.' }));
  const day = marketDay(read, request.asOf);
  if (!day.ok) return day;
  const names = basket.result.names.filter(({ shares }) => shares > 0);
  if (names.length === 0) return fail(failure('basket-without-shares', `Basket ${basket.name}`));
  const optionsOn = async (symbol: string): Promise<Result<readonly Quoted[]>> => {
    const on = chainDay(read, symbol, day.value);
    const chain = on.ok ? await chains.analyzed(context, symbol, on.value, 'mid') : on;
    if (!chain.ok) return chain;
    return ok(atExpiry(quotedOf(chainOptions(chain.value), request.maxSpreadFraction), request.targetDays));
  };
  const legs: Structure['legs'] = [];
  const warnings: string[] = [];

  if (request.kind === 'collars') {
    let done = 0;
    for (const { symbol, shares } of names) {
      const found = await optionsOn(symbol);
      done += 1;
      context.progress({ label: 'Collars on the names', done, total: names.length });
      if (!found.ok) {
        warnings.push(sentenceOf(found.error));
        continue;
      }
      const calls = found.value.filter(({ optionType }) => optionType === 'call');
      const puts = found.value.filter(({ optionType }) => optionType === 'put');
      const collar = collarOf({ calls, puts, putDelta: request.putDelta, callDelta: request.callDelta });
      const contracts = wholeContracts((request.share * shares) / (found.value[0]?.multiplier ?? 1));
      if (collar === null || contracts === 0) {
        warnings.push(
          `${symbol} has no collar: ${collar === null ? 'no put and call are quoted on both sides' : 'its shares do not make up one contract'}.`,
        );
        continue;
      }
      const { put, call, credit } = collar;
      const money = credit >= 0 ? `brings in ${inDecimals(credit)}` : `costs ${inDecimals(-credit)}`;
      const reason = `Collar on ${symbol}: between ${inDecimals(put.strike)} and ${inDecimals(call.strike)}, ${money} a share.`;
      legs.push(
        { contract: put.contract, symbol, side: 'buy', quantity: contracts, reason },
        { contract: call.contract, symbol, side: 'sell', quantity: contracts, reason },
      );
    }
  } else {
    const index = request.indexProduct ?? basket.result.index;
    const found = await optionsOn(index);
    if (!found.ok) return found;
    const puts = found.value.filter(({ optionType }) => optionType === 'put');
    const spread = putSpreadOf({ puts, boughtDelta: request.putDelta, soldDelta: request.soldDelta });
    const level = read.quotes.spot(index, day.value)?.spot ?? read.prices.closeOn(index, day.value)?.close;
    if (spread === null || level === undefined) {
      return fail(
        failure('no-candidates', `A put spread on ${index}`, {
          reason: 'fewer than two of its puts are quoted on both sides',
        }),
      );
    }
    const notional = names.reduce(
      (sum, { symbol, shares, price }) =>
        sum +
        shares *
          (read.quotes.spot(symbol, day.value)?.spot ??
            read.prices.closeOn(symbol, day.value)?.close ??
            price),
      0,
    );
    const unit = (puts[0]?.multiplier ?? 1) * level;
    const quantity = Math.max(1, Math.ceil((request.share * notional) / unit - 1e-9));
    const reason = `Put spread on ${index}: protects from ${inDecimals(spread.bought.strike)} down to ${inDecimals(spread.sold.strike)}, pays at most ${inDecimals(spread.width)} for ${inDecimals(spread.cost)} a unit.`;
    legs.push(
      { contract: spread.bought.contract, symbol: index, side: 'buy', quantity, reason },
      { contract: spread.sold.contract, symbol: index, side: 'sell', quantity, reason },
    );
  }
  if (legs.length === 0) {
    return fail(
      failure('no-candidates', `Collars on ${basket.name}`, {
        reason: (warnings[0] ?? 'no name has one').replace(/\.$/, ''),
      }),
    );
  }
  return ok({ basket: basket.name, asOf: day.value, legs, warnings });
}
