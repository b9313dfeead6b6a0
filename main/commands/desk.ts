import { basename } from 'node:path';
import type { deskCommands } from '../../shared/contract/desk.ts';
import { failure } from '../../shared/failure.ts';
import { fail, ok } from '../../shared/result.ts';
import type { HandlersFor } from './handlers.ts';
import { marketDay } from './support/market/as-of.ts';
import { backupFindings, basketFindings, observationFindings } from './support/records/desk-findings.ts';
import { healthFindings } from './support/records/health.ts';

export const deskHandlers: HandlersFor<typeof deskCommands> = {
  'desk.info': async (_, { read, version }) =>
    ok({
      deskName: basename(read.desk.file).replace(/\.[^.]+$/, ''),
      deskFile: read.desk.file,
      version,
      schemaVersion: read.desk.schemaVersion(),
      dataRevision: read.desk.dataRevision(),
      isEmpty: read.desk.isEmpty(),
      isDemo: read.desk.isDemo(),
      marketDates: [...read.quotes.marketDates()],
      newestQuotedAt: read.quotes.newestQuotedAt(),
      counts: { ...read.desk.counts() },
      underliers: read.underliers.holdings().map((holding) => ({
        ...holding,
        chainDates: [...holding.chainDates],
        weightDates: [...holding.weightDates],
      })),
    }),

  'desk.health': async ({ asOf }, { read, derived, shelf, now }) => {
    const problems = read.desk.integrityProblems();
    const day = marketDay(read, asOf);
    const damage = problems.map((problem) => ({
      severity: 'error' as const,
      subject: 'Desk file',
      rule: 'integrity',
      sentence: `The desk file failed its check: ${problem}. Restore a backup.`,
      count: 1,
    }));
    if (!day.ok) return ok({ asOf: null, findings: damage });
    const own = [
      ...backupFindings(shelf, now()),
      ...basketFindings(read, derived, day.value),
      ...observationFindings(read, day.value),
    ];
    return ok({ asOf: day.value, findings: [...damage, ...healthFindings(read, day.value, own)] });
  },

  'desk.backup': async ({ file }, { read }) => {
    const copy = read.desk.backupTo(file);
    return copy.ok ? ok({ ...copy.value, checked: true }) : copy;
  },

  'audit.list': async (request, { read }) => {
    const { total, entries } = read.audit.search(request);
    return ok({ total, entries: [...entries] });
  },

  'preference.read': async ({ key }, { read }) => ok({ value: read.preferences.read(key) }),

  'preference.save': ({ key, value }, tx) => {
    if (key.trim() === '')
      return fail(failure('invalid-request', 'preference.save', { reason: 'an empty key' }));
    tx.preferences.save(key, value);
    tx.describe({ subject: key, detail: '' });
    return ok({});
  },
};
