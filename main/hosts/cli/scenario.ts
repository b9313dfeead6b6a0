import { readFile, writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { failure } from '../../../shared/failure.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { cliCommand, type CliCommand, type CliDesk } from './command.ts';
import { fixed, textFacts, textTable, word } from './text.ts';

/** The text of a file that was named on the line. */
async function textOf(path: string): Promise<Result<string>> {
  try {
    return ok(await readFile(resolve(path), 'utf8'));
  } catch {
    // A path that cannot be read is an answer: which one it is, the sentence says.
    return fail(failure('file-not-found', path));
  }
}

/** A session by its name or number. */
async function sessionOf(desk: CliDesk, given: string): Promise<Result<number>> {
  const listed = await desk.ask('scenario.list', {});
  if (!listed.ok) return listed;
  const { sessions } = listed.value;
  const found =
    sessions.find(({ name }) => name === given) ??
    sessions.find(({ scenarioId }) => String(scenarioId) === given);
  return found === undefined
    ? fail(
        failure('not-found', `Session ${given}`, {
          next:
            sessions.length === 0
              ? 'Make one with voldesk scenario new NAME.'
              : `There are ${sessions.map(({ name }) => name).join(', ')}.`,
        }),
      )
    : ok(found.scenarioId);
}

function runText(run: OutputOf<'scenario.run'>): string {
  return [
    textFacts([
      ['book', run.name],
      ['market of', run.asOf],
      ['value', fixed(run.base, 2)],
    ]),
    textTable(run.rows, [
      { heading: 'shock', text: ({ shock }) => shock, left: true },
      { heading: 'value', text: ({ value }) => fixed(value, 0) },
      { heading: 'change', text: ({ change }) => fixed(change, 0) },
      { heading: 'delta', text: ({ explained }) => fixed(explained.delta, 0) },
      { heading: 'gamma', text: ({ explained }) => fixed(explained.gamma, 0) },
      { heading: 'vega', text: ({ explained }) => fixed(explained.vega, 0) },
      { heading: 'theta', text: ({ explained }) => fixed(explained.theta, 0) },
      { heading: 'vanna', text: ({ explained }) => fixed(explained.vanna, 0) },
      { heading: 'volga', text: ({ explained }) => fixed(explained.volga, 0) },
      { heading: 'carry', text: ({ explained }) => fixed(explained.carry, 0) },
      { heading: 'fixings', text: ({ explained }) => fixed(explained.fixings, 0) },
      { heading: 'residual', text: ({ residual }) => fixed(residual, 0) },
    ]),
    ...run.notValued.map(({ label, reason }) => `${label} is not valued: ${reason}`),
  ].join('\n');
}

function comparisonText(compared: OutputOf<'scenario.compare'>): string {
  const { sessions, differences, byFamily } = compared;
  const names = new Map(sessions.map(({ scenarioId, name }) => [scenarioId, name]));
  return [
    textTable(sessions, [
      { heading: 'session', text: ({ name }) => name, left: true },
      { heading: 'day', text: ({ date }) => date, left: true },
      { heading: 'shock', text: ({ shock }) => shock ?? 'none', left: true },
      { heading: 'frozen value', text: ({ frozenValue }) => fixed(frozenValue, 0) },
      { heading: 'with edits', text: ({ baseValue }) => fixed(baseValue, 0) },
      { heading: 'value', text: ({ total }) => fixed(total.value, 0) },
      { heading: 'delta', text: ({ total }) => fixed(total.deltaDollar, 0) },
      { heading: 'vega per point', text: ({ total }) => fixed(total.vegaPerVolPoint, 0) },
    ]),
    textTable(byFamily, [
      { heading: 'kind', text: ({ group }) => group, left: true },
      ...sessions.map(({ name }, at) => ({
        heading: name,
        text: ({ values }: { readonly values: readonly (number | null)[] }) => fixed(values[at] ?? null, 0),
      })),
    ]),
    ...(differences.length === 0
      ? ['No differences.']
      : [
          textTable(differences, [
            { heading: 'session', text: ({ scenarioId }) => names.get(scenarioId) ?? '', left: true },
            { heading: 'what', text: ({ subject }) => subject, left: true },
            { heading: 'change', text: ({ what }) => what, left: true },
            { heading: sessions[0]?.name ?? 'first', text: ({ first }) => word(first), left: true },
            { heading: 'other', text: ({ other }) => word(other), left: true },
          ]),
        ]),
  ].join('\n\n');
}

export const scenarioCliCommands: readonly CliCommand[] = [
  cliCommand({
    words: ['scenario', 'run'],
    usage: 'FILE',
    summary: 'runs the shocks of a file, or an exported session, and explains each change',
    options: {},
    positionals: { least: 1, most: 1 },
    writes: false,
    run: async ({ positionals: [path = ''] }, desk) => {
      const text = await textOf(path);
      if (!text.ok) return text;
      const answer = await desk.ask('scenario.run', {
        fileName: basename(path),
        text: text.value,
        ...(desk.asOf === undefined ? {} : { asOf: desk.asOf }),
      });
      return answer.ok ? ok({ json: answer.value, text: runText(answer.value) }) : answer;
    },
  }),
  cliCommand({
    words: ['scenario', 'list'],
    usage: '',
    summary: 'the sessions of the desk',
    options: {},
    positionals: { least: 0, most: 0 },
    writes: false,
    run: async (_, desk) => {
      const answer = await desk.ask('scenario.list', {});
      if (!answer.ok) return answer;
      const { sessions } = answer.value;
      const text =
        sessions.length === 0
          ? 'No sessions.'
          : textTable(sessions, [
              { heading: 'number', text: ({ scenarioId }) => String(scenarioId) },
              {
                heading: 'session',
                text: ({ name, unsaved }) => `${name}${unsaved ? ' *' : ''}`,
                left: true,
              },
              { heading: 'frozen', text: ({ asOf }) => asOf, left: true },
              { heading: 'branched from', text: ({ parentName }) => word(parentName), left: true },
              { heading: 'added', text: ({ added }) => fixed(added, 0) },
              { heading: 'changed', text: ({ changed }) => fixed(changed, 0) },
              { heading: 'removed', text: ({ removed }) => fixed(removed, 0) },
              { heading: 'inputs', text: ({ marketEdits }) => fixed(marketEdits, 0) },
              { heading: 'shock', text: ({ shock }) => word(shock), left: true },
            ]);
      return ok({ json: answer.value, text });
    },
  }),
  cliCommand({
    words: ['scenario', 'compare'],
    usage: 'A B…',
    summary: 'sessions side by side, each under its own shock, with every difference',
    options: {},
    positionals: { least: 2, most: 12 },
    writes: false,
    run: async ({ positionals }, desk) => {
      const scenarioIds: number[] = [];
      for (const given of positionals) {
        const found = await sessionOf(desk, given);
        if (!found.ok) return found;
        scenarioIds.push(found.value);
      }
      const answer = await desk.ask('scenario.compare', { scenarioIds });
      return answer.ok ? ok({ json: answer.value, text: comparisonText(answer.value) }) : answer;
    },
  }),
  cliCommand({
    words: ['scenario', 'new'],
    usage: 'NAME [--note N] [--symbols S,…]',
    summary: 'freezes the live book and its market as a session',
    options: { note: 'text', symbols: 'list' },
    positionals: { least: 1, most: 1 },
    writes: true,
    run: async ({ positionals: [name = ''], values }, desk) => {
      const frozen = await desk.ask('scenario.freeze', {
        asOf: desk.asOf,
        symbols: (values.symbols ?? []).map((symbol) => symbol.toUpperCase()),
      });
      if (!frozen.ok) return frozen;
      const { freezeId, positions, names, notIncluded } = frozen.value;
      const answer = await desk.ask('scenario.create', { freezeId, name, note: values.note });
      if (!answer.ok) return answer;
      const text = [
        `${answer.value.name}: ${positions} positions in a market of ${names} names on ${answer.value.asOf}.`,
        ...notIncluded.map(({ label, reason }) => `${label} is left out: ${reason}`),
      ].join('\n');
      return ok({ json: { ...answer.value, notIncluded }, text });
    },
  }),
  cliCommand({
    words: ['scenario', 'export'],
    usage: 'SESSION [--out FILE]',
    summary: 'writes a session with its frozen book to one file',
    options: { out: 'text' },
    positionals: { least: 1, most: 1 },
    writes: false,
    run: async ({ positionals: [given = ''], values: { out } }, desk) => {
      const found = await sessionOf(desk, given);
      if (!found.ok) return found;
      const answer = await desk.ask('scenario.export', { scenarioId: found.value });
      if (!answer.ok) return answer;
      const file = resolve(out ?? answer.value.fileName);
      try {
        await writeFile(file, answer.value.text);
      } catch {
        // Which path cannot be written, the sentence says.
        return fail(failure('desk-unwritable', file, { reason: 'the file cannot be made there' }));
      }
      return ok({ json: { file, bytes: answer.value.text.length }, text: `Written to ${file}.` });
    },
  }),
  cliCommand({
    words: ['scenario', 'import'],
    usage: 'FILE [--name NAME]',
    summary: 'takes in a session from a file; one that was changed is refused',
    options: { name: 'text' },
    positionals: { least: 1, most: 1 },
    writes: true,
    run: async ({ positionals: [path = ''], values: { name } }, desk) => {
      const text = await textOf(path);
      if (!text.ok) return text;
      const answer = await desk.ask('scenario.import', { fileName: basename(path), text: text.value, name });
      return answer.ok
        ? ok({ json: answer.value, text: `${answer.value.name}, frozen on ${answer.value.asOf}.` })
        : answer;
    },
  }),
];
