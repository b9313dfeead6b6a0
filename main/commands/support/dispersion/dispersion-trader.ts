import type { DispersionGreeks, DispersionTrade } from '../../../../shared/contract/dispersion-desk.ts';
import type { ParsedInputOf } from '../../../../shared/contract/index.ts';
import type { IsoDate } from '../../../../shared/dates.ts';
import { failure, sentenceOf } from '../../../../shared/failure.ts';
import {
  rankCandidates,
  type DispersionCandidate,
} from '../../../../shared/quant/dispersion/dispersion-selection.ts';
import { sizeDispersionTrade } from '../../../../shared/quant/dispersion/dispersion-trade.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import type { QueryContext } from '../../handlers.ts';
import type { ChainDesk } from '../market/chain-desk.ts';
import { dispersionOf } from './dispersion-reader.ts';
import { expiryNearest, straddleOf, type Straddle } from '../market/straddles.ts';

type Request = ParsedInputOf<'dispersion.trade'>;
type Leg = DispersionTrade['indexLeg'];

const nothing: DispersionGreeks = {
  vegaPerVolPoint: 0,
  thetaPerDay: 0,
  gammaDollar1Pct: 0,
  deltaDollar: 0,
  premium: 0,
};

const scaled = (greeks: DispersionGreeks, by: number): DispersionGreeks => ({
  vegaPerVolPoint: greeks.vegaPerVolPoint * by,
  thetaPerDay: greeks.thetaPerDay * by,
  gammaDollar1Pct: greeks.gammaDollar1Pct * by,
  deltaDollar: greeks.deltaDollar * by,
  premium: greeks.premium * by,
});
const plus = (a: DispersionGreeks, b: DispersionGreeks): DispersionGreeks => ({
  vegaPerVolPoint: a.vegaPerVolPoint + b.vegaPerVolPoint,
  thetaPerDay: a.thetaPerDay + b.thetaPerDay,
  gammaDollar1Pct: a.gammaDollar1Pct + b.gammaDollar1Pct,
  deltaDollar: a.deltaDollar + b.deltaDollar,
  premium: a.premium + b.premium,
});

/**
 * A dispersion trade on a day's chains: which names, how many straddles of each against the index's, and
 * the exposure that is left, by index and by names.
 */
