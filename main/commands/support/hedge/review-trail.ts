import type { HedgeLeg } from '../../../../shared/contract/hedge.ts';
import type { SuggestionEvent } from '../../../store/index.ts';

export const stepKinds = ['decided', 'edited', 'replaced', 'noted'] as const;
export type StepKind = (typeof stepKinds)[number];

/** One change of a leg, as its event keeps it: the leg before and after, whole. */
export interface LegStep {
  readonly kind: StepKind;
  readonly before: HedgeLeg;
  readonly after: HedgeLeg;
}

const isStepKind = (kind: string): kind is StepKind => (stepKinds as readonly string[]).includes(kind);

function stepOf({ kind, detail }: SuggestionEvent): LegStep | null {
  if (!isStepKind(kind) || typeof detail !== 'object' || detail === null) return null;
  const { before, after } = detail as Partial<LegStep>;
  // Older versions kept no legs: what they changed stays.
  return before === undefined || after === undefined ? null : { kind, before, after };
}

/**
 * What can be taken back and made again, the next one last, replayed from the events: it holds over a
 * restart and in every window.
 */
export function reviewTrail(events: readonly SuggestionEvent[]): {
  readonly undo: readonly LegStep[];
  readonly redo: readonly LegStep[];
} {
  const undo: LegStep[] = [];
  const redo: LegStep[] = [];
  const move = (from: LegStep[], to: LegStep[]): void => {
    const step = from.pop();
    if (step !== undefined) to.push(step);
  };
  for (const event of events) {
    const step = stepOf(event);
    if (step !== null) {
      undo.push(step);
      redo.length = 0;
    } else if (isStepKind(event.kind)) undo.length = redo.length = 0;
    else if (event.kind === 'undone') move(undo, redo);
    else if (event.kind === 'redone') move(redo, undo);
  }
  return { undo, redo };
}

/** Legs that stand otherwise than proposed, by the steps that were not taken back. */
export function changedLegs(standing: readonly LegStep[]): string[] {
  const changed = new Set<string>();
  for (const { kind, before, after } of standing) {
    if (kind !== 'edited' && kind !== 'replaced') continue;
    changed.delete(before.legId);
    changed.add(after.legId);
  }
  return [...changed];
}

/** A change in words. */
export function stepSentence({ kind, before, after }: LegStep): string {
  switch (kind) {
    case 'decided': {
      const why = after.decisionReason === null ? '' : `: ${after.decisionReason}`;
      return `${before.contract} ${after.decision}${why}`;
    }
    case 'edited':
      return `${before.contract} from ${before.quantity} at ${before.price} to ${after.quantity} at ${after.price}`;
    case 'replaced':
      return `${before.contract} replaced by ${after.contract}`;
    case 'noted':
      return `note on ${before.contract}${after.note === undefined ? ' taken away' : `: ${after.note}`}`;
  }
}

/** An event in words, for the log of a suggestion. */
export function eventSentence(event: SuggestionEvent): string {
  const step = stepOf(event);
  if (step !== null) return stepSentence(step);
  const { detail } = event;
  const told = (typeof detail === 'object' ? detail : null) as Readonly<Record<string, unknown>> | null;
  const text = (name: string): string => (typeof told?.[name] === 'string' ? told[name] : '');
  if (event.kind === 'undone' || event.kind === 'redone') return text('sentence');
  if (event.kind === 'approved' && text('overrideReason') !== '')
    return `overriding: ${text('overrideReason')}`;
  if (event.kind === 'exported') return text('format');
  if (event.kind === 'fills') {
    const fills = Array.isArray(told?.['fills']) ? told['fills'].length : 0;
    return `${fills} fills from ${text('fileName')}`;
  }
  return text('reason');
}
