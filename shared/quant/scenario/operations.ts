import type { Result } from '../../result.ts';
import type { IsoDate } from '../../dates.ts';
import type { Reasoned } from '../reasoned.ts';
import type { ScenarioBook } from './book.ts';
import type { CurveResult, Explanation, GridResult, Revaluation, Valuation } from './result.ts';
import type { Shock, ShockAxis } from './shock.ts';

/** `invalid-input`: the shock itself is no shock (days backward, a rate that is no number), with the reason. */
export type ScenarioFailure = Reasoned<'invalid-input'>;

/** The book after a shock: market moved, dates passed, positions settled or fixed on the way. `shockBook`. */
export type ShockBook = (request: {
  readonly book: ScenarioBook;
  readonly shock: Shock;
}) => Result<{ readonly book: ScenarioBook; readonly notes: readonly string[] }, ScenarioFailure>;

/** A book in the market it holds. `valueBook` */
export type ValueBook = (book: ScenarioBook) => Valuation;

/** Full revaluation under one shock: `valueBook` of `shockBook`, beside the unshocked value. `revalue` */
export type Revalue = (request: {
  readonly book: ScenarioBook;
  readonly shock: Shock;
}) => Result<Revaluation, ScenarioFailure>;

export interface GridRequest {
  readonly book: ScenarioBook;
  /** What holds at every node, beside the two axes. */
  readonly shock: Shock;
  /** Rows. */
  readonly axisA: ShockAxis;
  /** Columns. */
  readonly axisB: ShockAxis;
  /** Positions included; absent: all. The market stays whole. */
  readonly positionIds?: readonly string[];
}

/**
 * Every node of two axes, in full. `revalueGrid`: on this thread; `runScenarioGrid` of
 * main/compute/scenario-grid.ts spreads it over the pool with progress and cancel.
 */
export type RevalueGrid = (request: GridRequest) => Result<GridResult, ScenarioFailure>;

export interface CurveRequest {
  readonly book: ScenarioBook;
  readonly shock: Shock;
  readonly axis: ShockAxis;
  /** Days forward of each line, added to those of `shock`. */
  readonly days: readonly number[];
  readonly positionIds?: readonly string[];
}

/** Profit against one axis at several dates. `profitCurve` */
export type ProfitCurve = (request: CurveRequest) => Result<CurveResult, ScenarioFailure>;

/** A change of size between the two books, at what price. */
export interface Trade {
  readonly positionId: string;
  /** Signed change, in the position's own units. */
  readonly quantity: number;
  /** Money paid for the whole change, account currency: positive for a purchase, negative for a sale. */
  readonly paid: number;
  readonly date: IsoDate;
}

export interface ExplainRequest {
  readonly from: ScenarioBook;
  readonly to: ScenarioBook;
  /**
   * `value`: base against branch: what was added counts with its whole value, what was removed with minus
   * its value. Trades: two dates: changes count with value less money paid; a change of size without a
   * trade counts with its value and says so.
   */
  readonly trades: 'value' | readonly Trade[];
  /** Cuts of vega by slice; absent: the reference dates of the contracts and the expiries of the earlier book. */
  readonly slices?: readonly IsoDate[];
}

/** Where a profit comes from: parts in cents that sum to it. `explain` */
export type Explain = (request: ExplainRequest) => Explanation;
