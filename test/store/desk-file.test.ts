import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { ok } from '../../shared/result.ts';
import { openStore, restoreDesk } from '../../main/store/index.ts';
import { temporaryFolder, valueOf } from '../support/service.ts';
import { mutate, openTestStore, testMoment } from '../support/store.ts';

const folder = temporaryFolder();
afterAll(folder.remove);
const place = (name: string): string => join(folder.path, name);
const open = (file: string, use: 'window' | 'command' = 'window') =>
  openStore({ file, use, now: () => testMoment });

/** A process that holds a desk as a window does until it is killed. */
async function holder(file: string): Promise<{ readonly kill: () => Promise<void> }> {
  const script = `
    const { openStore } = await import(${JSON.stringify(join(import.meta.dirname, '../../main/store/index.ts'))});
    const opened = openStore({ file: ${JSON.stringify(file)}, use: 'window', now: () => '${testMoment}' });
    process.stdout.write(opened.ok ? 'held' : opened.error.code);
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  expect(said.toString()).toBe('held');
  return {
    kill: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

describe('a desk', () => {
  it('is made with its folder, and is the same when it is opened again', () => {
    const file = place('new/folder/desk.voldesk');
    const first = valueOf(open(file));
    mutate(first, (tx) => ok(tx.preferences.save('a', 'b')));
    first.close();
    const second = valueOf(open(file));
    expect(second.read.preferences.read('a')).toBe('b');
    second.close();
  });

  it('is refused to a second window, in this process and in another', async () => {
    const file = place('held.voldesk');
    const other = await holder(file);
    expect(open(file)).toMatchObject({ ok: false, error: { code: 'desk-in-use' } });
    await other.kill();
    const mine = valueOf(open(file));
    expect(open(file)).toMatchObject({ ok: false, error: { code: 'desk-in-use' } });
    mine.close();
  });

  it('is free again as soon as the process that held it was killed', async () => {
    const file = place('killed.voldesk');
    const other = await holder(file);
    await other.kill();
    const mine = valueOf(open(file));
    expect(mine.read.desk.isEmpty()).toBe(true);
    mine.close();
  });

  it('serves a command beside a window, which hears of the change', () => {
    const file = place('shared.voldesk');
    const window = valueOf(open(file));
    const command = valueOf(open(file, 'command'));
    expect(window.changedElsewhere()).toBe(false);
    mutate(command, (tx) => ok(tx.preferences.save('a', 'b')));
    expect(window.changedElsewhere()).toBe(true);
    expect(window.changedElsewhere()).toBe(false);
    expect(window.read.preferences.read('a')).toBe('b');
    command.close();
    window.close();
  });

  it.each([
    [
      'text',
      (file: string) => writeFileSync(file, 'this is not a database, whatever its name says. '.repeat(100)),
      'desk-damaged',
    ],
    [
      'another program’s database',
      (file: string) => {
        const db = new Database(file);
        db.exec('CREATE TABLE theirs (id INTEGER)');
        db.close();
      },
      'desk-damaged',
    ],
    ['a folder', (file: string) => mkdirSync(file), 'desk-unwritable'],
  ])('that is %s is refused in one sentence and left as it is', (name, make, code) => {
    const file = place(`${name}.voldesk`);
    make(file);
    const before = statSync(file).isFile() ? readFileSync(file) : null;
    expect(open(file)).toMatchObject({ ok: false, error: { code } });
    if (before !== null) expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('with overwritten pages is refused and left as it is', () => {
    const file = place('damaged.voldesk');
    const store = valueOf(open(file));
    for (let at = 0; at < 200; at++)
      mutate(store, (tx) => ok(tx.preferences.save(`key ${at}`, 'x'.repeat(500))));
    store.close();
    const handle = openSync(file, 'r+');
    const { size } = statSync(file);
    for (let offset = Math.floor(size / 2); offset < size - 4096; offset += 4096)
      writeSync(handle, Buffer.alloc(2048, 0xaa), 0, 2048, offset);
    closeSync(handle);
    const before = readFileSync(file);
    expect(open(file)).toMatchObject({ ok: false, error: { code: 'desk-damaged' } });
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('cut short is refused', () => {
    const file = place('cut.voldesk');
    const store = valueOf(open(file));
    for (let at = 0; at < 200; at++)
      mutate(store, (tx) => ok(tx.preferences.save(`key ${at}`, 'x'.repeat(500))));
    store.close();
    writeFileSync(file, readFileSync(file).subarray(0, 60_000));
    expect(open(file)).toMatchObject({ ok: false, error: { code: 'desk-damaged' } });
  });

  it('below a file instead of a folder cannot be written', () => {
    writeFileSync(place('a-file'), '');
    expect(open(place('a-file/desk.voldesk'))).toMatchObject({
      ok: false,
      error: { code: 'desk-unwritable' },
    });
  });
});

describe('a backup', () => {
  it('is a checked copy that restores, and the desk before it is kept', () => {
    const file = place('original.voldesk');
    const store = valueOf(open(file));
    mutate(store, (tx) => ok(tx.preferences.save('a', 'first')));
    const copy = valueOf(store.read.desk.backupTo(place('copy.voldesk')));
    expect(copy.bytes).toBeGreaterThan(0);
    mutate(store, (tx) => ok(tx.preferences.save('a', 'second')));
    const restore = () => restoreDesk({ backup: place('copy.voldesk'), desk: file, now: testMoment });
    expect(restore()).toMatchObject({ ok: false, error: { code: 'desk-in-use' } });
    store.close();

    const { keptAs } = valueOf(restore());
    const restored = openTestStore(file);
    expect(restored.read.preferences.read('a')).toBe('first');
    restored.close();
    expect(keptAs !== null && existsSync(keptAs)).toBe(true);
    const kept = openTestStore(keptAs ?? '');
    expect(kept.read.preferences.read('a')).toBe('second');
    kept.close();
  });

  it('refuses to overwrite, to write nowhere, and to restore what is no desk', () => {
    const file = place('refusing.voldesk');
    const store = valueOf(open(file));
    writeFileSync(place('taken'), 'x');
    expect(store.read.desk.backupTo(place('taken'))).toMatchObject({
      ok: false,
      error: { code: 'already-exists' },
    });
    expect(store.read.desk.backupTo(place('no/such/folder'))).toMatchObject({
      ok: false,
      error: { code: 'desk-unwritable' },
    });
    store.close();
    const before = readFileSync(file);
    const now = testMoment;
    // The sound desk must not be blamed for what the backup is.
    expect(restoreDesk({ backup: place('taken'), desk: file, now })).toMatchObject({
      ok: false,
      error: { code: 'desk-damaged', subject: place('taken') },
    });
    expect(restoreDesk({ backup: place('missing'), desk: file, now })).toMatchObject({
      ok: false,
      error: { code: 'file-not-found' },
    });
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});
