import { gaussLegendreNodes } from '../math/numeric.ts';

const rule = gaussLegendreNodes(20);

/** Where an integrand bends, and over what width. */
export interface Bend {
  readonly at: number;
  readonly width: number;
}

/** Ascending ends of panels: no wider than `widest`, and halving toward each bend down to its width. */
function panelEnds(low: number, high: number, bends: readonly Bend[], widest: number): readonly number[] {
  const ends = new Set<number>([low, high]);
  const count = Math.ceil((high - low) / widest);
  for (let i = 1; i < count; i++) ends.add(low + ((high - low) * i) / count);
  for (const { at, width } of bends) {
    if (at > low && at < high) ends.add(at);
    for (let offset = Math.max(width, 1e-9); offset < widest; offset *= 2) {
      if (at - offset > low && at - offset < high) ends.add(at - offset);
      if (at + offset > low && at + offset < high) ends.add(at + offset);
    }
  }
  return [...ends].sort((a, b) => a - b);
}

/**
 * Walks the nodes of a composite Gauss–Legendre rule on panels graded toward the integrand's bends.
 *
 * @param task.visit gets each node with its weight; the caller adds up whatever it needs
 * Proof: test/unit/quant/forward-start.test.ts (a strike offset that turns the contract into a plain option)
 */
export function overPanels(task: {
  readonly low: number;
  readonly high: number;
  readonly bends: readonly Bend[];
  readonly widest: number;
  readonly visit: (at: number, weight: number) => void;
}): void {
  const ends = panelEnds(task.low, task.high, task.bends, task.widest);
  for (let panel = 1; panel < ends.length; panel++) {
    const half = 0.5 * (ends[panel]! - ends[panel - 1]!);
    const middle = 0.5 * (ends[panel]! + ends[panel - 1]!);
    for (let i = 0; i < rule.nodes.length; i++) {
      task.visit(middle + half * rule.nodes[i]!, half * rule.weights[i]!);
    }
  }
}
