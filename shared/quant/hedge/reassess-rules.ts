import { inDecimals, inPercent, inWhole } from '../words.ts';
import type { Finding, HeldHedge, HeldLeg, ReassessRules, RuleVerdict } from './reassess.ts';

type Rule = (hedge: HeldHedge, settings: ReassessRules) => RuleVerdict;

const quiet = (reason: string): RuleVerdict => ({ fired: false, findings: [], reason });
const switchedOff = quiet('Switched off.');
const cannotTell = (what: string): RuleVerdict => quiet(`Cannot be told: ${what}.`);
const fires = (findings: readonly Finding[], reason: string): RuleVerdict => ({
  fired: true,
  findings,
  reason,
});

const lowest = <T>(items: readonly T[], value: (item: T) => number): T | null =>
  items.reduce<T | null>((best, item) => (best === null || value(item) < value(best) ? item : best), null);

/** The findings of a rule on single legs, or what keeps it quiet: the leg nearest to firing, in words. */
function ofLegs(findings: readonly Finding[], otherwise: () => RuleVerdict): RuleVerdict {
  const [first] = findings;
  if (first === undefined) return otherwise();
  const more = findings.length > 1 ? ` And on ${findings.length - 1} more.` : '';
  return fires(findings, `${first.leg}: ${first.reason}${more}`);
}

const unpriced = (legs: readonly HeldLeg[], what: string): string =>
  `${legs.map(({ leg }) => leg).join(', ')} ${legs.length === 1 ? 'has' : 'have'} no ${what}`;

/** Closes a share of a position: sold options are bought back, bought ones sold. */
const partOf = (leg: HeldLeg, part: number): number =>
  (leg.side === 'sold' ? 1 : -1) * Math.min(leg.quantity, Math.max(1, Math.round(leg.quantity * part)));

const intrinsicOf = ({ optionType, strike }: HeldLeg, spot: number): number =>
  Math.max(0, optionType === 'call' ? spot - strike : strike - spot);

const earlyExercise: Rule = (hedge, { timeValueShare }) => {
  if (timeValueShare === null) return switchedOff;
  const sold = hedge.legs.filter(
    (leg) =>
      leg.side === 'sold' && leg.optionType === 'call' && leg.canExerciseEarly && leg.daysToExpiry >= 0,
  );
  if (sold.length === 0) return quiet('No call is sold that can be exercised early.');
  const known = sold.flatMap((leg) =>
    leg.mark === null || leg.spot === null ? [] : [{ leg, mark: leg.mark, spot: leg.spot }],
  );
  if (known.length === 0) return cannotTell(unpriced(sold, 'price today'));
  const inTheMoney = known
    .filter(({ leg, spot }) => spot > leg.strike)
    .map(({ leg, mark, spot }) => {
      const timeValue = Math.max(0, mark - intrinsicOf(leg, spot));
      const little = timeValueShare * spot;
      const dividend = leg.nextDividend?.amount ?? 0;
      return { leg, spot, timeValue, little, dividend, threshold: Math.max(little, dividend) };
    });
  const findings = inTheMoney
    .filter(({ timeValue, threshold, dividend, little }) =>
      dividend > little ? timeValue < threshold : timeValue <= threshold,
    )
    .map(({ leg, spot, timeValue, threshold, dividend, little }): Finding => {
      const why =
        dividend > little && leg.nextDividend !== null
          ? `below the dividend of ${inDecimals(dividend)} on ${leg.nextDividend.exDate}`
          : `nearly none (at most ${inDecimals(little)})`;
      return {
        leg: leg.leg,
        action: 'roll',
        reason: `It is in the money (${inDecimals(spot)} over ${inDecimals(leg.strike)}) and its time value of ${inDecimals(timeValue)} is ${why}: it may be exercised early.`,
        value: timeValue,
        threshold,
        trade: leg.quantity,
      };
    });
  return ofLegs(findings, () => {
    const nearest = lowest(inTheMoney, ({ timeValue, threshold }) => timeValue - threshold);
    if (nearest !== null) {
      const { leg, timeValue, dividend, little } = nearest;
      const against = dividend > 0 ? `its next dividend of ${inDecimals(dividend)}` : 'no dividend';
      return quiet(
        `${inTheMoney.length} sold in the money; the least time value is ${inDecimals(timeValue)} (${leg.leg}) against ${against}, nearly none from ${inDecimals(little)} down.`,
      );
    }
    const close = lowest(known, ({ leg, spot }) => leg.strike / spot);
    return quiet(
      `No call sold is in the money: the nearest is ${close?.leg.leg} at a spot of ${inDecimals(close?.spot ?? 0)}.`,
    );
  });
};

