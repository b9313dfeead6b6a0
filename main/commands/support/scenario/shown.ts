import type {
  ScenarioExplanation,
  ScenarioGrid,
  ScenarioValuation,
} from '../../../../shared/contract/scenario-value.ts';
import type {
  Explanation,
  GridColumns,
  GridGroup,
  Valuation,
} from '../../../../shared/quant/scenario/result.ts';

// Results of the core as the contract's own arrays.

export const shownColumns = (from: GridColumns): ScenarioGrid['total'] => ({
  profit: [...from.profit],
  deltaDollar: [...from.deltaDollar],
  gammaDollar1Pct: [...from.gammaDollar1Pct],
  vegaPerVolPoint: [...from.vegaPerVolPoint],
  thetaPerDay: [...from.thetaPerDay],
});

export const shownGroups = (groups: readonly GridGroup[]): ScenarioGrid['byName'] =>
  groups.map((one) => ({ group: one.group, ...shownColumns(one) }));

export const shownValuation = (found: Valuation): ScenarioValuation => ({
  asOf: found.asOf,
  total: { ...found.total },
  positions: found.positions.map((one) => ({ ...one })),
  byName: found.byName.map((one) => ({ ...one })),
  byRole: found.byRole.map((one) => ({ ...one })),
  byFamily: found.byFamily.map((one) => ({ ...one })),
  notValued: found.notValued.map((one) => ({ ...one })),
  notes: [...found.notes],
});

export const shownExplanation = (found: Explanation): ScenarioExplanation => ({
  ...found,
  total: { ...found.total },
  vegaBySlice: found.vegaBySlice.map((one) => ({ ...one })),
  positions: found.positions.map((one) => ({
    ...one,
    vegaBySlice: one.vegaBySlice.map((slice) => ({ ...slice })),
  })),
  byName: found.byName.map((one) => ({ ...one })),
  byFamily: found.byFamily.map((one) => ({ ...one })),
  byBook: found.byBook.map((one) => ({ ...one })),
  // What neither day can value is told once.
  notValued: [...new Map(found.notValued.map((one) => [one.positionId, { ...one }])).values()],
});
