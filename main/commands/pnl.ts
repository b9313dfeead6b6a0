import type { pnlCommands } from '../../shared/contract/pnl.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { HandlersFor, QueryContext } from './handlers.ts';
import { createScenarioCompute } from './support/scenario/compute-scenario.ts';
import { dailyValue, shownDaily, type DailyValue } from './support/scenario/daily-value.ts';
import { explainDays } from './support/scenario/explain-days.ts';
import type { Freeze, Freezes } from './support/scenario/freezes.ts';
import { buildReport, type ReadLedger } from './support/scenario/report.ts';
import type { ScenarioBooks } from './support/scenario/scenario-books.ts';
import { shownExplanation } from './support/scenario/shown.ts';

export const pnlHandlers = (
  books: ScenarioBooks,
  freezes: Freezes,
  readLedger: ReadLedger,
): HandlersFor<typeof pnlCommands> => {
  /** What each frozen book was worth, until it is kept. */
  const values = new WeakMap<Freeze['desk'], DailyValue>();

  const valueOf = async (freeze: Freeze, context: QueryContext): Promise<Result<DailyValue>> => {
    const known = values.get(freeze.desk);
    if (known !== undefined) return ok(known);
    const subject = `The live book of ${freeze.asOf}`;
    const found = await createScenarioCompute(context).value(subject, freeze.desk.book);
    if (!found.ok) return found;
    const { notIncluded } = freeze.desk;
    const value = dailyValue(freeze.desk.book, found.value);
    const whole = { ...value, notValued: [...value.notValued, ...notIncluded.map((one) => ({ ...one }))] };
    values.set(freeze.desk, whole);
    return ok(whole);
  };

  return {
    'snapshot.list': async ({ from, to }, { read }) =>
      ok({
        days: read.scenarios
          .daily()
          .filter(({ asOf }) => (from === undefined || asOf >= from) && (to === undefined || asOf <= to))
          .map(shownDaily),
      }),

    'snapshot.take': async ({ asOf, inBackground }, context) => {
      const desk = await books.live(context, asOf, { heldOnly: true, gently: inBackground });
      if (!desk.ok) return desk;
      // Nobody trades in a kept day: what was listed is left out of it.
      const freeze = freezes.put({ ...desk.value, listed: {} }, context.now());
      const value = await valueOf(freeze, context);
      if (!value.ok) return value;
      const kept = context.read.scenarios.dailyOn(freeze.asOf);
      const known = kept !== null && context.read.scenarios.snapshot(kept.snapshotId)?.hash === freeze.hash;
      return ok({ freezeId: freeze.freezeId, asOf: freeze.asOf, known, total: value.value.total });
    },

    'snapshot.keep': ({ freezeId, reason }, tx) => {
      const freeze = freezes.find(freezeId);
      if (!freeze.ok) return freeze;
      const { desk, asOf, hash } = freeze.value;
      const value = values.get(desk);
      if (value === undefined) return freezes.unvalued();
      const subject = `Snapshot of ${asOf}`;
      const kept = tx.read.scenarios.dailyOn(asOf);
      if (kept !== null && tx.read.scenarios.snapshot(kept.snapshotId)?.hash === hash) {
        tx.describe({ subject, detail: 'kept already as it stands' });
        return ok(shownDaily(kept));
      }
      const snapshotId = tx.scenarios.keepSnapshot(freeze.value);
      tx.scenarios.addDaily({ asOf, snapshotId, reason, value });
      tx.describe({ subject, detail: `kept: ${value.positions} positions` });
      tx.announce({ type: 'scenarios.changed' });
      const added = tx.read.scenarios.dailyOn(asOf);
      return added === null ? freezes.unvalued() : ok(shownDaily(added));
    },

    'pnl.explain': async (request, context) => {
      const found = await explainDays(request, context, books);
      if (!found.ok) return found;
      const { explanation, books: names, basis } = found.value;
      return ok({ ...shownExplanation(explanation), books: [...names], basis: [...basis] });
    },

    'report.build': (request, context) => buildReport(request, context, books, readLedger),
  };
};
