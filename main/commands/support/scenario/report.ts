import type { z } from 'zod';
import type { ledgerCommands } from '../../../../shared/contract/ledger.ts';
import type { pnlCommands, Report, ReportSection, ReportTable } from '../../../../shared/contract/pnl.ts';
import { sentenceOf } from '../../../../shared/failure.ts';
import type { Valuation } from '../../../../shared/quant/scenario/result.ts';
import { ok, type Result } from '../../../../shared/result.ts';
import type { HandlersFor, QueryContext } from '../../handlers.ts';
import { compareSessions } from './compare-sessions.ts';
import { createScenarioCompute } from './compute-scenario.ts';
import { shownDaily } from './daily-value.ts';
import { explainDays } from './explain-days.ts';
import type { FrozenDesk } from './frozen-desk.ts';
import { premiumTable } from './premium-ledger.ts';
import {
  bookTables,
  explainTables,
  historyTable,
  profitsTable,
  reasonsTable,
  riskTables,
} from './report-sections.ts';
import type { ScenarioBooks } from './scenario-books.ts';
import { allStresses } from './stresses.ts';

/** The handler of `ledger.read`. */
export type ReadLedger = HandlersFor<typeof ledgerCommands>['ledger.read'];

type Request = z.output<(typeof pnlCommands)['report.build']['input']>;
type Content = Pick<Report['sections'][number], 'tables' | 'notes'>;

const headings: Readonly<Record<ReportSection, string>> = {
  book: 'The book',
  risk: 'Risk',
  explain: 'Profit and loss explained',
  stresses: 'Stresses',
  scenarios: 'Scenario sessions',
  history: 'History',
  premium: 'Premiums',
  contracts: 'Contracts',
  'not-valued': 'Not valued',
  quality: 'Quality of the data',
};

const empty = (notes: readonly string[]): Content => ({ tables: [], notes: [...notes] });
const countOf = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

async function stressSection(desk: FrozenDesk, context: QueryContext): Promise<Result<Content>> {
  const compute = createScenarioCompute(context);
  const stresses = allStresses(context.read, desk.book);
  const rows: { name: string; value: number; profit: number }[] = [];
  const notes: string[] = [];
  for (const [at, { name, shock }] of stresses.entries()) {
    const found = await compute.revalue(name, desk.book, shock);
    context.progress({ label: 'Stressing the book', done: at + 1, total: stresses.length });
    if (found.ok) rows.push({ name, value: found.value.total.value, profit: found.value.profit });
    else if (found.error.code === 'cancelled') return found;
    else notes.push(`${name}: ${sentenceOf(found.error)}`);
  }
  return ok({ tables: [profitsTable('The book under stress', rows)], notes });
}

async function sessionsSection(
  scenarioIds: readonly number[],
  context: QueryContext,
  books: ScenarioBooks,
): Promise<Result<Content>> {
  const chosen =
    scenarioIds.length > 0 ? scenarioIds : context.read.scenarios.list().map((one) => one.scenarioId);
  if (chosen.length === 0) return ok(empty(['There are no sessions.']));
  const compared = await compareSessions(chosen, undefined, context, books);
  if (!compared.ok) return compared;
  const { sessions, differences } = compared.value;
  const table: ReportTable = {
    title: 'Sessions',
    columns: [
      { heading: 'Session', kind: 'text' },
      { heading: 'Frozen', kind: 'date' },
      { heading: 'Shock', kind: 'text' },
      { heading: 'Frozen value', kind: 'money' },
      { heading: 'With its edits', kind: 'money' },
      { heading: 'Under its shock', kind: 'money' },
    ],
    rows: sessions.map((one) => [
      one.name,
      one.asOf,
      one.shock ?? 'none',
      one.frozenValue,
      one.baseValue,
      one.total.value,
    ]),
    totals: false,
  };
  const names = new Map(sessions.map(({ scenarioId, name }) => [scenarioId, name]));
  const lines: ReportTable = {
    title: `Differences to ${sessions[0]?.name ?? 'the first'}`,
    columns: ['Session', 'What', 'Change', 'First', 'Other'].map((heading) => ({ heading, kind: 'text' })),
    rows: differences.map((one) => [
      names.get(one.scenarioId) ?? '',
      one.subject,
      one.what,
      one.first,
      one.other,
    ]),
    totals: false,
  };
  return ok({ tables: differences.length > 0 ? [table, lines] : [table], notes: [] });
}

