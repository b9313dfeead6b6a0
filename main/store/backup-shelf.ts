import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Backup, BackupCause } from '../../shared/contract/backups.ts';
import type { IsoInstant } from '../../shared/dates.ts';
import { failure } from '../../shared/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';

/** The backups of one desk: a folder beside it, `DESK.backups`, whose names say when and why. */
export interface BackupShelf {
  /** Null for a desk in memory. */
  readonly folder: string | null;
  /** Newest first. */
  readonly list: () => readonly Backup[];
  /** The path of a backup of this desk; null where there is none of that name. */
  readonly pathOf: (name: string) => string | null;
  /** A checked copy of the open desk; afterwards the oldest that nobody needs are removed. */
  readonly make: (cause: BackupCause, now: IsoInstant) => Result<Backup>;
  /** Whether the desk was written after its newest backup was made, or has none. */
  readonly isBehind: () => boolean;
}

type Copy = (file: string) => Result<{ readonly bytes: number }>;

const ending = '.voldesk';
const named =
  /^(\d{4}-\d\d-\d\dT\d{6}Z)\.(start|hour|by-hand|before-restore|before-migration)(\.\d+)?\.voldesk$/;
/** Always kept, whatever their day. */
const newestKept = 6;
/** One a day for so many days back, then one a week. */
const daysKept = 14;
const weeksKept = 8;
const dayMilliseconds = 86_400_000;
const daysOfWeek = 7;

export function createBackupShelf(file: string, copy: Copy): BackupShelf {
  const folder = file === ':memory:' ? null : `${file}.backups`;

  const list = (): Backup[] => {
    if (folder === null) return [];
    const own = existsSync(folder) ? readdirSync(folder).flatMap((name) => read(folder, name)) : [];
    return [...own, ...keptBesideDesk(file)].toSorted((a, b) =>
      a.at === b.at ? (a.name < b.name ? 1 : -1) : a.at < b.at ? 1 : -1,
    );
  };

  return {
    folder,
    list,
    pathOf: (name) => {
      const found = list().some((one) => one.name === name);
      if (!found || folder === null) return null;
      const inside = join(folder, name);
      return existsSync(inside) ? inside : join(dirname(file), name);
    },
    make: (cause, now) => {
      if (folder === null)
        return fail(failure('desk-unwritable', 'A desk in memory', { reason: 'it has no file to keep' }));
      try {
        mkdirSync(folder, { recursive: true });
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return fail(failure('desk-unwritable', folder, { reason }));
      }
      const path = freePath(folder, now, cause);
      const made = copy(path);
      if (!made.ok) return made;
      for (const old of unneeded(
        list().filter(({ name }) => named.test(name)),
        now,
      ))
        rmSync(join(folder, old.name), { force: true });
      return ok({ name: basename(path), at: now, cause, bytes: made.value.bytes });
    },
    isBehind: () => {
      if (folder === null) return false;
      const newest = list()[0];
      if (newest === undefined) return true;
      const written = Math.max(writtenAt(file), writtenAt(`${file}-wal`));
      return written > Date.parse(newest.at);
    },
  };
}

const writtenAt = (file: string): number => (existsSync(file) ? statSync(file).mtimeMs : 0);

/** `2026-11-21T035012Z` as an instant. */
const instantOf = (stamp: string): IsoInstant =>
  `${stamp.slice(0, 13)}:${stamp.slice(13, 15)}:${stamp.slice(15)}`;

function read(folder: string, name: string): Backup[] {
  const [, stamp, cause] = named.exec(name) ?? [];
  if (stamp === undefined) return [];
  return [
    { name, at: instantOf(stamp), cause: cause as BackupCause, bytes: statSync(join(folder, name)).size },
  ];
}

/** What a migration or a restore by the command line kept beside the desk. */
function keptBesideDesk(file: string): Backup[] {
  const folder = dirname(file);
  if (!existsSync(folder)) return [];
  const own = basename(file);
  return readdirSync(folder).flatMap((name) => {
    if (!name.startsWith(`${own}.`)) return [];
    const rest = name.slice(own.length + 1);
    const migrated = /^schema-\d+\.(\d{4}-\d\d-\d\dT\d{6}Z)\.bak$/.exec(rest)?.[1];
    const restored = /^before-restore\.(\d{4}-\d\d-\d\dT\d{6}Z)(?:\.\d+)?$/.exec(rest)?.[1];
    const stamp = migrated ?? restored;
    if (stamp === undefined) return [];
    const cause = migrated === undefined ? 'before-restore' : 'before-migration';
    return [{ name, at: instantOf(stamp), cause, bytes: statSync(join(folder, name)).size }];
  });
}

function freePath(folder: string, now: IsoInstant, cause: BackupCause): string {
  const stem = `${now.replaceAll(':', '')}.${cause}`;
  for (let nth = 0; ; nth += 1) {
    const path = join(folder, `${stem}${nth === 0 ? '' : `.${nth}`}${ending}`);
    if (!existsSync(path)) return path;
  }
}

/**
 * The automatic backups that nobody needs: all but the newest few, the newest of each of the last days and the
 * newest of each of the last weeks. What a person asked for, and what was there before a restore, stays a month.
 */
function unneeded(backups: readonly Backup[], now: IsoInstant): readonly Backup[] {
  const kept = new Set(backups.slice(0, newestKept));
  const seen = new Set<string>();
  for (const one of backups) {
    const age = Math.floor((Date.parse(now) - Date.parse(one.at)) / dayMilliseconds);
    const isAutomatic = one.cause === 'start' || one.cause === 'hour';
    if (!isAutomatic && age < weeksKept * daysOfWeek) kept.add(one);
    // Weeks of the calendar, not of age: those would move on and leave none behind.
    const week = Math.floor(Date.parse(one.at) / dayMilliseconds / daysOfWeek);
    const span = age < daysKept ? one.at.slice(0, 10) : `week ${week}`;
    if (age >= weeksKept * daysOfWeek || seen.has(span)) continue;
    seen.add(span);
    kept.add(one);
  }
  return backups.filter((one) => !kept.has(one));
}
