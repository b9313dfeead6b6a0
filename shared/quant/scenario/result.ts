import type { IsoDate } from '../../dates.ts';

/** Value and risk in money, each for what is held, signed. */
export interface Measures {
  readonly value: number;
  /** Δ·S: the money value of the equivalent position in the underlying. */
  readonly deltaDollar: number;
  /** Change of `deltaDollar` for a move of the spot by 1 %. */
  readonly gammaDollar1Pct: number;
  readonly vegaPerVolPoint: number;
  /** One calendar day passing, spot, rates, yields and volatilities held. */
  readonly thetaPerDay: number;
}

/** Families that totals are kept by. */
export type ContractFamily = 'stock' | 'cash' | 'future' | 'listed-option' | 'forward-start' | 'realized-vol';

export interface PositionValue {
  readonly positionId: string;
  readonly symbol: string;
  readonly label: string;
  readonly family: ContractFamily;
  /** Null where it cannot be valued; then `reason` is a whole sentence. */
  readonly measures: Measures | null;
  readonly reason: string | null;
  /** What happened on the way (settled, fixed, observed), a sentence; null where nothing did. */
  readonly note: string | null;
}

export interface NotValued {
  readonly positionId: string;
  readonly label: string;
  readonly reason: string;
}

/** Totals of one group of positions. */
export interface GroupMeasures extends Measures {
  /** Symbol, `index` or `names`, or family. */
  readonly group: string;
  readonly positions: number;
}

/** A book valued in full. */
export interface Valuation {
  readonly asOf: IsoDate;
  /** Of the positions that could be valued. */
  readonly total: Measures;
  readonly positions: readonly PositionValue[];
  readonly byName: readonly GroupMeasures[];
  /** `index`: underlyings with a membership in the book; `names`: all others. */
  readonly byRole: readonly GroupMeasures[];
  readonly byFamily: readonly GroupMeasures[];
  /** Empty where everything was valued. */
  readonly notValued: readonly NotValued[];
  /** What the market move had to leave out or bound: names without beta, weights not covered. */
  readonly notes: readonly string[];
}

/** A book valued under a shock, beside itself without it. */
export interface Revaluation extends Valuation {
  /** Value less the value without the shock, over positions valued in both. */
  readonly profit: number;
  readonly baseValue: number;
  /** By position in the order of `positions`; null where either value is missing. */
  readonly profits: readonly (number | null)[];
}

/** The measures of a grid, each axisA × axisB values, row-major. */
export interface GridColumns {
  readonly profit: Float64Array;
  readonly deltaDollar: Float64Array;
  readonly gammaDollar1Pct: Float64Array;
  readonly vegaPerVolPoint: Float64Array;
  readonly thetaPerDay: Float64Array;
}

export interface GridGroup extends GridColumns {
  readonly group: string;
}

/** A whole grid of full revaluations. */
export interface GridResult {
  readonly aCount: number;
  readonly bCount: number;
  /** Value without any shock of the positions included. */
  readonly baseValue: number;
  readonly total: GridColumns;
  readonly byName: readonly GridGroup[];
  readonly byRole: readonly GridGroup[];
  readonly byFamily: readonly GridGroup[];
  /** Left out of every node, because one node at least cannot be valued, with its reason there. */
  readonly notValued: readonly NotValued[];
  readonly notes: readonly string[];
  /** Option and contract valuations done. */
  readonly valuations: number;
}

/** Profit against one axis, one line for each number of days forward. */
export interface CurveResult {
  readonly values: readonly number[];
  readonly lines: readonly {
    readonly daysForward: number;
    readonly date: IsoDate;
    /** As long as `values`. */
    readonly columns: GridColumns;
  }[];
  readonly baseValue: number;
  readonly notValued: readonly NotValued[];
  readonly notes: readonly string[];
}

/** Parts of a profit in whole cents of the account currency: they sum to `total` exactly. */
export interface ExplainParts {
  readonly delta: number;
  readonly gamma: number;
  /** Change of the volatilities, first order; `vegaBySlice` and `vegaSmile` sum to it. */
  readonly vega: number;
  /** Time passing, forward and discount factor held. */
  readonly theta: number;
  readonly vanna: number;
  readonly volga: number;
  /** Financing and dividends: drift of forwards and discounting over the days, changes of rates and yields, dividends received. */
  readonly carry: number;
  /** Positions opened, closed or changed in size. */
  readonly trades: number;
  /** Fixings, observations and settlements against what the earlier market expected of them. */
  readonly fixings: number;
  readonly residual: number;
  readonly total: number;
}

export interface SliceVega {
  readonly start: IsoDate;
  readonly end: IsoDate;
  /** Whole cents. */
  readonly vega: number;
}

export interface PositionExplain extends ExplainParts {
  readonly positionId: string;
  readonly symbol: string;
  readonly label: string;
  readonly book: string | null;
  readonly family: ContractFamily;
  readonly vegaBySlice: readonly SliceVega[];
  /** What of vega is the strike's own, not the at-the-money level of its expiry. */
  readonly vegaSmile: number;
  readonly note: string | null;
}

export interface GroupExplain extends ExplainParts {
  readonly group: string;
}

/** The difference of two books, in parts; every sum is exact in cents. */
export interface Explanation {
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly total: ExplainParts;
  readonly vegaBySlice: readonly SliceVega[];
  readonly vegaSmile: number;
  /** Largest residual first. */
  readonly positions: readonly PositionExplain[];
  readonly byName: readonly GroupExplain[];
  readonly byFamily: readonly GroupExplain[];
  readonly byBook: readonly GroupExplain[];
  readonly notValued: readonly NotValued[];
}
