import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  hedgeObjective,
  ticketFormat,
  type HedgeProposal,
  type Suggestion,
} from '../../../shared/contract/hedge.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { failure } from '../../../shared/failure.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { wrongUsage } from './arguments.ts';
import { cliCommand, type CliCommand, type CliOutput } from './command.ts';
import { fixed, percent, textFacts, textTable } from './text.ts';

/** Net delta limits that `--frontier` solves for, fractions of the basket notional. */
const frontierLimits = [0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2];

function proposalText(proposal: HedgeProposal, title: string): string {
  if (proposal.status === 'infeasible') {
    const conflict = proposal.conflict.map(({ sentence }) => `  ${sentence}`);
    return [`${title}: no hedge meets all constraints. In conflict:`, ...conflict].join('\n');
  }
  return [
    textFacts([
      ['suggestion', title],
      ['basket', `${proposal.basket}, notional ${fixed(proposal.basketNotional, 0)}`],
      [
        'net delta',
        `${fixed(proposal.netDelta, 0)} (${percent(proposal.netDeltaFraction, 2)} of the notional)`,
      ],
      [
        'premium',
        `received ${fixed(proposal.premiumReceived, 0)}, paid ${fixed(proposal.premiumPaid, 0)}, net ${fixed(proposal.netPremium, 0)}`,
      ],
      ['coverage', percent(proposal.coverage)],
      ['quotes', proposal.quoteModel],
    ]),
    textTable(proposal.legs, [
      { heading: 'side', text: (leg) => leg.side, left: true },
      { heading: 'quantity', text: (leg) => fixed(leg.quantity, 0) },
      { heading: 'contract', text: (leg) => leg.contract, left: true },
      { heading: 'price', text: (leg) => fixed(leg.price) },
      { heading: 'delta', text: (leg) => fixed(leg.delta, 3) },
      { heading: 'skew premium', text: (leg) => percent(leg.skewPremium) },
      { heading: 'IV / HV', text: (leg) => fixed(leg.impliedToHistorical) },
      { heading: 'score', text: (leg) => fixed(leg.score) },
      { heading: 'decision', text: (leg) => leg.decision, left: true },
    ]),
    ...proposal.constraints.map(
      ({ met, sentence, slack }) => `${met ? 'met' : 'NOT MET'}  ${sentence} (slack ${fixed(slack, 4)})`,
    ),
    ...proposal.checks
      .filter(({ passed }) => !passed)
      .map(({ severity, sentence }) => `${severity === 'blocking' ? 'BLOCKS' : 'warning'}  ${sentence}`),
    ...proposal.warnings,
  ].join('\n');
}

const writeReasons: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  ENOSPC: 'the disk is full',
  EACCES: 'it may not be written by you',
};

/** Why a file could not be handled, in words; null where it could. */
const refusalOf = (work: Promise<unknown>): Promise<string | null> =>
  work.then(
    () => null,
    (error: NodeJS.ErrnoException) => writeReasons[error.code ?? ''] ?? error.code ?? error.message,
  );

type FrontierPoints = OutputOf<'hedge.frontier'>['points'];

const frontierText = (points: FrontierPoints | undefined): string =>
  points === undefined
    ? ''
    : `\n\n${textTable(points, [
        { heading: 'net delta within', text: (point) => percent(point.netDeltaLimit) },
        { heading: 'net delta', text: (point) => percent(point.netDeltaFraction, 2) },
        { heading: 'net premium', text: (point) => fixed(point.netPremium, 0) },
        { heading: 'status', text: (point) => point.status, left: true },
      ])}`;

const suggestionJson = ({ proposal, ...suggestion }: Suggestion) => ({
  ...suggestion,
  ...proposal,
  proposal: undefined,
});

const suggestionOutput = (suggestion: Suggestion): CliOutput => ({
  json: suggestionJson(suggestion),
  text: proposalText(
    suggestion.proposal,
    `${suggestion.suggestionId} (${suggestion.state}) ${suggestion.hash}`,
  ),
});

function suggestionId(given: string, words: string): Result<number> {
  const id = Number(given);
  return Number.isSafeInteger(id) && id > 0
    ? ok(id)
    : wrongUsage(words, `"${given}" is not a suggestion number`);
}

