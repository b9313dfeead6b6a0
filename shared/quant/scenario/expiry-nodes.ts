import type { IsoDate } from '../../dates.ts';
import { boundaryFamily, familyTerms } from './boundary-family.ts';
import type { BoundaryFamily, Exercising } from './boundary-family.ts';
import type { ExpiryMarket, NameMarket } from './book.ts';
import { optionMarket } from './option-value.ts';
import type { OptionMarket } from './option-value.ts';
import type { SmileLayer } from './smile-layers.ts';

/** All nodes of one expiry in columns, laid out for its options. */
export interface ExpiryNodes {
  readonly before: ExpiryMarket;
  readonly count: number;
  readonly spots: Float64Array;
  readonly forwards: Float64Array;
  readonly times: Float64Array;
  readonly discountFactors: Float64Array;
  /** ∂forward/∂spot */
  readonly forwardPerSpot: Float64Array;
  readonly rates: Float64Array;
  /** Rate less yield. */
  readonly carries: Float64Array;
  /** 1 where the expiry has passed; the columns then give the payoff at the spot. */
  readonly settled: Uint8Array;
  readonly anySettled: boolean;
  /** The newest layer; null where nothing moves the smile. */
  readonly layers: readonly (SmileLayer | null)[];
  /** 1 where there is a layer. */
  readonly moved: Uint8Array;
  /** Nodes of one class take a strike's volatility from the same strike of the smile before. */
  readonly classOf: Int32Array;
  readonly classes: readonly (SmileLayer | null)[];
  /** No tilt and no moved surface anywhere: volatilities follow from the four columns below. */
  readonly isPlain: boolean;
  /** And of these only the first two. */
  readonly isSimple: boolean;
  readonly growth: Float64Array;
  readonly shift: Float64Array;
  readonly addedVariance: Float64Array;
  readonly factor: Float64Array;
  /** Of American options only; empty for European ones. */
  readonly american: readonly AmericanNode[];
}

/** What early exercise needs of one node; null markets have settled. */
export interface AmericanNode {
  readonly market: OptionMarket | null;
  readonly put: Exercising;
  readonly call: Exercising;
}

/** One family for all nodes of the same rate, yield and time. */
function familyMaker(): (sign: number, market: OptionMarket) => Exercising {
  const families = new Map<string, BoundaryFamily | 'never' | 'other'>();
  return (sign, market) => {
    const { rate, dividendYield } = familyTerms(sign, market);
    const key = `${rate}|${dividendYield}|${market.timeToExpiry}`;
    const known = families.get(key);
    if (known !== undefined) return known;
    const made = boundaryFamily(sign, market);
    families.set(key, made);
    return made;
  };
}

/**
 * An expiry over all nodes.
 *
 * @param after the name's market at each node, with the day it stands on
 * Proof: test/unit/quant/scenario/grid.test.ts
 */
export function expiryNodes(
  before: ExpiryMarket,
  after: readonly { readonly asOf: IsoDate; readonly name: NameMarket }[],
): ExpiryNodes {
  const count = after.length;
  const column = (): Float64Array => new Float64Array(count);
  const made = {
    spots: column(),
    forwards: column(),
    times: column(),
    discountFactors: column().fill(1),
    forwardPerSpot: column().fill(1),
    rates: column(),
    carries: column(),
    growth: column().fill(1),
    shift: column(),
    addedVariance: column(),
    factor: column().fill(1),
    settled: new Uint8Array(count),
    moved: new Uint8Array(count),
    classOf: new Int32Array(count),
  };
  const layers: (SmileLayer | null)[] = [];
  const classes: (SmileLayer | null)[] = [null];
  const classKeys = new Map<string, number>();
  const american: AmericanNode[] = [];
  const familyOf = familyMaker();
  let [isPlain, isSimple, anySettled] = [true, true, false];
  let index = 0;
  for (const [at, { asOf, name }] of after.entries()) {
    made.spots[at] = name.spot;
    const { expiries } = name;
    // Mostly where it was at the node before.
    if (expiries[index]?.key !== before.key) index = expiries.findIndex(({ key }) => key === before.key);
    const expiry = expiries[index];
    const isAmerican = name.exercise === 'american';
    if (expiry === undefined) {
      made.settled[at] = 1;
      made.forwards[at] = name.spot;
      anySettled = true;
      layers.push(null);
      if (isAmerican) american.push({ market: null, put: 'never', call: 'never' });
      continue;
    }
    made.forwards[at] = expiry.forward;
    made.times[at] = expiry.timeToExpiry;
    made.discountFactors[at] = expiry.discountFactor;
    if (isAmerican || (name.dividendTreatment === 'cash' && name.dividends.length > 0)) {
      const market = optionMarket(asOf, name, expiry);
      made.forwardPerSpot[at] = market.forwardPerSpot;
      made.rates[at] = market.rate;
      made.carries[at] = market.rate - market.dividendYield;
      if (isAmerican) {
        american.push({ market, put: familyOf(-1, market), call: familyOf(1, market) });
      }
    } else {
      made.forwardPerSpot[at] = expiry.forward / name.spot;
      made.rates[at] = -Math.log(expiry.discountFactor) / expiry.timeToExpiry;
      made.carries[at] = Math.log(expiry.forward / name.spot) / expiry.timeToExpiry;
    }
    const layer = expiry.layers.length > before.layers.length ? expiry.layers.at(-1)! : null;
    layers.push(layer);
    if (layer === null) continue;
    made.moved[at] = 1;
    made.growth[at] = 1 + layer.relative;
    made.shift[at] = layer.shift;
    made.addedVariance[at] = layer.addedVariance;
    made.factor[at] = layer.factor;
    if (layer.tilt !== 0 || layer.surface !== null) isPlain = false;
    if (!isPlain || layer.addedVariance !== 0 || layer.factor !== 1) isSimple = false;
    if (layer.stickiness === 1) continue;
    const key = `${layer.stickiness}|${layer.forwardAfter}|${layer.timeAfter}`;
    let smileClass = classKeys.get(key);
    if (smileClass === undefined) {
      smileClass = classes.length;
      classKeys.set(key, smileClass);
      classes.push(layer);
    }
    made.classOf[at] = smileClass;
  }
  return { before, count, ...made, anySettled, layers, classes, isPlain, isSimple, american };
}