const daysToExpiry: Rule = (hedge, { daysToExpiry: limit, letExpireDelta }) => {
  if (limit === null) return switchedOff;
  const findings = hedge.legs
    .filter((leg) => leg.daysToExpiry <= limit)
    .map((leg): Finding => {
      const { daysToExpiry: days } = leg;
      const common = { leg: leg.leg, value: days, threshold: limit };
      if (days < 0) {
        return {
          ...common,
          action: 'let-expire',
          reason: `It expired on ${leg.expiry}: what became of it is to be posted.`,
          trade: null,
        };
      }
      const near = `It expires in ${days} days, ${limit} or fewer`;
      if (leg.side === 'bought') {
        return {
          ...common,
          action: 'roll',
          reason: `${near}, and the protection ends with it.`,
          trade: -leg.quantity,
        };
      }
      const small = leg.delta === null ? false : Math.abs(leg.delta) <= letExpireDelta;
      const delta =
        leg.delta === null ? 'its delta is not known' : `its delta is ${inDecimals(Math.abs(leg.delta), 3)}`;
      return small
        ? {
            ...common,
            action: 'let-expire',
            reason: `${near}, and ${delta}, at most ${inDecimals(letExpireDelta)}.`,
            trade: null,
          }
        : { ...common, action: 'roll', reason: `${near}, and ${delta}.`, trade: leg.quantity };
    });
  return ofLegs(findings, () => {
    const nearest = lowest(hedge.legs, (leg) => leg.daysToExpiry);
    return nearest === null
      ? quiet('No option is held.')
      : quiet(
          `The nearest expiry is ${nearest.expiry} in ${nearest.daysToExpiry} days (${nearest.leg}), more than ${limit}.`,
        );
  });
};

const premiumCaptured: Rule = (hedge, { capturedShare }) => {
  if (capturedShare === null) return switchedOff;
  const sold = hedge.legs.filter(({ side }) => side === 'sold');
  if (sold.length === 0) return quiet('No option is sold.');
  const known = sold.flatMap((leg) =>
    leg.openPrice === null || leg.openPrice <= 0 || leg.mark === null
      ? []
      : [{ leg, open: leg.openPrice, mark: leg.mark, share: 1 - leg.mark / leg.openPrice }],
  );
  if (known.length === 0) return cannotTell(unpriced(sold, 'opening price and price today'));
  const findings = known
    .filter(({ share }) => share >= capturedShare)
    .map(({ leg, open, mark, share }): Finding => ({
      leg: leg.leg,
      action: 'roll',
      reason: `${inPercent(share)} of its premium is earned (sold at ${inDecimals(open)}, now ${inDecimals(mark)}), at least ${inPercent(capturedShare, 0)}.`,
      value: share,
      threshold: capturedShare,
      trade: leg.quantity,
    }));
  return ofLegs(findings, () => {
    const most = lowest(known, ({ share }) => -share);
    return quiet(
      `At most ${inPercent(most?.share ?? 0)} of a premium is earned (${most?.leg.leg}), less than ${inPercent(capturedShare, 0)}.`,
    );
  });
};

