import type { ScenarioAxis } from '../../shared/contract/scenario-shock.ts';
import type { WorkstationState } from './store.ts';

export const scenarioTabs = [
  'result',
  'grid',
  'curves',
  'positions',
  'market',
  'explain',
  'compare',
  'replay',
] as const;
export type ScenarioTab = (typeof scenarioTabs)[number];

export const gridMeasures = [
  'profit',
  'deltaDollar',
  'gammaDollar1Pct',
  'vegaPerVolPoint',
  'thetaPerDay',
] as const;
export type GridMeasure = (typeof gridMeasures)[number];

export const resultGroups = ['position', 'name', 'family', 'role'] as const;
export type ResultGroup = (typeof resultGroups)[number];

export const axisKinds = [
  'spot',
  'byBeta',
  'volParallel',
  'volTermWeighted',
  'volRelative',
  'skewTilt',
  'correlation',
  'days',
  'rate',
  'yield',
  'dividends',
] as const;
export type AxisKind = (typeof axisKinds)[number];

/** One direction of a grid or curve, as it is chosen: evenly spaced from one end to the other. */
export interface AxisChoice {
  readonly kind: AxisKind;
  /** In the unit of the shock: decimal, or calendar days. */
  readonly from: number;
  readonly to: number;
  readonly nodes: number;
  /** One name alone, or the index of a beta or correlation; null: everything, or the first index. */
  readonly symbol: string | null;
}

/** What a person chose of the view; kept between starts. */
export interface ScenarioChoices {
  readonly scenarioId: number | null;
  readonly tab: ScenarioTab;
  readonly group: ResultGroup;
  readonly measure: GridMeasure;
  /** Part of the book: `all`, or `byFamily:forward-start`, `byName:MERI`, `byRole:index`. */
  readonly part: string;
  readonly axisA: AxisChoice;
  readonly axisB: AxisChoice;
  readonly axisCurve: AxisChoice;
  /** Trading days ahead that the last curve is for. */
  readonly sessionsAhead: number;
  readonly compareIds: readonly number[];
}

/** Usual ends of an axis, in its unit. */
export const usualAxis: Readonly<Record<AxisKind, readonly [number, number]>> = {
  spot: [-0.2, 0.2],
  byBeta: [-0.2, 0.2],
  volParallel: [-0.1, 0.1],
  volTermWeighted: [-0.1, 0.1],
  volRelative: [-0.5, 0.5],
  skewTilt: [-0.05, 0.05],
  correlation: [-0.2, 0.2],
  days: [0, 60],
  rate: [-0.02, 0.02],
  yield: [-0.02, 0.02],
  dividends: [-0.5, 0.5],
};

export const axisOfKind = (kind: AxisKind, nodes = 21): AxisChoice => {
  const [from, to] = usualAxis[kind];
  return { kind, from, to, nodes, symbol: null };
};

export const usualChoices: ScenarioChoices = {
  scenarioId: null,
  tab: 'result',
  group: 'position',
  measure: 'profit',
  part: 'all',
  axisA: axisOfKind('volParallel'),
  axisB: axisOfKind('spot'),
  axisCurve: axisOfKind('spot', 41),
  sessionsAhead: 20,
  compareIds: [],
};

const read = new WeakMap<object, ScenarioChoices>();

/** The choices in force; the same object until they change. */
export function scenarioChoices(state: Pick<WorkstationState, 'preferences'>): ScenarioChoices {
  const kept = state.preferences['scenario'];
  if (typeof kept !== 'object' || kept === null) return usualChoices;
  const known = read.get(kept);
  if (known !== undefined) return known;
  const made = choicesFrom(kept as Readonly<Record<string, unknown>>);
  read.set(kept, made);
  return made;
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const oneOf = <T extends string>(known: readonly T[], value: unknown, usual: T): T =>
  known.find((one) => one === value) ?? usual;

function axisFrom(value: unknown, usual: AxisChoice): AxisChoice {
  if (typeof value !== 'object' || value === null) return usual;
  const { kind, from, to, nodes, symbol } = value as Readonly<Record<string, unknown>>;
  const known = axisKinds.find((one) => one === kind);
  if (known === undefined || !isNumber(from) || !isNumber(to) || !isNumber(nodes)) return usual;
  return { kind: known, from, to, nodes, symbol: typeof symbol === 'string' ? symbol : null };
}

function choicesFrom(kept: Readonly<Record<string, unknown>>): ScenarioChoices {
  const { scenarioId, part, sessionsAhead, compareIds } = kept;
  return {
    scenarioId: isNumber(scenarioId) ? scenarioId : null,
    tab: oneOf(scenarioTabs, kept['tab'], usualChoices.tab),
    group: oneOf(resultGroups, kept['group'], usualChoices.group),
    measure: oneOf(gridMeasures, kept['measure'], usualChoices.measure),
    part: typeof part === 'string' ? part : 'all',
    axisA: axisFrom(kept['axisA'], usualChoices.axisA),
    axisB: axisFrom(kept['axisB'], usualChoices.axisB),
    axisCurve: axisFrom(kept['axisCurve'], usualChoices.axisCurve),
    sessionsAhead: isNumber(sessionsAhead) ? sessionsAhead : usualChoices.sessionsAhead,
    compareIds: Array.isArray(compareIds) ? compareIds.filter(isNumber) : [],
  };
}

/** The nodes of an axis, ascending, in its own unit; days are whole and stand once. */
export function axisValues(choice: AxisChoice): readonly number[] {
  const [low, high] = [Math.min(choice.from, choice.to), Math.max(choice.from, choice.to)];
  const count = Math.max(1, choice.nodes);
  const even = Array.from({ length: count }, (_, at) =>
    count === 1 ? low : Number((low + ((high - low) * at) / (count - 1)).toPrecision(12)),
  );
  if (choice.kind !== 'days') return [...new Set(even)];
  return [...new Set(even.map((value) => Math.max(0, Math.round(value))))];
}

/** The axis as the desk is asked for it; null where it needs an index and there is none. */
export function axisOf(choice: AxisChoice, firstIndex: string | null): ScenarioAxis | null {
  const values = [...axisValues(choice)];
  const index = choice.symbol ?? firstIndex;
  switch (choice.kind) {
    case 'byBeta':
      return index === null ? null : { kind: 'byBeta', index, values };
    case 'correlation':
      return index === null ? null : { kind: 'correlation', index, moves: 'index', values };
    case 'days':
    case 'rate':
    case 'yield':
    case 'dividends':
      return { kind: choice.kind, values };
    case 'spot':
    case 'volParallel':
    case 'volTermWeighted':
    case 'volRelative':
    case 'skewTilt':
      return {
        kind: choice.kind,
        target: choice.symbol === null ? { kind: 'all' } : { kind: 'names', symbols: [choice.symbol] },
        values,
      };
  }
}
