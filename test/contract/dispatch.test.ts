import { describe, expect, it } from 'vitest';
import { failure } from '../../shared/failure.ts';
import { fail, ok } from '../../shared/result.ts';
import type { QueryContext } from '../../main/commands/handlers.ts';
import { createDispatch, type Dispatch } from '../../main/dispatch.ts';
import { createLog, type LogEntry } from '../../main/log.ts';
import { openTestStore, testMoment } from '../support/store.ts';

/** The real dispatcher and the real store around handlers of a test's own. */
function around(handlers: Readonly<Record<string, unknown>>, recordRefusal?: () => never) {
  const store = openTestStore();
  const logged: LogEntry[] = [];
  const announced: unknown[] = [];
  const now = () => testMoment;
  const request: Dispatch = createDispatch({
    handlers,
    contextOf: () => ({ read: store.read }) as unknown as QueryContext,
    mutationContextOf: (tx) => ({ ...tx, staging: {} as never, version: '1' }),
    mutate: store.mutate,
    recordRefusal: recordRefusal ?? store.recordRefusal,
    failureOfStore: store.failureOf,
    announce: (event) => announced.push(event),
    now,
    actor: 'tester',
    log: createLog({ now, randomId: () => 'abcdef01-2345', write: (entry) => logged.push(entry) }),
    checkOutputs: true,
  });
  return {
    request,
    logged,
    announced,
    audit: () => store.read.audit.search({ search: '', limit: 10 }).entries,
  };
}

const thrown = (error: unknown) => () => {
  throw error;
};
const sqlite = (code: string): Error => Object.assign(new Error(code), { code });

describe('dispatch', () => {
  it('turns a throw into an incident: the user gets its number, the log its stack', async () => {
    const { request, logged } = around({ 'preference.read': thrown(new Error('a bug')) });
    expect(await request('preference.read', { key: 'k' })).toEqual(
      fail(failure('internal', 'preference.read', { incident: 'abcdef01' })),
    );
    expect(logged).toMatchObject([
      { level: 'error', incident: 'abcdef01', stack: expect.stringContaining('a bug') as string },
    ]);
  });

  it('takes an answer that breaks the contract for a bug', async () => {
    const { request, audit } = around({
      'preference.read': async () => ok({ value: Number.NaN }),
      'basket.save': () => ok({ basketId: 'one', version: 1 }),
      'preference.save': () => ok([]),
    });
    expect(await request('preference.read', { key: 'k' })).toMatchObject({
      ok: false,
      error: { code: 'internal' },
    });
    expect(await request('preference.save', { key: 'k', value: '' })).toMatchObject({
      ok: false,
      error: { code: 'internal' },
    });
    expect(audit()).toMatchObject([{ command: 'preference.save', outcome: 'refused' }]);
  });

  it.each([
    ['SQLITE_FULL', 'disk-full'],
    ['SQLITE_READONLY_DBMOVED', 'desk-unwritable'],
    ['SQLITE_CANTOPEN', 'desk-unwritable'],
    ['SQLITE_CORRUPT_VTAB', 'desk-damaged'],
    ['SQLITE_BUSY_SNAPSHOT', 'desk-in-use'],
    ['SQLITE_CONSTRAINT', 'internal'],
  ])('says what %s means to the user', async (code, expected) => {
    const { request } = around({ 'preference.save': thrown(sqlite(code)) });
    expect(await request('preference.save', { key: 'k', value: 'v' })).toMatchObject({
      ok: false,
      error: { code: expected },
    });
  });

  it('refuses a day that no calendar has, and a field that is missing', async () => {
    const { request } = around({});
    expect(await request('desk.health', { asOf: '2026-13-45' })).toEqual(
      fail(failure('invalid-request', 'desk.health', { reason: 'asOf: must be a date such as 2026-03-27' })),
    );
    expect(await request('preference.read', {})).toEqual(
      fail(failure('invalid-request', 'preference.read', { reason: 'no key' })),
    );
  });

  it('logs no incident where the store that refused cannot record its refusal either', async () => {
    const { request, logged } = around(
      { 'preference.save': thrown(sqlite('SQLITE_READONLY')) },
      thrown(sqlite('SQLITE_READONLY')),
    );
    expect(await request('preference.save', { key: 'k', value: 'v' })).toMatchObject({
      ok: false,
      error: { code: 'desk-unwritable' },
    });
    expect(logged).toEqual([]);
  });

  it('rolls back, records the refusal in the user’s words and announces nothing', async () => {
    const { request, audit, announced } = around({
      'preference.save': (
        _: unknown,
        tx: { announce: (event: unknown) => void; preferences: { save: (k: string, v: string) => void } },
      ) => {
        tx.preferences.save('k', 'v');
        tx.announce({ type: 'baskets.changed' });
        return fail(failure('not-found', 'Basket X'));
      },
      'preference.read': async (_: unknown, { read }: QueryContext) =>
        ok({ value: read.preferences.read('k') }),
    });
    expect(await request('preference.save', { key: 'k', value: 'v' })).toMatchObject({ ok: false });
    expect(await request('preference.read', { key: 'k' })).toEqual(ok({ value: null }));
    expect(audit()).toMatchObject([
      { subject: 'k', outcome: 'refused', detail: 'Basket X is not on this desk. Check the name.' },
    ]);
    expect(announced).toEqual([]);
  });

  it('does not start what was cancelled before', async () => {
    const { request } = around({ 'preference.read': thrown(new Error('must not run')) });
    const signal = AbortSignal.abort();
    expect(await request('preference.read', { key: 'k' }, { signal })).toMatchObject({
      error: { code: 'cancelled' },
    });
  });
});
