import type { ScenarioEdit, ScenarioStep } from '../../shared/contract/scenario-edits.ts';
import type { ScenarioShock } from '../../shared/contract/scenario-shock.ts';
import type { IsoDate, IsoInstant } from '../../shared/dates.ts';

/** A frozen book and its market; the content is what `main/commands/support/scenario` froze. */
export interface StoredSnapshot {
  readonly snapshotId: number;
  /** SHA-256 of the content's canonical text. */
  readonly hash: string;
  readonly asOf: IsoDate;
  readonly takenAt: IsoInstant;
  readonly takenBy: string;
}

export interface StoredScenario {
  readonly scenarioId: number;
  readonly parentId: number | null;
  readonly snapshotId: number;
  readonly name: string;
  readonly note: string;
  /** Edits of the parent as they stood when this one was branched. */
  readonly inherited: readonly ScenarioEdit[];
  /** All edits at the last save, inherited ones included. */
  readonly saved: readonly ScenarioEdit[];
  /** Steps in force. */
  readonly cursor: number;
  readonly createdAt: IsoInstant;
  readonly createdBy: string;
  readonly changedAt: IsoInstant;
  readonly savedAt: IsoInstant;
  readonly deletedAt: IsoInstant | null;
}

export interface StoredStress {
  readonly stressId: number;
  readonly name: string;
  readonly note: string;
  readonly shock: ScenarioShock;
  readonly madeAt: IsoInstant;
  readonly madeBy: string;
  readonly removedAt: IsoInstant | null;
}

export type DailyReason = 'start' | 'import' | 'hand';

/** Value and risk of the live book on a market day, and the frozen book they are of. */
export interface StoredDaily {
  readonly dailyId: number;
  readonly asOf: IsoDate;
  readonly snapshotId: number;
  readonly reason: DailyReason;
  readonly takenAt: IsoInstant;
  readonly takenBy: string;
  readonly value: unknown;
}

export interface ScenarioReader {
  /** Sessions that are not deleted, by name. */
  readonly list: () => readonly StoredScenario[];
  /** The newest deleted ones, the last deleted first. */
  readonly deleted: () => readonly {
    readonly scenarioId: number;
    readonly name: string;
    readonly deletedAt: string;
  }[];
  /** Also a deleted one. */
  readonly find: (scenarioId: number) => StoredScenario | null;
  /** Among those not deleted. */
  readonly named: (name: string) => StoredScenario | null;
  /** In order, undone ones last. */
  readonly steps: (scenarioId: number) => readonly ScenarioStep[];
  readonly snapshot: (snapshotId: number) => StoredSnapshot | null;
  /** The frozen content, as its canonical text. */
  readonly content: (snapshotId: number) => string | null;
  /** Those not removed, by name. */
  readonly stresses: () => readonly StoredStress[];
  /** Also a removed one. */
  readonly stress: (stressId: number) => StoredStress | null;
  /** The newest of each market day, oldest day first. */
  readonly daily: () => readonly StoredDaily[];
  readonly dailyOn: (asOf: IsoDate) => StoredDaily | null;
}

export interface ScenarioWriter {
  /** Keeps a frozen book once: the same content has one id. */
  readonly keepSnapshot: (snapshot: {
    readonly asOf: IsoDate;
    readonly hash: string;
    readonly content: string;
    /** Absent: now. */
    readonly takenAt?: IsoInstant;
  }) => number;
  readonly insert: (session: {
    readonly parentId: number | null;
    readonly snapshotId: number;
    readonly name: string;
    readonly note: string;
    readonly inherited: readonly ScenarioEdit[];
    readonly saved: readonly ScenarioEdit[];
  }) => number;
  /** Drops what was undone, then appends; a step of the same merge key right before it is replaced. */
  readonly addStep: (
    scenarioId: number,
    step: {
      readonly label: string;
      readonly mergeKey: string | null;
      readonly edits: readonly ScenarioEdit[];
    },
  ) => void;
  readonly moveCursor: (scenarioId: number, cursor: number) => void;
  /** Ends a run of merging steps, so that the next one is an undo of its own. */
  readonly save: (scenarioId: number, edits: readonly ScenarioEdit[]) => void;
  readonly rename: (scenarioId: number, name: string, note: string) => void;
  readonly setDeleted: (scenarioId: number, deleted: boolean) => void;
  readonly addStress: (stress: Pick<StoredStress, 'name' | 'note' | 'shock'>) => number;
  readonly setStressRemoved: (stressId: number, removed: boolean) => void;
  readonly addDaily: (daily: Pick<StoredDaily, 'asOf' | 'snapshotId' | 'reason' | 'value'>) => number;
}