export const hedgeCliCommands: readonly CliCommand[] = [
  cliCommand({
    words: ['hedge'],
    usage:
      'BASKET [--expiry D] [--index-product S] [--net-delta X] [--coverage X] [--min-credit X] [--overwrite X] [--balance X] [--objective net-delta,score,credit] [--max-legs L] [--min-open-interest N] [--delta-range A:B] [--frontier] [--shadows]',
    summary: 'suggests calls to sell and puts to buy, and saves the suggestion',
    options: {
      expiry: 'date',
      'index-product': 'text',
      'net-delta': 'number',
      coverage: 'number',
      'min-credit': 'number',
      overwrite: 'number',
      balance: 'number',
      objective: 'list',
      'max-legs': 'integer',
      'min-open-interest': 'number',
      'delta-range': 'range',
      frontier: 'flag',
      shadows: 'flag',
    },
    positionals: { least: 1, most: 1 },
    writes: true,
    run: async ({ positionals: [basket = ''], values }, desk) => {
      const objective = values.objective?.map((given) => hedgeObjective.options.find((one) => one === given));
      if (objective?.includes(undefined) === true) {
        return wrongUsage('voldesk hedge', `--objective takes ${hedgeObjective.options.join(', ')}`);
      }
      const range = values['delta-range'];
      const request = {
        basket,
        asOf: desk.asOf,
        expiry: values.expiry,
        indexProduct: values['index-product']?.toUpperCase(),
        netDeltaLimit: values['net-delta'],
        coverage: values.coverage,
        minCredit: values['min-credit'],
        overwrite: values.overwrite,
        balance: values.balance,
        objective: objective?.filter((one) => one !== undefined),
        maxLegs: values['max-legs'],
        minOpenInterest: values['min-open-interest'],
        callDeltaRange: range === undefined ? undefined : ([...range] as [number, number]),
      };
      const suggested = await desk.ask('hedge.suggest', request);
      if (!suggested.ok) return suggested;
      const proposal = suggested.value;
      let frontier: FrontierPoints | undefined = undefined;
      if (values.frontier === true) {
        const answer = await desk.ask('hedge.frontier', { request, limits: frontierLimits });
        if (!answer.ok) return answer;
        frontier = answer.value.points;
      }
      let shadows: OutputOf<'hedge.shadows'>['shadows'] | undefined = undefined;
      if (values.shadows === true && proposal.status !== 'infeasible') {
        const answer = await desk.ask('hedge.shadows', { request });
        if (!answer.ok) return answer;
        ({ shadows } = answer.value);
      }
      if (proposal.status === 'infeasible') {
        const json = { suggestionId: null, hash: null, ...proposal, frontier };
        return ok({ json, text: `${proposalText(proposal, basket)}${frontierText(frontier)}` });
      }
      const saved = await desk.ask('suggestion.save', { proposal });
      if (!saved.ok) return saved;
      const { json, text } = suggestionOutput(saved.value);
      return ok({
        json: { ...(json as object), frontier, shadows },
        text: [text + frontierText(frontier), ...(shadows ?? []).map(({ sentence }) => sentence)].join('\n'),
      });
    },
  }),
  cliCommand({
    words: ['hedge', 'structure'],
    usage:
      'BASKET collars, put-spread [--share X] [--days N] [--put-delta X] [--call-delta X] [--sold-delta X]',
    summary: 'collars on the names or a put spread on the index, saved as a draft',
    options: {
      share: 'number',
      days: 'integer',
      'put-delta': 'number',
      'call-delta': 'number',
      'sold-delta': 'number',
    },
    positionals: { least: 2, most: 2 },
    writes: true,
    run: async ({ positionals: [basket = '', kind = ''], values }, desk) => {
      if (kind !== 'collars' && kind !== 'put-spread')
        return wrongUsage('voldesk hedge structure', 'it takes collars, put-spread');
      const found = await desk.ask('hedge.structure', {
        basket,
        kind,
        asOf: desk.asOf,
        share: values.share,
        targetDays: values.days,
        putDelta: values['put-delta'],
        callDelta: values['call-delta'],
        soldDelta: values['sold-delta'],
      });
      if (!found.ok) return found;
      const { legs, asOf, warnings } = found.value;
      const origin = kind === 'collars' ? 'collar' : 'hand';
      const draft = await desk.ask('suggestion.draft', { basket, asOf, origin, legs });
      if (!draft.ok) return draft;
      const { json, text } = suggestionOutput(draft.value);
      return ok({ json, text: [text, ...warnings].join('\n') });
    },
  }),
  cliCommand({
    words: ['suggestion', 'show'],
    usage: 'ID',
    summary: 'a suggestion with its legs and checks',
    options: {},
    positionals: { least: 1, most: 1 },
    writes: false,
    run: async ({ positionals: [given = ''] }, desk) => {
      const id = suggestionId(given, 'voldesk suggestion show');
      if (!id.ok) return id;
      const answer = await desk.ask('suggestion.read', { suggestionId: id.value });
      return answer.ok ? ok(suggestionOutput(answer.value)) : answer;
    },
  }),
  cliCommand({
    words: ['suggestion', 'approve'],
    usage: 'ID [--hash H] [--override REASON]',
    summary: 'accepts the legs not yet decided and approves the suggestion',
    options: { hash: 'text', override: 'text' },
    positionals: { least: 1, most: 1 },
    writes: true,
    run: async ({ positionals: [given = ''], values }, desk) => {
      const id = suggestionId(given, 'voldesk suggestion approve');
      if (!id.ok) return id;
      // One step: refused, it leaves every leg as undecided as it was.
      const answer = await desk.ask('suggestion.approve', {
        suggestionId: id.value,
        hash: values.hash,
        overrideReason: values.override,
        acceptUndecided: true,
      });
      return answer.ok ? ok(suggestionOutput(answer.value)) : answer;
    },
  }),
  cliCommand({
    words: ['suggestion', 'reject'],
    usage: 'ID --reason REASON',
    summary: 'rejects the suggestion',
    options: { reason: 'text' },
    positionals: { least: 1, most: 1 },
    writes: true,
    run: async ({ positionals: [given = ''], values }, desk) => {
      const id = suggestionId(given, 'voldesk suggestion reject');
      if (!id.ok) return id;
      const answer = await desk.ask('suggestion.reject', {
        suggestionId: id.value,
        reason: values.reason ?? '',
      });
      return answer.ok ? ok(suggestionOutput(answer.value)) : answer;
    },
  }),
  cliCommand({
    words: ['suggestion', 'export'],
    usage: 'ID [--format baskettrader, fix, fix-multileg, sheet] [--out FILE]',
    summary: 'the ticket of an approved suggestion',
    options: { format: 'text', out: 'text' },
    positionals: { least: 1, most: 1 },
    writes: true,
    run: async ({ positionals: [given = ''], values }, desk) => {
      const id = suggestionId(given, 'voldesk suggestion export');
      if (!id.ok) return id;
      const format = ticketFormat.options.find((one) => one === (values.format ?? 'baskettrader'));
      if (format === undefined) {
        return wrongUsage('voldesk suggestion export', `--format takes ${ticketFormat.options.join(', ')}`);
      }
      const file = values.out === undefined ? null : resolve(values.out);
      if (file === null) {
        const answer = await desk.ask('suggestion.export', { suggestionId: id.value, format });
        if (!answer.ok) return answer;
        const { text, drift, ...ticket } = answer.value;
        return ok({ json: { suggestionId: id.value, format, ...ticket, drift, text }, text: text.trimEnd() });
      }
      // Written under another name first: what could not be written was not exported.
      const ready = await desk.ask('suggestion.ticket', { suggestionId: id.value, format });
      if (!ready.ok) return ready;
      const waiting = `${file}.part`;
      const isFolder = await stat(file).then(
        (found) => found.isDirectory(),
        () => false,
      );
      const unwritable = isFolder ? 'it is a folder' : await refusalOf(writeFile(waiting, ready.value.text));
      if (unwritable !== null) return fail(failure('desk-unwritable', file, { reason: unwritable }));
      const answer = await desk.ask('suggestion.export', { suggestionId: id.value, format });
      if (!answer.ok) {
        await rm(waiting, { force: true });
        return answer;
      }
      const refused = await refusalOf(rename(waiting, file));
      if (refused !== null) return fail(failure('desk-unwritable', file, { reason: refused }));
      const { text: _, drift, ...ticket } = answer.value;
      return ok({
        json: { suggestionId: id.value, format, ...ticket, drift, file },
        text: `${file} written. ${drift.sentence}`,
      });
    },
  }),
];