const netDelta: Rule = (hedge, { netDeltaLimit }) => {
  if (netDeltaLimit === null) return switchedOff;
  const { netDelta: held, notional } = hedge;
  if (held === null) {
    return cannotTell(
      unpriced(
        hedge.legs.filter(({ delta, spot }) => delta === null || spot === null),
        'delta today',
      ),
    );
  }
  const share = Math.abs(held) / notional;
  const sentence = `Net delta is ${inWhole(held)}, ${inPercent(held / notional, 2)} of the notional`;
  if (share <= netDeltaLimit)
    return quiet(`${sentence}, within ${inPercent(netDeltaLimit, 2)} on either side.`);
  const limit = netDeltaLimit * notional;
  let excess = Math.abs(held) - limit;
  const tooLong = held > 0;
  // Too long: more of the bought options that are short the market. Too short: less of what makes it so.
  const useful = hedge.legs
    .map((leg) => ({
      leg,
      effect: (leg.side === 'sold' ? 1 : -1) * leg.multiplier * (leg.delta ?? 0) * (leg.spot ?? 0) * leg.beta,
    }))
    .filter(({ leg, effect }) => effect > 0 && leg.daysToExpiry >= 0 && (leg.side === 'bought' || !tooLong))
    // What moves most comes first, so that few legs are traded.
    .sort((a, b) => b.leg.quantity * b.effect - a.leg.quantity * a.effect);
  const findings: Finding[] = [];
  for (const { leg, effect } of useful) {
    // One contract may be too coarse: it would carry the book past the limit of the other side.
    if (excess <= 0 || effect > excess + 2 * limit) continue;
    const wanted = Math.ceil(excess / effect);
    const contracts = tooLong ? wanted : Math.min(leg.quantity, wanted);
    excess -= contracts * effect;
    const doing = tooLong ? 'buying' : leg.side === 'sold' ? 'buying back' : 'selling';
    findings.push({
      leg: leg.leg,
      action: 'trade-part',
      reason: `${sentence}, over ${inPercent(netDeltaLimit, 2)}: ${doing} ${contracts} moves it by ${inWhole((tooLong ? -1 : 1) * contracts * effect)}.`,
      value: share,
      threshold: netDeltaLimit,
      trade: tooLong || leg.side === 'sold' ? contracts : -contracts,
    });
  }
  return fires(findings, `${sentence}, over ${inPercent(netDeltaLimit, 2)}.`);
};

const impliedToHistorical: Rule = (hedge, { impliedToHistorical: least, part }) => {
  if (least === null) return switchedOff;
  const sold = hedge.legs.filter(({ side }) => side === 'sold');
  if (sold.length === 0) return quiet('No option is sold.');
  const known = sold.flatMap((leg) =>
    leg.vol === null || leg.historicalVol === null || leg.historicalVol <= 0
      ? []
      : [{ leg, vol: leg.vol, historical: leg.historicalVol, ratio: leg.vol / leg.historicalVol }],
  );
  if (known.length === 0) return cannotTell(unpriced(sold, 'implied and historical volatility'));
  const findings = known
    // What was below it when it was sold was sold for its skew: it has not come back under.
    .filter(({ leg, ratio }) => ratio < least && (leg.impliedToHistoricalThen ?? least) >= least)
    .map(({ leg, vol, historical, ratio }): Finding => ({
      leg: leg.leg,
      action: 'trade-part',
      reason: `Implied over historical volatility is ${inDecimals(ratio)} (${inPercent(vol)} over ${inPercent(historical)}), below ${inDecimals(least)}: it is no longer dear.`,
      value: ratio,
      threshold: least,
      trade: partOf(leg, part),
    }));
  return ofLegs(findings, () => {
    const above = known.filter(({ ratio }) => ratio >= least);
    const nearest = lowest(above, ({ ratio }) => ratio);
    const below = known.length - above.length;
    const already = below === 0 ? '' : ` ${below} below it ${below === 1 ? 'was' : 'were'} so when sold.`;
    return quiet(
      nearest === null
        ? `No leg came back under ${inDecimals(least)}.${already}`
        : `The lowest implied over historical volatility is ${inDecimals(nearest.ratio)} (${nearest.leg.leg}), not below ${inDecimals(least)}.${already}`,
    );
  });
};

