import type { z } from 'zod';
import { reassessRules, type HedgeReassessment, type ReassessDue } from '../shared/contract/reassess.ts';
import type { DeskEvent } from '../shared/contract/messages.ts';
import type { Dispatch } from './dispatch.ts';

/** Where the window keeps the thresholds that a person set. */
const rulesKey = 'reassess.rules';

/** Files come in a row: the look waits until they are in. */
const restMilliseconds = 3000;

type ReassessRules = z.infer<typeof reassessRules>;

export interface ReassessWatch {
  readonly onEvent: (event: DeskEvent) => void;
  readonly close: () => void;
}

/**
 * Looks at every hedge that is on when a desk is opened and after every import, and keeps the run where the
 * day or what was found is new. A look that fails is not kept: whoever looks by hand reads why.
 */
export function createReassessWatch(parts: {
  readonly request: Dispatch;
  readonly rest?: number;
}): ReassessWatch {
  const { request, rest = restMilliseconds } = parts;
  const stopped = new AbortController();
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;

  const look = async (cause: 'start' | 'import'): Promise<void> => {
    const options = { signal: stopped.signal };
    const due = await request('reassess.due', {}, options);
    if (!due.ok) return;
    const kept = await request('preference.read', { key: rulesKey }, options);
    const text = kept.ok ? (kept.value as { readonly value: string | null }).value : null;
    const rules = rulesOf(text);
    for (const { basket, asOf, lastRun } of (due.value as { readonly baskets: readonly ReassessDue[] })
      .baskets) {
      if (stopped.signal.aborted || asOf === null) return;
      const found = await request('hedge.reassess', { basket, asOf, rules }, options);
      if (!found.ok) continue;
      const result = found.value as HedgeReassessment;
      const known =
        lastRun === null ? null : await request('reassess.run', { runId: lastRun.runId }, options);
      const before =
        known?.ok === true ? (known.value as { readonly result: HedgeReassessment }).result : null;
      if (before !== null && before.asOf === result.asOf && saysTheSame(before, result)) continue;
      if (!stopped.signal.aborted) await request('reassess.save', { result, rules, cause }, options);
    }
  };
  const plan = (cause: 'start' | 'import'): void => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => {
      timer = null;
      const before = running ?? Promise.resolve();
      running = before.then(() => look(cause));
    }, rest);
    timer.unref();
  };
  plan('start');
  return {
    onEvent: (event) => {
      if (event.type === 'data.changed') plan('import');
    },
    close: () => {
      stopped.abort();
      if (timer !== null) clearTimeout(timer);
    },
  };
}

/** The thresholds as kept; the usual ones where there are none, or what is kept is no rules. */
function rulesOf(text: string | null): ReassessRules {
  try {
    const parsed = reassessRules.safeParse(text === null ? {} : JSON.parse(text));
    return parsed.success ? parsed.data : {};
  } catch {
    // A preference that is no JSON is as good as none.
    return {};
  }
}

const saysTheSame = (a: HedgeReassessment, b: HedgeReassessment): boolean =>
  JSON.stringify([a.fired, a.actions]) === JSON.stringify([b.fired, b.actions]);