function contractTable(valuation: Valuation): Content {
  const rows = valuation.positions.filter(
    ({ family }) => family === 'forward-start' || family === 'realized-vol',
  );
  if (rows.length === 0) return empty(['No contracts are held.']);
  return {
    notes: [],
    tables: [
      {
        title: 'Contracts',
        columns: [
          { heading: 'Contract', kind: 'text' },
          { heading: 'Underlying', kind: 'text' },
          { heading: 'Kind', kind: 'text' },
          { heading: 'Value', kind: 'money' },
          { heading: 'Vega per point', kind: 'money' },
          { heading: 'Theta per day', kind: 'money' },
          { heading: 'Why not valued', kind: 'text' },
        ],
        rows: rows.map(({ label, symbol, family, measures, reason }) => [
          label,
          symbol,
          family,
          measures?.value ?? null,
          measures?.vegaPerVolPoint ?? null,
          measures?.thetaPerDay ?? null,
          reason,
        ]),
        totals: false,
      },
    ],
  };
}

/** The chosen sections of a report on the live book, as tables of raw numbers. */
export async function buildReport(
  request: Request,
  context: QueryContext,
  books: ScenarioBooks,
  readLedger: ReadLedger,
): Promise<Result<Report>> {
  const { read } = context;
  const live = await books.live(context, request.to);
  if (!live.ok) return live;
  const desk = live.value;
  const valued = await createScenarioCompute(context).value('The live book', desk.book);
  if (!valued.ok) return valued;
  const valuation = valued.value;
  const notValued = [...valuation.notValued, ...desk.notIncluded];

  const contentOf = async (section: ReportSection): Promise<Result<Content>> => {
    switch (section) {
      case 'book':
        return ok({ tables: bookTables(desk, valuation), notes: [] });
      case 'risk':
        return ok({ tables: riskTables(valuation), notes: [...valuation.notes] });
      case 'explain': {
        const found = await explainDays({ from: request.from, to: request.to }, context, books);
        if (found.ok) {
          const { explanation, basis } = found.value;
          const left = explanation.notValued.map(({ label, reason }) => `${label} is left out: ${reason}`);
          return ok({ tables: explainTables(explanation), notes: [...basis, ...left] });
        }
        // One section that cannot be told does not take the others with it.
        return found.error.code === 'cancelled' ? found : ok(empty([sentenceOf(found.error)]));
      }
      case 'stresses':
        return stressSection(desk, context);
      case 'scenarios':
        return sessionsSection(request.scenarioIds, context, books);
      case 'history': {
        const days = read.scenarios.daily().filter(({ asOf }) => asOf <= desk.book.asOf);
        return ok(
          days.length === 0
            ? empty(['No day was kept yet.'])
            : { tables: [historyTable(days.map(shownDaily))], notes: [] },
        );
      }
      case 'premium': {
        const ledger = await readLedger({ asOf: desk.book.asOf }, context);
        if (!ledger.ok) return ledger;
        const { cycles } = ledger.value;
        return ok(
          cycles.length === 0
            ? empty(['No hedge was traded yet.'])
            : { tables: [premiumTable(cycles)], notes: [] },
        );
      }
      case 'contracts':
        return ok(contractTable(valuation));
      case 'not-valued':
        return ok(
          notValued.length === 0
            ? empty(['Everything held is valued.'])
            : { tables: [reasonsTable('Left out of every total', notValued)], notes: [] },
        );
      case 'quality':
        return ok(empty(desk.quality.length === 0 ? ['Nothing found.'] : desk.quality));
    }
  };

  const sections: Report['sections'] = [];
  for (const section of new Set(request.sections)) {
    const content = await contentOf(section);
    if (!content.ok) return content;
    sections.push({ section, heading: headings[section], ...content.value });
  }
  const quoted = read.quotes.newestQuotedAt();
  const [findings, left] = [desk.quality.length, notValued.length];
  return ok({
    title: request.title,
    asOfLine: `Market of ${desk.book.asOf}${quoted?.startsWith(desk.book.asOf) === true ? `, quotes of ${quoted}` : ''}; made ${context.now()}, version ${context.version}.`,
    qualityLine: `${findings === 0 ? 'No findings in the data' : countOf(findings, 'finding in the data', 'findings in the data')}; ${
      left === 0 ? 'everything held is valued' : `${countOf(left, 'position is', 'positions are')} not valued`
    }.`,
    sections,
  });
}