export async function dispersionTradeOf(
  request: Request,
  day: IsoDate,
  context: QueryContext,
  chains: ChainDesk,
): Promise<Result<DispersionTrade>> {
  const { index, termDays, side, weighting } = request;
  const read = await dispersionOf({ index, termDays, day }, context, chains);
  if (!read.ok) return read;
  const chain = await chains.analyzed(context, index, day, 'mid');
  if (!chain.ok) return chain;
  const expiry = expiryNearest(chain.value, termDays);
  const indexStraddle = expiry === null ? null : straddleOf(chain.value, expiry);
  if (expiry === null || indexStraddle === null) {
    const reason = 'no strike near its forward has a call and a put with a volatility';
    return fail(failure('no-candidates', `A straddle on ${index}`, { reason }));
  }

  const { components } = read.value;
  let done = 0;
  const straddles = new Map(
    await Promise.all(
      components.map(async ({ symbol }) => {
        const found = await straddleOn(symbol, expiry.expiry, day, context, chains);
        done += 1;
        context.progress({ label: `Straddles of ${index}'s names`, done, total: components.length });
        return [symbol, found] as const;
      }),
    ),
  );
  const candidates = components.map((component): DispersionCandidate => {
    const found = straddles.get(component.symbol);
    return {
      ...component,
      openInterest: found?.straddle?.openInterest ?? null,
      relativeSpread: found?.straddle?.relativeSpread ?? null,
      excluded: found?.reason ?? null,
    };
  });
  const ranked = rankCandidates({
    side,
    candidates,
    names: request.names === undefined ? request.maxNames : candidates.length,
    weights: request.score,
  });
  const asked = request.names === undefined ? null : new Set(request.names);
  const selection = ranked.map((row) => ({ ...row, picked: row.picked && (asked?.has(row.symbol) ?? true) }));
  const weightOf = new Map(components.map(({ symbol, weight }) => [symbol, weight]));
  const picked = selection.flatMap(({ symbol, picked: isPicked }) => {
    const straddle = straddles.get(symbol)?.straddle ?? null;
    return isPicked && straddle !== null ? [{ straddle, weight: weightOf.get(symbol) ?? 0 }] : [];
  });
  if (picked.length === 0) {
    const reason = `no name has a straddle for ${expiry.expiry}`;
    return fail(failure('no-candidates', `The dispersion trade on ${index}`, { reason }));
  }
  const exposureOf = ({ symbol, perContract }: Straddle) => ({ symbol, ...perContract });
  const sized = sizeDispersionTrade({
    side,
    weighting,
    index: exposureOf(indexStraddle),
    indexContracts: request.indexContracts,
    components: picked.map(({ straddle, weight }) => ({ ...exposureOf(straddle), weight })),
  });
  if (!sized.ok) return fail({ ...sized.error, subject: `The dispersion trade on ${index}` });

  const legOf = (straddle: Straddle, contracts: number, exact: number): Leg => {
    const { openInterest: _, relativeSpread: __, ...traded } = straddle;
    return { ...traded, contracts, exact, position: scaled(traded.perContract, contracts) };
  };
  const indexLeg = legOf(indexStraddle, sized.value.index.contracts, sized.value.index.contracts);
  const legs = picked.map(({ straddle }, at) => {
    const found = sized.value.components[at];
    return legOf(straddle, found?.contracts ?? 0, found?.exact ?? 0);
  });
  const names = legs.reduce((sum, { position }) => plus(sum, position), nothing);
  const detailOf = new Map(components.map((component) => [component.symbol, component]));
  const liquidityOf = new Map(candidates.map((candidate) => [candidate.symbol, candidate]));
  const unknown = [...(asked ?? [])].filter((symbol) => !weightOf.has(symbol));
  const left = selection.filter(({ symbol, picked: isPicked }) => asked?.has(symbol) === true && !isPicked);
  const empty = legs.filter(({ contracts }) => contracts === 0).map(({ symbol }) => symbol);
  return ok({
    index,
    asOf: day,
    termDays,
    side,
    weighting,
    expiry: expiry.expiry,
    indexLeg,
    legs,
    orders: [indexLeg, ...legs].flatMap(ordersOf),
    net: { index: indexLeg.position, names, total: plus(indexLeg.position, names) },
    selection: selection.map((ranking) => {
      const { parts: _, ...row } = ranking;
      const detail = detailOf.get(row.symbol);
      const liquidity = liquidityOf.get(row.symbol);
      return {
        ...row,
        weight: detail?.weight ?? 0,
        vol: detail?.vol ?? null,
        historicalVol: detail?.historicalVol ?? null,
        varianceContribution: detail?.varianceContribution ?? null,
        openInterest: liquidity?.openInterest ?? null,
        relativeSpread: liquidity?.relativeSpread ?? null,
      };
    }),
    weightPicked: picked.reduce((sum, { weight }) => sum + weight, 0),
    warnings: [
      `The expiry ${expiry.expiry} is ${expiry.days} days away; straddles at the strike nearest each forward. ${chain.value.analysis.quoteModel.note}`,
      ...unknown.map((symbol) => `${symbol} is not in the composition of ${index}.`),
      ...left.map(({ symbol, reason }) => `${symbol} is left out: ${reason}`),
      ...(empty.length > 0
        ? [`The index leg is too small for a whole contract of ${empty.join(', ')}: trade more of the index.`]
        : []),
    ],
  });
}

/** A leg as single options; none where it has no whole contract. */
const ordersOf = ({
  symbol,
  expiry,
  strike,
  multiplier,
  call,
  put,
  contracts,
}: Leg): DispersionTrade['orders'] =>
  contracts === 0
    ? []
    : (
        [
          ['call', call],
          ['put', put],
        ] as const
      ).map(([optionType, contract]) => ({
        contract,
        symbol,
        optionType,
        expiry,
        strike,
        multiplier,
        side: contracts > 0 ? ('buy' as const) : ('sell' as const),
        quantity: Math.abs(contracts),
      }));

/** The straddle of a name for an expiry, or a sentence saying why there is none. */
async function straddleOn(
  symbol: string,
  expiry: IsoDate,
  day: IsoDate,
  context: QueryContext,
  chains: ChainDesk,
): Promise<{ readonly straddle: Straddle | null; readonly reason: string | null }> {
  const chain = await chains.analyzed(context, symbol, day, 'mid');
  if (!chain.ok) return { straddle: null, reason: sentenceOf(chain.error) };
  const same = chain.value.analysis.expiries
    .filter((one) => one.expiry === expiry)
    .sort((a, b) => b.rowCount - a.rowCount);
  const found = same[0] === undefined ? null : straddleOf(chain.value, same[0]);
  if (found !== null) return { straddle: found, reason: null };
  const reason =
    same.length === 0
      ? `${symbol} has no options of ${expiry}.`
      : `${symbol} has no strike near its forward with a call and a put on ${expiry}.`;
  return { straddle: null, reason };
}
