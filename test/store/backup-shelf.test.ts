import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBackupShelf } from '../../main/store/backup-shelf.ts';
import { ok } from '../../shared/result.ts';
import { temporaryFolder, valueOf } from '../support/service.ts';

describe('the shelf of backups', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let desk: string;
  beforeEach(() => {
    folder = temporaryFolder();
    desk = join(folder.path, 'desk.sqlite');
    writeFileSync(desk, 'a desk');
  });
  afterEach(() => folder.remove());
  const shelf = () =>
    createBackupShelf(desk, (file) => {
      writeFileSync(file, 'a copy');
      return ok({ bytes: 6 });
    });
  const instant = (hours: number) => `${new Date(Date.UTC(2026, 0, 1, hours)).toISOString().slice(0, 19)}Z`;

  it('keeps few of many: the newest, one a day for two weeks, one a week for two months', () => {
    const { make, list } = shelf();
    for (let hours = 0; hours < 24 * 120; hours += 3) valueOf(make('hour', instant(hours)));
    const kept = list().map(({ at }) => at);
    const last = Date.parse(instant(24 * 120 - 3));
    const ages = kept.map((at) => (last - Date.parse(at)) / 86_400_000);
    expect(kept.length).toBeLessThan(30);
    expect(ages.filter((age) => age < 0.7).length).toBeGreaterThanOrEqual(6);
    for (let day = 1; day < 13; day += 1)
      expect(
        ages.some((age) => Math.abs(age - day) < 1),
        `day ${day}`,
      ).toBe(true);
    for (let week = 2; week < 8; week += 1)
      expect(
        ages.some((age) => Math.abs(age - 7 * week) <= 7),
        `week ${week}`,
      ).toBe(true);
    expect(Math.max(...ages)).toBeLessThan(57);
  });

  it('keeps what a person asked for while hourly ones go', () => {
    const { make, list } = shelf();
    valueOf(make('by-hand', instant(1)));
    for (let hours = 2; hours < 24 * 20; hours += 1) valueOf(make('hour', instant(hours)));
    expect(list().filter(({ cause }) => cause === 'by-hand')).toHaveLength(1);
  });

  it('leaves alone what is not its own', () => {
    mkdirSync(`${desk}.backups`);
    writeFileSync(join(`${desk}.backups`, 'notes.txt'), 'mine');
    const { make, list } = shelf();
    for (let hours = 0; hours < 24 * 90; hours += 24) valueOf(make('hour', instant(hours)));
    expect(readdirSync(`${desk}.backups`)).toContain('notes.txt');
    expect(list().some(({ name }) => name === 'notes.txt')).toBe(false);
  });

  it('knows when the desk was written after its newest backup', () => {
    const { make, isBehind } = shelf();
    expect(isBehind()).toBe(true);
    utimesSync(desk, new Date('2026-01-01T00:00:00Z'), new Date('2026-01-01T00:00:00Z'));
    valueOf(make('start', instant(5)));
    expect(isBehind()).toBe(false);
    utimesSync(desk, new Date('2026-01-02T00:00:00Z'), new Date('2026-01-02T00:00:00Z'));
    expect(isBehind()).toBe(true);
  });

  it('gives two of the same second two names', () => {
    const { make, list } = shelf();
    valueOf(make('by-hand', instant(5)));
    valueOf(make('by-hand', instant(5)));
    expect(new Set(list().map(({ name }) => name)).size).toBe(2);
  });
});