const indexMove: Rule = (hedge, { indexMove: limit, part }) => {
  if (limit === null) return switchedOff;
  const { indexLevel, indexLevelThen, tradeDate } = hedge;
  if (tradeDate === null) return cannotTell('the day of the trade is not known');
  if (indexLevel === null || indexLevelThen === null || indexLevelThen <= 0)
    return cannotTell('the index has no level today or on the day of the trade');
  const move = indexLevel / indexLevelThen - 1;
  const sentence = `The index moved ${inPercent(move)} since ${tradeDate} (${inDecimals(indexLevelThen)} to ${inDecimals(indexLevel)})`;
  if (Math.abs(move) < limit) return quiet(`${sentence}, less than ${inPercent(limit)}.`);
  const puts = hedge.legs.filter((leg) => leg.isIndex && leg.side === 'bought' && leg.daysToExpiry >= 0);
  return fires(
    puts.map((leg) =>
      move > 0
        ? {
            leg: leg.leg,
            action: 'roll',
            reason: `${sentence}: its strike protects from too low.`,
            value: move,
            threshold: limit,
            trade: -leg.quantity,
          }
        : {
            leg: leg.leg,
            action: 'trade-part',
            reason: `${sentence}: part of what it gained can be taken.`,
            value: move,
            threshold: limit,
            trade: partOf(leg, part),
          },
    ),
    `${sentence}, at least ${inPercent(limit)}.`,
  );
};

const sideWords = {
  dispersion: 'for selling the index and buying the names',
  reverse: 'for buying the index and selling the names',
  wait: 'for neither side',
} as const;

const dispersionVotes: Rule = (hedge, { dispersionVotes: isOn, part }) => {
  if (!isOn) return switchedOff;
  const { votes, votesThen } = hedge;
  if (votes === null) return cannotTell('the dispersion votes of today are not known');
  if (votesThen === null) {
    return cannotTell(`the votes of the trade day are not known; today they are ${sideWords[votes]}`);
  }
  const sentence = `The dispersion votes are ${sideWords[votes]} and were ${sideWords[votesThen]}`;
  // Calls sold on the names against puts bought on the index gain while the votes are not against it.
  if (votes !== 'dispersion' || votesThen === 'dispersion')
    return quiet(`${sentence}: they have not turned against the hedge.`);
  return fires(
    hedge.legs
      .filter((leg) => leg.side === 'sold' && leg.daysToExpiry >= 0)
      .map((leg) => ({
        leg: leg.leg,
        action: 'trade-part',
        reason: `${sentence}: they have turned against what is sold on the names.`,
        value: 1,
        threshold: 1,
        trade: partOf(leg, part),
      })),
    `${sentence}.`,
  );
};

const tracking: Rule = (hedge, { rSquaredDrop, part }) => {
  if (rSquaredDrop === null) return switchedOff;
  const { rSquared, rSquaredThen } = hedge;
  if (rSquared === null || rSquaredThen === null)
    return cannotTell('the r² of the basket then or now is not known');
  const drop = rSquaredThen - rSquared;
  const sentence = `The basket's r² against the index is ${inDecimals(rSquared, 3)} and was ${inDecimals(rSquaredThen, 3)}`;
  if (drop < rSquaredDrop)
    return quiet(`${sentence}: a drop of ${inDecimals(drop, 3)}, less than ${inDecimals(rSquaredDrop, 3)}.`);
  return fires(
    hedge.legs
      .filter((leg) => leg.isIndex && leg.side === 'bought' && leg.daysToExpiry >= 0)
      .map((leg) => ({
        leg: leg.leg,
        action: 'trade-part',
        reason: `${sentence}: the index protects the basket less. Build it again.`,
        value: drop,
        threshold: rSquaredDrop,
        trade: partOf(leg, part),
      })),
    `${sentence}: a drop of ${inDecimals(drop, 3)}, at least ${inDecimals(rSquaredDrop, 3)}.`,
  );
};

export const rules = {
  'early-exercise': earlyExercise,
  'days-to-expiry': daysToExpiry,
  'premium-captured': premiumCaptured,
  'net-delta': netDelta,
  'implied-to-historical': impliedToHistorical,
  'index-move': indexMove,
  'dispersion-votes': dispersionVotes,
  tracking,
} as const satisfies Record<string, Rule>;

/** From the most pressing to the least. */
export const ruleOrder = Object.keys(rules) as readonly (keyof typeof rules)[];
