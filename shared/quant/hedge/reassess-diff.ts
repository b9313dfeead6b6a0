/** What a re-assessment said of one leg. */
export interface LoggedDecision {
  readonly leg: string;
  readonly action: string;
  readonly rule: string;
  readonly reason: string;
  /** Contracts, > 0. */
  readonly quantity: number;
  readonly mark: number | null;
  readonly delta: number | null;
}

/** A re-assessment as the log keeps it. */
export interface LoggedRun {
  readonly actions: readonly LoggedDecision[];
  readonly fired: readonly RuleSentence[];
  readonly unfired: readonly RuleSentence[];
  readonly netDelta: number | null;
  readonly netDeltaFraction: number | null;
}

interface RuleSentence {
  readonly rule: string;
  readonly reason: string;
}

export interface NumberChange {
  readonly before: number | null;
  readonly after: number | null;
}

export interface LegChange {
  readonly leg: string;
  /** The weightiest of what changed. */
  readonly change: 'new' | 'gone' | 'decision' | 'quantity' | 'numbers';
  readonly actionBefore: string | null;
  readonly actionAfter: string | null;
  readonly reason: string | null;
  readonly quantity: NumberChange;
  readonly mark: NumberChange;
  readonly delta: NumberChange;
}

const changeOf = (
  before: LoggedDecision | undefined,
  after: LoggedDecision | undefined,
): LegChange['change'] | null => {
  if (before === undefined) return 'new';
  if (after === undefined) return 'gone';
  if (before.action !== after.action || before.rule !== after.rule) return 'decision';
  if (before.quantity !== after.quantity) return 'quantity';
  return before.mark !== after.mark || before.delta !== after.delta ? 'numbers' : null;
};

/**
 * What a run says that the one before it did not: rules that came to fire or fell quiet, legs that came,
 * went, or are decided otherwise. A leg whose every number is the same is left out.
 *
 * Source: features G5. Proof: test/unit/quant/hedge-reassess-diff.test.ts
 */
export function reassessChanges<Rule extends RuleSentence>(
  before: Omit<LoggedRun, 'fired' | 'unfired'> & { readonly fired: readonly Rule[] },
  after: Omit<LoggedRun, 'fired' | 'unfired'> & {
    readonly fired: readonly Rule[];
    readonly unfired: readonly Rule[];
  },
): {
  readonly nowFired: readonly Rule[];
  readonly nowQuiet: readonly Rule[];
  readonly legs: readonly LegChange[];
  readonly netDelta: NumberChange;
  readonly netDeltaFraction: NumberChange;
} {
  const firedBefore = new Set(before.fired.map(({ rule }) => rule));
  const ofBefore = new Map(before.actions.map((leg) => [leg.leg, leg]));
  const ofAfter = new Map(after.actions.map((leg) => [leg.leg, leg]));
  const names = new Set([...ofAfter.keys(), ...ofBefore.keys()]);
  return {
    nowFired: after.fired.filter(({ rule }) => !firedBefore.has(rule)),
    nowQuiet: after.unfired.filter(({ rule }) => firedBefore.has(rule)),
    legs: [...names].flatMap((leg): LegChange[] => {
      const [was, is] = [ofBefore.get(leg), ofAfter.get(leg)];
      const change = changeOf(was, is);
      if (change === null) return [];
      const pair = (value: (one: LoggedDecision) => number | null): NumberChange => ({
        before: was === undefined ? null : value(was),
        after: is === undefined ? null : value(is),
      });
      return [
        {
          leg,
          change,
          actionBefore: was?.action ?? null,
          actionAfter: is?.action ?? null,
          reason: is?.reason ?? null,
          quantity: pair(({ quantity }) => quantity),
          mark: pair(({ mark }) => mark),
          delta: pair(({ delta }) => delta),
        },
      ];
    }),
    netDelta: { before: before.netDelta, after: after.netDelta },
    netDeltaFraction: { before: before.netDeltaFraction, after: after.netDeltaFraction },
  };
}
